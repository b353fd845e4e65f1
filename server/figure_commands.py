"""`python -m server figures …`: whether what is kept is what counting anew gives, and counting all of it anew."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from server.figures.sums import recount
from server.office import Office
from server.store import figures
from server.terminal import say

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    group = commands.add_parser("figures", help="what statistics are made from").add_subparsers(
        dest="what", required=True
    )
    command(group, "check", _check, "compare the kept sums with the checks, counted anew; says what differs")
    command(group, "rebuild", _rebuild, "count every check anew from the records; the server may go on meanwhile")


def _check(_office: Office, _options: argparse.Namespace) -> int:
    kept, made = figures.kept(), recount([figures.fresh(one) for one in figures.seals()])
    wrong = sorted(key for key in {**kept, **made} if kept.get(key) != made.get(key))
    for key in wrong[:50]:
        say(f"{key.by} {key.period} {key.key} {key.agencies}: kept {kept.get(key)}, counted {made.get(key)}")
    say(f"{len(kept)} sums kept, {len(wrong)} differ")
    return 1 if wrong else 0


def _rebuild(office: Office, _options: argparse.Namespace) -> int:
    office.store.write_now(figures.begin_anew)
    many = 0
    while some := office.store.write_now(lambda: figures.catch_up(200)):
        many += some
    say(f"{many} checks were counted")
    return 0
