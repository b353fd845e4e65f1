import io
import tracemalloc

import pytest
from PIL import Image

from checklists.wire import digest
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
    monkeypatch.setattr(evidence, "MOST_PIXELS", 1000)
    assert refused(held, picture(100, 100, "PNG")) == "image_too_large"
    monkeypatch.setattr(evidence, "MOST_BYTES", 100)
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
    path.write_bytes(path.read_bytes()[:-1] + b"x")
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
