import io
import os
import stat
import sys
from datetime import UTC, datetime

import pytest
import segno
from PIL import Image

from checklists.facts.waybill_codes import joined, read_code
from checklists.zone import LAW_ZONE
from mobile.device import camera, image_file, printer, scanner, share
from mobile.refusals import Refusal


def refused(function, *args):
    with pytest.raises(Refusal) as caught:
        function(*args)
    return caught.value.code


def qr(text, **more):
    buffer = io.BytesIO()
    segno.make(text, error="m").save(buffer, kind="png", scale=6, **more)
    return buffer.getvalue()


def tool(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_waybill_code_is_read_from_bytes_and_from_a_file(tmp_path):
    (tmp_path / "qr.png").write_bytes(qr("运单编号=YD1;UN编号=1830"))
    assert scanner.read_qr(tmp_path / "qr.png") == ("运单编号=YD1;UN编号=1830",)
    assert scanner.read_qr(qr("one")) == ("one",)


def test_several_codes_in_one_picture_are_all_returned_from_the_top(tmp_path):
    upper, lower = (Image.open(io.BytesIO(qr(text))).convert("L") for text in ("upper", "lower"))
    sheet = Image.new("L", (400, 800), 255)
    sheet.paste(upper, (20, 20))
    sheet.paste(lower, (20, 500))
    sheet.save(tmp_path / "two.png")
    assert scanner.read_qr(tmp_path / "two.png") == ("upper", "lower")


def test_a_picture_without_a_code_and_a_file_that_is_none_are_told_apart(tmp_path):
    Image.new("L", (300, 300), 255).save(tmp_path / "white.png")
    assert refused(scanner.read_qr, tmp_path / "white.png") == "qr_unreadable"
    assert refused(scanner.read_qr, b"%PDF-1.7") == "not_an_image"
    assert refused(scanner.read_qr, tmp_path / "gone.png") == "file_unreadable"


def test_a_torn_code_is_unreadable_and_never_half_read():
    picture = Image.open(io.BytesIO(qr("a" * 100))).convert("L")
    picture.paste(0, (0, 0, picture.width, picture.height // 2))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    assert refused(scanner.read_qr, buffer.getvalue()) == "qr_unreadable"


def test_a_tablet_without_the_reader_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    assert refused(scanner.read_qr, qr("one")) == "scanner_missing"


def test_pictures_that_arrive_are_found_once_and_other_files_are_not(tmp_path):
    (tmp_path / "b.JPG").write_bytes(b"1")
    (tmp_path / "notes.txt").write_bytes(b"2")
    first = camera.arrived(tmp_path)
    assert [one.name for one in first] == ["b.JPG"]
    assert camera.arrived(tmp_path, known={camera.seen(one) for one in first}) == ()
    assert camera.picked(first[0]) == b"1"
    assert refused(camera.arrived, tmp_path / "gone") == "camera_folder_missing"


def test_a_phone_that_writes_heic_is_heard_of_and_one_that_writes_both_is_not_disturbed(tmp_path):
    for name in ("IMG_1.HEIC", "IMG_2.HEIC", "IMG_2.JPG"):
        (tmp_path / name).write_bytes(b"x")
    assert sorted(one.name for one in camera.arrived(tmp_path)) == ["IMG_1.HEIC", "IMG_2.JPG"]


def test_every_ending_of_a_jpeg_and_of_a_picture_that_is_not_taken_is_found_and_a_folder_is_none(tmp_path):
    for name in ("a.jfif", "b.JPE", "c.tif", "d.bmp", "e.DNG"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "f.jpg").mkdir()
    assert sorted(one.name for one in camera.arrived(tmp_path)) == ["a.jfif", "b.JPE", "c.tif", "d.bmp", "e.DNG"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows prints by itself")
def test_a_paper_goes_to_the_printer_that_is_there(tmp_path, monkeypatch):
    paper = tmp_path / "n.pdf"
    paper.write_bytes(b"%PDF")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(printer.print_pdf, paper) == "printer_missing"
    tool(tmp_path, "lp", f'echo "$1" > {tmp_path}/printed')
    printer.print_pdf(paper)
    assert (tmp_path / "printed").read_text().strip() == str(paper)
    tool(tmp_path, "lp", "echo no default destination >&2; exit 1")
    assert refused(printer.print_pdf, paper) == "printer_missing"


def test_without_a_screen_or_a_file_nothing_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert refused(printer.show_pdf, tmp_path / "gone.pdf") == "file_unreadable"
    (tmp_path / "n.pdf").write_bytes(b"%PDF")
    assert refused(printer.show_pdf, tmp_path / "n.pdf") == "viewer_missing"


def test_a_shared_file_never_overwrites_another(tmp_path):
    stick = tmp_path / "stick"
    assert refused(share.share, tmp_path / "n.pdf", stick) == "folder_missing"
    stick.mkdir()
    for content in (b"one", b"one", b"two"):
        (tmp_path / "n.pdf").write_bytes(content)
        share.share(tmp_path / "n.pdf", stick)
    assert sorted((one.name, one.read_bytes()) for one in stick.iterdir()) == [("n-2.pdf", b"two"), ("n.pdf", b"one")]


WAYBILL = "运单编号:YD1;车牌号:蒙K12345;UN编号:1830;货物名称:硫酸"


def png(code):
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=4)
    return buffer.getvalue()


def test_row_44_a_code_comes_with_its_bytes_in_whatever_code_they_are():
    data = WAYBILL.encode("gb18030")
    (found,) = scanner.read_codes(png(segno.make(data, mode="byte", error="m")))
    assert found.data == data
    assert read_code(found).data["plate"] == "蒙K12345"


@pytest.mark.parametrize("error", ["l", "m", "h"])
def test_row_45_a_code_says_which_part_of_several_it_is_and_parts_are_joined(error):
    pictures = [png(one) for one in segno.make_sequence(WAYBILL, symbol_count=2, error=error)]
    found = [scanner.read_codes(one)[0] for one in pictures]
    assert [(one.part, one.parts) for one in found] == [(1, 2), (2, 2)]
    (whole,) = joined(found)
    assert read_code(whole).data["lines"] == [{"un": "1830", "name": "硫酸"}]


@pytest.mark.parametrize("version", [1, 2, 6, 7, 14, 25, 40])
def test_a_code_that_stands_alone_is_no_part(version):
    (found,) = scanner.read_codes(png(segno.make("x", version=version, error="l")))
    assert (found.part, found.parts, found.text) == (1, 1, "x")


def test_pictures_are_found_in_the_folders_that_a_camera_makes_and_in_no_other(tmp_path):
    for number, name in enumerate(
        ("101CANON/IMG_1.JPG", "2026/12-01/b.jpg", "c.jpg", ".thumbnails/IMG_1.JPG", "Screenshots/d.png")
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, ns=(number * 10**9, number * 10**9))
    assert [one.name for one in camera.arrived(tmp_path)] == ["IMG_1.JPG", "b.jpg", "c.jpg"]


@pytest.mark.parametrize(
    ("said", "offset"),
    [("9999:12:31 23:59:59", "-12:00"), ("0001:01:01 00:00:00", "+14:00"), ("0001:01:01 00:00:00", "")],
)
def test_a_time_that_no_calendar_has_says_nothing(said, offset):
    exif = Image.Exif()
    own = exif.get_ifd(0x8769)
    own[0x9003] = said
    if offset:
        own[0x9011] = offset
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", exif=exif)
    assert image_file.taken_at(buffer.getvalue(), LAW_ZONE) is None


def test_a_file_of_a_year_that_no_calendar_has_is_very_old_or_very_new():
    assert camera.written(("", -(10**20), 0)).year == 1 and camera.written(("", 10**21, 0)).year == 9999
    assert camera.written(("", 0, 0)) == datetime(1970, 1, 1, tzinfo=UTC)


def test_old_pictures_are_not_asked_for_again_and_a_name_that_is_used_again_is_found(tmp_path):
    (tmp_path / "100MEDIA").mkdir()
    old, again = tmp_path / "100MEDIA" / "IMG_1.jpg", tmp_path / "100MEDIA" / "IMG_2.jpg"
    for one in (old, again):
        one.write_bytes(b"1")
        os.utime(one, (1000, 1000))
    stands = (tmp_path / "100MEDIA").stat().st_mtime_ns
    since = datetime.fromtimestamp(2000, UTC)
    assert camera.arrived(tmp_path, since) == ()
    again.write_bytes(b"2")
    os.utime(again, (2000, 2000))
    # A card that another device wrote does not say that its folder changed.
    assert (tmp_path / "100MEDIA").stat().st_mtime_ns == stands
    assert camera.arrived(tmp_path, since) == (again,)


def test_a_picture_that_goes_away_while_the_folder_is_read_is_none(tmp_path, monkeypatch):
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"1")
    splitext = os.path.splitext

    def vanishing(name):
        (tmp_path / "a.jpg").unlink(missing_ok=True)
        return splitext(name)

    monkeypatch.setattr(camera.os.path, "splitext", vanishing)
    assert [one.name for one in camera.arrived(tmp_path)] == ["b.jpg"]
