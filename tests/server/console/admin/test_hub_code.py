"""Hubs on the page of the tablets: who makes a code for one, who sees it, who revokes it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from checklists.crypto import new_signing_key
from checklists.records import hub
from server.office import Office
from server.store import devices
from server.store.models import Device
from tests.server.browser import Browser
from tests.server.console.admin.staff import logged, opened, secret, send, text


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("office")) as made:
        yield made


def joined(office: Office, code: str) -> Device:
    """Let a laptop join by a code."""
    told = {"name": "post 3", "public_key": new_signing_key().public, "app": "hub", "token": code}
    return office.store.write_now(lambda: devices.enrol(office.key, code=code, kind="hub", **told))


def test_a_leader_makes_a_hub_for_his_agency_alone(office: Office) -> None:
    lead = Browser(office, "lead")
    for agency in ("", "P"):
        refused = send(lead, "/console/devices", act="hub", agency=agency, area="")
        assert refused.status_code == 422 and "请选择使用该中继点的单位" in text(refused.text)
    assert send(lead, "/console/devices", act="hub", agency="T", area="15x").status_code == 422
    made = joined(office, secret(send(lead, "/console/devices", act="hub", agency="T", area="150624").text))
    assert (made.kind, made.agency, made.area, made.prefix[0]) == ("hub", "T", "150624", "H")
    shown = text(lead.get("/console/devices").text)
    assert made.prefix in shown and "中继点" in shown
    assert ("lead", "device.code") in [one[:2] for one in logged(f"device:{made.prefix}")]


def test_a_hub_of_all_agencies_is_the_administrators(office: Office) -> None:
    system, lead = Browser(office, "system"), Browser(office, "lead")
    made = joined(office, secret(send(system, "/console/devices", act="hub", agency="", area="").text))
    assert made.agency == "" and made.prefix in system.get("/console/devices").text
    assert made.prefix not in lead.get("/console/devices").text
    assert send(lead, "/console/devices", act="revoke", device=str(made.id), why="丢失").status_code == 403
    assert send(system, "/console/devices", act="revoke", device=str(made.id), why="丢失").status_code == 303
    assert devices.by_id(str(made.id)).revoked_at is not None  # type: ignore[union-attr]


def test_a_hub_is_offered_for_no_officers_code_and_moved_nowhere(office: Office) -> None:
    code = office.store.write_now(lambda: devices.new_hub_code("T", "", hours=1, days=1))
    made = joined(office, code)
    assert made.prefix not in Browser(office, "lead").get("/console/officers").text
    assert made.prefix not in Browser(office, "lead").get("/console/fleet").text, "it has no checks to bring of its own"
    with pytest.raises(ValueError, match="certificate"):
        office.store.write_now(lambda: devices.place(str(made.prefix), "150624"))
    assert hub.certified(json.loads(str(made.certificate)), office.key.public)
