"""The key of everything that the tablet keeps: random, wrapped for each officer by his PIN, held open while he works.

`keys.json` holds only wrapped keys and the counts of wrong tries. Wrong tries make the wait longer; too many in a row
at the lock screen spend the PINs (see `mobile.store.wipe`), where the key of the columns is also sealed for the office.
Without an office that can open them nothing is ever wiped, because evidence that was not yet sent must outlive a
forgotten PIN.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from checklists.crypto import Cost, SealError, columns_key, decrypt, encrypt, place, stretch
from checklists.wire import instant
from mobile.device.disk import write_durably
from mobile.lock.trustee import Entrusted
from mobile.lock.weak_pins import LEAST_PIN, MOST_PIN, weakness
from mobile.refusals import Refusal

COST = Cost(n=2**16, r=8, p=2)
"""Of one try of a PIN that is set now, or that opened a vault under another cost: 64 MiB, twice (ADR 0017)."""
_FIRST_COST = Cost(n=2**15, r=8, p=1)
"""Of a row that names none: such vaults open and are wrapped anew by the next right PIN."""
_MOST_MEMORY_BYTES = 1024**3
_MOST_TURNS = 16
FREE_TRIES = 10
WARN_TRIES = 5
"""With so many wrong PINs left before the wipe, every refusal says so."""
_FIRST_WAIT_S = 30
_LONGEST_WAIT_S = 3600
_FIELDS = ("name", "salt", "wrapped", "wrong", "last_try")
BY_CODE, BY_ENROLMENT, BY_NOBODY = "code", "enrolment", ""
"""Who vouches that a PIN is its officer's: the office by his own code, or by the code of the tablet's enrolment; or
nobody, because it was set on a tablet that a colleague had unlocked."""


@dataclass(frozen=True)
class Vault:
    """An open vault. Keep it only as long as the officer works; dropping it locks."""

    key: bytes = field(repr=False)

    @cached_property
    def _columns(self) -> bytes:
        return columns_key(self.key)

    @cached_property
    def _names(self) -> bytes:
        return hmac.digest(self.key, b"lujian look-up", "sha256")

    def hide(self, content: bytes, *context: str) -> bytes:
        """Return the content encrypted for this place; `context` (table, key, ...) must be given again to reveal it."""
        return encrypt(self._columns, content, place(*context))

    def reveal(self, hidden: bytes, *context: str) -> bytes:
        """Return what was hidden. Raises SealError for another place, another key or a changed byte."""
        return decrypt(self._columns, hidden, place(*context))

    def name(self, kind: str, key: str) -> str:
        """Return a keyed hash by which a plate or a person can be looked up exactly, and not read."""
        return hmac.new(self._names, f"{kind}\x1f{key}".encode(), hashlib.sha256).hexdigest()[:32]


@dataclass
class _Keys:
    officers: dict[str, dict[str, Any]]
    wrong: int = 0
    office: dict[str, Any] | None = None

    @property
    def tries(self) -> int:
        """After how many wrong PINs in a row the PINs are spent; 0 is never."""
        return int(self.office["tries"]) if self.office else 0

    @property
    def left(self) -> int | None:
        return max(0, self.tries - self.wrong) if self.tries else None


def exists(path: Path) -> bool:
    """Whether a vault was made here before."""
    return path.exists()


def create(
    path: Path, officer: str, pin: str, name: str = "", *, known: Iterable[str] = (), proof: str = BY_ENROLMENT
) -> Vault:
    """Make a vault with its first officer and return it open. `name` stands in clear, for the lock screen.

    Raises the refusals of `judge`.
    """
    if path.exists():
        raise FileExistsError(path)
    judge(pin, known)
    vault = Vault(os.urandom(32))
    _write(path, _Keys({officer: {**_wrapped(vault, officer, pin, name), "proof": proof}}))
    return vault


def entrust(path: Path, office: Entrusted) -> None:
    """Keep the columns' key as it was sealed for the office, beside those of the officers."""
    keys = _read(path)
    keys.office = dict(vars(office))
    _write(path, keys)


