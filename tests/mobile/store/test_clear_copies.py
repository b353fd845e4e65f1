"""No picture that the tablet took in stays in the clear; what it did not take in is nobody's to remove."""

import contextlib
import io
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import segno
from PIL import Image

from checklists.wire import digest, instant
from mobile.inspecting import acts, evidence, marked_photo
from mobile.inspecting.markup import Mark
from mobile.lock import vault
from mobile.lock.trustee import Entrusted
from mobile.refusals import Refusal
from mobile.store import clear_copies, photo_files, wipe
from tests.mobile import tablet

OFFICE = Entrusted("县局", "dev-1", "T1", "key", "box", "wrapped", 20)


@pytest.fixture
def desk(tmp_path):
    held, _screens = tablet.shown(tablet.made(tmp_path / "tablet"))
    held.camera = tmp_path / "Camera Roll"
    held.camera.mkdir()
    held.unlock("officer-1", tablet.PIN)
    held.begin()
    yield held
    held.close()


def snapped(folder, name="IMG_1.jpg", colour="red"):
    """A picture that a camera just wrote."""
    path = folder / name
    Image.new("RGB", (64, 48), colour).save(path, "JPEG")
    return path


def shutter(desk):
    return desk.shutter()


def bytes_in(folder):
    return [one.read_bytes() for one in folder.rglob("*") if one.is_file()]


def test_a_photo_that_is_in_the_record_is_no_longer_in_the_cameras_folder(desk):
    path = snapped(desk.camera)
    content = path.read_bytes()
    desk.put(acts.photo(shutter(desk).newest("LOD-02"), "LIC-11"))
    assert not path.exists()
    assert photo_files.read(desk.open_store, digest(content)) == content
    assert not [one for one in bytes_in(desk.folder) if content[:200] in one]


@pytest.mark.parametrize("ending", [".CR2", ".dng", ".HEIC", ".MOV", ".thm"])
def test_what_the_camera_wrote_of_the_same_shot_goes_with_it(desk, ending):
    path = snapped(desk.camera)
    beside, others = path.with_suffix(ending), [desk.camera / f"IMG_2{ending}", path.with_suffix(".pdf")]
    for one in (beside, *others):
        one.write_bytes(b"the same driver")
    before = desk.camera / "before"
    before.mkdir()
    old = snapped(before, "IMG_1.jpg", "blue").with_suffix(ending)
    old.write_bytes(b"somebody's")
    desk.put(acts.photo(shutter(desk).keep(path), "LIC-11"))
    assert not path.exists() and not beside.exists()
    assert all(one.exists() for one in (*others, old))


def test_a_picture_of_the_same_name_from_another_day_stays(desk):
    path = snapped(desk.camera)
    raw = path.with_suffix(".nef")
    raw.write_bytes(b"of another day")
    os.utime(raw, (1_700_000_000, 1_700_000_000))
    desk.put(acts.photo(shutter(desk).newest("LOD-02"), "LIC-11"))
    assert not path.exists() and raw.exists()


def test_until_an_entry_names_it_the_picture_stays_and_a_restart_does_not_forget_it(desk):
    path = snapped(desk.camera)
    manifest = shutter(desk).newest("LOD-02")
    desk.lock()
    desk.unlock("officer-1", tablet.PIN)
    assert path.exists()
    desk.put(acts.photo(manifest, "LIC-11"))
    assert not path.exists()


def test_others_pictures_and_one_that_was_written_over_stay(desk):
    older, other = snapped(desk.camera, "IMG_0.jpg", "blue"), desk.camera / "notes.txt"
    other.write_text("x")
    os.utime(older, (1, 1))
    path = snapped(desk.camera)
    manifest = shutter(desk).newest("LOD-02")
    snapped(desk.camera, path.name, "green")
    desk.put(acts.photo(manifest, "LIC-11"))
    assert {one.name for one in desk.camera.iterdir()} == {"IMG_0.jpg", "IMG_1.jpg", "notes.txt"}


def test_a_second_touch_without_a_new_picture_takes_neither_the_same_nor_an_older_one(desk):
    os.utime(snapped(desk.camera, "IMG_0.jpg", "blue"), (1, 1))
    snapped(desk.camera)
    desk.put(acts.photo(shutter(desk).newest("LOD-02"), "LIC-11"))
    with pytest.raises(Refusal, match="no_new_picture"):
        shutter(desk).newest("LOD-02")
    desk.begin()
    with pytest.raises(Refusal, match="no_new_picture"):
        shutter(desk).newest("LOD-02")


def test_after_the_clock_was_turned_back_new_pictures_of_the_next_check_count(desk):
    ahead = snapped(desk.camera)
    os.utime(ahead, (4e9, 4e9))
    desk.put(acts.photo(shutter(desk).newest("LOD-02"), "LIC-11"))
    desk.begin()
    new = snapped(desk.camera, "IMG_2.jpg", "green")
    assert shutter(desk).newest("LOD-02")["sha256"] == digest(new.read_bytes())


