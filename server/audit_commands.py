"""`python -m server audit …`: the log read and verified without a page."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from server.clock import start_of
from server.office import Office
from server.store import audit, registry_changes
from server.store.office_models import Audit
from server.terminal import say

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]

_BROKEN = 3


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    group = commands.add_parser("audit", help="the log of who saw or changed what").add_subparsers(
        dest="what", required=True
    )
    one = command(group, "verify", _verify, "follow the chain from its first row to its last")
    one.add_argument("--knows", default="", metavar="HASH", help="a last hash of before: its row must still be there")
    one = command(group, "list", _list, "list rows, the latest first")
    for name, words in (
        ("who", "login"),
        ("action", "kind of act, or its beginning"),
        ("text", "stands in the subject"),
    ):
        one.add_argument(f"--{name}", default="", help=words)
    for name in ("since", "until"):
        one.add_argument(f"--{name}", type=_day, metavar="DAY", help="a day here, such as 2026-11-28; included")
    one.add_argument("--limit", type=int, default=50)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-28") from problem


def _verify(_office: Office, options: argparse.Namespace) -> int:
    """Verify the chain and what imports changed; 3 where something does not hold."""
    told = audit.verify(options.knows)
    if told.broken_at is not None:
        say(f"the log is broken at row {told.broken_at}; the {told.rows} rows before it hold")
    else:
        say(f"{told.rows} rows hold; the last has {told.last} (keep it elsewhere: --knows asks for it later)")
    if told.broken_at is None and not told.found:
        say(f"no row has {options.knows}: rows at the end were taken away")
    batches = registry_changes.broken()
    for batch in batches:
        say(f"the changes of import {batch} are not those that the log names")
    return 0 if told.broken_at is None and told.found and not batches else _BROKEN


def _list(_office: Office, options: argparse.Namespace) -> int:
    since, until = start_of(options.since), start_of(options.until, 1)
    wanted = audit.Wanted(options.who, options.action, options.text, since, until)
    for row in audit.page(wanted, limit=options.limit):
        say(_line(row))
    say(f"{audit.count(wanted)} rows")
    return 0


def _line(row: Audit) -> str:
    parts = (row.id, row.at, row.who, row.action, row.subject, row.purpose, told_in(audit.detail_of(row)))
    return "  ".join(str(one) for one in parts if one)


def told_in(detail: dict[str, Any]) -> str:
    """Return what a row tells of its change in one line: `role: handler -> leader`."""
    return "; ".join(f"{name}: {_value(value)}" for name, value in detail.items())


def _value(value: Any) -> str:
    if isinstance(value, list) and len(value) == 2:
        return " -> ".join(_plain(one) for one in value)
    return _plain(value)


def _plain(value: Any) -> str:
    return "-" if value in (None, "") else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
