"""The law by which cases are moved, from the published packages and the holidays that the office published itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from checklists.definitions.definition import Definitions
from checklists.goods import holidays
from checklists.goods.listing import Tables
from checklists.law.clocks import Calendar
from checklists.law.model import Violation, printable, violation_on
from checklists.wire import digest
from server.cases.rules import CaseLaw, limits_of
from server.store import bulk, published
from server.store.office_models import Holiday

Range = tuple[int | None, int | None]


class Bench(NamedTuple):
    """What is in force now: definitions, tables, and what cases need of both."""

    definitions: Definitions
    tables: Tables | None
    law: CaseLaw


def current() -> Bench:
    """Return what is in force; before anything was published there are no terms, and every end is said by hand."""
    definitions, reference = published.latest("definitions"), published.latest("reference")
    return _bench(definitions, reference, tuple(_holidays()))


def _holidays() -> Iterable[tuple[str, ...]]:
    return (tuple(map(str, row)) for row in bulk.rows(_every_holiday))


def _every_holiday() -> Any:
    return Holiday.select(*(getattr(Holiday, name) for name in holidays.COLUMNS)).order_by(Holiday.day)


def holidays_added() -> list[dict[str, str]]:
    """Return the days of the years whose notice the office published itself."""
    return [dict(zip(holidays.COLUMNS, one, strict=True)) for one in _holidays()]


@lru_cache(maxsize=4)
def _bench(definitions: str, reference: str, added: tuple[tuple[str, ...], ...]) -> Bench:
    law = published.definitions(definitions) if definitions else Definitions()
    tables = published.tables(reference) if reference else None
    digests = "+".join(one[:12] for one in (definitions, reference) if one)
    version = f"{digests}+{digest(repr(added).encode())[:12]}" if added else digests
    return Bench(law, tables, CaseLaw(version, law.terms, _calendar(tables, added), limits_of(law.general)))


def _calendar(tables: Tables | None, added: tuple[tuple[str, ...], ...]) -> Calendar:
    """Return the calendar; a year that the office published stands in the place of the tables' own."""
    rows = [dict(zip(holidays.COLUMNS, one, strict=True)) for one in added]
    return Calendar.of(holidays.merged(rows_of(tables, "holidays"), rows), rows_of(tables, "statutory_days"))


def rows_of(tables: Tables | None, name: str) -> list[Mapping[str, str]]:
    """Return the rows of a table, none where nothing was published yet."""
    return [] if tables is None else list(getattr(tables, name))


def violation(bench: Bench, code: str, day: date) -> Violation | None:
    """Return the first row of a violation for conduct on that day, whatever the load, or None."""
    return violation_on(bench.definitions.violations, code, day)


def ranges(held: Violation | None, day: date) -> tuple[Range, ...]:
    """Return the amounts in yuan of a row's penalties whose basis may be printed for that day."""
    if held is None:
        return ()
    return tuple(
        (one.min_cny, one.max_cny) for one in held.penalty if one.basis is not None and printable((one.basis,), day)
    )


def pairs(bench: Bench, own: Iterable[str], others: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return which violations of one case may be one act with which of the same stop, each pair once."""
    mine, all_ = set(own), set(own) | set(others)
    found = {
        tuple(sorted((one, other)))
        for act in bench.definitions.acts
        for one in act & mine
        for other in act & all_
        if one != other
    }
    return tuple(sorted((one, other) for one, other in found))
