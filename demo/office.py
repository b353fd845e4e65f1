"""The office server as a process of its own: made, started, stopped and asked, as an operator would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import requests

from demo import county
from tools.ports import own_port

_ONE_BY_ONE = """
import contextlib, io, json, sys
from server.commands import main

given, commands = json.load(sys.stdin)
told = []
for words in commands:
    sys.stdin, out = io.StringIO(given + "\\n"), io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(words)
    if code:
        sys.exit(f"{' '.join(words)}: {out.getvalue()}")
    told.append(out.getvalue())
print(json.dumps(told))
"""


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
        new = ("p-li", "t-zhao")
        codes = [("officer-code", "new", officer) for officer in new]
        users = [
            ("user", "add", login, "--name", name, "--role", role, "--agency", agency)
            for login, name, role, agency in county.USERS
        ]
        load = ("load-registry", str(self._written(rows)))
        _init, _load, *told = self.commands(("init",), load, *codes, ("publish",), *users, given=county.PASSWORD)
        self.first_codes |= {officer: one.split()[0] for officer, one in zip(new, told, strict=False)}

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put rows into the registry, as the authority's data exchange would."""
        self.command("load-registry", str(self._written(rows)))

    def _written(self, rows: Iterable[Mapping[str, Any]]) -> Path:
        file = self.folder / "registry.json"
        file.write_text(json.dumps(list(rows), ensure_ascii=False), encoding="utf-8")
        return file

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

    def command(self, *words: str) -> str:
        """Run one command of `python -m server` and return what it printed."""
        return self.commands(words)[0]

    def commands(self, *commands: Sequence[str], given: str = "") -> list[str]:
        """Run commands of `python -m server` one after another, and return what each printed.

        In one process, which reads its modules once; `given` is the line that each finds on its input.
        """
        done = subprocess.run(
            [sys.executable, "-c", _ONE_BY_ONE],
            env=self._environment(),
            input=json.dumps([given, commands]),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"server: {done.stderr.strip() or done.stdout.strip()}")
        return [one.strip() for one in json.loads(done.stdout)]

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
