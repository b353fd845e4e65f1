"""What the tablet writes is readable by nobody else, whatever the process allows; older files are closed then."""

import os
import stat
import sys

import pytest

from mobile.device import disk, private
from mobile.inspecting import evidence
from mobile.main import OURS, prepare
from tests.mobile import tablet
from tests.mobile.inspecting.test_evidence import picture

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has lists of rights instead")


@pytest.fixture(autouse=True)
def generous():
    """The mask that most systems give a process; it is put back afterwards."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def loose(folder):
    """What others could read or enter, the folder itself included."""
    return [str(one) for one in (folder, *folder.rglob("*")) if one.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]


def test_a_working_tablets_files_are_its_own(tmp_path):
    assert loose(tablet.made(tmp_path / "tablet")) == []


def test_photos_and_their_folders_are_closed_too(tmp_path):
    desk, _screens = tablet.shown(tablet.made(tmp_path / "tablet"))
    desk.unlock("officer-1", tablet.PIN)
    desk.begin()
    evidence.capture(desk.open_store, picture(320, 240), evidence.Stamp("x"))
    assert list((desk.folder / "photos").rglob("*")) and loose(desk.folder) == []
    desk.close()


def test_a_file_that_was_open_to_others_is_closed_when_it_is_written_anew(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"1")
    disk.write_durably(path, b"2")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_start_closes_what_an_older_version_left_open_and_nothing_else(tmp_path):
    for name in ("data/store.db", "photos/ab/abcd", "keys.json", "camera/IMG_1.jpg", "somebody/else.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    prepare(tmp_path)
    assert not [one for name in OURS if (tmp_path / name).exists() for one in loose(tmp_path / name)]
    assert len(loose(tmp_path / "somebody")) == 2
    (tmp_path / "later").mkdir()
    assert stat.S_IMODE((tmp_path / "later").stat().st_mode) == 0o700


def test_a_walk_that_was_cut_off_is_made_again(tmp_path, monkeypatch):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a").write_bytes(b"x")
    with monkeypatch.context() as cut:
        cut.setattr(type(tmp_path), "chmod", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            private.tighten(tmp_path, ["photos"])
    private.tighten(tmp_path, ["photos"])
    assert loose(tmp_path / "photos") == []
