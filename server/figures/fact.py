"""What is counted of one check. Pure: from the row of its seal, its parts, what the office found and its cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from checklists.facts.earlier import HOLDING
from checklists.findings.outcome import ABANDONED
from checklists.inspection.entries import Entry, all_of, standing
from checklists.zone import LAW_ZONE
from server import clock

FLAGS = (
    *("found", "serious", "ordered", "cased", "decided", "corrected"),
    *("controlled", "pictured", "overridden", "timed", "paced"),
)
"""What a check is or is not, 0 or 1. `found`: something was found; `serious`: of severity I; `ordered`: it may not go
on; `cased`: a case was opened; `decided`: one is decided; `corrected`: put right, on the road or by the office's word.
`controlled`: control photos were drawn; `pictured`: all of them were made; `overridden`: a comparison was set aside;
`timed`: how long it took is known; `paced`: a section was cleared, and for how long it was looked at is known.
"""
AMOUNTS = ("violations", "minutes", "pace")
"""What is added up: violations, each once a check; minutes from opening to seal; seconds a section was looked at."""

LATE = {"m5": 300, "h1": 3600, "d1": 86_400, "d3": 3 * 86_400}
"""How many seconds after its seal a record is at the office at most, by code; `later` and `doubted` are the others."""
LATES = (*LATE, "later", "doubted")

NOT_A_CHECK = (ABANDONED,)
"""Outcomes of what was begun by mistake: it is kept, and no check."""
_CORRECTED = "release_after_correction"
_LONGEST_MINUTES = 24 * 60
_NOBODY = ("", "registry", "seed")


@dataclass(frozen=True)
class Fact:
    """A check as it is counted. `at` UTC text; `day` and `cell` (weekday × 24 + hour, Monday 0) on the wall here.

    `agencies` as `|P|T|`: those that took part or whose tablet sealed it. `un` is the first line's. `pair` are the
    officers who wrote in it, joined by `+`. `late` is one of LATES.
    """

    inspection: str
    digest: str
    at: str
    day: str
    cell: int
    site: str
    agencies: str
    carrier: str
    un: str
    pair: str
    late: str
    violations: int = 0
    found: int = 0
    serious: int = 0
    ordered: int = 0
    cased: int = 0
    decided: int = 0
    corrected: int = 0
    controlled: int = 0
    pictured: int = 0
    overridden: int = 0
    timed: int = 0
    minutes: int = 0
    paced: int = 0
    pace: int = 0


COLUMNS = tuple(one.name for one in fields(Fact))


@dataclass(frozen=True)
class Known:
    """What the store holds of a check besides its seal: violations found, states of its cases and of corrections."""

    violations: frozenset[str]
    severities: frozenset[str]
    found: bool
    cased: bool
    decided: bool
    cleared: bool


def is_check(outcome: str) -> bool:
    """Whether a record of an inspection is counted at all."""
    return outcome not in NOT_A_CHECK


def fact_of(
    row: Mapping[str, Any], part: Mapping[str, Any], entries: tuple[Entry, ...], seconds: float | None, known: Known
) -> Fact:
    """Return what is counted of a check.

    `row` is that of its seal (digest, inspection, device's agency, list columns), `part` its sealed part, `entries`
    those of the seal and of what was contributed, `seconds` how long it was on its way (None: the clock is doubted).
    """
    at = str(row["inspected_at"] or row["sealed_at"])
    here = clock.read(at).astimezone(LAW_ZONE)
    outcome = str(row["outcome"] or "")
    return Fact(
        inspection=str(row["inspection"]),
        digest=str(row["digest"]),
        at=at,
        day=here.date().isoformat(),
        cell=here.weekday() * 24 + here.hour,
        site=str(row["site"] or ""),
        agencies=agencies_text([*str(row["agencies"] or "").split("|"), str(row["agency"] or "")]),
        carrier=str(row["carrier"] or ""),
        un=str(row["un"] or ""),
        pair="+".join(sorted({one.officer for one in entries} - set(_NOBODY)))[:200],
        late=lateness(seconds),
        violations=len(known.violations),
        found=int(known.found),
        serious=int("I" in known.severities),
        ordered=int(outcome in HOLDING),
        cased=int(known.cased),
        decided=int(known.decided),
        corrected=int(known.cleared or outcome == _CORRECTED),
        **_quality(part, entries),
    )


def agencies_text(codes: Iterable[str]) -> str:
    """Return agencies as they are kept: sorted, each once, between bars."""
    held = sorted({one for one in codes if one})
    return "|" + "|".join(held) + "|" if held else ""


def lateness(seconds: float | None) -> str:
    """Return the code of how late a record came; both ends are in."""
    if seconds is None:
        return "doubted"
    return next((code for code, most in LATE.items() if seconds <= most), "later")


def _quality(part: Mapping[str, Any], entries: tuple[Entry, ...]) -> dict[str, int]:
    """Return the signs of care: control photos, comparisons set aside, time taken."""
    drawn = next((one.value.get("drawn") for one in all_of(entries, "note") if one.item == "control"), None) or ()
    asked = {str(one.get("item")) for one in drawn if isinstance(one, Mapping)}
    made = {str(one.item) for one in all_of(entries, "control_photo") if not one.value.get("reason")}
    minutes = _minutes(part)
    paces = [
        int(held)
        for rivals in standing(entries, "section_clear").values()
        for one in rivals
        if isinstance(held := one.value.get("dwell_ms"), int) and held >= 0
    ]
    return {
        "controlled": int(bool(asked)),
        "pictured": int(bool(asked) and asked <= made),
        "overridden": int(bool(standing(entries, "override"))),
        "timed": int(minutes is not None),
        "minutes": minutes or 0,
        "paced": int(bool(paces)),
        "pace": round(sum(paces) / len(paces) / 1000) if paces else 0,
    }


def _minutes(part: Mapping[str, Any]) -> int | None:
    """Return how long the check took; None where the clock jumped meanwhile or the times make no sense."""
    if (part.get("clock") or {}).get("jumps"):
        return None
    try:
        opened, sealed = (clock.read(str(part[name])) for name in ("opened_at", "sealed_at"))
    except (KeyError, ValueError):
        return None
    minutes = _whole_minutes(opened, sealed)
    return minutes if 0 <= minutes <= _LONGEST_MINUTES else None


def _whole_minutes(opened: datetime, sealed: datetime) -> int:
    return round((sealed - opened).total_seconds() / 60)
