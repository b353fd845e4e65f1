"""A person of the office at the console: signs in, clicks, types, takes files out, and opens what he got."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import xlsxwriter
from python_calamine import CalamineWorkbook

from demo import browser, county

WIDTHS = (1280, 1000)
"""Of windows in which nothing of a page may stick out."""
PHONE = {"width": 360, "height": 640}


class WrongError(AssertionError):
    """What the page says is not what its user would find right."""


def sure(what: str, holds: object, *told: object) -> None:
    """Raise WrongError where something does not hold."""
    if not holds:
        raise WrongError(f"{what}: {', '.join(map(repr, told))}" if told else what)


def same(what: str, *values: object) -> None:
    """Raise WrongError where not all of them are the same."""
    sure(f"not the same, {what}", all(one == values[0] for one in values), *values)


class Clerk:
    """Somebody of the office at a browser; `page` is Playwright's."""

    def __init__(self, page: Any, url: str, folder: Path, narrow: set[str]) -> None:
        self.page, self.url, self.folder, self.narrow = page, url, folder, narrow

    def sign_in(self, login: str) -> None:
        """Come to the console as somebody; whoever was there is signed out."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.url}/console/login")
        self.page.fill("#login", login)
        self.page.fill("#password", county.PASSWORD)
        self.press("form.card button.primary")

    def menu(self, *addresses: str) -> None:
        """Go by the menu, then by the tabs below it: each must be offered on the page before."""
        for nav, address in zip(("header.bar nav", "nav.tabs"), addresses, strict=False):
            self.follow(f'{nav} a[href="{address}"]')

    def find(self, text: str) -> None:
        """Look for a number or a name in the field at the head of every page."""
        self.page.fill("form.find [name=q]", text)
        with self.page.expect_navigation():
            self.page.press("form.find [name=q]", "Enter")
        browser.say_why(self.page)

    def follow(self, link: str) -> None:
        """Click what leads to another page; say for what one looks where the page asks."""
        with self.page.expect_navigation():
            self.page.locator(link).first.click()
        browser.say_why(self.page)
        self._look_at_widths()

    def press(self, button: str) -> None:
        """Click a button that sends a form."""
        self.follow(button)
        sure("the form was refused", not self.page.locator("[data-refused]").count(), self.told())

    def fill(self, form: str = "", **told: str) -> None:
        """Type into fields by their names; choose where there is a list."""
        for name, value in told.items():
            field = self.page.locator(f'{form} [name="{name}"]:not([type=hidden])').first
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def open(self, summary: str) -> None:
        """Unfold something that is folded."""
        held = self.page.locator(summary).first
        if held.evaluate("one => !one.closest('details').open"):
            held.click()

    def number(self, place: str, of: str = "") -> int:
        """Return the first number that stands somewhere, or of an attribute there."""
        held = self.page.locator(place).first
        text = held.get_attribute(of) if of else held.inner_text()
        return int(re.sub(r"[^\d]", "", re.findall(r"[\d,]+", str(text))[0]))

    def told(self) -> str:
        """Return what the page refused or said."""
        places = self.page.locator("[role=alert], .saidline").all_inner_texts()
        return " ".join(" ".join(places).split())[:300]

    def has(self, *words: str, place: str = "main") -> None:
        """Raise WrongError where the page does not say all of it."""
        text = " ".join(self.page.locator(place).all_inner_texts())
        for one in words:
            sure(f"the page does not say {one}", one in text, self.page.url, self.told())

    def download(self, button: str) -> bytes:
        """Ask for a file, wait for it on the page of exports, and return it."""
        self.press(button)
        job = self.page.locator("[data-job]").first.get_attribute("data-job")
        row = f'[data-job="{job}"]'
        while not self.page.locator(f"{row} [data-download]").count():
            sure("the export failed", self.page.locator(row).get_attribute("data-state") != "failed", self.told())
            self.page.wait_for_timeout(200)
            self.page.reload()
        return self.got(f"{row} [data-download]")

    def got(self, link: str) -> bytes:
        """Return the file that a link gives, as the browser saves it."""
        with self.page.expect_download() as told:
            self.page.locator(link).first.click()
        path = self.folder / Path(told.value.suggested_filename).name
        told.value.save_as(path)
        return path.read_bytes()

    def opened(self, link: str) -> bytes:
        """Return what a link opens in a window of its own, such as a paper to print."""
        address = self.page.locator(link).first.get_attribute("href")
        told = self.page.context.request.get(f"{self.url}{address}")
        sure("the paper does not open", told.ok, told.status)
        return bytes(told.body())

    @contextmanager
    def phone(self) -> Iterator[Any]:
        """A phone of somebody without an account: its own browser, small, without scripts."""
        held = self.page.context.browser.new_context(
            viewport=PHONE, java_script_enabled=False, is_mobile=True, has_touch=True, locale="zh-CN"
        )
        try:
            held.set_default_timeout(browser.PATIENCE_MS)
            yield held.new_page()
        finally:
            held.close()

    def _look_at_widths(self) -> None:
        size = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": size["height"]})
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                place = re.sub(r"/[0-9a-f-]{30,}|/\d+|/[0-9A-Z]{18}", "/…", unquote(urlsplit(self.page.url).path))
                self.narrow.add(f"{place} sticks out of {width} px")
        self.page.set_viewport_size(size)


def rows(content: bytes) -> list[list[Any]]:
    """Return the rows of the first sheet of a workbook."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def rewritten(content: bytes, change: Callable[[Any], Any]) -> bytes:
    """Return a workbook as a spreadsheet saves it after each cell was looked at and perhaps changed."""
    book, made = CalamineWorkbook.from_filelike(io.BytesIO(content)), io.BytesIO()
    with xlsxwriter.Workbook(made) as writer:
        for name in book.sheet_names:
            sheet = writer.add_worksheet(name)
            for place, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                sheet.write_row(place, 0, [change(one) for one in row])
    return made.getvalue()


def words(content: bytes) -> str:
    """Return the words of a .docx."""
    from docx import Document

    held = Document(io.BytesIO(content))
    cells = [cell.text for table in held.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in held.paragraphs), *cells])


def holds_number(text: str, number: int) -> bool:
    """Whether a text says a number, as itself and not as a part of another one."""
    return bool(re.search(rf"(?<![\d.]){number}(?![\d.])", text.replace(",", "")))


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF that opens and has a page."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(content)) > 0


def figures(found: Sequence[Sequence[Any]], column: str) -> list[Any]:
    """Return the values of a column by its head, wherever the head stands."""
    for place, one in enumerate(found):
        if column in one:
            return [row[list(one).index(column)] for row in found[place + 1 :]]
    raise WrongError(f"no column {column} in {found[:4]}")
