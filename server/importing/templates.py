"""The sheet that a clerk fills in: columns formatted as text, one example, and a second sheet that explains each."""

from __future__ import annotations

import io
from typing import Any

from checklists import words
from server.importing.columns import Column, title
from server.importing.kinds import Kind


def _(text: str) -> str:
    return text


DATA, EXPLAINED = _("data"), _("explanation")
_HEADS = (_("column"), _("id"), _("must be filled in"), _("how it is written"), _("one of"))
_RULES = (
    _("Every column is formatted as text, so that Excel leaves long numbers alone; paste values only."),
    _("A column may be left out. An empty cell leaves what the office holds; a dash (-) empties it."),
    _("The grey example row is passed over as long as it stays as it is."),
    _("A row that is older than what the office holds is ignored, and the preview says so."),
)
_TEXT = 49
"""Excel's own format for text."""
_ROWS = 50_000
_WIDTH = 22


def template(kind: Kind, lang: str) -> bytes:
    """Return the template of a kind as the bytes of an .xlsx file."""
    import xlsxwriter

    say = words.catalogue(lang, "server").gettext
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    plain = book.add_format({"num_format": _TEXT})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7ECF3", "num_format": _TEXT, "text_wrap": True})
    grey = book.add_format({"num_format": _TEXT, "italic": True, "font_color": "#6B7280"})
    sheet = book.add_worksheet(say(DATA))
    for place, column in enumerate(kind.columns):
        sheet.set_column(place, place, _WIDTH, plain)
        sheet.write_string(0, place, title(column, lang), head)
        if column.example:
            sheet.write_string(1, place, column.example, grey)
        if choices := _choices(column, say):
            sheet.data_validation(
                1, place, _ROWS, place, {"validate": "list", "source": choices, "error_type": "warning"}
            )
    sheet.freeze_panes(1, 0)
    _explain(book, kind, say, head)
    book.close()
    return made.getvalue()


def _choices(column: Column, say: Any) -> list[str]:
    return [say(said) for said in column.choices.values()]


def _explain(book: Any, kind: Kind, say: Any, head: Any) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(say(EXPLAINED))
    for place, (said, width) in enumerate(zip(_HEADS, (30, 32, 12, 60, 40), strict=True)):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, say(said), head)
    for number, column in enumerate(kind.columns, 1):
        must = say("yes") if column.required else ""
        told = (
            say(column.words),
            column.id,
            must,
            say(column.note) if column.note else "",
            ", ".join(_choices(column, say)),
        )
        for place, text in enumerate(told):
            sheet.write_string(number, place, text, wrapped)
    for number, rule in enumerate(_RULES, len(kind.columns) + 2):
        sheet.merge_range(number, 0, number, len(_HEADS) - 1, say(rule), wrapped)
    sheet.freeze_panes(1, 0)
