"""A shift's signed counts beside the office's own: equal, or which records the office lacks."""

from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.inspection import shift
from checklists.records.record import Sealed
from checklists.wire import uuid7
from server.office import Office
from server.processing.worker import Worker
from tests.server.cast import JPEG, Tablet, batch, manifest

FOUND = [{"severity": "I"}, {"severity": "III"}]


def sealed(tablet: Tablet, *parts: Sealed, **changes: Any) -> Sealed:
    """Seal the shift of these parts."""
    first = min((one.part["device_seq"] for one in parts), default=tablet.seq + 1)
    told = {"parts": [one.digest for one in parts], "counts": shift.counts(one.part for one in parts)}
    return tablet.seal(**{"kind": "shift", "inspection": uuid7(), "first_seq": first, **told, **changes})


def told(client: TestClient, tablet: Tablet, digest: str) -> dict[str, Any]:
    return dict(client.simulate_get(f"/v1/records/{digest}", headers=tablet.bearer).json)


def push(client: TestClient, tablet: Tablet, *parts: Sealed) -> list[str]:
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*parts)).json
    return [one["status"] for one in answer["results"]]


def test_when_every_record_is_here_the_counts_are_equal(client: TestClient, tablet: Tablet) -> None:
    parts = [tablet.seal(findings=FOUND), tablet.seal(photos=manifest(JPEG))]
    closed = sealed(tablet, *parts)
    assert push(client, tablet, *parts, closed) == ["accepted"] * 3
    said = told(client, tablet, closed.digest)["shift"]
    assert (said["equal"], said["named"], said["held"], said["files"]) == (True, 2, 2, {"named": 1, "received": 0})
    assert said["counts"]["severities"] == {"I": 1, "III": 1}


def test_a_record_that_did_not_arrive_is_named(client: TestClient, tablet: Tablet) -> None:
    parts = [tablet.seal(), tablet.seal(findings=FOUND)]
    closed = sealed(tablet, *parts)
    push(client, tablet, parts[0], closed)
    said = told(client, tablet, closed.digest)["shift"]
    assert (said["equal"], said["held"], said["lacking"]) == (False, 1, [parts[1].digest])
    assert said["differs"] == ["findings", "inspections", "outcomes", "severities"]
    push(client, tablet, parts[1])
    assert told(client, tablet, closed.digest)["shift"]["equal"]


def test_a_record_that_the_shift_does_not_name_is_extra(client: TestClient, tablet: Tablet) -> None:
    parts = [tablet.seal(), tablet.seal(), tablet.seal()]
    closed = sealed(tablet, parts[0], parts[2])
    push(client, tablet, *parts, closed)
    said = told(client, tablet, closed.digest)["shift"]
    assert (said["equal"], said["extra"], said["lacking"]) == (False, [parts[1].digest], [])


def test_the_next_shift_begins_where_this_one_ended(client: TestClient, tablet: Tablet) -> None:
    first = [tablet.seal()]
    closed = sealed(tablet, *first)
    second = [tablet.seal(), tablet.seal()]
    again = sealed(tablet, *second)
    empty = sealed(tablet)
    push(client, tablet, *first, closed, *second, again, empty)
    shifts = [told(client, tablet, one.digest)["shift"] for one in (closed, again, empty)]
    assert [(one["equal"], one["named"]) for one in shifts] == [(True, 1), (True, 2), (True, 0)]


def test_another_device_counts_for_itself(client: TestClient, tablet: Tablet, office: Office) -> None:
    from server.store import devices

    other = Tablet()
    code = office.store.write_now(lambda: devices.new_code("P", 24))
    other.enrolled = client.simulate_post("/v1/devices", json=other.ask(code)).json
    part, theirs = tablet.seal(), other.seal()
    closed = sealed(tablet, part)
    push(client, tablet, part, closed)
    push(client, other, theirs)
    assert told(client, tablet, closed.digest)["shift"]["equal"]
    assert told(client, other, closed.digest)["code"] == "not_found"


def test_a_shift_is_processed_without_findings_or_cases(client: TestClient, tablet: Tablet, office: Office) -> None:
    closed = sealed(tablet, site="G18 云岭东检查站")
    push(client, tablet, closed)
    Worker(office).drain()
    said = told(client, tablet, closed.digest)
    assert (said["state"], said["findings"], said["cases"]) == ("processed", [], [])


def test_the_same_shift_closed_twice_is_a_conflict(client: TestClient, tablet: Tablet) -> None:
    one = sealed(tablet)
    two = sealed(tablet, inspection=one.part["inspection"])
    assert push(client, tablet, one, two) == ["accepted", "conflict"]


@pytest.mark.parametrize(
    "changes",
    [
        {"parts": ["nonsense"]},
        {"parts": "all"},
        {"counts": 3},
        {"first_seq": 0},
        {"first_seq": 99},
        {"parts": ["0" * 64] * (shift.MOST_PARTS + 1)},
    ],
)
def test_a_shift_that_cannot_be_read_is_kept_and_waits_for_a_person(
    client: TestClient, tablet: Tablet, office: Office, changes: dict[str, Any]
) -> None:
    closed = sealed(tablet, **changes)
    assert push(client, tablet, closed) == ["accepted"]
    Worker(office).drain()
    said = told(client, tablet, closed.digest)
    assert (said["state"], said["reason"]) == ("parked", "shape_wrong")
    assert (said["shift"]["equal"], said["shift"]["differs"]) == (False, ["shape_wrong"])


def test_parts_that_cannot_be_counted_count_for_nothing(client: TestClient, tablet: Tablet) -> None:
    part = tablet.seal(findings={"severity": "I"}, outcome="release")
    closed = sealed(tablet, part)
    push(client, tablet, part, closed)
    assert told(client, tablet, closed.digest)["shift"]["counts"]["findings"] == 0


def test_the_console_opens_a_closed_shift_like_any_record(client: TestClient, tablet: Tablet, office: Office) -> None:
    from server.publishing import publish_all
    from server.store import users
    from tests.server.browser import Browser
    from tests.server.scene import PASSWORD

    used = [{"name": one.name, "version": one.version, "digest": one.digest} for one in publish_all(office)]
    closed = sealed(tablet, site="G18 云岭东检查站", definitions=used)
    push(client, tablet, closed)
    Worker(office).drain()
    office.store.write_now(
        lambda: users.add(login="area", name="郑督导", role="supervisor", agency="T", password=PASSWORD)
    )
    page = Browser(office, "area").get(f"/console/records/{closed.digest}")
    assert page.status_code == 200
    assert "班次结算" in page.text
