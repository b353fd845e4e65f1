"""`coverage [--regime cn|eu]`: which items, violations and rule cases an example shows, and what none shows yet."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checklists import words
from checklists.authoring.casefile import CHECKLISTS
from checklists.authoring.coverage import EXAMPLES, Coverage, covered, read_exceptions, shown_by
from checklists.authoring.loader import load_all
from checklists.commands.base import command, show
from checklists.goods.listing import load_tables
from checklists.wire import to_plain


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "coverage", run, "say which items, violations and rule cases have an example")
    parser.add_argument("--regime", choices=CHECKLISTS, default="cn")
    parser.add_argument("--examples", type=Path, default=EXAMPLES, help="a folder of case files")


def run(options: argparse.Namespace) -> int:
    """Print what is shown by which example, what is missing, and what is excepted and why."""
    definitions = load_all()
    name = CHECKLISTS[options.regime]
    shown = shown_by(definitions, load_tables(), name, options.examples)
    found = covered(definitions, definitions.checklists[name], shown, read_exceptions())
    show(options, {"missing": [], "excepted": {}, "needless": [], **to_plain(found)}, _report(found))
    return 1 if found.missing or found.needless else 0


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
