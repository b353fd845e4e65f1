"""Marking a photo: drawn with the finger on a copy, kept as data; the original and its digest stay as they are."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from checklists.wire import canonical, digest
from mobile.inspecting import acts, camera_photo, evidence, marked_photo, markup
from mobile.inspecting.markup import Mark
from mobile.sealing import part
from mobile.store import photo_files, store
from mobile.words import words
from tests.mobile.closing import DEVICE
from tests.mobile.field import opened
from tests.mobile.story import StoryDesk, arrived

ARROW = Mark("arrow", ((1000, 1000), (6000, 6000)))
CIRCLE = Mark("circle", ((3000, 3000), (7000, 8000)))


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


@pytest.fixture
def desk(tmp_path):
    made = StoryDesk(arrived())
    made.open_store, made.camera = opened(tmp_path / "data"), tmp_path / "camera"
    made.camera.mkdir()
    Image.new("RGB", (640, 480), "#808080").save(made.camera / "001.jpg")
    made.put(
        acts.photo(camera_photo.Shutter(made.open_store, made.camera, made.held, made.now()).newest("LOD-02"), "TNK-05")
    )
    made.told = []
    made.tell = made.told.append
    yield made
    store.release(made.open_store)


def the_photo(desk):
    (entry,) = desk.held.all_of("photo")
    return entry


def marked(desk, *marks):
    desk.put(marked_photo.annotate(desk.open_store, the_photo(desk), marks))
    return the_photo(desk)


def picture(desk, sha256):
    return Image.open(io.BytesIO(photo_files.read(desk.open_store, sha256))).convert("RGB")


def test_the_original_stays_untouched_and_the_copy_shows_the_mark(desk):
    before = the_photo(desk)
    after = marked(desk, ARROW)
    assert after.value["sha256"] == before.value["sha256"]
    assert digest(photo_files.read(desk.open_store, after.value["sha256"])) == after.value["sha256"]
    assert after.value["working"] != before.value["working"] and after.value["thumbnail"] != before.value["thumbnail"]
    whole = picture(desk, after.value["working"]["sha256"])
    assert any(red > 180 and green < 90 for _count, (red, green, _blue) in whole.getcolors(640 * 480))


def test_there_is_still_one_photo_and_its_evidence_does_not_count_twice(desk):
    marked(desk, ARROW)
    desk.put(acts.answer("TNK-05", "does_not_conform"))
    finding = next(one for one in desk.held.assessment.findings if one.item == "TNK-05")
    assert len(finding.photos) == 1


def test_the_manifest_names_the_original_and_the_marked_copies(desk):
    entry = marked(desk, ARROW, CIRCLE)
    (named,) = part.build(desk.held, DEVICE, part_id="", sealed_at="", device_seq=1, previous=None)["photos"]
    assert named["entry"] == entry.id
    assert named["original"]["sha256"] == entry.value["sha256"]
    assert named["working"]["sha256"] == entry.value["working"]["sha256"]


def test_the_marks_are_whole_numbers_in_the_record_and_can_be_drawn_again(desk):
    entry = marked(desk, ARROW, CIRCLE)
    assert markup.marks_of(entry.value) == (ARROW, CIRCLE)
    canonical(dict(entry.value))
    again = picture(desk, markup.base_of(entry.value))
    marked_photo.draw(again, markup.marks_of(entry.value))
    assert evidence.with_copies(desk.open_store, {}, again)["working"] == entry.value["working"]


def test_marking_again_begins_from_the_copy_without_marks(desk):
    plain = the_photo(desk).value["working"]
    marked(desk, ARROW)
    bare = marked(desk)
    assert bare.value["unmarked"] == plain and bare.value["marks"] == []
    colours = picture(desk, bare.value["working"]["sha256"]).getcolors(640 * 480)
    assert max(red - green for _count, (red, green, _blue) in colours) < 40


def on_glass(driver, desk):
    from mobile.screens.annotate import flow as annotate
    from mobile.screens.annotate.view import AnnotateScreen

    screen = driver.show(AnnotateScreen())
    where = {"item": "TNK-05", "section": "TNK"}
    annotate.enter(desk, screen, entry=the_photo(desk).id, back_where=where)
    driver.step(3)
    return screen


def test_an_arrow_takes_one_drag_and_one_touch(driver, desk):
    on_glass(driver, desk)
    driver.drag(driver.find_id("picture"), [(0.4, 0.4), (0.5, 0.5), (0.6, 0.6)])
    driver.tap_id("keep_marks")
    assert driver.touches == 2
    (mark,) = markup.marks_of(the_photo(desk).value)
    assert mark.shape == "arrow" and len(mark.points) == 2
    (x1, y1), (x2, y2) = mark.points
    assert x1 < x2 and y1 > y2
    assert desk.went == [("deviation", {"item": "TNK-05", "section": "TNK"})]


def test_tools_undo_and_clear(driver, desk):
    screen = on_glass(driver, desk)
    pad = driver.find_id("picture")
    for tool in ("circle", "stroke"):
        driver.tap_id(f"tool:{tool}")
        driver.drag(pad, [(0.4, 0.4), (0.45, 0.6), (0.6, 0.5)])
    assert [one.shape for one in screen.ids.pad.marks] == ["circle", "stroke"]
    assert len(screen.ids.pad.marks[1].points) == 3
    driver.tap_id("undo")
    assert [one.shape for one in screen.ids.pad.marks] == ["circle"]
    driver.tap_id("clear_marks")
    assert screen.ids.pad.marks == [] and driver.find_id("undo").disabled


def test_a_slip_of_the_finger_is_no_mark(driver, desk):
    screen = on_glass(driver, desk)
    driver.tap_id("picture")
    assert screen.ids.pad.marks == []


def test_marks_that_were_not_put_down_yet_survive_a_power_cut(driver, desk):
    on_glass(driver, desk)
    driver.drag(driver.find_id("picture"), [(0.4, 0.4), (0.6, 0.6)])
    again = on_glass(driver, desk)
    assert [one.shape for one in again.ids.pad.marks] == ["arrow"]


def test_leaving_drops_them_and_gives_the_picture_back(driver, desk):
    screen = on_glass(driver, desk)
    driver.drag(driver.find_id("picture"), [(0.4, 0.4), (0.6, 0.6)])
    driver.tap_id("leave")
    assert screen.ids.pad.texture is None
    assert markup.marks_of(the_photo(desk).value) == ()
    assert on_glass(driver, desk).ids.pad.marks == []


def test_a_photo_whose_file_is_gone_is_said_and_leads_back(driver, desk):
    sha256 = markup.base_of(the_photo(desk).value)
    (desk.open_store.folder / "photos" / sha256[:2] / sha256).unlink()
    on_glass(driver, desk)
    assert [one.code for one in desk.told] == ["photo_missing"]
    assert desk.went == [("deviation", {"item": "TNK-05", "section": "TNK"})]
