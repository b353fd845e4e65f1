"""What each role may open and do in the console: one table, which pages ask and `docs/running.md` repeats.

Which step of a case a role may take is a table of its own (`server.cases.moves`, `docs/cases.md`); what is seen of whom
is decided by the scope (`server.accounts`), and personal data are asked for with a purpose (`server.store.purposes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


def _(words: str) -> str:
    return words


SEERS = ("officer", "leader", "handler", "reviewer", "supervisor", "law_admin")
"""Who sees records and cases."""
_FLEET = ("leader", "supervisor", "system_admin")
_TEACHERS = ("officer", "leader", "handler", "supervisor")
_FIGURES = ("leader", "handler", "reviewer", "supervisor", "law_admin")


@dataclass(frozen=True)
class Right:
    """A page or an act: its words, and the roles that have it."""

    words: str
    roles: tuple[str, ...]


RIGHTS: Mapping[str, Right] = {
    "cases": Right(_("cases, hand-overs and search: see"), SEERS),
    "assign": Right(_("cases: give several to another handler"), ("leader", "supervisor")),
    "write_documents": Right(_("documents of a case: fill in"), ("officer", "handler", "leader", "reviewer")),
    "records": Right(_("records: see"), SEERS),
    "alerts": Right(_("alerts to the teams: see"), SEERS),
    "alerts_answer": Right(_("alerts to the teams: say what was done"), ("leader", "supervisor")),
    "alerts_acknowledge": Right(
        _("alerts to the teams: acknowledge, tell further up"), ("officer", "leader", "handler", "supervisor")
    ),
    "tiers": Right(_("tiers of carriers and their formula: see"), SEERS),
    "tiers_set": Right(_("tiers of carriers: set one by hand, end that"), ("leader", "supervisor")),
    "known": Right(_("everything of a carrier, vehicle, person or tank: see"), SEERS),
    "ledger": Right(_("ledger of carriers and drivers, education sessions: see"), SEERS),
    "ledger_keep": Right(_("visits and promises: give, note what came of them"), _TEACHERS),
    "sessions_keep": Right(_("education sessions: plan, invite, hold, print certificates"), _TEACHERS),
    "lessons": Right(_("lesson packs: see"), SEERS),
    "lessons_write": Right(_("lesson packs: write, propose"), ("leader", "law_admin")),
    "lessons_approve": Right(
        _("lesson packs of somebody else: publish, send back"), ("leader", "reviewer", "law_admin")
    ),
    "queue": Right(_("records: see how many wait"), (*SEERS, "system_admin")),
    "settle": Right(_("records that wait: release, settle, set aside"), ("leader", "supervisor")),
    "figures": Right(_("statistics, heat map: see"), _FIGURES),
    "figures_pairs": Right(_("statistics: signs of care by the officers of a check"), ("supervisor",)),
    "plan": Right(_("posts of a week: propose"), ("leader", "supervisor")),
    "law": Right(_("law to be confirmed: see"), SEERS),
    "law_propose": Right(_("law to be confirmed: propose"), ("law_admin",)),
    "law_confirm": Right(_("law to be confirmed: agree, end"), ("law_admin", "leader", "reviewer")),
    "drafts": Right(_("drafts of checklists and law: see"), ("law_admin", "leader", "reviewer")),
    "drafts_write": Right(_("drafts of checklists and law: write, publish"), ("law_admin",)),
    "drafts_review": Right(_("drafts of checklists and law: approve, send back"), ("law_admin", "leader", "reviewer")),
    "drafts_try": Right(
        _("drafts of checklists and law: try on past inspections"), ("law_admin", "leader", "reviewer")
    ),
    "discretion": Right(_("tables of discretion: see"), SEERS),
    "discretion_publish": Right(_("tables of discretion: publish"), ("law_admin",)),
    "holidays": Right(_("holidays: see"), ("leader", "law_admin", "system_admin")),
    "holidays_publish": Right(_("holidays: publish a year"), ("law_admin",)),
    "office": Right(_("the office on documents: change"), ("leader", "system_admin")),
    "import": Right(_("registry: import vehicles, tanks, carriers, people"), ("leader", "handler", "system_admin")),
    "import_office": Right(_("registry: import officers and sites"), ("leader", "system_admin")),
    "import_orders": Right(_("registry: import stop orders"), ("leader",)),
    "sites": Right(_("sites: say in which area they lie"), ("leader", "system_admin")),
    "devices": Right(_("tablets: see, enrol, revoke"), ("leader", "system_admin")),
    "fleet": Right(_("tablets: see how they stand, and how fast records come"), _FLEET),
    "publish": Right(_("tablets: publish the packages"), ("leader", "law_admin", "system_admin")),
    "pins": Right(_("officers: code for the first PIN"), ("leader", "system_admin")),
    "users": Right(_("users: create, change, close, new password"), ("system_admin",)),
    "audit": Right(_("audit log: see, verify"), ("supervisor", "system_admin")),
    "roles": Right(_("this table"), (*SEERS, "system_admin")),
    "exports": Right(_("one's own exports"), (*SEERS, "system_admin")),
    "orders": Right(_("stop orders: give, lift"), ("leader", "supervisor")),
    "watch": Right(_("watch list: see"), SEERS),
    "watch_keep": Right(_("watch list: add, lift"), ("leader", "supervisor")),
    "campaigns": Right(_("campaigns: see"), SEERS),
    "campaigns_keep": Right(_("campaigns: make, change, end"), ("leader", "supervisor")),
    "orders_see": Right(_("stop orders: see"), SEERS),
    "passes": Right(_("passes: see"), SEERS),
    "passes_withdraw": Right(_("passes: withdraw"), ("leader", "supervisor")),
    "way_back": Right(_("links of parties: revoke, give out anew"), ("leader", "handler")),
    "repeats": Right(_("vehicles that are checked again and again: see"), SEERS),
    "export_cases": Right(_("export: cases, records, hand-overs"), SEERS),
    "export_figures": Right(_("export: statistics and the checks behind them"), _FIGURES),
    "export_orders": Right(_("export: stop orders"), (*SEERS, "system_admin")),
    "export_known": Right(_("export: carriers by tier, what is known of one"), SEERS),
    "export_registry": Right(_("export: registry"), ("leader", "handler", "supervisor", "system_admin")),
    "export_devices": Right(_("export: tablets"), ("leader", "system_admin")),
    "export_fleet": Right(_("export: how tablets stand"), _FLEET),
    "export_users": Right(_("export: users"), ("system_admin",)),
    "export_audit": Right(_("export: audit log"), ("supervisor", "system_admin")),
    "export_file": Right(_("export: the whole file of a case"), ("leader", "handler", "reviewer", "supervisor")),
}
"""In the order in which they are told."""


def may(right: str) -> tuple[str, ...]:
    """Return the roles that have a right."""
    return RIGHTS[right].roles


def has(role: str, right: str) -> bool:
    """Whether a role has a right."""
    return role in RIGHTS[right].roles


def table(roles: Mapping[str, str]) -> Iterator[str]:
    """Yield the table as `docs/running.md` has it; `roles` are codes with their words."""
    yield f"| page or act | {' | '.join(roles.values())} |"
    yield f"| --- |{' :-: |' * len(roles)}"
    for right in RIGHTS.values():
        yield f"| {right.words} | {' | '.join('●' if role in right.roles else '' for role in roles)} |"
