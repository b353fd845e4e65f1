"""An officer's one-time code for his first PIN: made by the office, handed to him alone, proven without a network.

The office tells tablets what proves a code in the officer's own row, as `first_pin`; the code itself is shown once. So
whoever holds a tablet cannot set a colleague's PIN for him.

Where the row names `first_pin` a code is asked for, also where none can be used now: an empty list means that the
officer has to get one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

FIELD = "first_pin"
"""In the officer's row: `[{"hash", "until", "device"}]`; an empty `device` is any tablet of the office."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 O 1 I L: codes are read aloud and typed."""
LETTERS = 12


def new_code() -> str:
    """Return a new code of about 59 bits, as `ABCD-EFGH-JKMN`: whoever copies the row cannot try them all."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def code_hash(officer: str, code: str) -> str:
    """Return what is kept of an officer's code, however it was typed."""
    letters = "".join(one for one in code.upper() if one.isalnum())
    return hashlib.sha256(f"lujian first pin\x1f{officer}\x1f{letters}".encode()).hexdigest()


def needed(row: Mapping[str, Any]) -> bool:
    """Whether the office lets this officer set his first PIN on a tablet with a code of its own alone."""
    return row.get(FIELD) is not None


def told(row: Mapping[str, Any], proofs: Mapping[str, Any] | None, rule: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return an officer's row with what the office told since of his codes; by `rule` everybody may need one."""
    bare = {name: value for name, value in row.items() if name != FIELD}
    if proofs is not None:
        return {**bare, **proofs}
    return {**bare, FIELD: []} if rule is not None and rule.get("every") is True else bare


def accepts(row: Mapping[str, Any], officer: str, code: str, *, device: str, now: str) -> bool:
    """Whether this tablet may accept the code now; `now` is UTC text.

    A tablet asks before an officer's first PIN there and never again, so a code sets one PIN on one tablet.
    """
    named = code_hash(officer, code)
    return any(one.get("hash") == named and not _unfit(one, device, now) for one in _told(row))


def why_not(row: Mapping[str, Any], officer: str, code: str, *, device: str, now: str) -> str:
    """Return why a code is not accepted: `none`, `wrong`, `elsewhere` or `expired`.

    `none`: this tablet was told of no code that it could accept. Only `wrong` is a guess; the others knew the code.
    """
    told = _told(row)
    if same := [one for one in told if one.get("hash") == code_hash(officer, code)]:
        return _unfit(same[-1], device, now)
    return "wrong" if any(not _unfit(one, device, now) for one in told) else "none"


def _told(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in row.get(FIELD) or () if isinstance(one, Mapping)]


def _unfit(one: Mapping[str, Any], device: str, now: str) -> str:
    if one.get("device") not in ("", None, device):
        return "elsewhere"
    return "" if str(one.get("until") or "") >= now else "expired"
