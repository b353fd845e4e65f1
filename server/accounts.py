"""Who may see what in the console. `scope_of` alone decides; every query takes what it returns."""

from __future__ import annotations

from dataclasses import dataclass


def _(words: str) -> str:
    return words


ROLES = {
    "officer": _("officer"),
    "leader": _("team leader"),
    "handler": _("case handler"),
    "reviewer": _("legal reviewer"),
    "supervisor": _("supervisor"),
    "law_admin": _("law administrator"),
    "system_admin": _("system administrator"),
}

PURPOSES = {
    "case": _("handling a case"),
    "follow_up": _("follow-up and re-check"),
    "review": _("legal review"),
    "supervision": _("supervision"),
    "request": _("answering a request or complaint"),
}
"""Why somebody looks: it stands beside every view in the audit log."""

_EVERYWHERE = ("supervisor", "law_admin")
_NOWHERE = ("system_admin",)


@dataclass(frozen=True)
class Scope:
    """The agencies whose records and cases are shown; None is every agency of the area, empty is none."""

    agencies: frozenset[str] | None

    @property
    def nothing(self) -> bool:
        """Whether no record at all is shown."""
        return self.agencies is not None and not self.agencies

    def holds(self, agency: str) -> bool:
        """Whether what belongs to the agency is shown."""
        return self.agencies is None or agency in self.agencies


def scope_of(role: str, agency: str) -> Scope:
    """Return what a role of an agency may see.

    Those who supervise or keep the law see the whole area. A system administrator keeps the machines running and sees
    how much waits, but no record. A role that is not known sees nothing.
    """
    if role in _EVERYWHERE:
        return Scope(None)
    if role in _NOWHERE or role not in ROLES or not agency:
        return Scope(frozenset())
    return Scope(frozenset({agency}))
