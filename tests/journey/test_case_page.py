"""The case page in a real browser: forms beside the page, keys, a refused form with its scan, a stale one, paper."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from server.app import create_app
from server.config import Config
from server.office import Office, open_office
from server.store.models import Case
from tests.journey.test_console_pages import CHROMIUM, FLAGS, LEFT, fits
from tests.server.console.cases.clerk import PDF, sign_up
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import do, finding, furnish, opened

SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, str]]:
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县联合执法"))
    furnish(office)
    sign_up(office)
    held = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(office), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield office, f"http://127.0.0.1:{held.getsockname()[1]}"
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


@pytest.fixture
def sign_in(browser: Browser, served: tuple[Office, str]) -> Iterator[SignIn]:
    """Return a page of somebody signed in; what the browser complains of, but refused forms, fails the test."""
    contexts, complaints = [], []

    def made(login: str, **more: Any) -> Page:
        view = {"width": 1366, "height": 768}
        context = browser.new_context(viewport=view, locale="zh-CN", base_url=served[1], **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda one: complaints.extend([] if re.search("422|409", one.text) else [one.text]))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda asked: complaints.extend([] if asked.failure == LEFT else [asked.url]))
        page.goto("/console/login")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("button.out")
        return page

    yield made
    for one in contexts:
        one.close()
    assert complaints == []


@pytest.fixture
def case(served: tuple[Office, str]) -> Case:
    return opened(served[0], finding(evidence=["item"]))[0]


def state(page: Page) -> str:
    return str(page.get_attribute("[data-state]", "data-state"))


def test_a_case_is_taken_and_proposed_from_its_page_by_keys_alone(sign_in: SignIn, case: Case) -> None:
    page = sign_in("wang")
    page.goto(f"/console/cases/{case.id}")
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    page.wait_for_url("**said=done*")
    assert state(page) == "clue" and page.inner_text("[data-primary]") == "呈请立案"
    page.keyboard.press("o")
    page.keyboard.press("Enter")
    page.wait_for_selector("#beside form[data-form=propose_opening]")
    page.keyboard.type("未配备应急器材")  # the first field has the focus
    assert page.input_value("#beside [name=cause]") == "未配备应急器材"
    page.keyboard.press("Escape")  # in a text it does not close the form
    page.focus("#beside [data-close]")
    page.keyboard.press("Escape")
    assert page.locator("#beside form").count() == 0
    assert page.url.endswith("said=done") and state(page) == "clue"


def test_a_form_beside_the_page_is_refused_with_its_scan_and_then_taken(
    sign_in: SignIn, served: tuple[Office, str], case: Case
) -> None:
    do(served[0], case, "accept")
    page = sign_in("wang")
    page.goto(f"/console/cases/{case.id}")
    page.click(".p-missing [data-event=evidence_added]")
    page.wait_for_selector("#beside form[data-form=evidence_added]")
    assert page.input_value("#beside [name='evidence.0.kind']") == "item"
    page.set_input_files(
        "#beside [name='evidence.0.file']", {"name": "工具箱.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.select_option("#beside [name='evidence.0.kind']", "")
    page.click("#beside [data-submit]")
    page.wait_for_selector("[data-refused]")
    assert "工具箱.pdf" in page.inner_text("main")
    page.select_option("[name='evidence.0.kind']", "item")
    page.click("[data-submit]")
    page.wait_for_url("**said=done*")
    assert page.locator(".p-office[data-kind=item]").count() == 1
    with page.context.expect_page() as opened_:
        page.click(".p-office .added a")
    assert opened_.value.url.endswith(page.get_attribute(".p-office .added a", "href") or "?")


def test_a_second_clerk_reads_what_changed_and_goes_on(sign_in: SignIn, served: tuple[Office, str], case: Case) -> None:
    do(served[0], case, "accept")
    page = sign_in("wang")
    page.goto(f"/console/cases/{case.id}")
    page.click("#more summary")
    page.click("#more [data-event=party_corrected]")
    page.wait_for_selector("#beside form")
    page.fill("#beside [name='party.address']", "示例县一街 1 号")
    page.fill("#beside [name=reason]", "营业执照")
    do(served[0], case, "note", "bai", text="我也在看")
    page.click("#beside [data-submit]")
    page.wait_for_selector("[data-stale]")
    assert "备注" in page.inner_text("[data-stale]") and "bai" in page.inner_text("[data-stale]")
    assert page.input_value("[name='party.address']") == "示例县一街 1 号"
    page.click("[data-submit]")
    page.wait_for_url("**said=done*")
    assert "示例县一街 1 号" in page.inner_text("aside")


def test_without_a_script_every_step_is_a_page_of_its_own(
    sign_in: SignIn, served: tuple[Office, str], case: Case
) -> None:
    page = sign_in("wang", java_script_enabled=False)
    page.goto(f"/console/cases/{case.id}")
    page.click("[data-primary]")
    assert state(page) == "clue"
    page.click("[data-primary]")
    assert page.url.endswith("/do/propose_opening")
    page.fill("[name=cause]", "未配备应急器材")
    page.click("[data-submit]")
    assert state(page) == "opening_asked"
    page.fill("#notes textarea", "没有脚本也能写")
    page.click("#notes button")
    # A page may be asked while it is still read in; this waits for it.
    page.locator("#notes", has_text="没有脚本也能写").wait_for()


@pytest.mark.parametrize("width", [1366, 1920, 1100])
def test_the_page_fits_with_long_names_in_both_languages(
    sign_in: SignIn, served: tuple[Office, str], width: int, tmp_path: Path
) -> None:
    office = served[0]
    name = "内蒙古自治区鄂尔多斯市准格尔旗云岭危险货物道路运输有限责任公司" * 2
    (held,) = opened(office, finding(evidence=["item", "overall"], party={"role": "carrier", "name": name, "key": "9"}))
    do(office, held, "accept")
    do(
        office,
        held,
        "measure_asked",
        object="vehicle",
        what="蒙K12345 重型半挂牵引车及其挂车" * 4,
        reason="拒不改正" * 30,
    )
    page = sign_in("wang")
    page.set_viewport_size({"width": width, "height": 768})
    for lang in ("zh_CN", "en"):
        page.goto(f"/console/cases/{held.id}?lang={lang}")
        assert fits(page)
        page.click("#more summary")
        box = page.locator("#more .menu").bounding_box()
        assert box is not None and box["x"] >= 0 and box["y"] + box["height"] <= 768
        page.screenshot(path=tmp_path / f"{width}-{lang}.png")


def test_the_page_prints_without_what_is_only_for_the_screen(sign_in: SignIn, case: Case) -> None:
    page = sign_in("wang")
    page.goto(f"/console/cases/{case.id}")
    page.emulate_media(media="print")
    assert not page.is_visible(".bar") and not page.is_visible("#more") and not page.is_visible(".noteform")
    assert page.is_visible("#history h2") and page.is_visible(".hands")
    assert len(page.pdf()) > 20_000
