"""An alert goes to every team ahead, goes up while nobody answers, and is closed everywhere at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from checklists.inspection.tasks import level
from checklists.wire import instant
from server import clock
from server.accounts import Scope
from server.office import Office
from server.processing.alert_upkeep import AlertUpkeep
from server.store import alert_reach, alerts, feed, feed_history, feed_pages, registry, shares, site_areas, tasks, users
from server.store.feed import URGENT
from server.store.feed_pages import Sight
from server.store.models import Case, CaseViolation, Device, Record
from server.store.office_models import Audit, Task, TaskAct, TaskStep

AT = "2026-11-21T02:00:00.000Z"
SITE = "G109 示例县卡口"
KEY = "蒙K12345|yellow"
ROUNDS = 20


class Moved:
    """The office's clock, which a test moves on."""

    def __init__(self) -> None:
        self.at = clock.read(AT)

    def __call__(self) -> str:
        return instant(self.at)

    def on(self, **span: int) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Moved:
    made = Moved()
    monkeypatch.setattr(clock, "now", made)
    return made


@pytest.fixture
def office_(office: Office, moved: Moved) -> Iterator[Office]:
    """Two agencies with tablets in one county, another county, a leader and a supervisor."""
    office.store.write_now(_furnish)
    yield office


def _furnish() -> None:
    told = {"name": "t", "public_key": "", "certificate": "{}", "app": "0.1.0", "enrolled_at": AT}
    for number, (agency, area) in enumerate((("T", "150624"), ("P", ""), ("P", "1101"), ("T", "1506"))):
        Device.create(
            id=f"d-{number}", agency=agency, prefix=f"{agency}{number}", token_hash=str(number), area=area, **told
        )
    for login, role, area in (("lead", "leader", "150624"), ("far", "leader", "1101"), ("sup", "supervisor", "")):
        users.create(
            "admin", login=login, name=login, role=role, agency="T", password="lamp-otter-cradle-91", area=area
        )
    site_areas.put("admin", SITE, "150624")
    check("i-1", AT)


def check(inspection: str, at: str, key: str = KEY) -> None:
    told = {"kind": "inspection", "format": 1, "device_seq": 1, "signature": "", "receipt": ""}
    Record.create(
        **told, digest=inspection, part=inspection, inspection=inspection, device="d-0", sealed_at=at, received_at=at,
        processed_at=at, state="processed", plate=key.partition("|")[0], outcome="release", severity="",
        inspected_at=at, about=json.dumps({"vehicle": key}), site=SITE,
    )  # fmt: skip
    feed_history.tell([inspection])


def row(number: int = 1, tier: str = "high", inspection: str = "i-1", site: str = SITE) -> dict[str, Any]:
    return {
        "id": f"alert-{number}", "kind": "alert", "tier": tier, "title": {"zh": "补查"}, "text": {"zh": "证过期"},
        "due": "", "plate": "蒙K12345", "site": site, "case": "", "inspection": inspection, "created_at": clock.now(),
    }  # fmt: skip


def raise_(office: Office, **changes: Any) -> None:
    office.store.write_now(lambda: alerts.settle("i-1", row(**changes)))


def seen(agency: str, area: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for _place, line in feed_pages.after(Sight(agency, area), URGENT, 0, 1000)]
    return [one for one in lines if one["kind"] == "alert"]


def steps(office: Office) -> list[str]:
    return office.store.read_now(lambda: [str(one.step) for one in TaskStep.select().order_by(TaskStep.id)])


def did(office: Office, what: str, number: int = 0) -> bool:
    def act() -> bool:
        told = {"device": "d-1", "officer": "P-001", "did": what, "note": "", "at": clock.now()}
        closed = tasks.act("alert-1", id_=f"{what}-{number}", **told)
        alerts.acted("alert-1", closed)
        return closed

    return office.store.write_now(act)


