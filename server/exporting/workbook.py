"""Rows to an .xlsx file, one at a time: a million of them need no more memory than one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_ROWS = 1_000_000
"""Of one sheet; Excel ends at 1,048,576."""
_LONGEST = 32_000
"""Characters of a cell; Excel ends at 32,767."""
_EVERY = 500
_OPTIONS = {
    "constant_memory": True,
    # What somebody wrote into a record must not become a formula or a link on the reader's machine.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | float | None


@dataclass(frozen=True)
class Head:
    """A column: what stands above it and how wide it is."""

    title: str
    width: int = 16


def write(
    path: Path,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    about: Sequence[tuple[str, str]],
    about_title: str,
    heard: Callable[[int], None] = lambda _count: None,
) -> int:
    """Write the rows and return how many; further sheets where one is full, and last one that says what this is."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)})
    formats = _formats(book)
    count, sheet = 0, _sheet(book, title, heads, formats)
    try:
        for row in rows:
            if count and count % MOST_ROWS == 0:
                sheet = _sheet(book, f"{title} {count // MOST_ROWS + 1}", heads, formats)
            _row(sheet, count % MOST_ROWS + 1, row)
            count += 1
            if count % _EVERY == 0:
                heard(count)
        _about(book, about_title, [*about], formats)
    finally:
        book.close()
    return count


def _formats(book: Any) -> dict[str, Any]:
    head = {"bold": True, "bg_color": "#E7ECF3", "bottom": 1, "text_wrap": True, "valign": "top"}
    return {"head": book.add_format(head), "wrap": book.add_format({"text_wrap": True, "valign": "top"})}


def _sheet(book: Any, title: str, heads: Sequence[Head], formats: dict[str, Any]) -> Any:
    sheet = book.add_worksheet(title[:31])
    for place, one in enumerate(heads):
        sheet.set_column(place, place, one.width)
    for place, one in enumerate(heads):
        sheet.write_string(0, place, one.title, formats["head"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 0, max(0, len(heads) - 1))
    return sheet


def _row(sheet: Any, number: int, row: Sequence[Cell]) -> None:
    for place, value in enumerate(row):
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(number, place, value)
        elif value not in (None, ""):
            sheet.write_string(number, place, str(value)[:_LONGEST])


def _about(book: Any, title: str, rows: Sequence[tuple[str, str]], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(title[:31])
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    for number, (name, value) in enumerate(rows):
        sheet.write_string(number, 0, name, formats["head"])
        sheet.write_string(number, 1, value, formats["wrap"])