def entrusted(path: Path) -> Entrusted | None:
    """Return the office that can open this vault, or None where there is none."""
    office = _read(path).office
    return Entrusted(**office) if office else None


def officers(path: Path) -> dict[str, str]:
    """Return the officers who can unlock, id to name."""
    return {officer: row["name"] for officer, row in _read(path).officers.items()}


def proof(path: Path, officer: str) -> str | None:
    """Return who vouches for an officer's PIN; None where it was set before that was kept, or there is none."""
    row = _read(path).officers.get(officer)
    return row.get("proof") if row else None


def used_codes(path: Path, officer: str) -> tuple[str, ...]:
    """Return the hashes of the codes by which this officer's PINs were set here; each is good once."""
    row = _read(path).officers.get(officer)
    return tuple(row.get("codes") or ()) if row else ()


def unlock(path: Path, officer: str, pin: str, now: datetime) -> Vault:
    """Return the open vault. Raises Refusal `officer_unknown`, `pin_wrong` (left), `pin_wait` (wait_s) or `pin_spent`.

    The try is on disk before the PIN is tested, so that ending the process does not give tries back. Where few tries
    are left before the PINs are spent, the refusal says how many (`spare`).
    """
    keys = _read(path)
    if keys.left == 0:
        raise Refusal("pin_spent", tries=keys.tries)
    return _try(path, keys, officer, pin, now, locked=True)


def confirm(path: Path, officer: str, pin: str, now: datetime) -> Vault:
    """Like `unlock`, while the vault is open: wrong PINs make the wait longer and do not spend the PINs."""
    return _try(path, _read(path), officer, pin, now, locked=False)


def add_officer(
    path: Path, vault: Vault, officer: str, pin: str, name: str = "", *, known: Iterable[str] = (), code: str = ""
) -> None:
    """Let one more officer unlock this vault, or give an officer who forgot his PIN a new one.

    `code` is the hash of the office's code that proved him; without one nobody vouches for the PIN. Raises the refusals
    of `judge`.
    """
    judge(pin, known)
    keys = _read(path)
    codes = [*(keys.officers.get(officer, {}).get("codes") or ()), *([code] if code else ())]
    vouched = {"proof": BY_CODE if code else BY_NOBODY, "codes": codes}
    keys.officers[officer] = {**_wrapped(vault, officer, pin, name), **vouched}
    _write(path, keys)


def change_pin(path: Path, officer: str, old: str, new: str, now: datetime, *, known: Iterable[str] = ()) -> None:
    """Wrap the key under a new PIN, once the old one has been given; it counts as a try.

    Raises the refusals of `judge` and `confirm`, and `pin_same` where the new one is the old.
    """
    judge(new, known)
    if hmac.compare_digest(old.encode(), new.encode()):
        raise Refusal("pin_same")
    vault = confirm(path, officer, old, now)
    keys = _read(path)
    row = keys.officers[officer]
    keys.officers[officer] = {**row, **_wrapped(vault, officer, new, row["name"])}
    _write(path, keys)


def wait_s(wrong: int) -> int:
    """Return how long to wait after that many wrong tries: none up to FREE_TRIES, then doubling, an hour at most."""
    if wrong < FREE_TRIES:
        return 0
    return int(min(_FIRST_WAIT_S * 2 ** min(wrong - FREE_TRIES, 20), _LONGEST_WAIT_S))


def _try(path: Path, keys: _Keys, officer: str, pin: str, now: datetime, *, locked: bool) -> Vault:
    row = keys.officers.get(officer)
    if row is None:
        raise Refusal("officer_unknown", officer)
    waiting_s = _still_waiting_s(row, now)
    if waiting_s:
        row["last_try"] = min(row["last_try"], instant(now))
        _write(path, keys)
        raise Refusal("pin_wait", wait_s=waiting_s, **(_warning(keys) if locked else {}))
    row["wrong"], row["last_try"] = row["wrong"] + 1, instant(now)
    keys.wrong += locked
    _write(path, keys)
    try:
        key = decrypt(stretch(pin, _raw(row["salt"]), _cost(row)), _raw(row["wrapped"]), officer.encode())
    except SealError as problem:
        raise _refused(row["wrong"], keys, locked=locked) from problem
    vault = Vault(key)
    row["wrong"], keys.wrong = 0, 0
    if _cost(row) != COST:
        keys.officers[officer] = {**row, **_wrapped(vault, officer, pin, row["name"])}
    _write(path, keys)
    return vault


