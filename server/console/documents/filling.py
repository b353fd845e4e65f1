"""What a clerk fills into a document: the inputs of its blanks, and what a posted form says of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.console.posted import Posted
from server.documents.form import Blank

ROWS_LEAST, ROWS_SPARE, ROWS_MOST = 3, 2, 60
"""Rows of a table that a page offers: what is filled and some more."""

TABLES = ("rows", "asked")
_CLOCKS = {"day": "date", "moment": "datetime-local"}
_SHAPE = {"date": "2026-11-28", "datetime-local": "2026-11-28T09:30"}
_MACHINE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:00\+08:00)?)?")


@dataclass(frozen=True)
class Input:
    """A blank on the page: its text, or its rows of texts; `begun` says that a person filled it in, not the case."""

    blank: Blank
    text: str = ""
    rows: Sequence[Sequence[str]] = ()
    begun: bool = False
    fault: str = ""

    @property
    def clock(self) -> str:
        """The browser's own input for a day or a time; empty where words stand there that it could not show."""
        kind = _CLOCKS.get(self.blank.kind, "")
        return kind if not self.text or _MACHINE.fullmatch(self.text) else ""

    @property
    def shown(self) -> str:
        """The text as that input takes it: a time without its seconds and zone."""
        return self.text[: len(_SHAPE[self.clock])] if self.clock else self.text


def inputs(
    blanks: Sequence[Blank], values: Mapping[str, Any], filled: Mapping[str, Any], faults: Mapping[str, str]
) -> list[Input]:
    """Return the inputs of a form: what was filled in, else what the case gives. `faults` are codes by name."""
    return [_input(one, values.get(one.name), one.name in filled, faults.get(one.name, "")) for one in blanks]


def _input(blank: Blank, value: Any, begun: bool, fault: str) -> Input:
    if blank.kind in TABLES:
        held = [_cells(blank, row) for row in value or ()] if isinstance(value, list | tuple) else []
        spare = max(ROWS_LEAST - len(held), ROWS_SPARE)
        empty = [""] * len(blank.columns)
        return Input(blank, rows=[*held, *[empty] * spare][:ROWS_MOST], begun=begun, fault=fault)
    text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
    return Input(blank, text, begun=begun, fault=fault)


def _cells(blank: Blank, row: Any) -> list[str]:
    names = [name for name, _label in blank.columns]
    if isinstance(row, Mapping):
        return [str(row.get(name) or "") for name in names]
    cells = [str(one or "") for one in row]
    return cells[-len(names) :] if len(cells) > len(names) else [*cells, *[""] * (len(names) - len(cells))]


def read(blanks: Sequence[Blank], form: Posted, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in; what is as the case gives it stays the case's, and follows it when that changes."""
    filled: dict[str, Any] = {}
    for one in blanks:
        told: Any = _rows(one, form) if one.kind in TABLES else _text(one, form)
        before = _input(one, given.get(one.name), False, "")
        same = told == [list(row) for row in before.rows if any(row)] if one.kind in TABLES else told == before.text
        if told and not same:
            filled[one.name] = told
    return filled


def _text(blank: Blank, form: Posted) -> str:
    text = form.get(blank.name).replace("\r\n", "\n")
    # A browser's local time is that of the office's wall.
    return f"{text}:00+08:00" if blank.kind == "moment" and len(text) == len(_SHAPE["datetime-local"]) else text


def _rows(blank: Blank, form: Posted) -> list[list[str]]:
    found = []
    for number in range(ROWS_MOST):
        row = [form.get(f"{blank.name}.{number}.{name}") for name, _label in blank.columns]
        if any(row):
            found.append(row)
    return found
