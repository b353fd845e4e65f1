"""What every command shares. A command is a module of this package with `add(commands)` that names its `run`.

`run(options)` prints by `show` and returns the exit code: 0 nothing to report, 1 findings or problems.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from checklists.crypto import from_b64
from checklists.facts.situation import in_law_zone
from checklists.goods.listing import Tables, load_tables

_KEY_BYTES = 32

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


def office_key(parser: argparse.ArgumentParser) -> None:
    """Add the key of the office; one that is none is refused, so that nothing reads as another office's."""
    parser.add_argument(
        "--office-key", required=True, type=_public_key, metavar="KEY", help="the office's public key in base64"
    )


def _public_key(text: str) -> str:
    key = "".join(text.split())
    try:
        held = from_b64(key)
    except ValueError:
        held = b""
    if len(held) != _KEY_BYTES:
        raise argparse.ArgumentTypeError(f"{text!r} is no public key: 44 signs of base64")
    return key


def dated(parser: argparse.ArgumentParser) -> None:
    """Add the day and the regime by which tables are read; today and China where nothing is said."""
    parser.add_argument("--on", metavar="DATE", help="the day of the conduct, 2026-11-28; else today")
    parser.add_argument("--regime", choices=("cn", "eu"), type=str.lower, default="cn")


def tables_of(options: argparse.Namespace) -> Tables:
    """Return the tables with the goods list in force under the regime on the day that was named.

    Raises ValueError for what is no day.
    """
    today = in_law_zone(datetime.now(UTC)).date()
    return load_tables().on(options.regime, _day(options.on) if options.on else today)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(f"--on {text}: no day; write it as 2026-11-21") from wrong
