"""The days themselves, and the count in the evening. `python -m tools.soak --checks 1000`; the last line is JSON."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.chaos.office import Server
from tools.soak.count import Count, of_tablet, total
from tools.soak.line import Line
from tools.soak.tablet import FINISH

_EVENING_SECONDS = 900
_POSTS = (("T", "1501"), ("P", "1501"), ("T", "1506"), ("P", ""))
"""Agency and area of each tablet; one of every four is revoked in the middle of its work."""


@dataclass
class Post:
    """A tablet with its own bad line; its process is begun again whenever it was killed."""

    number: int
    agency: str
    area: str
    folder: Path
    office: str
    line: Line
    code: str
    checks: int
    photos: int
    seed: int
    revoked: bool = False
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def start(self) -> None:
        """Begin it, or begin it again."""
        told: dict[str, Any] = {
            "office": self.office,
            "url": self.line.url,
            "code": self.code,
            "agency": self.agency,
            "checks": self.checks,
        }
        told |= {"photos": self.photos, "seed": self.seed + self.number}
        words = [word for name, value in told.items() for word in (f"--{name}", str(value))]
        run = [sys.executable, "-m", "tools.soak.tablet", str(self.folder), *words]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(run, stdout=log, stderr=log, start_new_session=True)

    def kill(self) -> None:
        """Kill it as it stands."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.kills += 1

    @property
    def ended(self) -> bool:
        """Whether its process ended by itself."""
        return self.process is not None and self.process.poll() == 0


@dataclass
class Days:
    """What happens: all of it by one seed, as far as processes let it."""

    options: argparse.Namespace
    folder: Path
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.options.seed)
        data = self.folder / "office"
        data.mkdir()
        self.server = Server(data, "")
        (self.folder / "rows.json").write_text(json.dumps(_first_rows(), ensure_ascii=False), encoding="utf-8")
        self.server.command("load-registry", str(self.folder / "rows.json"))
        self.server.command("publish")
        self.server.start()
        each = -(-self.options.checks // len(_POSTS))
        self.posts = [self._post(number, *one, each) for number, one in enumerate(_POSTS)]
        self.writer: subprocess.Popen[bytes] | None = None

    def _post(self, number: int, agency: str, area: str, checks: int) -> Post:
        folder = self.folder / f"tablet-{number}"
        folder.mkdir()
        line = Line(self.server.port, self.options.odd, self.options.seed * 100 + number)
        code = self.server.command("enrol-code", "--agency", agency)
        return Post(
            number, agency, area, folder, self.server.url, line, code, checks, self.options.photos, self.options.seed
        )

    def live(self) -> None:
        """Let everything happen until every tablet has sealed its checks."""
        for one in self.posts:
            one.start()
        # A tablet enrols over a good line, in peace: its code is good once.
        while not all(_label(one) for one in self.posts):
            time.sleep(0.2)
        self._write()
        until = time.monotonic() + self.options.seconds
        while time.monotonic() < until and any(_sealed(one) < one.checks for one in self.posts if not one.revoked):
            time.sleep(self.chance.uniform(0.2, 1.5))
            self._happen()
        for one in self.posts:
            (one.folder / FINISH).touch()

    def _happen(self) -> None:
        act = self.chance.choice(("tablet", "tablet", "tablet", "server", "writer", "area", "nothing", "nothing"))
        if act == "tablet":
            self.chance.choice(self.posts).kill()
        elif act == "server" and self.chance.random() < 0.5:
            self.server.kill()
            time.sleep(self.chance.uniform(0, 1))
            self.server.start()
        elif act == "writer" and self.writer is not None:
            os.killpg(self.writer.pid, signal.SIGKILL)
            self.writer.wait()
        elif act == "area":
            self._places()
        last = self.posts[-1]
        if not last.revoked and _sealed(last) > last.checks // 2:
            self._revoke(last)
        for one in self.posts:
            if not one.ended and (one.process is None or one.process.poll() is not None):
                one.start()
        if self.writer is None or self.writer.poll() is not None:
            self._write()

    def _places(self) -> None:
        """Say where tablets work, as far as they are enrolled; again changes nothing."""
        for one in self.posts:
            if one.area and (label := _label(one)):
                self.server.command("device-area", label, one.area)

    def _revoke(self, one: Post) -> None:
        if label := _label(one):
            self.server.command("revoke", label)
            one.revoked = True

    def _write(self) -> None:
        words = [sys.executable, "-m", "tools.soak.writer", str(self.chance.randrange(10**6))]
        with (self.folder / "writer.log").open("ab") as log:
            self.writer = subprocess.Popen(
                words, env=self.server.environment, stdout=log, stderr=log, start_new_session=True
            )

    def evening(self) -> bool:
        """Let lines be good and nobody write, and wait until nothing waits; False where that never came."""
        if self.writer is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.writer.pid, signal.SIGKILL)
            self.writer.wait()
        self._places()
        for one in self.posts:
            one.line.quiet = True
        until = time.monotonic() + _EVENING_SECONDS
        # Twice: the second time hears what the first one's own records made of the feed.
        for _turn in range(2):
            for one in self.posts:
                one.kill()
                one.start()
            while not all(one.ended for one in self.posts) and time.monotonic() < until:
                time.sleep(0.3)
                for one in self.posts:
                    if not one.ended and one.process is not None and one.process.poll() is not None:
                        one.start()
            self._processed(until)
        return all(one.ended for one in self.posts)

    def _processed(self, until: float) -> None:
        import requests

        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException, ValueError):
                told = requests.get(f"{self.server.url}/readyz", timeout=10).json()
                if not told.get("records", {}).get("received"):
                    return
            time.sleep(0.3)

    def close(self) -> None:
        """End every process."""
        for one in self.posts:
            one.kill()
            one.line.close()
        self.server.kill()


