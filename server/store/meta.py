"""Single values and counters of the office."""

from __future__ import annotations

from typing import Any

from checklists.crypto import SigningKey
from server.store import bulk
from server.store.models import Counter, Meta


def keep(name: str, value: str) -> str:
    """Return the value of that name, which becomes `value` where there is none yet."""
    Meta.insert(name=name, value=value).on_conflict_ignore().execute()
    return str(Meta.get_by_id(name).value)


def held(name: str) -> str:
    """Return the value of that name, empty where there is none; nothing is written."""
    found = Meta.get_or_none(Meta.name == name)
    return str(found.value) if found is not None else ""


def put(name: str, value: str) -> None:
    """Set the value of that name."""
    told = {Meta.value: value}
    Meta.insert(name=name, value=value).on_conflict(conflict_target=[Meta.name], update=told).execute()


def number(name: str) -> int:
    """Return the next number of a counter, starting at 1; given back when the transaction fails."""
    return int(bulk.rows(_next, name, 1, 1)[0][0])


def _next() -> Any:
    more = {Counter.value: Counter.value + 1}
    return (
        Counter.insert(name="", value=1)
        .on_conflict(conflict_target=[Counter.name], update=more)
        .returning(Counter.value)
    )


def office_key() -> str:
    """Return the public key of the office, by which its certificates are known; empty before it has one."""
    held = Meta.get_or_none(Meta.name == "signing_key")
    return SigningKey(bytes.fromhex(str(held.value))).public if held is not None else ""
