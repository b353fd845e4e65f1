import re
import zlib

import pytest
from PIL import Image, ImageDraw

from checklists.papers.paper import Block, Notice
from checklists.records.record import Sealed
from mobile.device.scanner import read_qr
from mobile.refusals import Refusal
from mobile.sealing import pdf
from mobile.sealing.paper import short_proof

TEXT = Block("text", "净质量 28.0 t，法律依据待核。")
ESCAPES = {b"\\n": b"\n", b"\\r": b"\r", b"\\(": b"(", b"\\)": b")", b"\\\\": b"\\"}


def notice(*blocks, title="现场检查记录"):
    return Notice(title, "T1-0001", "某县大队", blocks)


def streams(path):
    found = re.findall(rb"stream\n(.*?)\nendstream", path.read_bytes(), re.DOTALL)
    return [zlib.decompress(one) if one[:1] == b"x" else one for one in found]


def words(path):
    """The lines of a paper as a viewer would copy them: glyph numbers through the fonts' own tables."""
    fonts = [
        {
            int(glyph, 16): bytes.fromhex(sign.decode()).decode("utf-16-be")
            for glyph, sign in re.findall(rb"<(\w{4})> <(\w{4,8})>", one)
            if glyph != sign
        }
        | {32: " "}
        for one in streams(path)
        if b"bfchar" in one
    ]
    lines, font = [], 0
    for page in (one for one in streams(path) if b" Tf" in one):
        for number, _x, glyphs in re.findall(rb"/F(\d) |BT ([\d.]+) [\d.]+ Td \((.*?)\) Tj", page, re.DOTALL):
            if number:
                font = int(number) - 1
                continue
            raw = re.sub(rb"\\[nr()\\]", lambda found: ESCAPES[found[0]], glyphs)
            lines.append("".join(fonts[font].get(int.from_bytes(raw[i : i + 2]), "?") for i in range(0, len(raw), 2)))
    return lines


def pages(path):
    return sum(b" Tf" in one for one in streams(path))


def test_every_word_of_the_notice_stands_on_the_paper(tmp_path):
    table = Block("table", rows=(("车辆", "蒙K12345"), ("货物", "UN 1830 硫酸")))
    assert pdf.render(notice(table, Block("heading", "发现的问题"), TEXT), "", tmp_path / "n.pdf") == ()
    found = words(tmp_path / "n.pdf")
    for expected in ("某县大队", "现场检查记录", "T1-0001", "蒙K12345", "UN 1830 硫酸", "发现的问题", TEXT.text):
        assert expected in found


def test_a_long_paper_goes_on_over_pages_and_loses_no_line(tmp_path):
    blocks = [Block("text", f"第{number}项") for number in range(100)]
    tall = Block("table", rows=(("说明", "\n".join(f"第{number}行" for number in range(100))),))
    pdf.render(notice(*blocks, tall), "", tmp_path / "n.pdf")
    found = words(tmp_path / "n.pdf")
    assert pages(tmp_path / "n.pdf") > 3
    assert {f"第{number}项" for number in range(100)} | {f"第{number}行" for number in range(100)} <= set(found)


def test_a_character_without_a_glyph_is_marked_and_returned(tmp_path):
    assert pdf.render(notice(Block("text", "驾驶员：𠮷田")), "", tmp_path / "n.pdf") == ("𠮷",)
    said = words(tmp_path / "n.pdf")
    assert f"驾驶员：{pdf.MISSING}田" in said and any("在此手写补全：____" in one for one in said)


def test_names_are_printed_in_both_weights_and_without_what_nobody_sees(tmp_path):
    names = ("㛃䶮𬘭喆堃犇", "Өнөрбаяр", "Nguyễn Văn Đức")
    blocks = [Block(kind, f"\ufeff{name}") for name in names for kind in ("heading", "text")]
    assert pdf.render(notice(*blocks), "", tmp_path / "n.pdf") == ()
    found = words(tmp_path / "n.pdf")
    assert [found.count(name) for name in names] == [2, 2, 2]


def test_a_block_of_an_unknown_kind_is_printed_and_not_dropped(tmp_path):
    pdf.render(notice(Block("map", "绕行路线", rows=(("甲", "乙"),))), "", tmp_path / "n.pdf")
    assert {"绕行路线", "甲  乙"} <= set(words(tmp_path / "n.pdf"))


def test_a_signature_is_drawn_upright_within_its_box(tmp_path):
    up = Block("signature", "驾驶员", strokes=(((0, 0), (0, 9000)), ((5000, 5000),)))
    pdf.render(notice(up), "", tmp_path / "n.pdf")
    page = next(one for one in streams(tmp_path / "n.pdf") if b" Tf" in one)
    (_x, low), (_, high) = [(float(x), float(y)) for x, y in re.findall(rb"([\d.]+) ([\d.]+) [ml] ?\n?", page)[2:4]]
    assert high > low
    assert (high - low) * 25.4 / 72 == pytest.approx(18, abs=0.1)


def test_the_printed_code_reads_back_as_the_proof_of_the_record(tmp_path):
    text = short_proof(Sealed(b"", "ab" * 32, "c2ln" * 22), "0199-device")
    pdf.render(notice(TEXT), text, tmp_path / "n.pdf")
    page = next(one for one in streams(tmp_path / "n.pdf") if b" Tf" in one)
    image = Image.new("L", (1200, 1700), 255)
    draw = ImageDraw.Draw(image)
    for numbers in re.findall(rb"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re f", page):
        x, y, width, height = (float(one) * 2 for one in numbers)
        draw.rectangle((x, 1700 - y, x + width - 1, 1700 - y - height - 1), fill=0)
    image.save(tmp_path / "n.png")
    assert read_qr(tmp_path / "n.png") == (text,)


def test_missing_fonts_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "REGULAR", tmp_path / "none.ttf")
    with pytest.raises(Refusal, match="paper_font_missing"):
        pdf.render(notice(TEXT), "", tmp_path / "n.pdf")
