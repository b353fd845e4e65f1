"""What helps to weigh a penalty: the local table of discretion, how like cases ended, what speaks for and against.

Nothing here proposes an amount. A local table (裁量基准) is data that an office imports with its source; a row outside
the range of the law is a fault of the table, and is refused with all others at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from server.cases.ends import day_in
from server.folding import plain

Range = tuple[int | None, int | None]
Ranges = Callable[[str, date], Sequence[Range] | None]
"""Violation and day → the law's ranges in yuan; None where there is no such violation, empty where none is known."""

COLUMNS = ("violation", "grade", "circumstances", "min_cny", "max_cny", "basis", "in_force_from", "in_force_to")

_FOREVER = "9999-12-31"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _(words: str) -> str:
    return words


@dataclass(frozen=True)
class Row:
    """A row of a local table: under which circumstances which grade, and its amounts in whole yuan.

    `basis` names clause or row of the local document; `in_force_to` is empty while nothing ended it.
    """

    violation: str
    grade: str
    circumstances: str
    min_cny: int
    max_cny: int
    basis: str
    in_force_from: str
    in_force_to: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return self.in_force_from <= day.isoformat() and (not self.in_force_to or day.isoformat() <= self.in_force_to)

    @property
    def weighed(self) -> tuple[str, ...]:
        """What has one range of amounts on any day: violation, grade and circumstances, however they are written."""
        return self.violation, plain(self.grade), plain(self.circumstances)

    def meets(self, other: Row) -> bool:
        """Whether there is a day on which both rows are in force."""
        ends = [one.in_force_to for one in (self, other) if one.in_force_to]
        return max(self.in_force_from, other.in_force_from) <= min(ends, default=_FOREVER)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line (the heading is line 1): a code of FAULTS, and the value."""

    line: int
    code: str
    detail: str = ""


FAULTS = {
    "not_a_table": _("Not CSV text: save the table as CSV"),
    "columns": _("These columns are missing"),
    "unknown": _("There is no such violation"),
    "missing": _("This is missing"),
    "sign": _("A sign in this cell cannot be kept"),
    "amount": _("This is no amount in whole yuan"),
    "order": _("The first amount is above the second"),
    "day": _("This is no day"),
    "outside": _("This lies outside the range of the law"),
    "ended": _("The last day lies before the first"),
    "twice": _("Violation, grade and circumstances stand there twice for the same days"),
    "empty": _("The table has no row"),
}
"""Code → words."""


def judge(lines: Iterable[Mapping[str, str]], ranges: Ranges) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """Return the rows of a table, or every fault of it; where there is a fault no row is to be used."""
    rows: list[Row] = []
    weighed: dict[tuple[str, ...], list[Row]] = {}
    faults: list[Fault] = []
    for number, told in enumerate(lines, start=2):
        if not any(told.values()):  # a spreadsheet writes lines below its table that were emptied
            continue
        found = [Fault(number, *one) for one in _faults(told, ranges)]
        if not found:
            row = Row(**{**told, "min_cny": int(told["min_cny"]), "max_cny": int(told["max_cny"])})  # type: ignore[arg-type] # both are amounts by now
            alike = weighed.setdefault(row.weighed, [])
            found = [Fault(number, "twice", row.grade)] if any(map(row.meets, alike)) else []
            alike.append(row)
            rows.append(row)
        faults += found
    if not rows and not faults:
        faults.append(Fault(1, "empty"))
    return tuple(rows), tuple(faults)


def _faults(told: Mapping[str, str], ranges: Ranges) -> Iterable[tuple[str, str]]:
    for name in ("violation", "grade", "circumstances", "basis", "in_force_from"):
        if not told[name]:
            yield "missing", name
    yield from (("sign", name) for name in COLUMNS if _UNPRINTABLE.search(told[name]))
    days = [told[name] for name in ("in_force_from", "in_force_to") if told[name]]
    bad_days = [one for one in days if not _is_day(one)]
    yield from (("day", one) for one in bad_days)
    if len(days) == 2 and not bad_days and told["in_force_to"] < told["in_force_from"]:
        yield "ended", told["in_force_to"]
    amounts = [told["min_cny"], told["max_cny"]]
    bad = [one for one in amounts if not (one.isascii() and one.isdecimal() and len(one) < 10)]
    yield from (("amount", one) for one in bad)
    if bad or bad_days or not told["in_force_from"]:
        return
    low, high = map(int, amounts)
    if low > high:
        yield "order", f"{low} > {high}"
        return
    law = ranges(told["violation"], date.fromisoformat(told["in_force_from"]))
    if law is None:
        yield "unknown", told["violation"]
    elif law and not any(_within(low, high, one) for one in law):
        yield "outside", f"{low}-{high}; {' / '.join(f'{least}-{most}' for least, most in law)}"


def _within(low: int, high: int, law: Range) -> bool:
    least, most = law
    return (least is None or least <= low) and (most is None or high <= most)


def _is_day(text: str) -> bool:
    return day_in(text) is not None


@dataclass(frozen=True)
class Ended:
    """How a like case ended: its number and id, the day of the decision, and the fine in yuan (0: none was given)."""

    case: str
    number: str
    day: str
    fine_cny: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Similar:
    """How like cases ended here, the latest first; the figures are of those with a fine."""

    cases: tuple[Ended, ...]

    @property
    def fines(self) -> tuple[int, ...]:
        """The fines that were given, the smallest first."""
        return tuple(sorted(one.fine_cny for one in self.cases if one.fine_cny))

    @property
    def middle(self) -> int | None:
        """The median fine, None where none was given."""
        return int(median(self.fines)) if self.fines else None


@dataclass(frozen=True)
class Factor:
    """A circumstance that the files show: a code of FACTORS, whether it weighs (`more`, `less`), and what shows it."""

    code: str
    weighs: str
    detail: str = ""


FACTORS = {
    "first_here": _("No earlier decision against this party for this violation in this office"),
    "again": _("Decided against this party for the same violation before"),
    "corrected": _("The correction was proved"),
    "not_corrected": _("The correction was not done in time"),
    "grave": _("Danger now (severity I)"),
    "statement": _("The party made a statement"),
}
"""Code → words. They are circumstances as the files show them; what they weigh is for the person who decides."""


def factors(
    severity: str, sides: Iterable[tuple[str, str]], earlier: Sequence[Ended], facts: Mapping[str, Any]
) -> tuple[Factor, ...]:
    """Return the circumstances of a violation: from its severity, the side tracks (kind, state), and earlier cases."""
    states = [state for kind, state in sides if kind == "rectification"]
    found = [
        Factor("again", "more", ", ".join(f"{one.number} ({one.day})" for one in earlier))
        if earlier
        else Factor("first_here", "less")
    ]
    if "cleared" in states:
        found.append(Factor("corrected", "less"))
    if "not_done" in states:
        found.append(Factor("not_corrected", "more"))
    if severity == "I":
        found.append(Factor("grave", "more"))
    if facts.get("statement_open") is not None:
        found.append(Factor("statement", ""))
    return tuple(found)
