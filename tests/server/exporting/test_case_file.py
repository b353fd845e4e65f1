"""The whole file of a case proves itself without the office, and whatever is changed in it shows."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from obstore.store import HTTPStore, MemoryStore

from checklists.crypto import new_signing_key
from checklists.records.case_archive import AUDIT, CASE, HISTORY, MANIFEST, Listed, manifest, verify
from checklists.wire import canonical, digest
from server.accounts import Scope
from server.config import Config
from server.exporting import case_file, jobs
from server.exporting.jobs import Exporter
from server.office import open_office
from server.refusals import Refused
from server.store import audit, bodies, case_apply, case_scans, cases, export_jobs, photo_moves, users
from server.store.models import Case
from server.store.photo_bucket import Bucket
from tests.server.scene import Stage, play

EVERYWHERE = Scope(None)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    opened = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县"))
    made = play(opened, many=3)
    case = story(made)
    leader = users.by_login("lead")
    assert leader is not None
    scan = b"%PDF-1.7 a scan"
    path = opened.photo_files.path(digest(scan))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(scan)

    def job() -> None:
        case_scans.keep(digest(scan), "application/pdf", len(scan), "scan.pdf", "lead")
        actor = case_apply.actor_of(leader)
        for event, told in (("accept", {"party_unknown": True}), ("note", {"text": f"see {digest(scan)}"})):
            assert isinstance(case_apply.apply_event(str(case.id), event, told, actor), case_apply.Applied), event

    opened.store.write_now(job)
    yield made
    opened.close()


def story(stage: Stage) -> Case:
    from server.store.models import Record

    inspection = Record.get(Record.digest == stage.digests["story"]).inspection
    return next(one for one in cases.of_inspection(str(inspection)) if one.agency == "T")


@pytest.fixture(scope="module")
def packed(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("out") / "case.zip"
    case_file.export(stage.office, str(story(stage).id), path, "lead", EVERYWHERE)
    return path.read_bytes()


UNREADABLE = ("documents", "unreadable")
Change = Callable[[dict[str, bytes]], None]


def changed(packed: bytes, change: Change) -> io.BytesIO:
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        files = {name: held.read(name) for name in held.namelist()}
    change(files)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, content in files.items():
            out.writestr(name, content)
    return made


def signed_anew(stage: Stage, files: dict[str, bytes], key: Any = None) -> None:
    """As somebody would who had the office's key: the manifest fits what was changed."""
    told = json.loads(files[MANIFEST])
    listed = [Listed(name, len(one), digest(one)) for name, one in files.items() if name != MANIFEST]
    names = ("number", "case", "made_at", "made_by", "office")
    files[MANIFEST] = canonical(manifest(key or stage.office.key, {name: told[name] for name in names}, listed))


def troubles(stage: Stage, file: io.BytesIO) -> set[tuple[str, str]]:
    return {(one.part, one.code) for one in verify(file, stage.office.key.public).troubles if one.code != "absent"}


def test_the_file_of_a_case_is_proven_with_all_its_parts(stage: Stage, packed: bytes) -> None:
    report = verify(io.BytesIO(packed), stage.office.key.public)
    assert report.holds, report.troubles
    assert (report.number, report.office, report.made_by) == (str(story(stage).number), "示例县", "lead")
    assert report.proven["records"] >= 1 and report.proven["photos"] > 3 and report.proven["history"] >= 2
    assert report.proven["audit"] >= 2 and report.proven["manifest"] == 1
    assert {one.part for one in report.troubles} == {"photos"}, "photos that never came are told, and no fault"


def test_what_the_tablet_sealed_is_there_byte_for_byte(stage: Stage, packed: bytes) -> None:
    from server.store import records

    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        body = held.read(f"records/{stage.digests['story']}.json")
    assert body == bodies.of(records.by_digest(stage.digests["story"]))


