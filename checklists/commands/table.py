"""`table [--checklist cn-joint] [--what items|violations|rules] [--out FILE.csv]`: the definitions as a spreadsheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from checklists.authoring.loader import load_all
from checklists.authoring.spreadsheet import items, rules, violations, write
from checklists.commands.base import command, show
from checklists.definitions.definition import Checklist, Definitions

WHAT = {"items": items, "violations": violations, "rules": rules}


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "table", run, "print a checklist, its violations or its comparisons as a spreadsheet")
    parser.add_argument("--checklist", metavar="NAME", default="cn-joint")
    parser.add_argument("--what", choices=WHAT, default="items")
    parser.add_argument("--out", type=Path, metavar="FILE.csv", help="write there, so that Excel opens it as it is")


def run(options: argparse.Namespace) -> int:
    """Print or write the rows."""
    definitions = load_all()
    rows = list(WHAT[options.what](definitions, checklist_of(definitions, options.checklist)))
    if options.out:
        with options.out.open("w", encoding="utf-8-sig", newline="") as stream:
            count = write(rows, stream)
        show(options, rows, [f"{options.out}: {count} rows"])
    elif options.json:
        show(options, rows, [])
    else:
        write(rows, sys.stdout)
    return 0


def checklist_of(definitions: Definitions, name: str) -> Checklist:
    """Return the checklist of that name. Raises ValueError naming those that there are."""
    found = definitions.checklists.get(name)
    if found is None:
        raise ValueError(f"no checklist {name}; known are {', '.join(definitions.checklists)}")
    return found
