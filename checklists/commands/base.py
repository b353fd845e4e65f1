"""What every command shares. A command is a module of this package with `add(commands)` that names its `run`.

`run(options)` prints by `show` and returns the exit code: 0 nothing to report, 1 findings or problems.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from typing import Any

Run = Callable[[argparse.Namespace], int]


def command(commands: Any, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """Return the parser of a new command, to which its arguments are added."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)
    return parser


def show(options: argparse.Namespace, plain: Any, lines: Iterable[str]) -> None:
    """Print the plain data as JSON where that was asked for, else the lines."""
    print(json.dumps(plain, ensure_ascii=False, indent=2) if options.json else "\n".join(lines))
