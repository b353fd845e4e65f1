"""A case file: a situation in, with what the officers answered, as lawyers and authors write it in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.definition import Definitions
from checklists.findings import Assessment, judge
from checklists.goods import Tables
from checklists.inspection import Entry
from checklists.loading import read_plain
from checklists.situation import Situation, situation
from checklists.wire import WireError


@dataclass(frozen=True)
class CaseFile:
    """A situation, the answers by item, and what the author expects of it (`findings` as `R4 LIC-11 CN-OPR-01 P`)."""

    title: str
    situation: Situation
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)


def read_case(path: Path) -> CaseFile:
    """Return the case file at the path. Raises WireError naming the fact that cannot be read."""
    held = read_plain(path)
    if not isinstance(held, Mapping) or "situation" not in held:
        raise WireError("situation", "a case file holds title, situation, and may hold answers and expect")
    answers = {item: {"result": one} if isinstance(one, str) else one for item, one in held.get("answers", {}).items()}
    return CaseFile(str(held.get("title", path.stem)), situation(held["situation"]), answers, held.get("expect", {}))


def check(case: CaseFile, definitions: Definitions, tables: Tables, checklist: str = "cn-joint") -> Assessment:
    """Return the assessment of a case file by the checklist of that name."""
    entries = tuple(
        Entry(f"case-{number}", "case", "case", number, "case", "", "", "answer", item, value)
        for number, (item, value) in enumerate(case.answers.items(), start=1)
    )
    return judge(definitions, tables, entries, case.situation, definitions.checklists[checklist])


def brief(assessment: Assessment) -> list[str]:
    """Return the findings one line each, as `expect` states them: rule (or officer), item, violation, agency."""
    return [f"{one.rule or 'officer'} {one.item} {one.violation} {one.agency}" for one in assessment.findings]
