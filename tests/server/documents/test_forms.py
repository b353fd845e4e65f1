"""Every form: no value without a source, the same words in both files, long names and none, fonts by name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists import words as kernel
from server.cases.documents import DOCUMENTS
from server.documents import docx, draft, pdf, values
from server.documents.dossier import Stop
from server.documents.form import Form
from server.documents.forms import FORMS
from server.documents.procedure_values import answered
from server.documents.sheet import fill
from server.documents.words import NAMES, label_of
from tests.server.documents.cast import PERSON, UNIT, dossier, filled
from tools import build_templates

BOTH = [(kind, agency) for kind in FORMS for agency in ("T", "P")]


def made(kind: str, agency: str = "T", **changes: Any) -> tuple[Form, dict[str, Any]]:
    form = FORMS[kind]
    party = changes.pop("party", UNIT if agency == "T" else PERSON)
    return form, values.values_of(form, dossier(party, agency, **changes), filled(form))


def lines_of(content: bytes) -> Iterator[str]:
    """The lines of a .docx in their order, paragraphs and tables."""
    document = Document(io.BytesIO(content))
    for held in document.element.body:
        if held.tag == qn("w:p"):
            yield "".join(one.text or "" for one in held.iter(qn("w:t")))
        elif held.tag == qn("w:tbl"):
            for row in held.iter(qn("w:tr")):
                yield "\t".join(
                    "\n".join("".join(one.text or "" for one in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
                    for cell in row.iter(qn("w:tc"))
                )


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_kind_of_document_has_its_form_and_no_other() -> None:
    assert set(FORMS) == set(DOCUMENTS)


@pytest.mark.parametrize(("kind", "agency"), BOTH)
def test_every_value_in_a_form_comes_from_the_case_or_from_a_blank(kind: str, agency: str) -> None:
    form, told = made(kind, agency)
    assert set(form.names(agency)) <= set(told) | {one.name for one in form.blanks}
    assert set(form.needs) <= set(told) | {one.name for one in form.blanks}


@pytest.mark.parametrize(("kind", "agency"), BOTH)
def test_a_full_case_lacks_nothing_and_both_files_say_the_same(kind: str, agency: str) -> None:
    form, told = made(kind, agency)
    assert values.missing(form, agency, told) == () and values.faults(form, filled(form)) == ()
    sheet = fill(form, agency, told)
    said = bare("".join(lines_of(docx.render(form, agency, told))))
    assert said == bare(sheet.text.rpartition("〔")[0])
    printed, lacking = pdf.render(sheet)
    assert lacking == ()
    pages = pypdfium2.PdfDocument(printed)
    shown = bare("".join(page.get_textpage().get_text_bounded() for page in pages))
    for piece in sheet.pieces:
        for text in (*piece.texts, *(cell for row in piece.rows for cell in row)):
            assert set(bare(text)) <= set(shown)
    assert bare(sheet.title) in shown and bare(sheet.number) in shown


@pytest.mark.parametrize(("kind", "agency"), BOTH)
def test_a_case_that_knows_nothing_makes_a_draft_all_the_same(kind: str, agency: str) -> None:
    """No address, no violation, no photo, nothing said: lines to write on, and a list of what is missing."""
    empty = dossier(agency=agency)
    case = replace(empty.case, party=replace(UNIT, name="", number="", address="", phone=""), facts={}, sides=())
    empty = replace(empty, case=case, groups=(), told=(), kept=(), evidence=(), office={}, side="", stop=Stop())
    told = draft.make(empty, kind, {})
    assert told.docx[:2] == b"PK" and told.pdf[:5] == b"%PDF-"
    assert ("blank_missing", "office_name") in told.missing
    assert "None" not in told.sheet.text and "{" not in told.sheet.text


def test_every_label_has_its_chinese_and_every_need_its_name() -> None:
    say = kernel.catalogue("zh_CN", "server").gettext
    for form in FORMS.values():
        for one in form.blanks:
            assert say(one.label) != one.label and all(say(label) != label for _name, label in one.columns), one
        for name in form.needs:
            assert name in NAMES or label_of(form, name) != name, name
    assert all(say(name) != name for name in NAMES.values()), "a need in English only"


def test_the_templates_are_as_the_forms_make_them() -> None:
    held = {path: path.read_bytes() for path in docx.TEMPLATES.glob("*.docx")}
    assert dict(build_templates.templates()) == held


@pytest.mark.parametrize("path", sorted(docx.TEMPLATES.glob("*.docx")), ids=lambda path: path.stem)
def test_every_run_of_a_template_names_its_east_asian_font(path: Any) -> None:
    names = {build_templates.TITLE_FONT, build_templates.TEXT_FONT, build_templates.HEAD_FONT}
    document = Document(str(path))
    for held in document.element.iter(qn("w:r")):
        fonts = held.find(qn("w:rPr")).find(qn("w:rFonts")) if held.find(qn("w:rPr")) is not None else None
        assert fonts is not None and fonts.get(qn("w:eastAsia")) in names
    content = zipfile.ZipFile(path).read("word/styles.xml").decode()
    assert "MS Mincho" not in content and "eastAsiaTheme" not in content


def test_long_names_break_and_marks_of_xml_and_of_templates_stay_as_they_are() -> None:
    name = "示例自治区示例市某某" * 12 + "危险货物运输（集团）有限责任公司 <A&B> {{ x }} {% y %} \x0b\x00"
    form, told = made("decision", party=replace(UNIT, name=name))
    said = "".join(lines_of(docx.render(form, "T", told)))
    assert "<A&B> {{ x }} {% y %}" in said
    printed, _lacking = pdf.render(fill(form, "T", told))
    page = pypdfium2.PdfDocument(printed)[0]
    assert all(page.get_textpage().get_charbox(one)[2] < 595 for one in range(page.get_textpage().count_chars()))


def test_a_character_that_the_font_lacks_is_told_and_stands_in_the_docx() -> None:
    held = dossier(party=replace(PERSON, name="𠀋示例"), agency="P")
    told = draft.make(held, "decision", filled(FORMS["decision"]))
    assert ("glyph_missing", "𠀋") in told.warnings and "𠀋示例" in "".join(lines_of(told.docx))


@pytest.mark.parametrize(("name", "says"), [("ᠪᠠᠲᠤ", True), ("𠀋示例", True), ("Өнөрбаяр", False), ("赵示例", False)])
def test_a_paper_says_that_characters_are_lacking_and_leaves_room_to_write_them(name: str, says: bool) -> None:
    held = dossier(party=replace(PERSON, name=name), agency="P")
    form = FORMS["decision"]
    printed, _lacking = pdf.render(fill(form, "P", values.values_of(form, held, filled(form))))
    said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed))
    assert ("在此手写补全：____" in said) is says


def test_a_table_over_several_pages_has_its_head_on_each() -> None:
    form = FORMS["sampling"]
    many = {**filled(form), "side_items": [{"name": f"样品 {count}", "count": "1"} for count in range(90)]}
    told = values.values_of(form, dossier(), many)
    pages = pypdfium2.PdfDocument(pdf.render(fill(form, "T", told))[0])
    assert len(pages) >= 3
    heads = [page.get_textpage().get_text_bounded().count("被抽样物品名称") for page in pages]
    assert heads[:3] == [1, 1, 1]


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60), st.text(max_size=300))
def test_whatever_a_clerk_types_both_files_open_and_agree(name: str, facts: str) -> None:
    form, told = made("investigation_report", party=replace(UNIT, name=name))
    told |= {"facts": facts}
    said = bare("".join(lines_of(docx.render(form, "T", told))))
    assert said == bare(fill(form, "T", told).text.rpartition("〔")[0])


@pytest.mark.parametrize(("said", "shown"), [("agency:yes", "是"), ("crime:no", "否"), ("yes", "是"), ("是", "是")])
def test_an_answer_of_the_legal_review_is_written_as_the_form_has_it(said: str, shown: str) -> None:
    assert answered(said) == shown
