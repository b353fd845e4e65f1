#!/usr/bin/env bash
# openpyxl 3.1.5: a date in one of the built-in Chinese formats is read as a number.
#
# Guess: a cell that Chinese Excel shows as 2026年3月1日 comes as a date, as it does in any format made of y, m and d; which of
# its two ways the file names the format in makes no difference.
# Behaviour: ECMA-376 (18.8.30) leaves the numbers 27 to 36 and 50 to 58 to the language of the program, and lists them for zh-cn: 31 is
# yyyy"年"m"月"d"日", 57 yyyy"年"m"月". A file that uses them has no text of the format. openpyxl knows the numbers up to 49 without
# these, and takes the cell for General: 46082, `is_date` False, no warning. The same format written out comes as a date.
# python-calamine 0.9.1 has all of them as dates.
# Whom it hits: the last day of a permit or an examination in a register that came from a Chinese desk; 46082 is no day, and a holder
# of a valid permit has none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5 xlsxwriter==3.3.1 python-calamine==0.9.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
from importlib.metadata import version

import openpyxl
import python_calamine
import xlsxwriter

DAY = 46082
"""1 March 2026, as a workbook counts days."""


def book(number_format):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet().write_number(0, 0, DAY, made.add_format({"num_format": number_format}))
    return out.getvalue()


print("openpyxl", version("openpyxl"), "python-calamine", version("python-calamine"))
for form in (14, 31, 57, 'yyyy"年"m"月"d"日"'):
    content = book(form)
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A1"]
    (row,) = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    print(f"{form}: {cell.value} {cell.is_date} {cell.number_format}, calamine {row[0]}")
ours = (*range(27, 37), *range(50, 59))
print(sum(not openpyxl.load_workbook(io.BytesIO(book(one))).active["A1"].is_date for one in ours), "of", len(ours), "are no dates")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'openpyxl 3.1.5 python-calamine 0.9.1
14: 2026-03-01 00:00:00 True mm-dd-yy, calamine 2026-03-01
31: 46082 False General, calamine 2026-03-01
57: 46082 False General, calamine 2026-03-01
yyyy"年"m"月"d"日": 2026-03-01 00:00:00 True yyyy"年"m"月"d"日", calamine 2026-03-01
19 of 19 are no dates' ] || { echo "changed" >&2; exit 1; }
