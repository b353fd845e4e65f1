"""What a device did not prove is kept, shown, opens no case, and lets nobody see what is another's."""

from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.records.belonging import mark_of
from checklists.records.record import Sealed
from server.accounts import Scope
from server.console.inbox import Filters, inbox_page
from server.console.knowledge import Knowledge
from server.office import Office
from server.processing.worker import Worker
from server.publishing import load_registry, publish_all
from server.store import case_files, case_proof, cases, conflicts, devices, records, users
from server.store.case_models import CaseEvidence
from server.store.models import Case, Package
from tests.server.browser import Browser
from tests.server.cast import REGISTRY, Tablet, batch
from tests.server.scene import PASSWORD
from tests.server.story import entries, seal_story, shown, used


@pytest.fixture
def packages(office: Office) -> list[Package]:
    load_registry(office, [one for one in REGISTRY if one["kind"] == "officer"])
    return publish_all(office)


@pytest.fixture
def police(client: TestClient, office: Office) -> Tablet:
    code = office.store.write_now(lambda: devices.new_code("P", 1))
    made = Tablet()
    made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
    return made


def deliver(client: TestClient, office: Office, *told: tuple[Tablet, Sealed]) -> None:
    for sender, part in told:
        client.simulate_post("/v1/records", headers=sender.bearer, body=batch(part))
        Worker(office).drain()


def state(part: Sealed) -> tuple[str, str, str | None]:
    record = records.by_digest(part.digest)
    assert record is not None
    return record.state, record.reason, record.detail


def written(tablet: Tablet, inspection: str, seq: int, item: str = "EQP-14", **changes: Any) -> dict[str, Any]:
    said = tablet.entry(inspection, seq, "answer", item, {"result": "does_not_conform"})
    return {**said, "officer": "P-007", "agency": "P", **changes}


def lying(tablet: Tablet, packages: list[Package], forged: dict[str, Any], inspection: str) -> Sealed:
    """A seal whose findings rest on an entry that another device is said to have written."""
    from checklists.wire import instant
    from server import clock

    at = instant(clock.read(clock.now()))
    held = [*entries(tablet, inspection, {"vehicle.plate": ("蒙K12345", "officer")}), forged]
    told = {"entries": held, "findings": shown(held, at), "definitions": used(packages), "opened_at": at}
    return tablet.seal(inspection=inspection, **told)


def test_a_finding_that_rests_on_a_forged_entry_opens_no_case(
    client: TestClient, tablet: Tablet, police: Tablet, office: Office, packages: list[Package]
) -> None:
    part = lying(tablet, packages, written(police, "i-1", 9), "i-1")
    assert "EQP-14" in {one["item"] for one in part.part["findings"]}
    deliver(client, office, (tablet, part))
    assert state(part) == ("processed", "", "not proven: 1")
    assert Case.select().count() == 0
    assert cases.findings_of("i-1", "frozen") == []  # the tablet computed rightly from what it held
    office.store.write_now(lambda: users.add(login="a", name="a", role="supervisor", agency="T", password=PASSWORD))
    page = Browser(office, "a").get(f"/console/records/{part.digest}").text
    assert "未经所称设备签名" in page


def test_the_same_entry_counts_once_its_device_sealed_it(
    client: TestClient, tablet: Tablet, police: Tablet, office: Office, packages: list[Package]
) -> None:
    said = written(police, "i-1", 9)
    lead = lying(tablet, packages, said, "i-1")
    theirs = police.seal(inspection="i-1", kind="contribution", entries=[said])
    deliver(client, office, (tablet, lead), (police, theirs))
    assert Case.select().count() == 1
    assert state(theirs) == ("processed", "", None)


def test_one_agency_does_not_take_back_what_another_wrote(
    client: TestClient, tablet: Tablet, police: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages, invited=[mark_of("w")])
    inspection, first = lead.part["inspection"], lead.part["entries"]
    gone = [
        {**written(police, inspection, 50 + number, f"EQP-{number:02}"), "value": {}, "withdraws": one["id"]}
        for number, one in enumerate(first)
    ]
    deliver(client, office, (tablet, lead))
    before = {(one.agency, one.party_key) for one in Case.select()}
    theirs = police.seal(inspection=inspection, kind="contribution", entries=gone, joined=["w"])
    deliver(client, office, (police, theirs))
    assert state(theirs)[0] == "processed"
    assert not [one for how, one in cases.findings_of(inspection, "fuller") if how == "gone"]
    assert {(one.agency, one.party_key) for one in Case.select()} == before


