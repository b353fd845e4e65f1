import io
import tracemalloc

import pytest
from PIL import Image, ImageOps

from checklists.wire import digest
from mobile.device import image_file
from mobile.inspecting import evidence
from mobile.inspecting.evidence import Stamp
from mobile.inspecting.manifest import manifest
from mobile.refusals import Refusal
from mobile.store import photo_files
from tests.mobile.field import begun, entry, noise, opened

STAMP = Stamp("2026-11-21 09:30", "G210 固定检查点", "鲍警官", "蒙K12345")


@pytest.fixture
def held(tmp_path):
    return opened(tmp_path)


def picture(width=2400, height=1800, kind="JPEG", **more):
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(buffer, kind, **more)
    return buffer.getvalue()


def refused(held, content):
    with pytest.raises(Refusal) as caught:
        evidence.capture(held, content, STAMP)
    return caught.value.code


def test_the_original_is_kept_byte_for_byte_and_named_by_its_digest(held):
    content = picture()
    value = evidence.capture(held, content, STAMP)
    assert value["sha256"] == digest(content) and value["bytes"] == len(content)
    assert photo_files.read(held, value["sha256"]) == content


def test_no_photo_stands_readable_on_the_disk(held, tmp_path):
    content = picture()
    evidence.capture(held, content, STAMP)
    files = [file.read_bytes() for file in (tmp_path / "photos").rglob("*") if file.is_file()]
    assert len(files) == 3
    assert not [one for one in files if one.startswith(b"\xff\xd8") or content[:64] in one]


def test_copies_are_small_and_the_working_copy_carries_the_stamp(held):
    value = evidence.capture(held, picture(), STAMP)
    plain = evidence.capture(held, picture(), Stamp(""))
    working = Image.open(io.BytesIO(photo_files.read(held, value["working"]["sha256"])))
    thumbnail = Image.open(io.BytesIO(photo_files.read(held, value["thumbnail"]["sha256"])))
    assert (working.width, thumbnail.width) == (1600, 320)
    assert value["working"]["sha256"] != plain["working"]["sha256"]
    assert value["thumbnail"] == plain["thumbnail"]


@pytest.mark.parametrize(("size", "decoded"), [((4000, 3000), (2000, 1500)), ((3000, 4000), (1500, 2000))])
def test_of_a_large_photo_no_more_is_decoded_than_the_copies_need(held, monkeypatch, size, decoded):
    seen, upright = [], ImageOps.exif_transpose
    monkeypatch.setattr(ImageOps, "exif_transpose", lambda image: seen.append(image.size) or upright(image))
    value = evidence.capture(held, picture(*size), STAMP)
    assert seen == [decoded]
    with Image.open(io.BytesIO(photo_files.read(held, value["working"]["sha256"]))) as working:
        assert max(working.size) == evidence.WORKING_PX


def test_a_large_photo_whose_end_is_missing_is_refused_though_it_is_decoded_small(held):
    assert refused(held, picture(4000, 3000)[:-20_000]) == "not_an_image"


def test_a_phone_held_upright_gives_an_upright_copy(held):
    exif = Image.Exif()
    exif[0x0112] = 6
    value = evidence.capture(held, picture(800, 600, exif=exif), STAMP)
    working = Image.open(io.BytesIO(photo_files.read(held, value["working"]["sha256"])))
    assert working.height > working.width


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a picture", noise(5000), picture()[:9000]])
def test_what_is_not_a_whole_image_is_refused_and_nothing_is_kept(held, tmp_path, content):
    assert refused(held, content) == "not_an_image"
    assert not list(tmp_path.glob("photos/**/*"))


def test_a_picture_beyond_bounds_is_refused_before_it_is_decoded(held, monkeypatch):
    monkeypatch.setattr(image_file, "MOST_PIXELS", 1000)
    assert refused(held, picture(100, 100, "PNG")) == "image_too_large"
    monkeypatch.setattr(image_file, "MOST_BYTES", 100)
    assert refused(held, picture(100, 100)) == "image_too_large"


