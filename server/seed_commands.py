"""`python -m server seed`: a made-up year of cases, for trying the console and for measuring it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from server.office import Office
from server.terminal import password, say

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]


def add(commands: Any, command: Add) -> None:
    """Add the command."""
    one = command(commands, "seed", _seed, "fill an empty office with a made-up year of cases (password on stdin)")
    one.add_argument("--cases", type=int, default=2000, help="at least so many")
    one.add_argument("--seed", type=int, default=1, help="another number gives another year")
    one.add_argument("--until", type=date.fromisoformat, help="the last day of the year (default: today)")
    one.add_argument("--force", action="store_true", help="also where tablets are enrolled")


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _seed(office: Office, options: argparse.Namespace) -> int:
    from server.seeding import year
    from server.store import carrier_tiers, feed_fill

    year.check_empty(force=options.force)
    told = year.begin(office, options.seed, options.until, password())
    done = told.plant(options.cases, _say)
    year.all_read(office)
    feed_fill.fill(office.store)
    while carrier_tiers.work(office.store):
        pass
    for what, many in sorted(done.refused.items()):
        sys.stderr.write(f"the machine refused {what}: {many}\n")
    logins = "seed-t-handler1, seed-t-leader1, seed-p-handler1, seed-supervisor"
    say(f"{done.cases} cases of {done.records} checks; sign in as {logins} and others of `user list`")
    return 0
