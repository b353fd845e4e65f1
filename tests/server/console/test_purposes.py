"""For what somebody looks: asked outside his own cases before anything personal is shown, once, and told to the log."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from server.config import Config
from server.office import Office, open_office
from server.store import audit, records, users
from server.store.administration_models import StatedPurpose
from server.store.models import Case
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD, Stage, play

CARRIER = "路安危货"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县", stall_seconds=2))
    made = play(office, many=3)
    for login in ("wang", "zhao"):
        told = {"login": login, "name": login, "role": "handler", "agency": "T", "password": PASSWORD}
        office.store.write_now(lambda told=told: users.add(**told))  # type: ignore[misc]
    yield made
    office.close()


@pytest.fixture(autouse=True)
def unsaid(stage: Stage) -> None:
    stage.office.store.write_now(lambda: StatedPurpose.delete().execute())


def case(stage: Stage, agency: str = "T") -> Case:
    held = records.by_digest(stage.digests["story"])
    assert held is not None
    return Case.get(Case.inspection == held.inspection, Case.agency == agency)


def owned(office: Office, held: Case, login: str) -> None:
    office.store.write_now(lambda: Case.update(owner=login).where(Case.id == held.id).execute())


def shy(stage: Stage, login: str) -> Browser:
    return Browser(stage.office, login, shy=True)


def addresses(stage: Stage) -> list[str]:
    """Every page that names somebody of the story's stop."""
    held, record = case(stage), f"/console/records/{stage.digests['story']}"
    reader = Browser(stage.office, "lead").get(record).text
    photo = reader.split("/console/photos/")[1][:64]
    tail = ("", "/do/accept", "/documents/opening_form", "/documents/opening_form/draft.pdf")
    return [
        record,
        f"{record}/sealed",
        f"/console/photos/{photo}",
        *(f"/console/cases/{held.id}{one}" for one in tail[:2]),
    ]


def test_a_supervisor_is_asked_before_anything_of_the_stop_is_shown_and_only_once(stage: Stage) -> None:
    browser = shy(stage, "area")
    for address in addresses(stage):
        asked = browser.get(address)
        assert asked.status_code == 303 and asked.headers["location"].startswith("/console/purpose?about=")
        assert CARRIER not in asked.text and CARRIER not in browser.get(asked.headers["location"]).text
    gone_on = browser.say_why(asked.headers["location"])
    assert gone_on.headers["location"] == unquote(addresses(stage)[-1])
    for address in addresses(stage):
        assert browser.get(address).status_code in (200, 403), address
    assert CARRIER in browser.get(addresses(stage)[0]).text


def test_nothing_is_chosen_beforehand_and_what_is_missing_is_said_at_once(stage: Stage) -> None:
    browser = shy(stage, "area")
    place = browser.get(addresses(stage)[0]).headers["location"]
    page = browser.get(place).text
    assert "selected" not in page.split('<select name="purpose"')[1].split("</select>")[0]
    refused = browser.say_why(place, purpose="", number="x")
    assert refused.status_code == 422
    assert "请选择查阅用途" in refused.text and "请填写编号" in refused.text and 'value="x"' in refused.text
    assert browser.say_why(place, purpose="case", number="不存在").status_code == 422
    assert browser.say_why(place, purpose="king", number="督〔2026〕3号").status_code == 422
    assert browser.get(addresses(stage)[0]).status_code == 303


def test_ones_own_case_asks_nothing_another_handlers_does(stage: Stage) -> None:
    held = case(stage)
    address = f"/console/cases/{held.id}"
    assert shy(stage, "wang").get(address).status_code == 200  # nobody's: it waits for any handler
    owned(stage.office, held, "wang")
    assert shy(stage, "wang").get(address).status_code == 200
    assert shy(stage, "lead").get(address).status_code == 200
    other = shy(stage, "zhao")
    place = other.get(address).headers["location"]
    assert place.startswith("/console/purpose")
    assert other.say_why(place, purpose="review", number=str(held.number)).status_code == 303
    assert other.get(address).status_code == 200
    owned(stage.office, held, "")


def test_each_view_tells_purpose_and_number(stage: Stage) -> None:
    held, browser = case(stage), shy(stage, "area")
    address = f"/console/cases/{held.id}"
    browser.say_why(browser.get(address).headers["location"], purpose="request", number="信访〔2026〕8号")
    browser.get(address)
    said, view = audit.page(audit.Wanted(who="area"), limit=2)[::-1]
    assert (said.action, said.purpose, audit.detail_of(said)) == ("purpose", "request", {"for": "信访〔2026〕8号"})
    assert (view.subject, view.purpose, audit.detail_of(view)) == (
        f"case:{held.id}",
        "request",
        {"for": "信访〔2026〕8号"},
    )
    Browser(stage.office, "lead").get(address)
    own = audit.page(audit.Wanted(who="lead"), limit=1)[0]
    assert (own.purpose, audit.detail_of(own)) == ("case", {"for": str(held.number)})


def test_what_was_said_last_is_one_click_for_the_next_stop_and_ends_after_twelve_hours(stage: Stage) -> None:
    browser = shy(stage, "area")
    browser.say_why(browser.get(addresses(stage)[0]).headers["location"])
    other = f"/console/records/{stage.digests['alarm']}"
    place = browser.get(other).headers["location"]
    page = browser.get(place).text
    assert "同上次" in page and "督〔2026〕3号" in page
    about = place.split("about=")[1].split("&")[0]
    told = {"csrf": token(page), "again": "1", "about": about, "next": other}
    assert browser.post("/console/purpose", told).headers["location"] == other
    assert browser.get(other).status_code == 200
    old = "2026-01-01T00:00:00.000Z"
    stage.office.store.write_now(lambda: StatedPurpose.update(at=old).execute())
    assert browser.get(other).status_code == 303


def test_a_purpose_cannot_be_said_for_what_is_not_seen(stage: Stage) -> None:
    hidden = records.by_digest(stage.digests["unknown"])
    assert hidden is not None
    police = shy(stage, "police")
    assert police.get(f"/console/purpose?about={hidden.inspection}").status_code == 404
    told = {"csrf": token(police.get("/console/account").text), "about": str(hidden.inspection)}
    assert police.post("/console/purpose", {**told, "purpose": "supervision", "number": "x1"}).status_code == 404


def test_who_decides_about_a_record_that_waits_is_not_asked(stage: Stage) -> None:
    address = f"/console/records/{stage.digests['unknown']}"
    assert shy(stage, "area").get(address).status_code == 200
    assert shy(stage, "wang").get(address).status_code == 303


def test_an_export_that_names_people_asks_and_keeps_the_list_that_was_narrowed(stage: Stage) -> None:
    from server.store.office_models import ExportJob

    browser = shy(stage, "lead")
    csrf = token(browser.get("/console/account").text)
    asked = browser.post("/console/cases/export", {"csrf": csrf, "query": "tier=high&active=all"})
    assert asked.status_code == 200 and 'value="tier=high&amp;active=all"' in asked.text
    told = {"csrf": csrf, "query": "tier=high&active=all", "purpose": "supervision", "number": ""}
    assert browser.post("/console/cases/export", told).status_code == 422
    assert ExportJob.select().count() == 0
    assert browser.post("/console/cases/export", {**told, "number": "督〔2026〕3号"}).status_code == 303
    job = ExportJob.get()
    assert job.purpose == "supervision" and '"for":"督〔2026〕3号"' in job.query and '"tier":"high"' in job.query
