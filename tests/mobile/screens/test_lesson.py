"""T10: three touches a person, each answer explained at once, the result in the record or as its amendment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from checklists.inspection.entries import all_of
from mobile.inspecting import acts
from mobile.screens.lesson import flow
from mobile.screens.lesson import state as states
from mobile.screens.sync import flow as sync
from mobile.sealing import amendment
from mobile.store import store
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import DEVICE, NOW, enrolment, kept, signed
from tests.mobile.field import DEVICE as KEY
from tests.mobile.field import opened


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


def both(held: Any) -> Any:
    crew = [{"role": "driver", "name": "张建国"}, {"role": "escort", "name": "李卫东"}]
    return story.after(held, acts.see_aboard(crew))


class Screen:
    """Keeps what it was shown and plays the events back."""

    def bind(self, **events: Any) -> None:
        self.events = events

    def show(self, state: Any) -> None:
        self.state = state

    def __call__(self, event: str, *said: Any) -> Any:
        return self.events[event](self, *said)


class Desk(story.StoryDesk):
    """The story's desk with a store under it."""

    has_inspection = True
    device_facts = DEVICE

    def __init__(self, held: Any, held_store: Any) -> None:
        super().__init__(held)
        self.open_store, self.access = held_store, SimpleNamespace(enrolled=enrolment())

    def attempt(self, act: Any) -> None:
        act()

    def start_sync(self) -> None:
        self.sent = True

    def now(self) -> Any:
        return NOW


def asked(desk: Desk, screen: Screen, role: str = "driver") -> list[int]:
    """The right places of the questions of a person."""
    person = next(one for one in states.people(desk.held) if one.role == role)
    return [one.right for one in states.asked(desk.held, states.lesson_of(desk.held), person)]


def test_three_touches_put_the_result_into_the_record(tmp_path: Path) -> None:
    held_store = opened(tmp_path)
    desk, screen = Desk(kept(held_store, story.seen()), held_store), Screen()
    flow.enter(desk, screen, back="outcome")
    right = asked(desk, screen)
    screen("on_answer", str(right[0]))
    assert screen.state.told[0].title == "第1题：答对"
    screen("on_answer", str((right[1] + 1) % 3))
    assert screen.state.told[0].title == "第2题：答错"
    assert screen.state.told[0].given
    assert screen.state.view == "ask"
    screen("on_answer", str(right[2]))
    assert (screen.state.view, screen.state.score) == ("result", "2/3")
    note = next(one for one in desk.held.entries if one.kind == "note")
    assert note.item == "lesson"
    told = dict(note.value)
    questions = told.pop("questions")
    title = {"en": "What a waste-acid leak teaches", "zh": "一次废酸泄漏带来的教训"}
    expected = {"pack": "waste-acid-leak", "version": "2026.1", "title": title, "person": "张建国", "role": "driver"}
    assert told == {**expected, "score": 2, "of": 3}
    assert [one["right"] for one in questions] == [True, False, True]
    assert desk.last("answer").item == "EDU-04"
    screen("on_next")
    assert desk.went[-1] == ("outcome", {})


def test_driver_and_escort_are_asked_one_after_the_other(tmp_path: Path) -> None:
    held_store = opened(tmp_path)
    desk, screen = Desk(kept(held_store, both(story.seen())), held_store), Screen()
    flow.enter(desk, screen)
    assert [one.text for one in screen.state.people] == ["张建国（驾驶人）", "李卫东（押运员）"]
    for _ in range(3):
        screen("on_answer", "0")
    assert screen.state.next == "下一位：李卫东（押运员）"
    screen("on_next")
    for _ in range(3):
        screen("on_answer", "0")
    assert set(states.results(desk.held.entries)) == {"driver", "escort"}
    screen("on_next")
    assert desk.went[-1] == ("papers", {})


def test_a_teaching_that_was_answered_is_not_answered_again() -> None:
    assert states.teaching_given(story.seen())
    assert states.teaching_given(story.after(story.seen(), acts.answer("EDU-04", "does_not_conform"))) == ()


def test_after_the_seal_it_is_an_amendment_that_names_the_record(tmp_path: Path) -> None:
    held_store = opened(tmp_path)
    held = kept(held_store, signed())
    from mobile.sealing import seal

    sealed = seal.seal(held_store, held, DEVICE, enrolment(), NOW)
    desk, screen = Desk(held, held_store), Screen()
    flow.enter(desk, screen)
    for place in asked(desk, screen):
        screen("on_answer", str(place))
    (digest, part), _record = amendment.parts_of(held_store, held.inspection)
    assert (part["kind"], part["amends"], part["previous"]) == ("amendment", sealed.digest, sealed.digest)
    assert part["entries"][0]["value"]["score"] == 3
    assert part["entries"][0]["seq"] > max(one.seq for one in held.entries)
    assert len(store.entries(held_store, held.inspection)) == len(held.entries)
    assert store.deliveries(held_store)[0].state == "waiting"
    assert screen.state.kept.startswith("记录已封存")
    assert set(states.results(amendment.added(held_store, held.inspection))) == {"driver"}
    assert desk.sent
    seen = sync._Sync.__new__(sync._Sync)
    seen.desk, seen.vehicles = desk, {}
    assert seen._vehicle(digest)[0] == "蒙K12345"


def test_nothing_is_amended_that_was_not_sealed_here(tmp_path: Path) -> None:
    from mobile.refusals import Refusal

    held_store = opened(tmp_path)
    with pytest.raises(Refusal, match="inspection_unknown"):
        amendment.amend(held_store, kept(held_store, story.seen()), DEVICE, KEY, (), NOW)


def test_the_brief_needs_no_inspection_and_says_so_without_packages(tmp_path: Path) -> None:
    desk, shown = tablet.shown(tablet.made(tmp_path / "a"))
    desk.unlock("officer-1", tablet.PIN)
    screen = Screen()
    flow.enter(desk, screen, mode="brief", back="queue")
    assert screen.state.view == "brief"
    assert [word for word, _means in screen.state.formula] == ["看证", "看罐", "看标", "看单", "看载"]
    screen("on_next")
    assert shown[-1][0] == "queue"
    bare, _shown = tablet.shown(tablet.made(tmp_path / "b", with_packages=False))
    bare.unlock("officer-1", tablet.PIN)
    flow.enter(bare, screen, mode="brief")
    assert screen.state.view == ""
    desk.close()
    bare.close()


def test_a_package_without_lessons_is_said() -> None:
    held = story.seen()
    bare = replace(held, kit=replace(held.kit, definitions=replace(held.kit.definitions, lessons={})))
    assert states.lesson_of(bare) is None
    state = states.lesson_state(bare, None, states.people(bare)[0], (), sealed=False, done={})
    assert (state.view, state.next) == ("", "返回")


def test_the_law_of_an_answer_is_cited_only_where_it_may_be() -> None:
    held = both(story.seen())
    lesson = states.lesson_of(held)
    told = {}
    for one in lesson.questions:
        given = states._told(held.kit.definitions, held.assessment.situation.day, 1, _as_asked(one), 0)
        told[one.id] = given.law
    assert told["speed"] == "《危险货物道路运输安全管理办法》第四十六条"
    assert told["tank-date"] == ""


def _as_asked(question: Any) -> Any:
    from checklists.findings.quiz import Asked

    return Asked(question, question.options, "general")


def test_no_entry_of_another_kind_is_a_result() -> None:
    assert states.results(all_of(story.seen().entries, "fact")) == {}
