"""Somebody of an area meets what belongs to it alone: in lists, search, records, cases, photos, hand-overs, exports."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from checklists import words
from server import clock
from server.accounts import scope_of
from server.cases.casefile import Actor
from server.cases.ends import day_text
from server.config import Config
from server.exporting.jobs import LISTS
from server.exporting.listing import Asked
from server.office import open_office
from server.store import case_apply, records, site_areas, users
from server.store.case_apply import Applied
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
    for role, agency in (("handler", "T"), ("supervisor", "T"), ("reviewer", "P")):
        for area in (HERE, THERE, ""):
            told = {"login": f"{role}{area}", "name": role, "role": role, "agency": agency, "area": area}
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


@pytest.fixture(scope="module")
def handed(stage: Stage) -> dict[str, str]:
    """The number of a case of each area that the transport agency handed to the police."""
    return {area: _hand_over(stage, area) for area in (HERE, THERE)}


def _hand_over(stage: Stage, area: str) -> str:
    stops = Record.select(Record.inspection).where(Record.site.in_(site_areas.within(area)))
    ours = (Case.keeper == "T", Case.agency == "T", Case.state == "found")
    case = Case.select().where(*ours, Case.inspection.in_(stops)).order_by(Case.id).first()
    steps = [("document_issued", {"kind": kind}) for kind in ("handover_letter", "handover_list")]
    sent = {"to": "P", "sent_at": day_text(clock.now()), "proof_reason": "试用"}
    for event, data in (("accept", {}), *steps, ("hand_over", sent)):
        told = (str(case.id), event, data, Actor("handler", "x", "handler", "T"))
        done = stage.office.store.write_now(lambda told=told: case_apply.apply_event(*told))  # type: ignore[misc]
        assert isinstance(done, Applied), done
    return str(case.number)


@pytest.mark.parametrize(("login", "side"), [("handler", 1), ("supervisor", 1), ("reviewer", 2)])
def test_hand_overs_are_shown_on_either_side_in_the_area_alone(
    stage: Stage, handed: dict[str, str], login: str, side: int
) -> None:
    def shown(area: str) -> tuple[set[str], str]:
        page = Browser(stage.office, f"{login}{area}").get("/console/handovers").text
        column = page.split('class="card side"')[side]
        count = re.search(r"<h2>[^<]*<b>(\d+)</b>", column)
        return {number for number in handed.values() if number in column}, count[1] if count else ""

    assert [shown(area) for area in (HERE, THERE, "")] == [
        ({handed[HERE]}, "1"),
        ({handed[THERE]}, "1"),
        (set(handed.values()), "2"),
    ]


@pytest.mark.parametrize("role", ["handler", "supervisor"])
def test_a_hand_over_is_taken_out_and_opened_in_the_area_alone(stage: Stage, handed: dict[str, str], role: str) -> None:
    for area, other in ((HERE, THERE), (THERE, HERE)):
        say = words.catalogue("zh_CN", "server").gettext
        asked = Asked("x", role, "T", scope_of(role, "T", area), say, {})
        rows = [" ".join(map(str, one)) for one in LISTS["handovers"].rows(stage.office.store.read_now, asked)]
        assert len(rows) == LISTS["handovers"].count(asked) == 1 and handed[area] in rows[0]
        case = Case.get(Case.number == handed[area])
        assert Browser(stage.office, f"{role}{area}").get(f"/console/cases/{case.id}").status_code == 200
        assert Browser(stage.office, f"{role}{other}").get(f"/console/cases/{case.id}").status_code == 404


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
