"""The console's menu: one table of where a role may go. Each page asks for itself as well."""

from __future__ import annotations

from dataclasses import dataclass

from server.console.visitor import Visitor
from server.rights import SEERS, has, may


def _(words: str) -> str:
    return words


CASE_ROLES = SEERS
"""Who sees records and cases."""


@dataclass(frozen=True)
class Tab:
    """A page of the administration, for those who have the right."""

    address: str
    words: str
    right: str


TABS: tuple[Tab, ...] = (
    Tab("/console/users", _("Users"), "users"),
    Tab("/console/officers", _("Officers' PINs"), "pins"),
    Tab("/console/devices", _("Tablets"), "devices"),
    Tab("/console/fleet", _("State of the link"), "fleet"),
    Tab("/console/imports", _("Imports"), "import"),
    Tab("/console/sites", _("Sites"), "sites"),
    Tab("/console/holidays", _("Holidays"), "holidays"),
    Tab("/console/discretion", _("Discretion"), "discretion"),
    Tab("/console/office", _("The office"), "office"),
    Tab("/console/audit", _("Audit log"), "audit"),
    Tab("/console/exports", _("Exports"), "exports"),
    Tab("/console/roles", _("Roles"), "roles"),
)
"""In the order shown."""
ADMINISTRATORS = ("leader", "handler", "supervisor", "law_admin", "system_admin")
"""Whose menu leads to them; the others come to their exports and to the roles from their account."""
_UNDER = ("/console/admin", *(one.address for one in TABS))


STEERING: tuple[Tab, ...] = (
    Tab("/console/orders", _("Stop orders"), "orders_see"),
    Tab("/console/watch", _("Watch list"), "watch"),
    Tab("/console/campaigns", _("Campaigns"), "campaigns"),
    Tab("/console/passes", _("Passes"), "passes"),
    Tab("/console/repeats", _("Checked again"), "repeats"),
)
"""What steers checks, in the order shown."""


CARRIERS: tuple[Tab, ...] = (
    Tab("/console/tiers", _("Levels"), "tiers"),
    Tab("/console/ledger", _("Ledger"), "ledger"),
    Tab("/console/sessions", _("Education sessions"), "ledger"),
    Tab("/console/lessons", _("Lesson packs"), "lessons"),
)
"""What is kept of carriers and their people, in the order shown."""


LAW: tuple[Tab, ...] = (
    Tab("/console/law", _("Law to be confirmed"), "law"),
    Tab("/console/drafts", _("Drafts"), "drafts"),
)
"""What keeps the law and the checklists, in the order shown."""


@dataclass(frozen=True)
class Entry:
    """A line of the menu; a page is under it when its address begins with one of `begins`."""

    address: str
    words: str
    roles: tuple[str, ...]
    begins: tuple[str, ...]


MENU: tuple[Entry, ...] = (
    Entry("/console/cases", _("My work"), CASE_ROLES, ("/console/cases",)),
    Entry("/console/handovers", _("Hand-overs"), CASE_ROLES, ("/console/handovers",)),
    Entry("/console/alerts", _("Alerts"), CASE_ROLES, ("/console/alerts",)),
    Entry("/console/orders", _("Steering"), CASE_ROLES, tuple(one.address for one in STEERING)),
    Entry(
        "/console/tiers",
        _("Carriers"),
        CASE_ROLES,
        (
            "/console/tiers",
            "/console/ledger",
            "/console/sessions",
            "/console/lessons",
            "/console/known",
            "/console/carriers",
            "/console/vehicles",
            "/console/people",
            "/console/tanks",
        ),
    ),
    Entry(
        "/console/inbox",
        _("Records"),
        (*CASE_ROLES, "system_admin"),
        ("/console/inbox", "/console/records", "/console/unsealed"),
    ),
    Entry("/console/figures", _("Statistics"), may("figures"), ("/console/figures",)),
    Entry("/console/law", _("Law"), ("law_admin", "leader", "reviewer"), tuple(one.address for one in LAW)),
    Entry("/console/admin", _("Administration"), ADMINISTRATORS, _UNDER),
)
"""In the order shown."""


def menu_of(who: Visitor | None, path: str) -> list[tuple[Entry, bool]]:
    """Return the lines that somebody has, each with whether the page lies under it."""
    if who is None:
        return []
    mine = (one for one in MENU if who.role in one.roles)
    return [(one, path.startswith(one.begins)) for one in mine]


def tabs_of(who: Visitor | None, path: str) -> list[tuple[Tab, bool]]:
    """Return the tabs that somebody has, each with whether the page lies under it; none on other pages."""
    if who is None:
        return []
    families = (family for family in (STEERING, CARRIERS, LAW) if any(_under(path, one.address) for one in family))
    under = TABS if path.startswith(_UNDER) else next(families, ())
    return [(one, _under(path, one.address)) for one in under if has(who.role, one.right)]


def _under(path: str, address: str) -> bool:
    return path == address or path.startswith(f"{address}/")


def home_of(role: str) -> str:
    """Return the first page of a role."""
    return next((one.address for one in MENU if role in one.roles), "/console/inbox")
