"""An officer's one-time code for his first PIN: made by the office, handed to him alone, proven without a network.

The office tells tablets what proves a code in the officer's own row, as `first_pin`; the code itself is shown once. So
whoever holds a tablet cannot set a colleague's PIN for him.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

FIELD = "first_pin"
"""In the officer's row: `[{"hash", "until", "device"}]`; an empty `device` is any tablet of the office."""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: codes are read aloud and typed
_LETTERS = 12


def new_code() -> str:
    """Return a new code of about 59 bits, as `ABCD-EFGH-JKMN`: whoever copies the row cannot try them all."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def code_hash(officer: str, code: str) -> str:
    """Return what is kept of an officer's code, however it was typed."""
    letters = "".join(one for one in code.upper() if one.isalnum())
    return hashlib.sha256(f"lujian first pin\x1f{officer}\x1f{letters}".encode()).hexdigest()


def accepted(
    row: Mapping[str, Any], officer: str, code: str, *, device: str, now: str, used: Iterable[str] = ()
) -> str:
    """Return the hash of the code that this tablet may accept now, or nothing; `used` are those that it accepted.

    `now` is UTC text. The tablet keeps the hash with the PIN, so that a code sets one PIN on one tablet.
    """
    named = code_hash(officer, code)
    for one in row.get(FIELD) or ():
        fits = isinstance(one, Mapping) and one.get("hash") == named and str(one.get("until") or "") >= now
        if fits and one.get("device") in ("", None, device) and named not in set(used):
            return named
    return ""
