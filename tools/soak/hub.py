"""The hub at the posts: the same server behind a bad line to its office; one that is lost is replaced."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import Any

import requests

from server.office import Office
from server.store import devices
from tools.chaos.office import Server
from tools.soak.line import Line

_REFUSED = """SELECT (SELECT count(*) FROM record WHERE state = 'refused')
    + (SELECT count(*) FROM hub_photo WHERE state = 'refused') + (SELECT count(*) FROM hub_post WHERE state = 'refused')
"""


class Hub:
    """A hub and its line to the office; `done` counts what happened to its machines, `line` to its lines."""

    def __init__(self, office: Office, port: int, folder: Path, odd: float, seed: int) -> None:
        self._office, self._port, self._folder, self._odd, self._seed = office, port, folder, odd, seed
        self.done: Counter[str] = Counter()
        self.line: Counter[str] = Counter()
        self._begin()

    def _begin(self) -> None:
        folder = self._folder / f"hub-{self.done['lost']}"
        folder.mkdir()
        self.server = Server(folder, "")
        self.up = Line(self._port, self._odd, self._seed + self.done["lost"], quiet=True)
        code = self._office.store.write_now(lambda: devices.new_hub_code("", "", hours=24, days=7, by="soak"))
        self.server.command("hub", "join", "--parent", self.up.url, "--code", code)
        self.server.start()
        self.certificate: dict[str, Any] = self._told()["certificate"]
        while not self._told()["heard_at"]:
            time.sleep(0.1)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    @property
    def invitation(self) -> dict[str, Any]:
        """What a tablet reads to find it, but for its address."""
        return {"lujian": "hub", "v": 1, "ca": "", "certificate": self.certificate}

    def kill(self) -> None:
        """Kill it as it stands, and begin it again."""
        self.server.kill()
        self.server.start()
        self.done["killed"] += 1

    def cut(self, *, down: bool) -> None:
        """Cut its line to the office, or mend it."""
        self.done["cut"] += down and not self.up.down
        self.up.down = down

    def lose(self) -> None:
        """Lose the machine with all that it holds, tell the office so, and put another one in its place."""
        self.done["lost_holding"] += self.waiting()
        self.server.kill()
        shutil.rmtree(self.server.folder)
        self._close_line()
        self._office.store.write_now(lambda: devices.revoke(str(self.certificate["label"]), "soak"))
        self.done["lost"] += 1
        self._begin()

    def waiting(self) -> int:
        """Return how much it holds that its office has not receipted."""
        return sum(self._told()["waiting"].values())

    def calm(self, since: str, until: float) -> bool:
        """Wait until it has passed on everything and heard all that its office knew at a time; False: it never came."""
        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException):
                told = self._told()
                if told["heard_at"] > since and not sum(told["waiting"].values()):
                    return True
            time.sleep(0.3)
        return False

    def try_again(self) -> None:
        """What a person does where a bad line has spoilt something too often."""
        with contextlib.closing(sqlite3.connect(self.server.folder / "office.sqlite3", timeout=30)) as held:
            (refused,) = held.execute(_REFUSED).fetchone()
        if refused:
            self.server.command("hub", "retry")
            self.done["tried_again"] += refused

    def close(self) -> None:
        """End it."""
        self.server.kill()
        self._close_line()

    def _close_line(self) -> None:
        self.line.update(self.up.done)
        self.up.close()

    def _told(self) -> dict[str, Any]:
        return dict(requests.get(f"{self.server.url}/v1/hub", timeout=30).json())
