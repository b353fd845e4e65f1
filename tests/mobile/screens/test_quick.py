"""The quick check: one PIN confirms exactly what the screen shows; whatever deviates ends as every check does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checklists.records.record import Sealed
from checklists.wire import instant
from mobile.inspecting import acts, control_photos, quick_check
from mobile.inspecting.inspection import Draft
from mobile.screens.quick.state import quick_state
from mobile.screens.section.state import no_photo_reasons
from mobile.sealing import part, seal, signatures
from mobile.store import store
from mobile.words import words
from tests.mobile import tablet
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, officer_signs
from tests.mobile.field import opened
from tests.mobile.story import AT, LI, WANG, after, arrived, seen, valid


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def fast(held=None):
    return after(held or valid(arrived()), acts.choose_depth("fast-lane", "fast-lane"))


def confirmed(held=None):
    held = held or fast()
    held = after(held, quick_check.confirming(held, 7000, AT), quick_check.name_second(LI, "shift"))
    return after(held, acts.decide(held, "release"))


def shown(held, second="officer-2"):
    return quick_state(held, AT, [WANG, LI], second=second)


def test_the_full_list_is_walked_and_the_short_one_confirmed_at_once():
    assert (quick_check.first_screen(arrived()), quick_check.first_screen(fast())) == ("walk", "quick")


def test_a_clean_vehicle_may_be_confirmed_and_what_is_confirmed_is_shown():
    state = shown(fast())
    assert state.may_confirm and state.blocks == ()
    assert ("80/1830 front and rear", "diamonds 8, both sides and rear") in [one.seen for one in state.sections]
    assert state.second == "李敏 (Police) is on the post as well"


def test_every_item_that_the_pin_lets_conform_stood_on_the_screen():
    held = fast()
    listed = sum(len(one.items) + one.ruled for one in shown(held).sections)
    then = quick_check.confirmed(held, AT).assessment
    assert listed == sum(one.state == "conforms" for one in then.items) == len(then.items)


def test_everything_that_is_stated_as_seen_stood_on_the_screen_and_nothing_that_is_not_asked_is_stated():
    held = fast()
    stated = {one.item for one in quick_check.confirming(held, 0, AT) if one.kind == "fact"}
    listed = "；".join(words_ for one in shown(held).sections for words_ in one.seen)
    assert {"seen.aboard", "seen.trailer_plate", "seen.tank_number", "waybill.carried"} <= stated
    assert "trailer plate 蒙K1234挂" in listed and "waybill shown" in listed and "shut: " in listed
    assert not [one for one in stated if one.startswith("seen.equipment.") and "extinguisher" not in one]
    assert not stated & {"seen.safety_card", "seen.closures.manhole"}


def test_the_second_officer_stands_there_as_one_who_confirmed_it_or_as_one_who_did_not():
    assert shown(fast()).presence == "presence not confirmed by himself"
    there = quick_state(fast(), AT, [WANG, LI], second="officer-2", present=quick_check.Present(AT, "code"))
    assert there.presence == "on the post, confirmed by his own PIN at 09:30"
    assert [one.key for one in shown(fast()).acts] == ["to_walk", "second_present"]
    assert [one.key for one in there.acts] == ["to_walk"]


def test_a_drawn_photo_is_asked_before_the_pin():
    held = fast()
    item = next(one for one in held.assessment.open if one.section == "TNK").item.id
    asked = after(held, (Draft("note", "control", {"tier": "low", "drawn": [{"section": "TNK", "item": item}]}),))
    state = shown(asked)
    assert state.photo and not state.may_confirm and state.blocks == ()
    assert [one.key for one in state.acts] == ["to_walk", "control_photo"]
    assert shown(after(asked, control_photos.impossible(item, "TNK", "too dark"))).may_confirm


def test_a_deviation_and_what_cannot_be_told_are_in_the_way():
    assert shown(fast(arrived())).blocks == ("Trailer permit has expired",)
    assert not shown(fast(seen())).may_confirm


def test_without_a_second_officer_on_the_post_nothing_is_confirmed():
    state = shown(fast(), second="")
    assert not state.may_confirm and [one.key for one in state.seconds] == ["officer-2"]


def test_the_time_spent_is_shared_among_the_sections():
    clears = [one for one in quick_check.confirming(fast(), 7000, AT) if one.kind == "section_clear"]
    assert {one.value["dwell_ms"] for one in clears} == {7000 // len(clears)}
    unknown = [one for one in quick_check.confirming(fast(), None, AT) if one.kind == "section_clear"]
    assert unknown and not any("dwell_ms" in one.value for one in unknown)


def test_a_clean_quick_check_is_sealed_by_its_own_officer(tmp_path):
    opening = opened(tmp_path)
    held = officer_signs(confirmed(), WANG)
    assert signatures.missing(held, DEVICE) == ()
    sealed = seal.seal(opening, kept(opening, held), DEVICE, enrolment(), NOW)
    assert isinstance(sealed, Sealed) and sealed.part["checklist"] == "fast-lane"
    _, papers = seal.papers(opening, "inspection-1")
    said = "".join(f"{block}" for block in papers[0].notice.blocks)
    assert "王强" in said and "李敏（公安交警，P-0002；未在场确认）" in said
    assert not [one for one in ("阅读", "陈述", "权利") if one in said]
    store.release(opening)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda held: after(held, acts.answer("TNK-05", "does_not_conform")),
        lambda held: after(held, acts.choose_depth("cn-joint", "fast-lane", "looked worn")),
        lambda held: after(held, acts.decide(held, "hold")),
        lambda held: after(held, quick_check.name_second(replace(LI, id="officer-1"), "officer")),
    ],
)
def test_anything_else_needs_the_driver_and_two_officers(spoil):
    held = officer_signs(spoil(confirmed()), WANG)
    assert {"driver", "officers"} <= set(signatures.missing(held, DEVICE))


def test_the_draft_that_the_pin_signs_holds_the_second_officer():
    first = confirmed()
    other = after(first, quick_check.name_second(replace(LI, name="陈晓", id="officer-3"), "officer"))
    assert part.draft(first, DEVICE) != part.draft(other, DEVICE)


class Recording:
    """A screen that keeps what it shows."""

    def bind(self, **_events):
        pass

    def show(self, state):
        self.state = state


@pytest.mark.parametrize(
    ("by", "officer", "days", "named"),
    [
        ("officer-1", "officer-2", 0, True),
        ("officer-2", "officer-2", 0, False),
        ("officer-1", "officer-9", 0, False),
        ("officer-1", "officer-2", -1, False),
        ("officer-1", "officer-2", 730, False),  # since then the clock was set back
    ],
)
def test_the_second_officer_is_whom_our_officer_named_and_who_serves_still(tmp_path, by, officer, days, named):
    from mobile.screens.quick import flow

    desk, _screens = tablet.shown(tablet.made(tmp_path))
    desk.unlock("officer-1", tablet.PIN)
    kept(desk.open_store, fast())
    desk.resume("inspection-1")
    at = instant(desk.now() + timedelta(days=days))
    store.keep_setting(desk.open_store, flow.SECOND, {"officer": officer, "at": at, "by": by})
    screen = Recording()
    flow.enter(desk, screen)
    assert bool(screen.state.second) is named
    desk.close()


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("LIC-06", "There is no such paper here"),
        ("LOD-01", "There is no such paper here"),
        ("TNK-01", "There is no such paper here"),
        ("LIC-12", "It cannot be reached safely"),
        ("TNK-06", "It cannot be reached safely"),
    ],
)
def test_that_there_is_no_such_paper_is_offered_of_papers_alone(item, reason):
    assert no_photo_reasons(item)[0] == reason
