"""The key of everything that the tablet keeps: random, wrapped for each officer by his PIN, held open while he works.

`keys.json` holds only wrapped keys and the count of wrong tries. Wrong tries make the wait longer and destroy nothing,
because evidence that was not yet sent must outlive a forgotten PIN.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from checklists.crypto import SealError, decrypt, encrypt, stretch
from checklists.wire import instant
from mobile.files import write_durably
from mobile.refusals import Refusal

LEAST_PIN = 6
FREE_TRIES = 10
_FIRST_WAIT_S = 30
_LONGEST_WAIT_S = 3600
_FIELDS = ("name", "salt", "wrapped", "wrong", "last_try")


@dataclass(frozen=True)
class Vault:
    """An open vault. Keep it only as long as the officer works; dropping it locks."""

    key: bytes = field(repr=False)

    @cached_property
    def _columns(self) -> bytes:
        return hmac.digest(self.key, b"lujian columns", "sha256")

    @cached_property
    def _names(self) -> bytes:
        return hmac.digest(self.key, b"lujian look-up", "sha256")

    def hide(self, content: bytes, *context: str) -> bytes:
        """Return the content encrypted for this place; `context` (table, key, ...) must be given again to reveal it."""
        return encrypt(self._columns, content, "\x1f".join(context).encode())

    def reveal(self, hidden: bytes, *context: str) -> bytes:
        """Return what was hidden. Raises SealError for another place, another key or a changed byte."""
        return decrypt(self._columns, hidden, "\x1f".join(context).encode())

    def name(self, kind: str, key: str) -> str:
        """Return a keyed hash by which a plate or a person can be looked up exactly, and not read."""
        return hmac.new(self._names, f"{kind}\x1f{key}".encode(), hashlib.sha256).hexdigest()[:32]


def exists(path: Path) -> bool:
    """Whether a vault was made here before."""
    return path.exists()


def create(path: Path, officer: str, pin: str, name: str = "") -> Vault:
    """Make a vault with its first officer and return it open. `name` stands in clear, for the lock screen."""
    if path.exists():
        raise FileExistsError(path)
    vault = Vault(os.urandom(32))
    _write(path, {officer: _wrapped(vault, officer, pin, name)})
    return vault


def officers(path: Path) -> dict[str, str]:
    """Return the officers who can unlock, id to name."""
    return {officer: row["name"] for officer, row in _read(path).items()}


def unlock(path: Path, officer: str, pin: str, now: datetime) -> Vault:
    """Return the open vault. Raises Refusal `officer_unknown`, `pin_wrong` (left) or `pin_wait` (wait_s).

    The try is on disk before the PIN is tested, so that ending the process does not give tries back.
    """
    rows = _read(path)
    row = rows.get(officer)
    if row is None:
        raise Refusal("officer_unknown", officer)
    waiting_s = _still_waiting_s(row, now)
    if waiting_s:
        row["last_try"] = min(row["last_try"], instant(now))
        _write(path, rows)
        raise Refusal("pin_wait", wait_s=waiting_s)
    row["wrong"], row["last_try"] = row["wrong"] + 1, instant(now)
    _write(path, rows)
    try:
        key = decrypt(stretch(pin, _raw(row["salt"])), _raw(row["wrapped"]), officer.encode())
    except SealError as problem:
        raise _refused(row["wrong"]) from problem
    row["wrong"] = 0
    _write(path, rows)
    return Vault(key)


def add_officer(path: Path, vault: Vault, officer: str, pin: str, name: str = "") -> None:
    """Let one more officer unlock this vault, or give an officer who forgot his PIN a new one."""
    rows = _read(path)
    rows[officer] = _wrapped(vault, officer, pin, name)
    _write(path, rows)


def change_pin(path: Path, officer: str, old: str, new: str, now: datetime) -> None:
    """Wrap the key under a new PIN, once the old one has been given; it counts as a try."""
    _check_pin(new)
    vault = unlock(path, officer, old, now)
    add_officer(path, vault, officer, new, officers(path)[officer])


def wait_s(wrong: int) -> int:
    """Return how long to wait after that many wrong tries: none up to FREE_TRIES, then doubling, an hour at most."""
    if wrong < FREE_TRIES:
        return 0
    return int(min(_FIRST_WAIT_S * 2 ** min(wrong - FREE_TRIES, 20), _LONGEST_WAIT_S))


def _still_waiting_s(row: dict[str, Any], now: datetime) -> int:
    if not row["last_try"]:
        return 0
    since = (now - datetime.fromisoformat(row["last_try"])).total_seconds()
    # A clock that was turned back must not lengthen the wait.
    return max(0, round(wait_s(row["wrong"]) - max(since, 0)))


def _refused(wrong: int) -> Refusal:
    left = FREE_TRIES - wrong
    return Refusal("pin_wrong", left=left) if left > 0 else Refusal("pin_wait", wait_s=wait_s(wrong))


def _check_pin(pin: str) -> None:
    if len(pin) < LEAST_PIN:
        raise Refusal("pin_too_short", least=LEAST_PIN)


def _wrapped(vault: Vault, officer: str, pin: str, name: str) -> dict[str, Any]:
    _check_pin(pin)
    salt = os.urandom(16)
    wrapped = encrypt(stretch(pin, salt), vault.key, officer.encode())
    return {"name": name, "salt": _text(salt), "wrapped": _text(wrapped), "wrong": 0, "last_try": ""}


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        rows = json.loads(path.read_bytes())["officers"]
        return {officer: {name: row[name] for name in _FIELDS} for officer, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Refusal("keys_damaged", str(path)) from problem


def _write(path: Path, rows: dict[str, dict[str, Any]]) -> None:
    write_durably(path, json.dumps({"format": 1, "officers": rows}, ensure_ascii=False, indent=1).encode())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text)
