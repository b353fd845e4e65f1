"""The console in a real browser over real HTTP: nothing overflows, nothing is missing, nothing is refused."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from server.app import create_app
from server.config import Config
from server.office import open_office
from server.store import reading, records
from tests.server.browser import everything_said
from tests.server.scene import PASSWORD, Stage, play

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LEFT = "net::ERR_ABORTED"  # the page was left before its icon came: nothing is wrong
SIZES = ((1366, 768), (1920, 1080))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, str]]:
    """An office with a day's records, served on a free port of this machine."""
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县联合执法"))
    stage = play(office, many=14)
    held = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(office), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield stage, f"http://127.0.0.1:{held.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    office.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as play_:
        made = play_.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(params=SIZES, ids=lambda size: str(size[0]))
def page(request: pytest.FixtureRequest, browser: Browser, served: tuple[Stage, str]) -> Iterator[Page]:
    """A page of a supervisor who has signed in; whatever the browser complains of fails the test."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", base_url=served[1])
    made, complaints = context.new_page(), []
    made.on("console", lambda message: complaints.append(message.text))
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("requestfailed", lambda asked: complaints.extend([] if asked.failure == LEFT else [asked.url]))
    made.goto("/")
    made.fill("#login", "area")
    made.fill("#password", PASSWORD)
    made.keyboard.press("Enter")
    made.wait_for_url("**/console/cases")
    everything_said(served[0].office, "area")
    made.goto("/console/inbox")
    yield made
    context.close()
    assert complaints == []


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the right of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


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
def test_every_page_fits_the_window_with_all_its_pictures(page: Page, served: tuple[Stage, str], lang: str) -> None:
    page.goto(f"/console/inbox?lang={lang}")
    for address in addresses(served[0]):
        page.goto(address)
        assert fits(page), address
        assert broken_images(page) == [], address


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


def test_from_the_inbox_to_the_record_to_the_case_and_back_by_clicking(page: Page, served: tuple[Stage, str]) -> None:
    page.click(f'a[href="/console/records/{served[0].digests["story"]}"]')
    page.click("a.caseline >> nth=0")
    page.wait_for_url("**/console/cases/*")
    page.click("section.stop a.caseline >> nth=0")
    page.wait_for_url(f"**/console/records/{served[0].digests['story']}")


def test_a_photo_opens_large(page: Page, served: tuple[Stage, str]) -> None:
    page.goto(f"/console/records/{served[0].digests['story']}")
    page.click(".gallery a.shot >> nth=0")
    page.wait_for_url("**/console/photos/*")
    assert page.evaluate("document.images[0].naturalWidth") == 1280


def test_signing_out_leaves_nothing_behind_the_back_button(page: Page) -> None:
    page.click("button.out")
    page.wait_for_url("**/console/login")
    page.go_back()
    page.wait_for_url("**/console/login?next=*")


def test_a_record_prints_with_its_evidence_and_without_the_frame(page: Page, served: tuple[Stage, str]) -> None:
    page.goto(f"/console/records/{served[0].digests['story']}")
    page.emulate_media(media="print")
    assert not page.is_visible(".bar")
    assert page.is_visible("text=SHA-256")
    assert len(page.pdf()) > 50_000


def test_pictures_of_the_pages_can_be_kept(page: Page, served: tuple[Stage, str], tmp_path: Path) -> None:
    page.goto(f"/console/records/{served[0].digests['story']}")
    page.screenshot(path=tmp_path / "record.png")
    assert (tmp_path / "record.png").stat().st_size > 30_000
