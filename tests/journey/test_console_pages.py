"""The console in a real browser over real HTTP: nothing overflows, nothing is missing, nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from server.config import Config
from server.office import Office, open_office
from server.store import reading, records
from tests.journey.windows import Windows, fits, served
from tests.server.browser import everything_said
from tests.server.scene import PASSWORD, Stage, play

SIZES = ((1366, 768), (1920, 1080))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县联合执法"))
    yield office
    office.close()


@pytest.fixture(scope="module")
def stage(office: Office) -> Stage:
    """A day's records."""
    return play(office, many=14)


@pytest.fixture(scope="module")
def windows(browser: Browser, office: Office, stage: Stage) -> Iterator[Windows]:
    with served(office) as url:
        made = Windows(browser, url, PASSWORD)
        made.of("area").wait_for_url("**/console/cases")
        everything_said(office, "area")
        yield made


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def page(request: pytest.FixtureRequest, windows: Windows) -> Iterator[Page]:
    """A page of a supervisor who has signed in; whatever the browser complains of fails the test."""
    width, height = request.param
    made = windows.of("area")
    made.set_viewport_size({"width": width, "height": height})
    made.goto("/console/inbox")
    yield made
    windows.rest()


def broken_images(page: Page) -> list[str]:
    found: Any = page.evaluate("[...document.images].filter(one => !one.naturalWidth).map(one => one.src)")
    return list(found)


def addresses(stage: Stage) -> list[str]:
    held = records.by_digest(stage.digests["story"])
    assert held is not None
    cases = reading.cases([str(held.inspection)])[str(held.inspection)]
    names = ("story", "overload", "alarm", "again", "late", "unknown", "waiting-0")
    return [
        "/console/inbox",
        "/console/inbox?text=none",
        "/console/cases?active=open",
        "/console/cases?text=none",
        "/console/search?q=1203",
        "/console/handovers",
        *(f"/console/records/{stage.digests[name]}" for name in names),
        *(f"/console/cases/{one.id}" for one in cases),
    ]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_every_page_fits_the_window_with_all_its_pictures(windows: Windows, stage: Stage, lang: str) -> None:
    page = windows.of("area")
    page.goto(f"/console/inbox?lang={lang}")
    for address in addresses(stage):
        page.goto(address)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert fits(page), (address, width)
            assert broken_images(page) == [], address
    windows.rest()


def test_a_dozen_records_are_seen_without_scrolling(page: Page) -> None:
    seen = page.evaluate(
        "[...document.querySelectorAll('.list tbody tr')]"
        ".filter(row => row.getBoundingClientRect().bottom < innerHeight).length"
    )
    assert seen >= 11


def test_no_cell_of_the_list_runs_into_its_neighbour(page: Page) -> None:
    over = page.evaluate(
        "[...document.querySelectorAll('.list td')]"
        ".filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)"
    )
    assert over == []


def test_from_the_inbox_to_the_record_to_the_case_and_back_by_clicking(page: Page, stage: Stage) -> None:
    page.click(f'a[href="/console/records/{stage.digests["story"]}"]')
    page.click("a.caseline >> nth=0")
    page.wait_for_url("**/console/cases/*")
    page.click("section.stop a.caseline >> nth=0")
    page.wait_for_url(f"**/console/records/{stage.digests['story']}")


def test_a_photo_opens_large(page: Page, stage: Stage) -> None:
    page.goto(f"/console/records/{stage.digests['story']}")
    page.click(".gallery a.shot >> nth=0")
    page.wait_for_url("**/console/photos/*")
    assert page.evaluate("document.images[0].naturalWidth") == 1280


def test_signing_out_leaves_nothing_behind_the_back_button(windows: Windows) -> None:
    page = windows.new("area")
    page.goto("/console/inbox")
    page.click("button.out")
    page.wait_for_url("**/console/login")
    page.go_back()
    page.wait_for_url("**/console/login?next=*")
    page.context.close()
    windows.rest()


def test_a_record_prints_with_its_evidence_and_without_the_frame(page: Page, stage: Stage) -> None:
    page.goto(f"/console/records/{stage.digests['story']}")
    page.emulate_media(media="print")
    assert not page.is_visible(".bar")
    assert page.is_visible("text=SHA-256")
    assert len(page.pdf()) > 50_000


def test_pictures_of_the_pages_can_be_kept(page: Page, stage: Stage, tmp_path: Path) -> None:
    page.goto(f"/console/records/{stage.digests['story']}")
    page.screenshot(path=tmp_path / "record.png")
    assert (tmp_path / "record.png").stat().st_size > 30_000
