#!/usr/bin/env bash
# xlsx 0.18.5 (npm, SheetJS): class 3(6.1) in a CSV file is the number -36.1, and 8(3) is -83.
#
# Guess: the reader looks for numbers in a CSV file as Excel does: (500) is minus 500, as in accounts, and what has something before the
# bracket, as a class with its subsidiary hazard has, is no amount and stays text.
# Behaviour: wherever in a cell a pair of brackets stands, it is taken out, and if what is left, put together, is a number, the cell is that
# number below nought: 6.1(8) is -6.18. A comma between two figures goes the same way: the classes 3,8 are 38. With a blank before the
# bracket, with the wide brackets of a Chinese keyboard or with two pairs the cell stays text, so that one column has both. Quotation
# marks change nothing, and nothing is raised. `raw: true` in `read` leaves all of them as they stand.
# Whom it hits: methanol (UN 1230, 3(6.1)) in a carrier's list has class -36.1: it is not found as class 3, and nobody looks for its poison.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --prefix "$work" xlsx@0.18.5 >/dev/null)
cat > "$work/read.js" <<'JS'
const XLSX = require("xlsx");
const CLASSES = ["3", "3(6.1)", "6.1(8)", "8(3)", "5.2(6)", "3,8", "(500)", "3 (6.1)", "3（6.1）", "8(6.1)(3)", "第3类(6.1)"];
const csv = "class,un\n" + CLASSES.map((text) => `"${text}",1230`).join("\n");
const read = (options) =>
  XLSX.utils.sheet_to_json(XLSX.read(csv, { type: "string", ...options }).Sheets.Sheet1).map((row) => JSON.stringify(row.class));
const guessed = read({});
const raw = read({ raw: true });
console.log("xlsx", XLSX.version);
CLASSES.forEach((text, at) => console.log(`${text} -> ${guessed[at]} raw ${raw[at]}`));
JS
seen=$(cd "$work" && node read.js)
echo "$seen"
[ "$seen" = 'xlsx 0.18.5
3 -> 3 raw "3"
3(6.1) -> -36.1 raw "3(6.1)"
6.1(8) -> -6.18 raw "6.1(8)"
8(3) -> -83 raw "8(3)"
5.2(6) -> -5.26 raw "5.2(6)"
3,8 -> 38 raw "3,8"
(500) -> -500 raw "(500)"
3 (6.1) -> "3 (6.1)" raw "3 (6.1)"
3（6.1） -> "3（6.1）" raw "3（6.1）"
8(6.1)(3) -> "8(6.1)(3)" raw "8(6.1)(3)"
第3类(6.1) -> "第3类(6.1)" raw "第3类(6.1)"' ] || { echo "changed" >&2; exit 1; }