def _sealed(post: Post) -> int:
    """Return how many checks a tablet has sealed, as its own store says."""
    import sqlite3

    file = post.folder / "data" / "store.db"
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as held,
    ):
        return int(held.execute("SELECT count(*) FROM sealed_row").fetchone()[0])
    return 0


def _label(post: Post) -> str:
    from mobile.link.enrolment import enrolment
    from tools.soak.tablet import opened

    if not (post.folder / "data").exists():
        return ""
    held = opened(post.folder)
    try:
        made = enrolment(held)
        return str(made.certificate["prefix"]) if made else ""
    finally:
        held.db.close()


def _first_rows() -> list[dict[str, Any]]:
    at = "2026-11-01T00:00:00.000Z"
    officers = [("T-001", "王志强", "T"), ("P-001", "李海峰", "P")]
    rows = [
        {"kind": "officer", "key": key, "data": {"name": name, "agency": agency, "card": key}, "as_of": at}
        for key, name, agency in officers
    ]
    return [*rows, {"kind": "feed", "key": "past", "data": {}, "as_of": at}]


def main() -> int:
    """Live, count, and say it; 0 where nothing was lost, doubled, falsely shown or missed."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--checks", type=int, default=1000, help="of all tablets together (default 1000)")
    parser.add_argument("--photos", type=int, default=3, help="of each check (default 3)")
    parser.add_argument("--odd", type=float, default=0.15, help="share of requests that suffer (default 0.15)")
    parser.add_argument("--seconds", type=float, default=3600, help="for sealing at most (default 3600)")
    parser.add_argument("--seed", type=int, default=1, help="of chance (default 1)")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lujian-soak-") as name:
        days = Days(options, Path(name))
        try:
            days.live()
            quiet = days.evening()
            counted: Count = total(of_tablet(days.server.folder, one.folder, revoked=one.revoked) for one in days.posts)
        finally:
            days.close()
    told = counted.told(quiet=quiet)
    line: Counter[str] = Counter()
    for one in days.posts:
        line.update(one.line.done)
    told |= {"kills": sum(one.kills for one in days.posts), "line": dict(line)}
    told |= {"seconds": round(time.monotonic() - began, 1), "seed": options.seed}
    sys.stdout.write(f"{json.dumps(told)}\n")
    return 0 if counted.holds and quiet else 1


if __name__ == "__main__":
    sys.exit(main())
