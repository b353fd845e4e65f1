"""What the journeys measure with: a number in a text, a column of a table, a workbook that a spreadsheet saved."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from demo.journeys.clerk import WrongError, figures, holds_number, rewritten, rows, same


def test_a_number_is_found_as_itself_alone() -> None:
    assert holds_number("其中167次发现问题", 167) and holds_number("共1,167次", 1167)
    assert not holds_number("共1167次", 167) and not holds_number("占16.7%", 7)


def test_a_column_stands_under_its_head_wherever_that_is() -> None:
    table = [["通报", ""], ["检查地点", "检查数"], ["G18", 3], ["S24", 4]]
    assert figures(table, "检查数") == [3, 4]
    with pytest.raises(WrongError):
        figures(table, "违法数")


def test_what_differs_is_told_with_its_values() -> None:
    same("checks", 3, 3.0)
    with pytest.raises(WrongError, match="checks: 3, 4"):
        same("checks", 3, 4)


def test_a_spreadsheet_changes_what_it_is_told_and_nothing_else() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("survey").write_row(1, 1, ["罐体完好", 7])
    given = made.getvalue()
    changed = rewritten(given, lambda one: "罐体无渗漏" if one == "罐体完好" else one)
    assert rows(given) == [["罐体完好", 7]] and rows(changed) == [["罐体无渗漏", 7]]
