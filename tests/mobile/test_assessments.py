"""A touch that changes something has the inspection judged once, and one that only shows something never."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from mobile.app import LujianApp
from mobile.inspecting import acts, comparison, control_photos, inspection
from tests.mobile import story, tablet


@pytest.fixture
def counts(monkeypatch) -> SimpleNamespace:
    """What was worked out since the last look: whole assessments, and runs of the rules."""
    seen = SimpleNamespace(judged=0, compared=0)

    def counted(module: Any, name: str, what: str) -> None:
        real = getattr(module, name)

        def count(*args: Any) -> Any:
            setattr(seen, what, getattr(seen, what) + 1)
            return real(*args)

        monkeypatch.setattr(module, name, count)

    counted(inspection, "conclude", "judged")
    counted(comparison, "comparison_of", "compared")
    return seen


@pytest.fixture
def app(driver, tmp_path):
    """The story's tanker in hand on a real desk, with what was seen, in front of the walk."""
    one = LujianApp(tablet.made(tmp_path))
    one.desk.start_sync = lambda: None
    driver.start(one)
    one.desk.unlock("officer-1", tablet.PIN)
    one.desk.begin()
    desk = one.desk
    desk.put((*acts.waybill(story.situation()["waybill"]), *acts.identify("蒙K12345", "yellow")))
    desk.put(acts.look_up(desk.held, story.SITE))
    desk.go("walk")
    for photo in control_photos.pending(desk.held):
        desk.put(control_photos.impossible(photo.item, photo.section, "measuring"))
    yield one
    one.on_stop()


def cost(counts, act: Callable[[], Any]) -> tuple[int, int]:
    """Return how often the inspection was judged and the rules were run in an act."""
    counts.judged = counts.compared = 0
    act()
    return counts.judged, counts.compared


def screen(app) -> Any:
    return app._screens[app.desk.screen][0]


def test_clearing_a_section_on_the_walk_is_one_assessment_and_one_run_of_the_rules(app, counts) -> None:
    for section in ("PLA", "TNK", "EQP"):
        before = len(app.desk.held.entries)
        judged, compared = cost(counts, lambda name=section: screen(app).dispatch("on_clear", name))
        assert len(app.desk.held.entries) > before
        assert (judged, compared <= 1) == (1, True), section


def test_after_a_look_at_the_walk_clearing_a_section_runs_no_rule(app, driver, counts) -> None:
    for section in ("LIC", "PLA", "TNK", "EQP"):
        driver.step(12)
        assert cost(counts, lambda name=section: screen(app).dispatch("on_clear", name)) == (1, 0), section


def test_what_is_worked_out_ahead_is_left_where_the_officer_went_on(app, driver, counts) -> None:
    app.desk.refresh()
    app.desk.lock()
    assert cost(counts, lambda: driver.step(12)) == (0, 0)


def test_the_walk_shown_again_and_every_section_opened_judge_nothing_anew(app, counts) -> None:
    app.desk.refresh()
    assert cost(counts, app.desk.refresh) == (0, 0)
    for section in ("LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU"):
        judged, _compared = cost(counts, lambda name=section: app.desk.go("section", section=name))
        assert judged == 0, section
        assert cost(counts, lambda: app.desk.go("walk")) == (0, 0)


@pytest.mark.parametrize("name", ["snapshot", "compare", "outcome", "carried"])
def test_another_screen_of_the_same_inspection_judges_nothing_anew(app, counts, name) -> None:
    assert cost(counts, lambda: app.desk.go(name))[0] == 0


def test_an_answer_is_one_assessment_and_the_rules_are_not_run(app, counts) -> None:
    app.desk.go("section", section="EQP")
    assert cost(counts, lambda: screen(app).dispatch("on_answer", "EQP-14", "conforms")) == (1, 0)


def test_clearing_an_opened_section_is_one_assessment(app, counts) -> None:
    app.desk.go("section", section="TNK")
    judged, compared = cost(counts, lambda: screen(app).dispatch("on_clear"))
    assert (judged, compared <= 1) == (1, True)


def test_what_is_seen_in_a_section_is_one_assessment(app, counts) -> None:
    app.desk.go("section", section="LIC")
    crew = [{"role": "driver", "name": "张建国"}]
    judged, compared = cost(counts, lambda: screen(app).dispatch("on_aboard", crew))
    # The rules are run for what was seen, and for what clearing the section would state besides.
    assert (judged, compared <= 2) == (1, True)


def test_each_choice_on_the_sheet_of_a_deviation_is_judged_once_and_so_is_its_answer(app, counts) -> None:
    app.desk.go("section", section="EQP")
    opened = cost(counts, lambda: screen(app).dispatch("on_answer", "EQP-14", "does_not_conform"))
    assert (app.desk.screen, opened) == ("deviation", (1, 0))
    sheet = screen(app)
    assert cost(counts, lambda: sheet.dispatch("on_choose", "location", "left")) == (1, 0)
    assert cost(counts, lambda: sheet.dispatch("on_choose", "measure", "correct_on_site"))[0] <= 1
    assert cost(counts, lambda: sheet.dispatch("on_done")) == (1, 0)
    assert app.desk.screen == "section"
