"""The watch list: that an office asks teams to look at a vehicle, a carrier or a person, and what for. Pure.

It accuses nobody and stops nobody: it belongs to no rule, raises no finding and is printed on no paper. Who asks, why,
what to do and until when always stand together; without an end there is no entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from checklists.values import frozen
from checklists.wire import WireError, from_plain

KIND = "watch"
"""The kind of the feed, and of a registry's rows under a number."""

ON: Mapping[str, tuple[str, ...]] = {
    "vehicle": ("vehicle", "trailer"),
    "carrier": ("carrier",),
    "person": ("driver", "escort"),
}
"""What may be watched, and as what it stands on the road."""

DO = ("full_check", "papers", "photograph", "ask_way", "call")
"""What a team may be asked for; words: `words.WATCH_DO`."""

DONE, SHOWN = "done", "shown"
"""What a record says of an entry: the team did what was asked, or it was on the screen when the check began."""


@frozen
class Watch:
    """An entry of the watch list. `key` is a folded number: of a vehicle with its colour behind a bar where known.

    `unit` and `officer` ask, `contact` is how they are reached; `do` is one of DO, `text` says it in words. It counts
    from the day `since` to the day `until`, both included, in Beijing.
    """

    id: str
    on: str
    key: str
    unit: str
    officer: str
    why: str
    do: str
    since: date
    until: date
    text: str = ""
    contact: str = ""

    def stands(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.since <= day <= self.until


def read(row: Mapping[str, Any]) -> Watch | None:
    """Return a row of the feed as an entry; None where it cannot be read: it is of a later version."""
    try:
        return from_plain(Watch, {name: row[name] for name in Watch.__dataclass_fields__ if name in row})
    except (WireError, TypeError, ValueError):
        return None


def standing(rows: Iterable[Mapping[str, Any]], day: date) -> tuple[Watch, ...]:
    """Return the entries that count on a day, each once, those that end first before the others."""
    found = {one.id: one for row in rows if (one := read(row)) is not None and one.stands(day)}
    return tuple(sorted(found.values(), key=lambda one: (one.until, one.id)))
