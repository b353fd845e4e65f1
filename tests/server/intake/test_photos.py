from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from falcon.testing import Result, TestClient

from checklists.crypto import verify_mapping
from server.app import create_app
from server.office import Office, open_office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import photos, records
from server.store.models import PhotosDue, PhotoWanted
from server.store.photo_files import Upload
from tests.server.cast import JPEG, PNG, Tablet, batch, manifest, photo_file, tus
from tests.server.story import used

APPEND = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


def name_photos(client: TestClient, tablet: Tablet, *contents: bytes) -> str:
    """Deliver a record that names these photos and return its digest."""
    sealed = tablet.seal(photos=manifest(*contents))
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    return sealed.digest


def create(client: TestClient, tablet: Tablet, content: bytes, *, body: bytes = b"", **headers: str) -> Result:
    return client.simulate_post("/v1/photos", headers={**tus(content), **tablet.bearer, **headers}, body=body)


def append(client: TestClient, tablet: Tablet, path: str, offset: int, body: bytes, **headers: str) -> Result:
    told = {**APPEND, **tablet.bearer, "Upload-Offset": str(offset), **headers}
    return client.simulate_patch(path, headers=told, body=body)


def head(client: TestClient, tablet: Tablet, path: str) -> Result:
    return client.simulate_head(path, headers={"Tus-Resumable": "1.0.0", **tablet.bearer})


def receipt(answer: Result) -> dict[str, Any]:
    return dict(json.loads(base64.b64decode(answer.headers["Lujian-Receipt"])))


