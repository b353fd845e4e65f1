"""Every field for words: what was typed is kept without Enter, and never stays for the next person or vehicle."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from kivy.lang import Builder

import mobile
from checklists.wire import to_plain
from demo import find
from mobile.app import LujianApp
from mobile.inspecting import acts, conclusion
from mobile.store import store
from mobile.widgets.field import Field
from tests.mobile import story, tablet
from tests.mobile.closing import SECOND_PIN, answered, decided, kept

NOW = datetime(2026, 11, 21, 1, 40, tzinfo=UTC)
TYPED = "甲车的话"
MOBILE = Path(mobile.__file__).parent
OTHERWISE = {
    "EnrolForm": "nothing is kept before there is a store; the screen goes with the enrolment",
    "StartPane": "`on_leave`, from which the shift is written down; `show` sets both",
    "LineField_": "a new sheet each time, taken over by its button",
    "GoodsSheet": "a search in a new sheet each time",
    "Correcting": "a search: each sign goes to its owner at once; `show` sets it",
    "WithdrawScreen": "each sign goes to its owner at once, by which the button can be touched; `show` sets it",
}
"""Fields that are neither kept by `on_keep` nor wait for a button, and what they do."""


def rules(rule):
    yield rule
    for child in rule.children:
        yield from rules(child)


def fields():
    """Every field of every screen and sheet: the class in whose .kv it stands, and its rule."""
    for kv in MOBILE.rglob("*.kv"):
        import_module(".".join(("mobile", *kv.relative_to(MOBILE).with_suffix("").parts)))
    for _selector, top in Builder.rules:
        yield from ((top.name.strip("<>").partition("@")[0], one) for one in rules(top) if one.name == "Field")


def test_every_field_keeps_its_words_or_waits_for_its_button_or_says_why_not():
    told = {owner for owner, one in fields() if "waits" not in one.properties and not heard(one, "on_keep")}
    assert told == OTHERWISE.keys()


def heard(rule, event):
    return any(one.name == event for one in rule.handlers)


def test_no_field_waits_and_keeps_at_once():
    assert not [owner for owner, one in fields() if "waits" in one.properties and heard(one, "on_keep")]


@pytest.fixture
def app(driver, tmp_path):
    tablet.made(tmp_path)
    made = LujianApp(tmp_path, now=lambda: NOW, camera=tmp_path / "camera")
    made.desk.start_sync = lambda: None
    driver.start(made)
    made.desk.unlock("officer-1", tablet.PIN)
    made.desk.access.add_officer("officer-2", SECOND_PIN)
    driver.step(3)
    yield made
    made.on_stop()


def twice(app, held):
    """Two inspections of one kind on the tablet, the first in hand."""
    opened = app.desk.open_store
    entries = tuple(replace(one, id=f"{one.id}-b", inspection="inspection-2") for one in held.entries)
    kept(opened, replace(held, inspection="inspection-2", entries=entries))
    kept(opened, held)
    return held.inspection, "inspection-2"


def shown_fields():
    return [one for one in find.everything() if isinstance(one, Field) and find.is_shown(one)]


def type_everywhere():
    for one in shown_fields():
        one.ids.input.text = TYPED
    return {one.test_id for one in shown_fields()}


def seized():
    held = answered()
    return story.after(held, acts.decide(held, "seize"))


SCREENS = {
    "sign": (decided, {}, {"statement"}),
    "outcome": (decided, {}, set()),
    "approve": (seized, {"urgent": True}, {"own_reason"}),
    "section": (story.seen, {"section": "LIC"}, {"name"}),
    "deviation": (story.seen, {"item": "LIC-07"}, {"note"}),
    "walk": (story.arrived, {}, set()),
    "tasks": (story.seen, {}, set()),
    "reference": (story.seen, {}, {"search"}),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_what_was_typed_at_one_vehicle_never_stands_at_the_next(driver, app, screen):
    make, where, wanted = SCREENS[screen]
    first, second = twice(app, make())
    desk = app.desk
    desk.resume(first)
    desk.go(screen, **where)
    driver.step(3)
    assert type_everywhere() >= wanted
    desk.put_down()
    desk.resume(second)
    desk.go(screen, **where)
    driver.step(3)
    assert not [one.test_id for one in shown_fields() if TYPED in one.text]
    assert TYPED not in f"{[to_plain(one) for one in store.entries(desk.open_store, second)]}"


def test_what_the_driver_said_is_kept_without_enter_when_the_tablet_is_handed_back_locked_or_put_down(driver, app):
    first, second = twice(app, decided())
    desk = app.desk
    for leave in (desk.put_down, desk.lock, lambda: desk.go("reference"), app.back):
        desk.resume(first)
        desk.go("sign")
        driver.step(3)
        said = f"{TYPED}{leave}"
        next(one for one in shown_fields() if one.test_id == "statement").ids.input.text = said
        leave()
        if desk.store is None:
            desk.unlock("officer-1", tablet.PIN)
        desk.resume(first)
        assert conclusion.said(desk.held) == said
    desk.resume(second)
    assert conclusion.said(desk.held) == ""


def test_what_one_person_says_is_his_when_the_tablet_turns_to_another(driver, app):
    crew = [{"role": "driver", "name": "张建国"}, {"role": "escort", "name": "李卫东"}]
    held = story.after(story.seen(), acts.see_aboard(crew))
    held = story.after(held, *(acts.answer(one.item.id, "conforms") for one in held.assessment.open))
    kept(app.desk.open_store, decided(held))
    app.desk.resume(held.inspection)
    app.desk.go("sign")
    driver.step(3)
    driver.tap(driver.find_id("statement").ids.input)
    driver.type_text("我来说")
    driver.tap_id("person:escort")
    assert driver.find_id("statement").text == ""
    assert (conclusion.said(app.desk.held), conclusion.said(app.desk.held, "escort")) == ("我来说", "")
    driver.tap_id("person:driver")
    assert driver.find_id("statement").text == "我来说"


def test_a_reason_that_was_typed_stands_again_when_the_officer_comes_back(driver, app):
    held = seized()
    kept(app.desk.open_store, held)
    app.desk.resume(held.inspection)
    app.desk.go("approve", urgent=True)
    driver.step(3)
    type_everywhere()
    app.desk.go("walk")
    app.desk.go("approve", urgent=True)
    assert driver.find_id("own_reason").text == TYPED


@pytest.mark.parametrize(
    ("screen", "field", "path"),
    [("bill", "copied:tank", "waybill"), ("carried", "copied:carrier.name", "carrier.name")],
)
def test_what_is_typed_as_the_tablet_locks_is_kept_and_the_next_touch_harms_nothing(driver, app, screen, field, path):
    app.desk.begin()
    app.desk.put(acts.identify("蒙K12345", "yellow"))
    app.desk.go(screen, paper="carrier_licence")
    driver.step(3)
    box = next(one for one in find.by_id(field))
    driver.tap(box.ids.field.ids.input)
    driver.type_text("G2021")
    app.desk.lock()
    driver.step(3)
    box.ids.field.ids.input.focus = False
    driver.step(3)
    app.desk.unlock("officer-1", tablet.PIN)
    assert "G2021" in str(app.desk.held.fact(path))


def test_no_sheet_lies_over_the_lock_screen(driver, app):
    app.desk.begin()
    app.desk.put(acts.identify("蒙K12345", "yellow"))
    app.desk.go("section", section="LOD")
    driver.step(3)
    driver.tap_id("weigh")
    driver.step(3)
    assert find.by_id("pad:mass")
    app.desk.lock()
    driver.step(3)
    assert not find.by_id("pad:mass")
