"""`segregate 3 5.1`, `segregate 1.4S 3`, `segregate --groups B D`: whether two goods may travel together."""

from __future__ import annotations

import argparse
from typing import Any

from checklists.commands.base import command, show
from checklists.goods.listing import load_tables
from checklists.goods.segregation import between, between_groups, read


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "segregate", run, "say whether two labels, or two groups of class 1, may be mixed")
    parser.add_argument("labels", nargs="*", metavar="LABEL", help="a label or division: 3, 5.1, 1.4S, 4.1+1")
    parser.add_argument("--groups", nargs=2, metavar="GROUP", help="compatibility groups of class 1: B D")


def run(options: argparse.Namespace) -> int:
    """Print allowed, condition or prohibited with the reason; 0 only for allowed.

    Raises ValueError where the tables have no such label or group, or not two of them were given.
    """
    if len(options.labels) != (0 if options.groups else 2):
        raise ValueError("two labels are needed (segregate 3 5.1), or two groups (segregate --groups B D)")
    tables = load_tables()
    if options.groups:
        found = between_groups(options.groups[0], options.groups[1], tables)
    else:
        one, other = (read(label, tables) for label in options.labels)
        found = between(one, other, tables)
    if found.result == "unknown":
        raise ValueError(found.because)
    plain = {
        "result": found.result,
        "because": found.because,
        "conditions": [dict(text) for text in found.conditions],
        "rule": found.rule,
    }
    texts = [text for condition in found.conditions for text in (condition["zh"], condition["en"])]
    show(options, plain, [f"{found.because} ({found.rule})", *(f"  {text}" for text in texts)])
    return 0 if found.result == "allowed" else 1
