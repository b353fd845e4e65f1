"""Who was not at an inspection reads nothing of it, and whose it is not does not hold up its seal."""

from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.crypto import sign_mapping
from checklists.inspection.entries import Entry, merge
from checklists.records.belonging import mark_of, new_inspection
from checklists.records.record import Sealed
from checklists.wire import canonical, digest, from_plain, to_plain
from server.accounts import Scope
from server.office import Office
from server.processing import belief
from server.processing.worker import Worker
from server.publishing import load_registry, publish_all
from server.store import conflicts, devices, reading, records, users
from server.store.models import Case, Package
from server.store.waiting_acts import act, possible
from tests.server.browser import Browser, token
from tests.server.cast import REGISTRY, Tablet, batch
from tests.server.scene import PASSWORD
from tests.server.story import seal_story, used


@pytest.fixture
def packages(office: Office) -> list[Package]:
    load_registry(office, [one for one in REGISTRY if one["kind"] == "officer"])
    return publish_all(office)


@pytest.fixture
def stranger(client: TestClient, office: Office) -> Tablet:
    """A tablet of another agency."""
    code = office.store.write_now(lambda: devices.new_code("M", 1))
    made = Tablet()
    made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
    return made


def deliver(client: TestClient, office: Office, *told: tuple[Tablet, Sealed]) -> list[str]:
    """Send each and let it be processed, and return what the office answered."""
    answers = []
    for sender, part in told:
        taken = client.simulate_post("/v1/records", headers=sender.bearer, body=batch(part))
        answers.append(taken.json["results"][0]["status"])
        Worker(office).drain()
    return answers


def state(part: Sealed) -> tuple[str, str]:
    held = records.by_digest(part.digest)
    assert held is not None
    return held.state, held.reason


def sees(agency: str, inspection: str) -> bool:
    return reading.whole(Scope(frozenset({agency})), inspection)


def answer(browser: Browser, address: str) -> None:
    """Say that its tablet was there."""
    browser.post(f"{address}/do/accept", {"csrf": token(browser.get(address).text), "why": "in person"})


def said(tablet: Tablet, inspection: str, seq: int, **changes: Any) -> dict[str, Any]:
    told = tablet.entry(inspection, seq, "answer", "EQP-14", {"result": "does_not_conform"})
    return {**told, "officer": "M-009", "agency": "M", **changes}


@pytest.mark.parametrize("kind", ["contribution", "amendment"])
@pytest.mark.parametrize("late", [True, False])
def test_what_a_stranger_adds_waits_and_shows_him_nothing(
    client: TestClient,
    tablet: Tablet,
    stranger: Tablet,
    office: Office,
    packages: list[Package],
    kind: str,
    late: bool,
) -> None:
    lead = seal_story(tablet, packages)
    inspection = str(lead.part["inspection"])
    finding = {**lead.part["findings"][0], "agency": "M", "violation": "CN-LIC-02", "severity": "I"}
    theirs = stranger.seal(
        inspection=inspection, kind=kind, entries=[said(stranger, inspection, 60)], findings=[finding]
    )
    told = [(tablet, lead), (stranger, theirs)]
    deliver(client, office, *(told if late else reversed(told)))
    assert state(lead) == ("processed", "")
    assert state(theirs) == ("parked", "not_named")
    assert not sees("M", inspection) and sees("T", inspection)
    assert not Case.select().where(Case.agency == "M").count()
    assert reading.record(Scope(frozenset({"T"})), theirs.digest) is not None


