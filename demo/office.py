"""The office server as a process of its own: made, started, stopped and asked, as an operator would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import requests

from demo import county
from tools.ports import own_port


class OfficeProcess:
    """An office on embedded defaults in a folder of its own. `url` is where it listens while it runs.

    `first_codes` are the codes that it made, by officer, for their first PINs on tablets.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = own_port()
        self.days_ahead = 0
        self.first_codes: dict[str, str] = {}
        self.url = f"http://127.0.0.1:{self.port}"
        self._server: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def prepare(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Make the store, load the registry, publish the packages and give each role a login."""
        self.command("init")
        self.load(rows)
        for officer in ("p-li", "t-zhao"):
            self.first_codes[officer] = self.command("officer-code", "new", officer).split()[0]
        self.command("publish")
        for login, name, role, agency in county.USERS:
            self.command(
                "user", "add", login, "--name", name, "--role", role, "--agency", agency, given=county.PASSWORD
            )

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put rows into the registry, as the authority's data exchange would."""
        file = self.folder / "registry.json"
        file.write_text(json.dumps(list(rows), ensure_ascii=False), encoding="utf-8")
        self.command("load-registry", str(file))

    def enrol_code(self, agency: str) -> str:
        """Return a one-time code for a tablet of that agency."""
        return self.command("enrol-code", "--agency", agency)

    def start(self) -> None:
        """Serve on the port; returns once the server answers."""
        log = (self.folder / "server.log").open("ab")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "server", "serve"], env=self._environment(), stdout=log, stderr=log
        )
        log.close()
        # A machine that is busy with other things needs a while; an office that ended is noticed at once.
        for _ in range(1200):
            if self._answers():
                return
            if self._server.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the office did not start; see {self.folder / 'server.log'}")

    def stop(self) -> None:
        """Stop serving: from now on the socket refuses."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None

    def command(self, *words: str, given: str = "") -> str:
        """Run one command of `python -m server` and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "server", *words],
            env=self._environment(),
            input=f"{given}\n",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"server {' '.join(words)}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout.strip()

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUJIAN_")}
        own = {"LUJIAN_DATA_DIR": str(self.folder), "LUJIAN_PORT": str(self.port), "LUJIAN_OFFICE": county.OFFICE}
        own["LUJIAN_PUBLIC_ADDRESS"] = county.PUBLIC_ADDRESS
        own["LUJIAN_DAYS_AHEAD"] = str(self.days_ahead)
        return {**kept, **own, "PYTHONUTF8": "1"}

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/readyz", timeout=1).ok
        except requests.RequestException:
            return False
