"""Keys for plates that no Chinese form fits, for papers of people who have no resident card, and for tanks. Pure.

The usual plate keyboard allows only what a Chinese plate may be; here every sign may follow every other. Each page of
keys has ten columns and at most four rows, so that keys stay as large as they are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mobile.plate_input import PROVINCES

_DIGITS = "1234567890"
LATIN = _DIGITS + "QWERTYUIOPASDFGHJKL-ZXCVBNM"
CYRILLIC = _DIGITS + "ЙЦУКЕНГШЗХФВАПРОЛДЖЭЯЧСМИТБЮӨҮ"
"""Letters of Mongolian and Russian plates; Ё, Щ, Ъ, Ы and Ь are on none."""

CHINESE: Mapping[str, str] = {
    "temporary": PROVINCES + "临",
    "army": "军海空北沈兰济南广成",
    "armed_police": PROVINCES + "警消边通森金电水",
    "embassy": "使领",
    "emergency": PROVINCES + "应急",
    "civil_aviation": PROVINCES + "民航",
    "other": PROVINCES + "学挂港澳试超",
    "tank": PROVINCES + "罐容字第号",
}
"""Kind of plate, or a tank → the Chinese signs that may be on it; a foreign plate has none."""

PLATES = ("foreign", "temporary", "army", "armed_police", "embassy", "emergency", "civil_aviation", "other")
"""Kinds of plates, the likeliest first."""

COUNTRIES = ("MN", "RU", "KZ", "KG", "TJ", "UZ", "VN", "LA", "MM", "NP", "PK", "KP", "other")
"""Countries whose lorries come by road."""

PAPERS = ("passport", "permanent_residence", "hk_macau_permit", "taiwan_permit", "other")
"""Papers of people who have no resident card, as `checklists.facts.identifiers.id_papers` names them, and any other."""

PAGE_NAMES: Mapping[str, str] = {"latin": "ABC", "cyrillic": "АБВ", "chinese": "汉字"}
"""Page of keys → what stands on the pick that turns to it."""

_BEGINS = {"armed_police": "WJ", "embassy": "使"}
_PAGES = {"latin": LATIN, "cyrillic": CYRILLIC}
_BY_COUNTRY = {"MN": "cyrillic", "RU": "cyrillic"}
_CHINESE_FIRST = frozenset({"temporary", "emergency", "civil_aviation", "other"})
_LEAST, _MOST = 3, 16
_MOST_OF_TANK = 24


@dataclass(frozen=True)
class Signs:
    """What is typed: a `plate`, `paper` or `tank`, of which kind and country, on which page, and the text so far."""

    what: str
    kind: str = ""
    country: str = ""
    page: str = ""
    text: str = ""

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages of keys that there are."""
        if self.what == "paper":
            return ("latin",)
        return ("latin", "cyrillic") if self.kind == "foreign" else ("latin", "chinese")

    @property
    def keys(self) -> str:
        """The keys of the page in front."""
        return CHINESE[self.kind] if self.page == "chinese" else _PAGES.get(self.page, LATIN)

    @property
    def wants_country(self) -> bool:
        """Whether the country is still to be chosen."""
        return self.what == "plate" and self.kind == "foreign" and not self.country

    @property
    def may_add(self) -> bool:
        """Whether there is room for another sign."""
        return len(self.text) < (_MOST_OF_TANK if self.what == "tank" else _MOST)

    @property
    def is_enough(self) -> bool:
        """Whether it can be one at all."""
        return len(self.text) >= _LEAST and any(sign.isdigit() for sign in self.text)


def of_tank() -> Signs:
    """Return what the number on a tank begins with: nothing, on the page of letters and figures."""
    return Signs("tank", "tank", page="latin")


def with_kind(signs: Signs, kind: str) -> Signs:
    """Return it begun anew for a kind, with what every plate of that kind begins with."""
    page = "chinese" if signs.what == "plate" and kind in _CHINESE_FIRST else "latin"
    return Signs(signs.what, kind, page=page, text=_BEGINS.get(kind, "") if signs.what == "plate" else "")


def with_country(signs: Signs, country: str) -> Signs:
    """Return it for a country, on the page of its letters."""
    return replace(signs, country=country, page=_BY_COUNTRY.get(country, "latin"))


def pressed(signs: Signs, sign: str) -> Signs:
    """Return it with a sign more, ← takes the last one away; behind a province follow letters and digits."""
    if sign == "←":
        return replace(signs, text=signs.text[:-1])
    if not signs.may_add or sign not in signs.keys:
        return signs
    page = "latin" if signs.page == "chinese" and not signs.text else signs.page
    return replace(signs, text=signs.text + sign, page=page)
