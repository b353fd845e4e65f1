"""What is wrong with a file, a column or a cell: codes, where they stand in the sheet, and their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from checklists import words

Say = Callable[[str], str]

BAR = "\x1f"
"""Between the words of `known`, each of which is translated by itself."""


def _(text: str) -> str:
    return text


FAULTS: Mapping[str, str] = {
    # The file
    "not_a_table": _("This is no .xlsx file and no CSV text; save it as one of these."),
    "old_excel": _("This is an old .xls file; save it as .xlsx."),
    "locked": _("This file is locked with a password; save it without one."),
    "no_header": _("No column of this kind is named; download the template."),
    "no_rows": _("There is no row below the names of the columns."),
    "too_many_rows": _("There are more than {most} rows; send them in pieces."),
    "too_wide": _("A cell stands further right than {most} columns; clear what lies there."),
    "too_large": _("The file is too large when it is unpacked."),
    "encoding": _("The text is neither UTF-8 nor GB18030."),
    "as_of": _("{given} is no day and no time such as 2026-11-28 or 2026-11-28 08:30."),
    "as_of_ahead": _("{given} lies in the future; nobody knows yet what holds then."),
    # Columns
    "unknown_column": _("The column {given} is not known; known are: {known}."),
    "column_twice": _("The column stands there twice."),
    "column_missing": _("The column is missing."),
    # Cells
    "missing": _("Nothing is entered."),
    "damaged": _("Excel has cut this number after 15 figures; format the column as text and enter it again."),
    "decimals": _("A number with decimals stands where text belongs; format the column as text."),
    "not_text": _("{given} is no text; format the column as text."),
    "too_long": _("The text is longer than {most} characters."),
    "garbled": _("The text was read in the wrong code somewhere before; enter it again."),
    "broken": _("{given} is what a failed formula or an export leaves; enter the value, or nothing."),
    "merged": _("The cell is merged with others; undo that, and enter in each what holds for it."),
    "placeholder": _("{given} stands in place of a value; leave the cell empty, or enter - to empty it."),
    "not_number": _("{given} is no whole number."),
    "out_of_range": _("{given} does not lie between {least} and {most}."),
    "not_date": _("{given} is no day such as 2026-11-28."),
    "date_as_number": _("The number {given} is not shown as a day; format the cell as a date, or enter 2026-11-28."),
    "not_choice": _("{given} is none of {known}."),
    "number": "{reason}",
    "division": _("{given} is no division's code of 2, 4, 6, 9 or 12 figures."),
    # Rows
    "twice": _("The same stands in row {first} already."),
    "colour_needed": _("Several vehicles have these signs in the registry; enter the colour of the plate."),
    "until": _("The last day lies before today, or before the first day."),
    "not_of_kind": _("This is no number of that kind: compare it with the paper."),
    "order_differs": _("This order was given with other words; an order is not changed but lifted, and given anew."),
    "order_lifted": _("This order was lifted; a new one needs a number of its own."),
    "row": "{reason}",
}
"""Code → words. `number` and `row` bring their reason along."""


@dataclass(frozen=True)
class Fault:
    """Something wrong: the row of the sheet (0: the file), the column's words (empty: the row), code and values."""

    row: int
    column: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


class CellError(ValueError):
    """A cell that cannot be read."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class SheetError(ValueError):
    """A file that cannot be read at all."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(in_words(one, str) for one in faults))
        self.faults = faults


def in_words(fault: Fault, say: Say) -> str:
    """Return what is wrong in words, without where."""
    params = dict(fault.params)
    if "known" in params:
        params["known"] = ", ".join(say(one) for one in params["known"].split(BAR))
    if fault.code == "number":
        params["reason"] = words.reason(params["why"], params, say)
    return say(FAULTS[fault.code]).format_map(params)


def of_file(code: str, **params: str) -> SheetError:
    """Return the error of a whole file."""
    return SheetError(Fault(0, "", code, params))
