"""The office on its documents: who may say it, for which agency, what is too long, and what the log keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from server.console.details import NAMES
from server.documents.case_values import OFFICE
from server.office import Office
from server.store import audit, case_numbers, office_details
from tests.server.console.cases.clerk import Clerk, text
from tests.server.console.quarters import ESCAPED, HOSTILE, form_of, furnished, sent, shared

ADDRESS = "/console/office"


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from shared(tmp_path_factory.mktemp("office"))


def save(clerk: Clerk, agency: str = "", **values: str) -> Any:
    shown = clerk.get(f"{ADDRESS}?agency={agency}")
    assert shown.status_code == 200
    return sent(clerk, form_of(shown.text, ADDRESS), **values)


def test_a_leader_says_it_once_and_the_log_has_old_and_new(office: Office) -> None:
    furnished(office)
    lead = Clerk(office, "lead")
    done = save(lead, phone="0477-8000001", sign="示交")
    assert done.status_code == 303 and done.headers["location"] == f"{ADDRESS}?agency=T&said=saved"
    assert office_details.of_agency("T")["phone"] == "0477-8000001" and case_numbers.head("T") == "示交"
    told = next(one for one in audit.page() if one.action == "office.details")
    assert (told.who, told.subject) == ("lead", "T")
    assert audit.detail_of(told)["old"] == {"phone": "0477-0000000", "sign": "T"}
    assert audit.detail_of(told)["new"] == {"phone": "0477-8000001", "sign": "示交"}
    assert save(lead).status_code == 303
    assert len([one for one in audit.page() if one.action == "office.details"]) == 1, "nothing changed the second time"
    assert 'value="示交"' in lead.get(ADDRESS).text


def test_every_detail_of_a_document_has_its_field() -> None:
    assert set(NAMES) == set(OFFICE)


@pytest.mark.parametrize("login", ["wang", "su", "he", "area", "zhou", "liu"])
def test_other_roles_do_not_open_it(lite: Office, login: str) -> None:
    assert Clerk(lite, login).get(ADDRESS).status_code == 403


def test_a_leader_says_nothing_for_another_agency(lite: Office) -> None:
    lead, before = Clerk(lite, "lead"), office_details.of_agency("P")
    held = form_of(lead.get(f"{ADDRESS}?agency=P").text, ADDRESS)
    assert dict(held.values)["agency"] == "T", "he sees his own instead"
    assert sent(lead, held, agency="P", name="别人的").status_code == 403
    assert office_details.of_agency("P") == before


def test_the_administrator_chooses_the_agency(lite: Office) -> None:
    sun = Clerk(lite, "sun")
    shown = sun.get(f"{ADDRESS}?agency=P").text
    assert shown.count('aria-current="true"') == 1 and "示例县P执法大队" in shown
    assert save(sun, "P", address="平安路 1 号").status_code == 303
    assert office_details.of_agency("P")["address"] == "平安路 1 号"
    assert save(sun, "M", name="市场监督管理局").status_code == 303
    assert "市场监督管理局" in sun.get(f"{ADDRESS}?agency=M").text


def test_an_empty_detail_is_taken_and_an_endless_one_is_not(lite: Office) -> None:
    lead = Clerk(lite, "lead")
    assert save(lead, contact="", address="示例路 9 号").status_code == 303
    done = save(lead, address="长" * (office_details.LONGEST + 1), contact="王某")
    assert done.status_code == 422 and "有一项过长" in text(done.text)
    kept = dict(form_of(done.text, ADDRESS).values)
    assert kept["address"].startswith("长长") and kept["contact"] == "王某", "what was typed is not lost"
    assert office_details.of_agency("T")["address"] == "示例路 9 号"
    assert save(lead, sign="长" * 21).status_code == 422


def test_hostile_words_stay_words(lite: Office) -> None:
    chief = Clerk(lite, "chief")
    assert save(chief, name=HOSTILE).status_code == 303
    shown = chief.get(ADDRESS).text
    assert ESCAPED in shown and "<script>alert" not in shown
    held = form_of(shown, ADDRESS)
    assert dict(held.values)["name"] == HOSTILE
    assert sent(chief, held, csrf="other").status_code == 403
    assert sent(chief, held, phone="a\0b").status_code == 400
