"""The dangerous goods list: look-ups by UN number and name, held as the tables were published."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from checklists.goods import editions, holidays, names
from checklists.goods.name_index import NameIndex
from checklists.values import frozen

REFERENCE = Path(__file__).parent / "reference"

Row = Mapping[str, str]

_NOT_ON_VEHICLES = {"9A": "9", "7X": "7D", "7E": "7D"}
"""Labels of packages whose placard on a vehicle is another model (remarks of classes.csv)."""

_SAID_BY_NAME = {
    "solid": re.compile(r"\b(solid|powder|pellets|crystals)\b|固[体态]|粉末"),
    "liquid": re.compile(r"\b(liquid|solution|molten)\b|液[体态]|溶液|熔融"),
}


@frozen
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
        """Whether a text is this entry's name, with or without what follows its first comma; see `names.readings`."""
        own = (self.name_zh, names.leading(self.name_zh), self.name_en, names.capitals(self.name_en), *self.everyday)
        return any(names.same_name(one, name) for one in names.readings(text) for name in own)


_NUMBER = re.compile(r"(?:UN)?[-.:]?\s*([0-9]{2,4})", re.IGNORECASE)
"""A UN number or the beginning of one, as typed into a search."""


class GoodsTable:
    """The list as it was published; entries are made when they are asked for."""

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        everyday: Mapping[str, tuple[str, ...]],
        letters: Mapping[str, str],
    ) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.everyday = everyday
        self.letters = letters
        self._made: dict[int, Goods] = {}

    @classmethod
    def from_rows(
        cls,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        everyday: Sequence[Row] = (),
        initials: Sequence[Row] = (),
    ) -> GoodsTable:
        """Hold rows as a package carries them, rows of everyday names (`un`, `name`) and of pinyin initials.

        The rows are held, not copied. `initials` has, for each `initial`, the `characters` read with it and those
        that are `also` read so.

        Raises ValueError where a needed column or a cell is missing.
        """
        if missing := {"un", "variant", "packing_group", "name_zh", "name_en", "class", "labels"} - set(columns):
            raise ValueError(f"goods table without {', '.join(sorted(missing))}")
        if any(len(row) != len(columns) for row in rows):
            raise ValueError("goods table with a row of another length than its header")
        also: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for row in everyday:
            also[row["un"]] += (row["name"],)
        letters = {character: row["initial"] for row in initials for character in row["characters"]}
        for row in initials:
            letters |= {character: letters.get(character, "") + row["initial"] for character in row["also"]}
        return cls(columns, rows, dict(also), letters)

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
        """Entries whose UN number begins so, or with every word in their Chinese, English or an everyday name.

        Nearest first: whole names, pinyin initials of whole names (`ls`: 硫酸), names that begin so, then parts.
        """
        number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
        numbered = (place for place, row in enumerate(self.rows) if number and row[self._un].startswith(number[1]))
        found = dict.fromkeys((*numbered, *self._index.find(text, limit)))
        return tuple(map(self._entry, islice(found, limit)))

    @cached_property
    def hazard_ids(self) -> frozenset[str]:
        """Every hazard identification number that the list uses."""
        place = self.columns.index("hazard_id")
        return frozenset(row[place] for row in self.rows) - {""}

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
            self._made[place] = _goods(row, self.everyday.get(row["un"], ()))
        return self._made[place]


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

    def __init__(self, read: Callable[[str], Mapping[str, Any]]) -> None:
        self.read = read

    @cached_property
    def goods(self) -> GoodsTable:
        """The dangerous goods list with the everyday names and the pinyin initials."""
        goods = self.read("dangerous_goods")
        return GoodsTable.from_rows(goods["columns"], goods["rows"], self.everyday_names, self.initials)

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
    "statutory_days": {"columns": ("day", "holiday"), "rows": ()},
    "segregation_notes": {"columns": ("note",), "rows": ()},
    "incompatible_groups": {"columns": ("kind",), "rows": ()},
    "fuel_plates": {"columns": ("un", "rank"), "rows": ()},
}

TABLES = ("dangerous_goods", *_LAZY)
"""Every table that a reference package carries."""


def load_tables(root: Path = REFERENCE) -> Tables:
    """The tables of a folder of CSV files with the names and columns of `reference/`, each read when needed.

    The holidays are joined by the years that the office added (see `holidays`).
    """
    return Tables(cache(lambda name: _holidays(root) if name == "holidays" else _read(root / f"{name}.csv")))


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


def _holidays(root: Path) -> dict[str, Any]:
    own, added = _read(root / "holidays.csv"), holidays.place(root)
    if not added.is_file():
        return own
    columns = own["columns"]
    rows = holidays.merged(_rows(own), holidays.read(added.read_text("utf-8")))
    return {"columns": columns, "rows": [[row.get(name, "") for name in columns] for row in rows]}


def _read(path: Path) -> dict[str, Any]:
    import csv  # a tablet reads published JSON and needs no CSV

    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file, strict=True)
    return {"columns": columns, "rows": rows}
