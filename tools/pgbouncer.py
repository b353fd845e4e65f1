"""A pgbouncer in transaction mode in front of a PostgreSQL, for tests: installed, or unpacked by the set-up."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tools.postgres import Cluster

_UNPACKED = Path(sys.prefix) / "pgbouncer"
_PORT = 6432
_WAIT_SECONDS = 20
_SETTINGS = """[databases]
* = host={host} port=5432 user=postgres
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = {port}
auth_type = any
admin_users = postgres
pool_mode = transaction
default_pool_size = {size}
"""


def program() -> str | None:
    """Return where pgbouncer is; None where there is none."""
    unpacked = _UNPACKED / "usr" / "sbin" / "pgbouncer"
    return shutil.which("pgbouncer") or (str(unpacked) if unpacked.exists() else None)


@contextlib.contextmanager
def pooling(folder: Path, cluster: Cluster, size: int) -> Iterator[Pool]:
    """Run one in a folder below others that everybody may enter, as the user as whom that PostgreSQL runs.

    It has `size` connections to each database of it. Raises RuntimeError where it does not start, with what it said.
    """
    found = program()
    if found is None:
        raise RuntimeError("there is no pgbouncer here")
    settings = folder / "pgbouncer.ini"
    settings.write_text(_SETTINGS.format(host=cluster.folder, folder=folder, port=_PORT, size=size))
    # As root it does not run, and another user may not get into the environment nor, where files are made for their
    # owner alone, read what lies here.
    copied = shutil.copy(found, folder / "program")
    for library in _UNPACKED.glob("usr/lib/*/*.so*"):
        shutil.copy(library, folder)
    for one in (folder, *folder.iterdir()):
        one.chmod(0o777)
    environment = {**os.environ, "LD_LIBRARY_PATH": str(folder)}
    with (
        (folder / "said").open("w+") as said,
        subprocess.Popen(
            [copied, str(settings)], env=environment, user=cluster.user, stdout=said, stderr=said
        ) as server,
    ):
        try:
            pool = Pool(folder)
            if not pool.wait(server):
                said.seek(0)
                raise RuntimeError(f"pgbouncer did not start ({server.poll()}): {said.read()}")
            yield pool
        finally:
            server.terminate()


class Pool:
    """A running pgbouncer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def address(self, name: str) -> str:
        """Return the address of a database behind it."""
        return f"postgresql://postgres@/{name}?host={self.folder}&port={_PORT}"

    def connections(self, name: str) -> int:
        """Return how many connections to the PostgreSQL it holds for a database."""
        with psycopg.connect(self.address("pgbouncer"), autocommit=True, prepare_threshold=None) as admin:
            told = psycopg.ClientCursor(admin).execute("SHOW SERVERS")
            names = [one.name for one in told.description or ()]
            return sum(row[names.index("database")] == name for row in told.fetchall())

    def wait(self, server: subprocess.Popen[bytes]) -> bool:
        """Wait until it answers; False where it ended or took too long."""
        until = time.monotonic() + _WAIT_SECONDS
        while server.poll() is None and time.monotonic() < until:
            with contextlib.suppress(psycopg.OperationalError):
                self.connections("")
                return True
            time.sleep(0.05)
        return False
