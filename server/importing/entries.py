"""From a sheet to entries: what each row says, column by column, with everything that is wrong with it at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from checklists.facts.identifiers.checks import check_plate
from checklists.facts.waybill_values import UnreadableError
from checklists.facts.waybill_values import moment as waybill_moment
from checklists.wire import instant
from checklists.zone import LAW_ZONE, in_law_zone
from server import clock
from server.importing import cells, columns
from server.importing.columns import AS_OF, Column
from server.importing.faults import CellError, Fault
from server.importing.kinds import Kind
from server.importing.sheets import Cell, Row, Sheet

_DATED = re.compile(r"[0-9]{4}([-/.年])[0-9]{1,2}[-/.月][0-9]{1,2}|20[0-9]{6}")
_AROUND = re.compile(r"\s*([-/.年月])\s*")
_CLEARS = ("-", "－", "—", "–")
"""What empties a value; an empty cell leaves it as it is."""
_TITLES = 4
"""In so many rows below the first the names of the columns are looked for."""


@dataclass(frozen=True)
class Entry:
    """What a row says: values by column id, and the ids of columns that it empties.

    `doubts` are faults of which the kernel only warns: they are told and do not refuse.
    """

    number: int
    values: Mapping[str, Any]
    cleared: frozenset[str]
    as_of: str
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """The entries of a sheet and what is wrong with the sheet itself; `examples` of the template were passed over.

    `today` is the day here on which it was read.
    """

    kind: Kind
    entries: Sequence[Entry]
    faults: Sequence[Fault] = field(default_factory=tuple)
    examples: int = 0
    today: str = ""


def parse(kind: Kind, sheet: Sheet, as_of: str, now: str) -> Parsed:
    """Return what a sheet says; `as_of` (UTC text) holds for rows without one of their own."""
    sheet = _below_title(kind, sheet)
    placed, faults = columns.placed(kind.columns, sheet.header)
    if faults:
        return Parsed(kind, (), tuple(faults))
    whole = {one.id for one in kind.columns if one.example} <= {one.id for one in placed.values()}
    rows = [row for row in sheet.rows if not (whole and _is_example(placed, row))]
    entries = tuple(_entry(kind, placed, row, as_of, now) for row in rows)
    today = in_law_zone(clock.read(now)).date().isoformat()
    return Parsed(kind, entries, (), len(sheet.rows) - len(rows), today)


def _below_title(kind: Kind, sheet: Sheet) -> Sheet:
    """Return the sheet from the row that names columns on: above it lists have a title, a unit, a day."""
    if columns.placed(kind.columns, sheet.header)[0]:
        return sheet
    for at, row in enumerate(sheet.rows[:_TITLES], 1):
        if len(columns.placed(kind.columns, row)[0]) > 1:  # one alone may be a value that is called as a column is
            return Sheet(row, sheet.rows[at:])
    return sheet


def moment(cell: Cell) -> str:
    """Return a day (its beginning here) or a time as UTC text; a clock without a zone is the one on the wall here.

    Raises CellError.
    """
    held: Any = _written(cell) if isinstance(cell, str) else cell
    if isinstance(held, date) and not isinstance(held, datetime):
        held = datetime.combine(held, time())
    if not isinstance(held, datetime):
        raise CellError("as_of", given=cells.shown(cell))
    try:
        return instant(held if held.tzinfo else held.replace(tzinfo=LAW_ZONE))
    except (OverflowError, ValueError) as problem:
        raise CellError("as_of", given=cells.shown(cell)) from problem


def _written(cell: str) -> datetime:
    """Return a time as it is written: in the forms of a waybill's, of which those without a plain day are left."""
    given = _AROUND.sub(r"\1", unicodedata.normalize("NFKC", cells.text(cell)))
    try:
        if _DATED.match(given):
            return datetime.fromisoformat(waybill_moment(given))
    except UnreadableError as problem:
        raise CellError("as_of", given=cells.shown(cell)) from problem
    raise CellError("as_of", given=cells.shown(cell))


def _entry(kind: Kind, placed: Mapping[int, Column], row: Row, as_of: str, now: str) -> Entry:
    values: dict[str, Any] = {}
    cleared: set[str] = set()
    faults: list[Fault] = []
    doubts: list[Fault] = []
    for place, column in placed.items():
        cell = row.cells[place] if place < len(row.cells) else ""
        if place in row.merged:
            faults.append(Fault(row.number, column.words, "merged"))
            continue
        if cells.is_empty(cell):
            continue
        if isinstance(cell, str) and cell.strip() in _CLEARS and not column.required:
            cleared.add(column.id)
            continue
        try:
            values[column.id] = moment(cell) if column.id == AS_OF else column.read(cell)
        except CellError as fault:
            faults.append(Fault(row.number, column.words, fault.code, fault.params))
            continue
        if cells.is_placeholder(values[column.id]):
            if column.required:
                del values[column.id]
                continue
            doubts.append(Fault(row.number, column.words, "placeholder", {"given": cells.shown(cell)}))
        doubts += _doubts(row.number, column, values[column.id])
        if column.id == "plate" and "colour" not in values and (colour := check_plate(str(cell)).colour):
            values["colour"] = colour  # 蒙K12345_2 names it; a column of its own goes before
    held = str(values.pop(AS_OF, as_of))
    if held > now:
        faults.append(Fault(row.number, "", "as_of_ahead", {"given": held}))
    told = {one.column for one in faults}
    required = (one for one in kind.columns if one.required and one.id not in values and one.words not in told)
    faults += [Fault(row.number, one.words, "missing") for one in required]
    return Entry(row.number, values, frozenset(cleared), held, tuple(faults), tuple(doubts))


def _doubts(number: int, column: Column, value: Any) -> Iterable[Fault]:
    found = cells.doubts(column.doubt, str(value)) if column.doubt else None
    problems = found.problems if found is not None else ()
    return [Fault(number, column.words, "number", {**one.params, "why": one.code}) for one in problems]


def _is_example(placed: Mapping[int, Column], row: Row) -> bool:
    """Whether a row is the template's own example, left in by somebody."""
    for place, column in placed.items():
        cell = row.cells[place] if place < len(row.cells) else ""
        if ("" if cells.is_empty(cell) else str(cell).strip()) != column.example:
            return False
    return True
