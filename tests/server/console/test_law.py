"""What is verified stands as a basis; what is not, and what lacks its clause, never looks like one."""

from __future__ import annotations

from datetime import date

from checklists.definitions.definition import Definitions
from checklists.law.model import Citation, GeneralRule, Law
from server.console import law

DAY = date(2026, 11, 21)
LAWS = {"penalty-law": Law("penalty-law", {"zh": "中华人民共和国行政处罚法"})}
RULE = GeneralRule("penalty-law", "2021", "29", verified=True, use="no_double_fine", text={"zh": "不得两次罚款"})
DEFINITIONS = Definitions(laws=LAWS, general=(RULE,))


def cited(**changes: object) -> law.Cited:
    plain = {"law": "penalty-law", "version": "2021", "clause": "28", "verified": True, **changes}
    return law.citations(DEFINITIONS, [plain], DAY)[0]


def test_a_verified_clause_in_force_is_a_basis() -> None:
    assert cited().mark == "verified"
    assert cited().text == {"zh": "《中华人民共和国行政处罚法》第二十八条", "en": "中华人民共和国行政处罚法, art. 28"}


def test_a_clause_that_nobody_verified_is_marked() -> None:
    assert cited(verified=False).mark == "unverified"


def test_a_verified_clause_out_of_force_on_the_day_is_no_basis() -> None:
    assert cited(in_force_to="2026-11-20").mark == "ended"
    assert cited(in_force_to="2026-11-21").mark == "verified"


def test_a_clause_without_its_number_is_missing_and_not_made_up() -> None:
    assert cited(clause="").mark == "missing"
    assert "条" not in cited(clause="").text["zh"]


def test_a_law_that_the_data_lack_is_named_by_its_key() -> None:
    assert cited(law="new-law").text["zh"] == "《new-law》第二十八条"


def test_the_same_clause_twice_is_shown_once_and_verified_ones_come_first() -> None:
    first = {"law": "penalty-law", "version": "2021", "clause": "28"}
    other = {"law": "penalty-law", "version": "2021", "clause": "42", "verified": True}
    shown = law.citations(DEFINITIONS, [first, other, {**first, "verified": True}], DAY)
    assert [(one.text["zh"][-5:], one.mark) for one in shown] == [
        ("第四十二条", "verified"),
        ("第二十八条", "verified"),
    ]


def test_a_penalty_is_relied_on_only_with_a_verified_clause() -> None:
    basis = {"law": "penalty-law", "version": "2021", "clause": "28", "verified": True}
    known, open_, _nothing = (
        [{"basis": basis, "min_cny": 100}],
        [{"basis": {**basis, "verified": False}, "min_cny": 100}],
        [{}],
    )
    assert law.fines(DEFINITIONS, known, DAY)[0].verified
    assert not law.fines(DEFINITIONS, open_, DAY)[0].verified
    assert law.fines(DEFINITIONS, _nothing, DAY) == []


def test_a_citation_of_a_later_shape_is_named_and_not_relied_on() -> None:
    assert cited(in_force_from={"day": 1}).mark == "unverified"


def test_a_general_rule_is_found_by_its_use() -> None:
    found = law.general(DEFINITIONS, "no_double_fine", DAY)
    assert found is not None
    assert (found[1].text["zh"], found[1].mark) == ("《中华人民共和国行政处罚法》第二十九条", "verified")
    assert law.general(DEFINITIONS, "unheard_of", DAY) is None


def test_citation_reads_what_the_kernel_writes() -> None:
    from checklists.wire import to_plain

    plain = to_plain(Citation("penalty-law", "2021", "28", date(2021, 7, 15), verified=True))
    assert law.citations(DEFINITIONS, [plain], DAY)[0].mark == "verified"
