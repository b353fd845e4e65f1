"""`python -m server feed …`: what stands in the feed, filling it, starting it anew; where a tablet works."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from server.office import Office
from server.store import audit, devices, feed, feed_fill, feed_pages
from server.terminal import say, who

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    one = command(commands, "device-area", _area, "say in which division a tablet works; its feed begins anew")
    one.add_argument("device", help="its label (T0002) or id")
    one.add_argument("division", help="150624; '' is everywhere")
    group = commands.add_parser("feed", help="what tablets hear of").add_subparsers(dest="what", required=True)
    command(group, "show", _show, "say how far the feed goes, and how many things of each kind stand in it")
    command(group, "fill", _fill, "tell what stands in the tables and not in the feed; again changes nothing")
    command(group, "restart", _restart, "after a database was brought back: every tablet loads anew")


def _area(office: Office, options: argparse.Namespace) -> int:
    by = who()
    one = office.store.write_now(lambda: devices.place(options.device, options.division, by))
    say(f"{one.prefix} {one.name} works in {one.area or 'every division'}")
    return 0


def _show(_office: Office, _options: argparse.Namespace) -> int:
    end = feed_pages.end()
    say(f"epoch {end.epoch.partition(' ')[0]}, {end.place} places, dropped up to {end.dropped}")
    for kind, many in sorted(feed.counts().items()):
        say(f"{kind:14}{many:9}")
    return 0


def _fill(office: Office, _options: argparse.Namespace) -> int:
    before = feed.last_place()
    feed_fill.fill(office.store)
    say(f"{feed.last_place() - before} changes were told")
    return 0


def _restart(office: Office, _options: argparse.Namespace) -> int:
    by = who()

    def job() -> None:
        feed_pages.renew_epoch(office.store.database)
        audit.note(who=by, action="feed.restart", subject="feed")

    office.store.write_now(job)
    say(f"epoch {feed_pages.end().epoch.partition(' ')[0]}: every tablet starts again")
    return 0
