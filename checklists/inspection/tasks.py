"""What is to be done besides the vehicle in hand: alerts, cases sent back, re-visits, ends of deadlines, reports.

Three tiers with a duty each: high is called and somebody is sent, medium is done today, low is read. A task is closed
once every duty of its tier was done; each thing done is kept and never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.crypto import SigningKey, verify
from checklists.facts.situation import LAW_ZONE
from checklists.values import frozen
from checklists.wire import canonical

TIERS = ("high", "medium", "low")

DUTIES: Mapping[str, tuple[str, ...]] = {"high": ("called", "dispatched"), "medium": ("done",), "low": ("read",)}
"""What is done, in order. Ours, after the early warnings of the neighbouring practice (DESIGN, 7)."""

CALL_WITHIN = timedelta(hours=1)
"""How long a team has for a task of the high tier. Ours."""

ANSWER_WITHIN = timedelta(minutes=20)
"""When a leader is told of an alert of the high tier that no team has answered: while the hour still runs. Ours."""

LEVELS = ("teams", "leader", "supervisor")
"""Who has been told of an alert, one after the other."""


ACKNOWLEDGED, PUSHED, ENDED_BY_HAND = "acknowledged", "pushed_up", "ended"
"""What the office says of an alert besides its duties; none of it does what a tier asks for."""


@frozen
class Task:
    """A task as the registry carries it; `title` and `text` are a text or {"zh": ..., "en": ...}.

    `due` and `created_at` are UTC text, empty where there is no such time; what this version does not know is left out.
    `inspection` is the one from which it arose, `pieces` what is asked for: of that `item`, that kind of `evidence`.
    """

    id: str
    kind: str = ""
    tier: str = "low"
    title: Any = ""
    text: Any = ""
    due: str = ""
    plate: str = ""
    case: str = ""
    created_at: str = ""
    inspection: str = ""
    pieces: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Task:
        """Return a row as a task; one without an id is a KeyError."""
        names = ("kind", "tier", "title", "text", "due", "plate", "case", "created_at", "inspection")
        pieces = tuple(one for one in row.get("pieces") or () if isinstance(one, Mapping))
        return cls(str(row["id"]), pieces=pieces, **{name: row[name] for name in names if row.get(name)})


def duties(tier: str) -> tuple[str, ...]:
    """Return what is to be done; a tier that this version does not know is done as a medium one."""
    return DUTIES.get(tier, DUTIES["medium"])


def left(tier: str, did: Collection[str]) -> tuple[str, ...]:
    """Return the duties that are still open, in order."""
    return tuple(one for one in duties(tier) if one not in did)


def due_of(tier: str, at: datetime) -> datetime | None:
    """Return until when a task that arises now is to be done: an hour, the end of the day in Beijing, or no time."""
    if tier == "high":
        return at + CALL_WITHIN
    if tier == "low":
        return None
    return at.astimezone(LAW_ZONE).replace(hour=23, minute=59, second=59, microsecond=0).astimezone(UTC)


def level(tier: str, created_at: datetime, did: Collection[str], now: datetime) -> int:
    """Return how far up (in LEVELS) an alert that is still open has to be told by now.

    High: a leader when no team has answered in ANSWER_WITHIN, a supervisor when the hour is over. Medium: at the end
    of its day, and a day later. Where a team has answered and not done everything it has one step more. Low: never.
    """
    return sum(step <= now for step in rises(tier, created_at, did))


def rises(tier: str, created_at: datetime, did: Collection[str]) -> tuple[datetime, ...]:
    """Return when an alert goes up to a leader and to a supervisor, as things stand; nothing where it never does."""
    due = due_of(tier, created_at)
    if due is None:
        return ()
    first, last = (created_at + ANSWER_WITHIN, due) if tier == "high" else (due, due + timedelta(days=1))
    return (last, last + (last - first)) if did else (first, last)


_SIGNED = ("id", "officer", "did", "at", "note")


def sign_act(key: SigningKey, act: Mapping[str, str], *, task: str, device: str) -> dict[str, str]:
    """Return what was done about a task with the device's signature, which binds it to that task and that device."""
    return {**act, "signature": key.sign(_signed(act, task, device))}


def act_holds(public: str, act: Mapping[str, str], *, task: str, device: str) -> bool:
    """Whether the `signature` of an act is that of the device, over this act on this task."""
    return verify(public, _signed(act, task, device), act.get("signature", ""))


def _signed(act: Mapping[str, str], task: str, device: str) -> bytes:
    return canonical({**{name: act.get(name, "") for name in _SIGNED}, "task": task, "device": device})
