"""The clocks of a case as a person reads them: what, until when, how long still, how sure, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from checklists.wire import instant
from server.cases.casefile import CaseFile, Clock
from server.cases.clock_rules import BY_NAME, is_met
from server.cases.clockwork import is_overdue
from server.cases.ends import begins_at, end_of
from server.cases.escalation import responsible
from server.cases.rules import CaseLaw
from server.cases.words import CLOCKS, WHY

Text = Mapping[str, str]


def _(words: str) -> str:
    return words


TURNS: Mapping[str, str] = {
    "duty": _("the office must act"),
    "party": _("the party must act"),
    "wait": _("the office may act afterwards"),
    "window": _("a right that runs out"),
}
"""Kind of clock → whose turn it is."""

LEVELS: Mapping[str, str] = {
    "owner": _("the handler answers for it"),
    "leader": _("the team leader answers for it"),
    "supervisor": _("the supervisor answers for it"),
}

SURE: Mapping[str, str] = {"sure": _("sure"), "provisional": _("provisional"), "manual": _("by hand")}

LEFT: Mapping[str, Mapping[str, str]] = {
    "over": {"days": _("overdue by {count} d"), "hours": _("overdue by {count} h")},
    "run": {"days": _("run out {count} d ago"), "hours": _("run out {count} h ago")},
    "wait": {"days": _("{count} d to wait"), "hours": _("{count} h to wait")},
    "left": {"days": _("{count} d left"), "hours": _("{count} h left")},
}
"""How the time that is left, or past, is said."""

ABOUT: Mapping[str, Mapping[str, str]] = {
    "over": {"days": _("overdue by {count} d at most"), "hours": _("overdue by {count} h at most")},
    "run": {"days": _("run out {count} d ago at most"), "hours": _("run out {count} h ago at most")},
    "wait": {"days": _("{count} d to wait at most"), "hours": _("{count} h to wait at most")},
    "left": {"days": _("{count} d left at least"), "hours": _("{count} h left at least")},
}
"""The same of an end that is provisional: of a range a duty shows the earliest day and a wait the latest."""

_HOUR = 3600


@dataclass(frozen=True)
class Hand:
    """A clock as shown. `tone`: over, soon, calm, wait, done or unknown; `share` of its time is gone, in hundredths.

    `left` is a sentence with `{count}`, empty where nobody knows the end; `ours`: the term is the office's own;
    `longer` is the term that the law gives where more is at stake, told once this one ran out; it ends `longer_due`.
    """

    rule: str
    words: str
    side: str
    due: str
    left: str
    count: int
    tone: str
    share: int
    sure: str
    why: str
    turn: str
    level: str
    ours: bool
    term: Text
    paused: str
    by_hand: bool
    longer: Text
    longer_due: str

    @property
    def order(self) -> tuple[int, str]:
        """Sorts what is overdue first, then by its end; what has none stands last."""
        return (0 if self.tone == "over" else 1 if self.due else 2), self.due


def hands(case: CaseFile, now: datetime, law: CaseLaw) -> list[Hand]:
    """Return the open clocks of a case, what is overdue first."""
    held = (one for one in case.open_clocks if not _met(case, one, instant(now)))
    return sorted((_hand(case, one, now, law) for one in held), key=lambda one: one.order)


def _met(case: CaseFile, clock: Clock, now: str) -> bool:
    """Whether what a clock waits for has happened, though it goes on: it began before that was looked at."""
    return is_met(BY_NAME[clock.rule], case.state, over=not clock.due_at or clock.due_at <= now)


def of_side(held: Iterable[Hand], side: str) -> list[Hand]:
    """Return the clocks of a side track."""
    return [one for one in held if one.side == side]


def _hand(case: CaseFile, clock: Clock, now: datetime, law: CaseLaw) -> Hand:
    rule = BY_NAME[clock.rule]
    overdue = is_overdue(clock, instant(now))
    seconds = (datetime.fromisoformat(clock.due_at) - now).total_seconds() if clock.due_at else None
    left, count = _left(rule.kind, seconds, overdue=overdue, said=ABOUT if clock.sure == "provisional" else LEFT)
    level = responsible(clock, case.tier, case.owner, now) if rule.kind in ("duty", "party") else None
    term, tone = law.term(clock.term), _tone(rule.kind, seconds, overdue=overdue, paused=bool(clock.paused_from))
    longer = law.term(rule.longer) if tone == "done" else None
    return Hand(
        rule=clock.rule,
        words=CLOCKS[clock.rule],
        side=clock.side,
        due=clock.due,
        left="" if clock.paused_from else left,
        count=count,
        tone=tone,
        share=_share(clock, now),
        sure=SURE[clock.sure],
        why=WHY.get(clock.why, ""),
        turn=TURNS[rule.kind],
        level=LEVELS[level.level] if level is not None and level.overdue else "",
        ours=law.is_ours(clock.term),
        term=term.text if term is not None else {},
        paused=clock.paused_from,
        by_hand=not clock.due_at and not clock.paused_from,
        longer=longer.text if longer is not None else {},
        longer_due=end_of(law, longer.id, clock.started, rule.kind).due if longer is not None else "",
    )


def _left(
    kind: str, seconds: float | None, *, overdue: bool, said: Mapping[str, Mapping[str, str]] = LEFT
) -> tuple[str, int]:
    if seconds is None:
        return "", 0
    sort = "over" if overdue else "run" if seconds <= 0 else "wait" if kind == "wait" else "left"
    hours = int(abs(seconds) // _HOUR)
    return (said[sort]["hours"], hours) if hours < 48 else (said[sort]["days"], hours // 24)


def _tone(kind: str, seconds: float | None, *, overdue: bool, paused: bool) -> str:
    if paused:
        return "paused"
    if seconds is None:
        return "unknown"
    if overdue:
        return "over"
    if seconds <= 0:
        return "done"
    if kind == "wait":
        return "wait"
    return "soon" if kind == "duty" and seconds < 72 * _HOUR else "calm"


def _share(clock: Clock, now: datetime) -> int:
    """Return how many hundredths of a clock's time are gone."""
    if not clock.due_at or not clock.started:
        return 0
    begun, end = (datetime.fromisoformat(one) for one in (begins_at(clock.started), clock.due_at))
    whole = (end - begun).total_seconds()
    gone = (now - begun).total_seconds()
    return 100 if whole <= 0 else max(0, min(100, int(Fraction(gone).limit_denominator() * 100 / Fraction(whole))))
