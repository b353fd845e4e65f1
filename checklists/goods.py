"""The dangerous goods list: look-ups by UN number and name, held as the tables were published."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from checklists import editions, names

REFERENCE = Path(__file__).parent / "reference"

Row = Mapping[str, str]

_NOT_ON_VEHICLES = {"9A": "9", "7X": "7D", "7E": "7D"}
"""Labels of packages whose placard on a vehicle is another model (remarks of classes.csv)."""

_SAID_BY_NAME = {
    "solid": re.compile(r"\b(solid|powder|pellets|crystals)\b|固[体态]|粉末"),
    "liquid": re.compile(r"\b(liquid|solution|molten)\b|液[体态]|溶液|熔融"),
}


@dataclass(frozen=True)
class Goods:
    """One entry of the list. Empty means none or not known; see `adr_edition`: where empty, ADR's values are unknown.

    `labels` has the main one first; without an ADR edition it comes from the national class and subsidiary hazard.
    `tank_code` may be two codes (`SGAN;L4BN`: solid, then molten or liquid). `everyday` are names in use
    that the list does not have; `row` is the whole row as published.
    """

    un: str
    variant: int
    packing_group: str
    name_zh: str
    name_en: str
    class_: str
    division: str
    compatibility_group: str
    classification_code: str
    labels: tuple[str, ...]
    subsidiary: tuple[str, ...]
    tank_code: str
    hazard_id: str
    tunnel_code: str
    transport_category: str
    carriage_status: str
    adr_edition: str
    conflicts: tuple[str, ...]
    everyday: tuple[str, ...]
    row: Row = field(compare=False, repr=False)

    @property
    def placards(self) -> tuple[str, ...]:
        """The labels as a vehicle shows them, each once."""
        return tuple(dict.fromkeys(_NOT_ON_VEHICLES.get(label, label) for label in self.labels))

    @property
    def states(self) -> frozenset[str] | None:
        """The physical states the goods may be in (solid, liquid, gas), or None where the row does not tell."""
        if self.class_ == "2":
            return frozenset({"gas"})
        kinds = {code.strip()[:1] for code in self.tank_code.split(";")} - {""}
        if kinds and kinds <= {"L", "S"}:
            return frozenset({"liquid" if kind == "L" else "solid" for kind in kinds})
        text = f"{self.name_en.lower()} {self.name_zh}"
        said = frozenset(state for state, words in _SAID_BY_NAME.items() if words.search(text))
        return said or None

    def accepts(self, column: str) -> frozenset[str]:
        """Every value of a column that an edition of the list gives, the national one included.

        Columns are those of the table; `class` holds every form (2 and 2.3; 1, 1.1 and 1.1D), `subsidiary` and `labels`
        are joined by `+` in sorted order. `""` means none, an empty set not known or by the contents of the article.
        """
        return editions.accepted(self.row, column)

    def differs(self, column: str) -> bool:
        """Whether editions give different values for a column: then a match is shown with a warning."""
        return editions.differ(self.row, column)

    def is_named(self, text: str) -> bool:
        """Whether a text is this entry's name, with or without what follows its first comma and a last bracket."""
        own = (self.name_zh, names.leading(self.name_zh), self.name_en, names.capitals(self.name_en), *self.everyday)
        return any(names.same_name(one, name) for one in (text, names.without_bracket(text)) for name in own)


class GoodsTable:
    """The list as it was published; entries are made when they are asked for."""

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], everyday: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(tuple(row) for row in rows)
        self.everyday = everyday

    @classmethod
    def from_rows(
        cls, columns: Sequence[str], rows: Sequence[Sequence[str]], everyday: Sequence[Row] = ()
    ) -> GoodsTable:
        """Hold rows as a package carries them, and rows of everyday names (`un`, `name`).

        Raises ValueError where a needed column or a cell is missing.
        """
        if missing := {"un", "variant", "packing_group", "name_zh", "name_en", "class", "labels"} - set(columns):
            raise ValueError(f"goods table without {', '.join(sorted(missing))}")
        if any(len(row) != len(columns) for row in rows):
            raise ValueError("goods table with a row of another length than its header")
        also: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for row in everyday:
            also[row["un"]] += (row["name"],)
        return cls(columns, rows, dict(also))

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, un: object) -> bool:
        return isinstance(un, str) and un_digits(un) in self._places

    def lookup(self, un: str, packing_group: str | None = None, variant: int | None = None) -> tuple[Goods, ...]:
        """All entries of a UN number, in table order; a group (`""`: none) or a variant narrows them. Never a guess."""
        group = None if packing_group is None else unicodedata.normalize("NFKC", packing_group).strip().upper()
        found = (self._entry(place) for place in self._places.get(un_digits(un), ()))
        return tuple(
            goods
            for goods in found
            if (group is None or goods.packing_group == group) and (variant is None or goods.variant == variant)
        )

    def search(self, text: str, limit: int = 50) -> tuple[Goods, ...]:
        """Entries with every word of the text in their Chinese, English or an everyday name, nearest first.

        Chinese characters may stand in another order: 废酸硫 finds 硫酸废液, after the names that hold it as written.
        """
        words = [word for word in map(names.plain, text.split()) if word]
        if not words:
            return ()
        ranked = ((names.nearness(words, own), place) for place, own in enumerate(self._names))
        hits = sorted((rank, place) for rank, place in ranked if rank is not None)
        return tuple(self._entry(place) for _, place in hits[:limit])

    @cached_property
    def hazard_ids(self) -> frozenset[str]:
        """Every hazard identification number that the list uses."""
        place = self.columns.index("hazard_id")
        return frozenset(row[place] for row in self.rows) - {""}

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        column = self.columns.index("un")
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            places[row[column]].append(place)
        return dict(places)

    @cached_property
    def _names(self) -> tuple[tuple[str, ...], ...]:
        un, zh, en = (self.columns.index(column) for column in ("un", "name_zh", "name_en"))
        every = ((row[zh], row[en], *self.everyday.get(row[un], ())) for row in self.rows)
        return tuple(tuple(names.searchable(name) for name in own if name) for own in every)

    def _entry(self, place: int) -> Goods:
        row = dict(zip(self.columns, self.rows[place], strict=True))
        return _goods(row, self.everyday.get(row["un"], ()))


