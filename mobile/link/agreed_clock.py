"""How far this device's clock is off: learnt from every answer of the office that says when it was given."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from checklists.wire import instant
from mobile.refusals import Refusal
from mobile.store import store
from mobile.store.store import Store

JUMP_MS = 60_000
"""A change of the agreed offset beyond this is written down as a jump of the device's clock."""

_SAME_MS = 1_000
_STILL = timedelta(seconds=60)
"""An offset that has not moved is written down at most so often."""


def learn(held: Store, told: Any, sent: datetime, received: datetime) -> None:
    """Learn from an answer that says `told` for when it was given. Raises Refusal `answer_malformed` for no time."""
    try:
        theirs = datetime.fromisoformat(str(told))
        offset = theirs - (sent + (received - sent) / 2)
        at = instant(theirs)
    except (ValueError, TypeError, OverflowError) as problem:
        raise Refusal("answer_malformed", "no time in the answer") from problem
    agree(held, offset // timedelta(milliseconds=1), at)


def agree(held: Store, offset_ms: int, agreed_at: str) -> None:
    """Keep what was learnt: the offset to the office's time, when, and the jumps seen between."""
    before = clock(held)
    off_by = abs(offset_ms - before["offset_ms"])
    if before["agreed_at"] and off_by < _SAME_MS and _since(before["agreed_at"], agreed_at) < _STILL:
        return
    jumps = list(before["jumps"])
    if before["agreed_at"] and off_by > JUMP_MS:
        jumps.append({"seen_at": agreed_at, "by_ms": offset_ms - before["offset_ms"]})
    store.keep_setting(held, "clock", {"offset_ms": offset_ms, "agreed_at": agreed_at, "jumps": jumps[-20:]})


def clock(held: Store) -> dict[str, Any]:
    """Return what a sealed part says of this device's clock; `agreed_at` is None before the first answer."""
    unknown: dict[str, Any] = {"offset_ms": 0, "agreed_at": None, "jumps": []}
    return dict(store.setting(held, "clock", unknown))


def _since(before: str, now: str) -> timedelta:
    return abs(datetime.fromisoformat(now) - datetime.fromisoformat(before))
