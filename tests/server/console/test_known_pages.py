"""Carriers by tier, the formula, and 360° pages: figures that are lists, links that may be opened, purposes asked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

from server.accounts import Scope
from server.exporting import jobs
from server.office import Office
from server.processing.tier_upkeep import TierUpkeep
from server.store import known, known_lists, registry, site_areas, stop_orders, users
from server.store.known_lists import LISTS
from server.store.office_models import Audit
from server.store.tier_models import CarrierTier
from tests.server.browser import Browser, token
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import actor, furnish, opened
from tests.server.store.road import ABOUT, DRIVER, USCC, check, grave

VEHICLE = quote("蒙K12345|yellow", safe="")
ALL = Scope(None)


@pytest.fixture
def road(office: Office) -> Iterator[Office]:
    """Two grave checks of a carrier, a case of one, a stop order against its tank; people of two agencies."""
    furnish(office)
    check(office, "i-1", grave(), days=10)
    check(office, "i-2", grave(), days=2)
    opened(office, grave(), inspection="i-2")
    order = {"number": "停 7", "authority": "示例县", "on": "tank", "key": ABOUT["tank"], "text": "罐体停用"}
    office.store.write_now(lambda: stop_orders.issue(actor("lead"), **order))
    office.store.write_now(_furnish)
    while TierUpkeep(office).once():
        pass
    yield office


def _furnish() -> None:
    people = (("boss", "leader", "T"), ("desk", "handler", "T"), ("mkt", "handler", "M"), ("root", "system_admin", "T"))
    for login, role, agency in people:
        users.create("admin", login=login, name=login, role=role, agency=agency, password=PASSWORD)
    data = {"name": "张三", "id_number": DRIVER, "qualification": {"number": DRIVER, "valid_until": "2020-01-01"}}
    registry.put([{"kind": "person", "key": DRIVER, "data": data, "as_of": "2026-11-01T00:00:00.000Z"}])


def stated(browser: Browser, about: str) -> None:
    """Say for what one looks, as the page asks."""
    shown = browser.get("/console/account").text
    told = {"csrf": token(shown), "about": about, "purpose": "supervision", "number": "示督〔2026〕3号"}
    assert browser.post("/console/purpose", told).status_code == 303


def test_carriers_stand_by_level_with_their_gravest_reason_and_every_page_leads_on(road: Office) -> None:
    browser = Browser(road, "desk")
    page = browser.get("/console/tiers").text
    assert "示例县顺达危货运输有限公司" in page and "2 次不合格" in page and f"/console/carriers/{USCC}" in page
    assert "没有符合条件" in browser.get("/console/tiers?text=nobody").text
    assert "情况不明不等于没有问题" in browser.get("/console/tiers?level=unknown").text
    formula = browser.get("/console/tiers/formula").text
    assert "本单位自定" in formula and "待核" in formula and "GB/T 2828.1" in formula


def test_each_reason_of_a_carrier_is_a_link_for_whoever_may_open_it(road: Office) -> None:
    mine, foreign = (Browser(road, login).get(f"/console/carriers/{USCC}").text for login in ("desk", "mkt"))
    reasons = re.findall(r'href="(/console/records/\w+)">检查 蒙K12345', mine)
    assert len(reasons) == 2
    assert "检查 蒙K12345" in foreign and "您无权打开" in foreign and "/console/records/" not in foreign


@pytest.mark.parametrize("kind", known.KINDS)
def test_a_figure_is_the_length_of_its_list(road: Office, kind: str) -> None:
    number = {"carrier": USCC, "vehicle": "蒙K12345|yellow", "person": DRIVER, "tank": ABOUT["tank"]}[kind]
    one = road.store.read_now(known.by_number, kind, number)
    assert one is not None
    for scope in (ALL, Scope(frozenset({"T"})), Scope(frozenset({"M"})), Scope(frozenset({"T"}), "1506")):
        counts = road.store.read_now(known_lists.figures, one, scope)
        for name in LISTS:
            rows, after = [], None
            while True:
                page = road.store.read_now(known_lists.page, one, scope, name, after, 1)
                rows, after = [*rows, *page.rows], page.after
                if after is None:
                    break
            assert len(rows) == counts[name], (name, scope)
    expected = {"carrier": (2, 2, 1, 0), "vehicle": (2, 2, 1, 0), "person": (2, 2, 0, 0), "tank": (2, 2, 1, 1)}[kind]
    counts = road.store.read_now(known_lists.figures, one, ALL)
    assert (counts["checks"], counts["findings"], counts["cases"], counts["orders"]) == expected


def test_another_agency_and_another_area_see_no_check_of_it(road: Office) -> None:
    one = road.store.read_now(known.by_number, "carrier", USCC)
    market, here = Scope(frozenset({"M"})), Scope(frozenset({"T"}), "1506")
    assert one is not None and road.store.read_now(known_lists.figures, one, market)["checks"] == 0
    assert road.store.read_now(known_lists.figures, one, here)["checks"] == 0, "nobody has said where the site lies"
    road.store.write_now(lambda: site_areas.put("boss", "G109 示例县卡口", "150624"))
    assert road.store.read_now(known_lists.figures, one, here)["checks"] == 2


def test_of_a_vehicle_and_a_person_a_purpose_is_asked_and_no_number_stands_in_address_or_page(road: Office) -> None:
    browser = Browser(road, "desk", shy=True)
    one = road.store.read_now(known.by_number, "person", DRIVER)
    assert one is not None
    address = f"/console/people/{one.sign}"
    for asked in (address, f"/console/vehicles/{VEHICLE}"):
        assert browser.get(asked).headers["location"].startswith("/console/purpose?about=")
    asking = browser.get(f"/console/purpose?about=person:{one.sign}&next={address}").text
    assert DRIVER not in asking and "150" in asking
    stated(browser, f"person:{one.sign}")
    page = browser.get(address).text
    assert DRIVER not in page and "150************01X" in page and "张三" in page
    assert "已过期" in page, "the qualification ended"
    views = [(str(row.subject), str(row.purpose)) for row in Audit.select().where(Audit.action == "view")]
    assert views == [(f"person:{one.sign}", "supervision")]
    assert browser.get(f"/console/vehicles/{VEHICLE}").status_code == 303, "said of one is not said of another"


def test_a_number_is_found_without_standing_in_an_address(road: Office) -> None:
    browser = Browser(road, "desk", shy=True)

    def find(kind: str, number: str):
        shown = browser.get("/console/known").text
        return browser.post("/console/known", {"csrf": token(shown), "kind": kind, "number": number})

    assert find("carrier", "9115 0000MA0EXAMPLE").headers["location"] == f"/console/carriers/{USCC}"
    assert find("tank", "gt-2026-0088").headers["location"] == "/console/tanks/GT20260088"
    assert re.fullmatch(r"/console/people/[0-9a-f]{32}", find("person", DRIVER).headers["location"])
    missing = find("person", "150624199001010011")
    assert missing.status_code == 404 and "未在此检查过" in missing.text
    assert find("postman", "x").status_code == 400


def test_every_list_of_every_page_is_drawn_in_both_languages(road: Office) -> None:
    browser = Browser(road, "boss", shy=True)
    stated(browser, "vehicle:蒙K12345|yellow")
    pages = (f"/console/carriers/{USCC}", f"/console/vehicles/{VEHICLE}", "/console/tanks/GT20260088")
    for address in pages:
        for name in LISTS:
            for lang in ("zh_CN", "en"):
                shown = browser.get(f"{address}?list={name}&lang={lang}")
                assert shown.status_code == 200 and "<section" in shown.text, (address, name)
    assert "罐体停用" in browser.get("/console/tanks/GT20260088?list=orders").text
    assert "/console/cases/" in browser.get(f"/console/carriers/{USCC}?list=cases").text


@pytest.mark.parametrize(
    "address",
    ["/console/carriers/91150000MA0NOBODYX", "/console/people/none", "/console/tanks/a%20b", "/console/vehicles/x"],
)
def test_what_nobody_knows_has_no_page(road: Office, address: str) -> None:
    assert Browser(road, "boss", shy=True).get(address).status_code == 404


def hand(browser: Browser, **fields: str):
    shown = browser.get("/console/account").text
    return browser.post("/console/tiers/hand", {"csrf": token(shown), "key": USCC, **fields})


def test_a_leader_sets_a_level_with_reason_and_end_and_others_do_not(road: Office) -> None:
    page = Browser(road, "boss").get(f"/console/carriers/{USCC}").text
    longest = re.search(r'max="(\d{4}-\d\d-\d\d)"', page)
    assert (
        longest is not None
        and 'action="/console/tiers/hand"' not in Browser(road, "desk").get(f"/console/carriers/{USCC}").text
    )
    told = {"level": "normal", "until": longest[1], "reason": "<b>已约谈</b>"}
    assert hand(Browser(road, "desk"), **told).status_code == 403
    assert hand(Browser(road, "boss"), **told).headers["location"] == f"/console/carriers/{USCC}?said=tier_set"
    page = Browser(road, "desk").get(f"/console/carriers/{USCC}").text
    assert "&lt;b&gt;已约谈" in page and "按办法计算为" in page and "<b>已约谈" not in page
    assert CarrierTier.get_by_id(USCC).level == "normal"
    assert hand(Browser(road, "boss"), end="1", reason="已复查").status_code == 303
    assert CarrierTier.get_by_id(USCC).level == "tightened"


def test_what_is_no_hand_is_said_on_the_page(road: Office) -> None:
    browser = Browser(road, "boss")
    refused = hand(browser, level="normal", until="soon", reason="理由").headers["location"]
    assert refused == f"/console/carriers/{USCC}?fault=hand_until#tier"
    assert "请填写截止日期" in browser.get(refused.partition("#")[0]).text
    assert hand(browser, level="normal", until="2026-12-01", reason="理由", key="nobody").status_code == 404


def sheet(office: Office, kind: str, query: dict[str, str], folder: Path) -> list[list[object]]:
    """The rows of a file that is asked for as its page stands, without the head."""
    user = users.by_login("desk")
    assert user is not None
    path = folder / f"{kind}.xlsx"
    jobs.make_list(office, kind, jobs.asked_of(user, query), path, "", lambda _done, _total: None)
    with CalamineWorkbook.from_path(str(path)) as book:
        return list(book.get_sheet_by_index(0).to_python())[1:]


def test_the_file_of_carriers_has_the_rows_of_their_page(road: Office, tmp_path: Path) -> None:
    page = Browser(road, "desk").get("/console/tiers?level=tightened").text
    (row,) = sheet(road, "tiers", {"level": "tightened"}, tmp_path)
    points = re.findall(r'<td class="num"><b>(\d+)</b></td>', page)
    assert [str(int(float(str(row[3]))))] == points and row[1] == USCC and row[2] == "加严检查"
    assert str(row[4]).partition("; ")[0] in html.unescape(page) and 'value="tiers"' in page
    assert sheet(road, "tiers", {"level": "tightened", "text": "没有"}, tmp_path) == []


@pytest.mark.parametrize("name", LISTS)
def test_the_file_of_a_list_has_as_many_rows_as_its_figure(road: Office, tmp_path: Path, name: str) -> None:
    for kind, sign in (("carrier", USCC), ("vehicle", "蒙K12345|yellow"), ("tank", ABOUT["tank"])):
        one = known.subject(kind, sign)
        assert one is not None
        rows = sheet(road, "known", {"kind": kind, "sign": one.sign, "list": name}, tmp_path)
        assert len(rows) == known_lists.figures(one, ALL)[name], (kind, name)
    assert sheet(road, "known", {"kind": "carrier", "sign": "nobody", "list": name}, tmp_path) == []


def test_an_order_is_given_from_where_somebody_looks_and_leads_back(road: Office) -> None:
    boss = Browser(road, "boss")
    link = f"/console/orders?against=carrier&amp;key={USCC}&amp;back="
    for page in ("/console/tiers?level=tightened", f"/console/carriers/{USCC}"):
        assert link in boss.get(page).text and link not in Browser(road, "desk").get(page).text, page
    back = f"/console/carriers/{USCC}"
    page = boss.get(f"/console/orders?against=carrier&key={USCC}&back={back}").text
    assert (
        f'value="{USCC}"' in page and '<option value="carrier" selected>' in page and f'href="{back}" data-back' in page
    )
    told = {"csrf": token(page), "number": "停 9", "authority": "示例县", "on": "carrier", "key": USCC, "back": back}
    refused = boss.post("/console/orders", told)
    assert refused.status_code == 422 and f'name="back" value="{back}"' in refused.text
    assert boss.post("/console/orders", {**told, "text": "停运"}).headers["location"] == f"{back}?said=order_given"
    away = boss.post("/console/orders", {**told, "number": "停 10", "text": "停运", "back": "https://elsewhere"})
    assert away.headers["location"] == "/?said=order_given"
