"""A page of the office's feed: a signed head in the first line, and below it one change a line.

The head names the digest of every byte below it, as the signature of a package covers the package's digest. A reader
that keeps the lines as they came passes them on unharmed, whatever a later office wrote into them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from checklists.crypto import SigningKey, sign_mapping, verify_mapping
from checklists.values import frozen
from checklists.wire import canonical, digest

FORMAT = 1

URGENT_KINDS = frozenset({"feed", "orders", "revoked", "alert"})
"""What goes before everything else: what a team must not miss while a long list still comes."""


class PageError(ValueError):
    """A page that is not the office's, not whole, or not the one that was asked for; nothing of it may be used."""


@frozen
class Page:
    """A page that holds: `cursor` leads on, `more` says whether anything waits behind it now, `lines` are its changes.

    `at` is the office's time: what is not in the feed up to the cursor did not stand then.
    """

    at: str
    cursor: str
    more: bool
    lines: tuple[bytes, ...]
    head: Mapping[str, Any]

    def changes(self) -> list[dict[str, Any]]:
        """Return the changes in their order; each is to be done as it stands, and doing it again changes nothing."""
        return [json.loads(line) for line in self.lines]


def make(key: SigningKey, head: Mapping[str, Any], lines: Sequence[bytes]) -> bytes:
    """Return the bytes of a page: the head with count, digest and signature, then the lines."""
    below = b"".join(line + b"\n" for line in lines)
    told = {**head, "format": FORMAT, "changes": len(lines), "digest": digest(below)}
    return canonical(sign_mapping(key, told)) + b"\n" + below


def opened(body: bytes, server_key: str, since: str) -> Page:
    """Return the page that was asked for from `since` on (empty: from the start). Raises PageError."""
    first, _newline, below = body.partition(b"\n")
    try:
        head = json.loads(first)
    except ValueError as fault:
        raise PageError("the first line is not JSON") from fault
    if not isinstance(head, dict) or not verify_mapping(server_key, head):
        raise PageError("the signature is not the office's")
    if head.get("format") != FORMAT:
        raise PageError(f"format {head.get('format')} is not known here")
    if head.get("since") != since:
        raise PageError("this page follows another cursor")
    if head.get("digest") != digest(below):
        raise PageError("the changes are not those that were signed")
    lines = tuple(below.split(b"\n")[:-1])
    return Page(str(head["at"]), str(head["cursor"]), bool(head["more"]), lines, head)
