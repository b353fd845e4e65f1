"""A real office server in a process of its own, on a free port, as an operator runs it."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

import requests

from checklists.records.record import Sealed
from tests import prefork
from tests.server.cast import Tablet, batch
from tools.ports import own_port


class Serving:
    """`python -m server serve` in its own process group, so that all of it can be killed at once."""

    def __init__(self, folder: Path, database: str = "", **more: object) -> None:
        self.folder = folder
        self.port = own_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings = {"PORT": str(self.port), "DATA_DIR": str(folder), "DATABASE": database, "STALL_SECONDS": "2"}
        settings |= {name.upper(): str(value) for name, value in more.items()}
        self._environment = {**os.environ, **{f"LUJIAN_{name}": value for name, value in settings.items()}}
        self._process: prefork.Forked | None = None

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self._process = prefork.Forked("server", ["serve"], self._environment, stdin=log, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                requests.get(f"{self.url}/healthz", timeout=5)
                return
            except requests.exceptions.SSLError:  # it listens, with a certificate of its own
                return
            except requests.ConnectionError:
                time.sleep(0.05)
        raise RuntimeError((self.folder / "server.log").read_text())

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop it; SIGKILL takes every process of the group in the same moment."""
        if self._process is not None:
            if how == signal.SIGKILL:
                os.killpg(self._process.pid, how)
            else:
                self._process.send_signal(how)
            try:
                self._process.wait(timeout=20)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
                self._process = None

    def command(self, *words: str, given: str = "") -> str:
        done = prefork.run("server", *words, env=self._environment, given=given)
        done.check_returncode()
        if self._process is not None and words[0] in ("revoke", "load-registry"):
            time.sleep(0.15)  # what another process wrote is told by a serving one within a tenth of a second
        return done.stdout.strip()

    def enrol(self, agency: str = "T") -> Tablet:
        tablet = Tablet()
        asked = tablet.ask(self.command("enrol-code", "--agency", agency))
        answer = requests.post(f"{self.url}/v1/devices", json=asked, timeout=30)
        tablet.enrolled = answer.json()
        return tablet

    def push(self, tablet: Tablet, *parts: Sealed) -> list[dict[str, Any]]:
        answer = requests.post(f"{self.url}/v1/records", data=batch(*parts), headers=tablet.bearer, timeout=30)
        return list(answer.json()["results"])
