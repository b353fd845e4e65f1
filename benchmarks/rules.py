"""The cross-checks of a full tank inspection and of a mixed load, and the assessment behind every touch.

`python -m benchmarks.rules`. Target: 1 ms for a tank, 10 ms for twelve lines of packages. On a noisy machine the ratios
count: to fixed work in plain Python, which no change here touches, and to a JSON round trip of the same record. Every
round of all rows is run in turn, so that noise meets each of them alike.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable

from benchmarks.timing import heading, spent_on, spread, tell
from checklists.authoring.casefile import plain_case
from checklists.authoring.loader import ROOT, load_all, read_plain
from checklists.facts.situation import situation
from checklists.findings.assessment import judge
from checklists.goods.listing import load_tables
from checklists.inspection.entries import Entry
from checklists.rules.context import Context
from checklists.rules.rulebook import compare
from checklists.wire import to_plain

ROUNDS, SWEEPS = 200, 10
LINES = ("1263", "1866", "1950", "1993", "2031", "1824", "1760", "2790", "3082", "1170", "1219", "1090")
"""A mixed load of paints, solvents, acids and aerosols."""


def main() -> None:
    """Print the table."""
    tables, definitions = load_tables(), load_all()
    held = situation(read_plain(ROOT / "examples" / "waste-acid-tanker.yaml")["situation"])
    lines = [{"un": un, "packing_group": "III", "packages": 20, "gross_mass_kg": 500} for un in LINES]
    bill = plain_case(ROOT / "examples" / "clean-package-truck.yaml")["situation"]
    mixed = situation({**bill, "waybill": {**bill["waybill"], "lines": lines}})
    checklist = definitions.checklists["cn-joint"]
    entries = tuple(
        Entry(f"e{seq}", "i", "A", seq, "a", "T", "2026-11-21T01:30:00Z", "answer", item.id, {"result": "conforms"})
        for seq, item in enumerate(checklist.items(), start=1)
    )
    assessment = judge(definitions, tables, entries, held, checklist)
    plain = json.dumps(to_plain(assessment.results), ensure_ascii=False)
    works: dict[str, Callable[[], object]] = {
        "all cross-checks of one tank inspection": lambda: compare(Context(held, tables)),
        f"the same of a package load of {len(LINES)} lines": lambda: compare(Context(mixed, tables)),
        f"whole assessment with {len(entries)} answers": lambda: judge(definitions, tables, entries, held, checklist),
        "JSON round trip of the results": lambda: json.loads(json.dumps(json.loads(plain))),
        "fixed work in plain Python": fixed_work,
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(SWEEPS):
        for name, work in works.items():
            spent[name] += spent_on(work, ROUNDS // SWEEPS)
    median = {name: statistics.median(each) for name, each in spent.items()}
    fixed, trip = median["fixed work in plain Python"], median["JSON round trip of the results"]
    heading(f"{ROUNDS} rounds, CPU time")
    for name, each in spent.items():
        tell(name, median[name] / fixed, "fixed work", **spread(each), times_json=median[name] / trip)


def fixed_work() -> int:
    """Do what rules do most, without any of their code: split paths, fill lists by key, make tuples. Never changed."""
    found: dict[str, list[tuple[int, list[str], bool]]] = {}
    for number in range(400):
        name = f"path.{number % 37}.part"
        found.setdefault(name, []).append((number, name.split("."), number % 7 == 0))
    return sum(len(each) for each in found.values())


if __name__ == "__main__":
    main()
