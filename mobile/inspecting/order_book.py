"""What this tablet knows of stop orders: those that its agency may lift, and what was given and lifted here. Pure.

What was given and lifted here counts at once, until the office has said what it made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from checklists.facts.registry import row_key
from checklists.inspection.stop_order import GIVE, LIFT, REFUSED, OrderAct, last_day, row

UNANSWERED = timedelta(days=7)
"""How long an act that the office holds counts here without its answer; after that its list alone decides. Ours."""

LIST = "orders"

Order = tuple[str, str]
"""Which order: its authority and its number."""


@dataclass(frozen=True)
class OwnAct:
    """An act that was sealed here. `state` is that of its delivery, `received_at` the receipt's time (UTC text).

    `answer` is what the office made of it, empty before it said so; `heard_at` when the office was heard last.
    """

    digest: str
    act: OrderAct
    officer: str
    at: str
    first: date
    state: str = "waiting"
    received_at: str = ""
    problem: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    heard_at: str = ""

    @property
    def order(self) -> Order:
        """Which order it is about."""
        return self.act.authority, self.act.number

    @property
    def counts(self) -> bool:
        """Whether it counts here although the office's list says nothing of it yet."""
        if self.answer:
            return False
        if not self.received_at or not self.heard_at:
            return True
        return datetime.fromisoformat(self.heard_at) - datetime.fromisoformat(self.received_at) < UNANSWERED

    @property
    def refused(self) -> bool:
        """Whether the office made nothing of it, or could not take it at all."""
        return self.answer.get("state") == REFUSED or (self.state == "rejected" and not self.answer)


def laid_over(rows: Iterable[Mapping[str, Any]], acts: Iterable[OwnAct], key: str) -> list[Mapping[str, Any]]:
    """Return the orders against a folded number: the office's, with what was given and lifted here and counts. Pure."""
    counted = [one for one in acts if one.counts]
    lifted = {one.order for one in counted if one.act.do == LIFT}
    known = [one for one in rows if (str(one.get("authority", "")), str(one.get("number", ""))) not in lifted]
    named = {(str(one.get("authority", "")), str(one.get("number", ""))) for one in known}
    given = [one for one in counted if one.act.do == GIVE and row_key(LIST, one.act.key) == key]
    return [*known, *(row(one.act, one.first) for one in given if one.order not in {*lifted, *named})]


@dataclass(frozen=True)
class Given:
    """An order that the office lets this tablet's agency lift; `until` is its last day, empty until it is lifted."""

    number: str
    authority: str
    on: str
    key: str
    text: str = ""
    until: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Given:
        """Return an order as the feed tells it; what this version does not know is left out."""
        return cls(**{name: str(told.get(name) or "") for name in cls.__dataclass_fields__})

    @property
    def order(self) -> Order:
        """Which order it is."""
        return self.authority, self.number


@dataclass(frozen=True)
class Book:
    """All that is known: `seen` are the refusals that somebody has read, by digest."""

    given: Sequence[Given] = ()
    acts: Sequence[OwnAct] = ()
    seen: Sequence[str] = ()
    today: date = date.min

    def stands(self, one: OwnAct) -> bool:
        """Whether an order that was given here has not ended by its own day, nor been lifted here."""
        last = last_day(one.act, one.first)
        lifted = any(each.act.do == LIFT and each.order == one.order and each.counts for each in self.acts)
        return not lifted and (last is None or last >= self.today)

    @property
    def underway(self) -> list[OwnAct]:
        """What was given here and stands, and of which the office has not said so yet."""
        return [one for one in self.acts if one.act.do == GIVE and one.counts and self.stands(one)]

    @property
    def liftable(self) -> dict[Order, Given]:
        """The orders that may be lifted here: the agency's, and what was given here and is underway.

        What is being lifted here already is left out.
        """
        lifting = {one.order for one in self.acts if one.act.do == LIFT and one.counts}
        held = {**{one.order: _given(one) for one in self.underway}, **{one.order: one for one in self.given}}
        return {order: one for order, one in held.items() if order not in lifting}

    @property
    def unread(self) -> list[OwnAct]:
        """The acts of this tablet that came to nothing and that nobody has read yet."""
        return [one for one in self.acts if one.refused and one.digest not in self.seen]


def _given(one: OwnAct) -> Given:
    act, last = one.act, last_day(one.act, one.first)
    return Given(act.number, act.authority, act.on, act.key, act.told, str(last or ""))
