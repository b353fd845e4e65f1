"""What a guard is given: the case, the move, what was said, who says it, when, and the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from checklists.wire import instant
from server.cases.casefile import Actor, CaseFile, Clock, Side
from server.cases.moves import Move
from server.cases.rules import CaseLaw


class Missing(NamedTuple):
    """One thing that is missing or in the way: its code (`missing.CODES`), and what exactly."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Ask:
    """An event that is asked for. `fresh` is the id that a new side track gets."""

    case: CaseFile
    move: Move
    data: Mapping[str, Any]
    actor: Actor
    now: datetime
    law: CaseLaw
    fresh: str = ""

    @property
    def at(self) -> str:
        """The present as UTC text."""
        return instant(self.now)

    @property
    def event(self) -> str:
        """The name of the event."""
        return self.move.event

    @property
    def side(self) -> Side | None:
        """The side track that is asked about, if it exists."""
        return self.case.side(str(self.data.get("side") or ""))

    @property
    def track(self) -> str:
        """P for the police, T for every other agency: whose procedure holds."""
        return "P" if self.case.agency == "P" else "T"

    @property
    def target(self) -> str:
        """The state of the main line after the move."""
        return self.move.to if self.move.to and self.move.track == "main" else self.case.state

    def fact(self, name: str) -> Any:
        """Return what an earlier event left behind, or None."""
        return self.case.facts.get(name)

    def clock(self, rule: str, side: str = "") -> Clock | None:
        """Return the open clock of that rule, or None."""
        return next((one for one in self.case.open_clocks if one.rule == rule and one.side == side), None)

    def is_over(self, clock: Clock) -> bool:
        """Whether a term has run out; one whose end nobody knows has not."""
        return bool(clock.due_at) and not clock.paused_from and clock.due_at <= self.at
