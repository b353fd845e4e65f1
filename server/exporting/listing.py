"""A list that can be taken out as Excel: who may, its columns, and its rows, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from checklists.zone import LAW_ZONE
from server import clock
from server.accounts import Scope
from server.exporting import masks
from server.exporting.workbook import Cell

Say = Callable[[str], str]
Read = Callable[..., Any]
"""Runs a reading query of the store."""
SOME = 500
COMMA = ", "


@dataclass(frozen=True)
class Asked:
    """Who takes a list out, narrowed to what, in which language; `names` are agencies and violations by their codes.

    `people` are those who work or worked here, by their logins.
    """

    login: str
    role: str
    agency: str
    scope: Scope
    say: Say
    filters: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def hidden(self) -> str:
        """What is hidden from the role."""
        return masks.of_role(self.role)


@dataclass(frozen=True)
class Column:
    """A column.

    `kind` is plain, time (UTC text), until (UTC text of the instant after which a term is over), code (words of the
    catalogue), named (codes of agencies or violations), person (a login), or personal: name, number, text.
    """

    words: str
    kind: str = "plain"
    width: int = 16


Rows = Callable[[Read, Asked], Iterator[Sequence[Any]]]


@dataclass(frozen=True)
class Listing:
    """A list. `columns` may depend on what is asked for; `rows` gives a value for each."""

    id: str
    words: str
    roles: tuple[str, ...]
    columns: Callable[[Asked], Sequence[Column]]
    count: Callable[[Asked], int]
    rows: Rows


def shown(columns: Sequence[Column], asked: Asked, row: Sequence[Any]) -> list[Cell]:
    """Return a row as the file has it: local time, words instead of codes, personal data as far as the role sees it."""
    return [_cell(column, asked, value) for column, value in zip(columns, row, strict=True)]


def _cell(column: Column, asked: Asked, value: Any) -> Cell:
    if value is None or value == "":
        return None
    if column.kind == "time":
        return local(str(value))
    if column.kind == "until":
        return last_day(str(value))
    if column.kind == "code":
        return asked.say(str(value))
    if column.kind == "named":
        return COMMA.join(asked.names.get(one, one) for one in str(value).split(COMMA))
    if column.kind == "person":
        return asked.people.get(str(value), str(value))
    if column.kind in ("name", "number", "text"):
        return masks.hide(column.kind, str(value), asked.hidden)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def local(text: str) -> str:
    """Return UTC text as the time on the wall here; what is no time, such as a day, stays as it is."""
    try:
        return clock.read(text).astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return text


def last_day(text: str) -> str:
    """Return the last day of a term that is over after an instant at midnight; of another one that time on the wall."""
    told = local(text)
    if not told.endswith(" 00:00:00"):
        return told
    return (clock.read(text).astimezone(LAW_ZONE) - timedelta(days=1)).strftime("%Y-%m-%d")


def by_id(page: Callable[[int | None], Sequence[Any]], read: Read) -> Iterator[Any]:
    """Yield the rows of a list that is read by the last `id` of the page before."""
    before: int | None = None
    while some := read(page, before):
        yield from some
        last = some[-1]
        before = int((last[0] if isinstance(last, tuple) else last).id)