def test_a_scan_that_only_a_text_names_is_there_too(stage: Stage, packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        assert f"files/{digest(b'%PDF-1.7 a scan')}.pdf" in held.namelist()


def edit(name: str, old: bytes, new: bytes) -> Change:
    def change(files: dict[str, bytes]) -> None:
        found = next(one for one in files if one.startswith(name))
        assert old in files[found]
        files[found] = files[found].replace(old, new, 1)

    return change


def rows(name: str, change: Callable[[Any], None]) -> Change:
    def act(files: dict[str, bytes]) -> None:
        held = json.loads(files[name])
        change(held)
        files[name] = canonical(held)

    return act


def first_photo(files: dict[str, bytes]) -> str:
    return next(one for one in files if one.startswith("photos/"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edit("records/", b'"kind":"inspection"', b'"kind":"inspectioN"'), {("files", "changed"), ("records", "seal")}),
        (rows(HISTORY, lambda held: held[0].update(at="2020-01-01")), {("files", "changed"), ("history", "chain")}),
        (rows(HISTORY, lambda held: held.pop()), {("files", "changed"), ("history", "chain")}),
        (rows(HISTORY, lambda held: held.pop(0)), {("files", "changed"), ("history", "chain")}),
        (rows(AUDIT, lambda held: held[0].update(who="nobody")), {("files", "changed"), ("audit", "chain")}),
        (rows(CASE, lambda held: held["case"].update(party_name="x")), {("files", "changed")}),
        (rows(MANIFEST, lambda held: held.update(number="T-1")), {("manifest", "signature")}),
        (rows(MANIFEST, lambda held: held.update(format=2)), {("manifest", "newer_format")}),
        (lambda files: files.update({"more.txt": b"x"}), {("files", "unlisted")}),
        (lambda files: files.pop("README.txt"), {("files", "missing")}),
        (lambda files: files.update({first_photo(files): b"x"}), {("files", "changed"), ("photos", "changed")}),
        (lambda files: files.update({CASE: b"["}), {("files", "changed"), UNREADABLE, ("history", "chain")}),
        (lambda files: files.pop(MANIFEST), {("manifest", "unreadable")}),
    ],
)  # fmt: skip
def test_whatever_is_changed_shows(stage: Stage, packed: bytes, change: Change, told: set[tuple[str, str]]) -> None:
    assert troubles(stage, changed(packed, change)) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edit("records/", b'"kind":"inspection"', b'"kind":"inspectioN"'), {("records", "seal")}),
        (rows(HISTORY, lambda held: held[1].update(who="x")), {("history", "chain")}),
        (lambda files: files.update({first_photo(files): b"x"}), {("photos", "changed")}),
    ],
)
def test_not_even_the_offices_key_makes_a_changed_record_hold(
    stage: Stage, packed: bytes, change: Change, told: set[tuple[str, str]]
) -> None:
    def act(files: dict[str, bytes]) -> None:
        change(files)
        signed_anew(stage, files)

    assert troubles(stage, changed(packed, act)) == told


def test_a_record_with_another_offices_receipt_or_certificate_is_not_proven(stage: Stage, packed: bytes) -> None:
    other = new_signing_key()

    def receipt(files: dict[str, bytes]) -> None:
        name = next(one for one in files if one.endswith(".seal.json"))
        seal = json.loads(files[name])
        seal["receipt"]["received_at"] = "2020-01-01T00:00:00.000Z"
        files[name] = canonical(seal)
        signed_anew(stage, files)

    assert troubles(stage, changed(packed, receipt)) == {("records", "receipt")}
    report = verify(io.BytesIO(packed), other.public)
    told = {(one.part, one.code) for one in report.troubles if one.code != "absent"}
    assert told == {("manifest", "other_office"), ("records", "certificate")} and not report.holds


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 100, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_such_file_is_said(stage: Stage, content: bytes) -> None:
    assert not verify(io.BytesIO(content), stage.office.key.public).holds


@pytest.mark.parametrize("content", [b"{}", b"\xef\xbb\xbf{}", b"[]", b'{"files":[]}'])
def test_a_manifest_that_says_nothing_proves_nothing(stage: Stage, packed: bytes, content: bytes) -> None:
    report = verify(changed(packed, lambda files: files.update({MANIFEST: content})), stage.office.key.public)
    assert not report.holds and [one.part for one in report.troubles] == ["manifest"]


def test_a_compressed_file_that_is_damaged_is_unreadable(stage: Stage) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(MANIFEST, b"0123456789" * 99)
    damaged = bytearray(made.getvalue())
    damaged[30 + len(MANIFEST)] |= 0b110
    report = verify(io.BytesIO(damaged), stage.office.key.public)
    assert [one.code for one in report.troubles] == ["unreadable"] and not report.holds


def test_a_file_that_is_compressed_in_another_way_is_unreadable(stage: Stage) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as out:
        out.writestr(MANIFEST, b"0123456789" * 99)
    damaged = bytearray(made.getvalue())
    damaged[30 + len(MANIFEST) : 30 + len(MANIFEST) + 40] = b"\xff" * 40
    assert [one.code for one in verify(io.BytesIO(damaged), stage.office.key.public).troubles] == ["unreadable"]


def test_a_name_that_stands_there_twice_shows(stage: Stage, packed: bytes) -> None:
    made = io.BytesIO(packed)
    with contextlib.suppress(UserWarning), zipfile.ZipFile(made, "a") as out, pytest.warns(UserWarning):
        out.writestr(CASE, b"{}")
    assert ("files", "twice") in troubles(stage, made)


