"""The law administrator publishes a table of discretion; a bad one is shown with all its faults and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from server.cases.discretion import COLUMNS
from server.config import Config
from server.office import Office, open_office
from server.store import case_discretion
from tests.server.browser import Browser, token
from tests.server.console.quarters import ESCAPED, HOSTILE
from tests.server.scene import PASSWORD, PEOPLE
from tests.server.store.office_cases import furnish

EDGE = "----lujian"
GOOD = "CN-EQP-01,较轻,缺少一件,1000,5000,第3项,2026-01-01,"


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), stall_seconds=2))
    furnish(opened)
    from server.store import users

    for login, name, role, agency in PEOPLE:
        if login in ("law", "review"):
            told = {"login": login, "name": name, "role": role, "agency": agency, "password": PASSWORD}
            opened.store.write_now(lambda told=told: users.add(**told))  # type: ignore[misc]
    yield opened
    opened.close()


def send(
    browser: Browser,
    csrf: str,
    *lines: str,
    title: str = "裁量基准〔2026〕1号",
    agency: str = "T",
    raw: bytes = b"",
) -> int:
    table = raw or "\n".join([",".join(COLUMNS), *lines]).encode("gb18030")
    parts = [
        b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), value.encode())
        for name, value in {"csrf": csrf, "title": title, "agency": agency}.items()
    ]
    head = b'Content-Disposition: form-data; name="file"; filename="t.csv"\r\nContent-Type: text/csv\r\n\r\n'
    body = b"".join(b"--%s\r\n%s\r\n" % (EDGE.encode(), one) for one in (*parts, head + table))
    body += b"--%s--\r\n" % EDGE.encode()
    headers = {**browser._headers(), "Content-Type": f"multipart/form-data; boundary={EDGE}"}
    result = browser.client.simulate_post("/console/discretion", body=body, headers=headers)
    browser.last = result.text  # type: ignore[attr-defined] # for the test that reads it
    return int(result.status_code)


def test_a_good_table_of_a_spreadsheet_is_taken(office: Office) -> None:
    browser = Browser(office, "law")
    csrf = token(browser.get("/console/discretion").text)
    assert send(browser, csrf, GOOD) == 303
    assert "裁量基准〔2026〕1号" in browser.get("/console/discretion?said=saved").text
    assert len(case_discretion.tables()) == 1


def test_every_fault_is_shown_and_nothing_is_taken(office: Office) -> None:
    browser = Browser(office, "law")
    csrf = token(browser.get("/console/discretion").text)
    assert send(browser, csrf, GOOD, GOOD.replace("5000", "50000"), GOOD.replace("较轻", "")) == 422
    assert "第3行" in browser.last  # type: ignore[attr-defined] # set above
    assert "第4行" in browser.last  # type: ignore[attr-defined] # set above
    assert case_discretion.tables() == []


def test_others_see_the_tables_and_publish_none(office: Office) -> None:
    browser = Browser(office, "review")
    page = browser.get("/console/discretion").text
    assert '<form class="card upload"' not in page
    assert send(browser, token(page), GOOD) == 403
    assert case_discretion.tables() == []


def test_the_empty_table_has_the_columns(office: Office) -> None:
    told = Browser(office, "law").get("/console/discretion/template.csv").text
    assert told.splitlines()[0].removeprefix("\ufeff") == ",".join(COLUMNS)
    assert "CN-EQP-01" in told


def test_without_a_table_the_page_says_that_only_the_law_counts(office: Office) -> None:
    page = Browser(office, "law").get("/console/discretion").text
    assert "尚未录入地方裁量基准" in page and '<option value="T" selected>' in page


@pytest.mark.parametrize(
    "told", [{"title": ""}, {"title": "  "}, {"agency": "Z"}, {"agency": ""}, {"raw": b"\xff\xfe\x00\x00\x81"}]
)
def test_what_is_no_table_of_an_agency_is_refused_and_changes_nothing(office: Office, told: dict[str, Any]) -> None:
    browser = Browser(office, "law")
    assert send(browser, token(browser.get("/console/discretion").text), GOOD, **told) == 400
    assert case_discretion.tables() == []


def test_hostile_and_long_words_are_shown_as_words(office: Office) -> None:
    browser = Browser(office, "law")
    csrf = token(browser.get("/console/discretion").text)
    assert send(browser, csrf, GOOD.replace("较轻", HOSTILE.lstrip('"')), title=HOSTILE + "长" * 400) == 303
    page = browser.get("/console/discretion").text
    assert ESCAPED in page and "<script>alert" not in page and "长" * 120 in page and "长" * 200 not in page
    assert "周文" in page
    assert send(browser, csrf, f"{HOSTILE},,,,,,,") == 422
    assert "<script>alert" not in browser.last  # type: ignore[attr-defined] # set above


def test_a_form_from_elsewhere_is_refused(office: Office) -> None:
    browser = Browser(office, "law")
    assert send(browser, "not the token", GOOD) == 403
    assert case_discretion.tables() == []
