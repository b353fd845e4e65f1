"""Cut the tablet's two fonts from Noto Sans SC: `python -m tools.build_fonts FOLDER LATIN`.

FOLDER is the unpacked npm package @expo-google-fonts/noto-sans-sc (`npm pack`, then `tar xf`), version 0.4.3, LATIN
that of @expo-google-fonts/noto-sans, version 0.4.2. Both weights hold the same characters: every Chinese one of Noto
Sans SC, which are the names of people and places that GB 18030-2022 asks for at its level 2 (all of 通用规范汉字表
among them), and our own words. Letters of foreign names (Cyrillic, Latin with marks) that it lacks come from Noto Sans.
What is held is written down beside the fonts, because the tablet tells an officer which characters it cannot draw.

Hinting stays in: without it Kivy measures labels too narrow and cuts them off.
"""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "mobile" / "assets" / "fonts"
DRAWN = FONTS / "drawn.txt"
# Drawn in words and on plates, and not in every Chinese character set.
SIGNS = "✓×·•–—…→←↑↓⏎⚠▲▼◆●○■□★☆℃°±≤≥≠①②③④⑤⑥⑦⑧⑨⑩㎡№²³½ⅠⅡⅢ〇〓“”‘’«»€£"

HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""Blocks of Chinese characters, first and last."""

LETTERS = ((0xC0, 0x24F), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2070, 0x209C))
"""Letters of people's names in Latin and Cyrillic, hyphens and small figures, first and last."""


def charset(encoding: str) -> set[str]:
    """Return every character of the Basic Multilingual Plane that the encoding can write."""
    return {c for c in map(chr, range(0x20, 0xFFFF)) if c.encode(encoding, "ignore")}


def own_files() -> Iterable[Path]:
    """Return the files whose text the tablet shows: its words, its screens, and the checklists' data."""
    yield from (ROOT / "mobile").rglob("*.po")
    yield from (ROOT / "mobile").rglob("*.kv")
    yield from (ROOT / "checklists").rglob("*.po")
    yield from (ROOT / "checklists").rglob("*.yaml")


def own_characters() -> set[str]:
    """Return every printable character of our own words."""
    text = "".join(path.read_text(encoding="utf-8") for path in own_files())
    return {c for c in text if c.isprintable()}


def wanted(known: Iterable[int]) -> set[str]:
    """Return the characters to keep of those that a font knows."""
    han = {chr(code) for code in known if any(first <= code <= last for first, last in HAN)}
    return charset("gbk") | han | set(map(chr, range(0x20, 0x180))) | set(SIGNS) | own_characters()


def cut(source: Path, latin: Path, target: Path) -> TTFont:
    """Write the characters of one font file, hinted, without layout features that Kivy does not use, and return it."""
    features = ["kern", "mark", "ccmp"]
    options = Options(hinting=True, layout_features=features, name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted(font.getBestCmap()))))
    subsetter.subset(font)
    add_letters(font, TTFont(latin))
    # With the names of the glyphs in it a font is read for a paper in half the time.
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
    font.save(target)
    return font


def add_letters(font: TTFont, latin: TTFont) -> None:
    """Draw the letters that a font lacks as another one of the same size has them; their hinting stays behind."""
    if font["head"].unitsPerEm != latin["head"].unitsPerEm:
        raise ValueError("the fonts are not drawn to one size")
    known, glyphs, names = font.getBestCmap(), latin.getGlyphSet(), latin.getBestCmap()
    letters = {code for first, last in LETTERS for code in range(first, last + 1)}
    for code in sorted(letters & names.keys() - known.keys()):
        name = f"latin.{code:04X}"
        outline, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[names[code]].draw(outline)
        outline.replay(pen)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = latin["hmtx"][names[code]]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    font.setGlyphOrder(font["glyf"].glyphOrder)


def ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Return codes as runs, first and last."""
    found: list[tuple[int, int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def main() -> None:
    """Build both fonts, write down what they hold, and copy their licences."""
    chinese, latin = Path(sys.argv[1]), Path(sys.argv[2])
    FONTS.mkdir(parents=True, exist_ok=True)
    held = []
    for folder, weight in (("400Regular", "Regular"), ("700Bold", "Bold")):
        source = chinese / folder / f"NotoSansSC_{folder}.ttf"
        font = cut(source, latin / folder / f"NotoSans_{folder}.ttf", FONTS / f"NotoSansSC-{weight}.ttf")
        held.append(set(font.getBestCmap()))
    lines = (f"{first:X}-{last:X}\n" for first, last in ranges(set.intersection(*held)))
    DRAWN.write_text("".join(lines), encoding="ascii")
    shutil.copyfile(chinese / "LICENSE_FONT", FONTS / "OFL.txt")
    shutil.copyfile(latin / "LICENSE_FONT", FONTS / "OFL-NotoSans.txt")


if __name__ == "__main__":
    main()
