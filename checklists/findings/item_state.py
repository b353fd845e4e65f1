"""What the officers put down, worked out once, and how an item stands by it and by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checklists.definitions.definition import Item
from checklists.findings.finding import ItemState
from checklists.inspection.entries import Conflict, Entry, all_of, answers, cleared, conflicts, standing
from checklists.inspection.recheck import CORRECTED
from checklists.rules.crosscheck import Result
from checklists.values import frozen


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
        overridden = frozenset(standing(entries, "override"))
        photos = tuple(one for one in all_of(entries, "photo") if one.value.get("evidence") != CORRECTED)
        return cls(answers(entries), cleared(entries), overridden, photos, conflicts(entries))

    def asks(self, item: Item, results: Iterable[Result]) -> bool:
        """Whether the item stands on the list: an optional one only when a rule or an officer found something on it."""
        return not item.optional or item.id in self.answers or bool(self.conflicting(results))

    def disputed(self, item: Item) -> bool:
        """Whether officers differ on the item."""
        return any(one.kind == "answer" and one.item == item.id for one in self.conflicts)

    def conflicting(self, results: Iterable[Result]) -> list[Result]:
        """Return the conflicts that nobody overrode with a reason."""
        return [one for one in results if one.verdict == "conflict" and one.id not in self.overridden]

    def state(self, item: Item, section: str, results: tuple[Result, ...]) -> ItemState:
        """Return how the item stands: a rule's conflict outweighs an answer, what a rule cannot tell any clearing."""
        unsure = any(one.verdict in ("cannot_tell", "stale") for one in results)
        answer = self.answers.get(item.id)
        state, because = "open", ""
        if item.input != "status":
            return ItemState(item, section, "recorded")
        if self.disputed(item):
            return ItemState(item, section, "open", "", must_answer=True, results=results)
        if self.conflicting(results):
            state, because = "does_not_conform", "rule"
        elif answer is not None:
            said, why = str(answer.value.get("result", "open")), str(answer.value.get("why") or "")
            return ItemState(item, section, said, "officer", results=results, why=why)
        elif unsure:
            return ItemState(item, section, "open", "", must_answer=True, results=results)
        elif item.id in self.cleared:
            state, because = "conforms", "section"
        elif results:
            state, because = "conforms", "rule"
        return ItemState(item, section, state, because, results=results)
