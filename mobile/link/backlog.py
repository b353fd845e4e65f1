"""The backlog: what this tablet has from its office, what its office does not have yet, and what is in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mobile.store.base import Store
    from mobile.store.packages import Package

NEEDED = frozenset({"definitions", "reference"})
"""The packages that every inspection needs."""


@dataclass(frozen=True)
class Backlog:
    """Packages in use; records and photo files that wait; how many of them a person has to look at.

    `size` is how many bytes have to go, `originals` how many of them are pictures in full size; those may wait for
    another line (`held_back`).
    """

    packages: tuple[Package, ...] = ()
    unsent: tuple[int, int] = (0, 0)
    troubled: int = 0
    size: int = 0
    originals: int = 0
    held_back: bool = False

    @property
    def ready(self) -> bool:
        """Whether the packages that every inspection needs are there."""
        return {one.name for one in self.packages} >= NEEDED

    @property
    def ages(self) -> Mapping[str, str]:
        """When each package was applied, as UTC text by its name."""
        return {one.name: one.applied_at for one in self.packages}


def count(opened: Store, folder: Path) -> Backlog:
    """Return the backlog of a store, with what a wipe has left in its folder."""
    from mobile.link import line
    from mobile.store import remains, store

    sent, waiting = store.deliveries(opened), remains.all_kept(folder)
    lacking = [one.inspection for one in sent if one.photos_received < one.photos]
    refused = sum(photo.state == "refused" for one in lacking for photo in store.photos(opened, one))
    records, files = store.unsent(opened)
    return Backlog(
        store.packages(opened),
        (records + sum(one.records for one in waiting), files + sum(one.photos for one in waiting)),
        refused + sum(one.state == "rejected" for one in sent) + sum(len(one.refused) for one in waiting),
        *store.unsent_bytes(opened),
        held_back=line.originals_wait(opened),
    )
