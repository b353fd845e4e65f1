"""The inspection in hand: its entries, what they are judged with, and everything that follows from them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import Any

from checklists.definitions.definition import Definitions, Item, RuleCase
from checklists.facts.registry import Lookup
from checklists.facts.texts import tidied
from checklists.findings.assessment import Assessment, ListState, conclude, stand
from checklists.goods.listing import Tables
from checklists.inspection.confirmation import Fact, to_confirm
from checklists.inspection.entries import Entry, all_of, lead_of, merge, next_seq, standing
from checklists.rules.context import Context
from mobile.inspecting.comparison import compared

UNTOLD = "cannot_tell:"
"""Begins the note that a fact cannot be told on the spot; its path follows."""


@dataclass(frozen=True)
class Officer:
    """An officer as the office enrolled him; `card` is the enforcement card's number."""

    id: str
    name: str
    card: str
    agency: str


@dataclass(frozen=True)
class Kit:
    """What this tablet judges with: its packages and its registry; `used` names them for the record."""

    definitions: Definitions
    tables: Tables
    lookup: Lookup
    used: tuple[Mapping[str, str], ...] = ()
    checklist: str = "cn-joint"

    def item(self, item: str) -> Item | None:
        """Return an item of any of the checklists, or None where it is not known here."""
        return next((found for one in self.definitions.checklists.values() if (found := one.item(item))), None)

    def row(self, rule: str, case: str) -> RuleCase | None:
        """Return what a case of a rule leads to under the checklist's regime, or None where it leads to nothing."""
        return self.definitions.rules.get((self.definitions.checklists[self.checklist].regime, rule, case))


@dataclass(frozen=True)
class Draft:
    """An entry before it has an id, a sequence and an officer: the kind, what it is about, and its value."""

    kind: str
    item: str | None = None
    value: Mapping[str, Any] = field(default_factory=dict)
    withdraws: str | None = None


@dataclass(frozen=True)
class Held:
    """One inspection in the hands of one officer. `opened_at` is UTC text and the time of the conduct.

    `lead_device` is the tablet that opened it; empty is this one.
    """

    inspection: str
    opened_at: str
    device: str
    officer: Officer
    kit: Kit
    entries: tuple[Entry, ...] = ()
    lead_device: str = ""

    @property
    def lead(self) -> str:
        """The device that leads now, and that will seal: who opened, or who took over last."""
        return lead_of(self.entries, self.lead_device or self.device)

    @property
    def leads(self) -> bool:
        """Whether that is this tablet."""
        return self.lead == self.device

    @cached_property
    def checklist(self) -> str:
        """The checklist that is asked: as an officer chose it for this vehicle, else the one of the tablet."""
        chosen = standing(self.entries, "note").get("depth", ())
        name = str(chosen[-1].value.get("checklist")) if chosen else ""
        return name if name in self.kit.definitions.checklists else self.kit.checklist

    @cached_property
    def stands(self) -> ListState:
        """How the checklist stands by the entries: what is known, what the rules say, and each item."""
        checklist = self.kit.definitions.checklists[self.checklist]
        comparison = compared(self.entries, self.opened_at, self.kit.tables, checklist.regime)
        return stand(self.kit.definitions, self.entries, comparison, checklist)

    @cached_property
    def assessment(self) -> Assessment:
        """What the entries amount to now. Every screen that shows this inspection shows this one."""
        return conclude(self.kit.definitions, self.entries, self.stands)

    @property
    def context(self) -> Context:
        """The situation with the tables, as the rules see it."""
        return self.stands.comparison.context

    @cached_property
    def confirms(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts that clearing each section would state: of a short checklist those that its items ask for.

        What an officer said that he cannot tell is none of them.
        """
        checklist, notes = self.kit.definitions.checklists[self.checklist], standing(self.entries, "note")
        mine = {one.item.id for one in self.stands.items} if checklist.based_on else set()

        def asked(rule: str, case: str) -> bool:
            row = self.kit.row(rule, case)
            return not checklist.based_on or (row is not None and row.item in mine)

        stated = {one.id: to_confirm(self.context, one.id, asked) for one in checklist.sections}
        return {
            section: tuple(one for one in facts if UNTOLD + one[0] not in notes) for section, facts in stated.items()
        }

    def confirming(self, section: str = "") -> Held:
        """Return the inspection as if clearings of a section, or of all, had stated their facts and answered nothing.

        Worked out once: each screen asks for it again.
        """
        facts = [one for name, some in self.confirms.items() if section in ("", name) for one in some]
        if not facts:
            return self
        if section not in self._confirming:
            drafts = (Draft("fact", path, {"data": data, "source": "officer"}) for path, data in facts)
            made = write(self, drafts, self.opened_at, (f"draft-{number}" for number in count(len(self.entries))))
            self._confirming[section] = self.adding(made)
        return self._confirming[section]

    def think_ahead(self) -> bool:
        """Work out what clearing one more section would answer, so that the touch need not; False: all are known."""
        left = [name for name, facts in self.confirms.items() if facts and name not in self._confirming]
        if left:
            _ = self.confirming(left[0]).stands
        return len(left) > 1

    @cached_property
    def _confirming(self) -> dict[str, Held]:
        return {}

    @cached_property
    def _facts(self) -> Mapping[str, tuple[Entry, ...]]:
        return standing(self.entries, "fact")

    def fact(self, path: str) -> Any:
        """Return the plain data of the fact that stands at exactly this path, or None."""
        rivals = self._facts.get(path)
        return rivals[-1].value.get("data") if rivals else None

    def all_of(self, kind: str) -> tuple[Entry, ...]:
        """Return every entry of a kind that was not withdrawn."""
        return all_of(self.entries, kind)

    def adding(self, entries: Iterable[Entry]) -> Held:
        """Return the inspection with more entries; with none it is the same, and nothing is judged again."""
        more = tuple(entries)
        return replace(self, entries=merge(self.entries, more)) if more else self


def write(held: Held, drafts: Iterable[Draft], at: str, ids: Iterable[str]) -> tuple[Entry, ...]:
    """Return the drafts as entries of the officer in hand, in order, with the next sequence numbers."""
    first = next_seq(held.entries)
    me = held.officer
    return tuple(
        Entry(
            id=one_id,
            inspection=held.inspection,
            device=held.device,
            seq=first + number,
            officer=me.id,
            agency=me.agency,
            at=at,
            kind=draft.kind,
            item=draft.item,
            value=_tidy(draft),
            withdraws=draft.withdraws,
        )
        for number, (draft, one_id) in enumerate(zip(drafts, ids, strict=False))
    )


_SAID = ("statement", "signature", "note", "override", "outcome", "answer", "party", "withdrawn")
"""Entries whose texts people write. Facts keep theirs: the raw text of a code is evidence as it is."""


def _tidy(draft: Draft) -> Mapping[str, Any]:
    """Return the value with the texts in it tidy, as `checklists.facts.texts` makes them; of facts who is aboard."""
    if draft.kind in _SAID or draft.item == "seen.aboard":
        return dict(tidied(draft.value))
    return draft.value
