"""The console's menu: one table of where a role may go. Each page asks for itself as well."""

from __future__ import annotations

from dataclasses import dataclass

from server.console.visitor import Visitor


def _(words: str) -> str:
    return words


CASE_ROLES = ("officer", "leader", "handler", "reviewer", "supervisor", "law_admin")
"""Who sees records and cases."""


@dataclass(frozen=True)
class Entry:
    """A line of the menu; a page is under it when its address begins with one of `begins`."""

    address: str
    words: str
    roles: tuple[str, ...]
    begins: tuple[str, ...]


MENU: tuple[Entry, ...] = (
    Entry("/console/cases", _("My work"), CASE_ROLES, ("/console/cases", "/console/exports")),
    Entry("/console/handovers", _("Hand-overs"), CASE_ROLES, ("/console/handovers",)),
    Entry(
        "/console/inbox",
        _("Records"),
        (*CASE_ROLES, "system_admin"),
        ("/console/inbox", "/console/records", "/console/unsealed"),
    ),
    Entry("/console/law", _("Law"), ("law_admin", "leader", "reviewer"), ("/console/law",)),
    Entry("/console/office", _("The office"), ("leader", "system_admin"), ("/console/office",)),
    Entry("/console/discretion", _("Discretion"), ("law_admin",), ("/console/discretion",)),
)
"""In the order shown."""


def menu_of(who: Visitor | None, path: str) -> list[tuple[Entry, bool]]:
    """Return the lines that somebody has, each with whether the page lies under it."""
    if who is None:
        return []
    mine = (one for one in MENU if who.role in one.roles)
    return [(one, path.startswith(one.begins)) for one in mine]


def home_of(role: str) -> str:
    """Return the first page of a role."""
    return next((one.address for one in MENU if role in one.roles), "/console/inbox")
