"""Names of goods as people write them: whether two are the same, and what is left of one without its trimmings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from checklists.goods.variants import folded
from checklists.patterns import pattern
from checklists.values import frozen

Words = tuple[str, ...]

_JOINS = pattern(r"[的性有]|\b(?:of|the|and)\b")
_COMMA = pattern(r"(?<![0-9]),|,(?![0-9])|[、;()\[\]]")
"""What parts a name, but not the comma between two figures as in 1,2-."""

_GRADE = pattern(
    r"^[-+−]?[0-9]{1,3}\s*(?:号|#|♯)\s*|^国(?:[四五六]|IV|VI?)[AB]?\s*|^[Ee]10\s*(?=(?:车用)?乙醇汽油)"
    r"|(?<=[油)])\s*[-+−]?[0-9]{1,3}\s*(?:号|#|♯)$|[\s(]*(?:国(?:[四五六]|IV|VI?)|VI?)[AB]?[\s)]*$"
)
"""A grade of fuel before or behind its name: 92号汽油, 0#柴油, 国VI车用柴油, 车用柴油(Ⅵ)0号."""
_OR_EN = pattern(r",? or (?=[^a-z]*[A-Z]{2})")
_OR_COMMA = pattern(r"[，,；;]或(?![^(（]*[)）])")
_OR_ZH = pattern(r"或(?![^(（]*[)）])")
"""What joins names, but not inside a bracket."""
_SHARE = pattern(r"^[≥≤><~约]?[0-9]+(?:\.[0-9]+)?(?:[-~～][0-9.]+)?\s*%\s*(?:的)?|[≥≤><~约]?[0-9]+(?:\.[0-9]+)?\s*%$")
"""A share before or behind a name: 98%硫酸."""
_OTHER = pattern(r"[\W_]")
_SORT = pattern("^(?:工业级?|化学纯|分析纯|食品级|试剂级?|普通|散装|成品|车用)|(?:产品|成品|原料)$")
"""Words that say for whom or how pure: 工业甲醇 is 甲醇."""


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same whatever their case, width, commas, brackets and joining words (的, 性, 有; of).

    One part between commas may stand first in the other name: 有毒固体，有机的 is 有机毒性固体. No other order counts,
    since order tells goods apart: 乙酸丁酯 is not 丁酸乙酯, and "flammable, toxic" is not "toxic, flammable".
    """
    return Called.of((one,)).has(other)


@frozen
class Called:
    """What `same_name` compares of several names of one thing: their words, and those with a later part in front."""

    wholes: frozenset[Words]
    fronted: frozenset[Words]

    @classmethod
    def of(cls, named: Iterable[str]) -> Called:
        """Read the names."""
        each = [wholes(name) for name in named]
        return cls(frozenset(whole for whole, _ in each), frozenset(one for _, others in each for one in others))

    def has(self, name: str) -> bool:
        """Whether a name is the same as one of them."""
        whole, fronted = wholes(name)
        return bool(whole) and (whole in self.wholes or whole in self.fronted or not self.wholes.isdisjoint(fronted))


def alternatives(chinese: str, english: str) -> Iterator[tuple[str, bool]]:
    """Yield each name that an entry joins by or, and whether it has its description, so that it is a name of its own.

    A 或 joins names where the English or does so too, which capitals follow, behind a comma, and before the first
    comma; any other joins words of a description (灭火器，装有压缩或液化气体).
    """
    spoken = _OR_EN.split(english)
    joined = len(spoken) > 1
    for part in spoken if joined else ():
        yield from ((part, True), (capitals(part), True))
    for whole in _OR_COMMA.split(chinese):
        lead = whole if joined else re.split("[，,]", whole, maxsplit=1)[0]
        *first, last = _OR_ZH.split(lead)
        for part in (*first, last + whole[len(lead) :]):
            if part not in ("", chinese):
                yield part, bool(re.search("[，,]", part)) or (joined and not re.search("[，,]", whole))


def leading(name: str) -> str:
    """A Chinese name without what follows its first comma or bracket."""
    return re.split("[，,(（]", name, maxsplit=1)[0]


def capitals(name: str) -> str:
    """The proper shipping name of an English entry: its words in capitals, before the description in small letters."""
    return re.split(r"\s(?=[a-z(])", name, maxsplit=1)[0]


def without_bracket(name: str) -> str:
    """A name without the bracket at its end, where waybills write the technical name."""
    return re.sub(r"[(（][^()（）]*[)）]\s*$", "", name)


@lru_cache(maxsize=2048)
def readings(name: str) -> tuple[str, ...]:
    """A name as it stands, then without a last bracket, a grade of fuel, a share, and what says how pure it is."""
    found = [name]
    for shorten in (without_bracket, _without_grade, _without_share, _without_sort):
        found += [shorter for one in found if (shorter := shorten(one)) and shorter not in found]
    return tuple(found)


def _without_grade(name: str) -> str:
    shorter = _GRADE.sub("", unicodedata.normalize("NFKC", name)).strip()
    return shorter if shorter == name else _without_grade(shorter)


def _without_share(name: str) -> str:
    return _SHARE.sub("", unicodedata.normalize("NFKC", name)).strip()


def _without_sort(name: str) -> str:
    return _SORT.sub("", name).strip()


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Letters, figures and characters alone, in one case and width, each character in its one form."""
    return folded(_OTHER.sub("", unicodedata.normalize("NFKC", text).casefold()))


def plain_lines(text: str) -> list[str]:
    """The lines of a text, each as `plain` gives it; all at once, since the first search waits for it."""
    return folded(re.sub(r"(?:[^\w\n]|_)+", "", unicodedata.normalize("NFKC", text).casefold())).split("\n")


@lru_cache(maxsize=4096)
def wholes(name: str) -> tuple[Words, tuple[Words, ...]]:
    """The words of a name in its own order, and with one of its later parts in front: what `same_name` compares."""
    parts = _parts(name)
    return _joined(parts), tuple(_fronted(parts))


def _parts(name: str) -> tuple[Words, ...]:
    """The words of each part of a name; a Chinese character is a word, and so is a figure."""
    text = folded(unicodedata.normalize("NFKC", name).casefold()).replace("n.o.s", "nos")
    parts = (tuple(re.findall(r"[0-9]+|[a-z]+|[^\W\d_a-z]", _JOINS.sub("", part))) for part in _COMMA.split(text))
    return tuple(part for part in parts if part)


def _joined(parts: Sequence[Words]) -> Words:
    return tuple(word for part in parts for word in part)


def _fronted(parts: Sequence[Words]) -> Iterator[Words]:
    """The words of a name with one of its later parts put first."""
    return (_joined((parts[place], *parts[:place], *parts[place + 1 :])) for place in range(1, len(parts)))
