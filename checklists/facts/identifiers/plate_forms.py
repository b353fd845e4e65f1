"""The forms of number plates, and a plate as it was written: its signs, its form, the colours that it names.

The forms are those in use, not quoted from a standard. A plate of no form is kept as free text: unreadable, not wrong.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from checklists.facts.identifiers.model import SEPARATORS, compact, cyrillic, latin
from checklists.patterns import pattern
from checklists.values import frozen

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_DIGIT = "0123456789"
_LETTER = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIGN = _LETTER + _DIGIT
_POWER = "DFABCEGHJK"
"""Letters of new-energy plates; D and F first, the others came later."""

FORMS = {
    "ordinary": (PROVINCES, _LETTER, *(_SIGN,) * 5),
    "trailer": (PROVINCES, _LETTER, *(_SIGN,) * 4, "挂"),
    "police": (PROVINCES, _LETTER, *(_SIGN,) * 4, "警"),
    "learner": (PROVINCES, _LETTER, *(_SIGN,) * 4, "学"),
    "consulate": (PROVINCES, _LETTER, *(_SIGN,) * 4, "领"),
    "cross_border": ("粤", "Z", *(_SIGN,) * 4, "港澳"),
    "nev_large": (PROVINCES, _LETTER, *(_DIGIT,) * 5, _POWER),
    "nev_small": (PROVINCES, _LETTER, _POWER, _SIGN, *(_DIGIT,) * 4),
    "embassy": ("使", *(_DIGIT,) * 6),
}
"""Form of a plate → the signs that may stand at each place. I and O are on no plate."""

OTHER_FORMS = {
    "emergency": rf"[{PROVINCES}][A-HJ-NP-Z]?[A-HJ-NP-Z0-9]{{4,5}}应急",
    "civil_aviation": rf"[{PROVINCES}]?民航[A-Z0-9]{{4,6}}",
    "armed_police": rf"WJ(?:[0-9]{{2}}|[{PROVINCES}])[警消边通森金电水]?[A-Z0-9]{{4,6}}",
    "army": r"[VKHBSLJNGCYZ][A-Z][0-9]{5}|[军海空北沈兰济南广成][A-Z][0-9]{5}",
    "foreign": r"[0-9]{4}[А-ЯӨҮЁ]{3}|[АВЕКМНОРСТУХ][0-9]{3}[АВЕКМНОРСТУХ]{2}[0-9]{2,3}|[0-9]{3}[A-Z]{2,3}[0-9]{2}",
}
"""Other plates that are met on the road: fire service, airports, armed police, army; Mongolia, Russia, Kazakhstan."""

NO_PLATE = frozenset(
    ("无", "无牌", "无号牌", "无牌照", "无车牌", "无牌车", "未挂号牌", "未悬挂号牌", "没有号牌", "无牌无证", "未上牌")
)
"""What is written where a vehicle has no plate; a lone dash is nothing."""

WITHOUT_MARK = pattern(rf"[{PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4}}")
"""A trailer's plate whose 挂 was left out; no other plate is so short."""

_COLOUR = {
    "yellow_green": "黄绿双拼色|黄绿双拼|黄绿|双拼|YELLOW[ _]?GREEN",
    "green": "渐变绿|新能源绿|新能源|绿|GREEN",
    "yellow": "大型黄|黄|YELLOW",
    "blue": "蓝|BLUE",
    "white": "白|WHITE",
    "black": "黑|BLACK",
}
"""Colour → words for it, the longer first."""
_WORDS = {word: name for name, words in _COLOUR.items() for word in words.split("|")}
_ALL = "|".join(_COLOUR.values())

_CODES: dict[str, tuple[str, ...]] = {
    "0": ("blue",),
    "1": ("blue", "yellow"),
    "2": ("yellow", "black"),
    "3": ("black", "white"),
    "4": ("white", "green"),
    "5": ("green", "yellow_green"),
    "93": ("yellow_green",),
    "94": ("green",),
    "9": (),
}
"""Figure → colours that it stands for: first that of JT/T 697.7 (1 blue, 2 yellow, 3 black, 4 white, 5 green, 9 other,
93, 94), then that of toll systems, which count from 0 and write it the same way. From memory: neither was read, so what
fits either is no conflict."""

