"""What `doctor` finds, and that it calls nothing fine that it could not look at."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checklists import words
from server.config import Config
from server.hub import invitation
from server.office import Office, open_office
from server.operation import backups, checkup, database, machine, manifest
from server.operation.checkup import Line
from server.operation.manifest import Manifest
from server.store.engine import beside
from server.store.models import Record
from tests.server.scene import Stage, deliver, tablet
from tests.server.test_commands import Told, say  # noqa: F401 - the fixture

GIB = 1024**3


def grades(lines: Iterable[Line]) -> list[str]:
    return [one.grade for one in lines]


def test_a_check_that_fails_is_wrong_and_the_others_go_on() -> None:
    def fails() -> Iterator[Line]:
        raise OSError("no such disk")

    lines = list(checkup.look([("disk", fails), ("clock", lambda: [Line("clock", "ok", "fine")])]))
    assert grades(lines) == ["wrong", "ok"] and "no such disk" in lines[0].said(str)
    assert checkup.worst(lines) == 2


@pytest.mark.parametrize(("grades_", "code"), [([], 0), (["ok"], 0), (["ok", "look"], 1), (["wrong", "look"], 2)])
def test_the_worst_line_decides(grades_: list[str], code: int) -> None:
    assert checkup.worst(Line("disk", grade, "") for grade in grades_) == code


@pytest.mark.parametrize(
    ("said", "lang"),
    [({"LANG": "zh_CN.UTF-8"}, "zh_CN"), ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"), ({}, "en")],
)
def test_it_speaks_as_the_terminal_does(said: dict[str, str], lang: str) -> None:
    assert checkup.language(said) == lang


@pytest.mark.parametrize(
    ("free", "grade"), [(50 * GIB, "ok"), (9 * GIB, "look"), (GIB, "wrong"), (100 * 1024**2, "wrong")]
)
def test_room_is_judged_by_what_is_kept_for_records(free: int, grade: str) -> None:
    assert machine.room("/data", free, 100 * GIB, 2 * GIB).grade == grade


def test_without_a_reserve_a_full_disk_is_wrong_all_the_same() -> None:
    assert machine.room("/data", 100 * 1024**2, 100 * GIB, 0).grade == "wrong"


@pytest.fixture
def lite(fresh: Path) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(fresh), office="示例县"))
    yield opened
    opened.close()


def test_a_file_that_others_may_read_is_named(lite: Office) -> None:
    assert grades(machine.rights(lite.config, None)) == ["ok"]
    lite.config.sqlite.chmod(0o640)
    (line,) = machine.rights(lite.config, None)
    assert line.grade == "wrong" and str(lite.config.sqlite) in line.said(str)


def test_settings_with_a_password_are_for_nobody_else(lite: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = tmp_path_factory.mktemp("etc") / "lujian.toml"
    settings.write_text("")
    settings.chmod(0o644)
    assert grades(machine.rights(lite.config, settings)) == ["ok"]
    with_password = replace(lite.config, database="postgresql://u:p@h/d")
    assert grades(machine.rights(with_password, settings)) == ["wrong"]


@pytest.mark.parametrize(
    ("settings", "grade"),
    [
        ({"host": "0.0.0.0"}, "wrong"),
        ({"host": "0.0.0.0", "behind_tls": True}, "look"),
        ({"host": "127.0.0.1"}, "look"),
    ],
)
def test_what_travels_in_the_clear_is_never_fine(settings: dict[str, object], grade: str) -> None:
    assert grades(machine.tls(Config(**settings))) == [grade]  # type: ignore[arg-type] # a table of settings


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Config:
    names, folder = ["office.example", "192.168.1.5"], tmp_path_factory.mktemp("tls")
    certificate, key = invitation.make_tls(folder, names, datetime.now(UTC))
    return Config(tls_certificate=str(certificate), tls_key=str(key))


def test_a_certificate_is_looked_at_for_its_days_and_names(pair: Config) -> None:
    (line,) = machine.tls(pair)
    assert line.grade == "ok" and "office.example, 192.168.1.5" in line.said(str)
    days = int(line.values["days"])
    now = datetime.now(UTC)
    assert grades(machine.tls(pair, now + timedelta(days=days - 20))) == ["look"]
    assert grades(machine.tls(pair, now + timedelta(days=days + 2))) == ["wrong"]


def test_a_key_of_another_certificate_is_wrong(pair: Config, tmp_path: Path) -> None:
    _other, key = invitation.make_tls(tmp_path, ["office.example"], datetime.now(UTC))
    assert "wrong" in grades(machine.tls(replace(pair, tls_key=str(key))))


def test_a_record_from_the_future_says_that_the_clock_is_wrong(lite: Office) -> None:
    stage = Stage(lite, {"T": tablet(lite, "T", "tablet")})
    deliver(stage, "one", stage.tablets["T"].seal())
    assert "wrong" not in grades(database.clock(lite.store.database))
    past = datetime.now(UTC) - timedelta(hours=1)
    assert "wrong" in grades(database.clock(lite.store.database, past))


def test_records_that_nobody_processes_are_wrong_and_parked_ones_are_for_a_person(lite: Office) -> None:
    assert grades(database.waits(lite.config)) == ["ok"]
    stage = Stage(lite, {"T": tablet(lite, "T", "tablet")})
    deliver(stage, "one", stage.tablets["T"].seal())
    lite.store.write_now(lambda: Record.update(received_at="2026-01-01T00:00:00Z").execute())
    assert grades(database.waits(lite.config)) == ["wrong"]
    lite.store.write_now(lambda: Record.update(state="parked").execute())
    assert grades(database.waits(lite.config)) == ["ok", "look"]


def test_a_database_of_another_version_is_told_from_one_that_is_up_to_date(lite: Office) -> None:
    engine = lite.store.database
    assert grades(database.database(engine)) == ["ok"]
    engine.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01 00:00:00')")
    assert grades(database.database(engine)) == ["wrong"]
    engine.execute_sql("DELETE FROM schema_migration WHERE name IN ('9999_later', '0028_bodies')")
    (line,) = database.database(engine)
    assert line.grade == "wrong" and line.values["count"] == 1


def test_a_postgresql_that_forgets_at_a_power_cut_is_told(emptied_postgres_database: str) -> None:
    with beside(emptied_postgres_database) as engine:
        told = [one.said(str) for one in database.database(engine) if one.grade == "wrong"]
    assert any("fsync" in one for one in told)  # switched off for the tests


TOLD = Manifest("2026-01-01T00:00:00Z", "sqlite", "1", "k", "database.sqlite3", "", 0, proven=True)


@pytest.mark.parametrize(
    ("made", "worst"),
    [
        ([], 2),
        ([TOLD], 1),  # it lies on the same disk
        ([replace(TOLD, proven=False, fault="x")], 2),
        ([replace(TOLD, made_at="2025-12-01T00:00:00Z")], 2),
        ([TOLD, replace(TOLD, proven=False, fault="x")], 1),
    ],
)
def test_only_a_new_backup_that_was_proven_counts(tmp_path: Path, made: list[Manifest], worst: int) -> None:
    for number, one in enumerate(made):
        folder = tmp_path / f"2026010{number}T000000Z"
        folder.mkdir()
        manifest.write(folder, one)
    config = Config(data_dir=str(tmp_path), backup_dir=str(tmp_path))
    assert checkup.worst(backups.backups(config, datetime(2026, 1, 2, tzinfo=UTC))) == worst


def test_when_a_backup_was_made_is_read_in_beijing_wherever_the_machine_stands(tmp_path: Path) -> None:
    (tmp_path / "20251231T170000Z").mkdir()
    manifest.write(tmp_path / "20251231T170000Z", replace(TOLD, made_at="2025-12-31T17:00:00Z"))
    config = Config(data_dir=str(tmp_path), backup_dir=str(tmp_path))
    told = [one.values for one in backups.backups(config, datetime(2026, 1, 1, tzinfo=UTC))]
    assert "2026-01-01 01:00" in [one.get("at") for one in told]


def test_no_folder_for_backups_is_wrong() -> None:
    assert grades(backups.backups(Config())) == ["wrong"]


def test_the_command_tells_every_line_in_chinese_and_makes_nothing(
    say: Callable[..., Told],  # noqa: F811
    tmp_path: Path,
) -> None:
    code, told, _ = say("doctor", "--json", "--lang", "zh_CN")
    lines = json.loads(told)["lines"]
    assert code == 2 and not (tmp_path / "data").exists()
    assert {"database", "backup", "clock", "disk", "tls"} <= {one["about"] for one in lines}
    assert all(any("一" <= sign <= "鿿" for sign in one["said"]) for one in lines)
    assert all(one["todo"] for one in lines if one["grade"] != "ok")


def test_looking_leaves_the_database_as_it_was(say: Callable[..., Told], tmp_path: Path) -> None:  # noqa: F811
    say("init")
    path = tmp_path / "data" / "office.sqlite3"
    link = sqlite3.connect(path)
    link.execute("DELETE FROM schema_migration WHERE name = '0028_bodies'")
    link.commit()
    link.close()
    code, told, _ = say("doctor", "--lang", "en")
    assert code == 2 and "1 steps are missing" in told
    link = sqlite3.connect(path)
    assert link.execute("SELECT count(*) FROM schema_migration WHERE name = '0028_bodies'").fetchone() == (0,)
    link.close()


def test_every_word_has_its_values() -> None:
    """A missing value would show as an error only on the day on which it matters."""
    tell = words.catalogue("zh_CN", "server").gettext
    for one in (*backups.backups(Config()), *database.missing(Config()), *machine.office(Config(days_ahead=3))):
        assert one.said(tell) and one.asked(tell)
