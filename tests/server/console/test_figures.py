"""The same numbers on a page, in the list behind each, and in the file; who may see what; and what is logged."""

from __future__ import annotations

import html
import io
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote_plus, urlencode

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from python_calamine import CalamineWorkbook

from server import clock
from server.accounts import Scope
from server.console.figures import pages
from server.exporting import briefing_file, jobs
from server.exporting.jobs import Exporter
from server.exporting.listing import Asked
from server.figures import asking
from server.figures.asking import Asked as FigureQuestion
from server.figures.effect import SIDES, Span
from server.figures.fact import COLUMNS, Fact
from server.figures.sums import NOTHING, SUMMED, Counted, recount
from server.figures.words import REASONS
from server.figures.years import year_before
from server.office import Office
from server.store import (
    audit,
    bulk,
    campaign_figures,
    campaigns,
    case_law,
    export_jobs,
    figure_lists,
    figure_reads,
    figures,
    site_areas,
    users,
)
from server.store.figure_models import CheckFact
from server.store.steering_models import Campaign
from tests.server.browser import Browser, token
from tests.server.seeded import plant, signed_in

HERE = "/console/figures"
SPAN = "since=2025-01-01"
PAGES = (
    *(f"{HERE}?{SPAN}&by={by}" for by in ("agency", "road", "site", "carrier", "item", "violation", "un")),
    *(f"{HERE}/{name}?{SPAN}" for name in ("funnel", "map", "pairs", "plan")),
    f"{HERE}/map?{SPAN}&by=site&weekdays=01234",
    f"{HERE}?{SPAN}&by=carrier&site=S24 示例收费站",
    f"{HERE}?{SPAN}&by=item&road=G109",
    f"{HERE}?{SPAN}&by=site&item=VEH-01",
    f"{HERE}?{SPAN}&by=agency&hour=10&hours=6",
    f"{HERE}/pairs?{SPAN}&item=VEH-01",
    f"{HERE}?{SPAN}&by=violation&item=VEH-01",
)
FIGURE = re.compile(r'<a href="([^"]+)" data-figure="(\d+)"')
LINK = re.compile(r'rel="next" href="([^"]+)"')


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = plant(tmp_path_factory.mktemp("year"), "", 90)
    yield office
    office.close()


@pytest.fixture(scope="module")
def chief(year: Office) -> Browser:
    return signed_in(year, "seed-supervisor")


