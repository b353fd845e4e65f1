"""The heat map: violations a check on each road at each hour, where nobody looked told apart from where none was found.

Pure. A colour is a step of the violations a check; a cell of few checks is marked as such, one of none has no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from server.figures.sums import NOTHING, SUMMED, Sums, added, of_cell

HOURS = 24
STEPS = (0.0, 0.25, 0.5, 1.0, 2.0)
"""Above so many violations a check the next darker colour begins; the first is of none at all. Ours."""
FEW_CHECKS = 10
"""Of fewer checks a cell is marked. Ours."""
_CHECKS, _VIOLATIONS = SUMMED.index("checks"), SUMMED.index("violations")


@dataclass(frozen=True)
class Cell:
    """An hour on a road: checks, violations; `step` is the colour, -1 where nobody looked."""

    hour: int
    checks: int
    violations: int

    @property
    def rate(self) -> float | None:
        """Violations a check; None where nobody looked."""
        return self.violations / self.checks if self.checks else None

    @property
    def step(self) -> int:
        """The colour: -1 nobody looked, 0 none found, up to len(STEPS)."""
        rate = self.rate
        return -1 if rate is None else sum(rate > one for one in STEPS)

    @property
    def few(self) -> bool:
        """Whether so few were checked that the number says little."""
        return 0 < self.checks < FEW_CHECKS


@dataclass(frozen=True)
class Row:
    """A road with its hours and what it has in all; `unseen` is how many hours nobody looked at."""

    name: str
    cells: tuple[Cell, ...]
    all: Cell

    @property
    def unseen(self) -> int:
        """How many of its hours nobody looked at."""
        return sum(not one.checks for one in self.cells)


def heat(
    sums: Mapping[str, Sums],
    row_of: Callable[[str], str],
    weekdays: frozenset[int] = frozenset(),
    rows: Iterable[str] = (),
) -> list[Row]:
    """Return the map from the sums of cells by key; `row_of` names the row of a site, empty leaves it out.

    `weekdays` (Monday 0) narrow it; empty is the whole week. `rows` are there also where nobody looked at all. They
    come in the order of their names.
    """
    held: dict[str, dict[int, list[Sums]]] = defaultdict(lambda: defaultdict(list))
    for name in rows:
        held[name].clear()
    for key, one in sums.items():
        cell, site = of_cell(key)
        row = row_of(site)
        if row:
            here = held[row]
            if not weekdays or cell // HOURS in weekdays:
                here[cell % HOURS].append(one)
    return [_row(name, {hour: added(some) for hour, some in hours.items()}) for name, hours in sorted(held.items())]


def _row(name: str, hours: Mapping[int, Sums]) -> Row:
    cells = tuple(_cell(hour, hours.get(hour, NOTHING)) for hour in range(HOURS))
    return Row(name, cells, _cell(-1, added(hours.values())))


def _cell(hour: int, one: Sums) -> Cell:
    return Cell(hour, one[_CHECKS], one[_VIOLATIONS])
