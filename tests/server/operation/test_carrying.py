"""An office moves from its SQLite file to PostgreSQL by its backup: every row, and nobody opens the file again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from server.config import Config
from server.office import Office, open_office
from server.operation import backup, postgres
from server.operation.restore import restore
from server.store import audit, feed_pages, meta, sample
from server.store.models import Record
from tests.server.scene import Stage, deliver, tablet
from tests.server.seeded import plant, signed_in
from tools.ports import own_port

PAGES = ("inbox", "cases", "search?q=1203", "figures", "alerts")


@pytest.fixture
def made(tmp_path: Path) -> tuple[Config, Path]:
    """The settings of an office with a year, and its backup."""
    office = plant(tmp_path / "office", "", 12)
    folder = backup.make(office, tmp_path / "backups")
    office.close()
    return replace(office.config, port=own_port()), folder


def rows_of(address: str | Path) -> dict[str, int]:
    """Return how many rows each table has."""
    if isinstance(address, Path):
        with sqlite3.connect(address) as lite:
            names = [one for (one,) in lite.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {one: lite.execute(f'SELECT count(*) FROM "{one}"').fetchone()[0] for one in names}
    with psycopg.connect(address) as link:
        names = [one for (one,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {one: link.execute(f'SELECT count(*) FROM "{one}"'.encode()).fetchone()[0] for one in names}  # type: ignore[index]


def pages(office: Office) -> set[int]:
    browser = signed_in(office, "seed-supervisor")
    return {browser.get(f"/console/{one}").status_code for one in PAGES}


def test_every_row_goes_over_and_the_office_goes_on(
    made: tuple[Config, Path], postgres_database: str, tmp_path: Path
) -> None:
    config, folder = made
    office = open_office(config)
    before = rows_of(config.sqlite)
    key, epoch, digests = office.key.public, feed_pages.end().epoch, sorted(str(one.digest) for one in Record.select())
    office.close()
    there = replace(config, database=postgres_database)
    done = restore(there, folder, "command:test")
    assert "before-" in done.before and not config.sqlite.exists(), "nobody opens the file again by mistake"
    more = {"audit", "enrolment_code"}  # the restore itself, and the labels that it leaves out
    told = {name: count for name, count in rows_of(postgres_database).items() if name not in more}
    assert told == {name: count for name, count in before.items() if name not in more}
    again = open_office(there)
    try:
        assert again.key.public == key and feed_pages.end().epoch != epoch
        assert sorted(str(one.digest) for one in Record.select()) == digests
        assert audit.verify().broken_at is None and sample.broken_seals(list(Record.select())) == []
        assert pages(again) == {200}
        stage = Stage(again, {"T": tablet(again, "T", "tablet")})
        deliver(stage, "new", stage.tablets["T"].seal())
        assert Record.select().count() == len(digests) + 1, "numbers go on behind those that are there"
    finally:
        again.close()


def test_records_that_came_after_the_backup_are_not_left_behind(
    made: tuple[Config, Path], postgres_database: str
) -> None:
    config, folder = made
    office = open_office(config)
    stage = Stage(office, {"T": tablet(office, "T", "tablet")})
    deliver(stage, "late", stage.tablets["T"].seal())
    office.close()
    with pytest.raises(ValueError, match="records are here and"):
        restore(replace(config, database=postgres_database), folder, "command:test")
    assert config.sqlite.exists() and postgres.is_empty(postgres_database)


def test_work_that_was_done_after_the_backup_is_not_left_behind(
    made: tuple[Config, Path], postgres_database: str
) -> None:
    config, folder = made
    office = open_office(config)
    office.store.write_now(lambda: audit.note(who="wang", action="login", subject="user:wang"))
    office.close()
    with pytest.raises(ValueError, match="audit are here and"):
        restore(replace(config, database=postgres_database), folder, "command:test")
    assert config.sqlite.exists() and postgres.is_empty(postgres_database)


def test_a_row_that_does_not_fit_leaves_nothing_there(
    made: tuple[Config, Path], postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, folder = made
    office = open_office(config)
    office.store.write_now(lambda: meta.put("note", "a text of now"))
    with sqlite3.connect(config.sqlite) as lite:
        lite.execute("UPDATE meta SET value = 'a' || char(0) WHERE name = 'note'")
    again = backup.make(office, folder.parent / "more")
    office.close()
    with pytest.raises(ValueError, match="a row of meta"):
        restore(replace(config, database=postgres_database), again, "command:test")
    assert config.sqlite.exists() and postgres.is_empty(postgres_database)


def test_a_backup_of_an_older_version_is_upgraded_first(made: tuple[Config, Path], postgres_database: str) -> None:
    from server.operation.carrying import carry

    _config, folder = made
    source = folder / backup.SQLITE_NAME
    with sqlite3.connect(source) as lite:
        lite.execute("DELETE FROM schema_migration WHERE name = (SELECT max(name) FROM schema_migration)")
    with pytest.raises(ValueError, match="older version"):
        carry(postgres_database, source)
    assert postgres.is_empty(postgres_database)
