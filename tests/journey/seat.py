"""Somebody of the office at a real browser: what he clicks, fills in and sends; a refusal fails with its words."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Locator, Page

from server.app import create_app
from server.office import Office
from tests.journey.test_console_pages import LEFT
from tests.server.scene import PASSWORD


@contextlib.contextmanager
def served(office: Office) -> Iterator[str]:
    """Serve an office on a free port of this machine while this lasts; gives its address."""
    held = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(office), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{held.getsockname()[1]}"
    server.should_exit = True
    thread.join()


class Seat:
    """One person at one window of 1366 × 768; `complaints` gathers what the browser finds wrong with the pages."""

    def __init__(self, browser: Browser, url: str, login: str, complaints: list[str], *, script: bool = True) -> None:
        view: Any = {"width": 1366, "height": 768}
        context = browser.new_context(viewport=view, locale="zh-CN", base_url=url, java_script_enabled=script)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(180_000)  # the machine may be busy with other tests
        # Refusals; and a page does not take the focus from who is at the keyboard already.
        expected = re.compile("409|422|403|404|Autofocus processing was blocked")
        self.page.on("console", lambda one: complaints.extend([] if expected.search(one.text) else [one.text]))
        self.page.on("pageerror", lambda error: complaints.append(str(error)))
        self.page.on("requestfailed", lambda one: complaints.extend([] if one.failure == LEFT else [one.url]))
        self.page.goto("/console/login")
        self.page.fill("#login", login)
        self.page.fill("#password", PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def go(self, address: str) -> Seat:
        """Open an address."""
        self.page.goto(address)
        return self

    def case(self, case: Any) -> Seat:
        """Open the page of a case."""
        return self.go(f"/console/cases/{case}")

    @property
    def state(self) -> str:
        """The state that the page of the case shows."""
        return str(self.page.get_attribute("[data-state]", "data-state"))

    @property
    def primary(self) -> str:
        """The event of the primary button."""
        return str(self.page.get_attribute("[data-primary]", "data-event"))

    def next(self, event: str, values: dict[str, Any] | None = None, **more: Any) -> None:
        """Take the primary button, which must be this event, and what it asks for."""
        assert self.primary == event, f"the primary button is {self.primary}"
        self.take(self.page.locator("[data-primary]"), event, {**(values or {}), **more})

    def step(self, event: str, values: dict[str, Any] | None = None, **more: Any) -> None:
        """Take a step from the menu of other steps."""
        self.page.click("#more summary")
        self.take(self.page.locator(f"#more [data-event={event}]").first, event, {**(values or {}), **more})

    def beside(self, event: str, **values: Any) -> None:
        """Take a step of a side track."""
        self.take(self.page.locator(f"#tracks [data-event={event}]").first, event, values)

    def take(self, button: Locator, event: str, values: dict[str, Any]) -> None:
        """Click, and where a form comes, beside the page or alone, fill it in and send it."""
        if button.evaluate("one => one.tagName") == "BUTTON":
            assert not values and button.is_enabled(), self.words()
            self.sent(button, event)
            return
        button.click()
        form = self.page.locator(f"form[data-form={event}]")
        form.wait_for()
        for name, value in values.items():
            self.fill(form, name, value)
        self.sent(form.locator("[data-submit]"), event)

    def fill(self, form: Locator, name: str, value: Any) -> None:
        """Fill in a field as a person does: write, choose, tick, or pick a file."""
        held = form.locator(f'[name="{name}"]')
        kind = held.last.get_attribute("type")
        if isinstance(value, bytes):
            held.set_input_files({"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": value})
        elif kind in ("radio", "checkbox"):
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif held.first.evaluate("one => one.tagName") == "SELECT":
            held.select_option(value)
        else:
            held.first.fill(value)

    def sent(self, button: Locator, what: str) -> None:
        """Click what sends, and go where it leads; fails with the page's words where it was refused."""
        with self.page.expect_navigation():
            button.click()
        assert "said=" in self.page.url, f"{what}: {self.words()}"

    def issue(self, kind: str, **blanks: str) -> None:
        """Make a document that is due or may be made, from its link on the page of the case."""
        self.page.locator(f'#papers [data-draft="{kind}"]').first.click(force=True)
        self.page.wait_for_selector(f"[data-document={kind}]")
        form = self.page.locator(f"form[data-document={kind}]")
        for name, value in blanks.items():
            self.fill(form, name.replace("__", "."), value)
        self.sent(self.page.locator("[data-issue]"), kind)

    def due(self) -> list[str]:
        """The kinds of the documents that the case owes."""
        links = self.page.locator("tr[data-status=due] [data-draft]")
        return [str(one.get_attribute("data-draft")) for one in links.all()]

    def words(self) -> str:
        """What a reader sees."""
        return self.page.inner_text("main")[:1500]

    def close(self) -> None:
        """Leave."""
        self.page.context.close()
