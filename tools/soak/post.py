"""A post: a tablet as a process of its own, its bad lines to the office and to the hub, and what its store says."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mobile.link.enrolment import enrolment
from mobile.store import store
from tools.soak.line import Line
from tools.soak.tablet import FINISH, INVITATION, opened

NOBODY = "http://127.0.0.1:9"
"""The office's address of a tablet without mobile data: nobody is there."""


@dataclass
class Post:
    """A tablet with its own bad line; its process is begun again whenever it was killed.

    `near` is its line to the hub, None where it knows of none; `away` says that it never reaches the office by itself.
    """

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
    near: Line | None = None
    away: bool = False
    placed: bool = False
    revoked: bool = False
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def start(self) -> None:
        """Begin it, or begin it again."""
        told: dict[str, Any] = {
            "office": self.office,
            "url": NOBODY if self.away else self.line.url,
            "code": self.code,
            "agency": self.agency,
            "checks": self.checks,
            "photos": self.photos,
            "seed": self.seed + self.number,
        }
        words = [word for name, value in told.items() for word in (f"--{name}", str(value))]
        run = [sys.executable, "-m", "tools.soak.tablet", str(self.folder), *words, *["--away"] * self.away]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(run, stdout=log, stderr=log, start_new_session=True)

    def kill(self) -> None:
        """Kill it as it stands."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.kills += 1

    def go_on(self) -> None:
        """Begin it again where it was killed."""
        if not self.ended and (self.process is None or self.process.poll() is not None):
            self.start()

    def invite(self, invitation: dict[str, Any]) -> None:
        """Give it the code of the hub, as its line leads there."""
        assert self.near is not None
        _write(self.folder / INVITATION, invitation | {"url": self.near.url})

    def finish(self) -> None:
        """Tell it to seal no more, and to end when nothing waits."""
        (self.folder / FINISH).touch()

    @property
    def ended(self) -> bool:
        """Whether its process ended by itself."""
        return self.process is not None and self.process.poll() == 0

    @property
    def sealed(self) -> int:
        """How many checks it has sealed, as its own store says."""
        file = self.folder / "data" / "store.db"
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as held,
        ):
            return int(held.execute("SELECT count(*) FROM sealed_row").fetchone()[0])
        return 0

    @property
    def label(self) -> str:
        """What the office calls it, empty before it is enrolled."""
        if not (self.folder / "data").exists():
            return ""
        held = opened(self.folder)
        try:
            made = enrolment(held)
            return str(made.certificate["prefix"]) if made else ""
        finally:
            store.release(held)

    @property
    def lines(self) -> list[Line]:
        """All its lines."""
        return [self.line, *([self.near] if self.near is not None else [])]


def _write(file: Path, told: dict[str, Any]) -> None:
    import json

    part = file.with_suffix(".part")
    part.write_text(json.dumps(told), encoding="utf-8")
    part.replace(file)
