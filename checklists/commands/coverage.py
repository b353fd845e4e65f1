"""`coverage [--regime cn|eu]`: which items, violations and rule cases an example shows, and what none shows yet.

`coverage --on 2026-11-28` tells instead which violations have a legal basis that may be printed for conduct on that
day, and why each of the others has none.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from checklists import words
from checklists.authoring.casefile import CHECKLISTS
from checklists.authoring.citable import LawCoverage, law_on
from checklists.authoring.coverage import EXAMPLES, Coverage, covered, read_exceptions, shown_by
from checklists.authoring.loader import load_all
from checklists.commands.base import command, show
from checklists.definitions.citation import cite
from checklists.definitions.definition import Definitions
from checklists.goods.listing import load_tables
from checklists.wire import to_plain


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "coverage", run, "say which items, violations and rule cases have an example")
    parser.add_argument("--regime", choices=CHECKLISTS, default="cn")
    parser.add_argument("--on", metavar="DAY", help="tell of the law for conduct on that day instead, 2026-11-28")
    parser.add_argument("--examples", type=Path, default=EXAMPLES, help="a folder of case files")


def run(options: argparse.Namespace) -> int:
    """Print what is shown by which example, what is missing, and what is excepted and why; or the law of a day."""
    definitions = load_all()
    if options.on:
        return _law(options, definitions)
    name = CHECKLISTS[options.regime]
    shown = shown_by(definitions, load_tables(), name, options.examples)
    found = covered(definitions, definitions.checklists[name], shown, read_exceptions())
    show(options, {"missing": [], "excepted": {}, "needless": [], **to_plain(found)}, _report(found))
    return 1 if found.missing or found.needless else 0


def _law(options: argparse.Namespace, definitions: Definitions) -> int:
    try:
        day = date.fromisoformat(options.on)
    except ValueError as wrong:
        raise ValueError(f"--on {options.on}: no day; write it as 2026-11-28") from wrong
    held = law_on(definitions, definitions.checklists[CHECKLISTS[options.regime]].regime, day)
    plain = {
        "on": day.isoformat(),
        "violations": len(held.rows),
        "violations_with_basis": len(held.with_basis),
        "with_basis": list(held.with_basis),
        "partly": list(held.partly),
        "without_basis": dict(held.without_basis),
        "rows": {code: to_plain(rows) for code, rows in held.rows.items()},
    }
    show(options, plain, _told(held, definitions))
    return 0


def _told(held: LawCoverage, definitions: Definitions) -> Iterator[str]:
    say = words.say("zh_CN")
    for code in held.with_basis:
        for one in held.rows[code]:
            cited = "；".join(cite(definitions, each) for each in one.cited) or f"— {one.lacks}"
            yield f"{code:11} {words.law_case(one.when, say)}{'  ' if one.when else ''}{cited}"
    yield f"violations_with_basis on {held.on}: {len(held.with_basis)} of {len(held.rows)} ({len(held.partly)} partly)"
    yield from (f"without basis: {code}: {why}" for code, why in held.without_basis.items())


def _report(found: Coverage) -> Iterator[str]:
    for name, ways in found.items.items():
        yield f"{name:8} ✗ {_some(ways['fail'])}  ✓ {_some(ways['pass'])}"
    for name, examples in (*found.violations.items(), *found.rules.items()):
        yield f"{name:32} {_some(examples)}"
    yield from (f"excepted: {name}: {words.pick(why, 'zh')}" for name, why in found.excepted.items())
    yield from (f"needless exception: {name}" for name in found.needless)
    yield from (f"missing: {name}" for name in found.missing)


def _some(names: tuple[str, ...]) -> str:
    return "、".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "") or "—"
