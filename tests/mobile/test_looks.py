"""Every screen, on three tablets, is laid out so that it can be read and touched; in both languages on the smallest.

The gallery looks at all of them in both languages, by day and by night.
"""

import pytest

from demo import looks
from demo.gallery import DEVICES
from mobile.app import LujianApp
from mobile.inspecting import acts, kit
from mobile.refusals import Refusal
from mobile.sealing import seal
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import DEVICE, NOW, answered, decided, driver_signs, enrolment, kept, signed

LONG = {
    "carrier.name": "内蒙古自治区鄂尔多斯市准格尔旗云岭危险货物道路运输有限责任公司",
    "waybill.consignor": "鄂尔多斯市达拉特旗树林召镇云岭化学工业有限责任公司",
    "driver.name": "阿拉坦苏布达·巴图孟克",
}


def pin(app):
    return ()


def nothing_known(app):
    app.desk.begin()


def with_inspection(held, screen, **where):
    """Return how the inspection is brought to the screen."""

    def go(app):
        app.desk.close()
        app.desk.unlock("officer-1", tablet.PIN)
        kept(app.desk.open_store, held)
        app.desk.resume(held.inspection)
        app.desk.go(screen, **where)

    return go


def queue_with_work(app):
    app.desk.unlock("officer-1", tablet.PIN)
    kept(app.desk.open_store, story.seen())
    app.desk.put_down()
    app.tell(Refusal("disk_full"))


def sealed(screen, **where):
    def go(app):
        with_inspection(held := signed(), "outcome")(app)
        seal.seal(app.desk.open_store, held, DEVICE, enrolment(), NOW)
        app.desk.show_papers(app.desk.held.inspection) if screen == "papers" else app.desk.go(screen, **where)

    return go


def all_left(app):
    """A hold of which every finding was looked at again and is as it was, before the PINs."""
    sealed("clearance", inspection="inspection-1")(app)
    screen = app.frame.ids.holder.children[0]
    for _finding in app.desk.held.assessment.findings:
        screen.dispatch("on_not_mended", "")
    screen.dispatch("on_reason", "货物已转运，空车放行")
    screen.dispatch("on_confirm", True)


def no_leader(app):
    """A seizure without a leader, when the one who was asked before is new on the tablet."""
    with_inspection(story.after(answered(), acts.decide(answered(), "seize")), "approve")(app)
    screen = app.frame.ids.holder.children[0]
    screen.code_words, screen.urgent = "赵敏首次使用本机。设置 PIN 前，须先输入办公端发给本人的验证码。", True


def forgotten(app):
    """Two officers, one of whom forgot the PIN: both can be chosen."""
    screen = app.frame.ids.holder.children[0]
    screen.dispatch("on_forgot")


def long_names():
    return story.after(story.seen(), *((acts.fact(path, name),) for path, name in LONG.items()))


def practising(go):
    """The same with the strip that says that this is practice."""

    def there(app):
        go(app)
        app.frame.practice = True

    return there


def named_second(go):
    def there(app):
        go(app)
        app.frame.ids.holder.children[0].dispatch("on_second", "officer-2")

    return there


def fast():
    """A clean vehicle on the short list: the PIN pad is there."""
    return story.after(story.valid(story.arrived()), acts.choose_depth("fast-lane", "fast-lane"))


def plain(screen, **where):
    def go(app):
        app.desk.unlock("officer-1", tablet.PIN)
        app.desk.go(screen, **where)

    return go


STOPS = {
    "unlock": pin,
    "unlock-forgot": forgotten,
    "queue": plain("queue"),
    "queue-work": queue_with_work,
    "identify": with_inspection(story.nothing(), "identify"),
    "identify-plate": with_inspection(story.nothing(), "identify", mode="plate"),
    "identify-known": with_inspection(long_names(), "identify"),
    "bill": with_inspection(story.after(story.nothing(), acts.waybill(story.situation()["waybill"])), "bill"),
    "snapshot": with_inspection(long_names(), "snapshot"),
    "snapshot-unknown": with_inspection(story.nothing(), "snapshot"),
    "walk": with_inspection(long_names(), "walk"),
    "walk-done": with_inspection(answered(), "walk"),
    **{
        f"section-{one}": with_inspection(long_names(), "section", section=one)
        for one in ("LIC", "PLA", "EQP", "LOD", "TNK")
    },
    "carried": with_inspection(long_names(), "carried", paper="vehicle_permit"),
    "carried-tank": with_inspection(long_names(), "carried", paper="tank_report"),
    "carried-service": with_inspection(long_names(), "carried", paper="service"),
    "deviation": with_inspection(long_names(), "deviation", item="PLA-02", section="PLA"),
    "deviation-free": with_inspection(long_names(), "deviation", item="LIC-07", section="LIC"),
    "compare": with_inspection(long_names(), "compare"),
    "compare-empty": with_inspection(story.nothing(), "compare"),
    "outcome": with_inspection(answered(), "outcome"),
    "approve-urgent": no_leader,
    "sign": with_inspection(decided(), "sign"),
    "sign-officers": with_inspection(driver_signs(decided()), "sign", stage="officers"),
    "papers": sealed("papers"),
    "clearance": sealed("clearance", inspection="inspection-1"),
    "clearance-pins": all_left,
    "correction": sealed("correction", inspection="inspection-1"),
    "sync": sealed("sync"),
    "sync-empty": plain("sync"),
    "shift": plain("shift"),
    "quick": with_inspection(story.after(long_names(), acts.choose_depth("fast-lane", "fast-lane")), "quick"),
    "quick-practice": practising(
        with_inspection(story.after(long_names(), acts.choose_depth("fast-lane", "fast-lane")), "quick")
    ),
    "quick-clean": named_second(with_inspection(fast(), "quick")),
    "quick-clean-practice": practising(named_second(with_inspection(fast(), "quick"))),
    "pair": with_inspection(long_names(), "pair"),
    "pair-join": plain("pair", mode="join"),
    "lesson": with_inspection(long_names(), "lesson"),
    "lesson-brief": plain("lesson", mode="brief"),
    "reference": plain("reference", text="硫酸"),
    "reference-none": plain("reference", text="无此物质"),
    "tasks": plain("tasks"),
    "genuine-waits": plain("genuine", back="reference"),
    "genuine": plain("genuine", text="LUJIAN2:?", back="reference"),
}


@pytest.fixture
def app(driver, tmp_path, monkeypatch):
    monkeypatch.setattr(kit, "load", lambda _store: story.kit())
    made = LujianApp(tablet.made(tmp_path))
    made.desk.start_sync = lambda: None
    driver.start(made)
    yield made
    made.on_stop()


def looked_at(driver, stop, *langs):
    """Look in these languages: each change costs a while."""
    for words.lang in langs:
        driver.step(3)
        yield from looks.told(f"{stop}-{words.lang}", looks.faults())


@pytest.mark.parametrize("stop", STOPS)
def test_a_screen_can_be_read_and_touched_on_every_tablet(driver, app, stop):
    STOPS[stop](app)
    found = []
    # Turned on its side the tablet keeps its widgets; another tablet builds its own.
    for device, lang in (("10", "zh_CN"), ("portrait", "en")):
        driver.set_device(*DEVICES[device])
        found += looked_at(driver, f"{stop}-{device}", lang)
    app.frame.ids.holder.clear_widgets()
    app._screens.clear()
    driver.set_device(*DEVICES["7"])
    app.show(app.desk.screen, app.desk.where)
    found += looked_at(driver, f"{stop}-7", "en", "zh_CN")
    assert not found, "\n".join(found)
