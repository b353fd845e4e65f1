"""A document as .docx: the Word template of its form, filled with its values.

The output of docxtpl differs each time (the zip carries the time), so what was issued is kept and never made again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from checklists.papers.qr_code import qr_code
from server.documents.form import Form
from server.documents.sheet import clean, paragraphs

_CODE_MM = 40

TEMPLATES = Path(__file__).parent / "templates"


def template_name(form: Form, agency: str) -> str:
    """Return the name of the file: an agency has its own where its title or its parts differ."""
    own = form.title(agency) != form.title("") or form.for_agency(agency) != form.for_agency("")
    return f"{form.kind}-{agency}.docx" if own and agency else f"{form.kind}.docx"


def render(form: Form, agency: str, values: Mapping[str, Any], mark: str = "") -> bytes:
    """Return the document; `mark` stands at the head of each page (a draft says so there)."""
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    template = DocxTemplate(io.BytesIO(_template(template_name(form, agency))))
    # Without autoescape a name with & or < is swallowed: findings/docxtpl-swallows-names-with-an-ampersand.sh
    told = _context(form, agency, values) | {"mark": mark}
    if told.get("proof"):
        told["proof"] = InlineImage(template, io.BytesIO(_qr(str(told["proof"]))), width=Mm(_CODE_MM))
    template.render(told, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _qr(text: str) -> bytes:
    out = io.BytesIO()
    qr_code(text).save(out, kind="png", scale=6, border=4)
    return out.getvalue()


@lru_cache(maxsize=64)
def _template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


def _context(form: Form, agency: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values by the names of the template: long ones as lists of paragraphs, what lacks as nothing."""
    held = clean(values)
    names = dict.fromkeys((*form.names(agency), "office", "title", "number", "case_number", "day"), "")
    long = {part.text for part in form.for_agency(agency) if part.kind == "lines"}
    told = {name: held.get(name) or "" for name in names}
    return told | {name: list(paragraphs(held.get(name))) for name in long}
