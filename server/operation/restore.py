"""Bringing an office back from a backup: beside what is there, never over it.

A backup of a SQLite office goes into a PostgreSQL as well: that is how an office moves there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from server import clock
from server.config import Config
from server.folders import private_folder, tighten
from server.office import open_office
from server.operation import backup, carrying, manifest, pool, postgres
from server.operation.manifest import Manifest
from server.serving import answers
from server.store import audit, devices, feed_pages, sample
from server.store.backup import check
from server.store.engine import beside, steps


class Restored(NamedTuple):
    """What was brought back, where what was here before now lies (empty: nothing was), and which files were damaged."""

    manifest: Manifest
    before: str
    damaged: list[str]


def restore(config: Config, source: Path, by: str, *, replace: bool = False, unless_newer: bool = False) -> Restored:
    """Bring a backup back: first the photos, which only add to what is here, then the database in one step.

    Raises ValueError, and leaves everything as it was, where the backup is not whole or of a newer version, a server
    runs, an office is here and `replace` was not said, or the disk is too small; with `unless_newer` also where
    the office that is here holds more records than the backup. An office that moves from a file to PostgreSQL leaves
    nothing behind: the file may not hold more of anything that is counted, a row of the audit log neither, and then
    lies aside, so that nobody opens it again.
    """
    made = manifest.read(source)
    if answers(config):
        raise ValueError(f"something answers at port {config.port}: stop the server first")
    moves = made.engine == "sqlite" and bool(config.database)
    if made.engine == "postgresql" and not config.database:
        raise ValueError("this backup is of postgresql; the settings name no database")
    if pool.sha256(source / made.database) != made.sha256:
        raise ValueError(f"{source / made.database} is damaged: its digest is not that of the manifest")
    if unless_newer:
        _check_not_newer(config.database or config.sqlite, made, ("records",))
    if moves:
        _check_not_newer(config.sqlite, made, sample.COUNTED)
    _check_room(config, source, made)
    if not replace:
        _check_empty(config)
    damaged: list[str] = []
    for kept, target in _places(config, source):
        damaged += pool.bring(kept, target)
    if moves:
        before = _moved(config, source / made.database)
    else:
        before = (_into_postgres if config.database else _into_file)(config, source / made.database)
    _begin(config, made, by)
    return Restored(made, before, damaged)


def _places(config: Config, source: Path) -> list[tuple[Path, Path]]:
    return [(kept, live) for live, kept in backup.places(config, source.parent)]


def _check_not_newer(database: str | Path, made: Manifest, names: Iterable[str]) -> None:
    if isinstance(database, Path) and not database.exists():
        return
    with beside(database):
        here = sample.counts()
    for name in names:
        if here[name] > (kept := made.counts.get(name, 0)):
            raise ValueError(f"{here[name]} {name} are here and {kept} in the backup; nothing was changed")


def _check_room(config: Config, source: Path, made: Manifest) -> None:
    private_folder(config.data)
    private_folder(config.photos)
    needed = 0 if config.database else 2 * made.bytes
    for kept, target in _places(config, source):
        if kept.is_dir() and kept.stat().st_dev != config.photos.stat().st_dev:
            needed += pool.lacking_bytes(kept, target)
    free = shutil.disk_usage(config.data).free
    if free < needed:
        told = f"{needed >> 20} MiB are needed and {free >> 20} MiB are free"
        raise ValueError(f"{config.data}: {told}; nothing was changed")


def _check_empty(config: Config) -> None:
    if config.database:
        if not postgres.is_empty(config.database):
            raise ValueError("the database holds tables; with --replace they are kept in a schema beside")
    elif config.sqlite.exists():
        raise ValueError(f"{config.sqlite} holds an office; with --replace it is kept beside")


def _into_file(config: Config, source: Path) -> str:
    here = [one for one in config.data.glob(f"{config.sqlite.name}*") if one.is_file()]
    fresh = config.data / "restored.part"
    shutil.rmtree(fresh, ignore_errors=True)
    private_folder(fresh)
    try:
        pool.copy(source, fresh / config.sqlite.name)
        check(fresh / config.sqlite.name)
        with beside(fresh / config.sqlite.name) as engine:
            _check_version(steps(engine)[1])
        for one in fresh.glob(f"{config.sqlite.name}-*"):
            one.unlink()
        aside = _set_aside(config, here) if here else ""
        (fresh / config.sqlite.name).replace(config.sqlite)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return aside


def _set_aside(config: Config, here: list[Path]) -> str:
    folder = config.data / f"before-{_stamp()}"
    private_folder(folder)
    for one in here:
        one.replace(folder / one.name)
        tighten(folder / one.name)
    return str(folder)


def _into_postgres(config: Config, source: Path) -> str:
    with postgres.trial(config.database) as address:
        postgres.bring_back(address, source)
        with beside(address) as engine:
            _check_version(steps(engine)[1])
    return _filled(config, source, postgres.bring_back)


def _filled(config: Config, source: Path, bring: Callable[[str, Path], None]) -> str:
    """Fill the database, and return what became of its tables that were there before."""
    if postgres.is_empty(config.database):
        bring(config.database, source)
        return ""
    aside = f"before_{_stamp().lower()}"
    postgres.set_aside(config.database, aside)
    try:
        bring(config.database, source)
    except Exception:
        postgres.set_back(config.database, aside)
        raise
    return f"schema {aside}"


def _moved(config: Config, source: Path) -> str:
    """Carry a file's rows into the database, which checks them, and set the file of before aside."""
    there = _filled(config, source, carrying.carry)
    here = [one for one in config.data.glob(f"{config.sqlite.name}*") if one.is_file()]
    return " and ".join(filter(None, (there, _set_aside(config, here) if here else "")))


def _stamp() -> str:
    return clock.read(clock.now()).strftime("%Y%m%dT%H%M%SZ")


def _check_version(unknown: list[str]) -> None:
    if unknown:
        raise ValueError(f"this backup was made by a newer version ({unknown[-1]}); install that one first")


def _begin(config: Config, made: Manifest, by: str) -> None:
    """Let every tablet load anew, because places of the feed are given a second time; and say so in the audit log."""
    office = open_office(config)
    try:

        def job() -> None:
            if office.hub is None:  # a hub's places are its parent's
                feed_pages.renew_epoch(office.store.database)
                devices.skip_labels(f"backup:{made.made_at}")
            audit.note(who=by, action="office.restored", subject=f"backup:{made.made_at}")

        office.store.write_now(job)
    finally:
        office.close()