def test_it_is_told_to_every_agency_ahead_and_to_nobody_far_away(office_: Office) -> None:
    raise_(office_)
    for agency, area in (("T", "150624"), ("P", ""), ("P", "150625"), ("T", "15")):
        assert [one["key"] for one in seen(agency, area)] == ["alert-1"]
    assert seen("P", "1101") == []
    (alert,) = office_.store.read_now(alerts.listed, Scope(None, ""))
    assert [(str(step.step), told) for step, told in alert.steps] == [
        ("told", ({"agency": "P", "tablets": 1}, {"agency": "T", "tablets": 2}))
    ]


def test_the_high_tier_is_told_in_the_province_and_the_medium_in_the_prefecture(office_: Office) -> None:
    raise_(office_)
    raise_(office_, number=2, tier="medium")
    assert [one["key"] for one in seen("P", "150102") if not one.get("gone")] == []
    assert [one["key"] for one in seen("P", "150625") if not one.get("gone")] == ["alert-2"]
    raise_(office_, number=3)
    assert [one["key"] for one in seen("P", "150102") if not one.get("gone")] == ["alert-3"]


def test_posts_on_the_same_road_in_the_province_are_told_too(office_: Office) -> None:
    def lie() -> None:
        for site, road, area in (
            (SITE, "G109", "150624"),
            ("G109 东线卡口", "G109", "150102"),
            ("外省卡口", "G109", "1101"),
        ):
            registry.put([{"kind": "site", "key": site, "data": {"road": road}, "as_of": AT}])
            site_areas.put("admin", site, area)

    raise_(office_, tier="medium")
    assert seen("P", "150102") == []
    office_.store.write_now(lie)
    raise_(office_, number=2, tier="medium")
    (told,) = [one["data"] for one in seen("P", "150102")]
    assert (told["road"], told["posts"]) == ("G109", ["G109 东线卡口", "外省卡口"])
    assert seen("P", "1101") == []
    tablets = office_.store.read_now(lambda: alert_reach.tablets(Task.get_by_id("alert-2")))
    assert [(one.label, one.has) for one in tablets] == [("P1", False), ("T0", False), ("T3", False)]


def test_where_nobody_has_said_where_the_site_lies_it_is_told_everywhere(office_: Office) -> None:
    raise_(office_, site="somewhere")
    assert [one["key"] for one in seen("P", "1101")] == ["alert-1"]


def test_again_is_no_second_alert_and_another_finding_replaces_the_first(office_: Office) -> None:
    raise_(office_)
    raise_(office_)
    assert (Task.select().count(), steps(office_)) == (1, ["told"])
    raise_(office_, number=2)
    assert [str(one.id) for one in Task.select().where(Task.state == "open")] == ["alert-2"]
    office_.store.write_now(lambda: alerts.settle("i-1", None))
    assert Task.select().where(Task.state == "open").count() == 0
    assert [str(one.why) for one in TaskStep.select().where(TaskStep.step == "closed")] == ["replaced", "found_no_more"]
    assert [one.get("gone") for one in seen("T", "150624")] == [True, True]


def test_nobody_answers_and_it_goes_up_to_a_leader_and_then_to_a_supervisor(office_: Office, moved: Moved) -> None:
    raise_(office_)
    upkeep = AlertUpkeep(office_)
    moved.on(minutes=19)
    assert upkeep.once() == 0
    moved.on(minutes=1)
    assert (upkeep.once(), upkeep.once(), steps(office_)) == (1, 0, ["told", "leader"])
    (alert,) = office_.store.read_now(alerts.listed, Scope(None, ""))
    assert [one["login"] for one in alert.steps[1][1]] == ["lead"]
    assert seen("P", "150624")[-1]["data"]["level"] == "leader"
    moved.on(minutes=40)
    assert (upkeep.once(), steps(office_)) == (1, ["told", "leader", "supervisor"])
    audited = [str(one.action) for one in Audit.select().where(Audit.action.startswith("alert."))]
    assert audited == ["alert.told", "alert.leader", "alert.supervisor"]
    assert office_.store.read_now(alerts.counts, Scope(None, "")) == (1, 1)


def test_an_office_that_slept_tells_both_at_once(office_: Office, moved: Moved) -> None:
    raise_(office_)
    moved.on(hours=5)
    assert AlertUpkeep(office_).once() == 1
    assert steps(office_) == ["told", "leader", "supervisor"]


