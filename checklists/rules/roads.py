"""Whether a place lies on a road or in an area that a ban, or a route, names as people write it."""

from __future__ import annotations

import re
import unicodedata

from checklists.facts.provinces import province
from checklists.goods import names
from checklists.patterns import pattern

_LETTERS = {"国道": "G", "省道": "S", "县道": "X", "乡道": "Y"}
_WRITTEN = pattern(r"(国道|省道|县道|乡道)([0-9]{1,4})(?![0-9])线?")
_NUMBER = pattern(r"(?<![A-Z0-9])[GSXYC][0-9]{1,4}(?![0-9])")
_KILOMETRE = pattern(r"K[0-9]+([+.,][0-9]+)*(米|M)?|[0-9]+([+.,][0-9]+)*(公里|千米|KM)")
_LEVELS = {
    **dict.fromkeys(("省", "自治区"), 0),
    **dict.fromkeys(("市", "盟", "自治州", "地区"), 1),
    **dict.fromkeys(("区", "县", "旗"), 2),
    **dict.fromkeys(("镇", "乡", "苏木", "街道"), 3),
}
_UNIT = pattern("自治区|自治州|地区|街道|苏木|[省市盟区县旗镇乡]")
"""Units of administration by the end of their names; a city of a county's rank reads as one above it."""

_EXPRESSWAYS = pattern("(全[省市区旗县国]|所有|全部|境内|辖区内?|行政区域内?|的)*高速(公路)?|expressways?")


def on_road(named: str, road: str) -> bool | None:
    """Whether two texts mean the same road: by their numbers (G65, S24, 国道110线) where both have one, else by name.

    None where one has only a number and the other only a name, or where one name is a part of the other: 环城路 may be
    the 东环城路, and a road beside an expressway bears its name.
    """
    one, other = _numbers(named), _numbers(road)
    if one and other:
        return bool(one & other)
    first, second = _name(named), _name(road)
    if first and first == second:
        return True
    return None if first in second or second in first else False


def is_kind(named: str) -> bool:
    """Whether a ban names not one road but all expressways."""
    return bool(_EXPRESSWAYS.fullmatch(names.plain(named)))


def within(named: str, area: str) -> bool:
    """Whether the place's area lies in the named one: a part of its text, or longer by more digits of the area code."""
    one, other = names.plain(named), names.plain(area)
    if one.isdigit() and other.isdigit():
        return other.startswith(one.rstrip("0") or one)
    return bool(one) and one in other


def may_enclose(named: str, area: str) -> bool:
    """Whether the named area is of a higher level than all that the text names: 鄂托克前旗 lies in some city."""
    one, other = _level(named, -1), _level(area, 0)
    return one is not None and other is not None and one < other


def _level(text: str, place: int) -> int | None:
    """Return the level of the first or last unit that a text names, 0 for a province; None where it names none."""
    if place == 0 and province(text):
        return 0
    bare = names.plain(text)
    found = [0] if province(text) and not _UNIT.search(bare) else [_LEVELS[one] for one in _UNIT.findall(bare)]
    return found[place] if found else None


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(_plain(text)))


def _name(text: str) -> str:
    """Return the name without the road's number and the kilometre: other figures belong to it (经5路)."""
    bare = _KILOMETRE.sub("", _NUMBER.sub("", _plain(text)))
    return re.sub(r"(高速公路|高速|公路|国道|省道)$", "", names.plain(bare))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper()
    return _WRITTEN.sub(lambda found: f" {_LETTERS[found[1]]}{found[2]} ", plain)
