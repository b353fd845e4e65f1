"""Where a tablet was when a photo was taken or a check was opened, with all that makes that less certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.inspection.capture import Position, is_apart, is_coarse, position_of
from checklists.inspection.entries import Entry, all_of


def _(words: str) -> str:
    return words


WHY = {
    "no_receiver": _("the tablet has no receiver"),
    "no_fix": _("the receiver saw too few satellites"),
    "denied": _("the tablet's officer had not allowed it"),
}
"""Why there is no position; a code without words is shown as it is."""


@dataclass(frozen=True)
class Place:
    """A position as of a photo or an opening; without one, the code of `why`, empty where the record says nothing."""

    position: Position | None = None
    why: str = ""
    apart: bool = False

    @property
    def coarse(self) -> bool:
        """Whether it says less than which side of the road."""
        return self.position is not None and is_coarse(self.position)


def place_of(value: Mapping[str, Any], at: str) -> Place:
    """Return where an entry of that time (UTC text) says that the tablet was."""
    found = position_of(value)
    if found is None:
        return Place(why=str(value.get("no_position") or ""))
    return Place(found, apart=is_apart(found, at))


def opened_at(entries: Iterable[Entry]) -> Place:
    """Return where the first tablet was when it wrote first."""
    said = [one for one in all_of(entries, "position") if one.item == "opened"]
    return place_of(said[0].value, said[0].at) if said else Place()
