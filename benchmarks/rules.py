"""The cross-checks of a full tank inspection and of a mixed load, and the assessment behind every touch.

`python -m benchmarks.rules`. Target: 5 ms for a tank, then 1.5 ms; 15 ms for twelve lines of packages. The ratio is to
a JSON round trip of the same record in the same run.
"""

from __future__ import annotations

import json
import platform

from benchmarks.timing import timed
from checklists.authoring.casefile import plain_case
from checklists.authoring.loader import ROOT, load_all, read_plain
from checklists.facts.situation import situation
from checklists.findings.assessment import judge
from checklists.goods.listing import load_tables
from checklists.inspection.entries import Entry
from checklists.rules.context import Context
from checklists.rules.rulebook import compare
from checklists.wire import to_plain

ROUNDS = 200
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
    baseline = timed(lambda: json.loads(json.dumps(json.loads(plain))), ROUNDS)
    rows = {
        "all cross-checks of one tank inspection": timed(lambda: compare(Context(held, tables)), ROUNDS),
        f"the same of a package load of {len(LINES)} lines": timed(lambda: compare(Context(mixed, tables)), ROUNDS),
        f"whole assessment with {len(entries)} answers": timed(
            lambda: judge(definitions, tables, entries, held, checklist), ROUNDS
        ),
        "baseline: JSON round trip of the results": baseline,
    }
    print(f"{platform.machine()} Python {platform.python_version()}, {ROUNDS} rounds, CPU time")
    for name, (median, p95) in rows.items():
        print(f"{name:44} p50 {median:7.3f} ms   p95 {p95:7.3f} ms   {median / baseline[0]:6.1f} × baseline")


if __name__ == "__main__":
    main()
