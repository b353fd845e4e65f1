from __future__ import annotations

from dataclasses import replace

import pytest

from checklists.authoring.periods import check_days, citations
from checklists.authoring.text_tree import Report
from checklists.law import texts
from checklists.law.model import Citation
from tests.loaded import load_all

HAZCHEM = ("hazchem-law", "2025-12-27")


def test_every_clause_that_the_data_cite_of_a_law_in_the_product_is_in_its_text() -> None:
    cited = {(one.law, one.version, one.clause) for one in citations(load_all()) if one.clause}
    known = {one for one in cited if texts.versions().get(one[0]) == one[1]}
    assert len(known) > 100
    assert not [one for one in known if not texts.passage(*one)]


def test_a_passage_is_the_item_with_the_words_that_lead_into_it() -> None:
    said = texts.passage(*HAZCHEM, "109¶1(4)").split("\n")
    assert said[0].startswith("有下列情形之一的，由交通运输主管部门责令限期改正")
    assert said[1].startswith("（四）运输危险化学品，未根据") and len(said) == 2
    assert texts.passage("penalty-law", "2021-01-22", "63(3)").endswith("（三）降低资质等级、吊销许可证件；")
    assert texts.passage(*HAZCHEM, "67¶1–2").count("\n") == 1


@pytest.mark.parametrize("clause", ["109¶1(14)", "109¶9", "999", "", "5.10", "67¶1(1)", "44–999"])
def test_what_is_not_in_the_text_has_no_words(clause: str) -> None:
    assert texts.passage(*HAZCHEM, clause) == ""
    assert clause in ("109¶1(14)", "109¶9", "67¶1(1)") or texts.words_of(*HAZCHEM, clause) == ""


def test_another_version_or_a_law_that_is_not_here_has_no_words() -> None:
    assert (
        texts.article("hazchem-law", "2013-12-07", "109") == () and texts.article("order-29", "2019 No. 29", "60") == ()
    )


@pytest.mark.parametrize(
    ("clause", "numbers"),
    [("44–46", ("44", "45", "46")), ("5、7", ("5", "7")), ("109¶1(4)", ("109",)), ("97(3)(4)", ("97",)), ("x", ())],
)
def test_the_articles_of_a_clause(clause: str, numbers: tuple[str, ...]) -> None:
    assert texts.articles_of(clause) == numbers


def test_validation_tells_a_clause_that_its_law_does_not_have() -> None:
    held = load_all()
    wrong = Citation(*HAZCHEM, "109¶1(14)", source="S66", confirmed="2026-12-01 甲、乙")
    rows = (replace(held.violations[0], duty=(wrong,)), *held.violations[1:])
    report = Report()
    check_days(replace(held, violations=rows), report)
    said = " ".join(str(one) for one in report.problems)
    assert "has no 109¶1(14)" in said and "an office confirms" in said
