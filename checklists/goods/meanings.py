"""What a name may mean: the UN numbers that go by it, of the list and of everyday use, and how surely.

Several numbers where the name alone does not decide (双氧水: by concentration). A table of its own, because a search
for nearness finds parts of names, and a part names nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from checklists.goods import names
from checklists.goods.kept import kept
from checklists.goods.listing import DOUBTFUL, ONLY, Goods, GoodsTable
from checklists.goods.names import Words
from checklists.patterns import pattern
from checklists.values import frozen

_ALSO = pattern(
    r"[(（](?!包括|不|除|见|如|含|应|必要|按|装|或|有效|储|册|热|UN|10 bar)([^()（），,、]{2,})[)）](?=[，,(（或]|$)"
)
"""A bracket that gives another name of the same, at the end of a name: no instruction, no part of a name (B(U)型)."""
_STATE = pattern("[(（][液固气体态状化压缩深冷冻水溶熔融的]+[)）]")
"""A bracket that says how the goods are kept, which decides between several numbers: 氧气（液态）."""
_KEPT = pattern("深冷|冷冻|液[态体化]|固[态体]|压缩|熔融")
_TRIMMINGS = pattern(r"[\W_的性有]")
_LONGER = 9
"""So much longer may a name be that is the same without its of, the, and."""
_OPEN = pattern("未另作规定|未具体说明|N.O.S", re.IGNORECASE)


@frozen
class Meaning:
    """The numbers that go by a name: as a whole name of the list, in everyday use, by what stands before a comma.

    `doubtful` are those that few call so, which neither confirms nor accuses. `certain` is whether the goods have one
    of the numbers: not of a name in everyday use that other goods have too, nor where a bracket was left out that says
    how they are kept. `classes` are those of which the name is but a category, such as 易燃液体.
    """

    own: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    certain: bool = True

    @property
    def all(self) -> frozenset[str]:
        """Every number that the name may mean."""
        return self.own | self.everyday | self.leading

    def names_other_than(self, entries: tuple[Goods, ...], name: str) -> frozenset[str]:
        """Return the other numbers that the name certainly means, where it cannot mean these entries.

        An everyday name never contradicts a number of goods that have none of their own, or that have it in their
        name; a name that only begins another's, never one that is made of the same characters: 液化石油气 may be
        石油气，液化的. No name contradicts an entry that only says besides how the goods are kept: 乙烯 may be
        冷冻液态乙烯.
        """
        if not self.certain or (self.all | self.doubtful) & {one.un for one in entries}:
            return frozenset()
        if any(names.same_name(name, _KEPT.sub("", names.leading(one.name_zh))) for one in entries):
            return frozenset()
        if self.own:
            return self.own
        if self.everyday:
            return frozenset() if any(_may_hold(name, one) for one in entries) else self.everyday
        return frozenset() if any(_akin(name, one) or self._is_category_of(one) for one in entries) else self.leading

    def _is_category_of(self, goods: Goods) -> bool:
        return any(one[:1] in self.classes for one in (goods.class_, *goods.every_label))


@kept
def meaning(text: str, table: GoodsTable) -> Meaning:
    """Return what a name may mean, as it stands or without bracket, grade of fuel, share and sort: nearest first."""
    for reading in names.readings(text):
        found = _found(table, reading)
        if found.all or found.doubtful:
            return replace(found, certain=found.certain and not _leaves_out_state(text, reading))
    return Meaning()


def _leaves_out_state(text: str, reading: str) -> bool:
    left_out = text.removeprefix(names.without_bracket(text)).strip()
    return _STATE.fullmatch(left_out) is not None and left_out not in reading


def _found(table: GoodsTable, text: str) -> Meaning:
    whole, fronted = names.wholes(text)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    lines, length = _lines(table) if whole else (), sum(map(len, whole))
    for place in [place for place, line in enumerate(lines) if all(word in line for word in whole)]:
        for un, kind, name in _called(table, place):
            if 0 <= len(_TRIMMINGS.sub("", name)) - length <= _LONGER and _is_same(whole, fronted, name):
                kinds[kind].add(un)
    uses = [use for words in {whole, *fronted} if whole for use in _everyday(table).get(words, ())]
    for un, means in uses:
        kinds["doubtful" if means == DOUBTFUL else "everyday"].add(un)
    certain = bool(kinds["own"]) or all(means in (ONLY, DOUBTFUL) for _, means in uses)
    return Meaning(**{kind: frozenset(numbers) for kind, numbers in kinds.items()}, certain=certain)


def _is_same(whole: Words, fronted: tuple[Words, ...], name: str) -> bool:
    other, others = names.wholes(name)
    return whole == other or whole in others or other in fronted


@kept
def _everyday(table: GoodsTable) -> dict[Words, set[tuple[str, str]]]:
    """The words of each everyday name: number and `means` of its rows."""
    found: defaultdict[Words, set[tuple[str, str]]] = defaultdict(set)
    for row in table.everyday_rows:
        whole, fronted = names.wholes(row["name"])
        for words in (whole, *fronted):
            found[words].add((row["un"], row.get("means", "")))
    return dict(found)


@kept
def _lines(table: GoodsTable) -> tuple[str, ...]:
    """Every entry's names as one plain text: what lacks a word of a name is not called so."""
    zh, en = (table.columns.index(column) for column in ("name_zh", "name_en"))
    whole = "\n".join(f"{row[zh]} {row[en]}".replace("\n", " ") for row in table.rows)
    return tuple(names.plain_lines(whole))


def _called(table: GoodsTable, place: int) -> Iterator[tuple[str, str, str]]:
    """Yield UN number, kind and every name of an entry: each of several that are joined by or stands alone.

    A category's class stands in the place of the number.
    """
    un, zh, en, class_ = (table.columns.index(column) for column in ("un", "name_zh", "name_en", "class"))
    row = table.rows[place]
    number, chinese, english = row[un], row[zh], names.capitals(row[en])
    yield from ((number, "own", name) for name in (chinese, row[en], english) if name)
    for name, whole in names.alternatives(chinese, row[en]):
        yield number, "own" if whole else "leading", name
    for name in (one for bracket in _ALSO.findall(chinese) for one in re.split("[；;]", bracket)):
        yield number, "leading" if name in names.leading(chinese) else "own", name
    if (lead := names.leading(chinese)) != chinese:
        yield number, "leading", lead
        if _OPEN.search(chinese + row[en]):
            yield row[class_][:1], "classes", lead


def _may_hold(name: str, goods: Goods) -> bool:
    """Whether an entry takes goods that have no number of their own, or has an everyday name in its own."""
    return bool(_OPEN.search(goods.name_zh + goods.name_en)) or names.plain(name) in names.plain(goods.name_zh)


def _akin(name: str, goods: Goods) -> bool:
    """Whether a name is made of characters of the entry's name, or holds all that stand before its description."""
    given, own = set(names.plain(name)), names.plain(goods.name_zh)
    lead = set(names.plain(names.leading(goods.name_zh)))
    return given <= set(own) or (bool(lead) and lead <= given)
