"""The agencies that may be named: those of the published law, and before anything is published those of its authors."""

from __future__ import annotations

from functools import cache

from checklists.authoring.loader import load_all
from checklists.definitions.definition import Definitions
from server.console.findings import Text
from server.console.frame import Page
from server.console.visitor import Visitor
from server.console.worklist.page import agencies_of


def every(page: Page) -> dict[str, Text]:
    """Return every agency of this country by code."""
    return agencies_of(page.console.knowledge.definitions()) or _written()


def of(page: Page, who: Visitor) -> dict[str, Text]:
    """Return the agencies for which somebody acts: a system administrator for all, others for their own."""
    known = every(page)
    return known if who.role == "system_admin" else {code: one for code, one in known.items() if code == who.agency}


@cache
def _written() -> dict[str, Text]:
    return agencies_of(Definitions(agencies=load_all().agencies))
