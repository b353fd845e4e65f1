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

import requests

from tools.ports import own_port
from tools.postgres import Cluster

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


class Databases:
    """The PostgreSQL that the office writes to and, where it is `followed`, a standby without which nothing commits."""

    def __init__(self, folder: Path, *, followed: bool) -> None:
        folders = (folder / "one", folder / "two")
        self.primary, self._free = Cluster(folders[0]).make(), folders[1]
        self.primary.start()
        self.primary.create("lujian")
        both = f"host={folders[0]},{folders[1]}&port=5432,5432&target_session_attrs=read-write"
        self.address = f"postgresql://postgres@/lujian?{both}" if followed else self.primary.address("lujian")
        self._standby: Cluster | None = None
        if followed:
            self.follow()

    def follow(self) -> None:
        """Have a standby copied and streaming before anything is acknowledged again without it."""
        self._standby = self.primary.standby(self._free)
        self.primary.wait_for_standby()

    def fail_over(self) -> None:
        """Kill the one that is written to, and let its standby take over at once."""
        if self._standby is None:
            raise RuntimeError("nothing follows")
        self.primary.kill()
        self._standby.promote()
        self.primary, self._free, self._standby = self._standby, self.primary.folder, None

    def stop(self) -> None:
        """End all."""
        for one in (self.primary, self._standby):
            if one is not None:
                one.stop("immediate")


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
