"""Names of goods as people write them: whether two are the same, and what is left of one without its trimmings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_JOINS = re.compile(r"[的性有]|\b(?:of|the|and)\b")
_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])|[、;()\[\]]")
"""What parts a name, but not the comma between two figures as in 1,2-."""


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same whatever their case, width, commas, brackets and joining words (的, 性, 有; of).

    One part between commas may stand first in the other name: 有毒固体，有机的 is 有机毒性固体. No other order counts,
    since order tells goods apart: 乙酸丁酯 is not 丁酸乙酯, and "flammable, toxic" is not "toxic, flammable".
    """
    first, second = _parts(one), _parts(other)
    whole, whole_other = _joined(first), _joined(second)
    return bool(whole) and (whole == whole_other or whole in _fronted(second) or whole_other in _fronted(first))


def leading(name: str) -> str:
    """A Chinese name without what follows its first comma or bracket."""
    return re.split("[，,(（]", name, maxsplit=1)[0]


def capitals(name: str) -> str:
    """The proper shipping name of an English entry: its words in capitals, before the description in small letters."""
    return re.split(r"\s(?=[a-z(])", name, maxsplit=1)[0]


def without_bracket(name: str) -> str:
    """A name without the bracket at its end, where waybills write the technical name."""
    return re.sub(r"[(（][^()（）]*[)）]\s*$", "", name)


def plain(text: str) -> str:
    """Letters, figures and characters alone, in one case and width."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of each part of a name; a Chinese character is a word, and so is a figure."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("n.o.s", "nos")
    parts = (tuple(re.findall(r"[0-9]+|[a-z]+|[^\W\d_a-z]", _JOINS.sub("", part))) for part in _COMMA.split(text))
    return tuple(part for part in parts if part)


def _joined(parts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for part in parts for word in part)


def _fronted(parts: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The words of a name with one of its later parts put first."""
    return (_joined((parts[place], *parts[:place], *parts[place + 1 :])) for place in range(1, len(parts)))
