"""Tablets, officers' codes, sites, holidays, the audit log: each page's act, its refusals, what is logged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from checklists.goods import holidays
from checklists.goods.listing import load_tables
from checklists.inspection.officer_code import code_hash
from checklists.wire import uuid7
from server.console.authoring.resources import ACTS as DRAFT_ACTS
from server.exporting.audit_words import ACTIONS, tell
from server.office import Office
from server.publishing import load_registry, publish_all
from server.store import audit, case_law, devices, officer_codes, packages, site_areas, users, waiting_acts
from server.store.models import Case, Device, Package
from server.store.office_models import Audit
from tests.server.browser import Browser
from tests.server.console.admin.staff import bring, logged, opened, secret, send, text
from tests.server.scene import registry, tablet


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("office")) as made:
        load_registry(made, registry())
        publish_all(made)
        tablet(made, "T", "运政平板 03")
        tablet(made, "P", "交警平板 11")
        yield made


def device(agency: str) -> Device:
    return next(one for one in devices.listing() if one.agency == agency)


def test_tablets_are_shown_with_what_they_took_and_a_leader_sees_those_of_his_agency(office: Office) -> None:
    held = device("T")
    office.store.write_now(lambda: devices.took(str(held.id), "reference", "2020.01.01.1"))
    latest = packages.versions()["definitions"]
    office.store.write_now(lambda: devices.took(str(held.id), "definitions", latest))
    page = Browser(office, "lead").get("/console/devices")
    shown = text(page.text)
    assert "运政平板 03" in shown and "交警平板 11" not in shown
    assert "✓ 检查表和法规" in shown and "品名表等 2020.01.01.1" in shown
    assert "交警平板 11" in Browser(office, "system").get("/console/devices").text


def test_a_package_that_a_tablet_fetches_is_noted(office: Office) -> None:
    version, browser = packages.versions()["reference"], Browser(office)
    browser.client.simulate_get(f"/v1/packages/reference@{version}", headers={"Authorization": "Bearer token-P"})
    assert devices.packages_of()[str(device("P").id)] == {"reference": version}


def test_revoking_needs_a_reason_and_ones_own_agency(office: Office) -> None:
    lead, mine, theirs = Browser(office, "lead"), device("T"), device("P")
    refused = send(lead, "/console/devices", act="revoke", device=str(mine.id), why="")
    assert refused.status_code == 422 and "理由" in text(refused.text)
    assert send(lead, "/console/devices", act="revoke", device=str(theirs.id), why="丢失").status_code == 403
    assert send(lead, "/console/devices", act="revoke", device=str(mine.id), why="丢失").status_code == 303
    who, action, detail = logged(f"device:{mine.prefix}")[-1]
    assert (who, action, detail["why"]) == ("lead", "device.revoke", "丢失")
    assert device("P").revoked_at is None


def test_a_code_for_a_tablet_is_shown_once_and_enrols_one(office: Office) -> None:
    lead = Browser(office, "lead")
    refused = send(lead, "/console/devices", act="code", agency="P")
    assert refused.status_code == 422
    code = secret(send(lead, "/console/devices", act="code", agency="T").text)
    devices.check_code(code)
    assert code not in lead.get("/console/devices").text and code not in str([one.detail for one in audit.page()])


def test_publishing_by_a_button_tells_the_tablets(office: Office) -> None:
    Package.delete().where(Package.name == "reference").execute()
    assert send(Browser(office, "lead"), "/console/devices/publish").status_code == 303
    assert "reference" in packages.versions()
    assert logged("packages")[-1][0] == "lead"


def test_a_code_for_a_first_pin_is_bound_shown_once_and_withdrawn(office: Office) -> None:
    lead = Browser(office, "lead")
    wrong = send(lead, "/console/officers", act="new", officer="T-001", hours="9999")
    assert wrong.status_code == 422 and 'value="9999"' in wrong.text
    assert send(lead, "/console/officers", act="new", officer="P-007", hours="24").status_code == 403
    code = secret(send(lead, "/console/officers", act="new", officer="T-001", hours="24").text)
    held = next(one for one in officer_codes.standing() if one.officer == "T-001")
    assert held.code_hash == code_hash("T-001", code) and held.made_by == "lead"
    assert "刘海峰" not in lead.get("/console/officers").text
    assert send(lead, "/console/officers", act="end", officer="T-001").status_code == 303
    assert not [one for one in officer_codes.standing() if one.officer == "T-001"]


def test_a_site_is_placed_and_what_is_no_division_is_shown_again(office: Office) -> None:
    lead = Browser(office, "lead")
    wrong = send(lead, "/console/sites", site="北门", division="15x")
    assert wrong.status_code == 422 and 'value="15x"' in wrong.text
    assert send(lead, "/console/sites", site="北门", division="150624").status_code == 303
    assert site_areas.of(["北门"]) == {"北门": "150624"}
    assert logged("site:北门")[-1] == ("lead", "site.division", {"division": ["", "150624"]})
    assert "北门" in lead.get("/console/sites?text=1506").text
    office.store.write_now(lambda: site_areas.put("sun", "G109 国道卡口", "150624"))
    for written in ("g109国道", "Ｇ１０９", "G109 国道"):
        page = lead.get(f"/console/sites?text={quote(written)}").text
        assert "G109 国道卡口" in page and "北门" not in page, written


def notice() -> str:
    rows = [
        {"day": one["day"], "kind": "rest", "name_zh": one["holiday"], "name_en": "", "source": "国办发明电"}
        for one in load_tables().statutory_days
        if one["day"].startswith("2027")
    ]
    return holidays.write(rows)


def test_a_notice_of_holidays_is_refused_with_all_its_faults_and_then_published_for_office_and_tablets(
    office: Office,
) -> None:
    law = Browser(office, "law")
    wrong = notice().replace("2027-01-01", "2027-1-1").replace("2027-05-01,rest", "2027-05-01,half")
    refused = bring(law, "/console/holidays", "2027.csv", wrong.encode())
    shown = text(refused.text)
    assert refused.status_code == 422 and "“2027-1-1”不是日期" in shown and "“half”既不是rest也不是work" in shown
    assert case_law.holidays_added() == []
    assert bring(law, "/console/holidays", "2027.csv", notice().encode("gb18030")).status_code == 303
    assert "2027-05-01" in law.get("/console/holidays?year=2027").text
    who, action, detail = logged("2027")[-1]
    assert (who, action, detail["days"][0]) == ("law", "holidays.publish", "") and "2027-05-01 rest" in detail["days"][
        1
    ]
    send(law, "/console/devices/publish")
    package = packages.latest("reference")
    assert package is not None and "2027-05-01" in json.dumps(packages.content(package)["holidays"])
    assert bring(Browser(office, "lead"), "/console/holidays", "x.csv", b"").status_code == 403


def test_the_log_is_narrowed_and_read_page_by_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.console.admin.audit_log.PAGE", 3)
    browser = Browser(office, "area")
    first = browser.get("/console/audit?action=user.create")
    assert first.text.count("<tr><td") == 3 and "新建用户" in text(first.text)
    after = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(after)
    assert second.text.count("<tr><td") == 3
    assert not set(_subjects(first.text)) & set(_subjects(second.text))
    assert _subjects(browser.get("/console/audit?who=lead&action=site.").text) == ["site:北门"]
    assert "没有该案号的案件" in text(browser.get("/console/audit?case=none").text)
    assert browser.get("/console/audit?since=2020-01-01&until=2020-01-02").text.count("<tr><td") == 0


def test_the_log_names_who_acted_and_its_file_is_narrowed_as_the_page_is(office: Office) -> None:
    office.store.write_now(lambda: users.change("office", "lead", name="李示例"))
    office.store.write_now(lambda: audit.note(who="T0001", action="site.division", subject="site:x"))
    browser = Browser(office, "area")
    assert "lead 李示例" in text(browser.get("/console/audit?who=lead").text)
    told = {"number": "T-2026-00001", "agency": "T", "party_role": "driver", "party_name": "", "party_key": ""}
    new = {**told, "id": uuid7(), "inspection": uuid7(), "opened_at": "2026-11-28T00:00:00.000Z", "state": "found"}
    case = office.store.write_now(lambda: Case.create(**new))
    office.store.write_now(lambda: audit.note(who="lead", action="view", subject=f"case:{case.id}"))
    assert ">T-2026-00001<" in browser.get("/console/audit?action=view").text
    page = browser.get("/console/audit?action=site.&since=2020-01-01").text
    assert "T0001" in page and 'name="f.since" value="2019-12-31T16:00:00' in page
    assert "f.action" not in browser.get("/console/audit?case=none").text, "no file of everything where nothing fits"


def _subjects(page: str) -> list[str]:
    return [one.split('"')[0] for one in page.split('class="subject" title="')[1:]]


def test_searches_for_people_are_not_shown_to_who_keeps_the_machines(office: Office) -> None:
    Browser(office, "lead").get("/console/search?q=张建国")
    assert "张建国" not in Browser(office, "system").get("/console/audit?action=search").text
    assert "张建国" in Browser(office, "area").get("/console/audit?action=search").text


def test_verifying_says_so_and_a_row_that_was_changed_shows(office: Office) -> None:
    browser = Browser(office, "area")
    assert send(browser, "/console/audit", knows="zz").status_code == 422
    assert send(browser, "/console/audit").status_code == 303
    assert "✓ 逐条相符" in text(browser.get("/console/audit").text)
    assert send(browser, "/console/audit", knows="0" * 64).status_code == 303
    assert "✗ 有不符之处" in text(browser.get("/console/audit").text)
    row = audit.page()[-1]
    office.store.write_now(lambda: audit.Audit.update(who="x").where(audit.Audit.id == row.id).execute())
    send(browser, "/console/audit")
    assert "✗ 有不符之处" in text(browser.get("/console/audit").text)
    assert audit.detail_of(audit.page(audit.Wanted(action="audit.verify"), limit=1)[0])["broken_at"] == row.id


@pytest.mark.parametrize(("role", "seen"), [("system_admin", "来电138*****000"), ("leader", "来电13800138000")])
def test_the_log_hides_the_numbers_of_people_in_what_it_says_too(role: str, seen: str) -> None:
    row = Audit(action="pass.withdraw", subject="pass:T0001-C000001", purpose="", detail='{"why":"来电13800138000"}')
    (told,) = tell(row, role).changes
    assert (told.new, tell(row, role).subject) == (seen, "pass:T0001-C000001")


@pytest.mark.parametrize(("written", "found"), [("t-001", True), ("Ｔ００１", True), ("T002", False), ("None", False)])
def test_an_officer_is_found_however_his_code_is_written(office: Office, written: str, found: bool) -> None:
    page = Browser(office, "lead").get(f"/console/officers?text={quote(written)}").text
    assert ("<b>T-001</b>" in page) is found


def test_every_act_that_is_logged_has_words() -> None:
    sources = "".join(one.read_text(encoding="utf-8") for one in Path("server").rglob("*.py"))
    acts = set(re.findall(r"""action="([a-z_]+(?:\.[a-z_]+)+)\"""", sources))
    acts |= {f"draft.{one}" for one in DRAFT_ACTS} | {f"record_{one}" for one in waiting_acts.ACTS}
    acts |= {f"visit.{one}" for one in ("give", "done")} | {f"promise.{one}" for one in ("write", "settle")}
    assert len(acts) > 50 and not acts - set(ACTIONS)


def test_a_row_tells_rows_within_it_by_their_names_and_not_as_json() -> None:
    detail = {"told": [{"agency": "T", "tablets": 1}, {"agency": "P", "tablets": 2}]}
    row = Audit(action="alert.told", subject="alert:1", who="office", purpose="", detail=json.dumps(detail))
    told = [(one.name, one.old, one.new) for one in tell(row, "supervisor").changes]
    assert told == [("agency", None, "T"), ("tablets", None, "1"), ("agency", None, "P"), ("tablets", None, "2")]
