"""No picture of another vehicle becomes evidence, and a photo says when it was taken, by which clock, and where."""

import io
import os
from datetime import UTC, datetime, timedelta

import pytest
import segno
from PIL import Image

from checklists.inspection.capture import Position, Taken, position_of, taken_of
from checklists.wire import digest, instant
from mobile.inspecting import acts, stamp
from mobile.refusals import Refusal
from mobile.store import clear_copies
from tests.mobile import tablet

MINUTE = timedelta(minutes=1)


class Clock:
    """The tablet's clock, which a test turns; whole seconds, as cameras write them."""

    def __init__(self):
        self.at = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path, clock):
    held, _screens = tablet.shown(tablet.made(tmp_path / "tablet"))
    held.now = clock
    held.camera = tmp_path / "Camera Roll"
    held.camera.mkdir()
    held.unlock("officer-1", tablet.PIN)
    yield held
    held.close()


def jpeg(colour="red", said=None, offset=""):
    exif = Image.Exif()
    if said is not None:
        exif.get_ifd(0x8769)[0x9003] = said
        if offset:
            exif.get_ifd(0x8769)[0x9011] = offset
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def snapped(desk, at, name="IMG_1.jpg", colour="red", **more):
    """A picture that a camera wrote at that time."""
    path = desk.camera / name
    path.write_bytes(jpeg(colour, **more))
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def refused(desk):
    with pytest.raises(Refusal) as caught:
        desk.shutter().newest("LOD-02")
    return caught.value.code


def test_what_lay_in_the_folder_when_the_check_was_opened_is_of_the_vehicle_before(desk, clock):
    snapped(desk, clock.at - MINUTE)
    desk.begin()
    assert refused(desk) == "no_new_picture"
    new = snapped(desk, clock.at + MINUTE, "IMG_2.jpg", "green")
    assert desk.shutter().newest("LOD-02")["sha256"] == digest(new.read_bytes())


def test_that_holds_too_where_the_clock_was_turned_back_between(desk, clock):
    snapped(desk, clock.at + MINUTE)
    desk.begin()
    assert refused(desk) == "no_new_picture"


def test_a_picture_that_is_copied_into_the_folder_later_is_told_by_its_time(desk, clock):
    desk.begin()
    snapped(desk, clock.at - MINUTE)
    assert refused(desk) == "no_new_picture"


def test_one_that_was_copied_with_a_new_time_is_told_by_its_camera(desk, clock):
    desk.begin()
    snapped(desk, clock.at + MINUTE, said="2026:11:21 09:20:00")
    assert refused(desk) == "picture_of_before"


def test_a_name_that_is_used_again_with_other_bytes_is_a_new_picture(desk, clock):
    snapped(desk, clock.at)
    desk.begin()
    again = snapped(desk, clock.at + MINUTE, colour="green")
    assert desk.shutter().newest("LOD-02")["sha256"] == digest(again.read_bytes())


def test_one_that_was_taken_and_not_put_down_can_be_taken_again_and_one_beside_it_cannot(desk, clock):
    desk.begin()
    snapped(desk, clock.at + MINUTE, "IMG_0.jpg", "blue")
    content = snapped(desk, clock.at + 2 * MINUTE).read_bytes()
    for _try in range(2):
        assert desk.shutter().fresh()["sha256"] == digest(content)
    desk.put(acts.photo(desk.shutter().fresh(), "LIC-11"))
    assert refused(desk) == "no_new_picture"


def test_a_picture_that_another_record_has_is_in_none_after_it(desk, clock):
    desk.begin()
    content = snapped(desk, clock.at + MINUTE).read_bytes()
    desk.put(acts.photo(desk.shutter().newest("LOD-02"), "LIC-11"))
    desk.begin()
    path = snapped(desk, clock.at + 2 * MINUTE, "copy.jpg")
    assert path.read_bytes() == content
    assert refused(desk) == "no_new_picture"


def two_open(desk, clock):
    """A check of one vehicle, laid aside for that of another."""
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    first = desk.held.inspection
    clock.at += 5 * MINUTE
    desk.begin()
    desk.put(acts.identify("蒙K99999", "yellow"))
    clock.at += 2 * MINUTE
    return first


def test_a_picture_that_came_while_another_check_was_in_hand_is_of_that_one(desk, clock):
    first = two_open(desk, clock)
    snapped(desk, clock.at)
    desk.resume(first)
    assert refused(desk) == "no_new_picture"
    new = snapped(desk, clock.at + MINUTE, "IMG_2.jpg", "green")
    assert desk.shutter().newest("LOD-02")["sha256"] == digest(new.read_bytes())


