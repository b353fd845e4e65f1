"""A draft of the law administrator: begun, and tried on past inspections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.zone import in_law_zone


def begin(page: Any, title: str, days: int = 30) -> str:
    """Begin a draft on the list of drafts that holds so many days from today, and return its address."""
    page.fill("[name=title]", title)
    page.fill("[name=day]", (in_law_zone(datetime.now(UTC)).date() + timedelta(days=days)).isoformat())
    with page.expect_navigation():
        page.click("[data-begin]")
    return "/console/" + str(page.url).partition("/console/")[2].partition("?")[0]


def attempt(page: Any) -> str:
    """Try the draft whose page is open until that is done, and return the address of what came out."""
    with page.expect_navigation():
        page.click("[data-act=try]")
    while page.locator("[data-act=stop]").count():
        page.wait_for_timeout(500)
        page.reload()
    return str(page.locator(".run a").first.get_attribute("href"))
