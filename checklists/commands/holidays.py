"""`holidays add FILE [--to FOLDER] [--replace]`, `holidays list`: the year's notice of holidays, without a release."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checklists.commands.base import command, show
from checklists.goods import holidays
from checklists.goods.holidays import HolidayError, Row
from checklists.goods.listing import REFERENCE, load_tables


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "holidays", run, "add a year's notice of holidays, or list what is known")
    parser.add_argument("action", choices=("add", "list"))
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=f"CSV: {','.join(holidays.COLUMNS)}")
    parser.add_argument(
        "--to", type=Path, metavar="PLACE", help=f"file or folder; else ${holidays.PLACE}, else the data"
    )
    parser.add_argument("--replace", action="store_true", help="put the notice in the place of one added before")


def run(options: argparse.Namespace) -> int:
    """Add a notice, or list the years; exit 1 where the rows are no notice, and nothing is stored then."""
    if options.action == "list":
        return _list(options)
    if options.file is None:
        raise ValueError("name the file of the notice: holidays add FILE")
    target = holidays.as_file(options.to) if options.to else holidays.place(REFERENCE)
    text = options.file.read_text("utf-8")
    faults, rows = _read(text)
    held = holidays.read(target.read_text("utf-8")) if target.is_file() else []
    faults = faults or _taken(rows, held, replace=options.replace)
    if not faults:
        _store(target, holidays.merged(held, rows))
    years = sorted({holidays.year_of(row) for row in rows}) if not faults else []
    plain = {"years": years, "days": len(rows), "stored": None if faults else str(target), "faults": faults}
    show(options, plain, faults or _told(years, len(rows), target))
    return 1 if faults else 0


def _read(text: str) -> tuple[Sequence[str], list[Row]]:
    try:
        rows = holidays.read(text)
    except HolidayError as wrong:
        return wrong.faults, []
    return holidays.faults(rows, load_tables().statutory_days), rows


def _taken(rows: Iterable[Row], held: Iterable[Row], *, replace: bool) -> list[str]:
    """Return the years that the office has already, with other days."""
    new, old = _by_year(rows), _by_year(held)
    other = [year for year in new if year in old and _plain(new[year]) != _plain(old[year])]
    return [] if replace else [f"{year} is there already with other days: --replace takes its place" for year in other]


def _by_year(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(holidays.year_of(row), []).append(row)
    return found


def _plain(rows: Iterable[Row]) -> set[tuple[str, str]]:
    return {(row["day"], row["kind"]) for row in rows}


def _store(target: Path, rows: Iterable[Row]) -> None:
    """Write the file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    half.write_text(holidays.write(rows), "utf-8")
    half.replace(target)


def _told(years: Iterable[int], days: int, target: Path) -> Iterator[str]:
    yield f"{'、'.join(map(str, years))}: {days} days stored in {target}"
    if target != holidays.place(REFERENCE):
        yield f"Set {holidays.PLACE}={target} for every command and for the server, so that it is read."
    yield "Publish the tables again, so that the tablets get them."


def _list(options: argparse.Namespace) -> int:
    target = holidays.as_file(options.to) if options.to else holidays.place(REFERENCE)
    added = {holidays.year_of(row) for row in holidays.read(target.read_text("utf-8"))} if target.is_file() else set()
    years = [
        {
            "year": year,
            "added": year in added,
            "rest": sorted(row["day"] for row in rows if row["kind"] == "rest"),
            "work": sorted(row["day"] for row in rows if row["kind"] == "work"),
            "sources": sorted({row["source"] for row in rows}),
        }
        for year, rows in sorted(_by_year(load_tables().holidays).items())
    ]
    show(options, {"place": str(target), "years": years}, (_line(one) for one in years))
    return 0


def _line(one: Mapping[str, Any]) -> str:
    mark = " [added]" if one["added"] else ""
    return f"{one['year']}{mark}: {len(one['rest'])} rest, {len(one['work'])} worked; {'; '.join(one['sources'])}"
