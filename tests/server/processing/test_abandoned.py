"""A check that was begun by mistake: where nothing was found it rests, else a person looks before a case is opened."""

from __future__ import annotations

from falcon.testing import TestClient

from checklists.findings.outcome import ABANDONED
from checklists.records.record import Sealed
from checklists.wire import uuid7
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import records
from server.store.models import Case, Record
from server.store.waiting_acts import act, possible
from tests.server.cast import Tablet, batch
from tests.server.story import seal_story

DECIDED = {"proposed": "hold", "decided": ABANDONED, "reason": "开错车辆"}


def received(client: TestClient, tablet: Tablet, office: Office, **changes: object) -> Sealed:
    sealed = seal_story(tablet, publish_all(office), **{"outcome": DECIDED, **changes})
    told = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    assert told.status_code == 200
    Worker(office).drain()
    return sealed


def held(sealed: Sealed) -> Record:
    found = records.by_digest(sealed.digest)
    assert found is not None
    return found


def decide(office: Office, name: str, sealed: Sealed) -> None:
    office.store.write_now(lambda: act(name, sealed.digest, "看过了", "leader"))
    Worker(office).drain()


def test_with_findings_it_waits_and_no_case_is_opened(client: TestClient, tablet: Tablet, office: Office) -> None:
    one = held(received(client, tablet, office))
    assert (one.state, one.reason) == ("parked", "abandoned")
    assert not Case.select().exists()
    assert {"release", "rest"} <= set(possible(one))


def test_what_waits_for_something_else_is_not_released(client: TestClient, tablet: Tablet, office: Office) -> None:
    sealed = received(client, tablet, office)
    office.store.write_now(
        lambda: Record.update(reason="definitions_unknown").where(Record.digest == sealed.digest).execute()
    )
    decide(office, "release", sealed)
    assert (held(sealed).state, held(sealed).reason) == ("parked", "definitions_unknown")


def test_a_person_lets_it_rest_and_neither_it_nor_what_follows_opens_a_case(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    sealed = received(client, tablet, office)
    decide(office, "rest", sealed)
    one = held(sealed)
    assert (one.state, one.reason, one.outcome) == ("processed", records.MISTAKEN, ABANDONED)
    late = seal_story(tablet, publish_all(office), kind="contribution", inspection=str(one.inspection), lead="x")
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(late))
    Worker(office).drain()
    assert held(late).state == "processed"
    assert not Case.select().exists()


def test_a_person_who_thinks_otherwise_releases_it_as_a_check_like_any_other(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    sealed = received(client, tablet, office)
    decide(office, "release", sealed)
    assert held(sealed).state == "processed"
    assert Case.select().exists()


def test_where_nothing_was_found_it_rests_by_itself(client: TestClient, tablet: Tablet, office: Office) -> None:
    inspection = uuid7()
    plate = tablet.entry(inspection, 1, "fact", "vehicle.plate", {"data": "蒙K99999", "source": "officer"})
    one = held(received(client, tablet, office, inspection=inspection, entries=[plate], findings=[]))
    assert (one.state, one.outcome) == ("processed", ABANDONED)
    assert not Case.select().exists()


def test_a_stop_order_that_the_officers_knew_of_keeps_it_waiting(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    inspection = uuid7()
    plate = tablet.entry(inspection, 1, "fact", "vehicle.plate", {"data": "蒙K99999", "source": "officer"})
    told = [{"rule": "R20", "case": "stop", "verdict": "conflict"}]
    one = held(received(client, tablet, office, inspection=inspection, entries=[plate], findings=[], results=told))
    assert (one.state, one.reason) == ("parked", "abandoned")


def test_nobody_lets_a_check_rest_that_its_officers_did_not_abandon(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    sealed = received(client, tablet, office, outcome={"proposed": "hold", "decided": "hold", "reason": None})
    assert "rest" not in possible(held(sealed))
    assert not office.store.write_now(lambda: act("rest", sealed.digest, "x", "leader"))
