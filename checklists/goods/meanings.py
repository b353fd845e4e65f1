"""What a name may mean: the UN numbers that go by it, of the list and of everyday use, and how surely.

Several numbers where the name alone does not decide (双氧水: by concentration). A table of its own, because a search
for nearness finds parts of names, and a part names nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from checklists.goods import names
from checklists.goods.kept import kept
from checklists.goods.listing import Goods, GoodsTable
from checklists.goods.names import Words
from checklists.patterns import pattern
from checklists.values import frozen

_OR = pattern(r"[，,、]?或|,? or ", re.IGNORECASE)
_ALSO = pattern(r"[(（](?!包括|不|除|见|如)([^()（），,]+)[)）]")
_TRIMMINGS = pattern(r"[\W_的性有]")
_LONGER = 9
"""So much longer may a name be that is the same without its of, the, and."""
_OPEN = pattern("未另作规定|未具体说明|N.O.S", re.IGNORECASE)


@frozen
class Meaning:
    """The numbers that go by a name: as a whole name of the list, in everyday use, by what stands before a comma."""

    own: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every number that the name may mean."""
        return self.own | self.everyday | self.leading

    def names_other_than(self, entries: tuple[Goods, ...], name: str) -> frozenset[str]:
        """Return the other numbers that the name certainly means, where it cannot mean these entries.

        An everyday name never contradicts a number of goods that have none of their own; a name that only begins
        another's, never one that is made of the same characters: 液化石油气 may be 石油气，液化的.
        """
        numbers = {one.un for one in entries}
        if self.all & numbers:
            return frozenset()
        if self.own:
            return self.own
        if self.everyday:
            return frozenset() if any(_OPEN.search(one.name_zh + one.name_en) for one in entries) else self.everyday
        return frozenset() if any(_akin(name, one) for one in entries) else self.leading


@kept
def meaning(text: str, table: GoodsTable) -> Meaning:
    """Return what a name may mean, as it stands or without bracket, grade of fuel, share and sort: nearest first."""
    for reading in names.readings(text):
        found = _found(table, reading)
        if found.all:
            return found
    return Meaning()


def _found(table: GoodsTable, text: str) -> Meaning:
    whole, fronted = names.wholes(text)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    lines, length = _lines(table) if whole else (), sum(map(len, whole))
    for place in [place for place, line in enumerate(lines) if all(word in line for word in whole)]:
        for un, kind, name in _called(table, place):
            if 0 <= len(_TRIMMINGS.sub("", name)) - length <= _LONGER and _is_same(whole, fronted, name):
                kinds[kind].add(un)
    for words in {whole, *fronted} if whole else ():
        kinds["everyday"] |= _everyday(table).get(words, set())
    return Meaning(**{kind: frozenset(numbers) for kind, numbers in kinds.items()})


def _is_same(whole: Words, fronted: tuple[Words, ...], name: str) -> bool:
    other, others = names.wholes(name)
    return whole == other or whole in others or other in fronted


@kept
def _everyday(table: GoodsTable) -> dict[Words, set[str]]:
    found: defaultdict[Words, set[str]] = defaultdict(set)
    for un, called in table.everyday.items():
        for name in called:
            whole, fronted = names.wholes(name)
            for words in (whole, *fronted):
                found[words].add(un)
    return dict(found)


@kept
def _lines(table: GoodsTable) -> tuple[str, ...]:
    """Every entry's names as one plain text: what lacks a word of a name is not called so."""
    zh, en = (table.columns.index(column) for column in ("name_zh", "name_en"))
    whole = "\n".join(f"{row[zh]} {row[en]}".replace("\n", " ") for row in table.rows)
    return tuple(names.plain_lines(whole))


def _called(table: GoodsTable, place: int) -> Iterator[tuple[str, str, str]]:
    """Yield UN number, kind and every name of an entry: each of several that are joined by or stands alone."""
    un, zh, en = (table.columns.index(column) for column in ("un", "name_zh", "name_en"))
    row = table.rows[place]
    number, chinese, english = row[un], row[zh], names.capitals(row[en])
    for name in (chinese, row[en], english):
        yield from ((number, "own", one) for one in (name, *_joined_by_or(name)) if one)
    yield from ((number, "own", one) for one in _ALSO.findall(chinese))
    if (lead := names.leading(chinese)) != chinese:
        yield number, "leading", lead


def _joined_by_or(name: str) -> list[str]:
    parts = _OR.split(name)
    return [part for part in parts if len(part) > 1] if len(parts) > 1 else []


def _akin(name: str, goods: Goods) -> bool:
    """Whether a name is made of characters of the entry's name, or holds all that stand before its description."""
    given, own = set(names.plain(name)), names.plain(goods.name_zh)
    lead = set(names.plain(names.leading(goods.name_zh)))
    return given <= set(own) or (bool(lead) and lead <= given)
