"""One entry of the dangerous goods list, as the edition that leads has it, beside what others in force say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

from checklists.goods import editions, names
from checklists.goods.editions import Versions
from checklists.goods.names import Called
from checklists.patterns import pattern
from checklists.values import frozen

Row = Mapping[str, str]

_NOT_ON_VEHICLES = {"9A": "9", "7X": "7D", "7E": "7D"}
"""Labels of packages whose placard on a vehicle is another model (remarks of classes.csv)."""

_FURTHER = "172"
"""The special provision by which radioactive goods bear a label for each further hazard that they have. ADR 3.3."""

_MAY_LACK = {"181": "1", "271": "6.1"}
"""Special provisions by which a label may lack: 1 by a permission, 6.1 in much phlegmatizer. ADR 3.3."""

_CELL = pattern("[; ,]+")

_SAID_BY_NAME = {
    "solid": pattern(r"\b(solid|powder|pellets|crystals)\b|固[体态]|粉末"),
    "liquid": pattern(r"\b(liquid|solution|molten)\b|液[体态]|溶液|熔融"),
}


@frozen
class Goods:
    """One entry of the list. Empty means none or not known; see `adr_edition`: where empty, ADR's values are unknown.

    `labels` has the main one first; without an ADR edition it comes from the national class and subsidiary hazard.
    `tank_code` may be two codes (`SGAN;L4BN`: solid, then molten or liquid). `everyday` are names in use
    that the list does not have; `row` is the whole row of the edition that leads (see `editions`), `versions` what the
    others in force have.
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
    versions: Versions = field(compare=False, repr=False)

    @property
    def standing(self) -> str:
        """`deleted` where the leading edition no longer has the entry, `not_yet` where only a later one has it."""
        return self.versions.standing

    @cached_property
    def placards(self) -> tuple[str, ...]:
        """The labels as a vehicle shows them, each once."""
        return tuple(dict.fromkeys(_NOT_ON_VEHICLES.get(label, label) for label in self.labels))

    @cached_property
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
        """Every value of a column that an edition in force gives, the national one included.

        Columns are those of the table; `class` holds every form (2 and 2.3; 1, 1.1 and 1.1D), `subsidiary` and `labels`
        are joined by `+` in sorted order. `""` means none, an empty set not known or by the contents of the article.
        """
        return editions.accepted(self.versions, column)

    def differs(self, column: str) -> bool:
        """Whether editions in force give different values for a column: then a match is shown with a warning."""
        return editions.differ(self.versions, column)

    def told(self, column: str) -> tuple[str, ...]:
        """The values of a column as the editions in force print them, the leading one first; `""` is "none"."""
        return editions.told(self.versions, column)

    @cached_property
    def every_label(self) -> frozenset[str]:
        """The labels of every edition in force: what is demanded is demanded by any of them."""
        return frozenset(self.labels).union(*(one.split("+") for one in self.accepts("labels"))) - {""}

    @cached_property
    def by_contents(self) -> bool:
        """Whether goods may have further labels than the list tells: articles by what is in them (ADR 5.2.2.1.12)."""
        return editions.by_contents(self.row) or _FURTHER in self._special

    @cached_property
    def dispensable(self) -> frozenset[str]:
        """Labels that goods may rightly lack."""
        return frozenset(label for number, label in _MAY_LACK.items() if number in self._special)

    @cached_property
    def _special(self) -> frozenset[str]:
        """The special provisions of any edition in force."""
        cells = self.told("special_provisions") if "special_provisions" in self.row else ()
        return frozenset(number for cell in cells for number in _CELL.split(cell))

    @cached_property
    def called(self) -> Called:
        """The entry's names, with and without what follows the first comma, and those in use."""
        leading, capitals = names.leading(self.name_zh), names.capitals(self.name_en)
        return Called.of((self.name_zh, leading, self.name_en, capitals, *self.everyday))

    @cached_property
    def joined(self) -> Called:
        """Each of the names that the entry joins by "or" (车用汽油或汽油)."""
        return Called.of(part for part, _ in names.alternatives(self.name_zh, self.name_en))

    def is_named(self, text: str) -> bool:
        """Whether a text is this entry's name, with or without what follows its first comma; see `names.readings`."""
        return any(map(self.called.has, names.readings(text)))


def goods_of(entry: Versions, everyday: tuple[str, ...]) -> Goods:
    """Return the entry that its versions describe, with the names in use that the list does not have."""
    row = entry.leading
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
        versions=entry,
        **{name: row.get(name, "") for name in _AS_IS},
    )


_AS_IS = (
    "division", "compatibility_group", "classification_code", "tank_code", "hazard_id", "tunnel_code",
    "transport_category", "carriage_status", "adr_edition",
)  # fmt: skip


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())
