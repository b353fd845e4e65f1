"""What the officers put down, worked out once, and how an item stands by it and by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from checklists.definitions.definition import Item
from checklists.findings.finding import ItemState
from checklists.inspection.entries import Conflict, Entry, all_of, answers, cleared, conflicts, merge, standing
from checklists.inspection.recheck import CORRECTED
from checklists.rules.crosscheck import Result
from checklists.values import frozen


@frozen
class Applying:
    """An item that applies to the vehicle and load, its section, and what the rules say of it."""

    item: Item
    section: str
    results: tuple[Result, ...]

    @cached_property
    def conflicts(self) -> tuple[Result, ...]:
        """What a rule found against it."""
        return tuple(one for one in self.results if one.verdict == "conflict")

    @cached_property
    def unsure(self) -> bool:
        """Whether a rule cannot tell."""
        return any(one.verdict in ("cannot_tell", "stale") for one in self.results)

    @cached_property
    def untouched(self) -> ItemState:
        """How it stands as long as no officer put down anything about it, or overrode what was found."""
        if self.item.input != "status":
            return ItemState(self.item, self.section, "recorded")
        if self.unsure:
            return ItemState(self.item, self.section, "open", "", must_answer=True, results=self.results)
        state, because = ("conforms", "rule") if self.results else ("open", "")
        return ItemState(self.item, self.section, state, because, results=self.results)


@frozen
class Given:
    """What the officers put down: answers and clearings by item, overrides, photos, disputes.

    A photo of what was put right proves nothing of the fault: it is not among `photos`.
    """

    answers: Mapping[str, Entry]
    cleared: Mapping[str, Entry]
    overridden: frozenset[str]
    photos: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]

    @classmethod
    def of(cls, entries: tuple[Entry, ...]) -> Given:
        """Return what the entries amount to, in whatever order they come."""
        entries = merge(entries)
        overridden = frozenset(standing(entries, "override"))
        photos = tuple(one for one in all_of(entries, "photo") if one.value.get("evidence") != CORRECTED)
        return cls(answers(entries), cleared(entries), overridden, photos, conflicts(entries))

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The items on which officers differ."""
        return frozenset(one.item for one in self.conflicts if one.kind == "answer")

    def asks(self, one: Applying) -> bool:
        """Whether the item stands on the list: an optional one only when a rule or an officer found something on it."""
        return not one.item.optional or one.item.id in self.answers or bool(self.conflicting(one.conflicts))

    def conflicting(self, results: Iterable[Result]) -> list[Result]:
        """Return the conflicts that nobody overrode with a reason."""
        return [one for one in results if one.verdict == "conflict" and one.id not in self.overridden]

    def state(self, one: Applying) -> ItemState:
        """Return how the item stands: a rule's conflict outweighs an answer, what a rule cannot tell any clearing."""
        item, section, results = one.item, one.section, one.results
        answer = self.answers.get(item.id)
        if item.input != "status":
            return one.untouched
        if item.id in self.disputed:
            return ItemState(item, section, "open", "", must_answer=True, results=results)
        if one.conflicts and self.conflicting(one.conflicts):
            return ItemState(item, section, "does_not_conform", "rule", results=results)
        if answer is not None:
            said, why = str(answer.value.get("result", "open")), str(answer.value.get("why") or "")
            return ItemState(item, section, said, "officer", results=results, why=why)
        if item.id in self.cleared and not one.unsure:
            return ItemState(item, section, "conforms", "section", results=results)
        return one.untouched
