"""The workbook of an XLSForm: written by XlsxWriter, read by calamine, which an office has for its lists."""

from __future__ import annotations

import io
from collections.abc import Mapping

from checklists.authoring.xlsform import MOST_ROWS, FormError, Sheet

NAMES = ("survey", "choices", "settings")
MOST_COLUMNS = 60


def pack(sheets: Mapping[str, Sheet]) -> bytes:
    """Return the sheets as an .xlsx file; every cell is text, so that none is taken for a formula or a date."""
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E7F0FC"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            sheet.set_column(0, 1, 18)
            sheet.set_column(2, 30, 32)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, cell, wrapped if number else bold)
    return held.getvalue()


def unpack(content: bytes) -> dict[str, Sheet]:
    """Return the sheets of an .xlsx file as text. Raises FormError where it is none."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name: _sheet(book, name) for name in book.sheet_names if name in NAMES}
    except (CalamineError, OSError, ValueError) as wrong:
        raise FormError("no workbook that can be read") from wrong


def _sheet(book: object, name: str) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[attr-defined] # untyped
    return [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows[: MOST_ROWS + 1]]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
