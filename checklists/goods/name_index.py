"""Names of goods made searchable: by the whole name, its beginning, a part, or the pinyin initials of its characters.

The names are made plain all at once, as one text with a line for each, because the first search on a tablet waits for
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from checklists.goods import names
from checklists.goods.variants import folded
from checklists.patterns import pattern

Named = Iterable[tuple[str, int]]
"""Names, each with the place of its entry in the table."""

Hit = tuple[int, int, int]
"""Rank, length of the name without its description, place: what sorts first is nearest."""

_OWN, _EVERYDAY, _SCATTERED = (0, 4, 7), (1, 5, 7), 9
_LEADING, _DESCRIBED, _INSIDE = 1, 8, 10
"""Ranks of the name before its description, of what only the description says, of letters inside an English word."""
_ENOUGH = 3
"""Fewer characters in any order are chance: 碳四 is not 四氯化碳."""
_SHORT = 4
"""Fewer letters inside a word are chance: the tdi of cobalT DIhydroxide."""
_OWN_INITIALS, _EVERYDAY_INITIALS = (3, 6, 8), (2, 6, 8)
"""Ranks of a text that is the whole name, begins it, or is a part of it: the order in which an officer looks.

Of initials alone, a trade's own few words are meant before one of two thousand names: `yl` is 液氯, then 鱼雷.
"""

_TAIL = pattern(r"(?<=.)(?:[，（(]|,(?![0-9A-Za-z ])|,? (?=[a-z(])).*")
"""The description behind a name: in Chinese from the first comma or bracket, in English from the first small letter."""

_SYNONYM = pattern(r"[^，,(（]+[(（]([^()（）、，,]+)[)）]")
_OR = pattern(r"[，,]?或|,? or ")
_AROUND = pattern("^废旧?|水?溶液$")


class _Lines:
    """Plain names, their leading parts, the places of their entries, and the ranks that a hit among them has.

    `named` are the names as they were written, where words have their beginnings.
    """

    def __init__(
        self,
        texts: Sequence[str],
        leads: Sequence[str],
        places: Sequence[Sequence[int]],
        ranks: tuple[int, int, int],
        named: Sequence[str] = (),
    ) -> None:
        self.texts, self.leads, self.places, self.ranks, self.named = texts, leads, places, ranks, named

    def hits(self, words: Sequence[str]) -> Iterator[Hit]:
        """Every entry with all the words in a name. A single letter must begin it."""
        whole, (first, *_others) = "".join(words), words
        for number in [number for number, text in enumerate(self.texts) if first in text]:
            rank = self._rank(number, whole, words)
            if rank is not None:
                yield from self._found(number, rank)

    def _rank(self, number: int, whole: str, words: Sequence[str]) -> int | None:
        text, lead = self.texts[number], self.leads[number]
        if whole == text:
            return self.ranks[0]
        if whole == lead:
            return max(self.ranks[0], _LEADING)
        if text.startswith(whole):
            return self.ranks[1]
        if (whole.isascii() and len(whole) == 1) or not all(word in text for word in words):
            return None
        if self.named and any(not self._begins_a_word(number, word) for word in words):
            return _INSIDE if len(whole) >= _SHORT else None
        described = self.named and not all(word in lead for word in words)
        return max(self.ranks[2], _DESCRIBED) if described else self.ranks[2]

    def _begins_a_word(self, number: int, word: str) -> bool:
        """Whether letters stand at the beginning of a word, or after a character; other signs may stand anywhere."""
        if not (word.isascii() and word.isalpha()):
            return True
        signs = r"[\W_]*".join(word)
        return bool(re.search(rf"(?<![a-z]){signs}", normalize("NFKC", self.named[number]).casefold()))

    def scattered(self, characters: str) -> Iterator[Hit]:
        """Every entry with all the characters in its name before the description, in any order."""
        for number, lead in enumerate(self.leads):
            if all(character in lead for character in characters):
                yield from self._found(number, _SCATTERED)

    def _found(self, number: int, rank: int) -> Iterator[Hit]:
        return ((rank, len(self.leads[number]), place) for place in self.places[number])


class NameIndex:
    """Names ready to be searched. `letters` has the pinyin initials of a character, the usual one first."""

    def __init__(self, own: Named, everyday: Named, letters: Mapping[str, str]) -> None:
        called, also = _gathered(own), _gathered(everyday)
        letters = {folded(character): initials for character, initials in letters.items()}
        self._names = (_lines({**_parts_between_or(called), **called}, _OWN), _lines(also, _EVERYDAY))
        ranks = (_OWN_INITIALS, _EVERYDAY_INITIALS)
        self._initials = tuple(_initials(lines, letters, one) for lines, one in zip(self._names, ranks, strict=True))

    def find(self, text: str, limit: int) -> list[int]:
        """Places of the entries that hold every word of the text, nearest first, each once.

        Chinese characters may stand in another order (废酸硫 finds 硫酸废液) where fewer than `limit` hold the words.
        Where nothing is found, what is left of the name without its trimmings is looked for (92号汽油: 汽油), then
        without 废 and 溶液 too, which may be other goods (废油漆, 烧碱溶液): to look at, never to judge by.
        """
        wordings = dict.fromkeys((*names.readings(text), *names.readings(_AROUND.sub("", text.strip()))))
        return next(filter(None, (self._find(one, limit) for one in wordings)), [])

    def _find(self, text: str, limit: int) -> list[int]:
        words = [word for word in map(names.plain, text.split()) if word]
        if not words:
            return []
        whole = "".join(words)
        found = [hit for lines in self._names for hit in lines.hits(words)]
        if whole.isascii() and whole.isalpha():
            found += (hit for lines in self._initials for hit in lines.hits((whole,)))
        elif not whole.isascii() and len(whole) >= _ENOUGH and len(found) < limit:
            found += (hit for lines in self._names for hit in lines.scattered(whole))
        return list(dict.fromkeys(place for *_, place in sorted(found)))[:limit]


def _gathered(named: Named) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, place in named:
        found.setdefault(name, []).append(place)
    found.pop("", None)
    return found


def _parts_between_or(called: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Names that an entry gives for choice (瓦斯油，或柴油，或轻质燃料油), and the one in brackets (黑火药(火药))."""
    found: dict[str, list[int]] = {}
    for name, places in called.items():
        _, *parts = _OR.split(_TAIL.sub("", _OR.sub("或", name)))
        if synonym := _SYNONYM.match(name):
            parts.append(synonym[1])
        for part in parts:
            found[part] = [*found.get(part, ()), *places]
    return found


