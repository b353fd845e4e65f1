#!/usr/bin/env bash
# python-calamine 0.9.1: a cell in which Excel shows #N/A is read as an empty one.
#
# Guess: a cell whose formula failed (a VLOOKUP that found nothing) comes as the text that stands in it, as from openpyxl, or as an error of
# its own, as the Rust library under it has one (`Data::Error`); at any rate as something else than a cell that nobody filled in.
# Behaviour: "" for every error value, #N/A, #REF! and #DIV/0! alike, and no setting for it; that they cannot be told apart is an open
# question there since 2024. openpyxl 3.1.5 gives the text of each.
# Whom it hits: a column of days that another office filled in by a lookup. Where an empty cell means "leave it as it is", the permit whose
# new day was not found keeps its old one, and nobody is told that the lookup failed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 xlsxwriter==3.3.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
from importlib.metadata import version

import openpyxl
import python_calamine
import xlsxwriter

ERRORS = {"#N/A": "=NA()", "#REF!": "=#REF!", "#DIV/0!": "=1/0", "#VALUE!": '=1+"x"', "#NAME?": "=NOSUCH()", "#NUM!": "=SQRT(-1)"}
made = io.BytesIO()
with xlsxwriter.Workbook(made) as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("plate", "valid until", "empty"))
    for row, (value, formula) in enumerate(ERRORS.items(), 1):
        sheet.write_string(row, 0, f"苏B1234{row}")
        sheet.write_formula(row, 1, formula, None, value)

made.seek(0)
print("python-calamine", version("python-calamine"), "openpyxl", version("openpyxl"))
rows = python_calamine.load_workbook(made).get_sheet_by_index(0).to_python()
print("calamine:", len(rows), "rows,", sorted({row[1] for row in rows[1:]}), sorted({row[2] for row in rows[1:]}))
sheet = openpyxl.load_workbook(made, data_only=True).active
print("openpyxl:", sheet.max_row, "rows,", sorted({row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "python-calamine 0.9.1 openpyxl 3.1.5
calamine: 7 rows, [''] ['']
openpyxl: 7 rows, ['#DIV/0!', '#N/A', '#NAME?', '#NUM!', '#REF!', '#VALUE!']" ] || { echo "changed" >&2; exit 1; }
