"""A wipe that is cut off anywhere: what the office does not hold is kept once, and told as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from checklists.crypto import new_sealing_key
from checklists.records import export_file
from mobile.lock import vault
from mobile.lock.trustee import Entrusted
from mobile.store import photo_files, remains, store, wipe
from mobile.store.wipe_status import Wiped
from tests.mobile.field import begun, entry, noise, sealed
from tests.mobile.killed import killed_before_every_step

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LEFT = ("data", "photos", "quarantine", "keys.json")
BOX = new_sealing_key().public


def made(folder: Path, *, torn: bool = False, quarantine: bool = False) -> str:
    """A tablet with a sealed record, and a check that nobody sealed with one photo; returns the photo's digest."""
    folder.mkdir()
    held = vault.create(folder / "keys.json", "officer-1", "957264", "王强")
    wrapped = export_file.wrap(BOX, held.key, "dev-1")
    vault.entrust(folder / "keys.json", Entrusted("示例局", "dev-1", "T1", "key", BOX, wrapped, tries=10))
    opened = store.open_store(folder, held)
    inspection, sha256 = begun(opened), photo_files.keep(opened, noise(500))
    photo = entry(inspection, 2, kind="photo", value={"sha256": sha256, "bytes": 500, "type": "image/jpeg"})
    store.append(opened, entry(inspection), photo)
    sealed(opened)
    store.release(opened)
    if torn:
        data = folder / "data" / "store.db"
        data.write_bytes(b"x" * 100 + data.read_bytes()[100:])
    if quarantine:
        (folder / "quarantine" / "data-1").mkdir(parents=True)
        (folder / "quarantine" / "data-1" / "store.db").write_bytes(b"torn before")
    return sha256


def wiped(folder: Path) -> None:
    wipe.begin(folder, "tries", NOW)
    wipe.finish(folder)


def after_the_next_start(folder: Path) -> Wiped | None:
    told = wipe.pending(folder)
    return wipe.finish(folder) if told is not None and not told.done else told


def in_files(folder: Path) -> list[str]:
    return sorted(name for one in remains.all_kept(folder) for name in one.left)


def aside(folder: Path) -> set[str]:
    paths = (path.relative_to(folder / "kept") for path in folder.glob("kept/raw-*/**/*") if path.is_file())
    return {"/".join(path.parts[1:]) for path in paths if path.name == "store.db" or path.parts[1] == "photos"}


def test_wherever_a_wipe_is_cut_off_the_evidence_is_kept_and_counted_once(tmp_path: Path) -> None:
    for folder, _sha256 in killed_before_every_step(tmp_path, partial(made, quarantine=True), wiped):
        told = after_the_next_start(folder)
        if told is None:
            assert (folder / "keys.json").exists() and (folder / "data").exists()
            continue
        names = [one.partition("/")[0] for one in in_files(folder)]
        assert sorted(names) == ["records", "unfinished", "unfinished"]
        assert (told.records, told.unfinished, told.photos, told.done) == (1, 1, 1, True)
        assert aside(folder) == {"quarantine/data-1/store.db"}
        assert not [name for name in LEFT if (folder / name).exists()]


def test_wherever_the_wipe_of_a_torn_store_is_cut_off_store_photos_and_quarantine_are_kept(tmp_path: Path) -> None:
    for folder, sha256 in killed_before_every_step(tmp_path, partial(made, torn=True, quarantine=True), wiped):
        told = after_the_next_start(folder)
        if told is None:
            continue
        whole = {"data/store.db", f"photos/{sha256[:2]}/{sha256}", "quarantine/data-1/store.db"}
        assert aside(folder) == whole
        assert (told.unfinished, told.done, remains.count_aside(folder)) == (1, True, 1)
        assert not [name for name in LEFT if (folder / name).exists()]
