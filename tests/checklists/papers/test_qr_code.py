"""A code reads as what was written, also where Japanese has every character of it."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from checklists.papers.qr_code import qr_code


@pytest.mark.parametrize(
    "text",
    ["盐酸", "乙炔", "湖南", "溴", "京A12345", "蒙K·12345", "买买提·艾合买提", "龘", "HTTPS://A.B/C1", "tel 1", "1234"],
)
def test_a_code_reads_as_what_was_written(text: str) -> None:
    picture = io.BytesIO()
    qr_code(text).save(picture, kind="png", scale=6, border=4)
    (read,) = zxingcpp.read_barcodes(Image.open(picture).convert("L"))
    assert (read.text, read.bytes) == (text, text.encode())


def test_figures_and_capitals_keep_their_own_narrow_modes() -> None:
    assert [qr_code(text).mode for text in ("1234", "HTTPS://A.B/C1", "a1", "盐酸")] == [
        *("numeric", "alphanumeric", "byte", "byte"),
    ]