def _lines(called: Mapping[str, list[int]], ranks: tuple[int, int, int]) -> _Lines:
    text = "\n".join(called)
    return _Lines(
        names.plain_lines(text), names.plain_lines(_TAIL.sub("", text)), tuple(called.values()), ranks, tuple(called)
    )


def _initials(lines: _Lines, letters: Mapping[str, str], ranks: tuple[int, int, int]) -> _Lines:
    """The initials of the Chinese names among the lines, figures and Latin letters left out.

    A name with a character of two readings stands twice.
    """
    usual: dict[int, str | None] = {code: None for code in range(128) if chr(code) != "\n"}
    usual |= {ord(character): initials[0] for character, initials in letters.items()}
    second = {ord(character): initials[1] for character, initials in letters.items() if len(initials) > 1}
    chinese = [number for number, text in enumerate(lines.texts) if not text.isascii()]
    twice = [number for number in chinese if not second.keys().isdisjoint(map(ord, lines.texts[number]))]
    readings = ((chinese, usual), (twice, usual | second))
    return _Lines(
        [one for numbers, table in readings for one in _read([lines.texts[number] for number in numbers], table)],
        [one for numbers, table in readings for one in _read([lines.leads[number] for number in numbers], table)],
        [lines.places[number] for numbers, _ in readings for number in numbers],
        ranks,
    )


def _read(texts: Sequence[str], table: Mapping[int, str | None]) -> list[str]:
    return "\n".join(texts).translate(table).split("\n") if texts else []
