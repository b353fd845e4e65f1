"""What happens: everything to everybody until each tablet has sealed its checks; then an evening when nothing does.

One tablet always reaches the office, one finds its line gone now and then and goes by the hub, one has no mobile data
and meets the hub alone, and one is revoked in the middle. The first hub is cut off and
lost while it holds what its office lacks.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import requests

from checklists.wire import instant
from server.config import load
from server.office import open_office
from server.publishing import load_registry, publish_all
from server.store import devices
from tools.chaos.office import Server
from tools.soak.hub import Hub
from tools.soak.line import Line
from tools.soak.post import Post

T = TypeVar("T")
_EVENING_SECONDS = 900
_HOLDING_SECONDS = 120
_LOST_AFTER, _REVOKED_AFTER = 0.25, 0.5
"""Shares of the checks that every tablet has sealed by then."""
_POSTS = (("T", "1501", ""), ("P", "1501", "both"), ("T", "1506", "hub"), ("P", "", "both"))
"""Agency, area and way of each tablet (empty: the office alone); the last is revoked in the middle of its work."""


class Days:
    """All of it by one seed, as far as processes let it."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.chance = random.Random(options.seed)
        data = folder / "office"
        data.mkdir()
        self.server = Server(data, "")
        self.office = open_office(load(None, self.server.environment))
        load_registry(self.office, _first_rows(), by="soak")
        publish_all(self.office, "soak")
        self.server.start()
        each = -(-options.checks // len(_POSTS))
        self.posts = [self._post(number, *one, each) for number, one in enumerate(_POSTS)]
        self.writer: subprocess.Popen[bytes] | None = None

    def _post(self, number: int, agency: str, area: str, way: str, checks: int) -> Post:
        folder = self.folder / f"tablet-{number}"
        folder.mkdir()
        odd, seed = self.options.odd, self.options.seed * 100 + number
        return Post(
            number,
            agency,
            area,
            folder,
            self.server.url,
            Line(self.server.port, odd, seed),
            self._told(lambda: devices.new_code(agency, 24, "soak")),
            checks,
            self.options.photos,
            self.options.seed,
            near=Line(0, odd, seed + 20) if way else None,
            away=way == "hub",
        )

    def _told(self, job: Callable[[], T]) -> T:
        """Do what a person at the office does with a command."""
        return self.office.store.write_now(job)

    def live(self) -> None:
        """Let everything happen until every tablet has sealed its checks."""
        for one in self.posts:
            one.start()
        # A tablet enrols over a good line, in peace: its code is good once.
        while not all(one.label for one in self.posts):
            time.sleep(0.2)
        self._write()
        self.hub = Hub(self.office, self.server.port, self.folder, self.options.odd, self.options.seed * 100 + 50)
        self._invite()
        until = time.monotonic() + self.options.seconds
        self.hub.cut(down=True)
        while time.monotonic() < until and (self._done() < 1 or not self.hub.done["lost"]):
            time.sleep(self.chance.uniform(0.2, 1.5))
            if not self.hub.done["lost"] and self._done() >= _LOST_AFTER:
                self._lose()
            if not self.posts[-1].revoked and self._done() >= _REVOKED_AFTER:
                self._revoke()
            self._happen()
        for one in self.posts:
            one.finish()

    def _working(self) -> list[Post]:
        return [one for one in self.posts if not one.revoked]

    def _done(self) -> float:
        """Return which share of the checks is sealed, where least is."""
        return min(one.sealed / one.checks for one in self._working())

    def _happen(self) -> None:
        acts: dict[Callable[[], None], int] = {
            self._kill_tablet: 6, self._kill_server: 1, self._kill_writer: 2, self._place: 2, self._toggle: 4,
            self.hub.kill: 1, self._toggle_hub: 3, lambda: None: 3,
        }  # fmt: skip
        (act,) = self.chance.choices([*acts], [*acts.values()])
        act()
        self._go_on()
        if self.writer is None or self.writer.poll() is not None:
            self._write()

    def _go_on(self) -> None:
        for one in self.posts:
            one.go_on()

    def _kill_tablet(self) -> None:
        self.chance.choice(self.posts).kill()

    def _kill_server(self) -> None:
        self.server.kill()
        time.sleep(self.chance.uniform(0, 1))
        self.server.start()

    def _kill_writer(self) -> None:
        if self.writer is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.writer.pid, signal.SIGKILL)
            self.writer.wait()

    def _place(self) -> None:
        """Say where tablets work."""
        for one in self.posts:
            if one.area and not one.placed:
                self._told(partial(devices.place, one.label, one.area, "soak"))
                one.placed = True

    def _toggle(self) -> None:
        """Take its mobile data from a tablet that knows a hub, or give it back."""
        one = self.chance.choice([one for one in self.posts if one.near is not None and not one.away])
        one.line.down = not one.line.down

    def _toggle_hub(self) -> None:
        if self.hub.done["lost"]:  # the first one is cut off all its life
            self.hub.cut(down=not self.hub.up.down)

    def _revoke(self) -> None:
        last = self.posts[-1]
        self._told(lambda: devices.revoke(last.label, "soak"))
        last.revoked = True

    def _lose(self) -> None:
        """Lose the hub while it holds something; give its place to another one."""
        self._place()  # what a hub heard of tablets is some seconds old, and nobody waits for that in the evening
        until = time.monotonic() + _HOLDING_SECONDS
        while not self.hub.waiting() and time.monotonic() < until:
            time.sleep(0.2)
            self._go_on()
        self.hub.lose()
        self._invite()

    def _invite(self) -> None:
        """Let tablets find the hub that stands there now."""
        self.hub.up.quiet = False
        for one in self.posts:
            if one.near is not None:
                one.near.to = self.hub.port
                one.invite(self.hub.invitation)

    def _write(self) -> None:
        words = [sys.executable, "-m", "tools.soak.writer", str(self.chance.randrange(10**6))]
        with (self.folder / "writer.log").open("ab") as log:
            self.writer = subprocess.Popen(
                words, env=self.server.environment, stdout=log, stderr=log, start_new_session=True
            )

    def evening(self) -> bool:
        """Let lines be good and nobody write, and wait until nothing waits; False where that never came."""
        self._kill_writer()
        self._place()
        self.hub.cut(down=False)
        for line in (self.hub.up, *(line for one in self.posts for line in one.lines)):
            line.quiet, line.down = True, False
        until, calm = time.monotonic() + _EVENING_SECONDS, True
        # Twice: the second time hears what the first one's own records made of the feed.
        for _turn in range(2):
            for one in self.posts:
                one.kill()
                one.start()
            self.hub.try_again()
            while not all(one.ended for one in self.posts) and time.monotonic() < until:
                time.sleep(0.3)
                self._go_on()
            self._processed(until)
            calm = self.hub.calm(instant(datetime.now(UTC)), until)
        return calm and all(one.ended for one in self.posts)

    def _processed(self, until: float) -> None:
        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException, ValueError):
                told = requests.get(f"{self.server.url}/readyz", timeout=10).json()
                if not told.get("records", {}).get("received"):
                    return
            time.sleep(0.3)

    def told(self) -> dict[str, Any]:
        """Return how often what happened."""
        line: Counter[str] = Counter(self.hub.line + self.hub.up.done)
        for one in self.posts:
            for each in one.lines:
                line.update(each.done)
        return {"kills": sum(one.kills for one in self.posts), "hub": dict(self.hub.done), "line": dict(line)}

    def close(self) -> None:
        """End every process."""
        self._kill_writer()
        for one in self.posts:
            one.kill()
            for line in one.lines:
                line.close()
        self.hub.close()
        self.office.close()
        self.server.kill()


def _first_rows() -> list[dict[str, Any]]:
    at = "2026-11-01T00:00:00.000Z"
    officers = [("T-001", "王志强", "T"), ("P-001", "李海峰", "P")]
    rows = [
        {"kind": "officer", "key": key, "data": {"name": name, "agency": agency, "card": key}, "as_of": at}
        for key, name, agency in officers
    ]
    return [*rows, {"kind": "feed", "key": "past", "data": {}, "as_of": at}]
