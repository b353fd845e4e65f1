"""A paper of a sealed inspection. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.papers.paper import Notice


@dataclass(frozen=True)
class Paper:
    """A paper of a sealed inspection: kind, number, digest of its words, its content, and the text of its QR code.

    `void` says why its number does not count any more.
    """

    kind: str
    number: str
    digest: str
    notice: Notice
    proof: str = ""
    void: str = ""
