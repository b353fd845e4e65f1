"""After too many wrong PINs, or when the office has revoked the tablet: nothing that was checked stays readable here.

First the PINs go, so that nobody opens the store any more. Then what the office does not hold is put, still encrypted,
into one file that the office alone can open (`remains`), and everything else is removed: registry, packages,
delivered records and photos, papers. Each step may be cut off; the next start goes on. Evidence is removed only once
that file is durable: on a full disk it stays where it is until there is room.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.wire import instant
from mobile.device.disk import sync_folder, write_durably
from mobile.lock import vault
from mobile.lock.trustee import Entrusted
from mobile.refusals import Refusal
from mobile.store.wipe_status import Wiped

if TYPE_CHECKING:
    from mobile.store.export import Contents
    from mobile.store.store import Store

_GONE = ("data", "data.new", "photos", "papers")


def pending(folder: Path) -> Wiped | None:
    """Return how this tablet was wiped, or None where it was not, or was enrolled again since."""
    told = _read(folder)
    return None if told is None or (told.done and (folder / "keys.json").exists()) else told


def begin(folder: Path, why: str, now: datetime) -> Wiped | None:
    """Take the PINs away, durably, and return what is to be finished; None where no office could open the evidence."""
    office = vault.entrusted(folder / "keys.json")
    if office is None:
        return None
    told = Wiped(why, instant(now), office)
    _write(folder, told)
    (folder / "keys.json").unlink()
    sync_folder(folder)
    return told


def finish(folder: Path, places: Iterable[Path] = ()) -> Wiped:
    """Keep what the office does not hold and remove the rest; `places` are where cameras put pictures beside ours.

    Clear copies go first: the photo files by which they are known go later. What cannot be removed is named
    (`remaining`), what was never taken in is counted (`others`), and neither holds up the rest. Raises Refusal
    `disk_full` where there is no room yet.
    """
    told = _read(folder)
    if told is None or told.done:
        raise ValueError("nothing is being wiped")
    (folder / "keys.json").unlink(missing_ok=True)
    told = _clear(folder, told, tuple(places))
    if not told.kept:
        told = replace(_keep(folder, told), kept=True)
        # The counts must outlive what they were counted from.
        _write(folder, told)
    stayed = [one for name in _GONE for one in _stayed(folder / name)]
    (folder / "outside.json").unlink(missing_ok=True)
    told = replace(told, done=True, remaining=tuple(dict.fromkeys((*told.remaining, *stayed))))
    _write(folder, told)
    return told


def over(folder: Path) -> None:
    """The tablet is enrolled again: it is no longer a wiped one. What it kept stays until the office has it."""
    (folder / "wiped.json").unlink(missing_ok=True)


def _clear(folder: Path, told: Wiped, places: tuple[Path, ...]) -> Wiped:
    """Remove every clear picture that was taken in; Android's camera writes into our own folder for us alone."""
    from mobile.device import on_android
    from mobile.store import clear_copies

    ours = folder / "camera"
    left = [one.name for one in clear_copies.remove_known(folder, dict.fromkeys((ours, *places)))]
    if on_android.here():
        left += _stayed(ours)
        on_android.take_back()
    others = sum(map(_pictures, places)) - len(left)
    told = replace(told, remaining=tuple(dict.fromkeys((*told.remaining, *left))), others=max(0, others))
    _write(folder, told)
    return told


def _pictures(place: Path) -> int:
    """Return how many pictures lie where a camera puts them; none where that place cannot be read."""
    from mobile.device import camera

    try:
        return len(camera.arrived(place))
    except Refusal:
        return 0


def _stayed(folder: Path) -> list[str]:
    """Remove a folder with all that is in it, and return the names of the files that stayed."""
    shutil.rmtree(folder, ignore_errors=True)
    return [path.name for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def _keep(folder: Path, told: Wiped) -> Wiped:
    """Keep what the office does not hold, and return how much that is; what was put aside before is not looked at."""
    from mobile.store import remains

    if (folder / "data").exists() or (folder / "data.new").exists():
        told = _keep_store(folder, told)
    if (folder / "quarantine").exists():
        remains.put_aside(folder, told.office, ("quarantine",))
    return told


def _keep_store(folder: Path, told: Wiped) -> Wiped:
    import peewee

    from mobile.store import export, remains

    try:
        with _locked(folder) as held:
            contents = export.outbox(held, unfinished=True)
            _drop_delivered(held, contents)
            if not contents.empty:
                remains.put(held, told.office, contents, datetime.fromisoformat(told.at))
    except (sqlite3.DatabaseError, peewee.DatabaseError, Refusal) as problem:
        if isinstance(problem, Refusal) and problem.code != "store_torn":
            raise
        # Its rows cannot be told apart; the office gets it whole. Once it is aside nobody counts it any more.
        _write(folder, told := replace(told, unfinished=1))
        remains.put_aside(folder, told.office, ("photos", "data"))
        return told
    photos = len(contents.photos) + len(contents.unfinished_photos)
    return replace(told, records=len(contents.records), photos=photos, unfinished=len(contents.unfinished))


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[Store]:
    """The store without its key: its rows can be moved and not read."""
    from mobile.store import store

    held = store.open_locked(folder)
    try:
        yield held
    finally:
        store.release(held)


def _drop_delivered(held: Store, contents: Contents) -> None:
    """Remove the photo files that the office has: it makes room."""
    from mobile.store.base import many
    from mobile.store.models import PhotoRow
    from mobile.store.photo_files import photo_path

    named = {row.sha256 for row in many(held, PhotoRow.select(PhotoRow.sha256))}
    wanted = {*contents.photos, *(sha256 for _check, sha256 in contents.unfinished_photos)}
    for sha256 in named - wanted:
        photo_path(held, sha256).unlink(missing_ok=True)


def _read(folder: Path) -> Wiped | None:
    try:
        held = json.loads((folder / "wiped.json").read_bytes())
        remaining = tuple(held.get("remaining", ()))
        return Wiped(**{**held, "office": Entrusted(**held["office"]), "remaining": remaining})
    except FileNotFoundError:
        return None


def _write(folder: Path, told: Wiped) -> None:
    write_durably(folder / "wiped.json", json.dumps(asdict(told), ensure_ascii=False, indent=1).encode())
