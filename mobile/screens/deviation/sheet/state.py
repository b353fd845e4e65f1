"""What an officer has chosen of a deviation so far, and the answer that it amounts to. Pure.

One item may have several faults: one extinguisher is missing, another has expired. Each is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from checklists.definitions.definition import Item
from checklists.facts import measurement as measured
from checklists.findings.assessment import ItemState
from checklists.findings.item_findings import more_of
from checklists.inspection.entries import answers
from checklists.law.model import violation_on
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft, Held
from mobile.screens.shared.places import place_in_law
from mobile.words import words

MOST_CONDUCTS = 5
"""So many are offered at once; all others are found by search."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; empty (or None) leaves what is pre-filled. `conduct` is a Choice's key.

    `measured` holds whole numbers in the unit that the key names, see `checklists.facts.measurement`; `instrument` says
    with what (`name`, `calibrated_until`).
    """

    conduct: str = ""
    locations: tuple[str, ...] = ()
    severity: str = ""
    measures: tuple[str, ...] | None = None
    note: str = ""
    measured: Mapping[str, int] = field(default_factory=dict)
    instrument: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """What is wrong with an item: its faults in the order of finding, and which of them is in hand."""

    item: str
    faults: tuple[Fault, ...] = (Fault(),)
    at: int = 0

    @property
    def fault(self) -> Fault:
        """The fault in hand."""
        return self.faults[self.at]

    def having(self, **changes: Any) -> Sheet:
        """Return the sheet with the fault in hand changed."""
        changed = replace(self.fault, **changes)
        return replace(self, faults=(*self.faults[: self.at], changed, *self.faults[self.at + 1 :]))

    def another(self) -> Sheet:
        """Return the sheet with a further fault, which is in hand."""
        return replace(self, faults=(*self.faults, Fault()), at=len(self.faults))

    def without(self) -> Sheet:
        """Return the sheet without the fault in hand; the only one is emptied."""
        left = (*self.faults[: self.at], *self.faults[self.at + 1 :])
        return replace(self, faults=left or (Fault(),), at=max(0, self.at - 1))


@dataclass(frozen=True)
class Choice:
    """One thing to pick. `key` is the code that is recorded."""

    key: str
    text: str
    chosen: bool = False
    violation: str = ""
    said: str = ""


def sheet_for(held: Held, item: str) -> Sheet:
    """Return the sheet of an item as the officer's last answer left it, or empty."""
    entry = answers(held.entries).get(item)
    said = entry.value if entry is not None and entry.value.get("result") == "does_not_conform" else {}
    return Sheet(item, tuple(_fault(one) for one in (said, *more_of(said))))


def _fault(said: Mapping[str, Any]) -> Fault:
    measures, told = said.get("measures"), str(said.get("told") or "")
    places = said.get("locations") or ([said["location"]] if said.get("location") else ())
    return Fault(
        conduct=str(said.get("conduct") or said.get("violation") or ""),
        locations=tuple(map(str, places)),
        severity=str(said.get("severity", "")),
        measures=tuple(measures) if measures else None,
        note=str(said.get("note", "")).removeprefix(told).removeprefix("；"),
        measured={str(key): int(value) for key, value in (said.get("measured") or {}).items()},
        instrument={str(key): str(value) for key, value in (said.get("instrument") or {}).items()},
    )


def answer_of(held: Held, sheet: Sheet) -> tuple[Draft, ...]:
    """Return the answer that the sheet amounts to: its first fault, and the others under `more`."""
    item = item_state(held, sheet.item).item
    first, *others = (_said(held, item, one) for one in sheet.faults)
    return acts.answer(sheet.item, "does_not_conform", **first, more=others)


