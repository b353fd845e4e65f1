"""`python -m tools.build_templates`: the Word templates of the office's documents, from their forms.

One .docx for each form and agency that has parts of its own. Fonts are named, not carried: 方正小标宋简体 for titles,
仿宋_GB2312 for text, as GB/T 9704 has them. The same forms give the same bytes, so a test builds them again. `--check`
says what would change and writes nothing.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from server.documents.docx import TEMPLATES, template_name
from server.documents.form import LETTER, NAME, Form, Part
from server.documents.forms import FORMS
from server.documents.sheet import PROOF, SIGN_DAY, SIGN_LINE

TITLE_FONT, TEXT_FONT, HEAD_FONT, LATIN_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "Times New Roman"
_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_WIDTH = 160.0
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid", "Header", "Footer"}


def build(form: Form, agency: str) -> bytes:
    """Return the template of a form as one agency uses it."""
    document = _empty()
    page = _Page(document, Pt(14) if form.look == LETTER else Pt(12))
    page.line("{{ office }}", WD_ALIGN_PARAGRAPH.CENTER, size=Pt(16))
    own = any(one.name == "heading" for one in form.blanks)
    page.line(
        "{{ title }}" if own else form.title(agency),
        WD_ALIGN_PARAGRAPH.CENTER,
        size=Pt(22),
        font=TITLE_FONT,
        after=Pt(6),
    )
    page.line("{{ number }}", WD_ALIGN_PARAGRAPH.RIGHT, size=Pt(12), after=Pt(6))
    parts = form.for_agency(agency)
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        page.part(part, keep=following is not None and following.kind == "seal")
    _margins(document, form)
    return _packed(document)


class _Page:
    """Sets parts one below the other."""

    def __init__(self, document: Any, size: Any) -> None:
        self.document, self.size, self.keep = document, size, False

    def part(self, part: Part, *, keep: bool) -> None:
        """Set a part, between the marks that leave it out where its value is empty; `keep`: on a page with the next."""
        self.keep = keep
        if part.when:
            self.line(f"{{%p if {part.when} %}}")
        {
            "to": self._to,
            "para": self._para,
            "lines": self._lines,
            "label": self._label,
            "grid": self._grid,
            "rows": self._rows,
            "sign": self._sign,
            "seal": self._seal,
            "note": self._note,
            "code": self._code,
        }[part.kind](part)
        if part.when:
            self.line("{%p endif %}")

    def line(
        self,
        text: str,
        align: Any = None,
        *,
        size: Any = None,
        font: str = TEXT_FONT,
        indent: bool = False,
        after: Any = None,
        before: Any = None,
        keep: bool = False,
    ) -> Any:
        """Set a paragraph."""
        held = self.document.add_paragraph()
        if align is not None:
            held.alignment = align
        size = size or self.size
        form = held.paragraph_format
        form.space_after, form.space_before = after or Pt(0), before or Pt(0)
        form.line_spacing = 1.5
        form.keep_with_next = keep or None
        if indent:
            form.first_line_indent = 2 * size
        _run(held, text, size, font)
        return held

    def _to(self, part: Part) -> None:
        self.line(_marked(part.text), before=Pt(6))

    def _para(self, part: Part) -> None:
        for text in part.text.split("\n"):
            self.line(_marked(text), indent=True, keep=self.keep)

    def _lines(self, part: Part) -> None:
        self.line(f"{{%p for line in {part.text} %}}")
        self.line("{{ line }}", indent=True)
        self.line("{%p endfor %}")

    def _label(self, part: Part) -> None:
        self.line(_marked(part.text), font=HEAD_FONT, before=Pt(6), keep=True)

    def _grid(self, part: Part) -> None:
        held = self._table(4, (30.0, _WIDTH / 2 - 30, 30.0, _WIDTH / 2 - 30))
        for row in part.cells:
            cells = held.add_row().cells
            for place, text in enumerate(row):
                if place == 1 and len(row) == 2:
                    cells[1].merge(cells[3])
                _cell(cells[place], _marked(text), centred=place % 2 == 0, keep=self.keep)
        _widths(held, (30.0, _WIDTH / 2 - 30, 30.0, _WIDTH / 2 - 30))

    def _rows(self, part: Part) -> None:
        widths = tuple(_WIDTH * one / sum(part.widths) for one in part.widths)
        held = self._table(len(part.heads), widths)
        for cell, text in zip(held.add_row().cells, part.heads, strict=True):
            _cell(cell, text, centred=True, font=HEAD_FONT)
        _repeat(held.rows[0])
        _cell(held.add_row().cells[0], f"{{%tr for row in {part.text} %}}")
        for place, cell in enumerate(held.add_row().cells):
            _cell(cell, f"{{{{ row[{place}] }}}}")
        _cell(held.add_row().cells[0], "{%tr endfor %}")
        _widths(held, widths)

    def _table(self, columns: int, widths: tuple[float, ...]) -> Any:
        held = self.document.add_table(0, columns, style="Table Grid")
        held.alignment = WD_TABLE_ALIGNMENT.CENTER
        held.autofit = False
        for column, width in zip(held.columns, widths, strict=True):
            column.width = Mm(width)
        return held

    def _sign(self, part: Part) -> None:
        for place, (who,) in enumerate(part.cells, start=1):
            self.line(f"{who}：{SIGN_LINE}  {SIGN_DAY}", before=Pt(8), keep=self.keep or place < len(part.cells))

    def _seal(self, part: Part) -> None:
        for place, text in enumerate(part.text.split("\n")):
            before = Pt(24) if place == 0 else None
            self.line(_marked(text), WD_ALIGN_PARAGRAPH.RIGHT, before=before, keep=place < 2)

    def _note(self, part: Part) -> None:
        self.line(_marked(part.text), size=Pt(10.5), before=Pt(6))

    def _code(self, part: Part) -> None:
        self.line(_marked(f"{{{part.text}}}"), before=Pt(18), keep=True)
        self.line(PROOF, size=Pt(9))


def _marked(text: str) -> str:
    """Return a text with its values as the template names them."""
    return NAME.sub(r"{{ \1 }}", text)


def _run(paragraph: Any, text: str, size: Any, font: str) -> None:
    run = paragraph.add_run(text)
    run.font.size = size
    run.font.name = LATIN_FONT
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    run._element.rPr.rFonts.set(qn("w:hint"), "eastAsia")


def _cell(cell: Any, text: str, *, centred: bool = False, font: str = TEXT_FONT, keep: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = keep or None
    paragraph.paragraph_format.line_spacing = 1.25
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = 1
    _run(paragraph, text, Pt(12), font)


def _widths(table: Any, widths: tuple[float, ...]) -> None:
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            if cell._tc.grid_span == 1:
                cell.width = Mm(width)


def _repeat(row: Any) -> None:
    """Let a table's head stand on every page."""
    held = row._tr.get_or_add_trPr()
    held.append(OxmlElement("w:tblHeader"))