def test_an_empty_contribution_opens_nobodys_cases_to_its_agency(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    code = office.store.write_now(lambda: devices.new_code("M", 1))
    curious = Tablet()
    curious.enrolled = client.simulate_post("/v1/devices", json=curious.ask(code)).json
    lead = seal_story(tablet, packages)
    for claim in ([], [{**written(curious, lead.part["inspection"], 9), "agency": "T"}]):
        empty = curious.seal(inspection=lead.part["inspection"], kind="contribution", entries=claim)
        deliver(client, office, (tablet, lead), (curious, empty))
        told = client.simulate_get(f"/v1/records/{empty.digest}", headers=curious.bearer).json
        assert (told["state"], told["cases"], told["findings"]) == ("parked", [], [])
        listed = inbox_page(Knowledge(), Scope(frozenset({"M"})), Filters()).rows
        assert lead.digest not in {row.record.digest for row in listed}
    office.store.write_now(lambda: users.add(login="m", name="m", role="handler", agency="M", password=PASSWORD))
    browser = Browser(office, "m")
    assert browser.get(f"/console/records/{lead.digest}").status_code == 404
    page = browser.get(f"/console/records/{empty.digest}")
    assert page.status_code == 200
    assert not [one.number for one in Case.select() if one.number in page.text]


def test_a_seal_by_a_tablet_that_did_not_lead_waits_until_a_person_decides(
    client: TestClient, tablet: Tablet, police: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages)
    inspection = lead.part["inspection"]
    stolen = [*lead.part["entries"], written(police, inspection, 60)]
    hasty = police.seal(inspection=inspection, entries=stolen, definitions=used(packages), findings=[])
    deliver(client, office, (police, hasty), (tablet, lead))
    assert state(hasty)[:2] == ("parked", "seal_unproven")
    assert state(lead)[:2] == ("conflict", "sealed_twice")
    assert Case.select().count() == 0
    office.store.write_now(lambda: conflicts.settle(lead.digest, "the tablet of the post led"))
    Worker(office).drain()
    assert state(lead)[:2] == ("processed", "")
    assert state(hasty)[:2] == ("conflict", "sealed_twice")
    assert Case.select().count() > 0


def test_who_took_over_may_seal(
    client: TestClient, tablet: Tablet, police: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages)
    inspection = lead.part["inspection"]
    moved = written(police, inspection, 60, "lead", kind="takeover", value={"reason": "空电"})
    other = police.seal(inspection=inspection, entries=[*lead.part["entries"], moved], definitions=used(packages))
    deliver(client, office, (police, other))
    assert state(other)[0] == "processed"


def test_evidence_that_nobody_proved_is_shown_as_such_and_is_still_to_be_had(
    client: TestClient, tablet: Tablet, police: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages, invited=[mark_of("w")])
    inspection = str(lead.part["inspection"])
    # Said to be the lead's, brought by another, without the lead's signature.
    forged = tablet.entry(inspection, 70, "statement", "driver", {"text": "承认无押运人员"})
    deliver(client, office, (tablet, lead))
    case = next(one for one in Case.select() if "statement" in pieces(one))
    assert set(pieces(case)["statement"]) == {"missing"}
    theirs = police.seal(inspection=inspection, kind="contribution", entries=[forged], joined=["w"])
    deliver(client, office, (police, theirs))
    assert state(theirs) == ("processed", "", "not proven: 1")
    assert set(pieces(case)["statement"]) == {"not_proven"}
    groups = case_files.groups_of(str(case.id))
    assert all("statement" in kinds for kinds in case_proof.missing(str(case.id), groups).values())
    office.store.write_now(lambda: users.add(login="a", name="a", role="supervisor", agency="T", password=PASSWORD))
    page = Browser(office, "a").get(f"/console/cases/{case.id}").text
    assert "未经所称设备签名" in page and "未经证实：无人签名确认" in page
    own = tablet.seal(inspection=inspection, kind="amendment", entries=[forged])
    deliver(client, office, (tablet, own))
    assert set(pieces(case)["statement"]) == {"record"}


def test_a_clerk_who_names_an_entry_that_nobody_proved_adds_no_evidence(
    client: TestClient, tablet: Tablet, police: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages, invited=[mark_of("w")])
    inspection = str(lead.part["inspection"])
    forged = tablet.entry(inspection, 70, "note", "driver", {"text": "x"})
    theirs = police.seal(inspection=inspection, kind="contribution", entries=[forged], joined=["w"])
    deliver(client, office, (tablet, lead), (police, theirs))
    case = next(one for one in Case.select() if "statement" in pieces(one))
    for entry, then in ((forged["id"], "not_proven"), (lead.part["entries"][0]["id"], "office")):
        row = {"case": case.id, "kind": "statement", "entry": entry, "obtained_by": "a", "at": "2026-11-28"}
        office.store.write_now(lambda row=row: CaseEvidence.insert(**row).execute())
        assert set(pieces(case)["statement"]) == {then}


def pieces(case: Case) -> dict[str, list[str]]:
    """The states of each kind of evidence in a case, one for each violation that needs it."""
    held: dict[str, list[str]] = {}
    for board in case_proof.board(str(case.id), case_files.groups_of(str(case.id))).values():
        for one in board:
            held.setdefault(one.kind, []).append(one.state)
    return held
