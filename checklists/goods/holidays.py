"""The State Council's yearly notices of holidays: the product's table, and the years that an office added itself.

A notice gives the rest days that are moved or named, and the weekends that are worked for them; other weekends are not
listed. An added year stands in the place of the product's own. The file of the office is the one that LUJIAN_HOLIDAYS
names, else `holidays_added.csv` beside the product's table.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

COLUMNS = ("day", "kind", "name_zh", "name_en", "source")
KINDS = ("rest", "work")
ADDED = "holidays_added.csv"
PLACE = "LUJIAN_HOLIDAYS"
"""The variable that names another file, for instance where the product's folder may not be written."""

_EVE = (12, 25)
"""From this day of December on a notice of the next year may move days."""

_FAR = 31
"""So many days from its holiday no notice moved a day (at most 11)."""

_LONGEST = 60
"""More days than this no notice of one year lists."""

Row = Mapping[str, str]


FAULTS: Mapping[str, str] = {
    "not_a_table": "not a table: {reason}",
    "column_missing": "no column {given}; the first line names {known}",
    "torn": "line {line}: not {count} cells",
    "twice": "line {line}: {given} stands twice",
    "empty": "no day in it",
    "not_a_day": "line {line}: {given!r} is no day; write it as 2027-01-01",
    "kind": "line {line}: kind {given!r} is neither rest nor work",
    "workday": "line {line}: {given} is a {weekday}: only a Saturday or Sunday is made a workday",
    "missing": "line {line}: no {given}",
    "year_unknown": "{year}: the statutory rest days of that year are not in the table: its notice cannot be checked",
    "not_rest": "{year}: {given} ({name}) is a rest day by law and must stand as rest",
    "far": "{year}: {given} ({name}) lies far from that holiday",
    "too_many": "{year}: {count} days are more than a notice lists",
}
"""What can be wrong with a notice, by code; the office has words of its own for its pages."""


class Fault(str):
    """Something wrong with a notice: its words, and for who has others its code and what stands in them."""

    code: str
    params: Mapping[str, object]

    def __new__(cls, code: str, **params: object) -> Fault:
        """Return the fault of a code, in words."""
        made = super().__new__(cls, FAULTS[code].format(**params))
        made.code, made.params = code, params
        return made


class HolidayError(ValueError):
    """Rows are no notice of a year; `faults` are all of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def place(folder: Path) -> Path:
    """Return the file in which an office keeps the years that it added."""
    return as_file(os.environ.get(PLACE, "") or folder)


def as_file(path: str | Path) -> Path:
    """Return the file that a path means: itself where it ends in `.csv`, else the office's file in that folder."""
    return Path(path) if Path(path).suffix == ".csv" else Path(path) / ADDED


def merged(own: Iterable[Row], added: Iterable[Row]) -> list[Row]:
    """Return all rows by day; a year that was added stands in the place of the product's own."""
    kept = list(added)
    years = {year_of(row) for row in kept}
    return sorted((*(row for row in own if year_of(row) not in years), *kept), key=lambda row: row["day"])


def year_of(row: Row) -> int:
    """Return the year whose notice a row belongs to: New Year's holiday may begin in December."""
    day = date.fromisoformat(row["day"])
    return day.year + 1 if row.get("name_zh", "").startswith("元旦") and (day.month, day.day) >= _EVE else day.year


def read(text: str) -> list[Row]:
    """Return the rows of a file. Raises HolidayError for text that is no such table."""
    import csv  # a tablet reads published JSON and needs no CSV
    import io

    try:
        lines = [line for line in csv.reader(io.StringIO(text.lstrip("\ufeff")), strict=True) if any(line)]
    except csv.Error as wrong:
        raise HolidayError([Fault("not_a_table", reason=wrong)]) from wrong
    columns = [name.strip() for name in lines[0]] if lines else []
    if missing := [name for name in COLUMNS if name not in columns and name != "name_en"]:
        raise HolidayError([Fault("column_missing", given=", ".join(missing), known=",".join(COLUMNS))])
    torn = [number for number, line in enumerate(lines[1:], 2) if len(line) != len(columns)]
    if torn:
        raise HolidayError([Fault("torn", line=number, count=len(columns)) for number in torn])
    cells = [dict(zip(columns, (cell.strip() for cell in line), strict=True)) for line in lines[1:]]
    return [{name: row.get(name, "") for name in COLUMNS} for row in cells]


def faults(rows: Sequence[Row], statutory: Iterable[Row]) -> list[Fault]:
    """Return everything that is wrong with rows, by their line; nothing where they are whole notices of their years.

    A notice names every statutory rest day of its year (`statutory_days`) as one, works weekends only, and says where
    it was published.
    """
    by_line = [fault for number, row in enumerate(rows, 2) for fault in _row_faults(number, row)]
    days = [row["day"] for row in rows]
    by_line += [
        Fault("twice", line=number, given=day) for number, day in enumerate(days, 2) if day in days[: number - 2]
    ]
    return by_line or list(_year_faults(rows, statutory)) or ([] if rows else [Fault("empty")])


def write(rows: Iterable[Row]) -> str:
    """Return rows as the text of a file, by day."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row.get(name, "") for name in COLUMNS] for row in sorted(rows, key=lambda row: row["day"]))
    return text.getvalue()


def _row_faults(number: int, row: Row) -> Iterator[Fault]:
    try:
        day = date.fromisoformat(row["day"])
    except ValueError:
        day = None
    if day is None or row["day"] != day.isoformat():
        yield Fault("not_a_day", line=number, given=row["day"])
        day = None
    if row["kind"] not in KINDS:
        yield Fault("kind", line=number, given=row["kind"])
    if row["kind"] == "work" and day is not None and day.weekday() < 5:
        yield Fault("workday", line=number, given=day, weekday=f"{day:%A}")
    yield from (Fault("missing", line=number, given=name) for name in ("name_zh", "source") if not row[name])


def _year_faults(rows: Sequence[Row], statutory: Iterable[Row]) -> Iterator[Fault]:
    named: dict[int, dict[str, str]] = {}
    for one in statutory:
        named.setdefault(int(one["day"][:4]), {})[one["day"]] = one["holiday"]
    kinds = {row["day"]: row["kind"] for row in rows}
    for year in sorted({year_of(row) for row in rows}):
        held = [row for row in rows if year_of(row) == year]
        if year not in named:
            yield Fault("year_unknown", year=year)
        for day, holiday in sorted(named.get(year, {}).items()):
            if kinds.get(day) != "rest":
                yield Fault("not_rest", year=year, given=day, name=holiday)
        yield from (
            Fault("far", year=year, given=one["day"], name=one["name_zh"])
            for one in held
            if _is_far(one, named.get(year, {}))
        )
        if len(held) > _LONGEST:
            yield Fault("too_many", year=year, count=len(held))


def _is_far(row: Row, named: Mapping[str, str]) -> bool:
    """Whether a row that carries a statutory holiday's name lies nowhere near it."""
    own = [date.fromisoformat(day) for day, holiday in named.items() if row["name_zh"].startswith(holiday)]
    day = date.fromisoformat(row["day"])
    return bool(own) and min(abs((day - one).days) for one in own) > _FAR
