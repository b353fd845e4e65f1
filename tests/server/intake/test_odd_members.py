"""What a hand-over file holds beside records and does not fit: receipted, kept aside, shown as parked, never drawn."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.crypto import verify_mapping
from checklists.records.export_file import Header, Member
from checklists.wire import digest
from server.app import create_app
from server.gate import member_shape
from server.intake.handover_file import Imported, summary
from server.intake.unsealed import path
from server.office import Office
from server.store import users
from server.store.models import Photo, Unsealed
from tests.server.browser import Browser
from tests.server.cast import JPEG, PNG, Tablet, batch, photo_file
from tests.server.handed import (
    INSPECTION,
    bring,
    check,
    file_of,
    hand_over,
    hidden,
    member,
    said,
    unfinished_photo,
)
from tests.server.oddities import MARK, WRONG, changed, paths
from tests.server.scene import PASSWORD

ODD_CHECKS: dict[str, Member] = {
    "an entry that is none": check({"note": "x"}),
    "an entry that is a list": check([1]),
    "an entry that is no JSON": check(b"\xff\x00"),
    "an entry nested too deeply": check(b"[" * 5000),
    "an entry of a number beyond all": check(b'{"id":1e999}'),
    "an entry of another inspection's shape": check({**said("x"), "value": []}),
    "an entry with U+0000": check(said("x\0")),
    "an entry that is far too long": check(said("x" * 30_000)),
    "a fact that no situation holds": check({**said("x"), "kind": "fact", "item": "vehicle", "value": {"data": 5}}),
    "under the name of another check": check(said("x"), named="another"),
    "opened at no time": check(said("x"), opened_at="yesterday"),
    "without a state": check(said("x"), state=None),
    "without entries": check(said("x"), entries=5),
    "with entries that are none": check(said("x"), entries=[{"id": 1}, 5]),
}


def watch(office: Office) -> Browser:
    told = {"name": "郑督导", "role": "supervisor", "agency": "T", "password": PASSWORD}
    office.store.write_now(lambda: users.add(login="area", **told))
    return Browser(office, "area")


def laid(office: Office) -> Unsealed:
    """The one file that was laid aside, whose bytes are here."""
    (row,) = Unsealed.select()
    assert digest(path(office, row.inspection, row.name).read_bytes()) == row.digest
    return row


@pytest.mark.parametrize("what", ODD_CHECKS)
def test_an_odd_check_has_its_receipt_and_is_not_drawn(
    client: TestClient, office: Office, tablet: Tablet, what: str
) -> None:
    sent = ODD_CHECKS[what].content.getvalue()  # type: ignore[attr-defined]
    name = ODD_CHECKS[what].name
    answer = bring(client, office, tablet, member(name, sent))
    (receipt,) = answer["unfinished"]
    assert (receipt["member"], receipt["digest"], receipt["code"]) == (name, digest(sent), "shape_wrong")
    assert verify_mapping(office.key.public, receipt)
    again = bring(client, office, tablet, member(name, sent))
    assert again["unfinished"] == [receipt], "the same file again gives the same receipts"
    row = laid(office)
    assert row.fault
    browser = watch(office)
    page = browser.get("/console/unsealed").text
    assert "停放待查" in page and "不符合其格式" in page
    file = browser.get(f"/console/unsealed/{row.id}")
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment") and "sandbox" in str(file.headers)
    assert "1 个不符合格式" in browser.get("/console/inbox").text


def test_what_fits_is_shown_and_is_no_fault(client: TestClient, office: Office, tablet: Tablet) -> None:
    bring(client, office, tablet, check(said("what the officer wrote")), unfinished_photo(JPEG), unfinished_photo(PNG))
    assert [one.fault for one in Unsealed] == ["", "", ""]
    browser = watch(office)
    assert "停放待查" not in browser.get("/console/unsealed").text
    types = {browser.get(f"/console/unsealed/{one.id}").headers["Content-Type"] for one in Unsealed}
    assert types == {"application/json", "image/jpeg", "image/png"}


def test_a_file_of_a_check_that_is_no_picture_waits_for_a_person(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    answer = bring(client, office, tablet, unfinished_photo(b"<svg onload=alert(1)>"))
    assert [one["code"] for one in answer["unfinished"]] == ["shape_wrong"]
    row = laid(office)
    assert (row.name[-4:], "picture" in row.fault) == (".bin", True)


@pytest.mark.parametrize(
    ("content", "named", "fault"),
    [
        (b"no picture at all", photo_file(b"no picture at all"), "a JPEG or PNG picture"),
        (PNG, photo_file(PNG, "image/jpeg"), "type: what its record names"),
        (JPEG, {**photo_file(JPEG), "bytes": 5}, "bytes: what its record names"),
    ],
)
def test_a_photo_that_is_not_what_its_record_names_is_kept_and_is_no_photo(
    client: TestClient, office: Office, tablet: Tablet, content: bytes, named: dict[str, Any], fault: str
) -> None:
    sealed = tablet.seal(photos=[{"entry": "e", "original": named}])
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    sent = member(f"photos/{digest(content)}", hidden(content, "photo", digest(content)))
    (told,) = bring(client, office, tablet, sent)["photos"]
    receipt = told["receipt"]
    assert (told["code"], receipt["sha256"], receipt["bytes"]) == ("shape_wrong", digest(content), len(content))
    assert verify_mapping(office.key.public, receipt)
    row = laid(office)
    assert (row.inspection, row.fault, Photo.select().count()) == (sealed.part["inspection"], fault, 0)
    browser = watch(office)
    assert browser.get(f"/console/photos/{digest(content)}").status_code == 404
    assert "移交并另存了" in browser.get(f"/console/records/{sealed.digest}").text


def test_no_name_that_a_record_gives_leads_anywhere(client: TestClient, office: Office, tablet: Tablet) -> None:
    away = "a/../../../b"
    sealed = tablet.seal(inspection=away, photos=[{"entry": "e", "original": photo_file(b"odd")}])
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    bring(client, office, tablet, member(f"photos/{digest(b'odd')}", hidden(b"odd", "photo", digest(b"odd"))))
    assert laid(office).inspection == "other"
    assert [one.name for one in (office.config.data / "unfinished").iterdir()] == ["other"]


@pytest.mark.parametrize("name", ["tasks/a1.json", "papers/0f", "lessons/x_y.bin"])
def test_what_a_later_tablet_hands_over_is_kept_as_it_came(
    client: TestClient, office: Office, tablet: Tablet, name: str
) -> None:
    answer = bring(client, office, tablet, member(name, b"<script>"))
    assert [(one["member"], one["digest"]) for one in answer["unfinished"]] == [(name, digest(b"<script>"))]
    assert (laid(office).inspection, answer["missing"], answer["unreadable"]) == ("other", 0, [])
    assert "移交并另存了" in watch(office).get("/console/inbox").text


@pytest.mark.parametrize(
    "name", ["Tasks/a", "tasks/", "tasks/a/b", "tasks/../a", "x", "..", "tasks/\n", "t" * 40 + "/a"]
)
def test_a_name_that_no_tablet_gives_is_damage(client: TestClient, office: Office, tablet: Tablet, name: str) -> None:
    answer = bring(client, office, tablet, member(name, b"x"))
    assert (len(answer["unreadable"]), answer["unfinished"], Unsealed.select().count()) == (1, [], 0)


def test_damage_has_no_receipt(client: TestClient, office: Office, tablet: Tablet) -> None:
    """Where a tablet's own encryption does not hold, it has better bytes than those that came."""
    good = check(said("x")).content.read()
    told = json.loads(good)
    told["entries"][0]["body"] = told["entries"][0]["body"][:-8] + "AAAAAAA="
    torn = [good[:-5], json.dumps(told).encode(), b"\0" * 50]
    for content in torn:
        answer = bring(client, office, tablet, member(f"unfinished/{INSPECTION}.json", content))
        assert (answer["unfinished"], len(answer["unreadable"])) == ([], 1)
    assert Unsealed.select().count() == 0


