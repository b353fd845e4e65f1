from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.records.record import Sealed
from checklists.wire import instant
from server import clock
from server.accounts import Scope
from server.console.inbox import Filters, inbox_page
from server.console.knowledge import Knowledge
from server.office import Office
from server.processing.worker import Worker
from server.publishing import load_registry, publish_all
from server.store import cases, devices, records
from server.store.feed_models import FeedRow
from server.store.models import Case, CaseViolation, Package, Record, ServerFinding
from tests.server.cast import AS_OF, CARRIER, JPEG, Tablet, batch, manifest, now
from tests.server.story import EXPIRED, PLATE, VEHICLE, entries, seal_story, shown

LATER = now()


@pytest.fixture
def packages(office: Office) -> list[Package]:
    return publish_all(office)


def deliver(client: TestClient, tablet: Tablet, office: Office, *parts: Sealed) -> None:
    """Deliver parts and let the office process all that waits."""
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*parts))
    Worker(office).drain()


def state(part: Sealed) -> tuple[str, str]:
    record = records.by_digest(part.digest)
    assert record is not None
    return record.state, record.reason


def test_the_same_inputs_give_the_findings_as_shown(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages)
    deliver(client, tablet, office, part)
    assert state(part) == ("processed", "")
    assert cases.findings_of(part.part["inspection"], "frozen") == []
    (row,) = Record.select()
    assert (row.alarm, row.plate, row.un, row.carrier) == (False, PLATE, "1830", CARRIER["name"])
    assert row.severity == "I"


def test_findings_that_cannot_be_computed_again_raise_an_alarm(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages, findings=[])
    deliver(client, tablet, office, part)
    (row,) = Record.select()
    told = cases.findings_of(row.inspection, "frozen")
    assert row.alarm
    assert {difference for difference, _finding in told} == {"new"}
    assert "LIC-07" in {finding["item"] for _difference, finding in told}


