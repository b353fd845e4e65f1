"""T13: overdue first, each tier with its duties; what was done is on disk at once and sent until the office has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checklists.inspection.tasks import Task
from checklists.wire import instant
from mobile.inspecting import acts, conclusion
from mobile.link import sync
from mobile.link.retries import TRIES
from mobile.screens.tasks import flow
from mobile.screens.tasks.state import own_tasks, tasks_state
from mobile.sealing import duties, duty
from mobile.sealing.duty import FILE, RECHECK, REPORT, Duty
from mobile.store import answers
from mobile.store.task_act import Act
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.closing import answered
from tests.mobile.fake_office import FakeOffice, fails, serving
from tests.mobile.field import AT, hear, line, opened
from tests.mobile.screens.test_lesson import Screen

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


def at(hours: float) -> str:
    return instant(NOW + timedelta(hours=hours))


def shown(*tasks: Task, acts: Any = (), given: bool = True) -> Any:
    return tasks_state(tasks, list(acts), NOW, as_of=at(-2), given=given)


def act(task: str, did: str, **more: str) -> Act:
    return Act(f"act-{task}-{did}", task, "t-wang", did, at(-1), **more)


def test_overdue_stands_first_then_the_higher_tier_then_the_earlier_end() -> None:
    state = shown(
        Task("low", tier="low"),
        Task("later", tier="medium", due=at(9)),
        Task("sooner", tier="medium", due=at(2)),
        Task("high", tier="high", due=at(1)),
        Task("late", tier="medium", due=at(-1)),
    )
    assert [one.id for one in state.cards] == ["late", "high", "sooner", "later", "low"]
    assert state.summary == "未办5件，逾期1件"
    assert state.cards[0].due == "已逾期（11-21 10:00）"
    assert state.cards[1].due == "还剩60分钟"


def test_each_tier_asks_for_its_own_duties_one_after_the_other() -> None:
    high = shown(Task("a", tier="high")).cards[0]
    assert [one.key for one in high.duties] == ["called", "dispatched"]
    after = shown(Task("a", tier="high"), acts=[act("a", "called", note="已联系")]).cards[0]
    assert [one.key for one in after.duties] == ["dispatched"]
    assert after.told == (("unknown", "已打电话 · 11-21 10:00 · 已联系：待上传"),)
    assert [one.key for one in shown(Task("b", tier="low")).cards[0].duties] == ["read"]
    assert [one.key for one in shown(Task("c", tier="strange")).cards[0].duties] == ["done"]


def test_a_done_task_stays_until_the_office_has_it_and_then_goes() -> None:
    waiting = shown(Task("a", tier="low"), Task("b", tier="low"), acts=[act("a", "read")])
    assert [one.id for one in waiting.cards] == ["b", "a"]
    assert shown(Task("a", tier="low"), acts=[act("a", "read", sent_at=AT)]).cards == ()


def test_an_empty_list_is_friendly_and_a_list_that_never_came_is_said() -> None:
    assert shown().empty.startswith("没有待办任务")
    assert shown().age == "办公端下发 · 2 小时前"
    assert shown(given=False).age_tone == "unknown"


def owes(kind: str, due: str, *what: str) -> Duty:
    return Duty(kind, "i-1", "蒙K12345", what, due)


def test_deadlines_of_this_tablets_orders_become_tasks_in_time() -> None:
    (task,) = own_tasks([owes(RECHECK, "2026-11-22")], NOW, {})
    assert (task.kind, task.plate, task.due) == ("order", "蒙K12345", "2026-11-22T15:59:59.000Z")
    assert list(own_tasks([owes(RECHECK, "2026-11-30")], NOW, {})) == []
    assert list(own_tasks([owes(RECHECK, "2026-10-01")], NOW, {})) == []


def test_a_report_and_a_filing_are_asked_for_in_the_words_of_the_law_until_they_are_done() -> None:
    terms = story.kit().definitions.terms
    report, file = own_tasks([owes(REPORT, at(22), "D"), owes(FILE, "2026-09-26", "D01-P000001")], NOW, terms)
    assert (report.kind, report.due) == ("report", at(22)) and "补办批准手续" in report.text
    assert file.text.endswith("备案：D01-P000001") and shown(file).cards[0].overdue
    assert [one.kind for one in own_tasks([owes(REPORT, at(22))], NOW, {})] == ["report"]


def leader(held: Any) -> Any:
    return story.after(replace(held, officer=story.LI), conclusion.approve(held, story.LI))


def test_a_seizure_that_a_leader_approved_owes_no_report_and_an_urgent_transfer_owes_one() -> None:
    """What was decided is not what is owed: only what nobody approved is to be reported."""
    held = story.after(answered(), acts.decide(answered(), "seize"))
    assert duty.owed(leader(held), ()) == ()
    urgent = story.after(answered(), acts.decide(answered(), "transfer_load"))
    urgent = story.after(urgent, conclusion.go_on_urgently(urgent, "泄漏", NOW, NOW + timedelta(hours=24)))
    (owed,) = duty.owed(urgent, ())
    assert (owed.kind, owed.due) == (REPORT, at(24))


def test_what_an_earlier_decision_asked_for_falls_away_at_the_seal_and_what_is_done_stays_done(tmp_path: Path) -> None:
    held = opened(tmp_path)
    report, recheck = owes(REPORT, at(24)), owes(RECHECK, "2026-11-22")
    duties.take_on(held, (report, recheck))
    duties.settle(held, "i-1", (recheck,))
    assert duties.duties(held) == (recheck,)
    duties.done(held, recheck.id, "t-wang", AT)
    duties.settle(held, "i-1", (recheck,))
    assert duties.open_duties(held) == ()


def test_what_the_papers_say_is_done_is_done_in_the_tasks_too_and_the_office_hears_of_it(tmp_path: Path) -> None:
    desk, _shown = tablet.shown(tablet.made(tmp_path))
    desk.unlock("officer-1", tablet.PIN)
    duties.take_on(desk.open_store, (owes(REPORT, at(22)), owes(FILE, "2026-11-26")))
    screen = Screen()
    flow.enter(desk, screen)
    assert [one.kind for one in screen.state.cards] == ["报告", "备案"]
    screen("on_duty", owes(REPORT, "").id, "done", "已报告")
    assert [one.kind for one in duties.open_duties(desk.open_store, "i-1")] == [FILE]
    (act_,) = answers.acts(desk.open_store)
    assert (act_.task, act_.did, act_.note) == ("report_measure-i-1", "done", "已报告")
    assert [bool(one.duties) for one in screen.state.cards] == [True, False]
    desk.close()


def test_what_was_done_is_on_disk_before_anything_is_sent(tmp_path: Path) -> None:
    desk, _shown = tablet.shown(tablet.made(tmp_path))
    desk.unlock("officer-1", tablet.PIN)
    screen = Screen()
    flow.enter(desk, screen)
    assert screen.state.cards == ()
    hear(desk.open_store, line("task", "m1", {"id": "m1", "tier": "low", "title": "大雾", "created_at": AT}))
    flow.enter(desk, screen)
    screen("on_duty", "m1", "read", " 知道了 ")
    (kept,) = answers.acts(desk.open_store)
    assert (kept.task, kept.officer, kept.did, kept.note) == ("m1", "officer-1", "read", "知道了")
    assert screen.state.cards[0].duties == ()
    desk.close()


@pytest.fixture
def office():
    with serving(FakeOffice()) as held:
        yield held


def linked(folder: Path, office: FakeOffice) -> Any:
    from mobile.link import enrolment

    held = opened(folder)
    enrolment.keep(held, enrolment.enrol(office.url, "12345678", "平板一", app="test"))
    return held


def run(held: Any, **more: Any) -> Any:
    return sync.run_once(held, **more, now=lambda: datetime.fromisoformat(AT), chance=lambda: 0.5)


def test_an_act_is_sent_once_and_noted(tmp_path: Path, office: FakeOffice) -> None:
    held = linked(tmp_path, office)
    answers.keep(held, act("alert/1", "called", note="已联系"))
    assert run(held).acts == ["act-alert/1-called"]
    path, sent = office.acts["act-alert/1-called"]
    assert path == "/v1/tasks/alert%2F1/acts"
    assert sent["note"] == "已联系"
    assert answers.unsent(held) == ()
    assert run(held).acts == []


def test_an_act_that_could_not_be_sent_waits_and_goes_with_the_next_run(tmp_path: Path, office: FakeOffice) -> None:
    held = linked(tmp_path, office)
    answers.keep(held, act("a", "read"))
    office.faults = [fails(503, "")]
    assert run(held).code == "link_busy"
    assert len(answers.unsent(held)) == 1
    assert run(held).acts == ["act-a-read"]


def test_an_act_that_the_office_cannot_read_is_kept_with_the_reason(tmp_path: Path, office: FakeOffice) -> None:
    held = linked(tmp_path, office)
    answers.keep(held, act("a", "read"))
    office.faults = [fails(400, "malformed")]
    assert (run(held).code, answers.acts(held)[0].problem) == ("malformed", "")
    office.faults = [fails(400, "malformed")]
    assert run(held, damaged=TRIES - 1).code == ""
    (kept,) = answers.acts(held)
    assert kept.problem == "malformed"
    assert shown(Task("a", tier="low"), acts=[kept]).cards[0].told[0][0] == "danger"
