"""A column of a sheet, and finding columns by what stands in the first row: their names in either language or ids."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from checklists import words
from server.importing import cells
from server.importing.faults import BAR, Fault
from server.importing.sheets import Cell, Row

Reader = Callable[[Cell], Any]


@dataclass(frozen=True)
class Column:
    """A column: its id, which is the path of its value in the row's data, its words, how a cell is read.

    `doubt` names a check of the kernel whose warnings are told without refusing. `note` says how it is written.
    """

    id: str
    words: str
    reader: Reader = cells.text
    required: bool = False
    example: str = ""
    note: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""

    def read(self, cell: Cell) -> Any:
        """Return the value of a cell that is not empty. Raises CellError."""
        return cells.choice(cell, self.choices) if self.choices else self.reader(cell)


AS_OF = "as_of"
"""The column that every kind may have: as of when the row holds."""


def placed(columns: Sequence[Column], header: Row) -> tuple[dict[int, Column], list[Fault]]:
    """Return which column stands at which place, and what is wrong with the names."""
    known = {name: column for column in columns for name in _names(column)}
    found: dict[int, Column] = {}
    faults = []
    for place, cell in enumerate(header.cells):
        if cells.is_empty(cell):
            continue
        column = known.get(_folded(str(cell)))
        if column is None:
            listed = BAR.join(one.words for one in columns)
            faults.append(Fault(header.number, "", "unknown_column", {"given": cells.shown(cell), "known": listed}))
        elif column in found.values():
            faults.append(Fault(header.number, column.words, "column_twice"))
        else:
            found[place] = column
    if not found:
        return {}, [Fault(header.number, "", "no_header")]
    missing = (one for one in columns if one.required and one not in found.values())
    return found, [*faults, *(Fault(header.number, one.words, "column_missing") for one in missing)]


def title(column: Column, lang: str) -> str:
    """Return what a template writes above a column: its words, with a star where it must be filled in."""
    said = words.catalogue(lang, "server").gettext(column.words)
    return f"{said} *" if column.required else said


def _names(column: Column) -> Iterable[str]:
    said = (words.catalogue(lang, "server").gettext(column.words) for lang in words.LANGUAGES)
    return {_folded(one) for one in (column.id, column.words, *said)}


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).lower()
    return "".join(one for one in plain if not one.isspace() and one not in "*:_-")
