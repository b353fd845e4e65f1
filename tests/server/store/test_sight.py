"""What an area lets somebody see: the site decides, and what lies nowhere known is for those alone who see all."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.wire import uuid7
from server.accounts import Scope, division, scope_of
from server.office import Office
from server.store import audit, case_found, case_lists, reading, site_areas, unsealed
from server.store.case_lists import Wanted
from server.store.models import Device, Record, Unsealed
from tests.server.store.office_cases import furnish, opened

HERE, THERE, NOWHERE = "G109示例县卡口", "S215邻县检查点", "临时检查点"


@pytest.fixture
def places(office: Office) -> dict[str, str]:
    """Three inspections with a case each, at a site of this county, of the next one, and at one that nobody placed."""
    furnish(office)

    def job() -> dict[str, str]:
        site_areas.put("sun", HERE, "150624")
        site_areas.put("sun", THERE, "150625")
        return {site: record(site) for site in (HERE, THERE, NOWHERE)}

    made = office.store.write_now(job)
    for inspection in made.values():
        opened(office, inspection=inspection)
    return made


def record(site: str, **told: Any) -> str:
    inspection = uuid7()
    text = dict.fromkeys(("device", "sealed_at", "received_at", "signature", "receipt"), "x")
    held = {"part": uuid7(), "digest": uuid7(), "kind": "inspection", "format": 1, "device_seq": 1}
    Record.create(**text, **held, inspection=inspection, state="processed", site=site, agencies="|T|", **told)
    return inspection


SEEN = [("", {HERE, THERE, NOWHERE}), ("15", {HERE, THERE}), ("1506", {HERE, THERE}), ("150624", {HERE}), ("16", set())]


@pytest.mark.parametrize(("area", "sites"), SEEN)
@pytest.mark.parametrize("agencies", [None, frozenset({"T"})])
def test_records_and_cases_of_the_area_alone_are_listed_counted_and_opened(
    office: Office, places: dict[str, str], area: str, sites: set[str], agencies: frozenset[str] | None
) -> None:
    scope = Scope(agencies, area)
    wanted = {places[site] for site in sites}
    assert {str(one.inspection) for one in reading.page(scope, reading.Wanted()).rows} == wanted
    cases = case_lists.page(scope, Wanted()).rows
    assert {str(one.inspection) for one in cases} == wanted
    assert case_lists.count(scope, Wanted()) == reading.counts(scope).cases == len(wanted)
    every = case_lists.page(Scope(None), Wanted()).rows
    assert {str(one.inspection) for one in every if reading.case(scope, str(one.id))} == wanted


def test_another_agency_of_the_area_still_sees_nothing(office: Office, places: dict[str, str]) -> None:
    scope = scope_of("handler", "P", "150624")
    assert reading.page(scope, reading.Wanted()).rows == [] and case_lists.count(scope, Wanted()) == 0


def test_a_search_finds_the_cases_of_the_area_alone(office: Office, places: dict[str, str]) -> None:
    scopes = (Scope(frozenset({"T"}), area) for area in ("", "1506", "150624", "16"))
    found = [len(case_found.find(scope, "顺达").refs("case")) for scope in scopes]
    assert found == [3, 2, 1, 0]


def test_a_site_that_is_placed_later_is_seen_from_then_on(office: Office, places: dict[str, str]) -> None:
    scope = Scope(frozenset({"T"}), "150624")
    office.store.write_now(lambda: site_areas.put("sun", NOWHERE, "150624"))
    assert len(reading.page(scope, reading.Wanted()).rows) == 2
    office.store.write_now(lambda: site_areas.put("sun", NOWHERE, ""))
    assert len(reading.page(scope, reading.Wanted()).rows) == 1
    told = [audit.detail_of(one)["division"] for one in audit.page() if one.subject == f"site:{NOWHERE}"]
    assert told == [["150624", ""], ["", "150624"]]


def test_sites_without_a_division_are_listed_first(office: Office, places: dict[str, str]) -> None:
    assert [(one.name, one.division, one.records) for one in site_areas.listing()] == [
        (NOWHERE, "", 1),
        (HERE, "150624", 1),
        (THERE, "150625", 1),
    ]


def test_unsealed_files_follow_the_inspection(office: Office, places: dict[str, str]) -> None:
    def job() -> None:
        text = dict.fromkeys(("name", "prefix", "public_key", "certificate", "token_hash", "app", "enrolled_at"), "x")
        Device.create(id="d", agency="T", **text)
        told = {"device": "d", "digest": "x", "bytes": 1, "received_at": "x", "brought_by": ""}
        Unsealed.create(inspection=places[HERE], name="a", **told)
        Unsealed.create(inspection=uuid7(), name="b", **told)

    office.store.write_now(job)
    assert [unsealed.count(Scope(frozenset({"T"}), area)) for area in ("", "150624", "150625")] == [
        (2, 0),
        (1, 0),
        (0, 0),
    ]
    assert unsealed.one(Scope(None, "150624"), 1) is not None and unsealed.one(Scope(None, "150624"), 2) is None


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("150624", "150624"), ("150600", "1506"), ("150000", "15"), ("1500", "15"), ("15", "15"), ("", ""),
        ("419001", "419001"), ("150624000", "150624"), ("150624001000", "150624001"), ("150624000000", "150624"),
        ("150600000000", "1506"), (" 150624 ", "150624"),
    ],
)  # fmt: skip
def test_the_zeros_of_a_division_mean_all_of_it(code: str, prefix: str) -> None:
    assert division(code) == prefix
