"""`tank-fits --un 1203 [--pg II] --tank LGBF [--state liquid]`: whether a tank with this code may carry these goods."""

from __future__ import annotations

import argparse
import json
from typing import Any

from checklists import words
from checklists.commands.base import command
from checklists.goods import tanks
from checklists.goods.listing import load_tables


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "tank-fits", run, "whether a tank with this code may carry these goods")
    parser.add_argument("--un", required=True)
    parser.add_argument("--pg", choices=("I", "II", "III"))
    parser.add_argument("--tank", required=True, metavar="CODE")
    parser.add_argument("--state", choices=("solid", "liquid"))


def run(options: argparse.Namespace) -> int:
    """Print `fits` (null: cannot tell) and why, as JSON; 0 where it fits. Raises ValueError for what is not known."""
    tables = load_tables()
    entries = tables.goods.lookup(options.un, options.pg)
    if not entries:
        raise ValueError(f"UN {options.un} {options.pg or ''}".rstrip() + " is not in the goods list")
    if tanks.parse(options.tank) is None and not tanks.is_portable(options.tank):
        raise ValueError(f"{options.tank} is not a tank code such as L4BN")
    found = tanks.any_of(entries, options.tank, tables.tank_codes, state=options.state)
    say = words.say("zh_CN")
    because = "；".join(words.reason(one.code, one.params, say) for one in found.because)
    print(json.dumps({"fits": found.fits, "because": because}, ensure_ascii=False, indent=2))
    return 0 if found.fits else 1
