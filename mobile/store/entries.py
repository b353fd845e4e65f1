"""Inspections in progress and their entries: only added, each durable before the next touch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.inspection.entries import Entry
from checklists.wire import canonical, from_plain, to_plain
from mobile.refusals import Refusal
from mobile.store.base import Store, many, one, run, run_sql, setting, transaction
from mobile.store.models import EntryRow, Inspection, PhotoRow, SealedRow, View

ROLES = ("original", "working", "thumbnail")

# Every touch comes by these: the text that peewee gives is kept.
_COLUMNS = ("id", "inspection", "seq", "device", "body")
_SELECT = str(EntryRow.select(*(getattr(EntryRow, name) for name in _COLUMNS)).where(EntryRow.id == "").sql()[0])
_INSERT = str(EntryRow.insert(dict.fromkeys(_COLUMNS, "")).sql()[0])
_STATE = str(Inspection.select(Inspection.state).where(Inspection.id == "").sql()[0])


@dataclass(frozen=True)
class Opened:
    """One inspection as the store knows it; `state` is in_progress, sealed or abandoned.

    `lead_device` names the tablet that opened it where that is another one; empty is this one.
    """

    id: str
    opened_at: str
    state: str
    lead: str
    lead_device: str = ""

    @property
    def joined(self) -> bool:
        """Whether another tablet opened it."""
        return bool(self.lead_device)


def open_inspection(store: Store, inspection: str, lead: str, at: str, lead_device: str = "") -> None:
    """Begin an inspection led by this officer, or join the one that another tablet opened.

    Once is enough, twice does no harm.
    """
    row = {"id": inspection, "opened_at": at, "state": "in_progress", "lead": lead, "lead_device": lead_device}
    run(store, Inspection.insert(row).on_conflict_ignore())


def append(store: Store, *added: Entry) -> None:
    """Put entries on disk in one durable transaction, with the files of the photos they bring: all or none of them.

    The same entry twice is once. Raises Refusal `entry_differs` (same id, other content), `inspection_unknown`,
    `inspection_closed` and `disk_full`; then nothing of it was written.
    """
    _put(store, added, files=True)


def take_in(store: Store, *others: Entry) -> int:
    """Put entries of another tablet on disk like `append`, and return how many were new.

    The files of their photos are where they were taken; that tablet sends them with its own part.
    """
    return _put(store, others, files=False)


def _put(store: Store, added: Iterable[Entry], *, files: bool) -> int:
    bodies: dict[str, tuple[Entry, bytes]] = {}
    for entry in added:
        pair = bodies.setdefault(entry.id, (entry, canonical(to_plain(entry))))
        if pair[0] != entry:
            raise Refusal("entry_differs", entry.id)
    with transaction(store):
        fresh = _fresh(store, bodies)
        named = {entry.inspection for entry, _body in bodies.values()}
        _check_open(store, named, {entry.inspection for entry, _body in fresh})
        for entry, body in fresh:
            row = entry_row(store, entry, body)
            run_sql(store, _INSERT, [row[name] for name in _COLUMNS])
        photos = [row for entry, _body in fresh for row in photo_rows(entry)] if files else []
        if photos:
            run(store, PhotoRow.insert_many(photos).on_conflict_ignore())
    return len(fresh)


def _fresh(store: Store, bodies: Mapping[str, tuple[Entry, bytes]]) -> list[tuple[Entry, bytes]]:
    """Return those that are not here yet. Raises Refusal `entry_differs`."""
    here = set()
    for id_, (_entry, body) in bodies.items():
        for row in run_sql(store, _SELECT, [id_]):
            if _revealed(store, EntryRow(**dict(zip(_COLUMNS, row, strict=True)))) != body:
                raise Refusal("entry_differs", id_)
            here.add(id_)
    return [one for id_, one in bodies.items() if id_ not in here]


def _check_open(store: Store, named: set[str], written: set[str]) -> None:
    """Raise a Refusal where an inspection is not known, or one that would be written to is closed."""
    states = {one: inspection_state(store, one) for one in sorted(named)}
    for inspection, state in states.items():
        if state is None:
            raise Refusal("inspection_unknown", inspection)
        if state != "in_progress" and inspection in written:
            raise Refusal("inspection_closed", inspection)


def entries(store: Store, inspection: str) -> tuple[Entry, ...]:
    """Return the entries of an inspection in reading order."""
    rows = many(
        store,
        EntryRow.select().where(EntryRow.inspection == inspection).order_by(EntryRow.seq, EntryRow.device, EntryRow.id),
    )
    return tuple(from_plain(Entry, json.loads(_revealed(store, row))) for row in rows)


def check_whole(store: Store, inspection: str, sealed: Iterable[Entry]) -> None:
    """Raise Refusal `draft_changed` where more stands here than is about to be sealed: another tablet's part came."""
    known = {entry.id for entry in sealed}
    here = many(store, EntryRow.select(EntryRow.id).where(EntryRow.inspection == inspection))
    if any(row.id not in known for row in here):
        raise Refusal("draft_changed", inspection)


