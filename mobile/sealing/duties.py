"""What the officers owe after an inspection until they say it is done: to report an urgent measure, to file a fine.

Kept as the setting `duties`: `{"kind", "inspection", "plate", "what", "due", "done_at"}`, the newest last; `due` is UTC
text for a term of hours and a day for one of days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from checklists.law.clocks import calendar_of, due
from mobile.inspecting import conclusion
from mobile.inspecting.inspection import Held
from mobile.store import store as stores
from mobile.store.store import Store

REPORT, FILE = "report_measure", "file_fine"
KEPT = 200
"""So many are kept; those that are done go first."""


@dataclass(frozen=True)
class Duty:
    """One thing owed. `what` are the codes of measures, or the numbers of papers."""

    kind: str
    inspection: str
    plate: str
    what: tuple[str, ...]
    due: str
    done_at: str = ""


def duties(store: Store) -> tuple[Duty, ...]:
    """Return all of them, done or not, the oldest first."""
    return tuple(_read(one) for one in stores.setting(store, "duties", ()))


def open_duties(store: Store, inspection: str = "") -> tuple[Duty, ...]:
    """Return what is owed still, of one inspection where it is named."""
    return tuple(one for one in duties(store) if not one.done_at and inspection in ("", one.inspection))


def owed(held: Held, numbers: tuple[str, ...]) -> tuple[Duty, ...]:
    """Return what the decision of an inspection makes its officers owe; `numbers` are those of its fines."""
    plate = str(held.fact("vehicle.plate") or "")
    found = []
    urgent = conclusion.approval_of(held).urgent
    if urgent is not None:
        measures = tuple(map(str, urgent.value.get("measures", ())))
        found.append(Duty(REPORT, held.inspection, plate, measures, str(urgent.value.get("report_by", ""))))
    term = held.kit.definitions.terms.get("simple_report")
    last = due(term, held.assessment.situation.at, calendar_of(held.kit.tables)).last if term and numbers else None
    if last is not None:
        found.append(Duty(FILE, held.inspection, plate, numbers, last.isoformat()))
    return tuple(found)


def take_on(store: Store, new: tuple[Duty, ...]) -> None:
    """Keep what is owed from now on; the same duty is kept once, with its latest term."""
    names = {(one.kind, one.inspection) for one in new}
    held = [one for one in duties(store) if (one.kind, one.inspection) not in names]
    _keep(store, (*held, *new))


def mark_done(store: Store, kind: str, inspection: str, at: str) -> None:
    """Say that a duty was done."""
    held = duties(store)
    done = (replace(one, done_at=at) if (one.kind, one.inspection) == (kind, inspection) else one for one in held)
    _keep(store, tuple(done))


def _keep(store: Store, held: tuple[Duty, ...]) -> None:
    spare = max(0, len(held) - KEPT)
    old = [one for one in held if one.done_at][:spare]
    stores.keep_setting(store, "duties", [vars(one) for one in held if one not in old])


def _read(row: Mapping[str, Any]) -> Duty:
    known = {name: row.get(name, "") for name in Duty.__dataclass_fields__}
    return Duty(**{**known, "what": tuple(row.get("what", ()))})