def test_locking_and_the_sync_centre_pass_no_picture_of_the_check_in_hand_by(desk, clock):
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    new = snapped(desk, clock.at + MINUTE)
    desk.go("sync")
    desk.back_to_inspection()
    desk.lock()
    desk.unlock("officer-1", tablet.PIN)
    assert desk.shutter().newest("LOD-02")["sha256"] == digest(new.read_bytes())


def test_an_answer_to_the_office_takes_none_that_came_while_a_check_was_in_hand(desk, clock):
    first = two_open(desk, clock)
    reply = lambda: desk.shutter(desk.look(first), "reply:1")  # noqa: E731 - the clock runs on
    reply().opened()
    clock.at += 30 * MINUTE
    desk.begin()
    snapped(desk, clock.at + MINUTE)
    reply().opened()
    with pytest.raises(Refusal, match="no_new_picture"):
        reply().fresh()


def test_a_chosen_picture_of_before_is_not_kept_either(desk, clock):
    old = snapped(desk, clock.at - MINUTE)
    desk.begin()
    with pytest.raises(Refusal, match="no_new_picture"):
        desk.shutter().keep(old)


def scan(desk, at):
    path = desk.camera / "qr.png"
    segno.make("YD1", error="m").save(str(path), scale=6)
    os.utime(path, (at.timestamp(), at.timestamp()))
    content = path.read_bytes()
    clear_copies.took_code(desk.open_store, path, desk.held.inspection)
    return content


def test_the_scanned_picture_of_this_check_can_be_the_waybills_photo_and_no_other(desk, clock):
    desk.begin()
    content = scan(desk, clock.at + MINUTE)
    for take in (desk.shutter().fresh, lambda: desk.shutter().newest("EQP-14")):
        with pytest.raises(Refusal, match="no_new_picture"):
            take()
    assert desk.shutter().newest("LOD-02")["sha256"] == digest(content)


def test_a_scan_that_was_taken_before_the_check_is_no_photo_of_it(desk, clock):
    desk.begin()
    scan(desk, clock.at - MINUTE)
    assert refused(desk) == "no_new_picture"


def test_an_answer_to_the_office_takes_pictures_since_it_was_begun(desk, clock):
    desk.begin()
    snapped(desk, clock.at + MINUTE)
    desk.shutter(of="reply:1").opened()
    with pytest.raises(Refusal, match="no_new_picture"):
        desk.shutter(of="reply:1").fresh()
    desk.shutter(of="reply:1").opened()
    clock.at += 2 * MINUTE
    new = snapped(desk, clock.at, "IMG_2.jpg", "green")
    assert desk.shutter(of="reply:1").fresh()["sha256"] == digest(new.read_bytes())


@pytest.mark.parametrize(
    ("said", "offset", "taken", "differs"),
    [
        (None, "", Taken("2026-11-21T01:31:00.000Z", "file"), ""),
        ("2026:11:21 09:31:00", "", Taken("2026-11-21T01:31:00.000Z", "camera"), ""),
        ("2026:11:21 10:31:00", "+09:00", Taken("2026-11-21T01:31:00.000Z", "camera"), ""),
        ("2026:11:21 09:31:00", "nonsense", Taken("2026-11-21T01:31:00.000Z", "camera"), ""),
        (
            "2026:11:21 09:41:00",
            "",
            Taken("2026-11-21T01:41:00.000Z", "camera", "2026-11-21T01:31:00.000Z"),
            "11-21 09:31",
        ),
        ("0000:00:00 00:00:00", "", Taken("2026-11-21T01:31:00.000Z", "file"), ""),
        (
            "2030:01:01 00:00:00",
            "",
            Taken("2026-11-21T01:31:00.000Z", "file", "2029-12-31T16:00:00.000Z"),
            "2030-01-01 00:00",
        ),
    ],
)
def test_a_photo_says_when_it_was_taken_and_that_two_clocks_disagree(desk, clock, said, offset, taken, differs):
    desk.begin()
    snapped(desk, clock.at + MINUTE, said=said, offset=offset)
    clock.at += 30 * MINUTE
    value = desk.shutter().newest("LOD-02")
    assert taken_of(value) == taken
    line = stamp.of(value).at
    at = "2026-11-21 09:41" if taken.by == "camera" and differs else "2026-11-21 09:31"
    assert line == (f"{at}，两个时钟不一致：{differs}" if differs else at)


