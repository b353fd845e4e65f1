"""A paper of a sealed inspection. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.papers.paper import Notice
from checklists.records.paper_proof import About
from checklists.records.record import Sealed


@dataclass(frozen=True)
class Paper:
    """A paper of a sealed inspection: kind, number, digest of its words, its content, and the text of its QR code.

    `void` says why its number does not count any more; `record` is the digest of the part in which it was sealed, empty
    in what older versions kept: then it is the inspection's. `about` is what its code says of the vehicle, on a pass.
    `link` is the party's way back (`checklists.papers.way_back`), printed beside the words, in no record; empty: none.
    """

    kind: str
    number: str
    digest: str
    notice: Notice
    proof: str = ""
    void: str = ""
    record: str = ""
    about: About | None = None
    link: str = ""


def short_proof(sealed: Sealed, device: str) -> str:
    """Return the code of a paper of before: which record of which device it comes from, with the record's signature."""
    return f"LUJIAN1:{sealed.digest}:{device}:{sealed.signature}"
