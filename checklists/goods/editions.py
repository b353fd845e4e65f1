"""What the editions of the goods list say of one entry, where they do not say the same.

The row's own values are ADR's (the 2017 or 2019 edition); the `gb_` columns are GB 12268-2025's; `conflicts` names the
columns on which editions differ, as `class:GB=3` or `tunnel:2017=D/E,2019=E`. The column `hazard_id_check` holds the
number of a second, undated list. Both values may be met on the road, so that neither decides alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

Row = Mapping[str, str]

_LONG = {"pg": "packing_group", "tunnel": "tunnel_code"}
_EDITIONS = frozenset({"GB", "2017", "2019"})
_NATIONAL: Mapping[str, Callable[[Row], str]] = {
    "class": lambda row: row.get("gb_class", ""),
    "subsidiary": lambda row: row.get("gb_subsidiary", ""),
    "packing_group": lambda row: row.get("gb_packing_group", ""),
    "labels": lambda row: "+".join(national_labels(row)),
}
_LIST_OF_2019 = frozenset({"class", "subsidiary", "packing_group", "labels", "transport_category", "tunnel_code"})
"""What the rows of the 2019 edition tell; the rest is empty there because it is not known."""


def accepted(row: Row, column: str) -> frozenset[str]:
    """Every value that an edition gives for the column; `""` is "none", and nothing at all is "not known".

    Raises KeyError for a column that the list has not.
    """
    own = _own(row, column)
    return frozenset(form for value in (*own, *_others(row, column)) for form in _forms(row, column, value))


def differ(row: Row, column: str) -> bool:
    """Whether another edition gives another value for the column than the row's own."""
    own = {_sorted(column, value) for value in _own(row, column)}
    return bool(own) and any(_sorted(column, value) not in own for value in _others(row, column))


def told(row: Row, column: str) -> tuple[str, ...]:
    """The values of the column as the editions print them, each once, the row's own first; `""` is "none"."""
    return tuple(dict.fromkeys((*_own(row, column), *_others(row, column))))


def national_labels(row: Row) -> tuple[str, ...]:
    """The labels that the national class and subsidiary hazard stand for, main one first; 1.1B to 1.3 show label 1."""
    main, subsidiary = row.get("gb_class", "")[:3], row.get("gb_subsidiary", "")
    main = "1" if main in ("1.1", "1.2", "1.3") else main
    return tuple(label.strip() for label in (main, *subsidiary.split("+")) if label.strip())


def _own(row: Row, column: str) -> tuple[str, ...]:
    """ADR's value, or the national one where ADR has no values; nothing where the value is not known."""
    value = row[column]
    if value:
        return (value,)
    if row.get("carriage_status", "allowed") == "allowed" and _told(row, column):
        return ("",)
    return (_NATIONAL[column](row),) if column in _NATIONAL else ()


def _told(row: Row, column: str) -> bool:
    edition = row.get("adr_edition", "")
    return edition == "2017" or (edition == "2019" and column in _LIST_OF_2019 and not _by_contents(row))


def _by_contents(row: Row) -> bool:
    """Whether the subsidiary hazard depends on what is in the article (`see-2.0.5.6`)."""
    return row.get("gb_subsidiary", "").startswith("see-")


def _others(row: Row, column: str) -> Iterator[str]:
    for name, source, value in _named(row.get("conflicts", "")):
        if name == column and source in _EDITIONS and value != "other":
            yield "" if value == "none" else value
        if column == "labels" and source == "GB" and name in ("class", "subsidiary") and value != "none":
            yield "+".join(national_labels(row))
    if column == "hazard_id":
        found, _, number = row.get("hazard_id_check", "").partition(":")
        if found in ("differ", "only_GR"):
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
    yield _sorted(column, value)
    if column == "class":
        yield value[:1]
        yield value[:3]
        if value == row["class"] and row.get("division"):
            yield row["division"]
            yield row["division"] + row.get("compatibility_group", "")


def _sorted(column: str, value: str) -> str:
    return "+".join(sorted(value.split("+"))) if column in ("labels", "subsidiary") else value
