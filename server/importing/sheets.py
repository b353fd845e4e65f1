"""The rows of a file as cells: an .xlsx workbook, or CSV in UTF-8, GB18030 or UTF-16. Every row keeps its number.

A workbook's cells come as text, whole or broken number, truth, date or time; those of CSV as text. Excel's own error
values come as their text (#N/A) in rows where anything else stands, formulas that were never worked out as empty cells.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import subprocess
import sys
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from server.importing import cell_errors
from server.importing.faults import of_file

Cell = str | float | int | bool | date | datetime | time | timedelta

MOST_ROWS = 50_000
MOST_COLUMNS = 200
_MOST_UNPACKED = 400 * 1024 * 1024
_CHUNK = 1024 * 1024
_MOST_LAID_OUT = 1024 * 1024 * 1024
_MOST_SECONDS = 120
_REF = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_LONGEST_REF = 32
_WORKBOOK = "xl/workbook.xml"
_OTHERS = ("xl/workbook.bin", "content.xml")
"""By what the reader would take a file for an .xlsb or .ods, of which we look at no cell before."""
_ELSEWHERE = "xl/externallinks/"
"""What a workbook remembers of others: its cells lie where they lie there, and nobody lays them out."""
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)
_OLE = b"\xd0\xcf\x11\xe0"
"""An old .xls, and a new file that is locked with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DATA_NAMES = ("data", "数据")


@dataclass(frozen=True)
class Row:
    """A row by its number in the sheet, which counts from 1, and its cells.

    `merged` are places that lie under another cell, so that nobody sees what they hold.
    """

    number: int
    cells: Sequence[Cell]
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """The first row that is not empty, and those below it that are not."""

    header: Row
    rows: Sequence[Row]


def read(content: bytes) -> Sheet:
    """Return the table of a file, by what its bytes are and not by its name. Raises SheetError."""
    if content[:4] == _OLE:
        raise of_file("locked" if _LOCKED in content[:_CHUNK] else "old_excel")
    rows = _workbook(content) if content[:2] == b"PK" else _text(content)
    held = [row for row in rows if any(cell not in ("", None) for cell in row.cells)]
    if not held:
        raise of_file("no_header")
    if len(held) == 1:
        raise of_file("no_rows")
    if len(held) > MOST_ROWS + 1:
        raise of_file("too_many_rows", most=str(MOST_ROWS))
    return Sheet(held[0], held[1:])


def _workbook(content: bytes) -> Iterator[Row]:
    """Yield the rows of the sheet `data`, or of the first that is not hidden."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    look_inside(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        named = [one for one in shown if one.strip().lower() in _DATA_NAMES]
        name = (named or shown)[0]
        sheet = book.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False)
        failed = cell_errors.of_sheet(content, name)
    except (CalamineError, IndexError, *_UNREADABLE) as problem:
        raise of_file("not_a_table") from problem
    for (row, column), text in failed.items():
        if row < len(cells) and column < len(cells[row]) and any(one != "" for one in cells[row]):
            cells[row][column] = text
    under = _merged(sheet.merged_cell_ranges or (), len(cells))
    yield from (Row(number, row, frozenset(under[number - 1])) for number, row in enumerate(cells, 1))


def _merged(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], height: int) -> Mapping[int, set[int]]:
    """Return by row, counted from 0, the places of merged cells but for the first of each, which holds the value."""
    under: defaultdict[int, set[int]] = defaultdict(set)
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom + 1, height)):
            under[row].update(range(left + (row == top), min(right, MOST_COLUMNS) + 1))
    return under


def look_inside(content: bytes) -> None:
    """Refuse what is no .xlsx, and what would fill the memory. Raises SheetError.

    One cell far away makes the reader lay out everything up to it, and where it finds no room the whole process ends.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
            if sum(one.file_size for one in infos) > _MOST_UNPACKED:
                raise of_file("too_large")
            names = {one: one.filename.replace("\\", "/").lower() for one in infos}
            if _WORKBOOK not in names.values() or not set(_OTHERS).isdisjoint(names.values()):
                raise of_file("not_a_table")
            for one, name in names.items():
                if name.endswith(".xml") and not name.startswith(_ELSEWHERE):
                    _look_at(packed, one)
    except _UNREADABLE as problem:
        raise of_file("not_a_table") from problem
    _weigh(content)


def _look_at(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    tail = b""
    with packed.open(info) as file:
        while chunk := file.read(_CHUNK):
            for column, row in _REF.findall(tail + chunk):
                if int(row) > 2 * MOST_ROWS:
                    raise of_file("too_many_rows", most=str(MOST_ROWS))
                if _number_of(column) > MOST_COLUMNS:
                    raise of_file("too_wide", most=str(MOST_COLUMNS))
            tail = chunk[-_LONGEST_REF:]


def _number_of(letters: bytes) -> int:
    number = 0
    for one in letters.upper():
        number = number * 26 + one - 64
    return number


def _weigh(content: bytes) -> None:
    """Refuse what a process of its own, with a limit to its memory, cannot lay out, however it is written."""
    asked = [sys.executable, "-I", str(Path(__file__).with_name("weighing.py")), str(_MOST_LAID_OUT)]
    try:
        subprocess.run(asked, input=content, capture_output=True, timeout=_MOST_SECONDS, check=True)  # noqa: S603 - no shell
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise of_file("too_large") from problem


def _text(content: bytes) -> Iterator[Row]:
    text = decoded(content)
    if "\0" in text:
        raise of_file("not_a_table")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by(text))
    before = 0
    try:
        for row in rows:
            # A row is told by the line on which it begins; quoted text may run over several.
            if any(row[MOST_COLUMNS:]):
                raise of_file("too_wide", most=str(MOST_COLUMNS))
            yield Row(before + 1, [_bare(cell) for cell in row])
            before = rows.line_num
    except csv.Error as problem:
        raise of_file("not_a_table") from problem


def parted_by(text: str) -> str:
    """Return the sign that parts the cells of a table, as its first line has it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",\t;，", key=first.count)


def decoded(content: bytes) -> str:
    """Return a text as spreadsheets here write it: UTF-8, GB 18030, or UTF-16 by its first mark. Raises SheetError."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise of_file("encoding")


def _bare(cell: str) -> str:
    """Return a cell without what people write so that Excel leaves a number alone: ="1506…" and '1506…."""
    told = cell.strip()
    if told.startswith('="') and told.endswith('"'):
        return told[2:-1]
    return told[1:] if told[:1] == "'" and told[1:2].isdigit() else told
