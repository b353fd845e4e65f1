"""`validate`: every problem of the definitions at once, with file and line and what to do."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from checklists.commands.base import command, show
from checklists.loading import validate
from checklists.wire import to_plain


def add(commands: Any) -> None:
    """Add the command."""
    command(commands, "validate", run, "list every problem of the definitions").add_argument("--root", type=Path)


def run(options: argparse.Namespace) -> int:
    """Print the problems."""
    problems = validate(options.root) if options.root else validate()
    lines = [f"{one.file}:{one.line}: {one.message} ({one.hint})" for one in problems]
    show(options, to_plain(problems), lines or ["no problems"])
    return 1 if problems else 0
