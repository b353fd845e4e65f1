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
logfile = {folder}/log
"""


def program() -> str | None:
    """Return where pgbouncer is; None where there is none."""
    unpacked = _UNPACKED / "usr" / "sbin" / "pgbouncer"
    return shutil.which("pgbouncer") or (str(unpacked) if unpacked.exists() else None)


@contextlib.contextmanager
def pooling(folder: Path, host: Path, size: int) -> Iterator[Pool]:
    """Run one in a folder below others that everybody may enter.

    It has `size` connections to each database of the PostgreSQL whose socket is in the folder `host`. Raises
    RuntimeError where it does not start.
    """
    found = program()
    if found is None:
        raise RuntimeError("there is no pgbouncer here")
    folder.chmod(0o777)
    settings = folder / "pgbouncer.ini"
    settings.write_text(_SETTINGS.format(host=host, folder=folder, port=_PORT, size=size))
    # As root it does not run, and another user may not get into the environment: both lie where everybody may.
    user = "nobody" if os.geteuid() == 0 else None
    copied = shutil.copy(found, folder / "program")
    for library in _UNPACKED.glob("usr/lib/*/*.so*"):
        shutil.copy(library, folder)
    environment = {**os.environ, "LD_LIBRARY_PATH": str(folder)}
    with subprocess.Popen([copied, "-q", str(settings)], env=environment, user=user) as server:
        try:
            pool = Pool(folder)
            pool.wait()
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

    def wait(self) -> None:
        """Wait until it answers. Raises RuntimeError."""
        until = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                self.connections("")
            except psycopg.OperationalError as problem:
                if time.monotonic() > until:
                    raise RuntimeError("pgbouncer did not start") from problem
                time.sleep(0.05)
            else:
                return
