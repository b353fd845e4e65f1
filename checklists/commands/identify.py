"""`identify 蒙K12345`: what a plate or number is and whether it holds."""

from __future__ import annotations

import argparse
from typing import Any

from checklists.commands.base import command, show
from checklists.identifiers import identify
from checklists.wire import to_plain


def add(commands: Any) -> None:
    """Add the command."""
    command(commands, "identify", run, "say what a plate or number is and whether it holds").add_argument("text")


def run(options: argparse.Namespace) -> int:
    """Print the kind, the value as it is written, and what is wrong with it."""
    found = identify(options.text)
    problems = found.problems if found else ()
    lines = [f"{found.kind}: {found.value}" if found else "not recognised"]
    lines += [f"  {one.severity}: {one.code}" for one in problems]
    show(options, to_plain(found) if found else None, lines)
    return 0 if found and not problems else 1
