"""A copy of the office's file while it works: whole, for nobody else to read, and never over another."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.config import Config
from server.office import Office, open_office
from server.store import backup
from server.store.models import Meta


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(tmp_path / "data"), office="示例县"))
    yield opened
    opened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_a_copy_holds_the_offices_keys_and_is_nobody_elses(lite: Office, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        backup.copy_to(lite.store.database, tmp_path / "copy")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.glob("copy*")] == ["copy"]


def test_what_was_committed_is_in_the_copy(lite: Office, tmp_path: Path) -> None:
    backup.copy_to(lite.store.database, tmp_path / "copy")
    link = sqlite3.connect(tmp_path / "copy")
    assert link.execute("SELECT count(*) FROM meta").fetchone()[0] == Meta.select().count() > 0
    link.close()


def test_a_copy_never_overwrites_another(lite: Office, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"of yesterday")
    with pytest.raises(ValueError, match="never overwrites"):
        backup.copy_to(lite.store.database, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"of yesterday"


def test_a_copy_that_is_damaged_is_none(lite: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "check", lambda part: (_ for _ in ()).throw(ValueError("the copy is damaged: x")))
    with pytest.raises(ValueError, match="damaged"):
        backup.copy_to(lite.store.database, tmp_path / "copy")
    assert list(tmp_path.glob("copy*")) == []


def test_postgresql_has_its_own_tools(tmp_path: Path, emptied_postgres_database: str) -> None:
    office = open_office(Config(data_dir=str(tmp_path / "data"), database=emptied_postgres_database))
    with pytest.raises(ValueError, match="pg_dump"):
        backup.copy_to(office.store.database, tmp_path / "copy")
    office.close()
