"""What one device may bring, whose an upload is, and what happens when the disk is full; on both engines."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from falcon.testing import Result, TestClient

from server.app import create_app
from server.config import Config
from server.office import Office, open_office
from server.patience import Bounds, Passage
from server.processing.worker import Worker
from server.refusals import Refused
from server.store import devices, photos, usage
from server.store.models import DayUse, Device
from server.store.photo_files import Upload
from server.upkeep import tidy
from tests.server.cast import JPEG, PNG, Tablet, batch, photo_file, take, tus

SHA = photo_file(JPEG)["sha256"]
PIECE = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def other(client: TestClient, office: Office) -> Tablet:
    """Another tablet of the office."""
    made = Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
    return made


def with_bounds(office: Office, **bounds: int) -> TestClient:
    """The same office under other settings."""
    return TestClient(create_app(replace(office, config=replace(office.config, **bounds))))


def name(client: TestClient, tablet: Tablet, *files: dict[str, Any]) -> Any:
    """Deliver a record that names these files."""
    sealed = tablet.seal(photos=[{"entry": f"e-{number}", "original": one} for number, one in enumerate(files)])
    (result,) = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed)).json["results"]
    assert result["status"] == "accepted"
    return sealed


def begin(client: TestClient, tablet: Tablet, content: bytes, **headers: str) -> Result:
    return client.simulate_post("/v1/photos", headers={**tus(content), **tablet.bearer, **headers})


def whole(client: TestClient, tablet: Tablet, content: bytes) -> Result:
    told = {**tus(content), **tablet.bearer, **PIECE}
    return client.simulate_post("/v1/photos", headers=told, body=content)


def append(client: TestClient, tablet: Tablet, offset: int, body: bytes, **headers: str) -> Result:
    told = {**PIECE, **tablet.bearer, "Upload-Offset": str(offset), **headers}
    return client.simulate_patch(f"/v1/photos/{SHA}", headers=told, body=body)


def head(client: TestClient, tablet: Tablet) -> Result:
    return client.simulate_head(f"/v1/photos/{SHA}", headers={"Tus-Resumable": "1.0.0", **tablet.bearer})


# Whose an upload is


@pytest.mark.parametrize("lie", [{"bytes": 17}, {"bytes": 10**9}, {"type": "image/png"}])
def test_a_record_that_names_anothers_photo_otherwise_does_not_block_it(
    client: TestClient, tablet: Tablet, other: Tablet, lie: dict[str, Any]
) -> None:
    name(client, other, {**photo_file(JPEG), **lie})
    name(client, tablet, photo_file(JPEG))
    answer = whole(client, tablet, JPEG)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(JPEG)))
    assert "Lujian-Receipt" in answer.headers
    kept = photos.held(SHA)
    assert kept is not None and (kept.bytes, kept.type) == (len(JPEG), "image/jpeg")


def test_who_brings_anothers_photo_is_held_to_no_lie_while_the_true_mention_is_due(
    client: TestClient, tablet: Tablet, other: Tablet, office: Office
) -> None:
    name(client, other, {**photo_file(JPEG), "bytes": 17})
    Worker(office).drain()
    name(client, tablet, photo_file(JPEG))
    third = Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    third.enrolled = client.simulate_post("/v1/devices", json=third.ask(code)).json
    assert "Lujian-Receipt" in whole(client, third, JPEG).headers


def test_a_record_of_the_sender_itself_counts_for_it(client: TestClient, tablet: Tablet, other: Tablet) -> None:
    name(client, other, photo_file(JPEG))
    name(client, tablet, {**photo_file(JPEG), "bytes": 17})
    assert begin(client, tablet, JPEG).json["code"] == "photo_differs"


def test_another_device_neither_goes_on_with_an_upload_nor_gives_it_up(
    client: TestClient, tablet: Tablet, other: Tablet
) -> None:
    for one in (tablet, other):
        name(client, one, photo_file(JPEG))
    begin(client, tablet, JPEG)
    append(client, tablet, 0, JPEG[:1000])
    assert head(client, other).status_code == 404
    assert append(client, other, 1000, JPEG[1000:]).status_code == 404
    told = {"Tus-Resumable": "1.0.0", **other.bearer}
    client.simulate_delete(f"/v1/photos/{SHA}", headers=told)
    begin(client, other, JPEG)
    append(client, other, 0, b"\xff\xd8\xffgarbage")
    assert head(client, tablet).headers["Upload-Offset"] == "1000"
    assert "Lujian-Receipt" in append(client, tablet, 1000, JPEG[1000:]).headers
    assert "Lujian-Receipt" in head(client, other).headers, "what is whole is there for both"


def test_a_tablet_may_bring_what_another_wrote_whatever_lengths_are_named(
    client: TestClient, tablet: Tablet, other: Tablet
) -> None:
    name(client, tablet, photo_file(JPEG), {**photo_file(JPEG), "bytes": 1000})
    begin(client, other, JPEG)
    assert append(client, other, 0, JPEG[:1000]).status_code == 204
    assert "Lujian-Receipt" in append(client, other, 1000, JPEG[1000:]).headers


# Bounds


@pytest.mark.parametrize("path", ["/w/abc", "/s/abc"])
def test_phones_of_strangers_have_places_of_their_own_and_leave_the_clerks_theirs(office: Office, path: str) -> None:
    scope = {"type": "http", "headers": [], "path": path}
    passage = Passage(scope, receive=None, send=None, bounds=Bounds(office.config))  # type: ignore[arg-type] # not asked
    assert passage.kind == "links"


def test_photos_leave_a_part_of_the_disk_to_records(client: TestClient, tablet: Tablet, office: Office) -> None:
    name(client, tablet, photo_file(JPEG))
    begin(client, tablet, JPEG)
    append(client, tablet, 0, JPEG[:1000])
    office.photo_files.reserve = office.photo_files.free() + 10**12
    for answer in (append(client, tablet, 1000, JPEG[1000:]), whole(client, tablet, JPEG), begin(client, tablet, JPEG)):
        assert (answer.status_code, answer.json["code"]) == (507, "storage_full")
        assert int(answer.headers["Retry-After"]) > 0
    name(client, tablet)
    office.photo_files.reserve = 0
    assert head(client, tablet).headers["Upload-Offset"] == "1000"
    assert "Lujian-Receipt" in append(client, tablet, 1000, JPEG[1000:]).headers


def test_requests_that_wait_together_are_counted_one_after_the_other(tablet: Tablet, office: Office) -> None:
    small = replace(office, config=replace(office.config, records_per_day=2))
    device = devices.by_token(tablet.enrolled["token"])
    answers = take(small, *((device, batch(tablet.seal())) for _ in range(4)))
    assert [isinstance(one, Refused) and one.code for one in answers] == [False, False, "day_full", "day_full"]
    assert usage.today(tablet.enrolled["device"]).records == 2


def test_a_device_brings_so_many_records_in_a_day(client: TestClient, tablet: Tablet, office: Office) -> None:
    small = with_bounds(office, records_per_day=2)
    first = tablet.seal()
    for part in (first, first, tablet.seal()):
        assert small.simulate_post("/v1/records", headers=tablet.bearer, body=batch(part)).status_code == 200
    answer = small.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    assert (answer.status_code, answer.json["code"]) == (429, "day_full")
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert usage.today(tablet.enrolled["device"]).records == 2, "a repeat costs nothing"
    office.store.write_now(lambda: DayUse.update(day="2020-01-01").execute())
    assert small.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal())).status_code == 200


@pytest.mark.parametrize("bound", [{"photos_per_day": 1}, {"photo_bytes_per_day": len(JPEG) + 100}])
def test_a_device_brings_so_many_photos_in_a_day(
    client: TestClient, tablet: Tablet, other: Tablet, office: Office, bound: dict[str, int]
) -> None:
    small = with_bounds(office, **bound)
    for one in (tablet, other):
        name(client, one, photo_file(JPEG), photo_file(JPEG + b"2"))
    assert whole(small, tablet, JPEG).status_code == 201
    answer = whole(small, tablet, JPEG + b"2")
    assert (answer.status_code, answer.json["code"]) == (429, "day_full")
    assert whole(small, tablet, JPEG).status_code == 201, "what is here costs nothing"
    assert whole(small, other, JPEG + b"2").status_code == 201, "another device has its own day"


@pytest.mark.parametrize("bound", [{"photos_per_record": 1}, {"photo_bytes_per_record": 1000}])
def test_a_record_has_so_many_photos(client: TestClient, tablet: Tablet, office: Office, bound: dict[str, int]) -> None:
    small = with_bounds(office, **bound)
    name(client, tablet, photo_file(JPEG), photo_file(JPEG + b"2"))
    assert whole(small, tablet, JPEG).status_code == 201
    answer = whole(small, tablet, JPEG + b"2")
    assert (answer.status_code, answer.json["code"]) == (413, "record_photos_full")
    name(client, tablet, photo_file(JPEG + b"2"))
    assert whole(small, tablet, JPEG + b"2").status_code == 201, "another record of it has room"


def test_a_device_has_so_many_unfinished_uploads(client: TestClient, tablet: Tablet, office: Office) -> None:
    small = with_bounds(office, uploads_per_device=1)
    name(client, tablet, photo_file(JPEG), photo_file(JPEG + b"2"))
    assert begin(small, tablet, JPEG).status_code == begin(small, tablet, JPEG).status_code == 201
    answer = begin(small, tablet, JPEG + b"2")
    assert (answer.status_code, answer.json["code"]) == (429, "too_many_uploads")
    append(small, tablet, 0, JPEG)
    assert begin(small, tablet, JPEG + b"2").status_code == 201


def test_unfinished_bytes_count_for_the_day(client: TestClient, tablet: Tablet, office: Office) -> None:
    small = with_bounds(office, photo_bytes_per_day=len(JPEG) + 100)
    name(client, tablet, photo_file(JPEG), photo_file(JPEG + b"2"))
    begin(small, tablet, JPEG)
    append(small, tablet, 0, JPEG[:-1])
    assert begin(small, tablet, JPEG + b"2").json["code"] == "day_full"
    assert begin(small, tablet, JPEG).status_code == 201, "it does not stand in its own way"


def test_uploads_that_nobody_went_on_with_go_and_evidence_stays(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    name(client, tablet, photo_file(JPEG), photo_file(JPEG + b"2"), photo_file(PNG, "image/png"))
    whole(client, tablet, JPEG)
    begin(client, tablet, JPEG + b"2")
    begin(client, tablet, PNG, **{"Upload-Metadata": tus(PNG, "image/png")["Upload-Metadata"]})
    folder = office.config.photos / "parts" / tablet.enrolled["device"]
    parts = {one.name: one for one in folder.iterdir()}
    assert set(parts) == {photo_file(JPEG + b"2")["sha256"], photo_file(PNG)["sha256"]}
    old = time.time() - 8 * 24 * 3600
    os.utime(parts[photo_file(JPEG + b"2")["sha256"]], (old, old))
    os.utime(office.photo_files.path(SHA), (old, old))
    legacy = office.config.photos / "parts" / ("0" * 64)
    legacy.touch()
    os.utime(legacy, (old, old))
    assert tidy(office).uploads == 2
    assert [one.name for one in folder.iterdir()] == [photo_file(PNG)["sha256"]]
    assert office.photo_files.path(SHA).exists() and not legacy.exists()


def test_an_upload_says_until_when_it_waits(client: TestClient, tablet: Tablet) -> None:
    name(client, tablet, photo_file(JPEG))
    assert begin(client, tablet, JPEG).headers["Upload-Expires"].endswith("GMT")
    assert "Upload-Expires" in append(client, tablet, 0, JPEG[:10]).headers
    assert "Upload-Expires" not in append(client, tablet, 10, JPEG[10:]).headers


# Full disks


@pytest.mark.parametrize("group", [1, 5])
def test_a_full_database_file_is_told_as_what_it_is(tmp_path: Path, group: int) -> None:
    """SQLite ends the transaction by itself and the ROLLBACK after it fails: the true reason is told, and it heals."""
    office = open_office(Config(data_dir=str(tmp_path)))
    client, tablet = TestClient(create_app(office)), Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    tablet.enrolled = client.simulate_post("/v1/devices", json=tablet.ask(code)).json

    def bound(pages: int) -> None:
        office.store.write_now(lambda: office.store.database.pragma("max_page_count", pages, permanent=True))

    bound(1)
    big = [tablet.seal(checklist=secrets.token_hex(100_000)) for _ in range(group)]
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*big))
    assert (answer.status_code, answer.json["code"]) == (507, "storage_full")
    assert int(answer.headers["Retry-After"]) > 0
    bound(2**30)
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*big))
    assert {one["status"] for one in answer.json["results"]} == {"accepted"}
    office.close()


# tus


def test_creation_with_upload_goes_on_with_what_is_here(client: TestClient, tablet: Tablet) -> None:
    name(client, tablet, photo_file(JPEG))
    begin(client, tablet, JPEG)
    append(client, tablet, 0, JPEG[:1000])
    some = client.simulate_post("/v1/photos", headers={**tus(JPEG), **tablet.bearer, **PIECE}, body=JPEG[:500])
    assert (some.status_code, some.headers["Upload-Offset"]) == (201, "1000")
    answer = whole(client, tablet, JPEG)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(JPEG)))
    assert "Lujian-Receipt" in answer.headers


def test_a_damaged_creation_drops_what_it_brought_and_no_more(client: TestClient, tablet: Tablet) -> None:
    name(client, tablet, photo_file(JPEG))
    begin(client, tablet, JPEG)
    append(client, tablet, 0, JPEG[:1000])
    wrong = "sha256 " + base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    told = {**tus(JPEG), **tablet.bearer, **PIECE, "Upload-Checksum": wrong}
    assert client.simulate_post("/v1/photos", headers=told, body=JPEG).status_code == 460
    assert head(client, tablet).headers["Upload-Offset"] == "1000"


@pytest.mark.parametrize("method", ["PATCH", "patch"])
def test_the_method_may_stand_in_a_header(client: TestClient, tablet: Tablet, method: str) -> None:
    name(client, tablet, photo_file(JPEG))
    begin(client, tablet, JPEG)
    told = {**PIECE, **tablet.bearer, "Upload-Offset": "0", "X-HTTP-Method-Override": method}
    answer = client.simulate_post(f"/v1/photos/{SHA}", headers=told, body=JPEG)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(len(JPEG)))
    told = {"Tus-Resumable": "1.0.0", **tablet.bearer, "X-HTTP-Method-Override": "HEAD"}
    assert client.simulate_post(f"/v1/photos/{SHA}", headers=told).headers["Upload-Offset"] == str(len(JPEG))


def test_no_header_makes_another_method_of_a_request_elsewhere(client: TestClient, tablet: Tablet) -> None:
    told = {**tablet.bearer, "X-HTTP-Method-Override": "DELETE"}
    assert client.simulate_get("/v1/packages", headers=told).status_code == 200
    assert client.simulate_post(f"/v1/photos/{SHA}", headers={**told, "X-HTTP-Method-Override": "X"}).status_code == 405


def test_common_clients_call_the_type_filetype(client: TestClient, tablet: Tablet) -> None:
    name(client, tablet, photo_file(JPEG))
    pairs = {"sha256": SHA, "filetype": "image/jpeg", "filename": "照片.jpg"}
    told = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())
    assert begin(client, tablet, JPEG, **{"Upload-Metadata": f"{told},relativePath"}).status_code == 201


def test_every_answer_about_a_photo_says_which_tus_it_is(client: TestClient, tablet: Tablet) -> None:
    for answer in (begin(client, tablet, JPEG), client.simulate_post("/v1/photos"), head(client, tablet)):
        assert answer.status_code >= 400
        assert answer.headers["Tus-Resumable"] == "1.0.0"


# Addresses, heads, rights


@pytest.mark.parametrize(
    "path",
    [
        "/v1/records/%00", "/v1/photos/%00", "/v1/packages/registry@%00", "/v1/tasks/%00/acts", "/console/records/a%00",
        "/console/cases/%00", "/console/photos/%00", "/v1/records/a?b=%00", "/%00",
    ],
)  # fmt: skip
def test_a_nul_in_an_address_is_refused(client: TestClient, tablet: Tablet, path: str) -> None:
    for method in ("GET", "POST", "HEAD"):
        assert client.simulate_request(method, path, headers=tablet.bearer).status_code == 400


def test_a_nul_in_a_form_is_refused(client: TestClient) -> None:
    page = client.simulate_get("/console/login")
    token = page.cookies["lujian_login"].value
    told = {"Cookie": f"lujian_login={token}", "Content-Type": "application/x-www-form-urlencoded"}
    body = f"csrf={token}&login=a%00&password=b"
    assert client.simulate_post("/console/login", headers=told, body=body).status_code == 400


@pytest.mark.parametrize(("seq", "believed"), [(2**53 - 1, 0), (10_002, 0), (10_001, 10_001), (3, 3)])
def test_a_head_far_beyond_all_that_is_here_is_not_believed(
    client: TestClient, tablet: Tablet, seq: int, believed: int
) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    body = batch(tablet.seal(), head={"seq": seq, "digest": "0" * 64})
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=body)
    assert answer.json["results"][0]["status"] == "accepted"
    assert Device.get().head_seq == believed


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_nobody_else_reads_what_the_server_writes(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        data = tmp_path / "data"
        data.mkdir(mode=0o755)
        (data / "office.sqlite3").touch(0o644)
        office = open_office(Config(data_dir=str(data)))
        client, tablet = TestClient(create_app(office)), Tablet()
        code = office.store.write_now(lambda: devices.new_code("T", 24))
        tablet.enrolled = client.simulate_post("/v1/devices", json=tablet.ask(code)).json
        name(client, tablet, photo_file(JPEG), photo_file(JPEG + b"2"))
        whole(client, tablet, JPEG)
        begin(client, tablet, JPEG + b"2")
        for one in (data, *data.rglob("*")):
            assert stat.S_IMODE(one.stat().st_mode) == (0o700 if one.is_dir() else 0o600), one
        office.close()
    finally:
        os.umask(before)


def test_a_photo_given_up_and_begun_anew_is_never_kept_empty(office: Office) -> None:
    """Between the check of the last byte and the move an upload may be given up: then nothing is moved."""
    files, way = office.photo_files, Upload("device", SHA)
    files.begin(way)
    files.append(way, files.take_over(way), 0, JPEG)
    check: Callable[..., str] = sys.modules["server.store.photo_files"]._fault

    def meanwhile(*told: Any) -> str:
        found = check(*told)
        files.drop(way)
        files.begin(way)
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("server.store.photo_files._fault", meanwhile)
        assert files.finish(way, ("image/jpeg",)) == "checksum_mismatch"
    assert not files.path(SHA).exists()