@pytest.mark.parametrize("said", [None, "2030:01:01 00:00:00"])
def test_where_every_time_of_a_picture_is_ahead_it_was_taken_by_now(desk, clock, said):
    desk.begin()
    snapped(desk, datetime(2029, 12, 31, 16, tzinfo=UTC), said=said)
    taken = taken_of(desk.shutter().newest("LOD-02"))
    assert taken == Taken(instant(clock.at), "tablet", "2029-12-31T16:00:00.000Z")


class Here:
    """A receiver with one position."""

    def __init__(self, where):
        self.where = where

    def look(self):
        pass


def placed(desk, clock, accuracy_m=12, age=timedelta(0)):
    desk.receiver = Here(Position("40.842000", "111.749000", instant(clock.at - age), "gpsd", accuracy_m))


def test_a_photo_and_the_opening_say_where_the_tablet_was(desk, clock):
    placed(desk, clock)
    desk.begin()
    assert desk.held.entries == ()
    snapped(desk, clock.at)
    desk.put(acts.photo(desk.shutter().newest("LOD-02"), "LIC-11"))
    opening, photo = desk.held.entries
    assert (opening.kind, opening.item) == ("position", "opened")
    assert position_of(opening.value) == position_of(photo.value) == desk.receiver.where
    desk.put([acts.fact("note.x", "1", "officer")])
    assert [one.kind for one in desk.held.entries].count("position") == 1


@pytest.mark.parametrize(
    ("accuracy_m", "age", "says", "not_"),
    [
        (12, timedelta(0), ("40.842000, 111.749000", "±12 m"), ("精度", "时")),
        (180, timedelta(0), ("±180 m", "精度低"), ("时",)),
        (None, timedelta(0), ("精度不明",), ("±",)),
        (12, 5 * MINUTE, ("±12 m", "11-21 09:25"), ("精度低",)),
    ],
)
def test_a_position_that_is_old_or_coarse_is_said_to_be(desk, clock, accuracy_m, age, says, not_):
    placed(desk, clock, accuracy_m, age)
    desk.begin()
    snapped(desk, clock.at)
    place = stamp.of(desk.shutter().newest("LOD-02")).place
    assert all(one in place for one in says) and not any(one in place for one in not_)


def test_no_position_is_said_with_its_reason(desk, clock):
    desk.receiver = Here("no_fix")
    desk.begin()
    snapped(desk, clock.at)
    value = desk.shutter().newest("LOD-02")
    assert value["no_position"] == "no_fix" and "position" not in value
    assert stamp.of(value).place == "无定位"


def stamped_plates(desk):
    return [one.value["stamp"]["plate"] for one in desk.held.all_of("photo")]


def test_stamps_follow_a_corrected_plate_and_the_original_stays(desk, clock):
    desk.begin()
    desk.put(acts.identify("蒙K12345", "yellow"))
    snapped(desk, clock.at)
    desk.put(acts.photo(desk.shutter().newest("LOD-02"), "LIC-11"))
    (before,) = desk.held.all_of("photo")
    desk.put(acts.identify("蒙K12346", "yellow"))
    (after,) = desk.held.all_of("photo")
    assert (stamped_plates(desk), after.withdraws) == (["蒙K12346"], before.id)
    assert after.value["working"] != before.value["working"]
    assert {key: after.value[key] for key in ("sha256", "taken", "thumbnail")} == {
        key: before.value[key] for key in ("sha256", "taken", "thumbnail")
    }
    count = len(desk.held.entries)
    desk.put([acts.fact("vehicle.colour", "yellow", "officer")])
    assert len(desk.held.entries) == count + 1


def test_marks_stay_on_a_photo_that_is_stamped_anew(desk, clock):
    from mobile.inspecting import marked_photo
    from mobile.inspecting.markup import Mark, marks_of

    desk.begin()
    snapped(desk, clock.at)
    desk.put(acts.photo(desk.shutter().newest("LOD-02"), "LIC-11"))
    (entry,) = desk.held.all_of("photo")
    desk.put(marked_photo.annotate(desk.open_store, entry, [Mark("arrow", ((1, 1), (9000, 9000)))]))
    (marked,) = desk.held.all_of("photo")
    desk.put(acts.identify("蒙K12346", "yellow"))
    (after,) = desk.held.all_of("photo")
    assert marks_of(after.value) == marks_of(marked.value) != ()
    assert after.value["unmarked"] not in (after.value["working"], marked.value["unmarked"])
