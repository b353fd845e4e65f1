"""A clerk opens the console: login, inbox, the record, and each case, with a picture of every page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from demo import browser, county


def visit(
    url: str, told: Mapping[str, Any], folder: Path, before: int | None = None, login: str = "supervisor"
) -> list[Path]:
    """Walk through the pages as one user and return the pictures; they are numbered where `before` says from where."""
    shots: list[Path] = []

    def shot(page: Any, name: str, *, whole: bool = False) -> None:
        number = "" if before is None else f"{before + len(shots) + 1:02d}-"
        path = folder / f"{number}console-{name}.png"
        page.screenshot(path=str(path), full_page=whole)
        shots.append(path)

    with browser.page() as page:
        page.goto(f"{url}/")
        shot(page, "login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", county.PASSWORD)
        page.click("form.card button.primary")
        page.wait_for_url(f"{url}/console/**")
        page.goto(f"{url}/console/cases?active=open")
        shot(page, "work")
        page.goto(f"{url}/console/inbox")
        shot(page, "inbox")
        page.goto(url + told["url"])
        browser.say_why(page, shot)
        page.wait_for_load_state("networkidle")
        shot(page, "record")
        shot(page, "record-whole", whole=True)
        for case in told["cases"]:
            page.goto(url + case["url"])
            browser.say_why(page)
            shot(page, f"case-{case['agency']}")
    return shots
