"""`python -m tools.build_templates`: the Word templates of the office's documents, from their forms.

One .docx for each form and agency that has parts of its own, set as `server.documents.typesetting` does. The same forms
give the same bytes, so a test builds them again. `--check` says what would change and writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from server.documents import typesetting
from server.documents.docx import TEMPLATES, template_name
from server.documents.form import LETTER, NAME, Form, Part
from server.documents.forms import FORMS
from server.documents.sheet import PROOF, SIGN_DAY, SIGN_LINE
from server.documents.typesetting import HEAD_FONT, TEXT_FONT, TITLE_FONT, WIDTH_MM

CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_GRID = (30.0, WIDTH_MM / 2 - 30, 30.0, WIDTH_MM / 2 - 30)


def build(form: Form, agency: str) -> bytes:
    """Return the template of a form as one agency uses it."""
    document = typesetting.empty()
    page = _Page(document, Pt(14) if form.look == LETTER else Pt(12))
    page.line("{{ office }}", CENTRE, size=Pt(16))
    own = any(one.name == "heading" for one in form.blanks)
    page.line(
        "{{ title }}" if own else form.title(agency),
        CENTRE,
        size=Pt(22),
        font=TITLE_FONT,
        after=Pt(6),
    )
    page.line("{{ number }}", WD_ALIGN_PARAGRAPH.RIGHT, size=Pt(12), after=Pt(6))
    parts = form.for_agency(agency)
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        page.part(part, keep=following is not None and following.kind == "seal")
    _margins(document, form)
    return typesetting.packed(document)


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
        typesetting.put(held, text, size, font)
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
        held = typesetting.table(self.document, _GRID)
        for row in part.cells:
            cells = held.add_row().cells
            for place, text in enumerate(row):
                if place == 1 and len(row) == 2:
                    cells[1].merge(cells[3])
                typesetting.fill(cells[place], _marked(text), align=CENTRE if place % 2 == 0 else None, keep=self.keep)
        typesetting.widen(held, _GRID)

    def _rows(self, part: Part) -> None:
        widths = tuple(WIDTH_MM * one / sum(part.widths) for one in part.widths)
        held = typesetting.table(self.document, widths)
        for cell, text in zip(held.add_row().cells, part.heads, strict=True):
            typesetting.fill(cell, text, align=CENTRE, font=HEAD_FONT)
        typesetting.repeat(held.rows[0])
        typesetting.fill(held.add_row().cells[0], f"{{%tr for row in {part.text} %}}")
        for place, cell in enumerate(held.add_row().cells):
            typesetting.fill(cell, f"{{{{ row[{place}] }}}}")
        typesetting.fill(held.add_row().cells[0], "{%tr endfor %}")
        typesetting.widen(held, widths)

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


def _margins(document: Any, form: Form) -> None:
    """Set paper, margins, the draft's mark above and form and page below."""
    section = typesetting.paper(document)
    head = section.header.paragraphs[0]
    head.alignment = CENTRE
    typesetting.put(head, "{{ mark }}", Pt(10.5), HEAD_FONT)
    foot = section.footer.paragraphs[0]
    foot.alignment = CENTRE
    typesetting.put(foot, f"{{{{ case_number }}}}    〔{form.name}〕    ", Pt(9), TEXT_FONT)
    typesetting.pages(foot)


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
