"""PostgreSQL's own tools: a dump in its custom format, and what brings one back. Passwords never stand in a command."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

NAME = "database.dump"


def dump(address: str, path: Path) -> None:
    """Write what stands in the schema `public` as of one moment. Raises ValueError with PostgreSQL's own words."""
    _run("pg_dump", address, "--format=custom", "--schema=public", "--no-owner", "--no-privileges", f"--file={path}")


def bring_back(address: str, path: Path) -> None:
    """Fill a database without tables from a dump, all of it or nothing. Raises ValueError."""
    with psycopg.connect(address, autocommit=True) as link:
        link.execute("DROP SCHEMA IF EXISTS public")  # the dump makes it; one that holds anything is not dropped
    _run("pg_restore", address, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(path))


def is_empty(address: str) -> bool:
    """Whether there are no tables in it yet."""
    with psycopg.connect(address) as link:
        found = link.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return found is None or not found[0]


def empty(address: str) -> None:
    """Drop every table of a database that had none before."""
    with psycopg.connect(address, autocommit=True) as link:
        link.execute("DROP SCHEMA IF EXISTS public CASCADE")
        link.execute("CREATE SCHEMA public")


def set_aside(address: str, name: str) -> None:
    """Let what is there stay under another schema's name, and leave no `public`."""
    with psycopg.connect(address) as link:
        link.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(name)))


def set_back(address: str, name: str) -> None:
    """Undo `set_aside`; what stands in `public` by then came in no whole transaction and is nothing."""
    with psycopg.connect(address) as link:
        link.execute("DROP SCHEMA IF EXISTS public")
        link.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(name)))


@contextlib.contextmanager
def trial(address: str) -> Iterator[str]:
    """Make a database beside the office's, yield its address, and drop it. Raises ValueError where it may not be."""
    name = f"lujian_trial_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as link:
        try:
            link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as problem:
            raise ValueError(
                "the database's user must be allowed to make one on trial: ALTER ROLE … CREATEDB"
            ) from problem
    try:
        parts = {**conninfo_to_dict(address), "dbname": name}
        yield make_conninfo("", **parts)
    finally:
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(tool: str, address: str, *words: str) -> None:
    found = shutil.which(tool)
    if found is None:
        raise ValueError(f"{tool} is missing: install postgresql-client, not older than the database")
    parts = dict(conninfo_to_dict(address))
    password = parts.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    asked = [found, f"--dbname={make_conninfo('', **parts)}", "--no-password", *words]
    done = subprocess.run(asked, capture_output=True, text=True, env=environment, check=False)  # noqa: S603 - no shell
    if done.returncode:
        raise ValueError(f"{tool}: {done.stderr.strip()[:1000]}")
