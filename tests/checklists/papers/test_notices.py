"""The papers: what they must say, and what they must never say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklists.authoring.casefile import check, read_case
from checklists.authoring.loader import ROOT
from checklists.definitions.citation import citable, cite
from checklists.definitions.definition import Definitions
from checklists.findings.assessment import Assessment, Finding, Party
from checklists.goods.listing import Tables
from checklists.law.model import Citation, Violation
from checklists.papers.notices import Facts, on_site_record, order_to_correct, orders
from checklists.papers.paper import points, text_of

GOLDEN = Path(__file__).parents[2] / "golden"
SIGNED = (
    {"role": "driver", "name": "张建国", "strokes": [[0, 0, 50, 50]]},
    {"role": "officer", "name": "王强", "card": "T-0001"},
    {"role": "officer", "name": "李敏", "card": "P-0002"},
)


@pytest.fixture
def story(definitions: Definitions, tables: Tables) -> Assessment:
    return check(read_case(ROOT / "examples" / "waste-acid-tanker.yaml"), definitions, tables)


@pytest.fixture
def facts(story: Assessment) -> Facts:
    at = story.situation.at
    who = ("王强（执法证号 T-0001）", "李敏（执法证号 P-0002）")
    held = Facts("D01-R-000001", "示例旗交通运输综合行政执法大队", "G109 示例检查点", at, who, "hold", SIGNED)
    told = replace(held, ended_at=at + timedelta(minutes=25), statement="堵漏器材上周用完了，还没补。")
    return replace(told, cards=("王强 T-0001", "李敏 P-0002"), shown_to=("驾驶人张建国",))


def test_the_papers_of_the_story_read_word_for_word_as_released(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    papers = [on_site_record(definitions, story, facts)]
    for number, order in enumerate(orders(story), start=1):
        papers.append(order_to_correct(definitions, story, replace(facts, number=f"D01-O-{number:06}"), order))
    assert "\n".join(map(text_of, papers)) == (GOLDEN / "papers-of-the-story.txt").read_text(encoding="utf-8")


def test_each_authority_orders_what_it_is_competent_for(story: Assessment) -> None:
    held = {(one.agency, one.party.role): [found.item for found in one.findings] for one in orders(story)}
    assert held == {("T", "carrier"): ["LIC-07", "EQP-12", "EQP-13", "EQP-14"], ("P", "carrier"): ["PLA-02"]}


def test_a_clean_check_gives_a_record_and_no_order(definitions: Definitions, story: Assessment, facts: Facts) -> None:
    clean = replace(story, findings=(), proposal=replace(story.proposal, outcome="release", measures=()))
    text = text_of(on_site_record(definitions, clean, replace(facts, outcome="release")))
    assert orders(clean) == ()
    assert "未发现不符合项" in text
    assert "放行" in text


def test_no_finding_of_the_story_prints_unverified_law(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    text = text_of(on_site_record(definitions, story, facts))
    cited = [c for one in story.findings for c in (*one.basis, *one.duty, *_bases(one.penalty))]
    assert "法律依据待核" in text
    assert not [bad for bad in _forbidden(definitions, cited, story.situation.day) if bad in text]


def test_no_row_of_the_catalogue_prints_unverified_law(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    day = story.situation.day
    for row in definitions.violations:
        text = text_of(on_site_record(definitions, replace(story, findings=(_finding(row),)), facts))
        bad = _forbidden(definitions, [*row.duty, *_bases(row.penalty)], day)
        assert not [one for one in bad if one in text], row.code
        if not citable(definitions, _bases(row.penalty), day):
            assert "法律依据待核" in text, row.code


def test_a_verified_penalty_clause_in_force_is_printed(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    row = next(one for one in definitions.violations if _bases(one.penalty) and all(_printed(definitions, one, story)))
    text = text_of(on_site_record(definitions, replace(story, findings=(_finding(row),)), facts))
    assert all(cite(definitions, basis) in text for basis in _bases(row.penalty))


def test_a_clause_of_a_version_that_is_over_is_not_cited(definitions: Definitions) -> None:
    over = Citation("hazchem-regulation", "2013-12-07", "45", verified=True)
    assert citable(definitions, [over], date(2026, 4, 30)) == (over,)
    assert citable(definitions, [over], date(2026, 5, 1)) == ()


@pytest.mark.parametrize(
    ("clause", "printed"),
    [
        ("44", "第四十四条"),
        ("63(3)", "第六十三条第（三）项"),
        ("97(3)(4)", "第九十七条第（三）项、第（四）项"),
        ("44–45", "第四十四条、第四十五条"),
    ],
)
def test_articles_are_cited_as_the_law_counts_them(definitions: Definitions, clause: str, printed: str) -> None:
    assert cite(definitions, Citation("order-29", "2019 No. 29", clause)).endswith("》" + printed)


def test_a_clause_of_a_standard_stands_as_written_and_an_unknown_one_is_not_made_up(definitions: Definitions) -> None:
    assert cite(definitions, Citation("gb-13392", "2023", "4.2.1")).endswith("》4.2.1")
    assert cite(definitions, Citation("jt-t-617.7", "2018")).endswith("》")


def test_cards_are_only_said_to_have_been_shown_where_that_was_recorded(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    shown, not_shown = (
        text_of(on_site_record(definitions, story, one)) for one in (facts, replace(facts, cards=(), shown_to=()))
    )
    assert "已向驾驶人张建国出示执法证件：王强 T-0001、李敏 P-0002" in shown
    assert "出示" not in not_shown


def test_a_deadline_a_reason_and_a_refusal_are_printed(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    refused = {"role": "driver", "name": "张建国", "refused": True, "witness": "赵六"}
    told = replace(facts, signatures=(refused,), correct_by=date(2026, 11, 28), reason="已卸载")
    text = text_of(on_site_record(definitions, story, told))
    assert "改正期限：2026-11-28" in text
    assert "理由：已卸载" in text
    assert "驾驶人：张建国（拒绝签字；见证人：赵六）" in text


LONE = {"role": "driver", "name": "张建国", "refused": True, "reason": "未说明理由", "recorder": "DSJ-00871"}


@pytest.mark.parametrize("before", [False, True])
def test_a_refused_record_never_says_that_it_was_read_and_agrees(
    definitions: Definitions, story: Assessment, facts: Facts, before: bool
) -> None:
    at = datetime(2026, 10, 1, 9, 30, tzinfo=facts.at.tzinfo) if before else facts.at
    text = text_of(on_site_record(definitions, story, replace(facts, at=at, ended_at=None, signatures=(LONE,))))
    assert "所述一致" not in text
    assert "拒绝签字；理由：未说明理由；无见证人，已录音录像，执法记录仪编号：DSJ-00871" in text
    assert ("拒绝签名，执法人员予以注明" in text) is not before


def test_who_read_it_and_who_refused_are_told_apart(definitions: Definitions, story: Assessment, facts: Facts) -> None:
    escort = {"role": "escort", "name": "", "refused": True, "witness": "赵六"}
    text = text_of(on_site_record(definitions, story, replace(facts, signatures=(SIGNED[0], escort))))
    assert "以上记录已交驾驶人张建国阅读" in text and "以上记录已向押运员出示，押运员拒绝签名" in text
    assert "押运员：姓名未查明（拒绝签字；见证人：赵六）" in text


def test_silence_is_only_printed_where_somebody_put_it_down(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    text = text_of(on_site_record(definitions, story, replace(facts, statement="")))
    assert "当事人是否陈述、申辩，未作记录。" in text and "未作陈述" not in text


def test_where_nobody_was_asked_the_record_tells_of_no_rights_and_no_silence(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    asked = replace(facts, statement="", cards=(), shown_to=(), signatures=SIGNED[1:])
    text = text_of(on_site_record(definitions, story, asked))
    assert not [one for one in ("陈述", "权利", "阅读") if one in text]


def test_an_officer_for_whom_only_the_holder_of_the_tablet_vouches_is_marked(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    second = {**SIGNED[2], "identity": "unverified"}
    text = text_of(on_site_record(definitions, story, replace(facts, signatures=(*SIGNED[:2], second))))
    assert "执法人员：李敏  执法证号 P-0002（身份未核实）" in text and text.count("身份未核实") == 1


def test_an_order_with_a_deadline_names_the_day(definitions: Definitions, story: Assessment, facts: Facts) -> None:
    late = tuple(replace(one, measures=("L",)) for one in story.findings)
    order = orders(replace(story, findings=late))[0]
    text = text_of(order_to_correct(definitions, story, replace(facts, correct_by=date(2026, 11, 28)), order))
    assert "于2026-11-28前改正第1、2、3、4" in text


def test_the_text_of_a_paper_changes_with_every_word_of_it(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    one, other = (
        text_of(on_site_record(definitions, story, replace(facts, statement=said))) for said in ("是的", "不是")
    )
    assert one != other


def test_strokes_are_the_same_points_flat_or_paired() -> None:
    assert points([[1, 2, 3, 4]]) == points([[[1, 2], [3, 4]]]) == (((1, 2), (3, 4)),)


def test_a_readers_translation_is_english_but_for_names(
    definitions: Definitions, story: Assessment, facts: Facts
) -> None:
    text = text_of(on_site_record(definitions, story, facts, "en"))
    assert "No escort on board（LIC-11）" in text
    assert "art. 44–45" in text


def _finding(row: Violation) -> Finding:
    held: dict[str, Any] = {"violation": row.code, "duty": row.duty, "penalty": row.penalty}
    return Finding("LIC-01", (row.agency or ("T",))[0], "II", ("R", "C"), Party("carrier"), row.title, **held)


def _bases(penalties: Any) -> list[Citation]:
    return [one.basis for one in penalties if one.basis]


def _printed(definitions: Definitions, row: Violation, story: Assessment) -> list[bool]:
    return [bool(citable(definitions, [basis], story.situation.day)) for basis in _bases(row.penalty)]


def _forbidden(definitions: Definitions, cited: list[Citation], day: date) -> set[str]:
    """What must not be printed: citations that are not to be cited and that no other citation allows."""
    allowed = {cite(definitions, one) for one in citable(definitions, cited, day)}
    every = {cite(definitions, one) for one in cited if one.clause}
    # The articles of the general rules stand on the paper for themselves.
    general = {cite(definitions, one) for one in definitions.general}
    return every - allowed - general


def _on(day: str, definitions: Definitions, tables: Tables, **stated: str) -> Assessment:
    case = read_case(ROOT / "examples" / "waste-acid-tanker.yaml")
    at = datetime.fromisoformat(f"{day}T09:30:00+08:00")
    seen = replace(case.situation.seen, facts=stated)
    return check(replace(case, situation=replace(case.situation, at=at, seen=seen)), definitions, tables)


def test_the_story_of_today_cites_the_rules_of_2026_and_leaves_open_what_depends_on_the_load(
    definitions: Definitions, tables: Tables, facts: Facts
) -> None:
    text = text_of(on_site_record(definitions, _on("2026-11-28", definitions, tables), facts))
    for cited in (
        "《道路危险货物运输管理规定》第三十六条",
        "《道路危险货物运输管理规定》第三十二条",
        "《道路危险货物运输管理规定》第三十条",
    ):
        assert cited in text
    assert "处罚依据：法律依据待核：取决于所装货物的性质，尚未查明" in text
    assert "危险化学品安全法" not in text and "危险化学品安全管理条例" not in text


def test_once_the_acid_is_known_to_be_listed_the_paper_cites_the_law_of_the_day(
    definitions: Definitions, tables: Tables, facts: Facts
) -> None:
    text = text_of(on_site_record(definitions, _on("2026-11-28", definitions, tables, hazchem="yes"), facts))
    for clause in (
        "第一百一十二条第（二）项",
        "第一百一十二条第（一）项",
        "第一百零九条第一款第（四）项",
        "第六十九条第一款",
        "第六十七条第一款",
    ):
        assert f"《中华人民共和国危险化学品安全法》{clause}" in text
    assert "取决于所装货物" not in text and "危险化学品安全管理条例" not in text


def test_once_the_acid_is_known_not_to_be_listed_the_law_on_chemicals_is_not_named(
    definitions: Definitions, tables: Tables, facts: Facts
) -> None:
    text = text_of(on_site_record(definitions, _on("2026-11-28", definitions, tables, hazchem="no"), facts))
    assert "危险化学品" not in text and "《道路危险货物运输管理规定》第三十六条" in text


def test_conduct_before_the_law_is_never_put_under_it(definitions: Definitions, tables: Tables, facts: Facts) -> None:
    text = text_of(on_site_record(definitions, _on("2026-04-30", definitions, tables, hazchem="yes"), facts))
    assert "《危险化学品安全管理条例》第八十九条第（二）项" in text and "危险化学品安全法" not in text


def test_a_permit_not_carried_has_a_basis_of_the_measure_and_none_of_a_fine(
    definitions: Definitions, tables: Tables, facts: Facts
) -> None:
    case = read_case(ROOT / "examples" / "trailer-permit-not-carried.yaml")
    text = text_of(on_site_record(definitions, check(case, definitions, tables), facts))
    assert "措施依据：《道路危险货物运输管理规定》第五十三条" in text
    assert "处罚依据" not in text