def _said(held: Held, item: Item, fault: Fault) -> dict[str, Any]:
    """Return what is put down of a fault; what is empty is left out.

    A conduct more exact than its violation, the places and what was measured stand in words before the officer's note.
    """
    chosen = next((one for one in conducts(held, item, chosen=fault.conduct) if one.key == fault.conduct), None)
    told = [chosen.said if chosen else "", _places(fault), _measured(item, fault, held.context.situation.day)]
    words_ = "；".join(one for one in told if one and one not in fault.note)
    violation = chosen.violation if chosen else ""
    said = {
        "violation": violation,
        "conduct": fault.conduct if fault.conduct != violation else "",
        "location": fault.locations[0] if fault.locations else "",
        "locations": list(fault.locations) if len(fault.locations) > 1 else [],
        "severity": fault.severity,
        "measures": list(fault.measures or ()),
        "note": "；".join(one for one in (words_, fault.note.strip()) if one),
        "told": words_,
        "measured": dict(fault.measured),
        "instrument": {key: one.strip() for key, one in fault.instrument.items() if one.strip()},
    }
    return {key: one for key, one in said.items() if one}


def _places(fault: Fault) -> str:
    """Return the places in the words of the papers."""
    return f"部位：{'、'.join(map(place_in_law, fault.locations))}" if fault.locations else ""


def _measured(item: Item, fault: Fault, day: date) -> str:
    """Return what was measured in the words of the papers, with what, and whether that was calibrated on the day."""
    known = [(measured.quantity(item.id, key), value) for key, value in fault.measured.items()]
    said = "、".join(f"{one.text['zh']} {measured.shown(one, value)}" for one, value in known)
    return f"实测{said}（{_instrument(fault, day)}）" if said else ""


def _instrument(fault: Fault, day: date) -> str:
    """Return with what was measured; a calibration that ended or is not known is said, never left out."""
    name, until = (fault.instrument.get(key, "").strip() for key in ("name", "calibrated_until"))
    doubt = {"runs": "", "ended": "检定已过期", "unknown": "检定有效期不明"}[measured.calibration(until, day)]
    told = (f"仪器 {name}" if name else "仪器未注明", f"检定有效期至 {until}" if until else "", doubt)
    return "，".join(one for one in told if one)


def conducts(
    held: Held, item: Item, found_case: str = "", often: Mapping[str, int] | None = None, chosen: str = ""
) -> list[Choice]:
    """Return what is likely to be wrong with an item, at most five: what a comparison found, then what is frequent.

    What was chosen stands among them, wherever it was found.
    """
    likely = all_conducts(held, item, found_case, often)
    shown = likely[:MOST_CONDUCTS]
    if not chosen or any(one.key == chosen for one in shown):
        return shown
    other = next((one for one in likely if one.key == chosen), None) or _violation(held, chosen)
    return [other, *shown[: MOST_CONDUCTS - 1]] if other else shown


def _violation(held: Held, code: str) -> Choice | None:
    """Return a violation of the law, whatever item it belongs to."""
    row = violation_on(held.kit.definitions.violations, code, held.context.situation.day)
    return Choice(row.code, words.pick(row.title), violation=row.code) if row else None


def all_conducts(held: Held, item: Item, found_case: str = "", often: Mapping[str, int] | None = None) -> list[Choice]:
    """Return all that is known to be wrong with an item.

    Among equals, and on the first day, the item's violations come in the order of the data, then what others may find.
    """
    definitions, day = held.kit.definitions, held.context.situation.day
    rows = [violation_on(definitions.violations, code, day) for code in item.violations]
    found = [Choice(row.code, words.pick(row.title), violation=row.code) for row in rows if row is not None]
    for row in definitions.rules.values():
        if row.item == item.id and (row.accuses or f"{row.rule}:{row.case}" == found_case):
            said = row.text.get("zh") or words.pick(row.text)
            found.append(Choice(f"{row.rule}:{row.case}", words.pick(row.text), violation=row.violation, said=said))
    counted = often or {}
    found.sort(key=lambda one: (one.key != found_case, -counted.get(one.key, 0)))
    return list({one.text.casefold(): one for one in reversed(found)}.values())[::-1]


def item_state(held: Held, item: str) -> ItemState:
    """Return how an item stands. Raises KeyError where it does not apply here."""
    return {one.item.id: one for one in held.assessment.items}[item]
