"""Files that tablets hand over: nothing in them takes long, replaces anything, or speaks for a device unknown here."""

from __future__ import annotations

import base64
import io
import json
import tarfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.records import export_file
from checklists.wire import digest, uuid7
from server.app import create_app
from server.config import Config
from server.intake import handover_file
from server.office import Office, open_office
from server.store import devices, unsealed, users
from server.store.models import Device, Unsealed
from tests.server.browser import Browser
from tests.server.cast import JPEG, Tablet, batch, photo_file
from tests.server.handed import (
    INSPECTION,
    aside,
    bring,
    file_of,
    hand_over,
    hidden,
    member,
    unfinished,
    unfinished_photo,
)
from tests.server.scene import PASSWORD


@pytest.fixture
def other(client: TestClient, office: Office) -> Tablet:
    made = Tablet()
    code = office.store.write_now(lambda: devices.new_code("T", 24))
    made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
    return made


def test_a_file_of_a_tablet_that_the_office_s_backup_lacks_is_taken_by_its_certificate(
    client: TestClient, office: Office, tablet: Tablet, other: Tablet
) -> None:
    part = other.seal()
    office.store.write_now(lambda: Device.delete().where(Device.id == other.enrolled["device"]).execute())
    told = {"digest": part.digest, "signature": part.signature, "device_seq": 1}
    sealed = json.dumps({**told, "body": base64.b64encode(hidden(part.body, "sealed", part.digest)).decode()})
    lone = unfinished("written before the backup was brought back")
    content = file_of(office, other.enrolled["device"], [member(f"records/{part.digest}.json", sealed.encode()), lone])
    answer = hand_over(client, tablet, content).json
    assert [one["status"] for one in answer["records"]] == ["accepted"] and len(answer["unfinished"]) == 1
    assert hand_over(client, tablet, content).json["records"][0]["status"] == "duplicate"
    assert client.simulate_get("/v1/changes", headers={"Authorization": "Bearer none"}).status_code == 401


# What was never sealed


def test_an_unsealed_check_is_never_replaced(client: TestClient, office: Office, tablet: Tablet, other: Tablet) -> None:
    first = bring(client, office, tablet, unfinished("first"), unfinished_photo(JPEG))
    before = aside(office)
    assert len(before) == 2 and b"first" in before["entries.json"]
    later = bring(client, office, other, unfinished("forged"), unfinished_photo(JPEG))
    now = aside(office)
    assert {name: now[name] for name in before} == before
    assert len(now) == 3, "what differs stands beside"
    assert len(first["unfinished"]) == len(later["unfinished"]) == 2
    rows = {(one.device, one.name) for one in Unsealed}
    assert len(rows) == 4, "each is listed with whom it names"


