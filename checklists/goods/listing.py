"""The dangerous goods list: look-ups by UN number and name, held as the tables were published."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from checklists.goods import editions, holidays
from checklists.goods.editions import HOME, Edition
from checklists.goods.entry import Goods, Row, goods_of
from checklists.goods.kept import Keeper
from checklists.goods.later import Later
from checklists.goods.name_index import NameIndex
from checklists.patterns import pattern

__all__ = ["TABLES", "Goods", "GoodsTable", "Row", "Tables", "load_tables", "un_digits"]

REFERENCE = Path(__file__).parent / "reference"

_NUMBER = pattern(r"(UN)?[-.:]?\s*([0-9]{2,4})", re.IGNORECASE)
"""A UN number or some of its figures, its first ones where UN stands before them, as typed into a search."""
_UN = pattern(r"(?:UN)?[-.:]?([0-9]{4})", re.IGNORECASE)
_FIGURES = 4
ONLY, DOUBTFUL = "only", "may"
"""What `means` says of an everyday name: that no other goods than those of its rows have it, or that few call these so.

Where it is empty the goods are called so, but others may be too.
"""


class GoodsTable(Keeper):
    """The list as it was published, read by the editions in force; entries are made when they are asked for."""

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        everyday: Sequence[Row],
        letters: Mapping[str, str],
        later: Later,
        held: tuple[Edition, ...],
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows = rows
        self.everyday_rows = everyday
        also: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for row in everyday:
            also[row["un"]] += (row["name"],) if row.get("means") != DOUBTFUL else ()
        self.everyday: Mapping[str, tuple[str, ...]] = dict(also)
        self.letters = letters
        self.later = later
        self.editions = held
        self._made: dict[int, Goods] = {}
        self._root = self

    @classmethod
    def from_rows(
        cls,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        everyday: Sequence[Row] = (),
        initials: Sequence[Row] = (),
        later: Later | None = None,
        held: tuple[Edition, ...] | None = None,
    ) -> GoodsTable:
        """Hold rows as a package carries them, rows of everyday names (`un`, `name`, `means`) and of pinyin initials.

        `held` are the editions in force (none given: as before there was a table of them).

        The rows are held, not copied. `initials` has, for each `initial`, the `characters` read with it and those
        that are `also` read so.

        Raises ValueError where a needed column or a cell is missing.
        """
        if missing := {"un", "variant", "packing_group", "name_zh", "name_en", "class", "labels"} - set(columns):
            raise ValueError(f"goods table without {', '.join(sorted(missing))}")
        if any(len(row) != len(columns) for row in rows):
            raise ValueError("goods table with a row of another length than its header")
        letters = {character: row["initial"] for row in initials for character in row["characters"]}
        for row in initials:
            letters |= {character: letters.get(character, "") + row["initial"] for character in row["also"]}
        return cls(columns, rows, everyday, letters, later or Later(), held or editions.in_force(HOME, None, ()))

    def at(self, held: tuple[Edition, ...]) -> GoodsTable:
        """The same list as other editions in force read it; rows, places and index are shared."""
        table = copy(self)
        table.editions = held
        table._made = {}
        table.forget()
        return table

    def successor(self, un: str) -> Row | None:
        """What is known of a number that was deleted: what took its place, if anything; None for any other."""
        return self.later.deleted.get(un_digits(un))

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, un: object) -> bool:
        return isinstance(un, str) and un_digits(un) in self._root._places

    def lookup(self, un: str, packing_group: str | None = None, variant: int | None = None) -> tuple[Goods, ...]:
        """All entries of a UN number, in table order; a group (`""`: none) or a variant narrows them. Never a guess."""
        group = None if packing_group is None else unicodedata.normalize("NFKC", packing_group).strip().upper()
        found = (self._entry(place) for place in self._root._places.get(un_digits(un), ()))
        return tuple(
            goods
            for goods in found
            if (group is None or goods.packing_group == group or group in goods.told("packing_group"))
            and (variant is None or goods.variant == variant)
        )

    def search(self, text: str, limit: int = 50) -> tuple[Goods, ...]:
        """Entries whose UN number begins so, then has these figures later on (a plate half gone), then by names.

        By names: with every word in their Chinese, English or an everyday name.

        Nearest first: whole names, pinyin initials of whole names (`ls`: 硫酸), names that begin so, then parts.
        """
        found = dict.fromkeys((*self._numbered(text), *self._root._index.find(text, limit)))
        return tuple(map(self._entry, islice(found, limit)))

    def _numbered(self, text: str) -> Iterator[int]:
        number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if number is None:
            return
        begun, figures = number.groups()
        yield from (place for place, row in enumerate(self.rows) if row[self._un].startswith(figures))
        if not begun:
            yield from (place for place, row in enumerate(self.rows) if figures in row[self._un])

    @cached_property
    def hazard_ids(self) -> frozenset[str]:
        """Every hazard identification number that an edition of the list uses."""
        return frozenset(self.values("hazard_id")) - {""}

    def values(self, column: str) -> Iterator[str]:
        """Each entry's value of a column, the newest edition's where that has another, else as it was published."""
        place, variant = self.columns.index(column), self.columns.index("variant")
        for row in self.rows:
            cells = self.later.of_entry(row[self._un], row[variant])
            yield cells.get(column, row[place])

    @cached_property
    def _un(self) -> int:
        return self.columns.index("un")

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            places[row[self._un]].append(place)
        return dict(places)

    @cached_property
    def _index(self) -> NameIndex:
        columns = [self.columns.index(column) for column in ("name_zh", "name_en")]
        own = ((row[column], place) for place, row in enumerate(self.rows) for column in columns)
        everyday = ((name, place) for un, called in self.everyday.items() for name in called
                    for place in self._places.get(un, ()))  # fmt: skip
        return NameIndex(own, everyday, self.letters)

    def _entry(self, place: int) -> Goods:
        if place not in self._made:
            row = dict(zip(self.columns, self.rows[place], strict=True))
            cells = self.later.of_entry(row["un"], row["variant"])
            self._made[place] = goods_of(editions.versions(row, cells, self.editions), self.everyday.get(row["un"], ()))
        return self._made[place]


def _table(name: str) -> cached_property[tuple[Row, ...]]:
    """A table as an attribute, made when it is first asked for, once for all days."""
    return cached_property(lambda tables: tables.rows(name))


class Tables(Keeper):
    """Every table that a rule needs. Rows keep their columns by name, so that a newer table loses nothing.

    `read(name)` gives a table as published: `{"columns": [...], "rows": [[...], ...]}`.
    """

    equipment = _table("equipment")
    tank_codes = _table("tank_codes")
    hazardous_waste = _table("hazardous_waste")
    everyday_names = _table("everyday_names")
    initials = _table("initials")
    segregation = _table("segregation")
    segregation_class1 = _table("segregation_class1")
    segregation_notes = _table("segregation_notes")
    incompatible_groups = _table("incompatible_groups")
    fuel_plates = _table("fuel_plates")
    transport_category = _table("transport_category")
    classes = _table("classes")
    hazard_ids = _table("hazard_ids")
    vehicle_types = _table("vehicle_types")
    emergency = _table("emergency")
    emergency_table3 = _table("emergency_table3")
    erg_guides = _table("erg_guides")
    holidays = _table("holidays")
    statutory_days = _table("statutory_days")
    driving_time = _table("driving_time")
    goods_changes = _table("goods_changes")
    goods_editions = _table("goods_editions")
    deleted_numbers = _table("deleted_numbers")
    gas_table = _table("gas_table")
    outdated_lists = _table("outdated_lists")

    def __init__(self, read: Callable[[str], Mapping[str, Any]]) -> None:
        super().__init__()
        self.read = read
        self.rows = cache(lambda name: _rows(read(name)))
        self.on = cache(self._on)
        self._by = cache(self._with)

    def _on(self, regime: str, day: date | None) -> Tables:
        """The tables with the goods list as it is in force under a regime (CN, EU) on a day; None: the newest."""
        held = editions.in_force(regime, day, self.goods_editions)
        return self if held == self.goods.editions else self._by(held)

    def _with(self, held: tuple[Edition, ...]) -> Tables:
        tables = copy(self)
        tables.__dict__["goods"] = self.goods.at(held)
        tables.forget()
        return tables

    @cached_property
    def goods(self) -> GoodsTable:
        """The dangerous goods list with everyday names and pinyin initials, by the newest editions (see `on`)."""
        goods = self.read("dangerous_goods")
        later = Later.of(self.goods_changes, self.deleted_numbers)
        held = editions.in_force(HOME, None, self.goods_editions)
        return GoodsTable.from_rows(goods["columns"], goods["rows"], self.everyday_names, self.initials, later, held)

    def waste(self, un: str) -> Row | None:
        """The waste category that a UN number stands for, or None where the table does not say."""
        return next((row for row in self.hazardous_waste if row["un"] == un_digits(un)), None)

    def to_plain(self) -> dict[str, Any]:
        """The tables as lists and strings, as the reference package carries them."""
        return {name: self.read(name) for name in TABLES}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Tables:
        """The tables of a reference package. Raises KeyError for a missing table, ValueError for a torn one.

        A package from before a table was added stays readable, since old records are computed again from it.
        """
        plain = {**_ADDED_LATER, **plain}
        if missing := [name for name in TABLES if name not in plain]:
            raise KeyError(*missing)
        tables = cls(plain.__getitem__)
        for name in TABLES:
            if any(len(row) != len(plain[name]["columns"]) for row in plain[name]["rows"]):
                raise ValueError(f"{name}: a row of another length than its header")
        return tables


_LAZY = (name for name, one in vars(Tables).items() if isinstance(one, cached_property) and name != "goods")

_ADDED_LATER = {
    "initials": {"columns": ("initial", "characters", "also"), "rows": ()},
    **{
        name: {"columns": (), "rows": ()}
        for name in ("goods_changes", "goods_editions", "deleted_numbers", "gas_table", "outdated_lists")
    },
    "statutory_days": {"columns": ("day", "holiday"), "rows": ()},
    "segregation_notes": {"columns": ("note",), "rows": ()},
    "incompatible_groups": {"columns": ("kind",), "rows": ()},
    "fuel_plates": {"columns": ("un", "rank"), "rows": ()},
    "driving_time": {"columns": ("limit",), "rows": ()},
}

TABLES = ("dangerous_goods", *_LAZY)
"""Every table that a reference package carries."""


def load_tables(root: Path = REFERENCE) -> Tables:
    """The tables of a folder of CSV files with the names and columns of `reference/`, each read when needed.

    The holidays are joined by the years that the office added (see `holidays`).
    """
    return Tables(cache(lambda name: _holidays(root) if name == "holidays" else _read(root / f"{name}.csv")))


def with_holidays(plain: Mapping[str, Any], added: Iterable[Row]) -> dict[str, Any]:
    """Return a reference package's tables with years that an office added, in the place of those there."""
    own, years = plain["holidays"], list(added)
    rows = holidays.merged(_rows(own), years)
    return {**plain, "holidays": _table_of(own["columns"], rows)} if years else dict(plain)


def un_digits(text: str) -> str:
    """A UN number without the letters UN, spaces and full-width forms; anything else comes back as it was typed."""
    if len(text) == _FIGURES and text.isascii() and text.isdigit():
        return text
    found = _UN.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    return found[1] if found else text


def _rows(table: Mapping[str, Any]) -> tuple[Row, ...]:
    return tuple(dict(zip(table["columns"], row, strict=True)) for row in table["rows"])


def _holidays(root: Path) -> dict[str, Any]:
    own, added = _read(root / "holidays.csv"), holidays.place(root)
    if not added.is_file():
        return own
    columns = own["columns"]
    return _table_of(columns, holidays.merged(_rows(own), holidays.read(added.read_text("utf-8"))))


def _table_of(columns: Iterable[str], rows: Iterable[Row]) -> dict[str, Any]:
    names = list(columns)
    return {"columns": names, "rows": [[row.get(name, "") for name in names] for row in rows]}


def _read(path: Path) -> dict[str, Any]:
    import csv  # a tablet reads published JSON and needs no CSV

    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file, strict=True)
    return {"columns": columns, "rows": rows}
