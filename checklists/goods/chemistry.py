"""Goods that react dangerously with each other whatever their labels: a short table of groups, never a whole one.

The tables of mixed loading compare labels alone, and let cyanides travel with acids. Practice, not law: each pair names
its source. What the table lacks was not compared; that is no word for "compatible".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from checklists.goods.kept import kept
from checklists.goods.listing import Goods, Row, Tables
from checklists.values import frozen


@frozen
class Reaction:
    """Two groups that react: their names and what happens (zh, en), and where that was read."""

    groups: tuple[Mapping[str, str], Mapping[str, str]]
    danger: Mapping[str, str]
    source: str
    evidence: str

    def text(self, lang: str) -> str:
        """Return it in a few words: 氰化物 × 酸：放出剧毒氰化氢."""
        one, other = (group[lang] for group in self.groups)
        return f"{one} × {other}{'：' if lang == 'zh' else ': '}{self.danger[lang]}"


def reactions(one: Iterable[Goods], other: Iterable[Goods], tables: Tables) -> tuple[Reaction, ...]:
    """Return what the table knows of two goods, each by all entries that it may be; nothing: not compared."""
    return between(groups(one, tables), groups(other, tables), tables)


def between(mine: frozenset[str], its: frozenset[str], tables: Tables) -> tuple[Reaction, ...]:
    """Return what the table knows of goods of these groups."""
    if not mine or not its:
        return ()
    pairs = {frozenset(pair) for pair in product(mine, its)}
    return tuple(reaction for names, reaction in _pairs(tables).items() if names in pairs)


def groups(entries: Iterable[Goods], tables: Tables) -> frozenset[str]:
    """Return the groups that any of the entries belongs to, by UN number, classification code or label."""
    each = (_groups(goods.un, goods.classification_code, frozenset(goods.labels), tables) for goods in entries)
    return frozenset().union(*each)


@kept
def _groups(un: str, code: str, labels: frozenset[str], tables: Tables) -> frozenset[str]:
    return frozenset(
        row["key"]
        for row in _rows("group", tables)
        if un in row["uns"].split(";") or (code and code in row["codes"].split(";")) or labels & _set(row["labels"])
    )


@kept
def _pairs(tables: Tables) -> Mapping[frozenset[str], Reaction]:
    names = {row["key"]: _both(row) for row in _rows("group", tables)}
    return {
        frozenset((row["key"], row["other"])): Reaction(
            (names[row["key"]], names[row["other"]]), _both(row), row["source"], row["evidence"]
        )
        for row in _rows("pair", tables)
    }


def _rows(kind: str, tables: Tables) -> Iterable[Row]:
    return (row for row in tables.incompatible_groups if row["kind"] == kind)


def _both(row: Row) -> Mapping[str, str]:
    return {"zh": row["name_zh"], "en": row["name_en"]}


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(";")))
