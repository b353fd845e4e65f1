"""A torn database file: put aside whole, and every row that can still be read and proved taken over into a fresh one.

SQLite stops at the first damaged page, so the rows are walked from both ends and, between, asked for one by one. A row
counts only where its body opens under the vault's key for exactly its place; nothing damaged can slip in.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee

from checklists.crypto import SealError
from checklists.inspection.stop_order import GIVE
from checklists.wire import digest
from mobile.device import private
from mobile.device.disk import room, sync_folder
from mobile.store.base import Store, keep_setting, many, run, setting, transaction
from mobile.store.chain import STOP_ORDERS, given_number, want_photos
from mobile.store.entries import entries, photo_rows
from mobile.store.models import EVIDENCE, EntryRow, Inspection, PhotoRow, SealedRow, Setting, View

_MOST_MISSES = 2_000
"""After so many rows in a row that cannot be read, a whole branch of the tree is gone, not a page."""


@dataclass(frozen=True)
class _Place:
    """Where a table hides its content, and the columns that the content is bound to."""

    hidden: str
    table: str
    context: tuple[str, ...] = ()


_PLACES: dict[type[peewee.Model], _Place] = {
    Setting: _Place("value", "setting", ("name",)),
    EntryRow: _Place("body", "entry", ("id", "inspection", "seq", "device")),
    SealedRow: _Place("body", "sealed", ("digest",)),
    View: _Place("body", "view"),
}


@dataclass(frozen=True)
class Notice:
    """What the officer is told: how many rows of each table were kept, how many at least are missing, and where."""

    code: str
    kept: dict[str, int]
    lost: dict[str, int]
    quarantine: str


def data_file(folder: Path) -> Path:
    """Return where the database stands; its folder is swapped as one, with its log beside it."""
    return folder / "data" / "store.db"


def notice(store: Store) -> Notice | None:
    """Return what the last salvage kept, until `acknowledge`."""
    held = setting(store, "salvage")
    return None if held is None else Notice(**held)


def acknowledge(store: Store) -> None:
    """The officer has read the notice."""
    keep_setting(store, "salvage", None)


def finish(folder: Path) -> None:
    """Finish a swap that was cut off between its two renames; drop a copy that was never finished."""
    fresh = folder / "data.new"
    if not fresh.exists():
        return
    if (folder / "data").exists():
        shutil.rmtree(fresh)
    else:
        fresh.rename(folder / "data")


def rescue(folder: Path, make: Callable[[Path], Store]) -> None:
    """Put the torn data aside and a fresh store with everything readable in their place.

    `make` gives an empty store for a path. The swap is two renames; a crash at any point leaves the torn data.
    """
    fresh = folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    aside = _quarantine(folder)
    reading = fresh / "reading"
    with room(folder):
        shutil.copytree(folder / "data", reading)
    store = make(fresh / "store.db")
    try:
        kept, lost = _take_over(reading / "store.db", store)
        told = Notice("store_salvaged", kept, lost, str(aside))
        keep_setting(store, "salvage", vars(told))
    finally:
        store.db.close()
    shutil.rmtree(reading)
    (folder / "data").rename(aside)
    fresh.rename(folder / "data")
    sync_folder(folder)


def _quarantine(folder: Path) -> Path:
    parent = folder / "quarantine"
    private.make_folder(parent)
    return parent / f"data-{len(list(parent.iterdir())) + 1}"


def _take_over(torn: Path, store: Store) -> tuple[dict[str, int], dict[str, int]]:
    _mend_first_page(torn, data_file_of=store)
    kept: dict[str, int] = {}
    lost: dict[str, int] = {}
    with contextlib.closing(sqlite3.connect(torn)) as connection, transaction(store):
        run(store, Setting.delete())
        for model in EVIDENCE:
            name = model._meta.table_name
            rows = list(_readable(connection, model))
            proved = [row for _, row in rows if _holds(store, model, row)]
            for row in proved:
                run(store, model.insert(row).on_conflict_ignore())
            kept[name] = len(proved)
            lost[name] = max((rowid for rowid, _ in rows), default=0) - len(proved)
        _complete(store)
    # Rows of these tables are replaced now and then, so a missing number says nothing there.
    return kept, {name: lost[name] for name in ("inspection", "entry_row", "sealed_row") if lost.get(name)}


def _complete(store: Store) -> None:
    """Make again what follows from the entries and sealed parts that were kept."""
    device = (setting(store, "enrolment") or {}).get("device")
    for inspection in {row.inspection for row in many(store, EntryRow.select(EntryRow.inspection))}:
        held = entries(store, inspection)
        row = {"id": inspection, "opened_at": held[0].at, "state": "in_progress", "lead": held[0].officer}
        # Who wrote first opened it; where that is another tablet, it is joined here.
        lead = held[0].device if device and held[0].device != device else ""
        run(store, Inspection.insert({**row, "lead_device": lead}).on_conflict_ignore())
        for photo in (one for entry in held if entry.device == (device or entry.device) for one in photo_rows(entry)):
            run(store, PhotoRow.insert(photo).on_conflict_ignore())
    for row in many(store, SealedRow.select()):
        part = json.loads(store.vault.reveal(row.body, "sealed", row.digest))
        want_photos(store, part, row.digest)
        for kind, number in _numbers(part):
            given_number(store, kind, number)
        if part.get("kind") in ("inspection", "contribution"):
            run(store, Inspection.update(state="sealed").where(Inspection.id == row.inspection))


def _numbers(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield by counter the numbers that this tablet gave in a sealed part; an order that it lifts has another's."""
    yield from ((str(paper["kind"]), str(paper["number"])) for paper in part.get("papers", ()))
    act = part.get("order") or {}
    if act.get("do") == GIVE:
        yield STOP_ORDERS, str(act["number"])


