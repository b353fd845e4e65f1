"""Cut the tablet's two fonts from Noto Sans SC: `python -m tools.build_fonts FOLDER`.

FOLDER is the unpacked npm package @expo-google-fonts/noto-sans-sc (`npm pack`, then `tar xf`); version 0.4.3 was used.
Regular holds the GBK set, because GB2312 lacks characters of people's names; Bold holds GB2312 and every character of
our own words. Hinting stays in: without it Kivy measures labels too narrow and cuts them off.
"""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "mobile" / "assets" / "fonts"
# Drawn in words and on plates, and not in every Chinese character set.
SIGNS = "✓×·•–—…→←↑↓⏎⚠▲▼◆●○■□★☆℃°±≤≥≠①②③④⑤⑥⑦⑧⑨⑩㎡№²³½ⅠⅡⅢ〇“”‘’«»€£"


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


def cut(source: Path, target: Path, characters: set[str]) -> None:
    """Write the characters of one font file, hinted, without layout features that Kivy does not use."""
    options = Options(hinting=True, layout_features=["kern", "mark", "ccmp"], name_IDs=["*"], notdef_outline=True)
    font = TTFont(source)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)
    font.save(target)


def main() -> None:
    """Build both fonts and copy their licence."""
    package = Path(sys.argv[1])
    FONTS.mkdir(parents=True, exist_ok=True)
    common = set(map(chr, range(0x20, 0x180))) | set(SIGNS) | own_characters()
    cut(package / "400Regular/NotoSansSC_400Regular.ttf", FONTS / "NotoSansSC-Regular.ttf", charset("gbk") | common)
    cut(package / "700Bold/NotoSansSC_700Bold.ttf", FONTS / "NotoSansSC-Bold.ttf", charset("gb2312") | common)
    shutil.copyfile(package / "LICENSE_FONT", FONTS / "OFL.txt")


if __name__ == "__main__":
    main()
