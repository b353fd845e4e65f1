"""What is not written as its format says: kept with a receipt, opened by nobody, shown with the place of the fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.records.record import FORMAT, receipt_holds
from checklists.wire import canonical
from server.gate import shape
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import records, users
from server.store.models import Package
from tests.server.browser import Browser
from tests.server.cast import Tablet, batch
from tests.server.scene import PASSWORD
from tests.server.story import seal_story

GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-part-1.json"


def golden(**changes: Any) -> bytes:
    return canonical({**json.loads(GOLDEN.read_bytes()), **changes})


def fault(body: bytes) -> str:
    return str(shape.opened(body, FORMAT).fault or "")


@pytest.mark.parametrize("stem", ["sealed-part-1", "sealed-part-2", "sealed-part-1-abandoned"])
def test_a_part_that_a_tablet_once_sealed_passes(stem: str) -> None:
    released = GOLDEN.with_stem(stem).read_bytes()
    assert shape.opened(released, FORMAT) == (json.loads(released), None)


def test_what_a_later_minor_version_adds_is_carried() -> None:
    assert fault(golden(of_a_later_version={"字": [1, 2]})) == ""
    entry = json.loads(GOLDEN.read_bytes())["entries"][0]
    assert fault(golden(entries=[{**entry, "kind": "of_later", "value": {"text": 3}, "more": 1}])) == ""


def test_a_later_format_is_not_opened() -> None:
    assert shape.opened(b"whatever", FORMAT + 1) == ({}, shape.LATER)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"entries": [5]}, "entries[0]: Expected `object`"),
        ({"entries": "none"}, "entries: Expected `array`"),
        ({"findings": [{"severity": "I"}]}, "findings[0]: Object missing required field `item`"),
        ({"clock": "no mapping"}, "clock: Expected `object"),
        ({"opened_at": "yesterday"}, "opened_at: a time with its zone"),
        ({"checklist": None}, "checklist: the name of a checklist"),
        ({"photos": [{"entry": "e", "original": {"sha256": "no", "bytes": 1, "type": "image/png"}}]}, "photos: files"),
        ({"photos": {}}, "photos: Expected `array`"),
        ({"papers": [{"kind": "record", "number": 3, "digest": ""}]}, "papers[0].number: Expected `str`"),
        ({"site": "a\0b"}, "texts of at most"),
        ({"site": "字" * 30_000}, "texts of at most"),
        ({"more": [[]] * 30_000}, "lists of at most"),
        ({"kind": "poem"}, "kind: one of"),
    ],
)
def test_the_place_of_a_fault_is_told_and_nothing_that_stands_there(changes: dict[str, Any], where: str) -> None:
    assert fault(golden(**changes)).startswith(where)


def test_what_is_nested_too_deeply_is_not_opened() -> None:
    deep: Any = 1
    for _level in range(40):
        deep = [deep]
    assert fault(golden(more=deep)) == "at most 32 levels"
    assert fault(b'{"kind":"inspection","more":' + b"[" * 5000 + b"]" * 5000 + b"}") != ""


def test_a_backslash_before_the_letters_is_no_nul() -> None:
    assert fault(golden(site="a\\u0000b")) == ""


@pytest.mark.parametrize(
    ("item", "data", "where"),
    [
        ("vehicle.permit.valid_until", 3, "vehicle.permit.valid_until"),
        ("vehicle", {"张标记": 1}, "vehicle.…"),
        ("waybill", {"lines": [{"net_mass_kg": []}]}, "waybill.lines.net_mass_kg"),
        ("seen.aboard", "张标记", "seen.aboard"),
        ("nothing.known", 1, "…"),
    ],
)
def test_a_fact_that_the_kernel_cannot_read_is_told_by_its_path(item: str, data: Any, where: str) -> None:
    entry = {**json.loads(GOLDEN.read_bytes())["entries"][0], "item": item, "value": {"data": data}}
    told = fault(golden(entries=[entry]))
    assert told == f"entries[0].value.data: what {where} holds"
    assert "标记" not in told


def test_the_plate_of_a_compartment_is_a_fact_that_is_known() -> None:
    first = json.loads(GOLDEN.read_bytes())["entries"][0]
    entry = {**first, "item": "seen.panels.left.1", "value": {"data": {"hazard_id": "33", "un": "1203"}}}
    assert fault(golden(entries=[entry])) == ""


def test_many_numbers_between_two_texts_are_no_long_text() -> None:
    entry = json.loads(GOLDEN.read_bytes())["entries"][0]
    strokes = [[[x, x] for x in range(9000)]]
    signed = {**entry, "kind": "signature", "item": "driver:x", "value": {"role": "driver", "strokes": strokes}}
    assert fault(golden(entries=[signed])) == ""


@pytest.fixture
def packages(office: Office) -> list[Package]:
    return publish_all(office)


def test_it_keeps_its_receipt_is_parked_and_shown_with_its_fault(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    bad, good = seal_story(tablet, packages, findings=[{"severity": "I"}]), seal_story(tablet, packages)
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(bad, good)).json["results"]
    assert receipt_holds(answer[0]["receipt"], digest_=bad.digest, server_key=tablet.enrolled["server_key"])
    Worker(office).drain()
    held = records.by_digest(bad.digest)
    assert held is not None
    assert (held.state, held.reason) == ("parked", "shape_wrong")
    assert held.detail == "findings[0]: Object missing required field `item`"
    assert records.by_digest(good.digest).state == "processed"  # type: ignore[union-attr]
    told = {"name": "郑督导", "role": "supervisor", "agency": "T", "password": PASSWORD}
    office.store.write_now(lambda: users.add(login="area", **told))
    browser = Browser(office, "area")
    page = browser.get(f"/console/records/{bad.digest}").text
    assert "内容不符合其格式" in page and "findings[0]" in page
    assert "未发现" not in page.partition("<main")[2].partition("证据")[0]
    assert "内容不符合其格式" in browser.get("/console/inbox").text
    sealed = browser.get(f"/console/records/{bad.digest}/sealed")
    assert sealed.content == bad.body
    assert sealed.headers["Content-Type"].startswith("text/plain")


ORDER = GOLDEN.with_name("sealed-order-1.json")


def test_a_released_stop_order_is_read_and_what_is_no_act_is_not_opened() -> None:
    plain = json.loads(ORDER.read_bytes())
    told = shape.opened(ORDER.read_bytes(), 1)
    assert (told.fault, told.part["order"]["number"]) == (None, "T1-S000001")
    wrong = [{"do": "raise"}, {"on": "house"}, {"days": 400}, {"days": True}, {"why": "长" * 301}]
    changed = [{"order": {**plain["order"], **one}} for one in wrong]
    for changes in (*changed, {"signatures": []}, {"order": None}):
        body = json.dumps({**plain, **changes}, ensure_ascii=False).encode()
        assert shape.opened(body, 1).fault is not None, changes
