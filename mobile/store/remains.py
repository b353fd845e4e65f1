"""What a wiped tablet kept: files that the office alone can open, handed over by USB or, enrolled again, over the link.

Beside each file stands who may give receipts for it, and what has one. A file goes once all of it has.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from checklists.crypto import verify_mapping
from checklists.records import export_file
from checklists.records.export_file import SUFFIX, Member
from checklists.records.record import receipt_holds
from checklists.wire import digest, instant
from mobile.device import private
from mobile.device.disk import sync_folder, write_durably
from mobile.lock.trustee import Entrusted
from mobile.refusals import Refusal
from mobile.store import export
from mobile.store.export import Contents
from mobile.store.store import Store

PIECE_BYTES = 4 * 1024 * 1024
"""Of a request; small enough that a bad link gets receipts now and then."""


@dataclass(frozen=True)
class Kept:
    """One file for the office. `left` are the members without a receipt; `refused` why the office did not take one."""

    path: Path
    office: Entrusted
    made_at: str
    left: tuple[str, ...]
    refused: Mapping[str, str]

    @property
    def records(self) -> int:
        """How many checks in it have no receipt yet, sealed or not."""
        return sum(name.endswith(".json") for name in self.left)

    @property
    def photos(self) -> int:
        """How many photo files in it have no receipt yet."""
        return len(self.left) - self.records


def put(held: Store, office: Entrusted, contents: Contents, at: datetime) -> Kept:
    """Write the file of what is kept, once: a step that was cut off afterwards finds it. Raises Refusal `disk_full`."""
    folder = held.folder / "kept"
    private.make_folder(folder)
    sync_folder(held.folder)
    for before in all_kept(held.folder):
        if before.made_at == instant(at):
            return before
    for path in folder.glob(f"*{SUFFIX}"):
        if not _notes(path).exists():
            # Cut off between the file and its notes: it is written again.
            path.unlink()
    path = _saved(held, office, contents, folder, at)
    with path.open("rb") as file:
        left = tuple(name for name, _size in export_file.names(file))
    made = Kept(path, office, instant(at), left, {})
    _remember(made)
    return made


def put_aside(folder: Path, office: Entrusted, names: tuple[str, ...]) -> None:
    """Keep folders as they are, encrypted, with the office's sealed key beside them: a person there opens them.

    They go in order, so the one by which a step that was cut off is seen is named last.
    """
    kept = folder / "kept"
    number = len([one for one in kept.iterdir() if one.is_dir()]) + 1 if kept.exists() else 1
    aside = kept / f"raw-{number}"
    private.make_folder(kept)
    aside.mkdir(mode=private.FOLDER)
    write_durably(aside / "office.json", json.dumps(asdict(office), ensure_ascii=False).encode())
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(aside / name)
    sync_folder(aside)


def all_kept(folder: Path) -> tuple[Kept, ...]:
    """Return the files that wait for the office, the oldest first."""
    paths = sorted((folder / "kept").glob(f"*{SUFFIX}")) if (folder / "kept").exists() else []
    return tuple(_read(path) for path in paths if _notes(path).exists())


def count_aside(folder: Path) -> int:
    """Return how many folders were put aside whole: a torn store is at least one check."""
    return len([one for one in (folder / "kept").glob("raw-*/data")])


def pieces(kept: Kept) -> Iterator[bytes]:
    """Yield what has no receipt yet as files of their own, some at a time."""
    with kept.path.open("rb") as file:
        head = export_file.read_header(file)
        waiting: list[Member] = []
        for name, content in export_file.read(file):
            if name not in kept.left or content is None:
                continue
            if waiting and sum(one.size for one in waiting) + len(content) > PIECE_BYTES:
                yield _piece(head, waiting)
                waiting = []
            waiting.append(Member(name, len(content), io.BytesIO(content)))
        if waiting:
            yield _piece(head, waiting)


def settle(kept: Kept, answer: Mapping[str, Any]) -> Kept:
    """Take from the file what the office's answer has receipts for; it goes when nothing is left.

    Raises Refusal `receipt_invalid` where the answer, or a receipt in it, was not signed by the office of this file.
    """
    key = kept.office.server_key
    if answer.get("device") != kept.office.device or not verify_mapping(key, answer):
        raise Refusal("receipt_invalid", kept.path.name)
    held = {*_records(answer, key), *_photos(answer, key), *_unfinished(kept, answer, key)}
    refused = {f"records/{one['digest']}.json": one["code"] for one in answer["records"] if one["receipt"] is None}
    refused |= {f"photos/{one['sha256']}": one["code"] for one in answer["photos"] if one["receipt"] is None}
    left = tuple(name for name in kept.left if name not in held)
    still = {name: why for name, why in {**kept.refused, **refused}.items() if name in left}
    kept = replace(kept, left=left, refused=still)
    if left:
        _remember(kept)
    else:
        kept.path.unlink(missing_ok=True)
        _notes(kept.path).unlink(missing_ok=True)
    return kept


def _saved(held: Store, office: Entrusted, contents: Contents, folder: Path, at: datetime) -> Path:
    try:
        return export.save(held, office, contents, folder, at)
    except Refusal as refusal:
        if refusal.code == "volume_full":
            raise Refusal("disk_full", refusal.detail) from refusal
        raise


def _piece(head: export_file.Header, members: list[Member]) -> bytes:
    kinds = [one.name.partition("/")[0] for one in members]
    head = replace(head, records=kinds.count("records"), photos=kinds.count("photos"))
    head = replace(head, unfinished=kinds.count("unfinished"))
    file = io.BytesIO()
    export_file.write(file, head, members)
    return file.getvalue()


def _records(answer: Mapping[str, Any], key: str) -> Iterator[str]:
    for one in answer["records"]:
        if one["receipt"] is not None and receipt_holds(one["receipt"], digest_=one["digest"], server_key=key):
            yield f"records/{one['digest']}.json"


def _photos(answer: Mapping[str, Any], key: str) -> Iterator[str]:
    for one in answer["photos"]:
        given = one["receipt"]
        if given is not None and given.get("sha256") == one["sha256"] and verify_mapping(key, given):
            yield f"photos/{one['sha256']}"


def _unfinished(kept: Kept, answer: Mapping[str, Any], key: str) -> Iterator[str]:
    given = {one.get("member"): one for one in answer["unfinished"] if verify_mapping(key, one)}
    if not given:
        return
    with kept.path.open("rb") as file:
        for name, content in export_file.read(file):
            if content is not None and name in given and given[name].get("digest") == digest(content):
                yield name


def _read(path: Path) -> Kept:
    held = json.loads(_notes(path).read_bytes())
    return Kept(path, Entrusted(**held["office"]), held["made_at"], tuple(held["left"]), held["refused"])


def _remember(kept: Kept) -> None:
    told = {"office": asdict(kept.office), "made_at": kept.made_at, "left": list(kept.left), "refused": kept.refused}
    write_durably(_notes(kept.path), json.dumps(told, ensure_ascii=False, indent=1).encode())


def _notes(path: Path) -> Path:
    return path.with_suffix(".json")