def test_a_photo_in_two_pieces_gets_a_receipt_at_its_last_byte(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    first = append(client, tablet, path, 0, JPEG[:100_000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "100000")
    assert "Lujian-Receipt" not in first.headers
    last = append(client, tablet, path, 100_000, JPEG[100_000:])
    given = receipt(last)
    assert verify_mapping(office.key.public, given)
    assert (given["sha256"], given["bytes"]) == (hashlib.sha256(JPEG).hexdigest(), len(JPEG))
    assert office.photo_files.path(given["sha256"]).read_bytes() == JPEG
    assert receipt(head(client, tablet, path)) == given


def test_a_photo_of_a_later_format_comes_in_where_it_is_named_as_today(client: TestClient, tablet: Tablet) -> None:
    sealed = tablet.seal(format=2, kind="of_later", photos=manifest(JPEG), more={"of": "later"})
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    assert receipt(create(client, tablet, JPEG, body=JPEG, **APPEND))["sha256"] == hashlib.sha256(JPEG).hexdigest()


def test_photos_that_could_not_be_read_at_first_are_let_in_once_their_record_is_processed(
    client: TestClient, tablet: Tablet, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an update of the office: what it knew not how to read it reads when the record is queued again."""
    packages = publish_all(office)
    with monkeypatch.context() as before:
        before.setattr("server.gate.ingest._wanted", lambda _manifest: iter(()))
        before.setattr("server.gate.shape.FORMAT", 0)
        sealed = tablet.seal(photos=manifest(JPEG), definitions=used(packages))
        client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
        Worker(office).drain()
        assert create(client, tablet, JPEG, body=JPEG, **APPEND).json["code"] == "photo_unknown"
    assert office.store.write_now(lambda: records.unpark("format_unknown")) == 1
    Worker(office).drain()
    assert receipt(create(client, tablet, JPEG, body=JPEG, **APPEND))["sha256"] == hashlib.sha256(JPEG).hexdigest()


def told(client: TestClient, tablet: Tablet, digest: str) -> dict[str, int]:
    """Return how many photo files a tablet is told to be named and here."""
    return dict(client.simulate_get(f"/v1/records/{digest}", headers=tablet.bearer).json["photos"])


def test_what_a_record_owes_is_told_whether_its_rows_are_made_or_due(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    first, second = (name_photos(client, tablet, JPEG, more) for more in (PNG, PNG + b"1"))
    assert (PhotosDue.select().count(), PhotoWanted.select().count()) == (2, 0)
    before = [told(client, tablet, one) for one in (first, second)], photos.tally([first, second])
    assert before == ([{"named": 2, "received": 0}] * 2, {first: (0, 2), second: (0, 2)})
    named, files = photos.of_record(first), photos.files([first, second])
    Worker(office).drain()  # both are parked: the rows are made all the same
    assert (PhotosDue.select().count(), PhotoWanted.select().count()) == (0, 4)
    assert ([told(client, tablet, one) for one in (first, second)], photos.tally([first, second])) == before
    assert (photos.of_record(first), photos.files([first, second])) == (named, files)


def test_a_photo_comes_after_a_crash_that_left_its_row_due(
    client: TestClient, tablet: Tablet, office: Office, database: str
) -> None:
    name_photos(client, tablet, JPEG, PNG)
    office.close()
    again = open_office(office.config)
    try:
        anew = TestClient(create_app(again))
        assert receipt(create(anew, tablet, JPEG, body=JPEG, **APPEND))["sha256"] == photo_file(JPEG)["sha256"]
        assert create(anew, tablet, PNG + b"1").json["code"] == "photo_unknown"
        assert (PhotosDue.select().count(), PhotoWanted.select().count()) == (0, 2)
    finally:
        again.close()


def test_creation_may_bring_the_whole_photo(client: TestClient, tablet: Tablet) -> None:
    name_photos(client, tablet, JPEG)
    answer = create(client, tablet, JPEG, body=JPEG, **{"Content-Type": "application/offset+octet-stream"})
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(JPEG)))
    assert receipt(answer)["sha256"] == photo_file(JPEG)["sha256"]


def test_a_photo_that_is_there_costs_one_request(client: TestClient, tablet: Tablet) -> None:
    name_photos(client, tablet, JPEG)
    first = append(client, tablet, create(client, tablet, JPEG).headers["Location"], 0, JPEG)
    again = create(client, tablet, JPEG)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(JPEG)))
    assert receipt(again) == receipt(first)


def test_a_photo_that_no_record_names_is_refused(client: TestClient, tablet: Tablet) -> None:
    answer = create(client, tablet, JPEG)
    assert (answer.status_code, answer.json["code"]) == (403, "photo_unknown")
    for path in ("/v1/photos/" + "0" * 64, "/v1/photos/..", "/v1/photos/x"):
        assert append(client, tablet, path, 0, b"x").json["code"] == "photo_unknown"


@pytest.mark.parametrize(
    ("headers", "status", "refusal"),
    [
        ({"Upload-Length": "17"}, 409, "photo_differs"),
        ({"Upload-Length": "99999999999"}, 413, "photo_too_large"),
        ({"Upload-Length": "-1"}, 400, "malformed"),
        ({"Upload-Length": "1" * 400}, 400, "malformed"),
        ({"Upload-Metadata": "sha256 !"}, 400, "malformed"),
        ({"Tus-Resumable": "0.2.2"}, 412, "tus_version"),
        (tus(JPEG, "image/png"), 415, "not_an_image"),
    ],
)
def test_an_upload_that_does_not_fit_the_manifest_is_refused(
    client: TestClient, tablet: Tablet, headers: dict[str, str], status: int, refusal: str
) -> None:
    name_photos(client, tablet, JPEG)
    answer = create(client, tablet, JPEG, **headers)
    assert (answer.status_code, answer.json["code"]) == (status, refusal)


def test_damaged_bytes_start_the_photo_again(client: TestClient, tablet: Tablet) -> None:
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    answer = append(client, tablet, path, 0, JPEG[:-1] + b"x")
    assert (answer.status_code, answer.json["code"]) == (460, "checksum_mismatch")
    assert head(client, tablet, path).status_code == 404
    assert create(client, tablet, JPEG).headers["Upload-Offset"] == "0"


def test_a_piece_with_a_wrong_checksum_is_dropped_alone(client: TestClient, tablet: Tablet) -> None:
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    good = base64.b64encode(hashlib.sha256(JPEG[:1000]).digest()).decode()
    assert append(client, tablet, path, 0, JPEG[:1000], **{"Upload-Checksum": f"sha256 {good}"}).status_code == 204
    bad = append(client, tablet, path, 1000, JPEG[1000:2000], **{"Upload-Checksum": f"sha256 {good}"})
    assert (bad.status_code, bad.json["code"]) == (460, "checksum_mismatch")
    assert head(client, tablet, path).headers["Upload-Offset"] == "1000"
    other = append(client, tablet, path, 1000, b"x", **{"Upload-Checksum": "md5 eA=="})
    assert other.json["code"] == "checksum_unknown"


def test_what_is_not_an_image_is_refused_though_its_digest_is_right(client: TestClient, tablet: Tablet) -> None:
    content = b"<script>alert(1)</script>" * 100
    name_photos(client, tablet, content)
    answer = append(client, tablet, create(client, tablet, content).headers["Location"], 0, content)
    assert (answer.status_code, answer.json["code"]) == (415, "not_an_image")
    assert photos.held(photo_file(content)["sha256"]) is None


def test_another_offset_is_refused_and_says_the_right_one(client: TestClient, tablet: Tablet) -> None:
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    append(client, tablet, path, 0, JPEG[:500])
    answer = append(client, tablet, path, 100, JPEG[100:])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "500")


def test_more_bytes_than_the_manifest_names_are_not_kept(client: TestClient, tablet: Tablet) -> None:
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    answer = append(client, tablet, path, 0, JPEG + b"more")
    assert (answer.status_code, answer.json["code"]) == (409, "photo_differs")


def test_a_new_request_takes_over_from_a_dead_one(office: Office, tablet: Tablet, client: TestClient) -> None:
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    way = Upload(tablet.enrolled["device"], path.rpartition("/")[2])
    dead = office.photo_files.take_over(way)
    assert office.photo_files.append(way, dead, 0, JPEG[:10])
    assert append(client, tablet, path, 10, JPEG[10:]).status_code == 204
    assert not office.photo_files.append(way, dead, 10, b"too late")


def test_an_upload_may_be_given_up_but_a_whole_photo_stays(client: TestClient, tablet: Tablet) -> None:
    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    told = {"Tus-Resumable": "1.0.0", **tablet.bearer}
    assert client.simulate_delete(path, headers=told).status_code == 204
    append(client, tablet, create(client, tablet, JPEG).headers["Location"], 0, JPEG)
    assert client.simulate_delete(path, headers=told).json["code"] == "evidence_kept"


def test_a_crash_before_the_receipt_is_made_good(client: TestClient, tablet: Tablet, office: Office) -> None:
    name_photos(client, tablet, JPEG)
    sha256 = create(client, tablet, JPEG).headers["Location"].rpartition("/")[2]
    way = Upload(tablet.enrolled["device"], sha256)
    office.photo_files.append(way, office.photo_files.take_over(way), 0, JPEG)
    assert receipt(head(client, tablet, f"/v1/photos/{sha256}"))["sha256"] == sha256


def test_the_office_knows_how_many_photos_are_here(client: TestClient, tablet: Tablet) -> None:
    record = name_photos(client, tablet, JPEG, PNG + b"1", PNG + b"2")
    append(client, tablet, create(client, tablet, JPEG).headers["Location"], 0, JPEG)
    assert photos.tally([record]) == {record: (1, 3)}
    assert [here for _photo, here in photos.of_record(record)] == [True, False, False]


def test_a_full_disk_is_said_and_keeps_what_was_there(
    client: TestClient, tablet: Tablet, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object) -> bool:
        raise OSError(28, "No space left on device")

    name_photos(client, tablet, JPEG)
    path = create(client, tablet, JPEG).headers["Location"]
    append(client, tablet, path, 0, JPEG[:10])
    monkeypatch.setattr(office.photo_files, "append", full)
    answer = append(client, tablet, path, 10, JPEG[10:])
    assert (answer.status_code, answer.json["code"]) == (507, "storage_full")
    assert head(client, tablet, path).headers["Upload-Offset"] == "10"


def test_options_say_which_tus_this_is(client: TestClient) -> None:
    answer = client.simulate_options("/v1/photos")
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert "checksum" in answer.headers["Tus-Extension"]