@pytest.mark.parametrize("again", [True, False])
def test_in_a_check_whose_clock_was_turned_back_new_pictures_count_and_older_ones_do_not(desk, again):
    for years, name in ((1, "other.jpg"), (3, "old.jpg")):
        path = snapped(desk.camera, name, "blue")
        then = (desk.now() - timedelta(days=365 * years)).timestamp()
        os.utime(path, (then, then))
    desk.put(acts.identify("蒙K12345", "yellow"))
    mine = snapped(desk.camera, "IMG_1.jpg", "green")
    back = datetime.now(UTC) - timedelta(days=730)
    desk.now = lambda: back
    if again:
        desk.lock()
        desk.unlock("officer-1", tablet.PIN)
    else:
        desk.tick()
    assert shutter(desk).fresh()["sha256"] == digest(mine.read_bytes())
    new = snapped(desk.camera, "IMG_2.jpg")
    os.utime(new, (back.timestamp() + 9, back.timestamp() + 9))
    desk.now = lambda: back + timedelta(seconds=20)
    mine.unlink()
    kept = shutter(desk).fresh()
    assert kept["sha256"] == digest(new.read_bytes())
    assert kept["taken"]["at"] == instant(back + timedelta(seconds=9))
    desk.put(acts.photo(kept, "PLA-02"))
    with pytest.raises(Refusal, match="no_new_picture"):
        shutter(desk).fresh()
    assert (desk.camera / "other.jpg").exists() and (desk.camera / "old.jpg").exists()


def test_a_marked_photo_leaves_nothing_in_the_clear(desk):
    snapped(desk.camera)
    desk.put(acts.photo(shutter(desk).newest("LOD-02"), "LIC-11"))
    (entry,) = desk.held.all_of("photo")
    desk.put(marked_photo.annotate(desk.open_store, entry, [Mark("arrow", ((1, 1), (9000, 9000)))]))
    starts = (b"\xff\xd8\xff", b"\x89PNG")
    assert not [one for folder in (desk.folder, desk.camera) for one in bytes_in(folder) if one.startswith(starts)]


def scanned(desk, text, name="qr.png"):
    path = desk.camera / name
    segno.make(text, error="m").save(str(path), scale=6)
    return path


def test_the_scan_of_a_waybill_goes_and_can_still_become_a_photo_of_this_check(driver, desk):
    from mobile.screens.identify import flow
    from mobile.screens.identify.view import IdentifyScreen

    screen = driver.show(IdentifyScreen())
    desk.navigation.screen = "identify"
    flow.enter(desk, screen)
    path = scanned(desk, "运单编号=YD1;车牌号=蒙K12345;UN编号=1830")
    content = path.read_bytes()
    screen.dispatch("on_scan")
    assert desk.held.fact("waybill") and not path.exists()
    assert shutter(desk).newest("LOD-02")["sha256"] == digest(content)


def test_of_scans_the_vault_keeps_the_last_alone(desk):
    first = scanned(desk, "one")
    one = digest(first.read_bytes())
    clear_copies.took_code(desk.open_store, first, desk.held.inspection)
    assert photo_files.photo_path(desk.open_store, one).exists()
    clear_copies.took_code(desk.open_store, scanned(desk, "two"), desk.held.inspection)
    assert not photo_files.photo_path(desk.open_store, one).exists()


def test_a_scan_that_became_a_photo_stays_in_the_vault(desk):
    first = scanned(desk, "one")
    one = digest(first.read_bytes())
    clear_copies.took_code(desk.open_store, first, desk.held.inspection)
    desk.put(acts.photo(shutter(desk).newest("LOD-02"), "LOD-02"))
    clear_copies.took_code(desk.open_store, scanned(desk, "two"), desk.held.inspection)
    assert photo_files.photo_path(desk.open_store, one).exists()


class Stuck:
    """A file that nothing removes, as another program on Windows may hold one."""

    def __init__(self, monkeypatch, name):
        real = Path.unlink

        def unlink(path, missing_ok=False):
            if path.name == name:
                raise PermissionError(13, "in use", str(path))
            real(path, missing_ok=missing_ok)

        monkeypatch.setattr(Path, "unlink", unlink)


def test_what_could_not_be_removed_is_told_once_and_tried_again(desk, monkeypatch):
    told = []
    desk.tell = told.append
    path = snapped(desk.camera)
    with monkeypatch.context() as stuck:
        Stuck(stuck, path.name)
        desk.put(acts.photo(shutter(desk).newest("LOD-02"), "LIC-11"))
        desk.put([acts.fact("note.x", "1", "officer")])
        assert [(one.code, one.facts["name"]) for one in told] == [("clear_copy_left", path.name)]
    desk.put([acts.fact("note.x", "2", "officer")])
    assert not path.exists() and len(told) == 1


