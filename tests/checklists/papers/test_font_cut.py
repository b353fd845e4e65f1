"""What is cut out of a font is drawn as the whole font draws it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from checklists.papers.font_cut import OddFontError, cut
from mobile.glyphs import BOLD, REGULAR

TEXT = "现场检查记录 UN 1830 硫酸，Өнөрбаяр ①〓 𬘭㛃（）"


def drawn(font: TTFont, code: int) -> tuple[Any, Any]:
    name = font.getBestCmap()[code]
    return font["hmtx"][name], font["glyf"][name]


def square(side: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, side), (side, side), (side, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def small(path: Path, glyphs: Mapping[str, Any], characters: Mapping[int, str]) -> Path:
    """A font with short offsets and one width at its end, which is written down once for all the glyphs behind it."""
    made = FontBuilder(1000)
    made.setupGlyphOrder(list(glyphs))
    made.setupCharacterMap(dict(characters))
    made.setupGlyf(dict(glyphs))
    made.setupHorizontalMetrics({name: (600 if number else 500, number) for number, name in enumerate(glyphs)})
    made.setupHorizontalHeader()
    made.setupOS2()
    made.setupNameTable({"familyName": "Small"})
    made.setupPost()
    made.save(path)
    return path


@pytest.mark.parametrize("path", [REGULAR, BOLD], ids=lambda path: path.stem)
def test_each_character_keeps_its_outline_and_its_width(path: Path) -> None:
    part, whole = TTFont(BytesIO(cut(path, set(map(ord, TEXT))))), TTFont(path, lazy=True)
    assert part.getBestCmap().keys() == set(map(ord, TEXT))
    assert part.getGlyphOrder()[0] == ".notdef"
    assert all(drawn(part, code) == drawn(whole, code) for code in part.getBestCmap())
    assert part["hmtx"][".notdef"] == whole["hmtx"][".notdef"]
    assert part["name"].getBestFullName() == whole["name"].getBestFullName()


def test_nothing_but_what_was_asked_for_is_in_it_and_what_the_font_lacks_is_left_out() -> None:
    part = TTFont(BytesIO(cut(REGULAR, {ord("酸"), ord("𠮷")})))
    assert list(part.getBestCmap()) == [ord("酸")]
    assert part["maxp"].numGlyphs == 2


def test_two_characters_of_one_glyph_share_it() -> None:
    whole = TTFont(REGULAR, lazy=True).getBestCmap()
    named: dict[str, list[int]] = {}
    for code, name in whole.items():
        named.setdefault(name, []).append(code)
    twins = next(codes for codes in named.values() if len(codes) == 2)
    part = TTFont(BytesIO(cut(REGULAR, set(twins))))
    assert part["maxp"].numGlyphs == 2
    assert len({part.getBestCmap()[code] for code in twins}) == 1


def test_a_small_font_with_widths_written_once_is_cut_alike(tmp_path: Path) -> None:
    glyphs = {".notdef": square(100), "a": square(201), "b": square(302), "c": square(403)}
    path = small(tmp_path / "small.ttf", glyphs, {0x61: "a", 0x62: "b", 0x20000: "c"})
    whole, part = TTFont(path), TTFont(BytesIO(cut(path, {0x61, 0x20000})))
    assert whole["hhea"].numberOfHMetrics < 4
    assert whole["head"].indexToLocFormat == 0
    assert [drawn(part, code) for code in (0x61, 0x20000)] == [drawn(whole, code) for code in (0x61, 0x20000)]


def test_a_font_of_another_make_is_not_cut_wrongly(tmp_path: Path) -> None:
    pen = TTGlyphPen({"a": square(200)})
    pen.addComponent("a", (1, 0, 0, 1, 50, 0))
    glyphs = {".notdef": square(100), "a": square(200), "b": pen.glyph()}
    joined = small(tmp_path / "joined.ttf", glyphs, {0x61: "a", 0x20000: "b"})
    with pytest.raises(OddFontError, match="put together"):
        cut(joined, {0x20000})
    narrow = small(tmp_path / "narrow.ttf", {".notdef": square(100), "a": square(200)}, {0x61: "a"})
    with pytest.raises(OddFontError, match="every character"):
        cut(narrow, {0x61})
