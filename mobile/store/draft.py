"""The draft of a part, which officers sign before it is sealed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.wire import canonical, digest

_GIVEN_AT_SEALING = ("id", "device_seq", "previous", "sealed_at", "clock", "heard", "papers", "statements", "invited")


def draft_digest(part: Mapping[str, Any]) -> str:
    """Return the digest that officers co-sign: the part without what only sealing gives, and without the signatures.

    Equal drafts on two tablets have equal digests, whoever signs first and whichever device seals.
    """
    kept = {key: value for key, value in part.items() if key not in _GIVEN_AT_SEALING}
    kept["entries"] = [one for one in part.get("entries", ()) if one.get("kind") != "signature"]
    return digest(canonical(kept))
