#!/usr/bin/env bash
# python-docx 1.2.0: a character that Word shows with its reading above it is not in the text; 张翀远 comes out as 张远.
#
# Guess: the phonetic guide (拼音指南, `w:ruby` in ECMA-376, 17.3.3.25) is an ornament on a run's text. A reader gives the base text and
# leaves the reading away, as for bold; at the worst it gives both.
# Behaviour: `Run.text`, and so `Paragraph.text` and the text of a cell, put together the elements that stand right below the run (w:t, tabs,
# breaks, hyphens); others are passed over, and the character is inside such an other one. Nothing is raised or left as a gap; `runs`
# has one run whose text is "". A character given as a symbol, such as a ticked box, goes the same way (that one is reported there).
# mammoth 1.13.0 leaves it out as well (told there, for Japanese); docx2txt 0.9 gives the reading and the character, one behind the other.
# None of the three has the name that stands on the page.
# Whom it hits: just the names that need care: people write the reading over a rare character. A driver gets another name, or another
# driver's record.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0 lxml==6.1.3 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
from importlib.metadata import version

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PLAIN = f"<w:r {nsdecls('w')}><w:t>%s</w:t></w:r>"
RUBY = f"""<w:r {nsdecls('w')}><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise w:val="20"/>
<w:hpsBaseText w:val="21"/><w:lid w:val="zh-CN"/></w:rubyPr><w:rt><w:r><w:t>%s</w:t></w:r></w:rt>
<w:rubyBase><w:r><w:t>%s</w:t></w:r></w:rubyBase></w:ruby></w:r>"""


def write(paragraph):
    for xml in (PLAIN % "张", RUBY % ("chōng", "翀"), PLAIN % "远"):
        paragraph._p.append(parse_xml(xml))


made = docx.Document()
write(made.add_paragraph())
write(made.add_table(1, 1).cell(0, 0).paragraphs[0])
file = io.BytesIO()
made.save(file)

print("python-docx", version("python-docx"), "docx2txt", version("docx2txt"), "mammoth", version("mammoth"))
read = docx.Document(file)
print("paragraph:", read.paragraphs[0].text, [run.text for run in read.paragraphs[0].runs])
print("cell:", read.tables[0].cell(0, 0).text)
print("docx2txt:", docx2txt.process(file).split()[0])
print("mammoth:", mammoth.extract_raw_text(file).value.split()[0])
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "python-docx 1.2.0 docx2txt 0.9 mammoth 1.13.0
paragraph: 张远 ['张', '', '远']
cell: 张远
docx2txt: 张chōng翀远
mammoth: 张远" ] || { echo "changed" >&2; exit 1; }