def _margins(document: Any, form: Form) -> None:
    """Set paper, margins, the draft's mark above and form and page below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(head, "{{ mark }}", Pt(10.5), HEAD_FONT)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, f"{{{{ case_number }}}}    〔{form.name}〕    ", Pt(9), TEXT_FONT)
    for field in ("PAGE", "NUMPAGES"):
        _field(foot, field)
        if field == "PAGE":
            _run(foot, " / ", Pt(9), TEXT_FONT)


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        if kind:
            held = OxmlElement("w:fldChar")
            held.set(qn("w:fldCharType"), kind)
        else:
            held = OxmlElement("w:instrText")
            held.text = code
        run._element.append(held)


def _empty() -> Any:
    """Return a document without what the library's own template brings: theme fonts, latent styles, a thumbnail."""
    document = Document()
    body = document.element.body
    for held in list(body):
        if not held.tag.endswith("sectPr"):
            body.remove(held)
    styles = document.styles.element
    for held in list(styles):
        kind = held.get(qn("w:styleId"))
        if held.tag == qn("w:latentStyles") or (held.tag == qn("w:style") and kind not in _KEPT_STYLES):
            styles.remove(held)
    for held in styles.iter(qn("w:rFonts")):
        held.attrib.clear()
        for name, font in (("ascii", LATIN_FONT), ("hAnsi", LATIN_FONT), ("cs", LATIN_FONT), ("eastAsia", TEXT_FONT)):
            held.set(qn(f"w:{name}"), font)
    for held in styles.iter(qn("w:lang")):
        held.set(qn("w:val"), "en-US")  # a Latin word in Chinese would be broken anywhere
        held.set(qn("w:eastAsia"), "zh-CN")
    told = document.core_properties
    told.created = told.modified = _DAY
    told.author = told.last_modified_by = told.title = told.comments = ""
    return document


_DROPPED = re.compile(r"docProps/thumbnail|customXml|stylesWithEffects|fontTable|webSettings|numbering|theme")


def _packed(document: Any) -> bytes:
    """Return the document as bytes that depend on its content alone."""
    for held in (document.part.package, document.part):
        for key, relation in list(held.rels.items()):
            if not relation.is_external and _DROPPED.search(str(relation.target_part.partname)):
                del held.rels[key]
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist()):
            held = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            held.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(held, given.read(name))
    return out.getvalue()


def templates() -> Iterable[tuple[Path, bytes]]:
    """Yield where each template lies, and its bytes."""
    for form in FORMS.values():
        for agency in ("", "P"):
            if agency == "" or template_name(form, agency) != template_name(form, ""):
                yield TEMPLATES / template_name(form, agency), build(form, agency)


def main(arguments: Iterable[str] | None = None) -> int:
    """Write the templates that changed, and remove those of forms that are no more."""
    parser = argparse.ArgumentParser(prog="tools.build_templates", description=__doc__)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    made = dict(templates())
    stale = [path for path, content in made.items() if not path.exists() or path.read_bytes() != content]
    stale += [path for path in TEMPLATES.glob("*.docx") if path not in made]
    for path in stale:
        print(path.name)
        if not asked.check:
            path.write_bytes(made[path]) if path in made else path.unlink()
    return 1 if asked.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