_WORD = rf"(?P<word>{_ALL})(?:色|牌|底|号牌|色号牌|底黑字|底白字)?"
_BEHIND = pattern(rf"(?P<plate>.*?\w)[\s_\-/|,，:：;；]*[(\[（【]?\s*{_WORD}\s*[)\]）】]?", re.DOTALL)
_BEFORE = pattern(rf"[(\[（【]?\s*{_WORD}\s*[)\]）】]?[\s_\-/|,，:：;；]*(?P<plate>\w.*)", re.DOTALL)
_CODED = pattern(r"(?P<plate>.*?\w)\s*(?:[_|#:：/]\s*(?P<code>[0-9]{1,2})|[(\[（]\s*(?P<in>[0-9]{1,2})\s*[)\]）])")
_DASHED = pattern(r"(?P<plate>.*?\w)[\s\-–—]+(?P<code>[0-9]{1,2})")
"""A figure for the colour behind a dash or a space, which may stand inside a plate as well: read where no plate is."""

_SIMPLE = str.maketrans("掛學領應滬雲遼魯蘇贛晉陝閩貴粵寧瓊", "挂学领应沪云辽鲁苏赣晋陕闽贵粤宁琼")
"""The characters of plates as they are written in Hong Kong and Macau."""


@frozen
class Plate:
    """A plate as it was written. `form` is empty where it has none; `colours` are those it may be by what was written.

    `colour` is the one that was named, the likeliest where a figure may stand for several; empty: none was.
    """

    signs: str
    form: str = ""
    colours: tuple[str, ...] = ()

    @property
    def colour(self) -> str:
        """The colour that was written beside the signs, or nothing."""
        return self.colours[0] if self.colours else ""


@lru_cache(maxsize=4096)
def read_plate(text: str) -> Plate:
    """Return what a text says as a plate: colour split off, dots, spaces, width and case left out.

    Letters that only look Latin, or only Cyrillic, are exchanged where that gives a form that exists.
    """
    plain = " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).split())
    if (found := _CODED.fullmatch(plain)) and (coded := _coded(found["plate"], found["code"] or found["in"])):
        return coded
    signs, form = _formed(plain)
    if form:
        return Plate(signs, form)
    if (found := _DASHED.fullmatch(plain)) and (coded := _coded(found["plate"], found["code"])):
        return coded
    for way in (_BEHIND, _BEFORE):
        if found := way.fullmatch(plain):
            rest, form = _formed(found["plate"])
            if form:
                return Plate(rest, form, (_WORDS[found["word"].replace(" ", "_")],))
    return Plate(signs)


def form_of(signs: str) -> str:
    """Return the form that bare signs have, or nothing."""
    for form, places in FORMS.items():
        if len(signs) == len(places) and all(sign in allowed for sign, allowed in zip(signs, places, strict=True)):
            return form
    return next((form for form, shape in OTHER_FORMS.items() if re.fullmatch(shape, signs)), "")


def _coded(text: str, code: str) -> Plate | None:
    """Return the plate with the colours that a figure stands for; None where it is no plate, or no such figure."""
    signs, form = _formed(text)
    figure = code.lstrip("0") or "0"
    return Plate(signs, form, _CODES[figure]) if form and figure in _CODES else None


def _formed(text: str) -> tuple[str, str]:
    """Return the signs of a text and their form, as they are or as they look; a trailer may lack its mark."""
    value = compact(text, SEPARATORS + "()[]（）【】|/:：")
    if value in NO_PLATE:
        return value, "none"
    plain = value.translate(_SIMPLE)
    plain = plain.removesuffix("车") if plain.endswith("挂车") else plain
    for signs in dict.fromkeys((plain, latin(plain), cyrillic(plain))):
        if form := form_of(signs):
            return signs, form
    short = latin(plain)
    return (short, "trailer_unmarked") if WITHOUT_MARK.fullmatch(short) else (value, "")
