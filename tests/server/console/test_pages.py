"""The pages, read as an office reads them, over what tablets really delivered; on both engines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from server.office import Office
from server.store import audit, records
from server.store.models import Case
from tests.server.browser import Browser
from tests.server.scene import Stage, deliver, facts, play, sealed_part, story_situation

EVIL = "<script>alert(1)</script>\"'&公司"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One office for the whole module: nothing here but the last tests adds to it."""
    from server.config import Config
    from server.office import open_office

    database = ""
    if request.param == "postgres":
        database = _fresh(str(request.getfixturevalue("postgres")))
    folder = tmp_path_factory.mktemp("office")
    opened = open_office(Config(data_dir=str(folder), database=database, office="示例县", stall_seconds=2))
    yield play(opened, many=6)
    opened.close()


def _fresh(postgres: str) -> str:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute("CREATE DATABASE lujian_console ENCODING 'UTF8' TEMPLATE template0")
    parts = conninfo_to_dict(postgres)
    word = f":{parts['password']}" if parts.get("password") else ""
    place = f"host={parts.get('host', '')}&port={parts.get('port', 5432)}"
    return f"postgresql://{parts.get('user', '')}{word}@/lujian_console?{place}"


def text(page: str) -> str:
    """What a reader sees, in one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def case(stage: Stage, agency: str, name: str = "story") -> Case:
    held = records.by_digest(stage.digests[name])
    assert held is not None
    return Case.get(Case.inspection == held.inspection, Case.agency == agency)


def listed(page: str) -> list[str]:
    """The digests in the order of the list."""
    return re.findall(r'class="open" href="/console/records/([0-9a-f]{64})"', page)


def test_the_inbox_shows_every_state_and_why(stage: Stage) -> None:
    shown = text(Browser(stage.office, "area").get("/console/inbox").text)
    for words in (
        "待处理",
        "停放待查",
        "记录时间存疑",
        "缺少所用定义版本",
        "记录冲突",
        "同一检查重复封存",
        "内核告警",
        "3/5",
    ):
        assert words in shown


def test_the_inbox_lists_everything_that_was_delivered_the_latest_first(stage: Stage) -> None:
    shown = listed(Browser(stage.office, "area").get("/console/inbox").text)
    assert shown == list(reversed(stage.digests.values()))


def test_a_list_is_narrowed_by_state_tier_need_text_and_day(stage: Stage) -> None:
    browser = Browser(stage.office, "area")

    def found(query: str) -> set[str]:
        digests = listed(browser.get(f"/console/inbox?{query}").text)
        return {name for name, digest in stage.digests.items() if digest in digests}

    assert found("state=parked") == {"late", "unknown"}
    assert found("state=conflict") == {"again"}
    assert found("need=alarm") == {"alarm"}
    assert found("severity=I") == {"story", "alarm", "overload"}
    assert found("text=蒙K12345&need=case") == {"story", "alarm", "overload"}
    assert found("text=路安危货") == {"story", "alarm", "overload", "again"}  # the rival of the story's inspection too
    assert found("until=2026-01-01") <= {"late"}
    assert "story" in found("need=new")


def test_the_list_goes_on_page_by_page_without_gap_or_repeat(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.console.inbox.PAGE", 4)
    browser, address, seen = Browser(stage.office, "area"), "/console/inbox", []
    while address:
        page = browser.get(address).text
        seen += listed(page)
        match = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(match[1]) if match else ""
    assert seen == list(reversed(stage.digests.values()))


@pytest.mark.parametrize(
    "query", ["before=x", "before=99999999999999999999", "since=never", "state=king", "until=9999-12-31", "text=%00"]
)
def test_an_address_that_makes_no_sense_still_shows_a_list(stage: Stage, query: str) -> None:
    assert Browser(stage.office, "area").get(f"/console/inbox?{query}").status_code == 200


def test_nothing_found_is_said(stage: Stage) -> None:
    assert "没有符合条件的记录" in Browser(stage.office, "area").get("/console/inbox?text=没有这家").text


def test_who_keeps_the_machines_sees_the_queue_and_no_record(stage: Stage) -> None:
    browser = Browser(stage.office, "system")
    page = browser.get("/console/inbox").text
    assert "您的角色负责系统运行" in page
    assert listed(page) == []
    assert browser.get(f"/console/records/{stage.digests['story']}").status_code == 404


def test_an_agency_sees_what_it_took_part_in_what_it_sealed_and_what_became_its_case(stage: Stage) -> None:
    shown = listed(Browser(stage.office, "police").get("/console/inbox").text)
    mine = {stage.digests[name] for name in ("story", "again", "late", "morning-3")}
    assert mine <= set(shown)
    assert stage.digests["waiting-0"] not in shown


def test_the_record_shows_findings_values_law_and_seal(stage: Stage) -> None:
    shown = text(Browser(stage.office, "transport").get(f"/console/records/{stage.digests['story']}").text)
    for words in (
        "车上没有押运员",
        "80 1832",
        "80 1830",
        "44920",
        "4.0",
        "已核",
        "待核",
        "条号空缺",
        "封存已验证",
        "张建国",
    ):
        assert words in shown
    assert stage.digests["story"] in shown
    assert "15062419800101001X" not in shown


def test_what_the_office_found_after_sync_is_marked_and_counted(stage: Stage) -> None:
    page = Browser(stage.office, "area").get(f"/console/records/{stage.digests['story']}").text
    assert "同步后，办公端又发现 1 项问题。" in text(page)
    marked = re.findall(r'<article class="card finding sev-I from-new".*?</article>', page, flags=re.S)
    assert len(marked) == 1
    assert "LIC-09" in marked[0]


def test_photos_stand_beside_their_finding_and_those_on_their_way_are_said(stage: Stage) -> None:
    page = Browser(stage.office, "area").get(f"/console/records/{stage.digests['story']}").text
    panel = re.search(r'<article class="card finding[^>]*id="f3">.*?</article>', page, flags=re.S)
    assert panel is not None
    assert "/console/photos/" in panel[0]
    assert page.count("照片未到") == 2  # beside its finding and in the gallery
    assert page.count("原图传输中") == 2


def test_a_photo_is_given_to_those_who_may_see_its_record_and_to_nobody_else(stage: Stage) -> None:
    page = Browser(stage.office, "area").get(f"/console/records/{stage.digests['story']}").text
    address = re.search(r"/console/photos/[0-9a-f]{64}", page)
    assert address is not None
    given = Browser(stage.office, "area").get(address[0])
    assert (given.status_code, given.headers["content-type"]) == (200, "image/jpeg")
    assert given.content.startswith(b"\xff\xd8")
    assert Browser(stage.office, "system").get(address[0]).status_code == 404
    assert Browser(stage.office).get(address[0]).status_code == 303


def test_a_photo_whose_bytes_changed_is_given_to_nobody_and_the_page_says_why(stage: Stage) -> None:
    browser = Browser(stage.office, "area")
    page = browser.get(f"/console/records/{stage.digests['story']}").text
    address = re.search(r"/console/photos/([0-9a-f]{64})", page)
    assert address is not None
    path = stage.office.photo_files.path(address[1])
    kept = path.read_bytes()
    try:
        path.write_bytes(kept[:-1] + b"?")
        refused = browser.get(address[0])
        told = {**browser._headers(), "Sec-Fetch-Dest": "image"}
        within = browser.client.simulate_get(address[0], headers=told)
    finally:
        path.write_bytes(kept)
    assert (refused.status_code, "不予显示" in refused.text) == (404, True)
    assert (within.status_code, within.headers["content-type"], "不予显示" in within.text) == (
        404,
        "image/svg+xml",
        True,
    )
    assert within.headers["cache-control"] == "no-store"
    assert browser.get(address[0]).content == kept


def test_both_seals_of_an_inspection_lead_to_each_other(stage: Stage) -> None:
    browser = Browser(stage.office, "area")
    assert stage.digests["again"] in browser.get(f"/console/records/{stage.digests['story']}").text
    assert stage.digests["story"] in browser.get(f"/console/records/{stage.digests['again']}").text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("late", "停放待查： 记录时间存疑。"),
        ("unknown", "停放待查： 缺少所用定义版本"),
        ("again", "存在冲突： 同一检查重复封存。"),
        ("alarm", "内核告警：以相同输入"),
        ("waiting-0", "等待处理。"),
    ],
)
def test_a_record_that_is_not_as_others_says_so_at_its_top(stage: Stage, name: str, words: str) -> None:
    assert words in text(Browser(stage.office, "area").get(f"/console/records/{stage.digests[name]}").text)


def test_the_case_shows_party_law_and_what_comes_next(stage: Stage) -> None:
    held = case(stage, "T")
    shown = text(Browser(stage.office, "transport").get(f"/console/cases/{held.id}").text)
    for words in (held.number, held.party_name, "受理线索", "无人承办", "立案 剩", "罚则", "缺证据", "执法人员"):
        assert words in shown


def test_linked_acts_warn_before_a_second_fine_and_name_the_other_case(stage: Stage) -> None:
    held, other = case(stage, "P", "overload"), case(stage, "T", "overload")
    shown = text(Browser(stage.office, "police").get(f"/console/cases/{held.id}").text)
    assert "一事不再罚" in shown
    assert other.number in shown
    assert "《中华人民共和国行政处罚法》第二十九条" in shown


def test_the_case_of_another_authority_is_known_by_number_alone(stage: Stage) -> None:
    browser, other = Browser(stage.office, "police"), case(stage, "T")
    page = browser.get(f"/console/records/{stage.digests['story']}").text
    assert other.number in page
    assert f"/console/cases/{other.id}" not in page
    assert browser.get(f"/console/cases/{other.id}").status_code == 404


def test_every_view_is_logged_with_who_what_and_why_before_it_is_shown(stage: Stage) -> None:
    held, browser = case(stage, "T"), Browser(stage.office, "lead")
    browser.get(f"/console/records/{stage.digests['story']}")
    browser.get(f"/console/cases/{held.id}")
    told = [(row.who, row.action, row.subject, row.purpose) for row in audit.page(limit=2)]
    assert told == [
        ("lead", "view", f"case:{held.id}", "case"),
        ("lead", "view", f"record:{stage.digests['story']}", "case"),
    ]


def test_pages_run_their_own_scripts_alone_and_are_kept_by_nobody(stage: Stage) -> None:
    result = Browser(stage.office, "area").get(f"/console/records/{stage.digests['story']}")
    policy = result.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "unsafe" not in policy
    assert result.headers["cache-control"] == "no-store"
    assert result.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?! src=\"/console/static/)|\son\w+=|\sstyle=", result.text)


def test_the_language_is_switched_by_a_link_and_remembered(stage: Stage) -> None:
    browser = Browser(stage.office, "area")
    assert "<title>记录 ·" in browser.get("/console/inbox").text
    assert "<title>Records ·" in browser.get("/console/inbox?lang=en").text
    page = browser.get(f"/console/records/{stage.digests['story']}").text
    assert "seal verified" in page
    assert "证据固定" not in page


def test_what_a_tablet_sends_is_shown_as_text_and_never_run(stage: Stage) -> None:
    situation = story_situation()
    situation = {**situation, "carrier": {**situation["carrier"], "name": EVIL, "uscc": EVIL}}
    said = [
        *facts({**situation, "vehicle": {**situation["vehicle"], "plate": "<b>蒙K</b>"}}),
        ("answer", "EQP-14", {"result": "does_not_conform", "note": EVIL}),
        ("statement", "driver", {"text": EVIL}),
        ("signature", "driver:x", {"role": EVIL, "name": EVIL, "strokes": [[1, 2, 3, 4]]}),
    ]
    deliver(stage, "evil", sealed_part(stage, "T", said, minutes_ago=3, hands=("T-001",), site=EVIL))
    _drain(stage.office)
    browser = Browser(stage.office, "area")
    held = case(stage, "T", "evil")
    for path in ("/console/inbox", f"/console/records/{stage.digests['evil']}", f"/console/cases/{held.id}"):
        page = browser.get(path)
        assert page.status_code == 200
        assert "<script>" not in page.text
        assert "<b>蒙K</b>" not in page.text
        assert "&lt;script&gt;" in page.text


def test_a_search_text_is_shown_as_text(stage: Stage) -> None:
    assert "<script>" not in Browser(stage.office, "area").get(f"/console/inbox?text={EVIL[:25]}").text


def _drain(office: Office) -> None:
    from tests.server.scene import drain

    drain(office)


def test_a_pin_that_was_set_at_the_signature_is_told_to_whoever_reads_the_record(stage: Stage) -> None:
    signed = {"role": "officer", "card": "1", "strokes": []}
    said = [
        *facts(story_situation()),
        ("signature", "officer:甲", {**signed, "name": "甲"}),
        ("signature", "officer:乙", {**signed, "name": "乙", "pin_set_now": True}),
    ]
    deliver(stage, "pin", sealed_part(stage, "T", said, minutes_ago=3, hands=("T-001",), site=""))
    _drain(stage.office)
    page = Browser(stage.office, "area").get(f"/console/records/{stage.digests['pin']}").text
    told = page[page.index(">乙<") :]
    assert "签名时才设定PIN" in told[:200] and page.count("签名时才设定PIN") == 1


def test_a_refusal_says_why_and_what_saw_it_and_silence_stands_only_where_it_was_noted(stage: Stage) -> None:
    refused = {"refused": True, "reason": "不认可检查结果", "recorder": "DSJ-00871"}
    said = [
        *facts(story_situation()),
        ("statement", "driver", {"text": "", "nothing": True}),
        ("signature", "driver:丙", {"role": "driver", "name": "丙", "strokes": [], **refused}),
        ("signature", "officer:乙", {"role": "officer", "name": "乙", "strokes": [], "identity": "unverified"}),
        ("signature", "officer:甲", {"role": "officer", "name": "甲", "strokes": [], "identity": "code"}),
    ]
    deliver(stage, "refusal", sealed_part(stage, "T", said, minutes_ago=3, hands=("T-001",), site=""))
    _drain(stage.office)
    page = text(Browser(stage.office, "area").get(f"/console/records/{stage.digests['refusal']}").text)
    assert "不认可检查结果" in page and "执法记录仪编号 DSJ-00871" in page
    assert "驾驶人：已询问，未作陈述、申辩" in page
    assert page.count("身份未核实") == 1


def test_an_officer_of_an_agency_that_nobody_knows_is_shown_by_its_code(stage: Stage) -> None:
    part = sealed_part(stage, "T", facts(story_situation()), minutes_ago=3, hands=("T-001", "Z-009"), site="某路口")
    deliver(stage, "stranger", part)
    _drain(stage.office)
    page = text(Browser(stage.office, "area").get(f"/console/records/{stage.digests['stranger']}").text)
    assert "Z Z-009" in page and "某路口" in page and "无法以页面显示" not in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "未由本人确认在场"),
        ({"confirmed_at": "2026-11-29T01:05:00.000Z", "identity": "code"}, "2026-11-29 09:05 以本人 PIN 确认在场"),
        ({"confirmed_at": "2026-11-29T01:05:00.000Z", "identity": "unverified"}, "身份未核实"),
    ],
)
def test_the_second_officer_of_a_quick_check_is_there_by_his_own_word_or_was_only_named(
    stage: Stage, said: dict[str, str], told: str
) -> None:
    who = {"role": "second_officer", "officer": "P-009", "name": "李敏", "card": "P-0009", "agency": "P", **said}
    part = sealed_part(
        stage,
        "T",
        [*facts(story_situation()), ("party", "second_officer", who)],
        minutes_ago=3,
        hands=("T-001",),
        site="",
    )
    deliver(stage, "second", part)
    _drain(stage.office)
    page = text(Browser(stage.office, "area").get(f"/console/records/{stage.digests['second']}").text)
    head, _line, timeline = page.partition("时间线")
    for shown in (head, timeline):
        assert "李敏" in shown and told in shown
    assert ("以本人 PIN" in page) == bool(said)


def test_what_could_not_be_verified_is_named_with_why_and_who_and_is_told_to_the_team(stage: Stage) -> None:
    said = [*facts(story_situation()), ("answer", "LIC-08", {"result": "not_verified", "why": "not_shown"})]
    deliver(stage, "unverified", sealed_part(stage, "T", said, minutes_ago=3, hands=("T-001",), site=""))
    _drain(stage.office)
    page = Browser(stage.office, "area").get(f"/console/records/{stage.digests['unverified']}").text
    told = text(page[page.index('id="unverified"') :])
    assert "LIC-08 专用车辆年度审验 未出示 T-001" in told
    assert "现场无法核实，待查证" in told and "未办结" in told
