"""My work in a real browser: by keys alone, by clicks alone, without a script; nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journey.windows import Windows, fits, served
from tests.server.browser import everything_said
from tests.server.seeded import PASSWORD, plant


@pytest.fixture(scope="module")
def windows(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    office = plant(tmp_path_factory.mktemp("office"), "", 120)
    for login in ("seed-supervisor", "seed-t-leader1", "seed-t-handler1"):
        everything_said(office, login)
    with served(office) as url:
        yield Windows(browser, url, PASSWORD)
    office.close()


@pytest.fixture
def sign_in(windows: Windows) -> Iterator[Callable[..., Page]]:
    """Return a page of somebody signed in; whatever the browser complains of fails the test."""
    yield windows.of
    windows.rest()


@pytest.fixture
def page(sign_in: Callable[..., Page]) -> Page:
    return sign_in("seed-supervisor")


def at(page: Page) -> int:
    return int(page.evaluate("[...document.querySelectorAll('[data-row]')].findIndex(row => row.matches('.at'))"))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("path", ["/console/cases?active=all", "/console/search?q=1203", "/console/handovers"])
def test_nothing_sticks_out(page: Page, lang: str, path: str) -> None:
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert fits(page)


def test_fourteen_cases_are_seen_at_once(page: Page) -> None:
    page.goto("/console/cases?active=all")
    rows = (
        "[...document.querySelectorAll('[data-row]')].filter(row => row.getBoundingClientRect().bottom <= innerHeight)"
    )
    assert page.evaluate(f"{rows}.length") >= 14


def test_a_clerk_needs_no_mouse(page: Page) -> None:
    page.goto("/console/cases?active=all")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert at(page) == 1
    wanted = page.locator("[data-row] a.open").nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    page.keyboard.press("u")
    page.wait_for_url("**/console/cases?active=all")
    page.keyboard.press("n")
    page.wait_for_url("**after=*")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('[data-search]')")
    page.keyboard.type("no such thing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/search?q=no+such+thing")
    assert page.is_visible("text=没有找到")


def test_a_search_by_number_opens_the_case_itself(page: Page) -> None:
    page.goto("/console/cases?active=all")
    first = page.locator("[data-row] a.open").first
    number, wanted = first.inner_text(), first.get_attribute("href")
    page.keyboard.press("/")
    page.keyboard.type(number.lower().replace("-", ""))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_the_whole_row_is_a_link_and_a_box_in_it_is_not(sign_in: Callable[..., Page]) -> None:
    page = sign_in("seed-t-leader1")
    page.goto("/console/cases?active=open")
    page.check("[data-row] input[type=checkbox] >> nth=0")
    assert page.url.endswith("/console/cases?active=open")
    wanted = page.locator("[data-row] a.open").first.get_attribute("href")
    page.click("[data-row] td:nth-child(6) >> nth=0")
    page.wait_for_url(f"**{wanted}")
    page.click("a[data-back]")
    page.wait_for_url("**/console/cases?active=open")


def test_a_list_is_narrowed_kept_and_left_without_a_script(sign_in: Callable[..., Page]) -> None:
    page = sign_in("seed-t-handler1", script=False)
    page.goto("/console/cases?active=all")
    page.select_option("select[name=tier]", "high")
    page.click(".filters button.primary")
    page.wait_for_url("**tier=high**")
    page.click(".keep summary")
    page.fill(".keep input[name=name]", "高风险")
    page.click(".keep button")
    page.wait_for_url("**said=kept**")
    page.click(".pill a >> text=高风险")
    assert "tier=high" in page.url


def test_a_list_prints_without_its_controls(page: Page) -> None:
    page.goto("/console/cases?active=all")
    page.emulate_media(media="print")
    assert not page.is_visible(".filters") and not page.is_visible(".bar") and page.is_visible(".cases thead")
    assert len(page.pdf()) > 20_000
