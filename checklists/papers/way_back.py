"""The link on a paper by which its party comes back without an account: what was found, what clears it, proof, dispute.

The tablet makes the token without a network and prints it beside the proof; the sealed record names only its digest,
so whoever reads records, or a copy of the office's database, cannot open a link. One token opens one inspection.
"""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import urlsplit

from checklists.patterns import pattern

FEED = "way_back"
"""The row of the feed, of kind `feed`, in which an office names its public address."""
PRINTED_ON = ("record", "order")
"""Kinds of papers that carry the link: what the party of an inspection takes along."""
PATH = "/w/"
LONGEST = 120
"""Signs of a public address; the code beside it stays one that an old phone reads."""

_BYTES = 16
_TOKEN = pattern("[A-Za-z0-9_-]{22}")
_HOST = pattern(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?")


def new_token() -> str:
    """Return a token that nobody guesses: 128 random bits in 22 signs."""
    return secrets.token_urlsafe(_BYTES)


def is_token(text: str) -> bool:
    """Whether a text has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def token_digest(token: str) -> str:
    """Return what a record and the office know of a token."""
    return hashlib.sha256(f"LUJIAN way back {token}".encode()).hexdigest()


def is_public(address: str) -> bool:
    """Whether an address may stand before a link: https, a host, no query; nothing else is ever printed."""
    told = urlsplit(address)
    plain = not (told.query or told.fragment or address.endswith(("?", "#")))
    path = told.path.isascii() and not any(sign in told.path for sign in " \\\"'<>")
    return (
        told.scheme == "https"
        and _HOST.fullmatch(told.netloc) is not None
        and plain
        and path
        and len(address) <= LONGEST
    )


def link(address: str, token: str) -> str:
    """Return the link of a token at a public address."""
    return f"{address.rstrip('/')}{PATH}{token}"


def token_of(address: str) -> str:
    """Return the token of a link, as `link` made it."""
    return address.rpartition("/")[2]
