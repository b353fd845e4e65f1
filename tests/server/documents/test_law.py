"""What law a document names: by the day of the conduct and the load, and only what is verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from checklists.definitions.citation import cite
from checklists.law.cases import case_of
from checklists.law.clauses import clause_text, numeral
from checklists.law.model import Citation, rows_on
from checklists.wire import to_plain
from server.cases.casefile import Party
from server.documents import draft, law, penalties
from server.documents.chinese import day_words, moment_words, sex_and_age
from server.documents.dossier import Told
from server.documents.draft import Draft
from server.documents.forms import FORMS
from server.documents.law import PENDING
from tests.server.documents.cast import FINE, NOW, PERSON, UNIT, case, definitions, dossier, filled, finding, groups

DAY = NOW.date()


def made(kind: str, **changes: Any) -> Draft:
    return draft.make(dossier(**changes), kind, filled(FORMS[kind]))


def named(told: Draft) -> list[tuple[str, str, bool]]:
    return [(one.law, one.clause, one.verified) for one in told.law]


def penalised(code: str, party: Party = UNIT, **row: Any) -> dict[str, Any]:
    rows = [{"violation": code, "kind": "fine", "amount_cny": 60_000, **row}]
    return {"groups": groups(finding(code)), "case": case(party, planned=rows, penalties=rows)}


def test_a_decision_names_duty_and_penalty_of_the_load() -> None:
    told = made("decision")
    assert ("hazchem-law", "67¶1", True) in named(told) and ("hazchem-law", "109¶1(4)", True) in named(told)
    assert "违反了" in told.sheet.text and PENDING not in told.sheet.text and told.missing == ()


def test_law_that_nobody_verified_refuses_a_decision_and_prints_no_clause() -> None:
    told = made("decision", **penalised("CN-TNK-06"))
    assert [one for one in told.missing if one.code == "law_unverified"]
    assert f"依据{PENDING}的规定" in told.sheet.text and "第六十条" not in told.sheet.text


def test_a_report_shows_that_the_law_is_open_and_can_be_issued() -> None:
    told = made("investigation_report", **penalised("CN-TNK-06"))
    assert PENDING in told.sheet.text and told.missing == ()


def test_what_was_verified_when_it_was_found_and_is_not_any_more_is_not_printed() -> None:
    held = definitions()
    rows = tuple(
        replace(
            row,
            penalty=tuple(replace(one, basis=one.basis and replace(one.basis, verified=False)) for one in row.penalty),
        )
        for row in held.violations
    )
    told = made("decision", definitions=replace(held, violations=rows))
    assert any(one.code == "law_unverified" for one in told.missing)


def test_what_two_people_confirmed_since_counts_as_verified() -> None:
    held = definitions()

    def confirmed(one: Any) -> Any:
        basis = one.basis and replace(one.basis, verified=True, confirmed="2026-11-28 甲、乙")
        return replace(one, basis=basis, min_cny=50_000, max_cny=500_000)

    rows = tuple(
        replace(row, penalty=tuple(map(confirmed, row.penalty))) if row.code == "CN-TNK-06" else row
        for row in held.violations
    )
    told = made("decision", **penalised("CN-TNK-06"), definitions=replace(held, violations=rows))
    assert told.missing == () and "第一百零九条第一款第（四）项" in told.sheet.text
    driver = made("decision", **penalised("CN-TNK-06", party=PERSON), definitions=replace(held, violations=rows))
    assert "第六十一条第（二）项" in driver.sheet.text, "the carrier's clause is none of the driver"


def test_a_fine_below_the_range_still_names_the_clause_it_is_mitigated_from() -> None:
    told = made("decision", **penalised("CN-EQP-01", amount_cny=20_000))
    assert ("hazchem-law", "109¶1(4)", True) in named(told) and told.missing == ()


def test_a_finding_of_a_shape_that_is_not_known_prints_nothing() -> None:
    told = made("decision", groups=groups(finding(penalty=[{"basis": {"law": "x", "newer": 1}}])))
    assert any(one.code == "law_unverified" for one in told.missing)


def test_two_violations_are_two_sentences_and_one_sum() -> None:
    rows = [*FINE, {"violation": "CN-EDU-05", "kind": "fine", "amount_cny": 30_000}]
    held = dossier(groups=groups(finding(), finding("CN-EDU-05")), case=case(penalties=rows))
    said = draft.make(held, "decision", filled(FORMS["decision"])).sheet.text
    assert "罚款人民币陆万元整（￥60,000元）" in said and "罚款人民币叁万元整（￥30,000元）" in said
    assert "以上罚款合计人民币玖万元整（￥90,000元）。" in said


def test_a_violation_without_a_penalty_has_its_reason_in_the_decision_and_no_law() -> None:
    rows = [*FINE, {"violation": "CN-LIC-05b", "kind": "none", "ground": "no_fault", "text": "有发证机关的延期证明"}]
    open_ = finding("CN-LIC-05b", load="", duty=[], penalty=[])
    held = dossier(groups=groups(finding(), open_), case=case(penalties=rows, planned=rows))
    told = draft.make(held, "decision", filled(FORMS["decision"]))
    said = told.sheet.text
    assert "没有主观过错（有发证机关的延期证明），决定不予行政处罚" in said and "罚款人民币陆万元整" in said
    assert {one.violation for one in told.law if one.violation} == {"CN-EQP-01"}
    assert "拟不予行政处罚" in draft.make(held, "notice", filled(FORMS["notice"])).sheet.text


def by_load(code: str = "CN-EQP-01") -> dict[str, Any]:
    """A finding of a load that nobody knew on the road: every row of the day stands in it as a case."""
    rows = [one for one in rows_on(definitions().violations, code, DAY) if one.applies_when]
    cases = [to_plain(case_of(one)) for one in rows]
    return finding(code, duty=[], penalty=[], cases=cases)


@pytest.mark.parametrize(
    ("load", "ranges"),
    [
        ({}, set()),
        ({"hazchem": "yes"}, {("hazchem-law", 50_000, 500_000)}),
        ({"hazchem": "no", "special_law": "none"}, {("dg-road-rules", 50_000, 100_000)}),
        ({"hazchem": "no"}, set()),
    ],
)
def test_the_law_that_hung_on_the_load_is_that_of_the_load_as_it_is_settled(
    load: dict[str, str], ranges: set[tuple[str, int, int]]
) -> None:
    held = law.grounds(definitions(), groups(by_load("CN-LIC-03")), DAY, "carrier", load)["CN-LIC-03"]
    assert {(one.basis.law, one.min_cny, one.max_cny) for one in held.penalty if one.basis} == ranges
    chosen = law.settled(groups(by_load("CN-LIC-03"))[0], load)
    assert (chosen is None) == (not load)


def test_a_document_says_what_the_load_is_and_on_what_that_rests() -> None:
    file = case(load={"hazchem": "yes"})
    held = dossier(groups=groups(by_load()), case=file)
    said = replace(held, told=(*held.told, Told("load_settled", "2026-11-22", "王", {"reason": "检验报告 7 号"})))
    text = draft.make(said, "investigation_report", filled(FORMS["investigation_report"])).sheet.text
    assert "关于所载货物，经查：列入目录的危险化学品：是。依据：检验报告 7 号" in text
    assert "第一百零九条第一款第（四）项" in draft.make(said, "decision", filled(FORMS["decision"])).sheet.text


def test_a_penalty_without_its_object_in_words_is_warned_of() -> None:
    rows = [{"violation": "CN-EQP-01", "kind": "suspension"}]
    told = made("decision", case=case(penalties=rows))
    assert ("penalty_vague", "CN-EQP-01 suspension") in told.warnings
    assert penalties.penalty_words({"kind": "suspension", "text": "暂扣经营许可证一个月"}) == "暂扣经营许可证一个月"


def test_the_law_is_that_of_the_day_of_the_conduct() -> None:
    before = law.grounds(definitions(), groups(finding()), date(2026, 1, 5))
    assert before["CN-EQP-01"].basis(None) == (), "the Law of 2026-05-01 is no basis for January"


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("44–45", "第四十四条、第四十五条"), ("63–64", "第六十三条、第六十四条"), ("18–21", "第十八条至第二十一条"),
        ("109¶1(4)", "第一百零九条第一款第（四）项"), ("97(3)(4)", "第九十七条第（三）项、第（四）项"),
        ("8(1)6", "第八条第（一）项第六目"), ("67¶1–2", "第六十七条第一款、第二款"), ("5.10", "5.10"),
        ("1175", "第一千一百七十五条"),
    ],
)  # fmt: skip
def test_clauses_stand_in_words(clause: str, said: str) -> None:
    assert clause_text(clause) == said


def test_numbers_days_and_people_are_written_as_papers_write_them() -> None:
    assert [numeral(one) for one in (0, 9, 10, 15, 20, 60, 100, 110, 1005)] == [
        "零", "九", "十", "十五", "二十", "六十", "一百", "一百一十", "一千零五",
    ]  # fmt: skip
    assert moment_words("2026-12-31T16:05:00Z") == "2027年1月1日0时05分" and day_words("2026-12-01") == "2026年12月1日"
    assert sex_and_age("110101199003070011", DAY) == ("男", "36") and sex_and_age("91150000MA0EXAMPLE", DAY) == ("", "")
    standard = Citation("gb-13392", "2023", "4.2.1")
    assert cite(definitions(), standard) == "《GB 13392-2023 道路运输危险货物车辆标志》4.2.1"
