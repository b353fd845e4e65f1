"""Where a tablet stands in the feed: `epoch.urgent-rest`, how far it has both lanes; opaque to whoever bears it.

A third number says where the end was when it began from the start: what had gone by then it never held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.refusals import Refused
from server.store.feed_pages import End

BEYOND = "beyond the end of this feed"
"""Why a cursor is gone where its bearer knows more than is here."""

_FORM = re.compile(r"([0-9a-f]{12})\.(\d{1,18})-(\d{1,18})(?:-(\d{1,18}))?", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """How far somebody is in the urgent lane and in the other one, and where the end was when he began."""

    epoch: str
    urgent: int = 0
    rest: int = 0
    begun: int = 0

    def __str__(self) -> str:
        begun = f"-{self.begun}" if self.begun > min(self.urgent, self.rest) else ""
        return f"{self.epoch}.{self.urgent}-{self.rest}{begun}"

    @property
    def furthest(self) -> int:
        """The last place that it names."""
        return max(self.urgent, self.rest, self.begun)

    def at_end(self, end: End) -> bool:
        """Whether nothing can lie behind it."""
        return min(self.urgent, self.rest) >= end.place


def read(text: str, epoch: str, end: End) -> Cursor:
    """Return a cursor, the start where there is none.

    Raises Refused malformed, and cursor_gone where the epoch is another one, or where something was dropped that its
    bearer must be told.
    """
    if not text:
        return Cursor(epoch, begun=end.place)
    found = _FORM.fullmatch(text)
    if found is None:
        raise Refused("malformed", "since is no cursor of this office")
    held = Cursor(found[1], *(int(one or 0) for one in found.groups()[1:]))
    if held.epoch != epoch:
        raise Refused("cursor_gone", "another epoch")
    if held.furthest > end.place:
        raise Refused("cursor_gone", BEYOND)
    if max(held.begun, min(held.urgent, held.rest)) < end.dropped:
        raise Refused("cursor_gone", "too old")
    return held
