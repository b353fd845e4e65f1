"""The count: what tablets sealed and were told, against what the office has and its feed says."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.wire import digest
from mobile.link.enrolment import enrolment
from mobile.store import store
from mobile.store.models import FeedRow, PhotoRow, SealedRow
from mobile.store.store import Store
from tools.soak.tablet import opened


@dataclass
class Count:
    """What was found; `lost` and the others name things, so that a failure can be looked into."""

    inspections: int = 0
    photos: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    false_delivered: list[str] = field(default_factory=list)
    feed_missed: list[str] = field(default_factory=list)
    feed_rows: int = 0
    by_hub: int = 0

    @property
    def holds(self) -> bool:
        """Whether all is as it was promised."""
        return not (self.lost or self.doubled or self.false_delivered or self.feed_missed)

    def told(self, *, quiet: bool) -> dict[str, Any]:
        """Return the counts, with the first names of what is wrong."""
        wrong = ("lost", "doubled", "false_delivered", "feed_missed")
        counts = {name: len(getattr(self, name)) for name in wrong}
        named = {name: getattr(self, name)[:5] for name in wrong if getattr(self, name)}
        seen = {
            "inspections": self.inspections,
            "photos": self.photos,
            "by_hub": self.by_hub,
            "feed_rows": self.feed_rows,
        }
        return {**seen, **counts, "all_quiet": quiet, **({"named": named} if named else {})}


def total(counts: Iterable[Count]) -> Count:
    """Add the counts of all tablets."""
    whole = Count()
    for one in counts:
        for name, value in vars(one).items():
            setattr(whole, name, getattr(whole, name) + value)
    return whole


def of_tablet(office: Path, folder: Path, *, revoked: bool) -> Count:
    """Count one tablet; of a revoked one only what it was told counts, and no feed."""
    held = opened(folder)
    try:
        with closing(sqlite3.connect(office / "office.sqlite3")) as there:
            found = Count()
            _records(held, there, found, revoked=revoked)
            _photos(held, office, found, revoked=revoked)
            if not revoked:
                _feed(held, there, found)
            return found
    finally:
        store.release(held)


def _records(held: Store, there: sqlite3.Connection, found: Count, *, revoked: bool) -> None:
    found.by_hub += SealedRow.select().where(SealedRow.hub.is_null(False)).count(held.db)
    for one in store.deliveries(held):
        found.inspections += 1
        asked = "SELECT packed FROM record LEFT JOIN record_body ON record_body.record = record.id WHERE digest = ?"
        rows = there.execute(asked, (one.digest,)).fetchall()
        whole = [packed for (packed,) in rows if packed is not None and digest(zlib.decompress(packed)) == one.digest]
        if one.state == "delivered" and len(whole) != 1:
            found.false_delivered.append(one.digest)
        elif not whole and not revoked:
            found.lost.append(one.digest)
        (same,) = there.execute(
            "SELECT count(*) FROM record WHERE inspection = ? AND state <> 'conflict'", (one.inspection,)
        ).fetchone()
        if len(rows) > 1 or same > 1:
            found.doubled.append(one.digest)


def _photos(held: Store, office: Path, found: Count, *, revoked: bool) -> None:
    for row in PhotoRow.select().where(PhotoRow.state.in_(("wanted", "received", "refused"))).execute(held.db):
        found.photos += 1
        file = office / "photos" / "whole" / row.sha256[:2] / row.sha256
        there = file.exists() and digest(file.read_bytes()) == row.sha256
        if row.state == "received" and not there:
            found.false_delivered.append(row.sha256)
        elif not there and not revoked:
            found.lost.append(row.sha256)


def _feed(held: Store, there: sqlite3.Connection, found: Count) -> None:
    """Compare every line that stands in the feed of this tablet's scope with those in its store, both ways."""
    made = enrolment(held)
    assert made is not None
    device = there.execute("SELECT agency, area FROM device WHERE id = ?", (made.device,)).fetchone()
    agency, area = device
    query = (
        "SELECT body FROM feed_row WHERE gone = 0 AND agency IN ('', ?) "
        "AND (area = '' OR ? = '' OR substr(area, 1, length(?)) = ? OR substr(?, 1, length(area)) = area)"
    )
    stands = {str(body) for (body,) in there.execute(query, (agency, area, area, area, area))}
    rows = FeedRow.select().execute(held.db)
    known = [held.vault.reveal(row.line, "feed", row.kind, bytes(row.name).hex()).decode() for row in rows]
    found.feed_rows += len(stands)
    found.feed_missed += [line[:200] for line in sorted(stands.symmetric_difference(known))]
    found.doubled += [f"{len(known) - len(set(known))} rows"] * (len(known) != len(set(known)))
