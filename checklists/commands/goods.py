"""`goods 1830 [--pg II]`, `goods --search ls`: look up a UN number or a name."""

from __future__ import annotations

import argparse
from typing import Any

from checklists.commands.base import command, show
from checklists.goods import load_tables


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "goods", run, "look a UN number or a name up in the goods list")
    parser.add_argument("un", nargs="?")
    parser.add_argument("--pg", choices=("I", "II", "III"))
    parser.add_argument("--search", metavar="NAME")


def run(options: argparse.Namespace) -> int:
    """Print the entries, with the keys of `dangerous_goods.csv`."""
    table = load_tables().goods
    found = table.search(options.search) if options.search else table.lookup(options.un or "", options.pg)
    lines = [f"UN {one.un} {one.packing_group:3}  {one.name_zh}  {one.name_en}" for one in found]
    show(options, [dict(one.row) for one in found], lines)
    return 0 if found else 1
