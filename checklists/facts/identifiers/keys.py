"""The folded form of each kind of number: what everything compares and what every store keys by.

However a number was written (dots, spaces, width, case, colour beside the plate, fifteen figures or eighteen), it folds
to one text; an empty text is no number. Two numbers that fold alike are one number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from checklists.facts.identifiers.id_papers import RESIDENT, modern, paper_of
from checklists.facts.identifiers.masks import is_masked
from checklists.facts.identifiers.model import compact, in_form
from checklists.facts.identifiers.plate_forms import PROVINCES, read_plate
from checklists.patterns import pattern

_AS_IT_IS = pattern(rf"[{PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{5,6}}|[A-HJ-NP-Z0-9]{{4}}挂)|[0-9]{{17}}[0-9X]")
"""Most of what a registry holds: it folds to itself, and 200,000 rows must not wait."""

_AS_FIGURES = str.maketrans("OIL", "011")
_CARD = pattern("[0-9]{17}[0-9X]")
"""A number of eighteen signs, as most of them are written: it is its own key."""

_LABEL = pattern(
    r"(?:号牌|车牌|罐体|运单|许可证|运输证|证件|(?:统一)?社会信用代码|信用代码)?(?:号码|编号|号)?[:：]"
    r"|(?:居民|二代)?(?:身份证|护照|驾驶证)(?:号码|编号|号|件)?[:：]?"
)
"""What is copied along beside a number."""

_SLIPS = pattern("(?<=[0-9])[OIL]+(?![A-WYZ])")
"""Letters typed for figures among figures."""

_HIDDEN = pattern("[*＊﹡∗?？█■]")
_PERMIT_DIGITS = 6


@lru_cache(maxsize=8192)
def number_key(text: str) -> str:
    """Return the folded form of any number that a store keys by: plate, tank, credit code, identity, waybill.

    A plate is its signs without its colour; a trailer's lacks its 挂 nowhere. What hides signs names nothing.
    """
    if _AS_IT_IS.fullmatch(text):
        return text
    if _HIDDEN.search(text):
        return ""
    plate = read_plate(text)
    if plate.form == "none":
        return ""
    if plate.form == "trailer_unmarked":
        return plate.signs + "挂"
    if plate.form:
        return plate.signs
    return _paper(_bare(text))


def plate_key(text: str) -> str:
    """Return a plate's signs."""
    return number_key(text)


def person_key(text: str) -> str:
    """Return a person's number, one of 15 figures as that of 18; nothing for a masked one, which names nobody."""
    if _CARD.fullmatch(text):
        return text
    return "" if is_masked(text) else _paper(_bare(text))


def permit_key(text: str) -> str:
    """Return a permit's or licence's figures (鄂尔多斯字150624O01234号: 150624001234); else its letters and figures."""
    bare = _figures(_bare(text))
    digits = "".join(re.findall("[0-9]+", bare))
    return digits if len(digits) >= _PERMIT_DIGITS else bare


def un_key(text: str) -> str:
    """Return the four figures of a UN number, or nothing."""
    found = re.fullmatch("(?:UN)?(?:NO)?([0-9]{4})", _bare(text))
    return found[1] if found else ""


def hazard_key(text: str) -> str:
    """Return a hazard number, or nothing."""
    value = in_form(compact(text, "-_ "), lambda one: bool(re.fullmatch("X?[0-9]{2,3}", one)))
    return value if re.fullmatch(r"X?[0-9]{2,3}|1\.5D", value) else ""


FOLDS: Mapping[str, Callable[[str], str]] = {
    "plate": plate_key,
    "trailer": plate_key,
    "tank": number_key,
    "waybill": number_key,
    "uscc": number_key,
    "vin": number_key,
    "person": person_key,
    "permit": permit_key,
    "licence": permit_key,
    "un": un_key,
    "hazard_id": hazard_key,
}
"""Kind of number → its fold."""


def fold(kind: str, text: str | None) -> str:
    """Return the folded form of a number of a kind, empty where there is none."""
    return FOLDS[kind](text) if text else ""


def _bare(text: str) -> str:
    """Return letters, figures and characters alone, in capitals; what only looks Latin is, where all else is Latin."""
    value = re.sub("[×✕✖]", "X", _LABEL.sub("", compact(text)))
    return in_form(re.sub(r"[\W_]", "", value), str.isascii)


def _figures(bare: str) -> str:
    """Return a number with figures in place of letters that were typed for them."""
    return _SLIPS.sub(lambda found: found[0].translate(_AS_FIGURES), bare)


def _paper(bare: str) -> str:
    """Return a person's number as that of 18, with figures for letters where that gives one that holds."""
    figures = modern(_figures(bare))
    paper = paper_of(figures) if figures != bare else None
    return figures if paper and paper.kind == RESIDENT and paper.holds else bare
