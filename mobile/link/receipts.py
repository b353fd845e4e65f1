"""Receipts that the office wrote into a file: read back, checked as those of the link are, and kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checklists.crypto import verify_mapping
from checklists.records.export_file import RECEIPTS_SUFFIX
from checklists.wire import read_json
from mobile.link.enrolment import enrolment
from mobile.refusals import Refusal
from mobile.store import remains, store
from mobile.store.store import Store

_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """What files of receipts brought: records and photo files that count as delivered now, and records refused."""

    records: int = 0
    photos: int = 0
    refused: int = 0

    def __add__(self, other: Taken) -> Taken:
        """Return both together."""
        return Taken(self.records + other.records, self.photos + other.photos, self.refused + other.refused)


def found(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of receipts in these folders."""
    return tuple(path for folder in folders for path in sorted(folder.glob(f"*{RECEIPTS_SUFFIX}")))


def read(held: Store, paths: Iterable[Path]) -> Taken:
    """Take every receipt for this tablet, or for what it kept when it was wiped.

    Raises Refusal `receipts_missing` where no file is for this tablet, `receipts_unreadable`, `receipt_invalid`.
    """
    answers = [(path, _read(path)) for path in paths]
    ours = [_take(held, path, answer) for path, answer in answers]
    taken = [one for one in ours if one is not None]
    if not taken:
        raise Refusal("receipts_missing")
    return sum(taken, Taken())


def _take(held: Store, path: Path, answer: Mapping[str, Any]) -> Taken | None:
    made = enrolment(held)
    try:
        if made is not None and answer.get("device") == made.device:
            return _settle(held, made.server_key, answer)
        waiting = [one for one in remains.all_kept(held.folder) if one.office.device == answer.get("device")]
        return sum((_settle_kept(one, answer) for one in waiting), Taken()) if waiting else None
    except (KeyError, TypeError, AttributeError) as problem:
        raise Refusal("receipts_unreadable", path.name) from problem


def _settle(held: Store, server_key: str, answer: Mapping[str, Any]) -> Taken:
    """Note what became of each record and photo. The whole is signed, so that nobody can forge a refusal either."""
    if not verify_mapping(server_key, answer):
        raise Refusal("receipt_invalid", "the file is not signed by this tablet's office")
    before = store.unsent(held)
    known = {one.digest for one in store.deliveries(held)}
    refused = 0
    for one in answer["records"]:
        if one["digest"] not in known:
            continue
        if one["receipt"] is not None:
            state = "conflict" if one["status"] == "conflict" else "delivered"
            store.mark_delivered(held, one["digest"], one["receipt"], state=state)
        else:
            store.mark_rejected(held, one["digest"], str(one["code"]), str(one["detail"]))
            refused += 1
    for one in answer["photos"]:
        if one["receipt"] is not None:
            with contextlib.suppress(KeyError):  # of a photo that is not on this tablet
                store.photo_received(held, one["sha256"], one["receipt"])
    after = store.unsent(held)
    return Taken(before[0] - after[0], before[1] - after[1], refused)


def _settle_kept(one: remains.Kept, answer: Mapping[str, Any]) -> Taken:
    after = remains.settle(one, answer)
    return Taken(one.records - after.records, one.photos - after.photos, len(after.refused))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refusal("receipts_unreadable", path.name)
        held = read_json(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise Refusal("receipts_unreadable", path.name) from problem
    if not isinstance(held, dict):
        raise Refusal("receipts_unreadable", path.name)
    return held
