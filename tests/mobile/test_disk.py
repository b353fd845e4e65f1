"""A full or unwritable disk and a camera that is gone: said on the screen, nothing lost, and the work goes on after."""

import contextlib
import errno
import io
import resource
import shutil
import subprocess
import sys

import pytest
from kivy.base import ExceptionManager
from PIL import Image

from mobile.app import LujianApp
from mobile.inspecting import acts
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import code_words
from mobile.store import store
from tests.mobile import tablet
from tests.mobile.closing import SECOND_PIN, Ending, decided, writes
from tests.mobile.screens.test_sign import SIGNATURE, enter_pin

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")

SIZE_MB = 24


class Disk:
    """A small disk of its own. Where nothing can be mounted, no file of this process may grow instead."""

    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(folder)]
        found = shutil.which("mount")
        self.mounted = bool(found) and subprocess.run(mounting, capture_output=True, check=False).returncode == 0
        self.codes = ("disk_full",) if self.mounted else ("disk_full", "disk_unwritable")

    @contextlib.contextmanager
    def full(self):
        """Leave no room until the block ends."""
        filler = self.folder / "filler"
        if self.mounted:
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while file.write(b"\0" * 4096):
                    pass
            yield
            filler.unlink()
        else:
            soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
            try:
                yield
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    def words(self):
        return [code_words(code) for code in self.codes]

    def away(self):
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=True)


@pytest.fixture(params=["mounted", "limited"])
def disk(tmp_path, request, monkeypatch):
    if request.param == "limited":
        monkeypatch.setattr(shutil, "which", lambda name: None)
    held = Disk(tmp_path / "disk")
    monkeypatch.undo()
    print("a disk of its own" if held.mounted else "files that may not grow")
    yield held
    held.away()


@pytest.fixture
def start(driver):
    apps = []

    def begin(folder):
        app = LujianApp(folder)
        app.desk.start_sync = lambda: None
        driver.start(app)
        apps.append(app)
        for digit in tablet.PIN:
            driver.tap_text(digit)
        driver.tap_id("key:tick")
        return app

    yield begin
    for app in apps:
        app.on_stop()


def touch(driver, name):
    """Touch as in the app's own loop, where a refusal that no flow caught goes to the strip."""
    try:
        driver.tap_id(name)
    except Refusal as refusal:
        assert ExceptionManager.handle_exception(refusal) == ExceptionManager.PASS
        driver.step(2)


def on_sheet(app, driver):
    """The tablet on the sheet of a deviation, with a picture in its camera."""
    app.desk.begin()
    app.desk.put(acts.identify("蒙K12345", "yellow"))
    app.desk.go("deviation", item="VEH-01")
    driver.step(4)
    return app.desk.held.entries


def picture(app):
    buffer = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(buffer, "JPEG", quality=92)
    app.desk.camera.mkdir(exist_ok=True)
    (app.desk.camera / "IMG_1.jpg").write_bytes(buffer.getvalue())


def kept(app):
    """The entries as another start would find them."""
    return store.entries(app.desk.open_store, app.desk.held.inspection)


def test_a_full_disk_is_said_at_each_touch_and_the_same_touch_works_later(driver, start, disk) -> None:
    app = start(tablet.made(disk.folder / "tablet"))
    with disk.full():
        touch(driver, "new_check")
        assert app.desk.screen == "queue"
        assert app.frame.notice in disk.words()
    touch(driver, "new_check")
    assert (app.desk.screen, app.frame.notice) == ("identify", "")


def test_a_photo_on_a_full_disk_is_said_and_leaves_nothing_half(driver, start, disk) -> None:
    app = start(tablet.made(disk.folder / "tablet"))
    before = on_sheet(app, driver)
    picture(app)
    with disk.full():
        touch(driver, "photo")
        assert app.frame.notice in disk.words()
        assert kept(app) == app.desk.held.entries == before
        assert not list(app.desk.folder.glob("photos/**/*.part"))
    touch(driver, "photo")
    assert [one.kind for one in kept(app)][-1] == "photo"


def test_a_seal_on_a_full_disk_is_said_and_done_when_there_is_room(driver, disk) -> None:
    ending = Ending(disk.folder / "tablet", decided(), driver, "sign")
    writes(driver, SIGNATURE)
    driver.tap_id("hand_back")
    enter_pin(driver, tablet.PIN)
    sealing = ending.desk.go

    with contextlib.ExitStack() as room:

        def go(screen, **where):
            # The disk fills up between the last signature and the seal.
            if screen == "papers" and not where:
                room.enter_context(disk.full())
                ending.desk.go = sealing
            sealing(screen, **where)

        ending.desk.go = go
        enter_pin(driver, SECOND_PIN)
        assert any(words in driver._in_sight() for words in disk.words()), driver._in_sight()
        opened = ending.desk.open_store
        assert store.inspection_state(opened, ending.held.inspection) == "in_progress"
        assert store.deliveries(opened) == ()
    # Back to the outcome and on to signing again: nobody signs twice.
    ending.desk.go("sign")
    assert ending.desk.screen == "papers"
    assert len(store.deliveries(ending.desk.open_store)) == 1


