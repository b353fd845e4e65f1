"""A live picture through OpenCV, from a video file with a code in it; without OpenCV or a camera there is none."""

import io
import sys
import threading
import time

import pytest
import segno
from PIL import Image

from mobile.device import live_camera, on_android, scanner
from mobile.refusals import Refusal

WAYBILL = "运单编号=YD1;车牌号=蒙K12345;UN编号=1830"


@pytest.fixture
def cv2():
    return pytest.importorskip("cv2", reason="the optional extra `camera` is not installed")


def video(cv2, path, text=WAYBILL):
    """Two seconds of 960 x 720: grey, then a code held into the picture."""
    buffer = io.BytesIO()
    segno.make(text, error="m").save(buffer, kind="png", scale=8, border=4)
    code = Image.open(buffer).convert("RGB")
    plain, coded = (Image.new("RGB", (960, 720), "#707a80") for _ in range(2))
    coded.paste(code, ((960 - code.width) // 2, (720 - code.height) // 2))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 25, (960, 720))
    for number in range(50):
        shown = plain if number < 10 else coded
        writer.write(as_image(cv2, shown))
    writer.release()


def as_image(cv2, picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    import numpy

    return cv2.imdecode(numpy.frombuffer(buffer.getvalue(), "uint8"), cv2.IMREAD_COLOR)


def until(true):
    while not true():
        time.sleep(0.01)


@pytest.fixture
def source(cv2, tmp_path):
    video(cv2, tmp_path / "waybill.avi")
    held = live_camera.lens(str(tmp_path / "waybill.avi"))(codes=True)
    yield held
    held.close()


def test_frames_come_small_and_the_picture_whole(source):
    until(lambda: source.frame() is not None)
    frame = source.frame()
    assert (source.state, frame.width, frame.height, len(frame.rgb)) == ("open", 800, 600, 800 * 600 * 3)
    assert frame.rgb[:3] == Image.open(io.BytesIO(source.picture())).resize((1, 1)).tobytes() or frame.rgb[0] > 90
    assert Image.open(io.BytesIO(source.picture())).size == (960, 720)
    until(lambda: source.frame(frame.number) is not None)
    assert source.frame(10**9) is None


def test_a_code_is_read_as_it_looks_and_stands_in_the_picture_that_is_kept(source):
    until(source.coded)
    assert scanner.read_qr(source.coded()) == (WAYBILL,)


def test_for_a_photo_no_codes_are_looked_for(cv2, tmp_path, monkeypatch):
    video(cv2, tmp_path / "a.avi")
    monkeypatch.setattr(scanner, "sees_code", lambda *_: pytest.fail("nobody asked for a code"))
    held = live_camera.OpenCv(str(tmp_path / "a.avi"))
    until(lambda: held.frame(12) is not None)
    assert held.coded() == b"" and held.state == "open"
    held.close()


def test_what_cannot_be_opened_fails_and_gives_no_picture(cv2, tmp_path):
    held = live_camera.OpenCv(str(tmp_path / "gone.avi"))
    until(lambda: held.state == "failed")
    with pytest.raises(Refusal, match="camera_lost"):
        held.picture()


def test_a_camera_that_hangs_gives_no_picture_of_before(source, monkeypatch):
    until(lambda: source.frame() is not None)
    monkeypatch.setattr(live_camera, "_HANGS_AFTER_S", -1.0)
    assert source.state == "failed"
    with pytest.raises(Refusal, match="camera_lost"):
        source.picture()


def test_its_thread_ends_with_it(source):
    until(lambda: source.frame() is not None)
    source.close()
    until(lambda: not any(one.name == "lujian-camera" for one in threading.enumerate()))


def test_without_opencv_a_camera_or_on_android_there_is_none(monkeypatch):
    assert live_camera.lens("none") is None
    monkeypatch.setattr(live_camera, "find_spec", lambda _name: None)
    assert live_camera.lens("auto") is None and live_camera.lens("0") is None
    monkeypatch.setattr(live_camera, "find_spec", lambda name: name)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(live_camera.Path, "glob", lambda _path, _what: iter(()))
    assert live_camera.lens("auto") is None
    assert live_camera.lens("0").args == (0,) and live_camera.lens("a.avi").args == ("a.avi",)
    monkeypatch.setattr(on_android, "here", lambda: True)
    assert live_camera.lens("0") is None


def test_a_frame_without_a_code_has_none():
    assert not scanner.sees_code(64, 48, bytes(64 * 48))
