"""A wiped tablet, as it knows itself. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mobile.lock.trustee import Entrusted


@dataclass(frozen=True)
class Wiped:
    """What a wiped tablet knows of itself. `done` once everything else is gone; the counts are of what was kept.

    `kept` once all of that is durable: from then on the rest may be half gone, and is not counted anew.
    `remaining` are the names of files that could not be removed; `others` is how many pictures are left where cameras
    put them, of which the tablet never took one in: nobody here can tell whose they are.
    """

    why: str
    at: str
    office: Entrusted
    done: bool = False
    kept: bool = False
    records: int = 0
    photos: int = 0
    unfinished: int = 0
    remaining: tuple[str, ...] = ()
    others: int = 0

    @property
    def checks(self) -> int:
        """How many checks there is evidence of that the office does not hold."""
        return self.records + self.unfinished