def test_a_photo_whose_bytes_are_gone_is_told_and_the_rest_proven(stage: Stage, packed: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        name = next(one for one in held.namelist() if one.startswith("photos/"))
    sha256 = name.rpartition("/")[2].partition(".")[0]
    path = stage.office.photo_files.path(sha256)
    kept = path.read_bytes()
    try:
        path.write_bytes(b"damaged")
        case_file.export(stage.office, str(story(stage).id), tmp_path / "case.zip", "lead", EVERYWHERE)
    finally:
        path.write_bytes(kept)
    with (tmp_path / "case.zip").open("rb") as file:
        report = verify(file, stage.office.key.public)
    assert report.holds and sha256 in {one.what for one in report.troubles if one.code == "absent"}


def test_photos_come_from_the_bucket_and_what_cannot_be_read_now_is_not_called_absent(
    stage: Stage, packed: bytes, tmp_path: Path
) -> None:
    files, bucket = stage.office.photo_files, Bucket(MemoryStore(), "s3://here")
    files.bucket = bucket
    try:
        moved = list(photo_moves.into_bucket(files, bucket, settled=-1))
        assert len(moved) > 3 and {one.state for one in moved} == {photo_moves.MOVED}
        case_file.export(stage.office, str(story(stage).id), tmp_path / "case.zip", "lead", EVERYWHERE)
        nowhere: Any = HTTPStore(
            "http://127.0.0.1:9", client_options={"allow_http": True}, retry_config={"max_retries": 0}
        )
        files.bucket = Bucket(nowhere, "s3://away")
        with pytest.raises(Refused, match="photos_away"):
            case_file.export(stage.office, str(story(stage).id), tmp_path / "later.zip", "lead", EVERYWHERE)
    finally:
        list(photo_moves.onto_disk(files, bucket))
        files.bucket = None
    with zipfile.ZipFile(tmp_path / "case.zip") as now, zipfile.ZipFile(io.BytesIO(packed)) as before:
        named = [one for one in before.namelist() if one.startswith(("photos/", "files/"))]
        assert len(named) > 3
        assert [now.read(one) for one in named] == [before.read(one) for one in named]


def test_it_is_proven_by_a_command_that_knows_no_office(stage: Stage, packed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "case.zip"
    file.write_bytes(packed)
    command = [sys.executable, "-m", "checklists", "verify-case", str(file), "--office-key"]
    done = subprocess.run([*command, stage.office.key.public], capture_output=True, text=True)
    assert done.returncode == 0 and "已验证" in done.stdout and str(story(stage).number) in done.stdout
    done = subprocess.run([*command, new_signing_key().public, "--json"], capture_output=True, text=True)
    assert done.returncode == 1 and json.loads(done.stdout)["holds"] is False


def test_who_does_not_see_a_case_gets_no_file_of_it(stage: Stage, tmp_path: Path) -> None:
    case = story(stage)
    for scope in (Scope(frozenset({"P"})), Scope(frozenset()), Scope(frozenset({"T"}), "110101")):
        held = [one for one in cases.of_inspection(str(case.inspection)) if one.agency == "T"]
        with pytest.raises(case_file.NoCase):
            case_file.export(stage.office, str(held[0].id), tmp_path / "x.zip", "x", scope)
    assert not (tmp_path / "x.zip").exists()


def test_as_a_job_it_lies_where_it_is_fetched_and_the_log_knows(stage: Stage) -> None:
    office, case = stage.office, story(stage)
    job = office.store.write_now(lambda: export_jobs.ask("lead", "T", jobs.CASE_FILE, {"case": str(case.id)}, "case"))
    assert Exporter(office).once()
    held = export_jobs.by_id(str(job.id))
    assert held.state == "done", held.error
    with (jobs.folder(office) / str(held.file)).open("rb") as file:
        assert verify(file, office.key.public).holds
    told = [one for one in audit.page() if one.action == "case.export" and one.subject == f"case:{case.id}"]
    assert (told[0].who, told[0].purpose) == ("lead", "case")


def test_a_case_that_is_not_there_fails_in_words(stage: Stage) -> None:
    office = stage.office
    job = office.store.write_now(lambda: export_jobs.ask("lead", "T", jobs.CASE_FILE, {"case": "none"}, "case"))
    assert Exporter(office).once()
    assert export_jobs.by_id(str(job.id)).state == "failed"


def test_no_secret_of_the_office_is_in_the_file(stage: Stage, packed: bytes) -> None:
    secrets = [stage.office.key.secret.hex(), stage.office.sealing_key.secret.hex()]
    secrets += [str(one.password) for one in users.listing()]
    with zipfile.ZipFile(io.BytesIO(packed)) as held:
        text = b"".join(held.read(name) for name in held.namelist()).decode("latin-1")
    assert not [one for one in secrets if one in text]


def test_a_later_format_is_not_guessed_at(stage: Stage, packed: bytes) -> None:
    report = verify(changed(packed, rows(MANIFEST, lambda held: held.update(kind="other"))), stage.office.key.public)
    assert not report.holds and replace(report, troubles=()) == replace(report, troubles=(), number="")