def test_what_counted_before_names_were_asked_for_goes_on_counting(
    client: TestClient,
    tablet: Tablet,
    stranger: Tablet,
    office: Office,
    packages: list[Package],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead = seal_story(tablet, packages)
    inspection = str(lead.part["inspection"])
    theirs = stranger.seal(inspection=inspection, kind="contribution", entries=[said(stranger, inspection, 60)])
    with monkeypatch.context() as before:
        before.setattr(belief, "strangers_in", lambda *_told: {})
        deliver(client, office, (tablet, lead), (stranger, theirs))
    deliver(client, office, (tablet, tablet.seal(inspection=inspection, kind="amendment")))
    assert state(theirs) == ("processed", "")
    assert sees("M", inspection)


def test_a_person_of_the_leading_agency_says_that_a_colleague_was_there(
    client: TestClient, tablet: Tablet, stranger: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages)
    inspection = str(lead.part["inspection"])
    theirs = stranger.seal(inspection=inspection, kind="contribution", entries=[said(stranger, inspection, 60)])
    deliver(client, office, (tablet, lead), (stranger, theirs))
    for agency in "MT":
        held = {"login": agency, "name": agency, "role": "leader", "agency": agency, "password": PASSWORD}
        office.store.write_now(lambda held=held: users.add(**held))
    address = f"/console/records/{theirs.digest}"
    own = Browser(office, "M")
    assert "do/accept" not in own.get(address).text
    answer(own, address)
    assert state(theirs) == ("parked", "not_named")
    page = Browser(office, "T")
    assert "do/accept" in page.get(address).text
    answer(page, address)
    Worker(office).drain()
    assert state(theirs) == ("processed", "accepted")
    assert sees("M", inspection)
    after = stranger.seal(inspection=inspection, kind="amendment", entries=[said(stranger, inspection, 61)])
    deliver(client, office, (stranger, after))
    assert state(after) == ("processed", "")


def test_a_doubted_clock_that_was_seen_names_nobody(
    client: TestClient, tablet: Tablet, stranger: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages)
    inspection = str(lead.part["inspection"])
    old = "2020-01-01T00:00:00.000Z"
    theirs = stranger.seal(inspection=inspection, kind="contribution", opened_at=old)
    deliver(client, office, (tablet, lead), (stranger, theirs))
    assert state(theirs) == ("parked", "clock_off")
    office.store.write_now(lambda: act("release", theirs.digest, "seen", "x"))
    Worker(office).drain()
    assert state(theirs) == ("parked", "not_named")


def test_who_read_the_code_and_never_reached_the_lead_is_no_stranger(
    client: TestClient, tablet: Tablet, stranger: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages, invited=[mark_of("word")])
    inspection = str(lead.part["inspection"])
    told = {"inspection": inspection, "kind": "contribution", "entries": [said(stranger, inspection, 60)]}
    theirs = stranger.seal(**told, joined=["word"])
    deliver(client, office, (stranger, theirs), (tablet, lead))
    assert state(theirs) == ("processed", "")
    assert sees("M", inspection)


def test_who_has_a_case_of_it_is_no_stranger(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    lead = seal_story(tablet, packages)
    deliver(client, office, (tablet, lead))
    agency = next(str(one.agency) for one in Case.select() if one.agency != "T")
    code, other = office.store.write_now(lambda: devices.new_code(agency, 1)), Tablet()
    other.enrolled = client.simulate_post("/v1/devices", json=other.ask(code)).json
    answer = other.seal(inspection=lead.part["inspection"], kind="amendment")
    deliver(client, office, (other, answer))
    assert state(answer) == ("processed", "")


@pytest.mark.parametrize("kind", ["inspection", "shift"])
def test_who_seals_an_id_of_another_first_does_not_hold_up_its_seal(
    client: TestClient, tablet: Tablet, stranger: Tablet, office: Office, packages: list[Package], kind: str
) -> None:
    inspection = new_inspection(tablet.key.public)
    more: dict[str, Any] = {"first_seq": 1, "parts": [], "counts": {}} if kind == "shift" else {}
    hasty = stranger.seal(inspection=inspection, kind=kind, entries=[said(stranger, inspection, 1)], **more)
    lead = seal_story(tablet, packages, inspection=inspection)
    assert deliver(client, office, (stranger, hasty), (tablet, lead)) == ["accepted", "accepted"]
    assert state(hasty) == ("parked", "seal_unproven")
    assert state(lead) == ("processed", "")
    assert Case.select().count() > 0 and not sees("M", inspection)
    office.store.write_now(lambda: act("release", hasty.digest, "x", "x"))
    Worker(office).drain()
    assert kind == "shift" or state(hasty) == ("conflict", "sealed_twice")
    assert not sees("M", inspection)


def signed_word(tablet: Tablet, entries: list[dict[str, Any]], inspection: str) -> dict[str, Any]:
    own = [to_plain(one) for one in merge(from_plain(Entry, one) for one in entries)]
    told = {"inspection": inspection, "device": tablet.enrolled["device"], "count": len(own)}
    return sign_mapping(
        tablet.key, {**told, "digest": digest(canonical(own)), "certificate": tablet.enrolled["certificate"]}
    )


def test_who_took_over_by_the_word_of_who_opened_it_may_seal_and_a_person_decides_between_two(
    client: TestClient, tablet: Tablet, stranger: Tablet, office: Office, packages: list[Package]
) -> None:
    inspection = new_inspection(tablet.key.public)
    lead = seal_story(tablet, packages, inspection=inspection)
    moved = said(stranger, inspection, 60, kind="takeover", item="lead", value={"reason": "battery"})
    told = {"inspection": inspection, "entries": [*lead.part["entries"], moved], "definitions": used(packages)}
    bare = stranger.seal(**told)
    other = stranger.seal(**told, statements=[signed_word(tablet, lead.part["entries"], inspection)])
    deliver(client, office, (stranger, bare), (stranger, other))
    assert (state(bare), state(other)) == (("parked", "seal_unproven"), ("processed", ""))
    deliver(client, office, (tablet, lead))
    assert state(lead) == ("conflict", "sealed_twice")
    office.store.write_now(lambda: conflicts.settle(lead.digest, "it was not handed over"))
    Worker(office).drain()
    assert (state(lead), state(other)) == (("processed", ""), ("conflict", "sealed_twice"))


def test_a_second_seal_of_who_opened_it_is_a_conflict_at_once(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    inspection = new_inspection(tablet.key.public)
    first, second = (seal_story(tablet, packages, inspection=inspection) for _ in range(2))
    assert deliver(client, office, (tablet, first), (tablet, second)) == ["accepted", "conflict"]
    held = records.by_digest(second.digest)
    assert held is not None and "settle" in possible(held)
