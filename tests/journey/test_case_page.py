"""The case page in a real browser: forms beside the page, keys, a refused form with its scan, a stale one, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from server.config import Config
from server.office import Office, open_office
from server.store.models import Case
from tests.journey.windows import Windows, fits, served
from tests.server.console.cases.clerk import PDF, sign_up
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import do, finding, furnish, opened

SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县联合执法"))
    furnish(office)
    sign_up(office)
    yield office
    office.close()


@pytest.fixture(scope="module")
def windows(browser: Browser, office: Office) -> Iterator[Windows]:
    with served(office) as url:
        yield Windows(browser, url, PASSWORD, expected="422|409")


@pytest.fixture
def sign_in(windows: Windows) -> Iterator[SignIn]:
    """Return a page of somebody signed in; what the browser complains of, but refused forms, fails the test."""
    yield windows.of
    windows.rest()


@pytest.fixture
def case(office: Office) -> Case:
    return opened(office, finding(evidence=["item"]))[0]


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
    sign_in: SignIn, office: Office, case: Case
) -> None:
    do(office, case, "accept")
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


def test_a_second_clerk_reads_what_changed_and_goes_on(sign_in: SignIn, office: Office, case: Case) -> None:
    do(office, case, "accept")
    page = sign_in("wang")
    page.goto(f"/console/cases/{case.id}")
    page.click("#more summary")
    page.click("#more [data-event=party_corrected]")
    page.wait_for_selector("#beside form")
    page.fill("#beside [name='party.address']", "示例县一街 1 号")
    page.fill("#beside [name=reason]", "营业执照")
    do(office, case, "note", "bai", text="我也在看")
    page.click("#beside [data-submit]")
    page.wait_for_selector("[data-stale]")
    assert "备注" in page.inner_text("[data-stale]") and "bai" in page.inner_text("[data-stale]")
    assert page.input_value("[name='party.address']") == "示例县一街 1 号"
    page.click("[data-submit]")
    page.wait_for_url("**said=done*")
    assert "示例县一街 1 号" in page.inner_text("aside")


def test_without_a_script_every_step_is_a_page_of_its_own(sign_in: SignIn, office: Office, case: Case) -> None:
    page = sign_in("wang", script=False)
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
    sign_in: SignIn, office: Office, width: int, tmp_path: Path
) -> None:
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