def shown(browser: Browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200, address
    return str(page.text)


def figures_of(page: str) -> dict[str, int]:
    return {html.unescape(address): int(count) for address, count in FIGURE.findall(page)}


def rows_of(browser: Browser, address: str) -> int:
    """The rows of a list, page by page, which are as many as the list says it has."""
    count, first, following = 0, shown(browser, address), address
    while following:
        page = shown(browser, following)
        count += page.count("<tr data-row>")
        more = LINK.search(page)
        following = html.unescape(more[1]) if more else ""
    assert f'data-total="{count}"' in first
    return count


def sheet(office: Office, kind: str, address: str, folder: Path, login: str = "seed-supervisor") -> list[list[object]]:
    """The rows of a file that is asked for as its page stands, without the head."""
    query = dict(one.split("=", 1) for one in address.partition("?")[2].split("&"))
    user = users.by_login(login)
    assert user is not None
    path = folder / f"{kind}.xlsx"
    jobs.make_list(office, kind, jobs.asked_of(user, query), path, "", lambda _done, _total: None)
    with CalamineWorkbook.from_path(str(path)) as book:
        return list(book.get_sheet_by_index(0).to_python())[1:]


@pytest.mark.parametrize("address", PAGES)
def test_every_figure_of_a_page_is_the_rows_of_its_list(chief: Browser, address: str) -> None:
    told = figures_of(shown(chief, address))
    assert told and any(told.values())
    chosen = sorted(told)[:: max(1, len(told) // 40)]
    assert {one: rows_of(chief, one) for one in chosen} == {one: told[one] for one in chosen}


@pytest.mark.parametrize("login", ["seed-t-leader1", "seed-p-handler1"])
def test_who_sees_one_agency_has_its_figures_and_lists(year: Office, login: str) -> None:
    mine = signed_in(year, login)
    told = figures_of(shown(mine, f"{HERE}?{SPAN}&by=un"))
    assert told and all(rows_of(mine, one) == count for one, count in list(told.items())[:30])


def test_the_files_have_the_numbers_of_their_pages(
    year: Office, chief: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_ROWS", 10_000)
    for by in ("agency", "road", "site", "carrier", "un"):
        address = f"{HERE}?{SPAN}&by={by}"
        on_page = [int(count) for _address, count in FIGURE.findall(shown(chief, address))]
        rows = sheet(year, "figures", address, tmp_path)
        in_file = [int(float(str(one))) for row in rows for one in row[1:9]]
        assert on_page[8:] == in_file, by  # the first row of the page is all checks
    items = sheet(year, "figures", f"{HERE}?{SPAN}&by=item", tmp_path)
    on_page = [int(count) for _address, count in FIGURE.findall(shown(chief, f"{HERE}?{SPAN}&by=item"))]
    assert on_page[2:] == [int(float(str(one))) for row in items for one in row[1:3]]
    of_item = f"{HERE}?{SPAN}&by=site&item=VEH-01"
    rows = sheet(year, "figures", of_item, tmp_path)
    on_page_of_item = [int(count) for _address, count in FIGURE.findall(shown(chief, of_item))]
    assert on_page_of_item[2:] == [int(float(str(one))) for row in rows for one in row[1:3]]
    assert {len(row) for row in rows} == {6}, "of an item nothing else is known, and no 0 stands for that"
    broken = sheet(year, "figures", f"{HERE}?{SPAN}&by=violation", tmp_path)
    page = shown(chief, f"{HERE}?{SPAN}&by=violation")
    assert [int(count) for _address, count in FIGURE.findall(page)][1:] == [int(float(str(row[2]))) for row in broken]
    assert all(str(row[1]) and f"{row[3]} %" in page for row in broken)
    late = sheet(year, "figures", f"{HERE}/funnel?{SPAN}&by=late", tmp_path)
    assert sum(int(float(str(row[1]))) for row in late) == on_page[0]


def test_the_file_of_a_list_has_its_rows(year: Office, chief: Browser, tmp_path: Path) -> None:
    told = figures_of(shown(chief, f"{HERE}?{SPAN}&by=site"))
    for address in sorted(told)[::5]:
        assert len(sheet(year, "figure_checks", unquote_plus(address), tmp_path)) == told[address]


def test_the_map_and_its_file_agree_and_nobody_looked_is_no_zero(year: Office, chief: Browser, tmp_path: Path) -> None:
    page = shown(chief, f"{HERE}/map?{SPAN}")
    rows = sheet(year, "figure_map", f"{HERE}/map?{SPAN}", tmp_path)
    looked = [row for row in rows if int(float(str(row[2])))]
    unseen = [row for row in rows if not int(float(str(row[2])))]
    assert sum(figures_of(page).values()) == sum(int(float(str(row[2]))) for row in looked)
    assert page.count('class="unseen"><span') == len(unseen) > 0
    assert {str(row[3]) for row in unseen} == {""} and {str(row[4]) for row in unseen} == {""}


def test_the_plan_and_its_file_agree(year: Office, chief: Browser, tmp_path: Path) -> None:
    address = f"{HERE}/plan?{SPAN}&officers=6&hours=16&week=2026-12-02"
    page = shown(chief, address)
    rows = sheet(year, "figure_plan", address, tmp_path)
    assert len(rows) == page.count("data-figure=") == 12
    assert {str(row[0]) for row in rows} <= {f"2026-{day}" for day in ("11-30", *(f"12-0{one}" for one in range(1, 7)))}
    assert [int(float(str(row[8]))) for row in rows] == [int(count) for _address, count in FIGURE.findall(page)]
    assert all(str(row[10]) for row in rows) and "求解器已证明" in page
    assert set(REASONS) >= {"unseen", "few", "above", "about", "below", "partly_unseen"}


def test_who_may_see_what(year: Office, tmp_path: Path) -> None:
    handler, leader, officer = (signed_in(year, f"seed-t-{role}1") for role in ("handler", "leader", "officer"))
    assert handler.get(f"{HERE}/plan").status_code == 403 and leader.get(f"{HERE}/plan").status_code == 200
    assert leader.get(f"{HERE}/pairs").status_code == 403 and officer.get(HERE).status_code == 403
    assert "pairs" not in shown(leader, HERE)
    by_pair = f"{HERE}/checks?{SPAN}&pair=nobody"
    assert rows_of(leader, by_pair) > 0, "who may not see officers is not narrowed to them"
    assert rows_of(signed_in(year, "seed-supervisor"), by_pair) == 0
    leader_ = users.by_login("seed-t-leader1")
    assert leader_ is not None and not jobs.may(str(leader_.role), "figure_pairs")


def test_looking_at_signs_of_care_and_for_a_carrier_is_logged(year: Office, chief: Browser) -> None:
    shown(chief, f"{HERE}/pairs?{SPAN}")
    shown(chief, f"{HERE}?{SPAN}&carrier=示例运输")
    told = [(str(one.action), str(one.subject)) for one in audit.page(limit=6)]
    assert ("view", "figures:pairs") in told and ("search", "示例运输") in told


def test_signs_of_care_are_no_ranking_and_nothing_of_few(chief: Browser) -> None:
    page = shown(chief, f"{HERE}/pairs?{SPAN}")
    assert "不排名" in page and 'class="num share"' in page
    few = shown(chief, f"{HERE}/pairs?{SPAN}&site=G109 国道示例县卡口&hour=3")
    assert "检查次数太少" in few or "没有符合条件" in few


def test_an_area_has_the_figures_of_its_sites_alone(year: Office) -> None:
    site = "S24 示例收费站"
    year.store.write_now(lambda: site_areas.put("test", site, "150624"))
    scope = Scope(None, "150624")
    asked = jobs.figure_lists.question(Asked("x", "supervisor", "T", scope, str, {"since": "2025-01-01"}))
    assert set(figure_reads.sums(scope, asked, "site")) == {site}
    whole = figure_reads.sums(scope, asked, "all")[""]
    assert whole == figure_reads.sums(Scope(None), asked, "site")[site]
    assert sum(one[0] for one in figure_reads.sums(scope, asked, "carrier").values()) == whole[0]


def campaign_pages() -> dict[str, str]:
    """The page of a campaign of the year in each state."""
    return {campaigns.state(one): f"/console/campaigns/{one.id}" for one in Campaign.select()}


@pytest.mark.parametrize("state", ["now", "ended"])
def test_every_figure_of_a_campaign_is_the_rows_of_its_list_and_stands_in_its_file(
    year: Office, chief: Browser, tmp_path: Path, state: str
) -> None:
    address = campaign_pages()[state]
    told = figures_of(shown(chief, address))
    assert sum("around=" in one for one in told) == {"now": 4, "ended": 6}[state] and any(told.values())
    assert {one: rows_of(chief, one) for one in told} == told
    rows = sheet(year, "campaign", f"?campaign={address.rpartition('/')[2]}", tmp_path)
    in_file = [int(float(str(row[5]))) for row in rows if str(row[5])]
    assert set(told.values()) <= set(in_file) and any("随机抽取" in str(row[9]) for row in rows)
    seen = signed_in(year, "seed-t-officer1")
    assert not figures_of(shown(seen, address)), "who sees no statistics has the numbers without lists"
    assert sheet(year, "campaign", "?campaign=none", tmp_path) == []


def test_the_sites_of_a_campaign_and_all_others_are_all_sites(year: Office) -> None:
    row = Campaign.get(Campaign.name.contains("G109"))
    effect = campaign_figures.effect(Scope(None), row)
    for name, span in effect.spans.items():
        asked = FigureQuestion(span.since, span.until)
        whole = figure_reads.sums(Scope(None), asked, "all").get("", NOTHING)
        both = [effect.cells[side, name] for side in SIDES]
        assert sum(one.checks for one in both) == whole[0] > 0
        assert sum(one.violations for one in both) == whole[SUMMED.index("violations")]
        inside = [one for one in year_days(span) if "G109" in one[0]]
        assert (both[0].days, both[0].product) == (len(inside), sum(n * v for _site, n, v in inside))


def year_days(span: Span) -> list[tuple[str, int, int]]:
    """Checks and violations of each site on each day, counted from the checks' own rows."""
    held: dict[tuple[str, str], list[int]] = {}
    for one in CheckFact.select().where(CheckFact.day.between(span.since.isoformat(), span.until.isoformat())):
        here = held.setdefault((str(one.site), str(one.day)), [0, 0])
        here[0] += 1
        here[1] += int(one.violations)
    return [(site, *counts) for (site, _day), counts in held.items()]


def test_an_area_has_a_campaigns_figures_of_its_sites_alone(year: Office) -> None:
    year.store.write_now(lambda: site_areas.put("test", "G109 国道示例县卡口", "150622"))
    row = Campaign.get(Campaign.name.contains("G109"))
    here, elsewhere, everywhere = Scope(None, "150622"), Scope(None, "110000"), Scope(None)
    assert campaign_figures.counted(here, row) == campaign_figures.counted(everywhere, row)
    assert campaign_figures.targets(here, row) == campaign_figures.targets(everywhere, row)
    assert campaign_figures.counted(elsewhere, row)[0] == 0
    assert campaign_figures.effect(here, row).cells["out", "during"].checks == 0


def test_a_list_says_which_campaign_it_is_of(chief: Browser) -> None:
    address = next(one for one in figures_of(shown(chief, campaign_pages()["ended"])) if "focus=" in one)
    assert "国道 G109 危货运输秋冬整治" in shown(chief, address)
    for odd in ("campaign=x", "focus=-", "target=x y z", "around=in x", "around=nowhere", "around=-"):
        assert chief.get(f"{HERE}/checks?{SPAN}&{odd}").status_code == 200, odd


def test_too_many_to_cross_is_said(chief: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_reads, "MOST_CROSSED", 0)
    assert "请缩短日期范围" in shown(chief, f"{HERE}?{SPAN}&by=carrier&site=S24 示例收费站")
    assert "data-total" not in shown(chief, f"{HERE}/checks?{SPAN}&un=1830&site=S24 示例收费站")


def test_a_list_that_looks_at_few_rows_a_page_leads_to_all_of_them(
    chief: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = "site=S24 示例收费站"
    asked = (f"{site}&kind=found", f"{site}&kind=violations", "kind=violations", "road=G109&hour=10&hours=6", "late=-")
    whole = {one: rows_of(chief, f"{HERE}/checks?{SPAN}&{one}") for one in asked}
    assert sum(whole.values()) > 100
    monkeypatch.setattr(figure_lists, "LOOKED", 4)
    assert {one: rows_of(chief, f"{HERE}/checks?{SPAN}&{one}") for one in asked} == whole
    page = shown(chief, f"{HERE}/checks?{SPAN}&carrier=nobody&hour=3")
    assert "Look further back" not in page and "data-row" not in page


def test_what_is_not_understood_is_left_out(chief: Browser) -> None:
    for odd in ("since=x&until=9999-99-99", "hour=77&weekdays=abc", "kind=';--", "after=x|y", "by=nothing&late=never"):
        for page in ("", "/map", "/funnel", "/checks", "/plan", "/pairs"):
            assert chief.get(f"{HERE}{page}?{odd}").status_code == 200, (page, odd)


def test_it_is_said_in_english_too(chief: Browser) -> None:
    assert "nobody looked" in shown(chief, f"{HERE}/map?{SPAN}&lang=en")
    assert "无人检查" in shown(chief, f"{HERE}/map?{SPAN}&lang=zh_CN")


def a_year_earlier(share_kept: float = 0.5) -> None:
    """Put a check a year before each of some checks, so that there is something to compare with."""
    chance, counted = random.Random(7), []
    columns = [name for name in COLUMNS if name != "id"]
    for row in list(CheckFact.select(*(getattr(CheckFact, name) for name in columns)).dicts()):
        day = date.fromisoformat(row["day"]) - timedelta(days=365)
        fact = Fact(**{**row, "inspection": f"before-{row['inspection']}", "day": day.isoformat(), "violations": 0})
        if chance.random() < share_kept:
            fact = replace(fact, found=0, serious=0, ordered=0)
        counted.append(Counted(fact))
    bulk.insert(CheckFact, COLUMNS, [tuple(getattr(one.fact, name) for name in COLUMNS) for one in counted])
    figures.add(recount(counted))


def briefing(office: Office, address: str, folder: Path, lang: str = "zh_CN") -> tuple[str, dict[str, list[list[str]]]]:
    """The text of a briefing that is asked for as its page stands, and its tables by their names."""
    query = dict(one.split("=", 1) for one in address.partition("?")[2].split("&")) | {"lang": lang}
    user = users.by_login("seed-supervisor")
    assert user is not None
    briefing_file.export(office, jobs.asked_of(user, query), folder / "briefing.docx")
    held = Document(str(folder / "briefing.docx"))
    tables: dict[str, list[list[str]]] = {}
    name = ""
    for one in held.iter_inner_content():
        if isinstance(one, Paragraph):
            name = one.text or name
        else:
            tables[name] = [[cell.text for cell in row.cells] for row in one.rows][1:]
    return "\n".join(one.text for one in held.paragraphs), tables


ROW = re.compile(r'<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>', re.DOTALL)


def counts_by_row(page: str) -> dict[str, list[int]]:
    """The figures of each row of a page's tables, by the row's words."""
    return {html.unescape(name): [int(one) for _to, one in FIGURE.findall(row)] for name, row in ROW.findall(page)}


@pytest.fixture(scope="module")
def sent(
    year: Office, tmp_path_factory: pytest.TempPathFactory
) -> tuple[asking.Asked, str, dict[str, list[list[str]]]]:
    year.store.write_now(a_year_earlier)
    until = clock.read(clock.now()).date()
    asked = asking.Asked(until - timedelta(days=340), until)
    return asked, *briefing(year, f"{HERE}?{urlencode(asked.query)}", tmp_path_factory.mktemp("sent"))


def test_every_number_of_a_briefing_stands_on_its_page(
    year: Office, chief: Browser, tmp_path: Path, sent: tuple[asking.Asked, str, dict[str, list[list[str]]]]
) -> None:
    asked, text, tables = sent
    now, before = urlencode(asked.query), urlencode(year_before(asked).query)
    here, there = (counts_by_row(shown(chief, f"{HERE}?{span}&by=site"))["全部检查"] for span in (now, before))
    assert [int(row[1]) for row in tables["本期与上年同期"]] == here and here[0] > 30
    assert [int(row[3]) for row in tables["本期与上年同期"]] == there and there[0] > 30
    assert f"共检查{here[0]}次，其中{here[1]}次发现问题" in text and f"检查{there[0]}次" in text

    for name, by, kept in (
        ("按道路", "road", (0, 1, 2, 4)),
        ("按检查地点", "site", (0, 1, 2, 4)),
        ("按 UN 编号", "un", (0, 1, 2, 4)),
    ):
        page = counts_by_row(shown(chief, f"{HERE}?{now}&by={by}"))
        for row in tables[name]:
            assert [int(one) for one in row[1:5]] == [page[row[0]][place] for place in kept], (name, row)
        in_file = {str(row[0]): row[1:9] for row in sheet(year, "figures", f"{HERE}?{now}&by={by}", tmp_path)}
        for row in tables[name]:
            key = row[0].removeprefix("UN ").partition(" ")[0] if by == "un" else row[0]
            assert [int(float(str(in_file[key][place]))) for place in kept] == [int(one) for one in row[1:5]]

    for name, by in (("不符合最多的检查项", "item"), ("查出最多的违法行为", "violation")):
        page = counts_by_row(shown(chief, f"{HERE}?{now}&by={by}"))
        width = 2 if by == "item" else 1
        assert all([int(one) for one in row[1 : 1 + width]] == page[row[0]] for row in tables[name]) and tables[name]

    funnel = counts_by_row(shown(chief, f"{HERE}/funnel?{now}"))
    for name in ("从路面检查到改正", "从路面封存到办公端收到"):
        assert all([int(row[1])] == funnel[row[0]] for row in tables[name]) and tables[name]

    hours = re.findall(
        r'<th scope="row">(.*?)</th>.*?<td class="num">(\d+)</td></tr>', shown(chief, f"{HERE}/map?{now}"), re.DOTALL
    )
    assert [(row[0], row[2]) for row in tables["通行路段与时段"]] == hours


def test_a_briefing_prints_no_clause_that_is_not_verified_and_no_name(
    sent: tuple[asking.Asked, str, dict[str, list[list[str]]]],
) -> None:
    _asked, text, tables = sent
    open_ = [one for one in case_law.current().definitions.violations if not any(duty.verified for duty in one.duty)]
    told = {row[0].partition(" ")[0]: row[4] for row in tables["查出最多的违法行为"]}
    assert told and all("第" not in told[one.code] for one in open_ if one.code in told)
    carriers = {str(one.carrier) for one in CheckFact.select(CheckFact.carrier).distinct() if one.carrier}
    assert carriers and not [one for one in carriers if one in text]


def test_a_briefing_of_one_item_tells_nothing_that_is_not_counted(year: Office, chief: Browser, tmp_path: Path) -> None:
    text, tables = briefing(year, f"{HERE}?{SPAN}&item=VEH-01", tmp_path)
    page = counts_by_row(shown(chief, f"{HERE}/funnel?{SPAN}&item=VEH-01"))
    assert "未予放行" not in text and "未查出违法行为" not in text and "不列处理情况" in text
    assert "查出最多的违法行为" not in tables
    steps = [[int(row[1])] for row in tables["本期与上年同期"]]
    assert steps == list(page.values())[:2] and "未予放行的车辆" not in page


def test_one_click_makes_a_briefing_that_is_kept_and_fetched(year: Office, chief: Browser) -> None:
    page = shown(chief, f"{HERE}/funnel?{SPAN}&road=G109")
    assert 'value="briefing"' in page
    told = {"csrf": token(page), "kind": "briefing", "f.since": "2025-01-01", "f.road": "G109"}
    assert chief.post("/console/exports", told).status_code == 303
    Exporter(year).once()
    job = export_jobs.of_login("seed-supervisor")[0]
    done = chief.get(f"/console/exports/{job.id}")
    assert (str(job.state), done.status_code) == ("done", 200) and str(job.file).endswith(".docx")
    held = Document(io.BytesIO(done.content))
    assert any("G109" in one.text for one in held.paragraphs)
    assert "草稿，未签发" in held.sections[0].header.paragraphs[0].text
    asked = chief.post("/console/exports", told | {"f.carrier": "示例运输"})
    assert asked.status_code == 200 and "purpose" in asked.text, "whoever names a carrier says for what"


def test_no_briefing_is_made_of_single_officers(year: Office, chief: Browser, tmp_path: Path) -> None:
    assert 'value="briefing"' not in shown(chief, f"{HERE}/pairs?{SPAN}&pair=P-1")
    with pytest.raises(briefing_file.NoBriefing):
        briefing(year, f"{HERE}?{SPAN}&pair=P-1", tmp_path)


def test_the_map_of_one_item_says_how_often_it_failed(year: Office, chief: Browser) -> None:
    told = counts_by_row(shown(chief, f"{HERE}?{SPAN}&by=road&item=VEH-01"))
    wanted = asking.asked_of({"since": "2025-01-01", "item": "VEH-01"}, jobs.figure_lists.today())
    rows = jobs.figure_lists.heat_rows(Scope(None), wanted, False, "未知")
    assert rows and {row.name: [row.all.checks, row.all.violations] for row in rows} == {
        name: told[name][:2] if name in told else [0, 0] for name in (row.name for row in rows)
    }
    assert "不符合的次数" in shown(chief, f"{HERE}/map?{SPAN}&item=VEH-01")
