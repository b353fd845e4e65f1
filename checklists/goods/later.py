"""What stands beside the goods list as it was published: a newer edition's cells, and numbers that were deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field

from checklists.values import frozen

Row = Mapping[str, str]

_UNCHANGED: Mapping[str, str] = {}


@frozen
class Later:
    """Cells that a newer edition has otherwise, by UN number and variant; deleted numbers by UN number."""

    changes: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    deleted: Mapping[str, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, changes: Iterable[Row], deleted: Iterable[Row]) -> Later:
        """Gather the rows of goods_changes.csv and deleted_numbers.csv; a cell in doubt changes nothing."""
        cells: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for row in changes:
            if not row["doubt"]:
                cells[row["un"], row["variant"]][row["column"]] = row["value"]
        return cls(dict(cells), {row["un"]: row for row in deleted})

    def of_entry(self, un: str, variant: str) -> Mapping[str, str]:
        """The cells of one entry that are not those of the base; none where nothing changed."""
        return self.changes.get((un, variant), _UNCHANGED)
