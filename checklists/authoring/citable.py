"""Which violations have a legal basis that may be printed for conduct on a day, and why the others have none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from checklists.definitions.citation import citable
from checklists.definitions.definition import Definitions
from checklists.law.model import Citation, Conditions, Violation, bases, rows_on


@dataclass(frozen=True)
class Basis:
    """What one row cites for its load: clauses of a penalty (of a measure where no fine is set), and what lacks."""

    when: Conditions
    cited: tuple[Citation, ...] = ()
    lacks: str = ""


@dataclass(frozen=True)
class LawCoverage:
    """The rows of a day by code. A code has a basis where one of its rows has; of `partly` not all rows have."""

    on: date
    rows: Mapping[str, tuple[Basis, ...]] = field(default_factory=dict)

    @property
    def with_basis(self) -> tuple[str, ...]:
        """The codes that may be cited, at least for some loads."""
        return tuple(code for code, rows in self.rows.items() if any(one.cited for one in rows))

    @property
    def partly(self) -> tuple[str, ...]:
        """Those of them that have no basis for other loads or another conduct of the same code."""
        return tuple(code for code in self.with_basis if not all(one.cited for one in self.rows[code]))

    @property
    def without_basis(self) -> Mapping[str, str]:
        """The other codes with the reason."""
        held = set(self.with_basis)
        return {code: _reason(rows) for code, rows in self.rows.items() if code not in held}


def law_on(definitions: Definitions, regime: str, day: date) -> LawCoverage:
    """Return what the law data cite for conduct on that day under a regime."""
    codes = dict.fromkeys(row.code for row in definitions.violations if row.code.startswith(f"{regime}-"))
    return LawCoverage(
        day,
        {
            code: tuple(_basis(definitions, row, day) for row in rows_on(definitions.violations, code, day))
            for code in codes
        },
    )


def _basis(definitions: Definitions, row: Violation, day: date) -> Basis:
    cited = citable(definitions, bases(row.penalty), day) or citable(definitions, bases(row.penalty, "measure"), day)
    return Basis(row.applies_when, cited, "" if cited else row.note or "not verified")


def _reason(rows: Iterable[Basis]) -> str:
    return " | ".join(dict.fromkeys(one.lacks for one in rows)) or "no row for that day"
