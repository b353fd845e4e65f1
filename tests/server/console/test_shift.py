"""A record's page says what each officer did at the post, and what the waiting line of its tablet counted."""

from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.records.record import Sealed
from server.office import Office
from server.publishing import publish_all
from server.store import users
from tests.server.browser import Browser
from tests.server.cast import Tablet, now
from tests.server.console.test_pages import text
from tests.server.feed.test_holds import deliver
from tests.server.scene import PASSWORD
from tests.server.story import seal_story

CREW = [
    {"id": "officer-1", "name": "王建国", "card": "15-001", "agency": "T", "role": "guide"},
    {"id": "officer-2", "name": "李卫", "card": "15-002", "agency": "P"},
]


@pytest.fixture
def held(client: TestClient, tablet: Tablet, office: Office) -> Sealed:
    part = seal_story(tablet, publish_all(office))
    deliver(client, tablet, office, part)
    office.store.write_now(lambda: users.add(login="a", name="a", role="supervisor", agency="T", password=PASSWORD))
    return part


def shift(tablet: Tablet, part: Sealed, **more: Any) -> Sealed:
    """Return the shift of a tablet, closed over one part."""
    counts = {"inspections": 1, "others": 0, "outcomes": {"release": 1}, "findings": 0, "severities": {}, "photos": 0}
    signed = [{**one, "officer": one["id"], "digest": "0" * 64, "at": now()} for one in CREW]
    told = {"first_seq": part.part["device_seq"], "parts": [part.digest], "counts": counts, "officers": CREW}
    return tablet.seal(kind="shift", **told, signatures=signed, open=[], unsent={"records": 0, "photos": 0}, **more)


def page(office: Office, part: Sealed) -> str:
    return text(Browser(office, "a").get(f"/console/records/{part.digest}").text)


def test_roles_and_the_line_stand_on_the_record_and_on_the_shift(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    assert "所属班次" not in page(office, held)
    closed = shift(tablet, held, line={"came": 9, "unchecked": {"drove_on": 2, "later_code": 1}, "waiting": 1})
    deliver(client, tablet, office, closed)
    for one in (held, closed):
        told = page(office, one)
        assert "王建国 15-001 · 引导" in told and "李卫 15-002 · 未说明分工" in told
        assert "登记候检9辆、放行未检3辆、仍在候检1辆" in told and "later_code 1" in told


def test_where_no_line_was_kept_nothing_is_said_of_what_went_on(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    deliver(client, tablet, office, shift(tablet, held))
    assert "放行未检的数量不明" in page(office, held)


def test_a_shift_that_does_not_name_the_record_is_not_its_shift(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    other = seal_story(tablet, publish_all(office))
    deliver(client, tablet, office, other, shift(tablet, other))
    assert "所属班次" not in page(office, held) and "所属班次" in page(office, other)
