"""Which characters our fonts can draw, and a text as it is drawn: what they lack shows as 〓 and is named. Pure.

Screens, photos' stamps and papers are set in the same two fonts, which hold the same characters (`tools.build_fonts`).
The text itself never changes; only its picture does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from checklists.facts.texts import is_unseen

FONTS = Path(__file__).parent / "assets" / "fonts"
REGULAR, BOLD = FONTS / "NotoSansSC-Regular.ttf", FONTS / "NotoSansSC-Bold.ttf"
DRAWN = FONTS / "drawn.txt"

MISSING = "〓"
"""The printer's mark for a character that he lacks; on a paper it is written in by hand."""

_PLAIN = re.compile("[\n -~一-龥，。；：、！？（）《》“”·—…]*")
"""What most texts are made of: all of it can be drawn as it is."""

_VARIANTS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""Selectors that ask for a variant of the character before; the font has one of each."""


_ALIKE = str.maketrans("・∙⋅᛫ʼ", "····’")
"""What systems write between the parts of one name (阿不都・热合曼) and no font here has, as the common sign for it."""

_TELLING = ("<super>", "<sub>", "<fraction>")
"""Forms that say something themselves: 10⁶ is not 106."""


@lru_cache(maxsize=8192)
def drawn(text: str) -> str:
    """Return a text as it is drawn: without what nobody sees, and with MISSING for each character that no font has."""
    return text if _PLAIN.fullmatch(text) else "".join(map(_form, _joined(text)))


def in_place(text: str) -> str:
    """Return a text drawn sign for sign, as a field needs it, where the cursor counts them."""
    return text if _PLAIN.fullmatch(text) else "".join(_form(one)[:1] or " " for one in text)


def lacking(*texts: str) -> tuple[str, ...]:
    """Return the characters of texts that no font here has, each once, in order."""
    return tuple(dict.fromkeys(one for text in texts for one in _joined(text) if _form(one) == MISSING != one))


def where(text: str, around: int = 8) -> Mapping[str, str]:
    """Return for each character that no font here has the words around it, drawn, where it stands first."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        for sign in lacking(line):
            at = line.index(sign) if sign in line else 0
            found.setdefault(sign, drawn(line[max(0, at - around) : at + around]).strip())
    return found


def code(sign: str) -> str:
    """Return what a character that cannot be drawn is called: U+2B74D."""
    return f"U+{ord(sign):04X}"


def has(sign: str) -> bool:
    """Whether the fonts have a character."""
    starts, ends = _held()
    at = bisect_right(starts, ord(sign)) - 1
    return at >= 0 and ord(sign) <= ends[at]


def _joined(text: str) -> Iterable[str]:
    """Return the characters of a text, a letter and the marks on it as one where there is such a character."""
    return unicodedata.normalize("NFC", text)


def _form(sign: str) -> str:
    if sign == "\n" or has(sign):
        return sign
    if sign.isspace():
        return " "
    if is_unseen(sign) or any(first <= ord(sign) <= last for first, last in _VARIANTS):
        return ""
    plain = unicodedata.normalize("NFKC", sign).translate(_ALIKE)
    return plain if all(map(has, plain)) and not unicodedata.decomposition(sign).startswith(_TELLING) else MISSING


@cache
def _held() -> tuple[list[int], list[int]]:
    """Return where each run of characters that the fonts hold begins and ends, as it was written down with them."""
    runs = [line.partition("-") for line in DRAWN.read_text("ascii").split()]
    return [int(first, 16) for first, _, _ in runs], [int(last, 16) for _, _, last in runs]
