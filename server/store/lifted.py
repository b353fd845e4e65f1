"""What the office knows of holds that ended and findings that were overturned, for what tablets are told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from server import clock
from server.store import bulk
from server.store.case_models import SideTrack
from server.store.models import Case
from server.store.way_back_models import HoldLift

RELEASED = "release_after_correction"
"""The outcome that stands once a hold was lifted here: an outcome that every tablet knows as letting go."""
_SOME = 200


def of(inspections: Iterable[str]) -> dict[str, tuple[str, frozenset[str]]]:
    """Return by inspection when its hold was lifted last, and the violations of that moment."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for some in bulk.chunks(dict.fromkeys(inspections), _SOME):
        rows = bulk.among(HoldLift, ("id", "inspection", "at", "violations"), "inspection", some)
        for _id, inspection, at, codes in sorted(rows):
            found[str(inspection)] = (str(at), frozenset(json.loads(str(codes))))
    return found


def told(row: Mapping[str, Any], lift: tuple[str, frozenset[str]] | None) -> dict[str, Any]:
    """Return what a row of `history` says besides, where its hold was lifted; nothing where something came since.

    What was decided at a post later stands, and what was found later holds.
    """
    if lift is None or not _before(str(row.get("outcome_at") or row["at"]), lift[0]):
        return {}
    if set(row["violations"]) - lift[1] - set(row.get("dismissed") or ()):
        return {}
    return {"outcome": RELEASED, "outcome_before": row["outcome"], "outcome_at": lift[0]}


def _before(decided: str, lifted: str) -> bool:
    """Whether a decision came before a lift; one whose time cannot be read stands."""
    try:
        return clock.read(decided) <= clock.read(lifted)
    except ValueError:
        return False


def overturned(inspections: Iterable[str]) -> set[tuple[str, str]]:
    """Return `(case, violation)` of findings that a dispute had corrected."""
    named = list(inspections)
    rows = bulk.rows(_corrected, *named, "dispute", "corrected", many=len(named)) if named else []
    return {(str(case), str(code)) for case, facts in rows for code in json.loads(str(facts)).get("violations") or ()}


def _corrected(many: int) -> Any:
    query = SideTrack.select(SideTrack.case, SideTrack.facts).join(Case, on=(Case.id == SideTrack.case))
    return query.where(Case.inspection.in_([""] * many), SideTrack.kind == "", SideTrack.state == "")


def covers(facts: Mapping[str, Any], code: str) -> bool:
    """Whether a side track is about a violation: one that names none is about all of its case."""
    return code in (facts.get("violations") or (code,))
