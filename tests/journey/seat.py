"""Somebody of the office at a real browser: what he clicks, fills in and sends; a refusal fails with its words."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page


class Seat:
    """One person at his window, in which he has signed in."""

    def __init__(self, page: Page) -> None:
        self.page = page

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
