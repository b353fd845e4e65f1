"""What the device's functions do on systems that these tests do not run on, as far as it is logic of ours."""

import io
import sys
from pathlib import Path, PurePosixPath
from types import ModuleType, SimpleNamespace

import pytest
import segno

from mobile.device import camera, on_android, printer, scanner, share, volumes
from mobile.main import data_folder, prepare
from mobile.refusals import Refusal


def test_windows_sticks_are_the_removable_ones_among_its_letters():
    kinds = {"A:\\": 2, "C:\\": 3, "E:\\": 2, "Z:\\": 4}
    mask = sum(1 << "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(root[0]) for root in kinds)
    assert [str(one) for one in volumes.drives(mask, kinds.__getitem__)] == ["A:\\", "E:\\"]
    assert volumes.drives(0, kinds.__getitem__) == ()


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/home/w/.local/share/lujian"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/lujian"),
        ("win32", {"LOCALAPPDATA": "/users/w/AppData/Local"}, "/users/w/AppData/Local/Lujian"),
        ("win32", {}, "/home/w/AppData/Local/Lujian"),
        ("darwin", {}, "/home/w/Library/Application Support/Lujian"),
        ("win32", {"LUJIAN_DATA": "/shift"}, "/shift"),
    ],
)
def test_data_lie_where_each_system_has_them(platform, environment, folder):
    assert PurePosixPath(data_folder(platform, environment, Path("/home/w"))) == PurePosixPath(folder)


def test_windows_shows_the_characters_of_its_input_method(tmp_path, monkeypatch):
    monkeypatch.delenv("SDL_IME_SHOW_UI", raising=False)
    prepare(tmp_path)
    import os

    assert os.environ["SDL_IME_SHOW_UI"] == "1"


def test_windows_prints_and_shows_by_its_registered_programs(tmp_path, monkeypatch):
    paper = tmp_path / "n.pdf"
    paper.write_bytes(b"%PDF")
    asked = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("os.startfile", lambda path, verb: asked.append((Path(path).name, verb)), raising=False)
    printer.print_pdf(paper)
    printer.show_pdf(paper)
    assert asked == [("n.pdf", "print"), ("n.pdf", "open")]

    def nobody(path, verb):
        raise OSError(f"no program for {verb}")

    monkeypatch.setattr("os.startfile", nobody, raising=False)
    for act, code in ((printer.print_pdf, "printer_missing"), (printer.show_pdf, "viewer_missing")):
        with pytest.raises(Refusal) as caught:
            act(paper)
        assert caught.value.code == code


def test_without_the_desktops_reader_the_tablets_is_asked(monkeypatch):
    """A stand-in for pyzbar, which has no wheel here; two codes come in any order and are told from the top."""
    zbar = ModuleType("pyzbar.pyzbar")
    zbar.ZBarSymbol = SimpleNamespace(QRCODE=64)
    found = [
        SimpleNamespace(rect=SimpleNamespace(top=top), data=text.encode()) for top, text in ((90, "下"), (5, "上"))
    ]
    zbar.decode = lambda picture, symbols: found if picture.mode == "L" and symbols == [64] else []
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar", ModuleType("pyzbar"))
    monkeypatch.setitem(sys.modules, "pyzbar.pyzbar", zbar)
    buffer = io.BytesIO()
    segno.make("x").save(buffer, kind="png")
    assert scanner.read_qr(buffer.getvalue()) == ("上", "下")


def test_a_desktop_has_neither_camera_app_nor_chooser(tmp_path):
    assert not on_android.here()
    assert not camera.opened(tmp_path)
    assert not share.offered(tmp_path / "n.pdf")


def test_android_is_asked_for_camera_viewer_and_chooser(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(on_android, "here", lambda: True)
    monkeypatch.setattr(on_android, "take_picture", lambda target, done: asked.append(target.suffix))
    monkeypatch.setattr(on_android, "view", lambda path: asked.append(("view", path.name)))
    monkeypatch.setattr(on_android, "send", lambda path: asked.append(("send", path.name)))
    paper = tmp_path / "n.pdf"
    paper.write_bytes(b"%PDF")
    assert camera.opened(tmp_path / "camera") and share.offered(paper)
    printer.print_pdf(paper)
    printer.show_pdf(paper)
    assert asked == [".jpg", ("send", "n.pdf"), ("view", "n.pdf"), ("view", "n.pdf")]
