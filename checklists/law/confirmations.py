"""What an office confirmed of the law: a dated layer over the data, which a package brings along.

Two authorised people have read the article in the version named and agree that the row is right; only then is it
printed as a basis. It changes no row: the data stay as their authors wrote them, and what was computed with an earlier
package stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from checklists.law.model import Citation, Penalty, Violation
from checklists.values import frozen

PARTS = ("duty", "penalty")


@frozen
class Confirmation:
    """A clause of a violation's row, confirmed by `by` (names) from the day `since` on.

    `clause` is as the row has it, `as_clause` the number that was read where the row has another or none. `text` is the
    digest of the article's words as both have seen them, `source` where these stand. Amounts that were read stand in
    the place of those of the row; without any, both have agreed to the row's own. `subject` is that of the penalty.
    """

    code: str
    part: str
    law: str
    version: str
    clause: str
    since: date
    by: tuple[str, ...]
    text: str
    source: str = ""
    as_clause: str = ""
    subject: str = ""
    min_cny: int | None = None
    max_cny: int | None = None

    @property
    def words(self) -> str:
        """When and by whom, as it stands beside a clause: 2026-12-01 张某、李某."""
        return f"{self.since.isoformat()} {'、'.join(self.by)}"

    def covers(self, code: str, part: str, one: Citation, subject: str = "") -> bool:
        """Whether it is about that clause of that row, and of a penalty about the one whom it fines."""
        named = (self.code, self.part, self.law, self.version, self.clause, self.subject)
        return named == (code, part, one.law, one.version, one.clause, subject)


def confirmed(rows: Iterable[Violation], given: Iterable[Confirmation]) -> tuple[Violation, ...]:
    """Return the violations with every clause that was confirmed as verified, and who confirmed it."""
    held: dict[str, list[Confirmation]] = {}
    for one in given:
        held.setdefault(one.code, []).append(one)
    return tuple(_row(row, held[row.code]) if row.code in held else row for row in rows)


def _row(row: Violation, given: list[Confirmation]) -> Violation:
    duty = tuple(_citation(row.code, "duty", one, given) for one in row.duty)
    return replace(row, duty=duty, penalty=tuple(_penalty(row.code, one, given) for one in row.penalty))


def _citation(code: str, part: str, one: Citation, given: list[Confirmation], subject: str = "") -> Citation:
    found = _found(code, part, one, given, subject)
    if found is None:
        return one
    return replace(one, verified=True, confirmed=found.words, clause=found.as_clause or one.clause)


def _penalty(code: str, one: Penalty, given: list[Confirmation]) -> Penalty:
    found = _found(code, "penalty", one.basis, given, one.subject) if one.basis else None
    if one.basis is None or found is None:
        return one
    basis = _citation(code, "penalty", one.basis, given, one.subject)
    if (found.min_cny, found.max_cny) == (None, None):
        return replace(one, basis=basis)
    return replace(one, basis=basis, min_cny=found.min_cny, max_cny=found.max_cny)


def _found(code: str, part: str, one: Citation, given: list[Confirmation], subject: str) -> Confirmation | None:
    """Return the confirmation of a clause that the data leave open; what is verified needs none."""
    return None if one.verified else next((held for held in given if held.covers(code, part, one, subject)), None)
