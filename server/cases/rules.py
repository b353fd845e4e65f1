"""The law by which a case is moved: terms with the calendar, and the limits that general clauses set. A value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from checklists.law.clocks import Calendar
from checklists.law.model import GeneralRule, Term
from server.cases.own_terms import OWN_TERMS

HEARING = {"P": "police_hearing"}
SIMPLE = {"P": "police_simple_fine"}


@dataclass(frozen=True)
class CaseLaw:
    """Terms, calendar and limits of one version of the definitions."""

    version: str = ""
    terms: Mapping[str, Term] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=lambda: Calendar.of(()))
    limits: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def term(self, name: str) -> Term | None:
        """Return a term of the law or one of the office's own, or None."""
        return OWN_TERMS.get(name) or self.terms.get(name)

    def is_ours(self, name: str) -> bool:
        """Whether a term is the office's own rule."""
        return name in OWN_TERMS

    def hearing_from(self, agency: str, kind: str) -> int | None:
        """Return from which fine in yuan a hearing must be offered; None where no rule was read."""
        return self.limits.get((HEARING.get(agency, "hearing"), kind))

    def simple_up_to(self, agency: str, kind: str) -> int | None:
        """Return up to which fine in yuan a decision may be made on the spot; None where that is not known."""
        return self.limits.get((SIMPLE.get(agency, "simple_procedure"), kind))


def limits_of(general: Iterable[GeneralRule]) -> dict[tuple[str, str], int]:
    """Return the amounts of the general clauses by (use, person or unit)."""
    return {(one.use, kind): amount for one in general for kind, amount in one.limits_cny.items()}
