"""The editions of the goods list: which are in force for a regime on a day, and what they say of one entry.

`in_force` is the one place that decides which edition answers. The newest in force leads: its values are the entry's.
Another that is in force beside it may excuse, never accuse: a value that any of them gives is accepted, and where they
differ that is said. What the base table has are ADR's values of 2017 (15 rows of 2019); `goods_changes.csv` holds what
ADR 2025 has otherwise, the `gb_` columns GB 12268-2025. `conflicts` names columns on which editions differ, as
`class:GB=3` or `tunnel:2017=D/E,2019=E`; `hazard_id_check` holds the number of a second, undated list, which is good
only where the older edition is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import lru_cache

from checklists.values import frozen

Row = Mapping[str, str]

NEWER, NATIONAL, OLDER = "ADR2025", "GB2025", "ADR2017"
"""The editions by their codes in goods_editions.csv."""

HOME = "CN"
"""The regime whose editions answer where none is named, or one that the table has not."""

DELETED, NOT_YET = "deleted", "not_yet"
"""Standing of an entry that the leading edition no longer has, or that only a later one has; else empty."""


@frozen
class Edition:
    """One edition; both days are included, None is open. `name` has zh and en."""

    id: str
    name: Mapping[str, str] = field(compare=False)
    since: date | None = None
    until: date | None = None


@frozen
class Versions:
    """What editions in force say of one entry: their rows, the leading one first.

    `before` and `after` are the entry in the older and in the newest edition, in force or not; None: not in it. `told`,
    `accepted` and `differ` keep by column what was worked out once.
    """

    rows: tuple[tuple[str, Row], ...]
    editions: tuple[Edition, ...]
    before: Row | None = None
    after: Row | None = None
    standing: str = ""
    told: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    accepted: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    differ: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @property
    def leading(self) -> Row:
        """The entry as the leading edition has it."""
        return self.rows[0][1]

    def holds(self, edition: str) -> bool:
        """Whether an edition is in force."""
        return any(one.id == edition for one in self.editions)

    @property
    def excuses(self) -> bool:
        """Whether the older edition is in force for this entry, with what its sources read otherwise."""
        return any(row is self.before for _, row in self.rows) and self.holds(OLDER)


_BEFORE_EDITIONS = (Edition(OLDER, {}), Edition(NATIONAL, {}))
"""What a package of before there was a table of editions meant: both, whatever the day."""

Columns = Mapping[str, Callable[[Row], str]]

_LONG = {"pg": "packing_group", "tunnel": "tunnel_code"}
_PRINTED = frozenset({"2017", "2019"})
_NATIONAL: Columns = {
    "class": lambda row: row.get("gb_class", ""),
    "subsidiary": lambda row: row.get("gb_subsidiary", ""),
    "packing_group": lambda row: row.get("gb_packing_group", ""),
    "labels": lambda row: "+".join(national_labels(row)),
}
_LIST_OF_2019 = frozenset({"class", "subsidiary", "packing_group", "labels", "transport_category", "tunnel_code"})
"""What the rows of the 2019 edition tell; the rest is empty there because it is not known."""

_MISREAD = frozenset({"other", "B/E/E", "D/E/E"})
"""What a transcription gives that is no value."""

_HAZARDS = frozenset({"labels", "subsidiary"})


def in_force(regime: str, day: date | None, rows: Iterable[Row]) -> tuple[Edition, ...]:
    """Return the editions in force under a regime (CN, EU) on a day, the leading one first; None: the newest.

    Where no edition had begun yet the oldest answers.
    """
    held = tuple(rows)
    own = [_edition(row) for row in held if row["regime"] == regime.upper()]
    own = own or [_edition(row) for row in held if row["regime"] == HOME]
    when = day or date.max
    found = tuple(one for one in own if (one.since or when) <= when <= (one.until or when))
    return found or tuple(own[-1:]) or _BEFORE_EDITIONS


def _edition(row: Row) -> Edition:
    days = (row["in_force_from"], row["in_force_until"])
    since, until = (date.fromisoformat(day) if day else None for day in days)
    return Edition(row["edition"], {"zh": row["name_zh"], "en": row["name_en"]}, since, until)


def versions(base: Row, changed: Mapping[str, str], editions: tuple[Edition, ...]) -> Versions:
    """Return an entry as the editions have it; `changed` are the newest one's cells that are not those of the base."""
    deleted = changed.get("carriage_status") == DELETED
    before = base if base.get("adr_edition") else None
    after = None if deleted else {**base, **changed} if changed else base
    codes = {one.id for one in editions}
    rows = tuple(_rows(codes, before, after))
    if rows:
        return Versions(rows, editions, before, after, DELETED if deleted and NEWER in codes else "")
    # No edition in force has it: the nearest one that does tells, with its standing.
    if before is not None or after is None:
        return Versions(((OLDER, base),), editions, before, after, DELETED)
    standing = "" if NATIONAL in codes else NOT_YET
    return Versions(((NEWER if changed else NATIONAL, after),), editions, before, after, standing)


