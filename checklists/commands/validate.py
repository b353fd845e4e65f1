"""`validate [--root DIR]`: every problem of the definitions at once, with file and line and what to do."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from checklists.authoring.loader import ROOT, validate
from checklists.authoring.text_tree import Problem
from checklists.commands.base import command, show


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "validate", run, "list every problem of the definitions")
    parser.add_argument("--root", type=Path, default=ROOT, help="a folder with law/ and definitions/")


def run(options: argparse.Namespace) -> int:
    """Print the problems."""
    if not any((options.root / folder).is_dir() for folder in ("law", "definitions")):
        raise ValueError(f"{options.root} holds neither law/ nor definitions/")
    problems = validate(options.root)
    show(options, [_plain(one) for one in problems], [*map(str, problems), _summary(problems)])
    return 1 if problems else 0


def _plain(one: Problem) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "message": one.message, "hint": one.hint}


def _summary(problems: list[Problem]) -> str:
    files = len({one.file for one in problems})
    return f"{len(problems)} problems in {files} files" if problems else "no problems"