def test_a_photo_folder_that_cannot_be_written_is_said(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    before = on_sheet(app, driver)
    picture(app)
    shutil.rmtree(app.desk.folder / "photos", ignore_errors=True)
    (app.desk.folder / "photos").write_bytes(b"")
    touch(driver, "photo")
    assert app.frame.notice == code_words("disk_unwritable")
    assert kept(app) == before
    (app.desk.folder / "photos").unlink()
    touch(driver, "photo")
    assert [one.kind for one in kept(app)][-1] == "photo"


def test_a_store_that_became_read_only_is_said(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    app.desk.open_store.db.execute_sql("PRAGMA query_only = 1")
    with contextlib.suppress(Refusal):
        touch(driver, "new_check")
    assert (app.desk.screen, app.frame.notice) == ("queue", code_words("disk_unwritable"))
    app.desk.open_store.db.execute_sql("PRAGMA query_only = 0")
    touch(driver, "new_check")
    assert app.desk.screen == "identify"


def test_a_folder_without_the_right_to_write_is_said(tmp_path) -> None:
    """Root may write everywhere, so the process gives its rights away first."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from mobile.device.disk import write_durably; from mobile.refusals import Refusal\n"
        "os.getuid() or os.setuid(65534)\n"
        "try: write_durably(Path(sys.argv[1]) / 'x', b'1')\n"
        "except Refusal as refusal: print(refusal.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(closed)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "disk_unwritable", done.stderr


def test_a_camera_that_is_gone_is_said_and_the_sheet_can_be_put_down_without(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    on_sheet(app, driver)
    shutil.rmtree(app.desk.camera, ignore_errors=True)
    touch(driver, "photo")
    assert app.frame.notice == code_words("camera_folder_missing")
    touch(driver, "record")
    assert "answer" in [one.kind for one in kept(app)]


def test_a_picture_that_vanished_is_said(driver, start, tmp_path) -> None:
    app = start(tablet.made(tmp_path))
    on_sheet(app, driver)
    app.desk.camera.mkdir(exist_ok=True)
    (app.desk.camera / "IMG_2.jpg").symlink_to(tmp_path / "gone.jpg")
    touch(driver, "photo")
    assert app.frame.notice
    assert [one.kind for one in kept(app)][-1] != "photo"


def test_a_tablet_that_is_unlocked_on_a_full_disk_says_so_and_opens_when_there_is_room(driver, start, disk) -> None:
    app = start(tablet.made(disk.folder / "tablet"))
    on_sheet(app, driver)
    before = kept(app)
    app.desk.lock()
    driver.step(4)
    with disk.full():
        for digit in tablet.PIN:
            driver.tap_text(digit)
        touch(driver, "key:tick")
        driver.step(4)
        said = driver._in_sight()
        assert app.desk.store is None and any(words in said for words in disk.words()), said
    if app.desk.store is None:
        for digit in tablet.PIN:
            driver.tap_text(digit)
        touch(driver, "key:tick")
    assert app.desk.held.entries == before


def test_a_plate_on_a_full_disk_is_not_put_down_in_part(driver, start, disk) -> None:
    app = start(tablet.made(disk.folder / "tablet"))
    app.desk.begin()
    before = app.desk.held.entries
    with disk.full():
        app.desk.attempt(lambda: app.desk.put(acts.identify("蒙K12345", "yellow"), follow=acts.look_up))
        assert app.frame.notice in disk.words()
        assert kept(app) == app.desk.held.entries == before


@pytest.mark.parametrize("begins", ["tempfile.mkdtemp", "mobile.store.store.open_store"])
def test_practice_that_finds_no_room_is_not_begun_and_the_work_can_be_unlocked(driver, start, tmp_path, begins) -> None:
    app = start(tablet.made(tmp_path))
    app.desk.lock()
    driver.step(4)

    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "no room") if begins == "tempfile.mkdtemp" else Refusal("disk_full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(begins, full)
        touch(driver, "practice")
    assert (app.desk.screen, app.desk.practising, app.frame.practice) == ("unlock", False, False)
    assert app.frame.notice == code_words("disk_full")
    assert not list(tmp_path.glob("practice-*"))
    for digit in tablet.PIN:
        driver.tap_text(digit)
    driver.tap_id("key:tick")
    assert app.desk.screen == "queue"
