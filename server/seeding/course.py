"""A made-up case on its way: each act goes through the machine, and what the machine refuses does not happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.wire import instant
from server.cases.casefile import Actor, CaseFile
from server.cases.machine import Refusal, Step, advance
from server.cases.rules import CaseLaw
from server.seeding.cast import Cast

_OPENS, _CLOSES = 8, 17
"""Hours of an office's day; what happens on the road happens at any hour."""


class Ended(Exception):  # noqa: N818 - the end of a story, and no error
    """Nothing more happens to a case: its next act lies in the future, or the machine refused it."""


@dataclass
class Course:
    """A case while its year is told. `refused` counts, by event and code, what the machine did not let happen."""

    file: CaseFile
    now: datetime
    until: datetime
    law: CaseLaw
    cast: Cast
    steps: list[Step] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    def wait(self, days: float) -> None:
        """Let some days go by, give or take, until somebody sits at a desk again."""
        at = (self.now + timedelta(days=self.cast.chance.expovariate(1 / days))).astimezone(LAW_ZONE)
        if not _OPENS <= at.hour < _CLOSES:
            minutes = self.cast.chance.randrange((_CLOSES - _OPENS) * 60)
            at = at.replace(hour=_OPENS, minute=0) + timedelta(days=int(at.hour >= _CLOSES), minutes=minutes)
        self.now = max(self.now, at)

    def wait_for(self, instant_: str) -> None:
        """Let the time go by until an instant, and a little longer."""
        if instant_:
            self.now = max(self.now, datetime.fromisoformat(instant_))
        self.wait(0.5)

    def do(self, event: str, who: Actor, **data: Any) -> None:
        """Let an event happen now. Raises Ended where that is yet to come, or where it is refused."""
        if self.now > self.until:
            raise Ended(event)
        fresh = self.cast.uuid(int(self.now.timestamp() * 1000))
        done = advance(self.file, event, data, who, self.now, self.law, fresh)
        if isinstance(done, Refusal):
            self.refused.update(f"{event}: {one.code}" for one in done.missing)
            raise Ended(event)
        self.steps.append(done)
        self.file = done.after

    def decide_links(self, who: Actor) -> None:
        """Decide of every pair that may be one act that it is two; the store then no longer names them."""
        for one, other in self.file.links:
            self.do("link_decided", who, violations=[one, other], verdict="other", reason="行为不同")
        self.file = replace(self.file, links=())

    def write_off_evidence(self, who: Actor) -> None:
        """Write down of what is lacking that it cannot be had: a made-up case has no photos and no scans."""
        rows = [
            {"violation": one.code, "kind": kind, "not_obtainable": "试用数据，没有原件"}
            for one in self.file.violations
            for kind in one.missing
        ]
        if rows:
            self.do("evidence_added", who, evidence=rows)
        self.file = replace(self.file, violations=tuple(replace(one, missing=()) for one in self.file.violations))

    def issue(self, who: Actor, *kinds: str) -> None:
        """Issue documents, and those that are due besides."""
        due = [(one.kind, one.side) for one in self.file.papers_due]
        for kind, side in dict.fromkeys([*((kind, "") for kind in kinds), *due]):
            self.do("document_issued", who, kind=kind, **({"side": side} if side else {}))

    def due_at(self, *rules: str) -> str:
        """Return when the last of these clocks has run; empty where none of them does."""
        return max((one.due_at for one in self.file.open_clocks if one.rule in rules), default="")

    def likely(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self.cast.chance.random() < share

    @property
    def at(self) -> str:
        """The present of the story as UTC text."""
        return instant(self.now)

    @property
    def day(self) -> str:
        """The present day of the law."""
        return self.now.astimezone(LAW_ZONE).date().isoformat()


def officers_of(people: Iterable[Actor]) -> list[dict[str, str]]:
    """Return people as an event is told of them, each with a made-up card."""
    return [{"login": one.login, "name": one.name, "card": f"SEED-{one.login[-9:]}"} for one in people]
