"""How a document falls onto its pages: its end never stands there alone, a heading never below its words."""

from __future__ import annotations

import pypdfium2
import pytest

from server.documents import pdf
from server.documents.form import LETTER
from server.documents.sheet import Piece, Sheet

WORDS = "驾驶员未携带道路运输证并拒绝出示"
SIGN = Piece("sign", ("当事人签名：____", "执法人员签名：____", "执法人员签名：____"))
SEAL = Piece("seal", ("示例县交通运输局", "（印章）", "2026年11月28日"))
BOXES = Piece("grid", rows=(("联系地址", "一街 1 号"), ("联系人", "白执法")))
HEAD = ("序号", "名称")


def pages(*pieces: Piece) -> list[str]:
    content, _lacking = pdf.render(Sheet("f-1", LETTER, "示例县交通运输局", "决定书", "", pieces))
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(content)]


@pytest.mark.parametrize("end", [(SEAL,), (SIGN, SEAL), (BOXES, SEAL), (SIGN,)])
def test_no_page_has_the_end_of_a_document_alone(end: tuple[Piece, ...]) -> None:
    closing = "（印章）" if SEAL in end else "当事人签名"
    for lines in range(20, 40):
        for piece in (Piece("para", (WORDS,) * lines), Piece("para", (WORDS * lines,))):
            (page,) = [one for one in pages(piece, *end) if closing in one]
            assert WORDS[-3:] in page
        rows = tuple((str(place), WORDS) for place in range(lines))
        (page,) = [one for one in pages(Piece("rows", rows=(HEAD, *rows), widths=(20, 80)), *end) if closing in one]
        assert WORDS in page and "序号名称" in page


def test_a_heading_goes_with_its_words_where_these_go_with_the_seal() -> None:
    for lines in range(20, 40):
        found = pages(Piece("para", (WORDS,) * lines), Piece("label", ("附件",)), Piece("para", ("清单一份。",)), SEAL)
        (page,) = [one for one in found if "（印章）" in one]
        assert "附件清单一份。" in page


def test_a_long_last_paragraph_fills_its_page_before_it_goes_on_with_the_seal() -> None:
    first, second = pages(Piece("para", (WORDS * 70,)), SEAL)
    assert first.count(WORDS) > 40 and "（印章）" in second
