"""The inspection in hand: its entries, what they are judged with, and everything that follows from them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from checklists.definitions.definition import Definitions, Item, RuleCase
from checklists.facts.registry import Lookup
from checklists.facts.texts import tidied
from checklists.findings.assessment import Assessment, assess
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry, all_of, lead_of, merge, next_seq, standing
from checklists.rules.context import Context
from mobile.inspecting.comparison import compared


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
    def assessment(self) -> Assessment:
        """What the entries amount to now."""
        kit = self.kit
        return assess(kit.definitions, kit.tables, self.entries, self.opened_at, self.checklist, compared)

    @cached_property
    def context(self) -> Context:
        """The situation with the tables, as the rules see it."""
        regime = self.kit.definitions.checklists[self.checklist].regime
        return Context(self.assessment.situation, self.kit.tables, regime)

    def fact(self, path: str) -> Any:
        """Return the plain data of the fact that stands at exactly this path, or None."""
        rivals = standing(self.entries, "fact").get(path)
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


_SAID = ("statement", "signature", "note", "override", "outcome", "answer", "party")
"""Entries whose texts people write. Facts keep theirs: the raw text of a code is evidence as it is."""


def _tidy(draft: Draft) -> Mapping[str, Any]:
    """Return the value with the texts in it tidy, as `checklists.facts.texts` makes them; of facts who is aboard."""
    if draft.kind in _SAID or draft.item == "seen.aboard":
        return dict(tidied(draft.value))
    return draft.value
