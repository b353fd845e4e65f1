#!/usr/bin/env bash
# reportlab 5.1.0: a Uyghur name set in STSong-Light loses its dot, in some readers and not in others.
#
# Guess: `UnicodeCIDFont("STSong-Light")`, the documented way to Chinese without a font file, prints every character of GB 2312: the
# font's collection (Adobe-GB1) was made from it, and the dot of 阿卜杜拉·买买提 is the fourth sign in that standard.
# Behaviour: the text is written as its code points, to be looked up in Adobe's table UniGB-UCS2-H, and that has no entry for U+00B7: the
# glyph of the dot stands at U+30FB there, the Katakana dot. Of the 7,445 signs of GB 2312 it is the only one without. MuPDF
# draws and reads the two halves of the name joined, so does pdfminer; pypdf and PDFium, which go by the code points, have the dot.
# Nothing is raised when it is written. With "\u30fb" in its place MuPDF draws it, and pdfminer reads U+00B7.
# Whom it hits: a notice or a decision on paper that names the driver otherwise than his card, by the office's own print.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check reportlab==5.1.0 pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 2>/dev/null
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps pymupdf==2.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
from importlib.metadata import version

import pymupdf
import pypdf
import pypdfium2
from pdfminer.cmapdb import CMapDB
from pdfminer.high_level import extract_text
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

registerFont(UnicodeCIDFont("STSong-Light"))


def printed(text):
    out = io.BytesIO()
    page = Canvas(out, pagesize=(200, 40))
    page.setFont("STSong-Light", 20)
    page.drawString(10, 10, text)
    page.save()
    return out.getvalue()


def ink(content):
    """How much of the page is dark, as MuPDF draws it."""
    (page,) = pymupdf.open(stream=content, filetype="pdf")
    return sum(one < 128 for one in page.get_pixmap(dpi=144, colorspace=pymupdf.csGRAY).samples)


print("reportlab", version("reportlab"))
pdf = printed("阿卜杜拉·买买提")
(page,) = pymupdf.open(stream=pdf, filetype="pdf")
print("MuPDF:", page.get_text().strip())
print("pdfminer:", extract_text(io.BytesIO(pdf)).strip())
print("pypdf:", pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().strip())
print("PDFium:", pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().strip())
print("drawn by MuPDF:", "with" if ink(pdf) > ink(printed("阿卜杜拉买买提")) else "without", "a dot")
other = printed("阿卜杜拉\u30fb买买提")
print("U+30FB:", "with" if ink(other) > ink(pdf) else "without", "a dot, pdfminer:", extract_text(io.BytesIO(other)).strip())
table, signs, missing = CMapDB.get_cmap("UniGB-UCS2-H"), 0, []
for place in ((row, cell) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)):
    try:
        bytes(place).decode("gb2312")
    except UnicodeDecodeError:
        continue
    signs += 1
    sign = bytes(place).decode("gb18030")
    if not list(table.decode(sign.encode("utf-16-be"))):
        missing.append(sign)
print(f"{signs} signs, without a glyph:", *missing)
PY
seen=$("$work/venv/bin/python" "$work/try.py" 2>/dev/null)
echo "$seen"
[ "$seen" = 'reportlab 5.1.0
MuPDF: 阿卜杜拉买买提
pdfminer: 阿卜杜拉买买提
pypdf: 阿卜杜拉·买买提
PDFium: 阿卜杜拉·买买提
drawn by MuPDF: without a dot
U+30FB: with a dot, pdfminer: 阿卜杜拉·买买提
7445 signs, without a glyph: ·' ] || { echo "changed" >&2; exit 1; }