def test_a_picture_that_the_vault_lost_is_never_removed(desk):
    path = snapped(desk.camera)
    manifest = shutter(desk).newest("LOD-02")
    photo_files.photo_path(desk.open_store, manifest["sha256"]).unlink()
    desk.put(acts.photo(manifest, "LIC-11"))
    assert path.exists()


def wiped(desk):
    """Wipe the tablet as the screen does."""
    vault.entrust(desk.access.keys, OFFICE)
    assert desk.wipe("tries")
    return wipe.finish(desk.folder, (desk.camera,))


def in_vault_and_folder(desk, name, colour):
    """A picture that was taken in while its file could not be removed."""
    path = snapped(desk.camera, name, colour)
    desk.put(acts.photo(evidence.capture(desk.open_store, path.read_bytes(), evidence.Stamp("x")), "LIC-11"))
    return path


def test_a_wipe_removes_clear_copies_from_every_camera_folder_and_leaves_others(desk, monkeypatch):
    monkeypatch.setattr("mobile.store.remains.put", lambda *_: None)
    first = in_vault_and_folder(desk, "IMG_1.jpg", "red")
    private = snapped(desk.camera, "holiday.jpg", "blue")
    told = wiped(desk)
    assert not first.exists() and private.exists()
    assert (told.done, told.remaining, told.others) == (True, (), 1)


def test_a_wipe_names_what_it_could_not_remove_and_goes_on(desk, monkeypatch):
    monkeypatch.setattr("mobile.store.remains.put", lambda *_: None)
    stuck, other = in_vault_and_folder(desk, "IMG_1.jpg", "red"), in_vault_and_folder(desk, "IMG_2.jpg", "blue")
    Stuck(monkeypatch, stuck.name)
    told = wiped(desk)
    assert (told.done, told.remaining, other.exists()) == (True, ("IMG_1.jpg",), False)
    assert wipe.pending(desk.folder).remaining == ("IMG_1.jpg",)
    assert not (desk.folder / "photos").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights of folders are others there")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root removes everything")
def test_a_paper_in_a_folder_that_may_not_be_changed_is_named(desk, monkeypatch):
    monkeypatch.setattr("mobile.store.remains.put", lambda *_: None)
    papers = desk.folder / "papers"
    papers.mkdir()
    (papers / "T1-26-000001.pdf").write_bytes(b"%PDF")
    papers.chmod(0o500)
    assert "T1-26-000001.pdf" in wiped(desk).remaining
    papers.chmod(0o700)


def test_a_torn_picture_is_neither_kept_nor_removed(desk):
    path = desk.camera / "IMG_1.jpg"
    path.write_bytes(io.BytesIO(snapped(desk.camera, "whole.jpg").read_bytes()).read()[:300])
    (desk.camera / "whole.jpg").unlink()
    with pytest.raises(Refusal, match="not_an_image"):
        shutter(desk).newest("LOD-02")
    assert path.exists()


def test_a_picture_in_a_folder_that_the_camera_made_is_kept_goes_and_is_wiped(desk, monkeypatch):
    folder = desk.camera / "101CANON"
    folder.mkdir()
    snapped(folder)
    desk.put(acts.photo(shutter(desk).fresh(), "PLA-02"))
    assert bytes_in(desk.camera) == []
    other = snapped(folder, "IMG_2.jpg", "blue")
    clear_copies.took(desk.open_store, other, photo_files.keep(desk.open_store, other.read_bytes()), "")
    assert clear_copies.remove_known(desk.open_store.folder, (desk.camera,)) == ()
    assert not other.exists()


def test_a_waybill_whose_picture_is_gone_from_the_folder_can_still_become_a_photo_after_a_kill(desk, monkeypatch):
    """Cut off after any write: the picture lies in the folder, or the vault's is known for the last one."""
    from mobile.store import base

    run = base.run
    for allowed in range(3):
        path = desk.camera / f"IMG_{allowed}.png"
        segno.make(f"运单编号:YD{allowed};车牌号:蒙K12345").save(str(path), scale=4)
        content, left = path.read_bytes(), iter(range(allowed))

        def killed(store, query, left=left):
            if next(left, None) is None:
                raise KeyboardInterrupt
            return run(store, query)

        with monkeypatch.context() as patched:
            patched.setattr(base, "run", killed)
            with contextlib.suppress(KeyboardInterrupt):
                clear_copies.took_code(desk.open_store, path, desk.held.inspection)
        clear_copies.remove(desk.open_store)
        assert path.exists() or clear_copies.last(desk.open_store).sha256 == digest(content)