def test_many_go_up_some_in_each_write(office_: Office, moved: Moved, monkeypatch) -> None:
    monkeypatch.setattr(alerts, "SLICE", 2)
    for number in range(1, 6):
        told = row(number=number, inspection=f"many-{number}")
        office_.store.write_now(partial(check, f"many-{number}", AT, f"蒙K1000{number}|yellow"))
        office_.store.write_now(partial(alerts.settle, f"many-{number}", told))
    moved.on(minutes=30)
    assert office_.store.write_now(alerts.escalate) == (2, "alert-2")
    monkeypatch.setattr(shares, "SECONDS", 0)
    assert office_.store.write_now(partial(alerts.escalate, "alert-2")) == (1, "alert-3")
    assert [one.level for one in Task.select().order_by(Task.id)] == [1, 1, 1, 0, 0]
    assert AlertUpkeep(office_).once() == 2
    assert AlertUpkeep(office_).once() == 0


def test_two_processes_send_it_up_once(office_: Office, moved: Moved) -> None:
    raise_(office_)
    moved.on(minutes=30)
    held = Task.get_by_id("alert-1")
    at = clock.read(clock.now())
    assert office_.store.write_now(lambda: (alerts._escalate(held, at), alerts._escalate(held, at))) == (True, False)


def test_a_team_that_answered_has_the_hour_and_closing_ends_it_all(office_: Office, moved: Moved) -> None:
    raise_(office_)
    assert did(office_, "called") is False
    moved.on(minutes=50)
    assert AlertUpkeep(office_).once() == 0
    assert did(office_, "dispatched") is True
    moved.on(days=3)
    assert (AlertUpkeep(office_).once(), steps(office_)) == (0, ["told", "closed"])
    assert [one.get("gone") for one in seen("T", "150624")] == [True]


def test_teams_that_do_the_last_two_things_at_once_close_it_once(office_: Office) -> None:
    """Each on a connection of its own, as processes have them: who comes second sees what the first one did."""
    raise_(office_)
    database, start = office_.store.database, threading.Barrier(2)
    found: list[bool] = []

    def answer(what: str, number: int) -> None:
        told = {"device": "d-1", "officer": "P-001", "note": "", "at": AT}
        with database.connection_context(), feed.transaction(database):
            TaskAct.select().count()
            start.wait(5)
            closed = tasks.act("alert-1", id_=f"{what}-{number}", did=what, **told)
            alerts.acted("alert-1", closed)
            found.append(closed)

    for number in range(ROUNDS if database.__class__.__name__.startswith("Postgres") else 0):
        Task.update(state="open").execute()
        TaskAct.delete().execute()
        TaskStep.delete().where(TaskStep.step == "closed").execute()
        racing = [threading.Thread(target=answer, args=(what, number)) for what in ("called", "dispatched")]
        for one in racing:
            one.start()
        for one in racing:
            one.join()
        assert str(Task.get_by_id("alert-1").state) == "closed"
    assert found.count(True) == len(found) // 2
    done = [did(office_, what, 99) for what in ("called", "dispatched")]
    assert done[-1] is True and steps(office_) == ["told", "closed"]
    assert TaskStep.select().where(TaskStep.step == "closed").count() == 1


def test_the_vehicle_is_checked_again_and_it_is_over_for_all(office_: Office) -> None:
    raise_(office_)

    def later(inspection: str, at: str, key: str) -> int:
        check(inspection, at, key)
        return alerts.checked_again(inspection)

    assert office_.store.write_now(lambda: later("i-2", "2026-11-21T01:00:00.000Z", KEY)) == 0
    assert office_.store.write_now(lambda: later("i-3", "2026-11-21T03:00:00.000Z", "蒙K12345|blue")) == 0
    assert office_.store.write_now(lambda: later("i-4", "2026-11-21T03:00:00.000Z", "蒙K12345")) == 1
    assert [one.get("gone") for one in seen("P", "150624")] == [True]


