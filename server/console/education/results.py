"""What a quiz before and after says: each question with its denominators, and those alone who answered both. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklists.definitions.lesson import Question
from server.figures.rates import FEW, Share, share
from server.store.education_models import SeatAnswer


@dataclass(frozen=True)
class Line:
    """A question with how many of those who answered it were right, before and after."""

    question: Question
    before: Share
    after: Share


@dataclass(frozen=True)
class Results:
    """All questions, and of the `both` people who answered twice how many right answers each gave on average.

    `few`: too few people to say anything of the teaching; what one of them knows may still be said of him.
    """

    lines: Sequence[Line]
    both: int
    asked: int
    before_right: int
    after_right: int

    @property
    def few(self) -> bool:
        """Whether they are so few that a difference says little."""
        return self.both < FEW

    def mean(self, phase: str) -> str:
        """Return the right answers a person, of those who answered both; a dash of nobody."""
        right = self.before_right if phase == "before" else self.after_right
        return f"{right / self.both:.1f}" if self.both else "—"


def results(questions: Sequence[Question], answers: Iterable[SeatAnswer]) -> Results:
    """Return the results of a session."""
    held = list(answers)
    by_seat: dict[int, dict[str, int]] = {}
    for one in held:
        by_seat.setdefault(int(one.number), {})[str(one.phase)] = int(one.score)
    twice = [one for one in by_seat.values() if len(one) == 2]
    told = {phase: _told(one for one in held if one.phase == phase) for phase in ("before", "after")}
    return Results(
        lines=[Line(one, _share(told["before"], one.id), _share(told["after"], one.id)) for one in questions],
        both=len(twice),
        asked=len(questions),
        before_right=sum(one["before"] for one in twice),
        after_right=sum(one["after"] for one in twice),
    )


def _told(answers: Iterable[SeatAnswer]) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for one in answers:
        for each in json.loads(str(one.answers)):
            found.setdefault(str(each["id"]), []).append(bool(each["right"]))
    return found


def _share(told: Mapping[str, Sequence[bool]], question: str) -> Share:
    answered = told.get(question, ())
    return share(sum(answered), len(answered))
