"""The page of the link: how soon records come, how each tablet stands, for whom, and the same as Excel and metrics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from checklists.wire import instant
from server import clock
from server.console.admin.fleet import percent, size, span
from server.exporting import jobs
from server.exporting.jobs import Exporter
from server.fleet import Said, TookPackage
from server.office import Office
from server.publishing import load_registry, publish_all
from server.store import device_status as statuses
from server.store import devices, export_jobs, feed, packages, usage, users
from server.store.administration_models import DeviceStatus
from server.store.models import Device
from server.store.usage import Used
from tests.server.browser import Browser
from tests.server.cast import Tablet
from tests.server.console.admin.staff import opened, send, text
from tests.server.scene import PASSWORD, registry

PLACES = {
    "一号": ("T", "150624"),
    "二号": ("T", "150625"),
    "三号": ("T", ""),
    "四号": ("P", "150624"),
}


def ago(**spent: float) -> str:
    return instant(clock.read(clock.now()) - timedelta(**spent))


def enrolled(office: Office, name: str, agency: str, area: str, app: str = "0.1.0") -> str:
    code = office.store.write_now(lambda: devices.new_code(agency, 24))
    key, token = Tablet().key.public, f"token-{name}"
    held = office.store.write_now(
        lambda: devices.enrol(office.key, code=code, name=name, public_key=key, app=app, token=token)
    )
    office.store.write_now(lambda: devices.place(str(held.id), area))
    return str(held.id)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Four tablets: one is well, one is in every trouble, one says nothing, one is of the police."""
    with opened(tmp_path_factory.mktemp("office")) as made:
        load_registry(made, registry())
        publish_all(made)
        for login, area in (("here", "150624"), ("there", "1501")):
            told = {"login": login, "name": login, "role": "leader", "agency": "T", "area": area}
            made.store.write_now(lambda told=told: users.add(**told, password=PASSWORD))  # type: ignore[misc]
        ids = {name: enrolled(made, name, *place) for name, place in PLACES.items()}
        made.store.write_now(lambda: _fill(ids))
        yield made


def _fill(ids: dict[str, str]) -> None:
    place, latest = feed.last_place(), packages.versions()["definitions"]
    well = Said("0.1.0", ago(), feed_place=place, feed_at=ago(), free_bytes=40 * 10**9, offset_ms=200, agreed_at=ago())
    old = (TookPackage("definitions", "2020.01.01.1", ago(days=9)),)
    trouble = Said(
        "0.0.9", ago(days=4), old, 7_200_000, ago(days=4), place - 3, ago(days=4), 2, 7, 1, ago(days=5), 300 * 10**6
    )
    statuses.keep(ids["一号"], replace(well, packages=(TookPackage("definitions", latest, ago(days=2)),)))
    statuses.keep(ids["二号"], trouble)
    statuses.keep(ids["四号"], well)
    for name, spent in (("一号", 0.1), ("二号", 96), ("三号", 2), ("四号", 30)):
        Device.update(seen_at=ago(hours=spent)).where(Device.id == ids[name]).execute()
    usage.add(ids["一号"], Used(records=8, **usage.speed([10, 20, 30, 40, 400, 4000, 90_000, None])))
    usage.add(ids["四号"], Used(records=1, **usage.speed([10])))


def listed(page: str) -> list[str]:
    return re.findall(r'<td class="whose"><b>T\d+</b> (\S+?)<div', page)


def shown(office: Office, login: str, query: str = "") -> Any:
    return Browser(office, login).get(f"/console/fleet{query}")


def line(page: str, name: str) -> str:
    (found,) = (one for one in page.split("<tr") if f"</b> {name}<div" in one)
    return text(f"<tr{found}")


def test_the_worst_comes_first_and_each_sees_what_is_his(office: Office) -> None:
    assert listed(shown(office, "system").text) == ["二号", "四号", "三号", "一号"]
    assert set(listed(shown(office, "area").text)) == set(PLACES)
    assert listed(shown(office, "lead").text) == ["二号", "三号", "一号"]
    assert listed(shown(office, "chief").text) == ["四号"]
    assert listed(shown(office, "here").text) == ["三号", "一号"]
    assert listed(shown(office, "there").text) == ["三号"]


def test_what_is_wrong_is_said_in_words_with_how_bad_it_is(office: Office) -> None:
    told = line(shown(office, "lead").text, "二号")
    for words in ("失联", "久未送达", "数据落后", "空间将满", "时钟偏差", "被办公端拒收", "数据包过旧", "程序过旧"):
        assert words in told
    for value in (
        "4天前",
        "2 条记录、7 个文件",
        "最早的已4天",
        "1 项被拒收",
        "最多落后 3 项",
        "300 MB",
        "2小时",
        "0.0.9",
    ):
        assert value in told, value
    well = line(shown(office, "lead").text, "一号")
    assert "正常" in well and "已是最新" in well and "检查表 2天" in well and "40.0 GB" in well
    assert "尚未自报状况" in line(shown(office, "lead").text, "三号")


def test_what_a_tablet_says_is_shown_as_its_word(office: Office) -> None:
    page = text(shown(office, "lead").text)
    assert "平板自报：仅供参考，不是证据" in page and "办公端所见" in page
    assert "超过1小时" in page and "低于500 MB" in page, "the legend names what is measured by"


