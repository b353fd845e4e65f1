"""The console as a clerk sees it: Debian's Chromium, headless, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 180_000
"""How long a page may take on a machine that is busy with other things."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def say_why(page: Any, shot: Callable[[Any, str], None] | None = None) -> None:
    """Say for what one looks where the page asks, as a supervisor does under an instruction."""
    if not page.locator("[data-purpose]").count():
        return
    page.select_option("select[name=purpose]", "supervision")
    page.fill("input[name=number]", "示督〔2026〕3号")
    if shot is not None:
        shot(page, "purpose")
    with page.expect_navigation():
        page.click("[data-purpose] button.primary")


@contextmanager
def page(width: int = 1366, height: int = 768) -> Iterator[Any]:
    """A fresh browser page of that size; raises RuntimeError where no Chromium is installed."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise RuntimeError("no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            made = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            made.set_default_timeout(PATIENCE_MS)
            yield made
        finally:
            browser.close()