def test_odd_members_count_for_who_brings_them(client: TestClient, office: Office, tablet: Tablet) -> None:
    small = TestClient(create_app(replace(office, config=replace(office.config, unsealed_per_device=2))))
    many = [member(f"tasks/{number}", bytes([number])) for number in range(4)]
    answer = hand_over(small, tablet, file_of(office, tablet.enrolled["device"], many)).json
    assert [one["code"] for one in answer["refused"]] == ["unsealed_full"] * 2


def test_every_place_of_a_check_with_a_wrong_value_is_kept_and_shown(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    """Whatever stands anywhere in an unsealed check, it is kept, and no page fails."""
    fact = {**said("x"), "kind": "fact", "item": "seen.panels.front", "value": {"data": {"un": "1830"}, "source": "x"}}
    odd, browser = [], watch(office)
    for number, place in enumerate([*paths(said("x")), *paths(fact)]):
        whole = said("x") if number < len(list(paths(said("x")))) else fact
        for step in range(0, len(WRONG), 5):
            entry = changed(whole, [(place, WRONG[(number + step) % len(WRONG)])])
            try:
                odd.append(check(entry, f"i-{number}-{step}"))
            except RecursionError:
                continue
    answer = bring(client, office, tablet, *odd)
    assert (len(answer["unfinished"]), answer["unreadable"], answer["refused"]) == (len(odd), [], [])
    faults = [str(one.fault) for one in Unsealed]
    assert sum(map(bool, faults)) > len(odd) // 3 and MARK not in "".join(faults)
    assert browser.get("/console/unsealed").status_code == 200
    assert {browser.get(f"/console/unsealed/{one.id}").status_code for one in Unsealed.select().limit(20)} == {200}


def test_a_fault_is_a_place_and_never_a_value() -> None:
    told = {"inspection": "i", "state": "x", "opened_at": "2026-11-01T00:00:00.000Z", "entries": [{MARK: MARK}]}
    fault = member_shape.check_fault(json.dumps(told).encode(), "i")
    assert str(fault) == "entries[0]: Object missing required field `id`"


def test_the_operator_is_told() -> None:
    done = Imported(Header("d", "T1", "", "", "2026-11-01T00:00:00.000Z", unfinished=1))
    done.unfinished.append({"member": "unfinished/x.json", "code": "shape_wrong"})
    assert "1 do not fit their shape: kept aside, with a receipt, for a person" in list(summary(done))