def _still_waiting_s(row: dict[str, Any], now: datetime) -> int:
    if not row["last_try"]:
        return 0
    since = (now - datetime.fromisoformat(row["last_try"])).total_seconds()
    # A clock that was turned back must not lengthen the wait.
    return max(0, round(wait_s(row["wrong"]) - max(since, 0)))


def _refused(wrong: int, keys: _Keys, *, locked: bool) -> Refusal:
    if locked and keys.left == 0:
        return Refusal("pin_spent", tries=keys.tries)
    warning = _warning(keys) if locked else {}
    left = FREE_TRIES - wrong
    return Refusal("pin_wrong", left=left, **warning) if left > 0 else _wait(wrong, warning)


def _wait(wrong: int, warning: dict[str, Any]) -> Refusal:
    return Refusal("pin_wait", wait_s=wait_s(wrong), **warning)


def _warning(keys: _Keys) -> dict[str, Any]:
    return {"spare": keys.left} if keys.left is not None and keys.left <= WARN_TRIES else {}


def judge(pin: str, known: Iterable[str] = ()) -> None:
    """Raise Refusal `pin_length`, or `pin_guessed` with `why` it would be tried early, for a PIN that is chosen now.

    `known` are numbers that stand near the officer, as in `weak_pins`. A PIN that was chosen before goes on to open.
    """
    if not (LEAST_PIN <= len(pin) <= MOST_PIN and pin.isascii() and pin.isdecimal()):
        raise Refusal("pin_length", least=LEAST_PIN, most=MOST_PIN)
    if why := weakness(pin, known):
        raise Refusal("pin_guessed", why=why)


def _wrapped(vault: Vault, officer: str, pin: str, name: str) -> dict[str, Any]:
    salt = os.urandom(16)
    wrapped = encrypt(stretch(pin, salt, COST), vault.key, officer.encode())
    row = {"name": name, "salt": _text(salt), "wrapped": _text(wrapped), "wrong": 0, "last_try": ""}
    return {**row, "cost": [COST.n, COST.r, COST.p]}


def _cost(row: dict[str, Any]) -> Cost:
    return Cost(*row["cost"]) if row["cost"] else _FIRST_COST


def _checked_cost(cost: Any) -> list[int] | None:
    """Return a row's cost as it stands, None where it names none. Raises ValueError for one that no tablet can pay."""
    if cost is None:
        return None
    n, r, p = (int(one) for one in cost)
    if n < 2 or n & (n - 1) or r < 1 or not 1 <= p <= _MOST_TURNS or Cost(n, r, p).memory_bytes > _MOST_MEMORY_BYTES:
        raise ValueError("cost")
    return [n, r, p]


def _read(path: Path) -> _Keys:
    try:
        held = json.loads(path.read_bytes())
        rows = {officer: _row(row) for officer, row in held["officers"].items()}
        office = held.get("office")
        if office is not None:
            office = {name: office[name] for name in Entrusted.__dataclass_fields__}
        return _Keys(rows, int(held.get("wrong", 0)), office)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise Refusal("keys_damaged", str(path)) from problem


def _row(row: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: row[name] for name in ("proof", "codes") if name in row}
    return {**{name: row[name] for name in _FIELDS}, **kept, "cost": _checked_cost(row.get("cost"))}


def _write(path: Path, keys: _Keys) -> None:
    content = {"format": 1, "officers": keys.officers, "wrong": keys.wrong}
    content |= {"office": keys.office} if keys.office else {}
    write_durably(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text)
