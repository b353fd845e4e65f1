"""A check that one post sealed is what the next one hears of, and what becomes of it after."""

from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.records.check_history import check_of
from checklists.wire import uuid7
from server.office import Office
from server.processing.worker import Worker
from server.publishing import load_registry, publish_all
from server.store import devices, feed_history, feed_pages, records, site_areas
from server.store.feed import REST
from server.store.feed_pages import Sight
from server.store.models import Case, Package, Record
from tests.server.cast import CARRIER, Tablet, batch
from tests.server.feed.reader import Reader
from tests.server.store.office_cases import do, furnish, opened
from tests.server.story import FACTS, PLATE, TRAILER, entries, seal_story

SITE = "G109 示例县卡口"


@pytest.fixture
def packages(office: Office) -> list[Package]:
    return publish_all(office)


@pytest.fixture
def reader(client: TestClient, tablet: Tablet, office: Office) -> Reader:
    return Reader(client, tablet, office.key.public)


def deliver(client: TestClient, tablet: Tablet, office: Office, *parts: Any) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*parts))
    Worker(office).drain()


def test_a_sealed_check_is_told_with_what_was_found_and_of_whom(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], reader: Reader
) -> None:
    part = seal_story(tablet, packages, site=SITE, outcome={"proposed": "hold", "decided": "hold", "reason": None})
    reader.catch_up()
    deliver(client, tablet, office, part)
    told = reader.catch_up()
    assert {one["kind"] for one in told} == {"case", "feed", "history"}
    [held] = reader.of("history").values()
    assert (held["plate"], held["outcome"], held["severity"], held["digest"]) == (PLATE, "hold", "I", part.digest)
    assert held["about"] == {
        "vehicle": f"{PLATE}|yellow",
        "trailer": TRAILER,
        "carrier": CARRIER["uscc"],
        "driver": "15060019800101001X",
    }
    assert "CN-LIC-05b" in held["violations"] and held["label"] == "T0001"
    assert {one["state"] for one in reader.of("case").values()} == {"found"}


def test_a_clean_check_is_told_too(office: Office, tablet: Tablet, reader: Reader) -> None:
    def check() -> None:
        told = {"kind": "inspection", "format": 1, "device_seq": 1, "signature": "", "receipt": ""}
        at = "2026-11-28T08:00:00.000Z"
        Record.create(
            **told, digest="d", part="p", inspection="i", device=tablet.enrolled["device"], sealed_at=at,
            received_at=at, processed_at=at, state="processed", plate=PLATE, outcome="release", severity="",
            inspected_at=at,
        )  # fmt: skip
        feed_history.tell(["i"])

    office.store.write_now(check)
    reader.catch_up()
    held = reader.of("history")["i"]
    assert (held["plate"], held["outcome"], held["severity"], held["violations"]) == (PLATE, "release", "", [])


def test_what_nobody_could_verify_is_told_until_it_is_verified(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], reader: Reader
) -> None:
    from checklists.inspection.correction import correcting

    inspection = uuid7()
    said = entries(tablet, inspection, FACTS)
    left = tablet.entry(inspection, 70, "answer", "LIC-13", {"result": "not_verified", "why": "not_shown"})
    part = seal_story(tablet, packages, inspection=inspection, site=SITE, entries=[*said, left])
    deliver(client, tablet, office, part)
    reader.catch_up()
    assert reader.of("history")[inspection]["unverified"] == ["LIC-13"]
    assert check_of(part.part, part.digest)["unverified"] == ["LIC-13"]
    value = correcting("answer", "not_verified", "conforms", "事后出示")
    entry = {**tablet.entry(inspection, 71, "answer", "LIC-13", value), "withdraws": left["id"]}
    told = {"kind": "amendment", "amends": part.digest, "inspection": inspection, "entries": [entry]}
    more = {"opened_at": part.part["opened_at"], "definitions": part.part["definitions"], "outcome": None}
    amendment = tablet.seal(**told, **more)
    deliver(client, tablet, office, amendment)
    reader.catch_up()
    assert reader.of("history")[inspection]["unverified"] == []
    assert check_of(part.part, part.digest, [amendment.part])["unverified"] == []


def test_of_a_check_that_was_computed_before_nothing_is_said_of_it(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], reader: Reader
) -> None:
    part = seal_story(tablet, packages, site=SITE)
    deliver(client, tablet, office, part)

    def as_before() -> None:
        Record.update(unverified=None).execute()
        feed_history.tell([str(part.part["inspection"])])

    office.store.write_now(as_before)
    reader.catch_up()
    [held] = reader.of("history").values()
    assert "unverified" not in held


def test_processing_again_tells_nothing_again_and_a_check_that_lost_is_taken_back(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], reader: Reader
) -> None:
    part = seal_story(tablet, packages)
    deliver(client, tablet, office, part)
    reader.catch_up()
    office.store.write_now(lambda: Record.update(state="conflict").execute())
    office.store.write_now(lambda: feed_history.tell([str(part.part["inspection"])]))
    assert [one["gone"] for one in reader.catch_up()] == [True]
    office.store.write_now(lambda: Record.update(state="received", reason="released").execute())
    Worker(office).drain()
    reader.catch_up()
    assert list(reader.of("history")) == [part.part["inspection"]]
    assert records.by_digest(part.digest) is not None


def test_where_a_site_lies_says_whose_tablets_hear_of_it(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    deliver(client, tablet, office, seal_story(tablet, packages, site=SITE))

    def seen(area: str) -> int:
        lines = feed_pages.after(Sight("X", area), REST, 0, 1000)
        return sum('"kind":"history"' in line and '"gone"' not in line for _place, line in lines)

    assert (seen(""), seen("150624")) == (1, 0)
    office.store.write_now(lambda: site_areas.put("lead", SITE, "150624"))
    assert (seen(""), seen("150624"), seen("1506"), seen("150625")) == (1, 1, 1, 0)
    load_registry(
        office,
        [{"kind": "site", "key": SITE, "as_of": "2026-11-29", "data": {"road": "G109", "division": "150625"}}],
    )
    assert (seen("150624"), seen("150625")) == (0, 1)


def test_a_case_that_moves_is_told_to_its_agencies(office: Office) -> None:
    furnish(office)
    [case] = opened(office)

    def states(agency: str) -> list[str]:
        lines = [line for _place, line in feed_pages.after(Sight(agency), REST, 0, 1000) if '"kind":"case"' in line]
        return [line.partition('"state":"')[2].partition('"')[0] for line in lines]

    assert (states("T"), states("P")) == (["found"], [])
    do(office, case, "accept")
    assert states("T") == [str(Case.get_by_id(case.id).state)] != ["found"]


def test_an_act_of_a_revoked_tablet_is_known_by_its_label(office: Office, tablet: Tablet, reader: Reader) -> None:
    other = Tablet()
    code = office.store.write_now(lambda: devices.new_code("P", 24))
    other.enrolled = reader.client.simulate_post("/v1/devices", json=other.ask(code)).json
    office.store.write_now(lambda: devices.revoke("T0002"))
    reader.catch_up()
    assert reader.of("revoked") == {other.enrolled["device"]: {"label": "T0002"}}
