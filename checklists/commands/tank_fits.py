"""`tank-fits --un 1203 [--pg II] --tank LGBF [--state liquid]`: whether a tank with this code may carry these goods."""

from __future__ import annotations

import argparse
import json
from typing import Any

from checklists import words
from checklists.commands.base import command, dated, tables_of
from checklists.goods import tanks

SHELLS = (tanks.ALUMINIUM, "steel", "stainless_steel", "other")


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "tank-fits", run, "whether a tank with this code may carry these goods")
    parser.add_argument("--un", required=True)
    parser.add_argument("--pg", choices=("I", "II", "III"))
    parser.add_argument("--tank", required=True, metavar="CODE")
    parser.add_argument("--state", choices=("solid", "liquid"))
    parser.add_argument("--insulated", choices=("yes", "no"), help="thermal insulation of a tank for gases")
    parser.add_argument("--mixture", default="", metavar="NAME", help="the mixture of a gas, such as 'Mixture C'")
    parser.add_argument("--shell", choices=SHELLS, help="the material of the shell")
    dated(parser)


def run(options: argparse.Namespace) -> int:
    """Print `fits` (null: cannot tell) and why, as JSON; 0 where it fits. Raises ValueError for what is not known."""
    tables = tables_of(options)
    entries = tables.goods.lookup(options.un, options.pg)
    if not entries:
        raise ValueError(f"UN {options.un} {options.pg or ''}".rstrip() + " is not in the goods list")
    if tanks.parse(options.tank) is None and not tanks.is_portable(options.tank):
        raise ValueError(f"{options.tank} is not a tank code such as L4BN")
    insulated = None if options.insulated is None else options.insulated == "yes"
    about = tanks.About(options.state, insulated, options.shell, options.mixture)
    found = tanks.any_of(entries, options.tank, tables.tank_codes, gas=tables.gas_table, about=about)
    say = words.say("zh_CN")
    plain = {
        "fits": found.fits,
        "because": "；".join(words.reason(one.code, one.params, say) for one in found.because),
        "provisions": list(dict.fromkeys(number for one in entries for number in tanks.provision_numbers(one))),
        "questions": [one.code for one in found.because if one.code in tanks.ASKED.values()],
    }
    print(json.dumps(plain, ensure_ascii=False, indent=2))
    return 0 if found.fits else 1