def test_records_are_counted_by_how_soon_they_came(office: Office) -> None:
    page = shown(office, "lead").text
    head = page.split('<tr class="all">')[1].split("</tr>")[0]
    told = [re.sub(r"[^\d.%—,]", "", text(f"<td{one}")) for one in head.split("<td")[2:8]]
    assert told == ["7", "57.1%", "71.4%", "85.7%", "1", "1"]
    everybody = shown(office, "system").text.split('<tr class="all">')[1].split("</tr>")[0]
    assert re.findall(r'<td class="group">(\d+)</td>', everybody) == ["8", "8"]


def test_the_list_is_narrowed_and_ordered(office: Office) -> None:
    assert listed(shown(office, "system", "?agency=P").text) == ["四号"]
    assert listed(shown(office, "system", "?area=150624&order=label").text) == ["一号", "四号"]
    assert listed(shown(office, "system", "?mark=silent").text) == ["二号", "四号"]
    assert listed(shown(office, "system", "?order=space").text)[0] == "二号"
    assert listed(shown(office, "system", "?order=slow").text)[0] == "一号"
    assert listed(shown(office, "system", "?order=waits").text)[0] == "二号"
    assert listed(shown(office, "system", "?order=silent").text) == ["二号", "四号", "三号", "一号"]
    assert "没有符合条件的平板" in shown(office, "chief", "?mark=space").text
    assert listed(shown(office, "lead", "?agency=P&mark=none&order=none&area=9").text) == ["二号", "三号", "一号"]


@pytest.mark.parametrize(("kind", "login", "names"), [
    ("fleet", "lead", {"一号", "二号", "三号"}),
    ("fleet", "here", {"一号", "三号"}),
    ("fleet", "area", set(PLACES)),
    ("fleet", "system", set(PLACES)),
    ("devices", "chief", {"四号"}),
])  # fmt: skip
def test_the_excel_file_has_the_tablets_of_the_page(office: Office, kind: str, login: str, names: set[str]) -> None:
    browser = Browser(office, login)
    assert send(browser, "/console/exports", kind=kind).status_code == 303
    assert Exporter(office).once()
    job = export_jobs.of_login(login)[0]
    assert job.state == "done", job.error
    rows = CalamineWorkbook.from_path(str(jobs.folder(office) / str(job.file))).get_sheet_by_index(0).to_python()
    found = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert set(found) == names
    if kind == "fleet" and login == "lead":
        worst, silent = found["二号"], found["三号"]
        assert rows[1][1] == "二号" and worst["最多落后更新数"] == 3 and "失联" in worst["需关注"]
        assert (silent["待传记录"], silent["剩余字节"]) == ("", ""), "who says nothing has empty cells, no zeros"
        assert found["一号"]["近7天计入的记录"] == 7


def test_the_metrics_count_the_tablets(office: Office) -> None:
    told = Browser(office).client.simulate_get("/metrics").text
    assert "lujian_tablets 4.0" in told
    assert 'lujian_tablets_marked{mark="silent"} 2.0' in told
    assert 'lujian_tablets_waiting{what="files"} 7.0' in told
    assert 'lujian_records_timed{days="7",within="within_1h"} 6.0' in told
    assert 'lujian_records_clock_doubted{days="30"} 1.0' in told


def test_a_name_that_is_very_long_breaks(office: Office) -> None:
    held = str(DeviceStatus.select().first().device)
    before = str(Device.get(Device.id == held).name)
    office.store.write_now(lambda: Device.update(name="<b>" + "x" * 190).where(Device.id == held).execute())
    page = shown(office, "system").text
    assert "&lt;b&gt;" + "x" * 190 in page and "<b>xxx" not in page
    office.store.write_now(lambda: Device.update(name=before).where(Device.id == held).execute())


@pytest.mark.parametrize(
    ("used", "told"),
    [(Used(), "—"), (Used(timed=3, within_1h=3), "100 %"), (Used(timed=10_000, within_1h=9_999), "99.9 %"),
     (Used(timed=3, within_1h=0), "0 %"), (Used(timed=8, within_1h=7), "87.5 %")],
)  # fmt: skip
def test_a_share_is_never_rounded_up(used: Used, told: str) -> None:
    assert percent(used, "within_1h") == told


def test_sizes_and_spans_are_told_in_their_greatest_unit() -> None:
    assert [size(one) for one in (0, 999_999_999, 2_050_000_000)] == ["0 MB", "999 MB", "2.0 GB"]
    assert [span(one) for one in (0, 59, 60, 7199, 86_400 * 3)] == [(0, "s"), (59, "s"), (1, "m"), (1, "h"), (3, "d")]
    assert span(timedelta(hours=5)) == (5, "h")


def test_a_list_that_is_too_long_says_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.console.admin.fleet.MOST", 2)
    page = shown(office, "system").text
    assert listed(page) == ["二号", "四号"] and "仅显示前2个" in text(page)
    monkeypatch.setattr("server.console.admin.fleet.MOST", 4)
    assert "仅显示前" not in shown(office, "system").text


def test_a_tablet_that_is_revoked_is_not_listed_and_what_it_brought_still_counts(office: Office) -> None:
    held = enrolled(office, "五号", "T", "150624")
    office.store.write_now(lambda: usage.add(held, Used(**usage.speed([10]))))
    before = shown(office, "lead").text
    office.store.write_now(lambda: devices.revoke(held, "lead", "丢失"))
    after = shown(office, "lead").text
    assert "五号" in listed(before) and "五号" not in listed(after)
    counts = [re.findall(r'<td class="group">(\d+)</td>', page)[:1] for page in (before, after)]
    assert counts == [["8"], ["8"]]


def test_an_office_without_tablets_says_so(tmp_path: Any) -> None:
    with opened(tmp_path) as empty:
        assert "没有平板" in text(Browser(empty, "lead").get("/console/fleet").text)
