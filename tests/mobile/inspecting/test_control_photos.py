"""Control photos on the tablet: drawn once, asked before a section is cleared, taken or explained."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime

import pytest
from PIL import Image

from mobile.inspecting import acts, control_photos
from mobile.inspecting.inspection import Draft
from mobile.screens.section.state import section_state
from mobile.screens.walk.state import walk_state
from mobile.sealing import part, signatures
from mobile.store import store
from mobile.words import words
from tests.mobile.closing import DEVICE, decided, signed
from tests.mobile.field import opened
from tests.mobile.story import AT, LI, StoryDesk, after, arrived, cleared, seen, valid


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def drawn(held, *items):
    named = [{"section": item.partition("-")[0], "item": item} for item in items]
    return after(held, (Draft("note", "control", {"tier": "low", "drawn": named}),))


def tile(held, section):
    return next(one for one in walk_state(held).tiles if one.section == section)


def test_the_draw_is_made_once_by_the_tier_and_stays_whatever_is_found_later():
    held = after(arrived(), control_photos.drawing(arrived()))
    first = control_photos.asked(held)
    assert first and control_photos.drawing(held) == ()
    assert control_photos.asked(after(held, acts.weigh(44920), acts.see_aboard([{"role": "driver"}]))) == first


def test_of_the_draws_of_two_tablets_the_first_holds_for_both():
    held = drawn(arrived(), "PLA-02")
    both = drawn(replace(held, officer=LI, device="tablet-2"), "TNK-06")
    assert [one.item for one in control_photos.asked(both)] == ["PLA-02"]


def test_a_section_is_cleared_only_after_its_control_photo():
    held = drawn(arrived(), "PLA-02")
    before = tile(held, "PLA")
    assert (before.may_clear, before.clear_words) == (False, "Control photo: Orange rectangular plate")
    assert tile(held, "TNK").may_clear
    assert tile(after(held, control_photos.photographed("PLA-02", "PLA", {"sha256": "a" * 64})), "PLA").may_clear
    assert tile(after(held, control_photos.impossible("PLA-02", "PLA", "Too dark")), "PLA").may_clear


def test_a_reason_must_be_said():
    with pytest.raises(ValueError):
        control_photos.impossible("PLA-02", "PLA", "  ")


def test_what_was_answered_item_by_item_still_owes_its_photo_before_the_outcome():
    held = drawn(cleared(after(valid(arrived()), acts.weigh(43800))), "PLA-02")
    state = walk_state(held)
    assert not state.may_conclude
    assert [(one.section, one.item) for one in state.points] == [("PLA", "PLA-02")]


def test_a_drawn_item_that_does_not_apply_here_is_asked_of_nobody():
    assert control_photos.asked(drawn(arrived(), "PLA-10", "NO-01")) == ()


def test_nothing_is_sealed_while_a_control_photo_is_asked():
    assert signatures.missing(signed(decided(drawn_story())), DEVICE) == ("open",)


def drawn_story():
    from tests.mobile.closing import answered

    return drawn(answered(), "TNK-06")


def test_the_control_photo_stands_in_the_manifest_of_the_part():
    file = {"sha256": "a" * 64, "bytes": 3, "type": "image/jpeg"}
    held = after(drawn(seen(), "TNK-06"), control_photos.photographed("TNK-06", "TNK", file))
    named = part.build(held, DEVICE, part_id="", sealed_at="", device_seq=1, previous=None)["photos"]
    assert [one["original"]["sha256"] for one in named] == ["a" * 64]


@pytest.fixture
def desk(tmp_path):
    made = StoryDesk(drawn(arrived(), "PLA-02"))
    made.open_store, made.camera = opened(tmp_path / "data"), tmp_path / "camera"
    made.camera.mkdir()
    made.attempt = lambda act: act()
    yield made
    store.release(made.open_store)


def picture(desk, name="001.jpg", colour="orange", at=AT):
    path = desk.camera / name
    Image.new("RGB", (64, 48), colour).save(path)
    when = datetime.fromisoformat(at).timestamp() + 60
    os.utime(path, (when, when))


def walk(driver, desk):
    from mobile.screens.walk import flow
    from mobile.screens.walk.view import WalkScreen

    screen = driver.show(WalkScreen())
    flow.enter(desk, screen)
    driver.step(3)


def test_on_the_tile_the_photo_takes_one_touch_and_clearing_the_next(driver, desk):
    picture(desk)
    walk(driver, desk)
    driver.tap_id("clear:PLA")
    assert desk.last("control_photo").item == "PLA-02" and desk.last("control_photo").value["section"] == "PLA"
    driver.tap_id("clear:PLA")
    assert driver.touches == 2 and desk.last("section_clear").item == "PLA"


@pytest.mark.parametrize(("size", "low"), [((1024, 600, 7.0), True), ((1280, 800, 10.1), False)])
def test_on_a_low_tablet_the_title_of_a_section_makes_room_for_the_photo_that_is_asked(driver, desk, size, low):
    from demo import find
    from mobile.screens.section import flow
    from mobile.screens.section.view import SectionScreen

    driver.set_device(*size)
    screen = driver.show(SectionScreen())
    flow.enter(desk, screen, section="PLA")
    driver.step(3)
    assert "矩形标志牌" in screen.ids.control.ids.words.text
    assert screen.ids.control.ids.words.text.startswith("车辆标志") == low
    assert find.is_shown(screen.ids.title) != low
    desk.put(control_photos.impossible("PLA-02", "PLA", "Too dark"))
    driver.step(3)
    assert find.is_shown(screen.ids.title)


@pytest.mark.parametrize("kind", ["none", "older than the check", "already in the record"])
def test_a_picture_that_shows_nothing_of_now_is_refused(driver, desk, kind):
    from mobile.refusals import Refusal

    if kind == "older than the check":
        picture(desk, at="2026-11-20T01:30:00.000Z")
    if kind == "already in the record":
        from mobile.inspecting import camera_photo

        picture(desk)
        desk.put(
            acts.photo(
                camera_photo.Shutter(desk.open_store, desk.camera, desk.held, desk.now()).newest("LOD-02"), "TNK-05"
            )
        )
    walk(driver, desk)
    with pytest.raises(Refusal, match="no_new_picture"):
        driver.tap_id("clear:PLA")
    assert not desk.held.all_of("control_photo")


def test_in_the_opened_section_a_reason_takes_two_touches(driver, desk):
    from mobile.screens.section import flow
    from mobile.screens.section.view import SectionScreen

    words.lang = "en"
    flow.enter(desk, driver.show(SectionScreen()), section="PLA")
    driver.step(3)
    driver.tap_id("no_photo")
    driver.tap_id("no_photo_because:It cannot be reached safely")
    assert driver.touches == 2
    assert desk.last("control_photo").value["reason"] == "It cannot be reached safely"
    assert section_state(desk.held, "PLA").photo == ""