def several(kind="MPO"):
    """What many phones write: a JPEG with a second picture behind it."""
    buffer = io.BytesIO()
    first, second = (Image.new("RGB", (640, 480), colour) for colour in ("red", "blue"))
    first.save(buffer, kind, save_all=True, append_images=[second])
    return buffer.getvalue()


def test_a_phones_picture_with_a_second_one_behind_it_is_a_jpeg_and_keeps_its_bytes(held):
    content = several()
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "MPO"
    value = evidence.capture(held, content, STAMP)
    assert (value["type"], value["sha256"]) == ("image/jpeg", digest(content))
    assert photo_files.read(held, value["sha256"]) == content
    working = Image.open(io.BytesIO(photo_files.read(held, value["working"]["sha256"])))
    assert working.getpixel((5, 5))[0] > 200


def kinds():
    for kind in ("GIF", "BMP", "TIFF", "WEBP"):
        buffer = io.BytesIO()
        Image.new("RGB", (8, 8)).save(buffer, kind)
        yield {"WEBP": "WebP", "TIFF": "TIFF / RAW"}.get(kind, kind), buffer.getvalue()
    for brand, kind in ((b"heic", "HEIC"), (b"mif1", "HEIC"), (b"avif", "AVIF"), (b"crx ", "RAW")):
        yield kind, b"\x00\x00\x00\x18ftyp" + brand + bytes(40)


@pytest.mark.parametrize(("kind", "content"), list(kinds()))
def test_a_picture_of_another_kind_is_told_by_its_name_and_never_decoded(held, tmp_path, kind, content):
    with pytest.raises(Refusal) as caught:
        evidence.capture(held, content, STAMP)
    assert (caught.value.code, caught.value.facts["kind"]) == ("picture_kind", kind)
    assert not list(tmp_path.glob("photos/**/*"))


def test_a_progressive_jpeg_has_to_be_held_whole_and_is_bounded_like_it(held, monkeypatch):
    monkeypatch.setattr(image_file, "MOST_PIXELS", 1000)
    assert refused(held, picture(100, 100, progressive=True)) == "image_too_large"
    assert evidence.capture(held, picture(100, 100), STAMP)
    monkeypatch.setattr(image_file, "MOST_JPEG_PIXELS", 1000)
    assert refused(held, picture(100, 100)) == "image_too_large"


def test_a_picture_beyond_pillows_own_bound_is_too_large_and_not_called_none(held, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert refused(held, picture(100, 100)) == "image_too_large"


def test_sixty_photos_do_not_add_up_in_memory(held):
    content = picture(1200, 900)
    evidence.capture(held, content, STAMP)
    tracemalloc.start()
    for number in range(60):
        evidence.capture(held, content, Stamp(str(number)))
    kept, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 1_000_000


def test_a_full_disk_is_said_and_leaves_no_half_file(held, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mobile.device.disk.os.fsync", full)
    assert refused(held, picture()) == "disk_full"
    assert not [file for file in tmp_path.glob("photos/**/*") if file.is_file()]


def test_a_file_that_was_changed_or_removed_is_noticed(held):
    value = evidence.capture(held, picture(), STAMP)
    path = photo_files.photo_path(held, value["sha256"])
    *before, last = path.read_bytes()
    path.write_bytes(bytes((*before, last ^ 1)))
    with pytest.raises(Refusal, match="photo_damaged"):
        photo_files.read(held, value["sha256"])
    path.unlink()
    with pytest.raises(Refusal, match="photo_missing"):
        photo_files.read(held, value["sha256"])


def test_the_manifest_names_each_file_of_each_photo_that_stands(held):
    inspection = begun(held)
    value = evidence.capture(held, picture(), STAMP)
    first = entry(inspection, 1, kind="photo", value={**value, "item": "TNK-07"}, item="TNK-07")
    second = entry(inspection, 2, kind="photo", value=value, item="TNK-08")
    taken_back = entry(inspection, 3, kind="note", withdraws=second.id)
    (photo,) = manifest([first, second, taken_back])
    assert photo["entry"] == first.id
    assert photo["original"] == {"sha256": value["sha256"], "bytes": value["bytes"], "type": "image/jpeg"}
    assert photo["working"] == value["working"] and photo["thumbnail"] == value["thumbnail"]
