#!/usr/bin/env bash
# docxtpl 0.20.2: a value with & or < does not fail to render; what stands around it is gone without a word.
#
# Guess: a template engine that writes XML either escapes values or fails on broken XML. `render(context)` has no setting that
# must be given, and its result opens.
# Behaviour: values go into the XML as they are (`autoescape` is off), and the broken XML is read back by a parser that is told
# to recover. A company named "A & B" loses its ampersand, with "A <B> C" the rest of the line goes; the document opens, nobody is
# told. With `autoescape=True` all of it stands.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check docxtpl==0.20.2 python-docx==1.2.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
from importlib.metadata import version

from docx import Document
from docxtpl import DocxTemplate

blank = io.BytesIO()
document = Document()
document.add_paragraph("[{{ name }}]")
document.save(blank)


def said(name, **how):
    template, out = DocxTemplate(io.BytesIO(blank.getvalue())), io.BytesIO()
    template.render({"name": name}, **how)
    template.save(out)
    return Document(io.BytesIO(out.getvalue())).paragraphs[0].text


print("docxtpl", version("docxtpl"))
for name in ("Lines A & B", "Lines A <B> C"):
    print(f"{name}: {said(name)} without, {said(name, autoescape=True)} with autoescape")
PY
seen=$("$work/venv/bin/python" "$work/try.py" 2>/dev/null)
echo "$seen"
echo "$seen" | grep -q '^docxtpl 0.20.2$' && echo "$seen" | grep -qF 'Lines A & B: ' \
    && [ "$(echo "$seen" | grep -cF '[Lines A & B] with' )" = 1 ] && [ "$(echo "$seen" | grep -cF '[Lines A <B> C] with')" = 1 ] \
    && ! echo "$seen" | grep -qF '[Lines A & B] without' && ! echo "$seen" | grep -qF '[Lines A <B> C] without' \
    || { echo "changed" >&2; exit 1; }
