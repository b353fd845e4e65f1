"""What a tablet says of itself is kept as its word, bounded, and does nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from falcon.testing import TestClient

from server import clock
from server.api.cursor import Cursor
from server.fleet import Said, TookPackage
from server.office import Office
from server.store import device_status, devices, feed, feed_pages
from server.store.administration_models import DeviceDay
from server.store.feed import Told
from server.store.feed_pages import Sight
from server.store.models import Device
from tests.server.cast import Tablet

GOLDEN = (Path(__file__).parents[2] / "golden" / "device-status-1.json").read_bytes()
AT = "2026-11-21T01:30:00.000Z"
LEAST = {"app": "0.1.0", "at": AT}


def post(client: TestClient, tablet: Tablet, body: Any) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.simulate_post("/v1/devices/status", headers=tablet.bearer, body=content)


def kept(office: Office, tablet: Tablet) -> Said | None:
    return office.store.read_now(device_status.last).get(tablet.enrolled["device"])


def test_the_bytes_of_the_first_released_version_are_read(client: TestClient, office: Office, tablet: Tablet) -> None:
    answer = post(client, tablet, GOLDEN)
    assert (answer.status_code, set(answer.json)) == (200, {"at"})
    said = kept(office, tablet)
    assert said is not None and said.at <= answer.json["at"]
    assert said == Said(
        app="0.1.0",
        said_at="2026-11-21T03:00:00.000Z",
        packages=(TookPackage("reference", "7", AT),),
        offset_ms=-1500,
        agreed_at=AT,
        feed_place=0,  # the cursor of another office: this one has to be read from its beginning
        feed_at="2026-11-21T02:30:00.000Z",
        records=1,
        oldest_at=AT,
        free_bytes=1_000_000,
        at=said.at,
    )


def test_the_least_that_can_be_said_is_kept_and_the_device_was_heard_of(
    client: TestClient, office: Office, tablet: Tablet
) -> None:
    before = clock.now()
    assert post(client, tablet, LEAST).status_code == 200
    said = kept(office, tablet)
    assert said is not None and (said.feed_place, said.free_bytes, said.offset_ms) == (None, None, None)
    assert str(Device.get(Device.id == tablet.enrolled["device"]).seen_at) >= before


def test_what_a_later_version_says_besides_is_let_be(client: TestClient, office: Office, tablet: Tablet) -> None:
    told = {**LEAST, "battery": {"percent": 5}, "waiting": {"records": 2, "films": 3}, "x" * 500: None}
    assert post(client, tablet, told).status_code == 200
    said = kept(office, tablet)
    assert said is not None and said.records == 2


def test_the_last_word_stands_and_each_day_keeps_its_last(
    client: TestClient, office: Office, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    today, tomorrow = clock.now(), clock.later(hours=24)
    for at, free in ((today, 900), (today, 800), (tomorrow, 700)):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        assert post(client, tablet, {**LEAST, "free_bytes": free}).status_code == 200
    said, device = kept(office, tablet), tablet.enrolled["device"]
    assert said is not None and said.free_bytes == 700
    assert {str(one.day): one.free_bytes for one in DeviceDay} == {today[:10]: 800, tomorrow[:10]: 700}
    assert office.store.read_now(device_status.space_before, 7) == {device: (today[:10], 800)}
    assert office.store.read_now(device_status.space_before, 0) == {device: (tomorrow[:10], 700)}
    assert office.store.write_now(lambda: device_status.forget(0)) == 1
    assert kept(office, tablet) == said


def test_a_place_in_the_feed_is_how_far_both_lanes_are_read(client: TestClient, office: Office, tablet: Tablet) -> None:
    office.store.write_now(lambda: feed.tell("a", [Told(str(one), "{}", AT) for one in range(5)]))
    end = office.store.read_now(feed_pages.end)
    epoch = Sight("T").epoch(end.epoch)
    for cursor, place in (
        (Cursor(epoch, 3, 2), 2),
        (Cursor(epoch, end.place, end.place), end.place),
        (Cursor(epoch, 999, 999), 0),  # beyond the end: it will be told to start again
        (Cursor("0" * 12, 3, 3), 0),
        ("", 0),
    ):
        assert post(client, tablet, {**LEAST, "feed": {"cursor": str(cursor), "at": AT}}).status_code == 200
        said = kept(office, tablet)
        assert said is not None and said.feed_place == place, cursor


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        {},
        {"app": "0.1.0"},
        {**LEAST, "app": ""},
        {**LEAST, "app": "x" * 101},
        {**LEAST, "app": "a\u0000b"},
        {**LEAST, "at": "yesterday"},
        {**LEAST, "at": "2026-11-21T01:30:00"},
        {**LEAST, "at": 7},
        {**LEAST, "clock": {"offset_ms": 1.5}},
        {**LEAST, "clock": {"offset_ms": 10**14}},
        {**LEAST, "clock": {"agreed_at": "never"}},
        {**LEAST, "packages": [{"name": "a"}]},
        {**LEAST, "packages": [{"name": "a", "version": "1"}] * 21},
        {**LEAST, "packages": [{"name": "a", "version": "1", "applied_at": "x"}]},
        {**LEAST, "feed": {"cursor": "no cursor"}},
        {**LEAST, "feed": {"cursor": "", "at": "x"}},
        {**LEAST, "waiting": {"records": -1}},
        {**LEAST, "waiting": {"files": 10**7}},
        {**LEAST, "waiting": {"oldest_at": "x"}},
        {**LEAST, "free_bytes": -1},
        {**LEAST, "free_bytes": 2**53},
    ],
)
def test_what_cannot_be_read_is_refused_and_what_stood_stays(
    client: TestClient, office: Office, tablet: Tablet, told: Any
) -> None:
    post(client, tablet, GOLDEN)
    before = kept(office, tablet)
    answer = post(client, tablet, told)
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")
    assert kept(office, tablet) == before


def test_it_is_bounded_and_for_devices_alone(client: TestClient, office: Office, tablet: Tablet) -> None:
    answer = post(client, tablet, {**LEAST, "more": "x" * 16 * 1024})
    assert (answer.status_code, answer.json["code"]) == (413, "body_too_large")
    assert client.simulate_post("/v1/devices/status", json=LEAST).json["code"] == "token_invalid"
    office.store.write_now(lambda: devices.revoke(tablet.enrolled["device"]))
    assert post(client, tablet, LEAST).json["code"] == "device_revoked"
    assert kept(office, tablet) is None
