"""The law page: an article that the product carries stands beside what was typed, and its own words are proposed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from checklists.law import texts
from server.office import Office
from server.store.paper_models import LawConfirmation
from tests.server.browser import Browser, token
from tests.server.seeded import plant, signed_in

CODE, LAW, VERSION = "CN-LOD-09b", "work-safety-law", "2021-06-10"
KEY = f"{CODE}|penalty|{LAW}|{VERSION}||"
ABOUT = {"code": CODE, "part": "penalty", "law": LAW, "version": VERSION, "clause": "", "subject": "", "about": KEY}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    held = plant(tmp_path_factory.mktemp("office"), "", 5)
    yield held
    held.close()


@pytest.fixture
def browser(office: Office) -> Iterator[Browser]:
    """The law administrator's, at a row whose clause the data do not know."""
    yield signed_in(office, "seed-law")
    office.store.write_now(lambda: LawConfirmation.delete().execute())


def posted(browser: Browser, act: str, **told: str) -> tuple[int, str]:
    form = {"csrf": token(browser.get(f"/console/law?code={CODE}").text), "act": act, **ABOUT, **told}
    answer = browser.post("/console/law", form)
    return answer.status_code, answer.text


def digest_shown(page: str) -> str:
    row = page[page.index(f'value="{KEY}"') :]
    found = re.search(r'name="text_digest" value="([0-9a-f]{64})"', row)
    assert found is not None
    return found[1]


def test_an_article_is_looked_up_by_its_number(browser: Browser) -> None:
    status, page = posted(browser, "look", as_clause="97(3)")
    assert status == 200 and "data-compared" not in page
    assert texts.words_of(LAW, VERSION, "97(3)")[:40] in html.unescape(page)


def test_what_was_typed_stands_beside_it_with_every_difference(browser: Browser) -> None:
    words = texts.words_of(LAW, VERSION, "97(3)")
    _status, page = posted(browser, "look", as_clause="97(3)", text=words.replace("责令", "命令", 1))
    assert 'data-compared="differs"' in page
    assert re.findall(r"<(del|ins)>([^<]*)</", page.split("data-compared")[1].split("</blockquote>")[0])[-2:] == [
        ("del", "命"),
        ("ins", "责"),
    ]
    assert 'data-compared="same"' in posted(browser, "look", as_clause="97(3)", text=words)[1]


def test_typed_words_are_not_taken_where_the_product_has_the_article_and_the_page_shows_why(browser: Browser) -> None:
    typed = {"text": "完全不同的一段文字，超过十个字", "text_digest": "0" * 64}
    status, page = posted(browser, "propose", as_clause="97(3)", **typed)
    assert status == 422 and 'data-compared="differs"' in page
    assert LawConfirmation.select().count() == 0
    told = {"as_clause": "97(3)", "text_digest": digest_shown(page)}
    assert posted(browser, "propose", **told)[0] == 303
    row = LawConfirmation.get()
    assert (row.as_clause, row.text_source) == ("97(3)", texts.source())
    assert row.text == texts.words_of(LAW, VERSION, "97(3)")


def test_a_number_that_the_law_does_not_have_is_not_offered(browser: Browser) -> None:
    page = posted(browser, "look", as_clause="9999")[1]
    assert "data-compared" not in page and 'name="source"' in page[page.index(f'value="{KEY}"') :]