def _table(name: str) -> cached_property[tuple[Row, ...]]:
    """A table as an attribute, made when it is first asked for."""
    return cached_property(lambda tables: _rows(tables.read(name)))


class Tables:
    """Every table that a rule needs. Rows keep their columns by name, so that a newer table loses nothing.

    `read(name)` gives a table as published: `{"columns": [...], "rows": [[...], ...]}`.
    """

    equipment = _table("equipment")
    tank_codes = _table("tank_codes")
    hazardous_waste = _table("hazardous_waste")
    everyday_names = _table("everyday_names")
    segregation = _table("segregation")
    segregation_class1 = _table("segregation_class1")
    transport_category = _table("transport_category")
    classes = _table("classes")
    hazard_ids = _table("hazard_ids")
    vehicle_types = _table("vehicle_types")
    emergency = _table("emergency")
    emergency_table3 = _table("emergency_table3")
    erg_guides = _table("erg_guides")

    def __init__(self, read: Callable[[str], Mapping[str, Any]]) -> None:
        self.read = read

    @cached_property
    def goods(self) -> GoodsTable:
        """The dangerous goods list with the everyday names."""
        goods = self.read("dangerous_goods")
        return GoodsTable.from_rows(goods["columns"], goods["rows"], self.everyday_names)

    def waste(self, un: str) -> Row | None:
        """The waste category that a UN number stands for, or None where the table does not say."""
        return next((row for row in self.hazardous_waste if row["un"] == un_digits(un)), None)

    def to_plain(self) -> dict[str, Any]:
        """The tables as lists and strings, as the reference package carries them."""
        return {name: self.read(name) for name in TABLES}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Tables:
        """The tables of a reference package. Raises KeyError for a missing table, ValueError for a torn one."""
        if missing := [name for name in TABLES if name not in plain]:
            raise KeyError(*missing)
        tables = cls(plain.__getitem__)
        for name in TABLES:
            if any(len(row) != len(plain[name]["columns"]) for row in plain[name]["rows"]):
                raise ValueError(f"{name}: a row of another length than its header")
        return tables


_LAZY = (name for name, one in vars(Tables).items() if isinstance(one, cached_property) and name != "goods")

TABLES = ("dangerous_goods", *_LAZY)
"""Every table that a reference package carries."""


def load_tables(root: Path = REFERENCE) -> Tables:
    """The tables of a folder of CSV files with the names and columns of `checklists/reference`, read when needed."""
    return Tables(cache(lambda name: _read(root / f"{name}.csv")))


def un_digits(text: str) -> str:
    """A UN number without the letters UN, spaces and full-width forms; anything else comes back as it was typed."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = re.fullmatch(r"(?:UN)?[-.:]?([0-9]{4})", plain, re.IGNORECASE)
    return found[1] if found else text


def _goods(row: Row, everyday: tuple[str, ...]) -> Goods:
    labels, subsidiary = _split(row["labels"], "+"), _split(row.get("subsidiary", ""), "+")
    if not row.get("adr_edition") and not labels:
        labels = editions.national_labels(row)
        subsidiary = labels[1:]
    return Goods(
        un=row["un"],
        variant=int(row["variant"]),
        packing_group=row["packing_group"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        class_=row["class"],
        labels=labels,
        subsidiary=subsidiary,
        conflicts=_split(row.get("conflicts", ""), "|"),
        everyday=everyday,
        row=row,
        **{name: row.get(name, "") for name in _AS_IS},
    )


_AS_IS = (
    "division", "compatibility_group", "classification_code", "tank_code", "hazard_id", "tunnel_code",
    "transport_category", "carriage_status", "adr_edition",
)  # fmt: skip


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def _rows(table: Mapping[str, Any]) -> tuple[Row, ...]:
    return tuple(dict(zip(table["columns"], row, strict=True)) for row in table["rows"])


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file, strict=True)
    return {"columns": columns, "rows": rows}
