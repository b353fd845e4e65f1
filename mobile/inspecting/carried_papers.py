"""What was read of the papers in the crew's hand, what comes next, and what a touch puts down. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from checklists.facts import measurement
from checklists.facts.carried import AND_OTHERS, QUANTITIES, SERVICE, CarriedPaper, Copied, papers
from checklists.inspection.entries import NOT_VERIFIED, Entry, answers, standing
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, Held

CHIPS = ("role", "unit", "scope", "media", "type", "outlet")
"""Kinds of fields that are answered by a touch on what the paper says."""

SEVERAL = ("scope", "media")
"""Those of them that hold several."""

READ = ("papers", "party")
"""Sources of what is put down here: a paper, or the party's own word."""


@dataclass(frozen=True)
class Papers:
    """The papers of the inspection in hand."""

    held: Held

    @cached_property
    def all(self) -> tuple[CarriedPaper, ...]:
        """The papers that this vehicle should have."""
        return papers(trailer=self.held.context.has_trailer, tank=self.held.context.has_tank)

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """What was read or stated, by path; what a registry says is neither."""
        stand = standing(self.held.entries, "fact")
        read = {path: [one for one in rivals if one.value.get("source") in READ] for path, rivals in stand.items()}
        return {path: rivals[-1].value.get("data") for path, rivals in read.items() if rivals}

    @cached_property
    def _answers(self) -> Mapping[str, Entry]:
        return answers(self.held.entries)

    def paper(self, key: str) -> CarriedPaper:
        """Return a paper by its key, the first where this vehicle has none of that key."""
        return next((one for one in self.all if one.key == key), self.all[0])

    def field(self, path: str) -> Copied:
        """Return a field by its path. Raises StopIteration where no paper has it."""
        return next(one for paper in self.all for one in paper.fields if one.path == path)

    def is_begun(self, paper: CarriedPaper) -> bool:
        """Whether anything of a paper was read."""
        return any(one.path in self.said for one in paper.fields)

    def is_read(self, paper: CarriedPaper) -> bool:
        """Whether all of a paper that rules compare was read."""
        return self.is_begun(paper) and all(one.path in self.said for one in paper.fields if one.needed)

    def is_whole_with(self, key: str, path: str) -> bool:
        """Whether nothing that is needed of a paper is left to read but this field."""
        return all(one.path in self.said for one in self.paper(key).fields if one.needed and one.path != path)

    def is_absent(self, paper: CarriedPaper) -> bool:
        """Whether an officer said that a paper was not shown."""
        if not paper.item:
            return False
        if paper.absent:
            return self.held.fact(paper.absent) is False
        entry = self._answers.get(paper.item)
        said = entry.value if entry is not None else {}
        return said.get("result") == NOT_VERIFIED and said.get("why") == "not_shown"

    def day_before(self, key: str) -> str:
        """Return the last valid day of the paper that was read before this one, by the list; or nothing."""
        before = [one for paper in self.all[: self.all.index(self.paper(key))] for one in paper.fields]
        days = [self.said[one.path] for one in before if one.kind == "day" and one.path in self.said]
        return str(days[-1]) if days else ""

    @property
    def asked(self) -> tuple[CarriedPaper, ...]:
        """The papers that should be there."""
        return tuple(one for one in self.all if one.item)

    @property
    def done(self) -> int:
        """How many of these are dealt with: read, or not shown."""
        return sum(1 for one in self.asked if self.is_read(one) or self.is_absent(one))

    def after(self, key: str) -> str:
        """Return the paper after one of which nothing was read yet; itself where there is none."""
        place = self.all.index(self.paper(key))
        order = (*self.all[place + 1 :], *self.all[:place])
        return next((one.key for one in order if one.item and not self.is_begun(one) and not self.is_absent(one)), key)

    def next_number(self, key: str) -> str:
        """Return the path of the number to ask for now: once a paper's touches are made, its first empty one."""
        empty = [one for one in self.paper(key).fields if one.needed and one.path not in self.said]
        touches = any(one.kind in CHIPS for one in empty)
        return next((one.path for one in empty if one.kind in QUANTITIES), "") if not touches else ""

    # -- what is put down

    def read(self, path: str, text: str) -> tuple[Draft, ...] | None:
        """Return the entries for what a field says; empty takes it back; None for a number that cannot be true."""
        if not text.strip():
            return acts.unread(self.held, path)
        if any(one.path == path for one in SERVICE.fields):
            return (acts.fact(path, text.strip(), "party"),)
        quantity = QUANTITIES.get(self.field(path).kind)
        value = measurement.read(quantity, text) if quantity else text.strip()
        return None if value is None else acts.read_paper(path, value)

    def pick(self, path: str, key: str) -> tuple[Draft, ...]:
        """Return the entries for a touch on a choice: of several it goes in or out, of one it takes the place."""
        kind, said = self.field(path).kind, self.said.get(path)
        if kind not in SEVERAL:
            return acts.unread(self.held, path) if said == key else acts.read_paper(path, key)
        before = [one for one in said or () if one != AND_OTHERS]
        now = [one for one in before if one != key] if key in before else [*before, key]
        if not now:
            return acts.unread(self.held, path)
        return acts.read_paper(path, [*now, AND_OTHERS] if kind == "media" else sorted(now))

    def not_shown(self, key: str) -> tuple[Draft, ...]:
        """Return the entries that say that a paper was not shown, or take that back."""
        paper = self.paper(key)
        back = self.is_absent(paper)
        if paper.absent:
            return acts.unread(self.held, paper.absent) if back else (acts.fact(paper.absent, data=False),)
        if back:
            return (Draft("answer", None, {}, withdraws=self._answers[paper.item].id),)
        return acts.answer(paper.item, NOT_VERIFIED, why="not_shown")
