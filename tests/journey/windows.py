"""A real browser at an office that is served: one window for each who signs in, kept for a file of tests."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator

import uvicorn
from playwright.sync_api import Browser, Page

from server.app import create_app
from server.office import Office

LEFT = "net::ERR_ABORTED"  # the page was left before its icon came: nothing is wrong
SIZE = (1366, 768)


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


class Windows:
    """A window for each who signs in: a new one and its sign-in take a second of a core, which is most of a test.

    Each test gets it with the cookies and the size that it had after the sign-in. Whatever the browser complains of
    and is not `expected` stands in `complaints`.
    """

    def __init__(self, browser: Browser, url: str, password: str, *, expected: str = "$^") -> None:
        self.complaints: list[str] = []
        self._browser, self._url, self._password = browser, url, password
        self._expected = re.compile(expected)
        self._kept: dict[tuple[str, bool], tuple[Page, list]] = {}

    def of(self, login: str, *, script: bool = True) -> Page:
        """Return somebody's window."""
        key = login, script
        if key not in self._kept:
            page = self.new(login, script=script)
            self._kept[key] = page, page.context.cookies()
        page, cookies = self._kept[key]
        page.context.clear_cookies()
        page.context.add_cookies(cookies)
        page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
        return page

    def new(self, login: str, *, script: bool = True) -> Page:
        """Return another window in which he has just signed in; whoever asks for it closes its context."""
        view = {"width": SIZE[0], "height": SIZE[1]}
        context = self._browser.new_context(
            viewport=view, locale="zh-CN", base_url=self._url, java_script_enabled=script
        )
        page = context.new_page()
        page.set_default_timeout(180_000)  # the machine may be busy with other tests
        said, expected = self.complaints, self._expected
        page.on("console", lambda one: said.extend([] if expected.search(one.text) else [one.text]))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda one: said.extend([] if one.failure == LEFT else [one.url]))
        page.goto("/console/login")
        page.fill("#login", login)
        page.fill("#password", self._password)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        return page

    def rest(self) -> None:
        """End a test: close what it opened beside, show pages as a screen does, and fail on complaints."""
        for page, _cookies in self._kept.values():
            for other in page.context.pages:
                if other is not page:
                    other.close()
            page.emulate_media(media="screen")
        said = list(self.complaints)
        self.complaints.clear()
        assert said == []


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the right of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