def test_fuller_data_of_the_office_find_one_thing_more(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    newer = {**VEHICLE, "permit": {**EXPIRED, "number": "150600001", "scope": ["8"]}}
    load_registry(office, [{"kind": "vehicle", "key": PLATE, "data": newer, "as_of": LATER}])
    part = seal_story(tablet, packages)
    deliver(client, tablet, office, part)
    told = cases.findings_of(part.part["inspection"], "fuller")
    new = [finding for difference, finding in told if difference == "new"]
    assert [one["rule"] for one in new] == ["R5"]
    assert not Record.get().alarm
    added = CaseViolation.select().where(CaseViolation.source == "server")
    assert [one.item for one in added] == [new[0]["item"]]


def test_one_case_for_each_authority_and_party(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages)
    deliver(client, tablet, office, part)
    held = cases.of_inspection(part.part["inspection"])
    assert [(one.agency, one.party_role) for one in held] == [("P", "carrier"), ("T", "carrier")]
    assert {one.violation for one in cases.violations(held[1].id)} >= {"CN-LIC-05b"}
    assert held[1].number.startswith("T-")
    assert held[1].number.endswith("-00001")


def test_processing_again_changes_nothing(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    deliver(client, tablet, office, seal_story(tablet, packages))
    before = (list(Case.select().tuples()), CaseViolation.select().count(), ServerFinding.select().count())
    office.store.write_now(lambda: Record.update(state="received").execute())
    Worker(office).drain()
    assert before == (list(Case.select().tuples()), CaseViolation.select().count(), ServerFinding.select().count())


def test_a_crash_in_the_middle_leaves_the_record_to_be_processed(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_told: Any) -> None:
        raise MemoryError

    part = seal_story(tablet, packages)
    with monkeypatch.context() as patched:
        patched.setattr(cases, "put", crash)
        with pytest.raises(MemoryError):
            deliver(client, tablet, office, part)
    assert (state(part), ServerFinding.select().count()) == (("received", ""), 0)
    Worker(office).drain()
    assert state(part) == ("processed", "")


def test_a_record_of_unknown_definitions_waits_until_they_are_here(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    part = seal_story(tablet, [])
    deliver(client, tablet, office, part)
    assert state(part) == ("parked", "definitions_unknown")
    assert records.parked() == {"definitions_unknown": 1}
    publish_all(office)
    assert state(part) == ("received", "")


def test_a_version_with_another_digest_is_unknown(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    named = [{"name": one.name, "version": one.version, "digest": "0" * 64} for one in packages]
    part = seal_story(tablet, packages, definitions=named)
    deliver(client, tablet, office, part)
    assert state(part) == ("parked", "definitions_unknown")


@pytest.mark.parametrize(
    "change",
    [
        {"sealed_at": "2031-01-01T00:00:00.000Z"},
        {"sealed_at": "2020-01-01T00:00:00.000Z"},
        {"opened_at": "2020-01-01T00:00:00.000Z"},
        {"clock": {"offset_ms": -31_536_000_000}},
    ],
)
def test_a_clock_a_year_off_waits_for_a_person_who_releases_it(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], change: dict[str, Any]
) -> None:
    part = seal_story(tablet, packages, **change)
    deliver(client, tablet, office, part)
    assert state(part) == ("parked", "clock_off")
    assert office.store.write_now(lambda: records.release(part.digest))
    Worker(office).drain()
    assert state(part)[0] == "processed"


def test_an_offline_day_is_no_wrong_clock(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    yesterday = instant(clock.read(clock.later(hours=-20)))
    part = seal_story(tablet, packages, sealed_at=yesterday)
    deliver(client, tablet, office, part)
    assert state(part)[0] == "processed"


def test_a_checklist_that_its_definitions_do_not_hold_is_unknown(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    part = seal_story(tablet, packages, checklist="cn-river")
    deliver(client, tablet, office, part)
    assert state(part) == ("parked", "definitions_unknown")


def test_a_newer_format_waits(client: TestClient, tablet: Tablet, office: Office) -> None:
    part = tablet.seal(format=2)
    deliver(client, tablet, office, part)
    assert state(part) == ("parked", "format_unknown")


def test_a_record_that_cannot_be_processed_holds_up_no_other(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    bad = seal_story(tablet, packages, entries=[{"id": "1"}])
    worse = seal_story(tablet, packages, clock="no mapping")
    good = seal_story(tablet, packages)
    deliver(client, tablet, office, bad, worse, good)
    assert [state(one) for one in (bad, worse)] == [("parked", "shape_wrong")] * 2
    assert state(good) == ("processed", "")


def test_what_a_second_tablet_saw_joins_the_inspection(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages)
    inspection = lead.part["inspection"]
    answer = tablet.entry(inspection, 99, "answer", "EQP-14", {"result": "does_not_conform"})
    joined = tablet.seal(inspection=inspection, kind="contribution", entries=[answer])
    deliver(client, tablet, office, joined)
    assert (state(joined)[0], Case.select().count()) == ("processed", 0)
    deliver(client, tablet, office, lead)
    new = [one["item"] for difference, one in cases.findings_of(inspection, "fuller") if difference == "new"]
    assert new == ["EQP-14"]
    assert cases.findings_of(inspection, "frozen") == []


def test_a_conflicting_seal_is_kept_and_opens_no_case(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    first = seal_story(tablet, packages)
    second = seal_story(tablet, packages, inspection=first.part["inspection"])
    deliver(client, tablet, office, first, second)
    assert (state(first)[0], state(second)) == ("processed", ("conflict", "sealed_twice"))
    assert Case.select().count() == 2


def test_the_tablet_and_the_test_agree_on_the_story(tablet: Tablet) -> None:
    facts = {"vehicle": (VEHICLE, "registry"), "vehicle.plate": (PLATE, "officer")}
    assert shown(entries(tablet, "i", facts), now()) == []
    assert AS_OF < LATER


def second_tablet(client: TestClient, office: Office, agency: str) -> Tablet:
    code = office.store.write_now(lambda: devices.new_code(agency, 1))
    made = Tablet()
    made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
    return made


@pytest.mark.parametrize("lead_first", [True, False])
def test_two_tablets_make_one_inspection_that_both_agencies_see(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], lead_first: bool
) -> None:
    other = second_tablet(client, office, "P")
    lead = seal_story(tablet, packages)
    inspection = lead.part["inspection"]
    answer = {**other.entry(inspection, 99, "answer", "EQP-14", {"result": "does_not_conform"}), "agency": "P"}
    joined = other.seal(inspection=inspection, kind="contribution", entries=[answer], photos=manifest(JPEG))
    for sender, part in [(tablet, lead), (other, joined)][:: 1 if lead_first else -1]:
        deliver(client, sender, office, part)
    assert [state(one) for one in (lead, joined)] == [("processed", "")] * 2
    for agency in "TP":
        (row,) = inbox_page(Knowledge(), Scope(frozenset({agency})), Filters()).rows
        assert row.record.digest == lead.digest
        assert row.photos == (0, 1)
        assert len(row.device) == 2 or list(row.device) == ["tablet 1"]
    assert inbox_page(Knowledge(), Scope(frozenset({"M"})), Filters()).rows == []
    new = [one["item"] for difference, one in cases.findings_of(inspection, "fuller") if difference == "new"]
    assert new == ["EQP-14"]


def test_a_revoked_device_is_told_to_the_tablets(office: Office, client: TestClient, tablet: Tablet) -> None:
    office.store.write_now(lambda: devices.revoke(tablet.enrolled["device"]))
    told = [str(one.key) for one in FeedRow.select() if one.kind == "revoked" and not one.gone]
    assert told == [tablet.enrolled["device"]]
