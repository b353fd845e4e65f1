"""A page of the office's feed: a signed head in the first line, and below it one change a line.

The head names the digest of every byte below it, as the signature of a package covers the package's digest. A reader
that keeps the lines as they came passes them on unharmed, whatever a later office wrote into them. A hub does so: it
signs its pages by its own key, and its certificate stands in their heads.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from checklists.crypto import SigningKey, sign_mapping, verify_mapping
from checklists.records import hub
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

    `at` is the office's time, also in a hub's page: what is not in the feed up to the cursor did not stand then. `hub`
    is who signed it, empty for the office.
    """

    at: str
    cursor: str
    more: bool
    lines: tuple[bytes, ...]
    head: Mapping[str, Any]
    hub: str = ""

    def changes(self) -> list[dict[str, Any]]:
        """Return the changes in their order; each is to be done as it stands, and doing it again changes nothing."""
        return [json.loads(line) for line in self.lines]


def make(key: SigningKey, head: Mapping[str, Any], lines: Sequence[bytes]) -> bytes:
    """Return the bytes of a page: the head with count, digest and signature, then the lines."""
    below = b"".join(line + b"\n" for line in lines)
    told = {**head, "format": FORMAT, "changes": len(lines), "digest": digest(below)}
    return canonical(sign_mapping(key, told)) + b"\n" + below


def opened(body: bytes, server_key: str, since: str, *, now: str = "", revoked: Collection[str] = ()) -> Page:
    """Return the page that was asked for from `since` on (empty: from the start). Raises PageError.

    It is signed by the office, or by a hub whose certificate, the office's, covers the page's time and has not run out
    `now` (UTC text; empty where no clock is to be believed) and who is none of the `revoked` devices that the reader
    knows of.
    """
    first, _newline, below = body.partition(b"\n")
    try:
        head = json.loads(first)
    except (ValueError, RecursionError) as fault:
        raise PageError("the first line is not JSON") from fault
    if not isinstance(head, dict) or not _signed(head, server_key):
        raise PageError("the signature is not the office's")
    paper = head.get("certificate")
    if paper is not None and not hub.holds(paper, server_key, str(head.get("at")), now=now, revoked=revoked):
        raise PageError("the hub's certificate has run out, or it is revoked")
    if head.get("format") != FORMAT:
        raise PageError(f"format {head.get('format')} is not known here")
    if head.get("since") != since:
        raise PageError("this page follows another cursor")
    if head.get("digest") != digest(below):
        raise PageError("the changes are not those that were signed")
    lines = tuple(below.split(b"\n")[:-1])
    signer = str(paper["hub"]) if paper is not None else ""
    return Page(str(head["at"]), str(head["cursor"]), bool(head["more"]), lines, head, signer)


def _signed(head: Mapping[str, Any], server_key: str) -> bool:
    """Whether the office signed a head or, where a certificate of the office stands in it, the hub that it names."""
    paper = head.get("certificate")
    if paper is None:
        return verify_mapping(server_key, head)
    return hub.certified(paper, server_key) and verify_mapping(paper["hub_key"], head)
