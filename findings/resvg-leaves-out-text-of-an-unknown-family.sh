#!/usr/bin/env bash
# resvg-py 0.5.0: text whose font family is not there is left out of the picture, though another font was given and could draw it.
#
# Guess: of a drawing that asks for "SimSun", or for "sans-serif", and one font that was handed over (`font_files`), the text is drawn in
# that font, as any browser does with what it has; `font_family`, the default family, settles it at the latest.
# Behaviour: nothing is drawn in its place, no box, and nothing is raised. `font_family` is for text that names no family, and for no other.
# "sans-serif" stands for a family that the font files do not make true: it has to be named by `sans_serif_family`. A list that
# ends with such a generic name, or with the font's own, is drawn.
# Whom it hits: the sketch of the scene or the chart of a case, drawn on a desk with SimSun and printed by a server without: lines and bars,
# and not one word or figure on them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check resvg-py==0.5.0 pillow==13.0.0 2>/dev/null
# Of this one nothing is run: its wheel has a font in it.
"$work/venv/bin/pip" download -q --disable-pip-version-check --no-deps -d "$work" reportlab==5.1.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
import pathlib
import sys
import zipfile
from importlib.metadata import version

import resvg_py
from PIL import Image

work = pathlib.Path(sys.argv[1])
(wheel,) = work.glob("*.whl")
font = work / "Vera.ttf"
font.write_bytes(zipfile.ZipFile(wheel).read("reportlab/fonts/Vera.ttf"))
VERA = "Bitstream Vera Sans"


def drawn(family, **how):
    """Whether any point of the picture is dark."""
    named = f'font-family="{family}"' if family else ""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="30" font-size="24" {named}>UN 1203</text></svg>'
    png = resvg_py.svg_to_bytes(svg_string=svg, background="#ffffff", skip_system_fonts=True, font_files=[str(font)], **how)
    darkest, _lightest = Image.open(io.BytesIO(bytes(png))).convert("L").getextrema()
    return "drawn" if darkest < 128 else "nothing"


print("resvg-py", version("resvg-py"))
for family in ("", "SimSun", "sans-serif", "SimSun, sans-serif", f"SimSun, {VERA}"):
    said = {"as it is": {}, "font_family": {"font_family": VERA}, "sans_serif_family": {"sans_serif_family": VERA}}
    print(f"{family or 'no family'}:", *(f"{what} {drawn(family, **how)};" for what, how in said.items()))
PY
seen=$("$work/venv/bin/python" "$work/try.py" "$work")
echo "$seen"
[ "$seen" = 'resvg-py 0.5.0
no family: as it is nothing; font_family drawn; sans_serif_family nothing;
SimSun: as it is nothing; font_family nothing; sans_serif_family nothing;
sans-serif: as it is nothing; font_family nothing; sans_serif_family drawn;
SimSun, sans-serif: as it is nothing; font_family nothing; sans_serif_family drawn;
SimSun, Bitstream Vera Sans: as it is drawn; font_family drawn; sans_serif_family drawn;' ] || { echo "changed" >&2; exit 1; }
