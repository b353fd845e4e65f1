"""The tablet's store: peewee on SQLite (WAL, FULL), its columns under the vault's key.

`open_store(folder, vault)` gives a `Store`; every function here takes it first. Safe from several threads: each has its
own connection, which a worker ends with `release`.
"""

from mobile.store.base import Store, drop_setting, keep_setting, release, setting
from mobile.store.chain import chain_head, next_paper_number, seal_amendment, seal_inspection
from mobile.store.database import open_locked, open_store
from mobile.store.deliveries import (
    deliveries,
    held_by,
    mark_delivered,
    mark_rejected,
    on_hubs,
    photo,
    photo_received,
    photo_refused,
    photo_sent,
    photos,
    sealed,
    try_again,
    unsent,
    unsent_bytes,
    waiting_photos,
    waiting_records,
)
from mobile.store.delivery import Delivery, Photo
from mobile.store.entries import (
    Opened,
    abandon,
    append,
    check_whole,
    entries,
    in_progress,
    inspection_state,
    inspections,
    is_blank,
    open_inspection,
    remember_view,
    take_in,
    view,
)
from mobile.store.feed import heard, lay
from mobile.store.packages import REGISTRY, Package, apply_package, definitions, packages, tables
from mobile.store.registry import find, lookup, of_kind
from mobile.store.salvage import Notice, acknowledge, notice

__all__ = [
    "REGISTRY",
    "Delivery",
    "Notice",
    "Opened",
    "Package",
    "Photo",
    "Store",
    "abandon",
    "acknowledge",
    "append",
    "apply_package",
    "chain_head",
    "check_whole",
    "definitions",
    "deliveries",
    "drop_setting",
    "entries",
    "find",
    "heard",
    "held_by",
    "in_progress",
    "inspection_state",
    "inspections",
    "is_blank",
    "keep_setting",
    "lay",
    "lookup",
    "mark_delivered",
    "mark_rejected",
    "next_paper_number",
    "notice",
    "of_kind",
    "on_hubs",
    "open_inspection",
    "open_locked",
    "open_store",
    "packages",
    "photo",
    "photo_received",
    "photo_refused",
    "photo_sent",
    "photos",
    "release",
    "remember_view",
    "seal_amendment",
    "seal_inspection",
    "sealed",
    "setting",
    "tables",
    "take_in",
    "try_again",
    "unsent",
    "unsent_bytes",
    "view",
    "waiting_photos",
    "waiting_records",
]