def test_a_vehicle_that_was_met_since_raises_nothing(office_: Office) -> None:
    office_.store.write_now(lambda: check("i-9", "2026-11-21T05:00:00.000Z"))
    raise_(office_)
    assert Task.select().count() == 0


def test_a_case_that_is_decided_ends_it(office_: Office) -> None:
    raise_(office_)
    told = {
        "inspection": "i-1",
        "agency": "T",
        "party_role": "carrier",
        "party_name": "",
        "party_key": "",
        "opened_at": AT,
    }
    office_.store.write_now(lambda: Case.create(id="c-1", number="T-1", state="found", **told))
    assert office_.store.write_now(lambda: alerts.case_moved("c-1", "investigating")) == 0
    assert office_.store.write_now(lambda: alerts.case_moved("c-1", "decided")) == 1
    assert [str(one.why) for one in TaskStep.select().where(TaskStep.step == "closed")] == ["case_decided"]


def test_what_is_found_again_is_told_again(office_: Office) -> None:
    raise_(office_)
    office_.store.write_now(lambda: alerts.settle("i-1", None))
    raise_(office_)
    raise_(office_)
    assert [one["key"] for one in seen("P", "150624") if not one.get("gone")] == ["alert-1-again"]
    office_.store.write_now(lambda: alerts.close(Task.get_by_id("alert-1-again"), alerts.CHECKED))
    raise_(office_)
    assert Task.select().where(Task.state == tasks.OPEN).count() == 0


def cases_of(inspection: str, *named: tuple[str, str]) -> None:
    told = {"party_role": "carrier", "party_name": "", "opened_at": AT, "inspection": inspection}
    for id_, state in named:
        Case.create(id=id_, number=id_, agency="T", party_key=id_, state=state, **told)


def test_it_goes_on_while_another_case_of_the_check_is_undecided(office_: Office) -> None:
    raise_(office_)
    office_.store.write_now(lambda: cases_of("i-1", ("c-1", "investigating"), ("c-2", "closed_no_case")))
    assert office_.store.write_now(lambda: alerts.case_moved("c-2", "closed_no_case")) == 0
    office_.store.write_now(lambda: Case.update(state="decided").where(Case.id == "c-1").execute())
    assert office_.store.write_now(lambda: alerts.case_moved("c-1", "decided")) == 1


def test_what_was_merged_is_decided_where_it_went(office_: Office) -> None:
    def merged() -> None:
        cases_of("i-1", ("c-1", "closed_no_case"))
        cases_of("i-0", ("c-0", "clue"))
        CaseViolation.create(
            case="c-0", violation="V", item="", key="V", finding="{}", source="tablet", inspection="i-1"
        )

    raise_(office_)
    office_.store.write_now(merged)
    assert office_.store.write_now(lambda: alerts.case_moved("c-1", "closed_no_case")) == 0
    office_.store.write_now(lambda: Case.update(state="decided").where(Case.id == "c-0").execute())
    assert office_.store.write_now(lambda: alerts.case_moved("c-0", "decided")) == 1


def test_who_sees_it_is_a_matter_of_the_area(office_: Office) -> None:
    raise_(office_)

    def found(agencies: frozenset[str] | None, area: str) -> int:
        return len(office_.store.read_now(alerts.listed, Scope(agencies, area)))

    assert found(frozenset({"P"}), "") == found(frozenset({"P"}), "150625") == found(None, "15") == 1
    assert found(frozenset({"P"}), "1101") == found(frozenset(), "") == 0


@pytest.mark.parametrize(
    ("tier", "hours", "did_", "expected"),
    [
        ("high", 0.3, (), 0), ("high", 0.34, (), 1), ("high", 1, (), 2), ("high", 0.5, ("called",), 0),
        ("high", 1, ("called",), 1), ("high", 1.7, ("called",), 2), ("medium", 13, (), 0), ("medium", 14, (), 1),
        ("medium", 38, (), 2), ("low", 1000, (), 0),
    ],
)  # fmt: skip
def test_how_far_up_it_goes_when(tier: str, hours: float, did_: tuple[str, ...], expected: int) -> None:
    at = clock.read(AT)
    assert level(tier, at, did_, at + timedelta(hours=hours)) == expected
