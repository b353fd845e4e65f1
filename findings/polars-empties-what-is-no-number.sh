#!/usr/bin/env bash
# polars 2.1.0: "UN1203" in row 202 of a register is null, because 200 rows above it have 1203.
#
# Guess: `read_excel` scans some rows for a column's type; a cell further down that does not fit ends in an error, as in `read_csv`, or
# makes the column text, as a text among the first rows does.
# Behaviour: it becomes null, though the workbook says that the cell is text. No error, no warning, and the frame has as many rows as the
# sheet. A hundred rows are scanned; what is said of them is that they are for the type. `infer_schema_length=None` scans all and gives
# text: '1203', 'UN1203'. `read_csv` ends in a ComputeError for the same column.
# Whom it hits: a truck whose load the register no longer knows, in a file that worked as long as it was short.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 xlsxwriter==3.3.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
from importlib.metadata import version

import polars
import xlsxwriter

ROWS = 200
made = io.BytesIO()
with xlsxwriter.Workbook(made) as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("plate", "un"))
    for row in range(1, ROWS + 1):
        sheet.write_string(row, 0, f"苏B{row:05}")
        sheet.write_number(row, 1, 1203)
    sheet.write_row(ROWS + 1, 0, ("苏B99999", "UN1203"))

print("polars", version("polars"), "fastexcel", version("fastexcel"))
for how in ({}, {"infer_schema_length": None}):
    made.seek(0)
    read = polars.read_excel(made, **how)
    print(how, read.schema["un"], read.height, read.row(-1))
try:
    polars.read_csv(io.StringIO("un\n" + "1203\n" * ROWS + "UN1203\n"))
except polars.exceptions.ComputeError as refused:
    print("read_csv:", str(refused).splitlines()[0])
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "polars 2.1.0 fastexcel 0.21.0
{} Int64 201 ('苏B99999', None)
{'infer_schema_length': None} String 201 ('苏B99999', 'UN1203')
read_csv: could not parse \`UN1203\` as dtype \`i64\` at column 'un' (column number 1)" ] || { echo "changed" >&2; exit 1; }