def test_the_same_file_again_changes_nothing_and_gives_its_receipts(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    content = file_of(office, tablet.enrolled["device"], [unfinished("x"), unfinished_photo(JPEG)])
    answers = [hand_over(client, tablet, content).json for _ in range(2)]
    assert (len(aside(office)), Unsealed.select().count()) == (2, 2)
    named = [[(one["member"], one["digest"]) for one in answer["unfinished"]] for answer in answers]
    assert named[0] == named[1]


def test_a_device_that_nobody_enrolled_leaves_nothing(client: TestClient, office: Office, tablet: Tablet) -> None:
    answer = hand_over(client, tablet, file_of(office, uuid7(), [unfinished("x"), unfinished_photo(JPEG)])).json
    assert [one["code"] for one in answer["refused"]] == ["device_unknown", "device_unknown"]
    assert (answer["unfinished"], answer["missing"], aside(office)) == ([], 0, {})


def test_a_revoked_tablet_still_hands_over_what_it_kept(
    client: TestClient, office: Office, tablet: Tablet, other: Tablet
) -> None:
    office.store.write_now(lambda: devices.revoke(tablet.enrolled["device"]))
    answer = hand_over(client, other, file_of(office, tablet.enrolled["device"], [unfinished("x")])).json
    assert len(answer["unfinished"]) == 1
    assert Unsealed.get().brought_by == other.enrolled["device"]


def test_who_sends_is_bounded_and_not_whom_a_file_names(
    client: TestClient, office: Office, tablet: Tablet, other: Tablet
) -> None:
    small = TestClient(create_app(replace(office, config=replace(office.config, unsealed_per_device=1))))
    named = tablet.enrolled["device"]
    assert len(hand_over(small, other, file_of(office, named, [unfinished("1")])).json["unfinished"]) == 1
    full = hand_over(small, other, file_of(office, named, [unfinished("2")])).json
    assert [one["code"] for one in full["refused"]] == ["unsealed_full"]
    own = hand_over(small, tablet, file_of(office, named, [unfinished("3")])).json
    assert len(own["unfinished"]) == 1, "its own tablet still has its place"


@pytest.mark.parametrize(
    "name", ["unfinished/../../x.json", "unfinished/a/b/c", f"unfinished/{'a' * 70}.json", "unfinished/.json", "../x"]
)
def test_no_name_in_a_file_leads_anywhere(client: TestClient, office: Office, tablet: Tablet, name: str) -> None:
    content = unfinished("x").content.read()
    answer = bring(client, office, tablet, member(name, content))
    assert answer["unreadable"] == [name]
    assert sorted(one.name for one in office.config.data.iterdir() if one.is_dir()) == ["photos"]


def test_a_photo_under_anothers_digest_is_damage(client: TestClient, office: Office, tablet: Tablet) -> None:
    name = f"unfinished/{INSPECTION}/{'0' * 64}"
    answer = bring(client, office, tablet, member(name, hidden(JPEG, "photo", "0" * 64)))
    assert (answer["unreadable"], aside(office)) == ([name], {})


def test_a_full_disk_takes_nothing_unsealed(client: TestClient, office: Office, tablet: Tablet) -> None:
    office.photo_files.reserve = office.photo_files.free() + 10**12
    answer = hand_over(client, tablet, file_of(office, tablet.enrolled["device"], [unfinished("x")]))
    assert (answer.status_code, answer.json["code"]) == (507, "storage_full")
    assert Unsealed.select().count() == 0


# What a tar file can be


def odd_member(kind: str) -> bytes:
    info = tarfile.TarInfo("photos/x")
    info.size = 8 * 1024**3 - 1
    if kind == "sparse":
        # A GNU sparse member: a few bytes in the file, eight gigabytes when read.
        info.type = tarfile.GNUTYPE_SPARSE
        head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
        head[386:398] = b"00000000000\0"
        head[398:410] = b"77777777777\0"
        head[483:495] = b"77777777777\0"
    elif kind == "pax":
        info.pax_headers = {"GNU.sparse.realsize": str(10**12), "GNU.sparse.map": "0,1000000000000", "size": "512"}
        return info.tobuf(tarfile.PAX_FORMAT)
    else:
        info.type = {"long": tarfile.GNUTYPE_LONGNAME, "link": tarfile.SYMTYPE, "huge": tarfile.REGTYPE}[kind]
        head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


@pytest.mark.parametrize("kind", ["sparse", "pax", "long", "link", "huge"])
def test_an_odd_member_costs_nothing_and_hides_nothing(
    client: TestClient, office: Office, tablet: Tablet, kind: str
) -> None:
    good = file_of(office, tablet.enrolled["device"], [unfinished("behind it")])
    began = time.process_time()
    answer = hand_over(client, tablet, odd_member(kind) * 200 + good)
    assert time.process_time() - began < 2
    assert answer.status_code == 200
    assert len(answer.json["unfinished"]) == 1


def test_no_member_is_longer_than_the_file(office: Office) -> None:
    whole = file_of(office, "d", [member("photos/a", b"x" * 2000), member("photos/b", b"y" * 2000)])
    cut = whole[: whole.index(b"photos/b") + 512 + 1000]
    assert [(name, content and len(content)) for name, content in export_file.read(io.BytesIO(cut))] == [
        ("photos/a", 2000),
        ("photos/b", None),
    ]


def test_bytes_are_given_once(office: Office) -> None:
    """Headers inside a member's own bytes are no members: what is read never exceeds the file."""
    inner = file_of(office, "d", [member("photos/a", b"x" * 2000) for _ in range(20)])
    outer = io.BytesIO(file_of(office, "d", [member("photos/outer", inner)]))
    got = [(name, len(content or b"")) for name, content in export_file.read(outer)]
    assert got == [("photos/outer", len(inner))]


def test_too_many_members_are_refused_at_once(
    client: TestClient, office: Office, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover_file, "MOST_MEMBERS", 3)
    four = [member("photos/a", b"x") for _ in range(4)]
    answer = hand_over(client, tablet, file_of(office, tablet.enrolled["device"], four))
    assert (answer.status_code, answer.json["code"]) == (413, "too_many_members")


def test_a_name_that_is_no_text_does_not_spoil_the_answer(client: TestClient, office: Office, tablet: Tablet) -> None:
    info = tarfile.TarInfo("photos/aaaa")
    info.size = 1
    head = info.tobuf(tarfile.USTAR_FORMAT).replace(b"aaaa", b"\xff\xfe\xed\xa0")
    head = bytearray(head)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    good = file_of(office, tablet.enrolled["device"], [unfinished("x")])
    answer = hand_over(client, tablet, bytes(head) + bytes(512) + good)
    assert (answer.status_code, len(answer.json["unreadable"])) == (200, 1)


def test_a_photo_of_a_file_counts_for_who_brings_it(
    client: TestClient, office: Office, tablet: Tablet, other: Tablet
) -> None:
    files = [JPEG, JPEG + b"2"]
    sealed = tablet.seal(photos=[{"entry": "e", "original": photo_file(files[0]), "working": photo_file(files[1])}])
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    small = TestClient(create_app(replace(office, config=replace(office.config, photos_per_day=1))))
    held = [member(f"photos/{digest(one)}", hidden(one, "photo", digest(one))) for one in files]
    answer = hand_over(small, other, file_of(office, tablet.enrolled["device"], held)).json
    assert [one["code"] for one in answer["photos"]] == ["", "day_full"]


# Shown to somebody


def test_somebody_sees_what_was_laid_aside(tmp_path: Path) -> None:
    office = open_office(Config(data_dir=str(tmp_path), stall_seconds=2))
    client, tablet = TestClient(create_app(office)), Tablet()
    tablet.enrolled = client.simulate_post(
        "/v1/devices", json=tablet.ask(office.store.write_now(lambda: devices.new_code("T", 24)))
    ).json
    for login, agency in (("wang", "T"), ("li", "P")):
        told = {"login": login, "name": login, "role": "handler", "agency": agency, "password": PASSWORD}
        office.store.write_now(lambda told=told: users.add(**told))
    bring(client, office, tablet, unfinished("what the officer wrote"), unfinished_photo(JPEG))
    theirs, ours = Browser(office, "li"), Browser(office, "wang")
    assert "/console/unsealed" in ours.get("/console/inbox").text
    assert "/console/unsealed" not in theirs.get("/console/inbox").text
    page = ours.get("/console/unsealed").text
    assert "T0001" in page and INSPECTION in page
    number = {one.name.rpartition(".")[2]: one.id for one in Unsealed}
    shown = ours.get(f"/console/unsealed/{number['json']}")
    assert "what the officer wrote" in shown.text and "sandbox" in shown.headers["Content-Security-Policy"]
    assert ours.get(f"/console/unsealed/{number['jpg']}").content == JPEG
    for path in (number["json"], "9999", "x", "1" * 40, "٣"):
        assert theirs.get(f"/console/unsealed/{path}").status_code == 404
    assert [one[0].name for one in unsealed.listing(theirs_scope())] == []
    office.close()


def theirs_scope() -> Any:
    from server.accounts import scope_of

    return scope_of("handler", "P")