def _rows(codes: Collection[str], before: Row | None, after: Row | None) -> Iterator[tuple[str, Row]]:
    if NEWER in codes and after is not None:
        yield NEWER, after
        if before is after or before is None or (NATIONAL in codes and _fallen(before, after)):
            return
    if OLDER in codes and before is not None:
        yield OLDER, before


def _fallen(before: Row, after: Row) -> bool:
    """Whether the older entry is overruled: the national list and the newest edition agree on other hazards."""
    if _order("labels", before["labels"]) == _order("labels", after["labels"]):
        return False
    return _order("labels", "+".join(national_labels(before))) == _order("labels", after["labels"])


def accepted(entry: Versions, column: str) -> frozenset[str]:
    """Every value that an edition in force gives; `""` is "none", and nothing at all is "not known".

    Raises KeyError for a column that the list has not.
    """
    held = entry.accepted.get(column)
    if held is None:
        forms = (form for value in told(entry, column) for form in _forms(entry.leading, column, value))
        held = entry.accepted[column] = frozenset(forms)
    return held


def differ(entry: Versions, column: str) -> bool:
    """Whether an edition in force gives another value for the column than the leading one."""
    held = entry.differ.get(column)
    if held is None:
        held = entry.differ[column] = len({_order(column, value) for value in told(entry, column)}) > 1
    return held


def told(entry: Versions, column: str) -> tuple[str, ...]:
    """The values of the column as the editions print them, each once, the leading one's first; `""` is "none"."""
    held = entry.told.get(column)
    if held is None:
        own = (value for edition, row in entry.rows for value in _own(edition, row, column))
        held = entry.told[column] = tuple(dict.fromkeys((*own, *_others(entry, column))))
    return held


def national_labels(row: Row) -> tuple[str, ...]:
    """The labels that the national class and subsidiary hazard stand for, main one first; 1.1B to 1.3 show label 1."""
    main, subsidiary = row.get("gb_class", "")[:3], row.get("gb_subsidiary", "")
    main = "1" if main in ("1.1", "1.2", "1.3") else main
    return tuple(label.strip() for label in (main, *subsidiary.split("+")) if label.strip())


def _own(edition: str, row: Row, column: str) -> tuple[str, ...]:
    """An edition's value, or the national one where it has no values; nothing where the value is not known."""
    value = row[column]
    if value:
        return (value,)
    if row.get("carriage_status", "allowed") == "allowed" and _tells(edition, row, column):
        return ("",)
    return (_NATIONAL[column](row),) if column in _NATIONAL else ()


def _tells(edition: str, row: Row, column: str) -> bool:
    """Whether an empty cell of the edition means "none"."""
    if edition == NEWER and row.get("adr_edition"):
        return not (column in _HAZARDS and by_contents(row))
    printed = row.get("adr_edition", "")
    return printed == "2017" or (printed == "2019" and column in _LIST_OF_2019 and not by_contents(row))


def by_contents(row: Row) -> bool:
    """Whether the subsidiary hazard depends on what is in the article (`see-2.0.5.6`)."""
    return row.get("gb_subsidiary", "").startswith("see-")


def _others(entry: Versions, column: str) -> Iterator[str]:
    row = entry.leading
    for name, source, value in _named(row.get("conflicts", "")):
        counts = entry.holds(NATIONAL) if source == "GB" else source in _PRINTED and entry.excuses
        if counts and name == column and value not in _MISREAD:
            yield "" if value == "none" else value
        if counts and column == "labels" and source == "GB" and name in ("class", "subsidiary") and value != "none":
            yield "+".join(national_labels(row))
    if column == "hazard_id" and entry.excuses:
        found, _, number = row.get("hazard_id_check", "").partition(":")
        if found == "differ" or (found == "only_GR" and not entry.holds(NEWER)):
            yield number


@lru_cache(maxsize=4096)
def _named(conflicts: str) -> tuple[tuple[str, str, str], ...]:
    """Column, edition and value of each part of `conflicts`."""
    return tuple(_parts(conflicts))


def _parts(conflicts: str) -> Iterator[tuple[str, str, str]]:
    for part in conflicts.split("|"):
        name, _, said = part.strip().partition(":")
        for one in said.split(","):
            source, mark, value = one.partition("=")
            if mark:
                yield _LONG.get(name, name), source, value


def _forms(row: Row, column: str, value: str) -> Iterator[str]:
    """The value as papers write it: 2.3 is also 2, and 1.1D is also 1.1 and 1; labels stand in one order."""
    if "see-" in value:
        return
    yield _order(column, value)
    if column == "class":
        yield value[:1]
        yield value[:3]
        if value == row["class"] and row.get("division"):
            yield row["division"]
            yield row["division"] + row.get("compatibility_group", "")


def _order(column: str, value: str) -> str:
    return "+".join(sorted(value.split("+"))) if column in ("labels", "subsidiary") else value