def inspection_state(store: Store, inspection: str) -> str | None:
    """Return in_progress, sealed or abandoned, or None where it is not known here."""
    rows = run_sql(store, _STATE, [inspection])
    return str(rows[0][0]) if rows else None


def in_progress(store: Store) -> tuple[Opened, ...]:
    """Return the inspections that are not closed, the newest first."""
    return tuple(one for one in inspections(store) if one.state == "in_progress")


def inspections(store: Store) -> tuple[Opened, ...]:
    """Return every inspection on this tablet, the newest first."""
    rows = many(store, Inspection.select().order_by(Inspection.opened_at.desc(), Inspection.id.desc()))
    return tuple(Opened(row.id, row.opened_at, row.state, row.lead, row.lead_device or "") for row in rows)


def is_blank(store: Store) -> bool:
    """Whether nothing was ever put down here; what was salvaged may have lost it."""
    rows = (Inspection, EntryRow, PhotoRow, SealedRow)
    return setting(store, "salvage") is None and not any(one(store, model.select()) for model in rows)


def abandon(store: Store, inspection: str) -> None:
    """Close an inspection without sealing it; its entries stay."""
    change = Inspection.update(state="abandoned").where(Inspection.id == inspection, Inspection.state == "in_progress")
    if not run(store, change):
        raise Refusal("inspection_closed", inspection)


def remember_view(store: Store, view: Mapping[str, Any]) -> None:
    """Keep where the officer stands (screen, inspection, ...), so that a restart goes on there."""
    hidden = store.vault.hide(json.dumps(dict(view), ensure_ascii=False).encode(), "view")
    run(store, View.insert(id=1, body=hidden).on_conflict_replace())


def view(store: Store) -> dict[str, Any]:
    """Return where the officer stood last; empty at first."""
    row = one(store, View.select())
    return {} if row is None else dict(json.loads(store.vault.reveal(row.body, "view")))


def entry_row(store: Store, entry: Entry, body: bytes) -> dict[str, Any]:
    """Return the row of an entry; its clear columns are bound to the hidden body."""
    place = {"id": entry.id, "inspection": entry.inspection, "seq": entry.seq, "device": entry.device}
    hidden = store.vault.hide(body, "entry", entry.id, entry.inspection, str(entry.seq), entry.device)
    return {**place, "body": hidden}


def photo_rows(entry: Entry) -> Iterator[dict[str, Any]]:
    """Every file that a photo's entry names, as rows that wait for the seal."""
    for role in ROLES:
        file = entry.value if role == "original" else entry.value.get(role)
        if entry.kind in ("photo", "control_photo") and isinstance(file, Mapping) and "sha256" in file:
            yield {
                "sha256": file["sha256"],
                "inspection": entry.inspection,
                "entry": entry.id,
                "role": role,
                "size": file["bytes"],
                "type": file["type"],
                "state": "local",
            }


def _revealed(store: Store, row: EntryRow) -> bytes:
    return store.vault.reveal(row.body, "entry", row.id, row.inspection, str(row.seq), row.device)
