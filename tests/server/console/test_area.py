"""Somebody of an area meets what belongs to it alone: in lists, search, records, cases, photos, hand-overs, exports."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from checklists import words
from server.accounts import scope_of
from server.config import Config
from server.exporting.jobs import LISTS
from server.exporting.listing import Asked
from server.office import open_office
from server.store import records, site_areas, users
from server.store.models import Case, Record
from tests.server.browser import Browser
from tests.server.scene import PASSWORD, SITES, Stage, play

HERE, THERE = "150624", "150625"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The story's site lies here, the others in the next county; one handler and one supervisor of each."""
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县", stall_seconds=2))
    made = play(office, many=6)
    for site in SITES:
        office.store.write_now(lambda site=site: site_areas.put("sun", site, HERE if site == SITES[0] else THERE))  # type: ignore[misc]
    for role in ("handler", "supervisor"):
        for area in (HERE, THERE, ""):
            told = {"login": f"{role}{area}", "name": role, "role": role, "agency": "T", "area": area}
            office.store.write_now(lambda told=told: users.add(**told, password=PASSWORD))  # type: ignore[misc]
    yield made
    office.close()


def places(digests: set[str]) -> set[str]:
    return {str(one.site) for one in Record.select().where(Record.digest.in_(list(digests)))}


def story(stage: Stage) -> Record:
    held = records.by_digest(stage.digests["story"])
    assert held is not None
    return held


@pytest.mark.parametrize("role", ["handler", "supervisor"])
def test_the_lists_have_what_lies_in_the_area_alone(stage: Stage, role: str) -> None:
    def listed(area: str) -> set[str]:
        page = Browser(stage.office, f"{role}{area}").get("/console/inbox").text
        return set(re.findall(r'class="open" href="/console/records/([0-9a-f]{64})"', page))

    rival = stage.digests["again"]  # not processed, and of a stop that lies here
    assert rival in listed(HERE) and places(listed(HERE) - {rival}) == {SITES[0]}
    assert places(listed(THERE)) == set(SITES[1:])
    assert len(listed("")) > len(listed(HERE) | listed(THERE))  # what waits has no site yet


def cases(page: str) -> set[str]:
    return set(re.findall(r'href="/console/cases/([0-9a-f-]{36})"', page))


@pytest.mark.parametrize("role", ["handler", "supervisor"])
def test_cases_are_listed_found_and_opened_in_the_area_alone(stage: Stage, role: str) -> None:
    held = Case.get(Case.inspection == story(stage).inspection, Case.agency == "T")
    here, there = (Browser(stage.office, f"{role}{area}") for area in (HERE, THERE))
    for address in ("/console/cases?active=all", "/console/search?q=路安危货"):
        assert str(held.id) in cases(here.get(address).text), address
        assert str(held.id) not in cases(there.get(address).text), address
    for address in (f"/console/cases/{held.id}", f"/console/records/{stage.digests['story']}"):
        assert here.get(address).status_code == 200
        assert there.get(address).status_code == 404
    photo = here.get(f"/console/records/{stage.digests['story']}").text.split("/console/photos/")[1][:64]
    assert there.get(f"/console/photos/{photo}").status_code == 404
    number = str(held.number)
    asked = there.client.simulate_get(f"/console/purpose?about={held.inspection}", headers=there._headers())
    assert asked.status_code == 404 and number not in asked.text


@pytest.mark.parametrize("kind", ["cases", "records"])
def test_an_export_has_what_lies_in_the_area_alone(stage: Stage, kind: str) -> None:
    def rows(area: str) -> list[str]:
        say = words.catalogue("zh_CN", "server").gettext
        asked = Asked("x", "handler", "T", scope_of("handler", "T", area), say, {"active": "all"})
        return [" ".join(map(str, one)) for one in LISTS[kind].rows(stage.office.store.read_now, asked)]

    here, there, every = rows(HERE), rows(THERE), rows("")
    assert here and there and not set(here) & set(there)
    assert {*here, *there} < set(every) or (kind == "cases" and {*here, *there} == set(every))
    assert len(here) == LISTS[kind].count(
        Asked("x", "handler", "T", scope_of("handler", "T", HERE), str, {"active": "all"})
    )
