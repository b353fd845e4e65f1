"""Which items, violations and rule cases the example cases show: what fails, what passes, what nobody has shown yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT, read_plain
from checklists.definitions.definition import Checklist, Definitions
from checklists.findings.assessment import Assessment
from checklists.goods.listing import Tables
from checklists.rules.crosscheck import Result

EXAMPLES = ROOT / "examples"

Shown = tuple[str, Assessment]
"""The name of an example and what it amounts to."""


@dataclass(frozen=True)
class Coverage:
    """The examples by item (`fail`, `pass`), violation and rule case; what is missing, and what is excepted and why.

    `needless` are exceptions for what an example shows after all, or for what does not exist.
    """

    items: Mapping[str, Mapping[str, tuple[str, ...]]]
    violations: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...] = ()
    excepted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    needless: tuple[str, ...] = ()


def read_exceptions() -> dict[str, Mapping[str, str]]:
    """Return what needs no example, as `violation CN-EDU-05`, with the reason. Raises OSError, DefinitionError."""
    held: Mapping[str, Mapping[str, Mapping[str, str]]] = read_plain(Path(__file__).with_suffix(".yaml"))
    return {f"{kind} {name}": dict(why) for kind, rows in held.items() for name, why in (rows or {}).items()}


def shown_by(definitions: Definitions, tables: Tables, checklist: str, folder: Path = EXAMPLES) -> list[Shown]:
    """Return every example of the folder that is judged by the checklist of that name, in order of names."""
    cases = [(path.stem, read_case(path)) for path in sorted(folder.glob("*.yaml"))]
    return [(name, check(case, definitions, tables)) for name, case in cases if case.checklist == checklist]


def covered(
    definitions: Definitions, checklist: Checklist, shown: Iterable[Shown], exceptions: Mapping[str, Mapping[str, str]]
) -> Coverage:
    """Return what the examples show of the checklist, its regime's violations and rule cases.

    An exception is named `item LIC-01 fail`, `item LIC-01 pass`, `violation CN-EDU-05` or `rule CN R22 old`.
    """
    held = tuple(shown)
    items = {item.id: _of_item(item.id, held) for item in checklist.items()}
    codes = {one.code: None for one in definitions.violations if one.code.startswith(f"{checklist.regime}-")}
    violations = {code: _names(held, code, _violations) for code in codes}
    keys = [" ".join(key) for key in definitions.rules if key[0] == checklist.regime]
    rules = {key: _names(held, key.partition(" ")[2], _cases) for key in keys}
    gaps = _gaps(items, violations, rules)
    known = {f"item {name} {way}" for name in items for way in ("fail", "pass")}
    known |= {f"violation {code}" for code in violations} | {f"rule {key}" for key in rules}
    return Coverage(
        items=items,
        violations=violations,
        rules=rules,
        missing=tuple(one for one in gaps if one not in exceptions),
        excepted={one: exceptions[one] for one in gaps if one in exceptions},
        needless=tuple(one for one in exceptions if one not in gaps and _concerns(one, checklist.regime, known)),
    )


def _concerns(name: str, regime: str, known: Iterable[str]) -> bool:
    """Whether an exception belongs to this regime, or to none that exists."""
    other = ("violation ", "rule ")
    elsewhere = name.startswith(other) and not name.partition(" ")[2].startswith(regime)
    return name in known or not elsewhere


def _of_item(item: str, shown: Iterable[Shown]) -> dict[str, tuple[str, ...]]:
    states = [(name, one.state) for name, assessment in shown for one in assessment.items if one.item.id == item]
    return {
        "fail": tuple(name for name, state in states if state == "does_not_conform"),
        "pass": tuple(name for name, state in states if state == "conforms"),
    }


def _names(shown: Iterable[Shown], key: str, of: Any) -> tuple[str, ...]:
    return tuple(name for name, assessment in shown if key in of(assessment))


def _violations(assessment: Assessment) -> set[str]:
    return {one.violation for one in assessment.findings}


def _cases(assessment: Assessment) -> set[str]:
    return {_case(one) for one in assessment.results if one.verdict == "conflict"}


def _case(one: Result) -> str:
    return f"{one.rule} {one.case}"


def _gaps(
    items: Mapping[str, Mapping[str, tuple[str, ...]]],
    violations: Mapping[str, tuple[str, ...]],
    rules: Mapping[str, tuple[str, ...]],
) -> list[str]:
    gaps = [f"item {name} {way}" for name, ways in items.items() for way, examples in ways.items() if not examples]
    gaps += [f"violation {code}" for code, examples in violations.items() if not examples]
    return gaps + [f"rule {key}" for key, examples in rules.items() if not examples]