def _readable(connection: sqlite3.Connection, model: type[peewee.Model]) -> Iterator[tuple[int, dict[str, Any]]]:
    names = _columns(connection, model)
    select = f'SELECT rowid, {", ".join(names)} FROM "{model._meta.table_name}" NOT INDEXED'  # noqa: S608 names of ours

    def ask(rest: str, *values: int) -> tuple[int, dict[str, Any]] | None:
        found = connection.execute(f"{select} {rest} LIMIT 1", values).fetchone()
        return None if found is None else (found[0], dict(zip(names, found[1:], strict=True)))

    lowest, highest = 0, 2**62
    with contextlib.suppress(sqlite3.Error):
        while (found := ask("WHERE rowid > ? ORDER BY rowid", lowest)) is not None:
            lowest = found[0]
            yield found
        return
    with contextlib.suppress(sqlite3.Error):
        while (found := ask("WHERE rowid < ? AND rowid > ? ORDER BY rowid DESC", highest, lowest)) is not None:
            highest = found[0]
            yield found
        return
    rowid, misses = lowest, 0
    while (rowid := rowid + 1) < highest and misses < _MOST_MISSES:
        misses += 1
        with contextlib.suppress(sqlite3.Error):
            if (found := ask("WHERE rowid = ?", rowid)) is not None:
                misses = 0
                yield found


def _columns(connection: sqlite3.Connection, model: type[peewee.Model]) -> list[str]:
    """Return the columns that the torn file has: an older one lacks what came since, and its rows count."""
    names = [field.column_name for field in model._meta.sorted_fields]
    try:
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{model._meta.table_name}")')}
    except sqlite3.Error:
        return names
    return [name for name in names if name in there] or names


def _holds(store: Store, model: type[peewee.Model], row: dict[str, Any]) -> bool:
    """Whether a row is what was written: its body opens for its place; rows in clear hold by their types."""
    place = _PLACES.get(model)
    if place is None:
        return all(isinstance(value, str | int | bytes | None) for value in row.values())
    try:
        content = store.vault.reveal(row[place.hidden], place.table, *(str(row[name]) for name in place.context))
    except (SealError, TypeError):
        return False
    return model is not SealedRow or digest(content) == row["digest"]


def _mend_first_page(torn: Path, data_file_of: Store) -> None:
    """Where the first page itself is damaged, lay that of the fresh store over it.

    Tables are always made in the same order, so their roots stand on the same pages; the rows prove themselves.
    """
    try:
        with contextlib.closing(sqlite3.connect(torn)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return
    except sqlite3.DatabaseError:
        data_file_of.db.pragma("wal_checkpoint", "truncate")
    page = bytearray(Path(data_file_of.db.database).read_bytes()[:4096])
    page[28:32] = (torn.stat().st_size // 4096).to_bytes(4, "big")
    with torn.open("r+b") as file:
        file.write(page)
