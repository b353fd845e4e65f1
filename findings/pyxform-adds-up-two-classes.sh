#!/usr/bin/env bash
# pyxform 4.5.0: the default "3+6.1" of a text question is no text: the form opens with 9.1 in it.
#
# Guess: what stands under `default` of a question of type text is that text, unless it refers to something: ${other}, a function of
# XPath. "3+6.1", as the dangerous goods list names the labels of two hazards, is as much a text as "1.1D" or "A-12", which stay.
# Behaviour: a default is taken for an expression as soon as a sign of arithmetic (+, *) or a name with a half-width bracket behind it
# is found in it, whatever the type. The field is left empty and gets `<setvalue value="3+6.1"/>`, which XPath works out on the first
# opening: 9.1. "第3类+第8类" becomes NaN, "盐酸(31%)" an expression that cannot be read; `warnings` is empty. "6.1-8", "4.3(6.1)"
# and "盐酸 (31%)" with a blank stay as they are. Quotes do not help: they are kept as part of the text. string('3+6.1') does.
# Whom it hits: a vehicle with the right labels on a sheet that asks for class 9.1, which there is not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pyxform==4.5.0 lxml==6.1.3 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

from lxml import etree
from pyxform.xls2xform import convert

AS_THEY_ARE = ("1.1D", "A-12", "6.1-8", "4.3(6.1)", "盐酸 (31%)")
DEFAULTS = (*AS_THEY_ARE, "3+6.1", "3 + 6.1", "第3类+第8类", "盐酸(31%)", "'3+6.1'", "string('3+6.1')")
rows = "".join(f"|  | text | q{place} | labels | {default} |\n" for place, default in enumerate(DEFAULTS))
made = convert(xlsform="| survey |\n|  | type | name | label | default |\n" + rows, file_type=".md")
form = etree.fromstring(made.xform.encode())
worked_out = {one.get("ref"): one.get("value") for one in form.iter("{*}setvalue")}
print("pyxform", version("pyxform"), made.warnings)
for place, default in enumerate(DEFAULTS):
    (field,) = form.xpath(f"//*[local-name()='q{place}']")
    if (told := worked_out.get(f"/data/q{place}")) is None:
        print(f"{default}: text {field.text}")
        continue
    try:
        print(f"{default}: {field.text}, worked out as {etree.XML('<x/>').xpath(told)}")
    except etree.XPathError:
        print(f"{default}: {field.text}, not to be worked out")
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "pyxform 4.5.0 []
1.1D: text 1.1D
A-12: text A-12
6.1-8: text 6.1-8
4.3(6.1): text 4.3(6.1)
盐酸 (31%): text 盐酸 (31%)
3+6.1: None, worked out as 9.1
3 + 6.1: None, worked out as 9.1
第3类+第8类: None, worked out as nan
盐酸(31%): None, not to be worked out
'3+6.1': text '3+6.1'
string('3+6.1'): None, worked out as 3+6.1" ] || { echo "changed" >&2; exit 1; }
