"""Backups of a whole office while it works, each proven by bringing it back on trial.

A backup is a folder named by its time: the database and a manifest. Photos, which never change, lie beside all
backups once, under `photos`; so do checks that were handed over without a seal, under `unfinished`.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from peewee import SqliteDatabase

from server import clock
from server.config import Config
from server.folders import private_folder
from server.office import Office
from server.operation import manifest, pool, postgres
from server.operation.manifest import Manifest
from server.store import condition, sample
from server.store.backup import check, copy_to
from server.store.engine import beside

SQLITE_NAME = "database.sqlite3"
PHOTOS, UNFINISHED = "photos", "unfinished"
_PHOTOS = 50
_SPARE = 64 * 1024 * 1024
_DAY = 24 * 3600


def make(office: Office, into: Path) -> Path:
    """Make a backup below a folder and return it. Raises ValueError where it cannot be made; what lacks proof says so.

    Records that come meanwhile are in it or not; what is in it is of one moment. Photos are brought after the
    database, so that none is missing that it names.
    """
    at = clock.now()
    whole = into / _stamp(at)
    part = into / f"{whole.name}.part"
    private_folder(into)
    if whole.exists() or part.exists():
        raise ValueError(f"{whole} is being made, or is there already")
    _check_room(office, into)
    least = sample.counts()
    private_folder(part)
    try:
        name = _database(office, part)
        for source, target in places(office.config, into):
            pool.bring(source, target)
        made = Manifest(
            made_at=at,
            engine="sqlite" if name == SQLITE_NAME else "postgresql",
            product=product(),
            office_key=office.key.public,
            database=name,
            sha256=pool.sha256(part / name),
            bytes=(part / name).stat().st_size,
            photos_store=office.config.photos_store,
        )
        manifest.write(part, made)
        manifest.write(part, prove(office.config, part, made, least))
        part.rename(whole)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return whole


def product() -> str:
    """Return the version of what runs here."""
    try:
        return metadata.version("lujian")
    except metadata.PackageNotFoundError:
        return "unknown"


def places(config: Config, into: Path) -> list[tuple[Path, Path]]:
    """Return the folders of files that never change, each with where a backup keeps it."""
    return [(config.photos / "whole", into / PHOTOS), (config.data / UNFINISHED, into / UNFINISHED)]


def _stamp(at: str) -> str:
    return clock.read(at).strftime("%Y%m%dT%H%M%SZ")


def _database(office: Office, folder: Path) -> str:
    if isinstance(office.store.database, SqliteDatabase):
        copy_to(office.store.database, folder / SQLITE_NAME)
        return SQLITE_NAME
    postgres.dump(office.config.database, folder / postgres.NAME)
    (folder / postgres.NAME).chmod(0o600)
    return postgres.NAME


def _check_room(office: Office, into: Path) -> None:
    """Raise ValueError where the disk could not hold the backup and its trial; what can be linked takes no room."""
    copies = 2 if isinstance(office.store.database, SqliteDatabase) else 1  # PostgreSQL tries it on its own disk
    needed = _SPARE + copies * condition.size_bytes(office.store.database)
    for source, target in places(office.config, into):
        if source.is_dir() and source.stat().st_dev != into.stat().st_dev:
            needed += pool.lacking_bytes(source, target)
    kept = office.config.reserve_bytes if into.stat().st_dev == office.config.data.stat().st_dev else 0
    free = shutil.disk_usage(into).free - kept
    if free < needed:
        told = f"{needed >> 20} MiB are needed and {max(0, free) >> 20} MiB can be taken"
        raise ValueError(f"{into}: {told}; nothing was written")


def prove(config: Config, folder: Path, made: Manifest, least: dict[str, int] | None = None) -> Manifest:
    """Return the manifest with what bringing the backup back on trial has shown; a fault is told in it, not raised."""
    try:
        return _proven(config, folder, made, least or made.counts)
    except Exception as problem:
        return replace(made, proven=False, fault=f"{problem}"[:500] or type(problem).__name__)


def _proven(config: Config, folder: Path, made: Manifest, least: dict[str, int]) -> Manifest:
    source = folder / made.database
    if pool.sha256(source) != made.sha256:
        raise ValueError(f"{source} is not what was written: its digest is another one")
    with tempfile.TemporaryDirectory(prefix="trial-", dir=folder.parent) as room:
        if made.database == SQLITE_NAME:
            pool.copy(source, Path(room) / SQLITE_NAME)
            check(Path(room) / SQLITE_NAME)
            with beside(Path(room) / SQLITE_NAME):
                return _counted(folder, made, least)
        with postgres.trial(config.database) as address:
            postgres.bring_back(address, source)
            with beside(address):
                return _counted(folder, made, least)


def _counted(folder: Path, made: Manifest, least: dict[str, int]) -> Manifest:
    """Count and check what stands in the database on trial, which the tables are those of now."""
    counts = sample.counts()
    fewer = [name for name, count in least.items() if name in ("records", "photos", "audit") and counts[name] < count]
    seals, wrong = sample.unsound()
    missing, looked, damaged = _photos(folder.parent / PHOTOS)
    faults = [
        *(f"fewer {name} than before" for name in fewer),
        *wrong,
        *(f"photo {one} is damaged" for one in damaged[:3]),
        *([f"{missing} photos are not there"] if missing and not made.photos_store else []),
    ]
    return replace(
        made,
        proven=not faults,
        fault="; ".join(faults),
        counts=counts,
        seals_checked=seals,
        photos_checked=looked,
        photos_missing=missing,
    )


def _photos(folder: Path) -> tuple[int, int, list[str]]:
    """Return how many photos lack or have another size, how many were read through, and which of those are damaged."""
    missing, looked, damaged = 0, 0, []
    every = max(1, sample.counts()["photos"] // _PHOTOS)
    for number, (sha256, size) in enumerate(sample.photos()):
        path = folder / sha256[:2] / sha256
        if not path.is_file() or path.stat().st_size != size:
            missing += 1
        elif number % every == 0:
            looked += 1
            if pool.sha256(path) != sha256:
                damaged.append(sha256)
    return missing, looked, damaged


def drop_old(into: Path, kept: int) -> Iterator[Path]:
    """Remove the oldest backups beyond so many and yield them; the newest proven one and all photos stay.

    What a crash left half made goes after a day.
    """
    for one in (*into.glob("20*Z.part"), *into.glob("trial-*")):
        if time.time() - one.stat().st_mtime > _DAY:
            shutil.rmtree(one)
            yield one
    found = manifest.backups(into)
    last = next((one for one in reversed(found) if manifest.read(one).proven), None)
    for one in found[: max(0, len(found) - kept)]:
        if one != last:
            shutil.rmtree(one)
            yield one
