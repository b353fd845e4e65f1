"""A campaign as it is typed into its form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checklists.zone import LAW_ZONE
from demo import county
from server import clock


def fill(page: Any, plate: str) -> None:
    """Fill the open form: from today for three weeks, three items in focus, a vehicle and petrol looked for."""
    today = clock.read(clock.now()).astimezone(LAW_ZONE).date()
    told = {"name": county.CAMPAIGN, "unit": county.DETAILS["T"]["name"], "why": "上月随车器材问题多"}
    days = {"since": today.isoformat(), "until": (today + timedelta(days=20)).isoformat()}
    for name, value in {**told, **days}.items():
        page.fill(f"input[name={name}]", value)
    page.fill("textarea[name=items]", "EQP-14\nTNK-07\nPLA-02")
    page.fill("textarea[name=vehicles]", f"{plate}|yellow")
    page.fill("textarea[name=uns]", "1203")
