"""What reads plates: none without its package or on Android; its models are let go; the real one on drawn plates."""

import io
import sys
import threading
from types import ModuleType

import pytest
from PIL import Image, ImageDraw, ImageFont

from mobile.device import on_android, plate_reader
from mobile.device.plate_reader import RapidOcr
from mobile.refusals import Refusal

FONT = "mobile/assets/fonts/NotoSansSC-Bold.ttf"
BOX = [[100.0, 100.0], [400.0, 104.0], [399.0, 180.0], [99.0, 176.0]]


def drawn(upper, lower=""):
    """A yellow plate on a grey vehicle, of one line or two."""
    picture = Image.new("RGB", (1200, 900), "#8d8a83")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((300, 300, 740, 520 if lower else 440), "#f6b210", "#141414", 5)
    draw.text((520, 350 if lower else 370), upper, "#141414", ImageFont.truetype(FONT, 70 if lower else 84), "mm")
    draw.text((520, 440), lower, "#141414", ImageFont.truetype(FONT, 112), "mm")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def test_without_its_package_or_on_android_there_is_none(monkeypatch):
    monkeypatch.setattr(plate_reader, "find_spec", lambda _name: None)
    assert plate_reader.reader() is None
    monkeypatch.setattr(plate_reader, "find_spec", lambda name: name)
    assert isinstance(plate_reader.reader(), RapidOcr)
    monkeypatch.setattr(on_android, "here", lambda: True)
    assert plate_reader.reader() is None


class Package(ModuleType):
    """rapidocr_onnxruntime as it is called here; `waits` holds what is being read."""

    def __init__(self):
        super().__init__("rapidocr_onnxruntime")
        self.loaded, self.called, self.reads = 0, threading.Event(), threading.Event()
        self.reads.set()

    def RapidOCR(self, **_settings):  # noqa: N802 - the package's own name
        self.loaded += 1
        return self.read

    def read(self, pixels):
        assert pixels.shape[2] == 3
        self.called.set()
        assert self.reads.wait(10)
        return [[BOX, "蒙K·12345", 0.99]], [0.1]


@pytest.fixture
def package(monkeypatch):
    pytest.importorskip("numpy", reason="comes with the optional extras `camera` and `plates`")
    made = Package()
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", made)
    return made


def test_the_models_are_loaded_at_the_first_picture_and_let_go_when_they_are_forgotten(package):
    reader = RapidOcr()
    reader.forget()
    assert package.loaded == 0
    assert [one.signs for _again in range(2) for one in reader.read(drawn("x"))] == ["蒙K12345"] * 2
    assert package.loaded == 1 and reader._model is not None
    reader.forget()
    assert reader._model is None
    assert reader.read(drawn("x")) and package.loaded == 2


def test_models_that_are_forgotten_while_they_read_are_let_go_once_they_have_read(package):
    reader, found = RapidOcr(), []
    package.reads.clear()
    reading = threading.Thread(target=lambda: found.extend(reader.read(drawn("x"))))
    reading.start()
    assert package.called.wait(10)
    reader.forget()
    assert reader._model is not None
    package.reads.set()
    reading.join(10)
    assert [one.signs for one in found] == ["蒙K12345"] and reader._model is None


def test_what_is_no_picture_or_cannot_be_loaded_is_refused(package, monkeypatch):
    with pytest.raises(Refusal, match="not_an_image"):
        RapidOcr().read(b"no picture")
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    with pytest.raises(Refusal, match="plate_reader_missing"):
        RapidOcr().read(drawn("x"))


def test_no_text_at_all_is_no_plate(package):
    package.read = lambda _pixels: (None, None)
    assert RapidOcr().read(drawn("x")) == ()


@pytest.mark.parametrize(("upper", "lower"), [("蒙K·12345", ""), ("蒙·K", "1234挂"), ("", "")])
def test_the_real_models_read_a_drawn_plate(upper, lower):
    pytest.importorskip("rapidocr_onnxruntime", reason="the optional extra `plates` is not installed")
    reader = RapidOcr()
    plate = (upper + lower).replace("·", "")
    assert [one.signs for one in reader.read(drawn(upper, lower))] == ([plate] if plate else [])
    reader.forget()
