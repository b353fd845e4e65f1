"""Alerts to the teams down the road, what was done about them, and the ledger of lessons."""

from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.inspection.tasks import Task, act_holds, due_of, duties, left, sign_act
from checklists.wire import uuid7
from server import clock
from server.office import Office
from server.processing.alerts import alert_for
from server.processing.recompute import Recomputed
from server.processing.worker import Worker
from server.publishing import RegistryError, load_registry, publish_all
from server.store import alerts, devices, site_areas, tasks
from server.store.feed_models import FeedRow
from server.store.models import Record
from server.store.office_models import LessonResult, TaskAct, TaskStep
from tests.server.cast import REGISTRY, Tablet, batch, now
from tests.server.story import EXPIRED, FACTS, PLATE, VEHICLE, open_tasks, seal_story

LATER = "2026-11-02T00:00:00.000Z"
ROW = {"id": "revisit-1", "kind": "revisit", "tier": "high", "title": "回访", "created_at": LATER}


def deliver(client: TestClient, tablet: Tablet, office: Office, part: Any) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(part))
    Worker(office).drain()


def released(tablet: Tablet, held: Any, **changes: Any) -> Any:
    """A check that was let go, of a vehicle whose permit the office knows to have expired."""
    full = [{"role": "driver", "name": "张某"}, {"role": "escort", "name": "李某"}]
    facts = {**FACTS, "seen.aboard": (full, "officer")}
    outcome = {"proposed": "release", "decided": "release", "reason": None}
    return seal_story(tablet, held, facts=facts, outcome=outcome, **changes)


def did(what: str, **changes: Any) -> dict[str, Any]:
    return {"id": uuid7(), "officer": "T-001", "did": what, "at": now(), "note": "", **changes}


def send(client: TestClient, tablet: Tablet, task: str, act: dict[str, Any]) -> Any:
    """Send what was done as a tablet does: signed for this task by this device."""
    told = sign_act(tablet.key, act, task=task, device=tablet.enrolled["device"])
    return client.simulate_post(f"/v1/tasks/{task}/acts", headers=tablet.bearer, json=told)


@pytest.fixture
def known(office: Office) -> None:
    """The officers of the cast, and one of the police, as the office knows them."""
    police = {"kind": "officer", "key": "P-001", "as_of": LATER, "data": {"name": "李某", "agency": "P"}}
    load_registry(office, [*REGISTRY, police])


@pytest.fixture
def held(office: Office) -> Any:
    newer = {**VEHICLE, "permit": {**EXPIRED, "number": "150600001", "scope": ["8"]}}
    load_registry(office, [{"kind": "vehicle", "key": PLATE, "data": newer, "as_of": now()}])
    return publish_all(office)


def test_a_released_vehicle_that_turns_out_bad_is_told_to_the_teams(
    client: TestClient, tablet: Tablet, office: Office, held: Any
) -> None:
    part = released(tablet, held)
    deliver(client, tablet, office, part)
    (task,) = open_tasks("T")
    assert (task["kind"], task["plate"], task["inspection"]) == ("alert", PLATE, part.part["inspection"])
    assert task["text"]["zh"]
    office.store.write_now(lambda: Record.update(state="received").execute())
    Worker(office).drain()
    assert len(open_tasks("T")) == 1


def test_a_vehicle_that_was_held_raises_no_alert(client: TestClient, tablet: Tablet, office: Office, held: Any) -> None:
    outcome = {"proposed": "hold", "decided": "hold", "reason": None}
    deliver(client, tablet, office, seal_story(tablet, held, outcome=outcome))
    assert open_tasks("T") == []


def test_only_what_the_office_found_besides_raises_an_alert() -> None:
    finding = {"item": "LIC-06", "agency": "T", "severity": "I", "text": {"zh": "证过期"}}
    columns = {"outcome": "release", "plate": PLATE}
    at = clock.read(LATER)

    def raised(difference: str, proposed: str) -> Any:
        done = Recomputed(columns, fuller=[(difference, finding)], proposed=proposed)
        return alert_for("i-1", done, at)

    task = raised("new", "hold")
    assert (task["tier"], task["due"], task["text"]["zh"]) == ("high", "2026-11-02T01:00:00.000Z", "证过期")
    assert raised("same", "hold") is None
    assert raised("new", "release") is None


def test_a_hold_of_another_post_that_the_tablet_had_not_heard_of_raises_an_alert_too() -> None:
    held = {"rule": "R17", "case": "held", "severity": "I", "text": {"zh": "此前检查决定暂停行驶"}}
    columns = {"outcome": "hold", "outcome_before": "release", "plate": PLATE}
    done = Recomputed(columns, fuller=[], proposed="hold", warned=(held,))
    found = alert_for("i-1", done, clock.read(LATER))
    assert found is not None and found["text"]["zh"] == "此前检查决定暂停行驶"
    # A hold that was amended at noon let nobody go in the morning.
    amended = {**columns, "outcome": "release", "outcome_before": "hold"}
    assert alert_for("i-1", Recomputed(amended, fuller=[], proposed="hold", warned=(held,)), clock.read(LATER)) is None


def test_a_task_is_closed_when_every_duty_is_done_and_is_gone_from_the_feed(
    client: TestClient, tablet: Tablet, office: Office, known: None
) -> None:
    load_registry(office, [{"kind": "tasks", "key": "T", "data": {"rows": [ROW]}, "as_of": LATER}])
    first = did("called", note="已联系公司安全员")
    assert send(client, tablet, "revisit-1", first).json["closed"] is False
    again = send(client, tablet, "revisit-1", first)
    assert (again.status_code, TaskAct.select().count()) == (200, 1)
    assert send(client, tablet, "revisit-1", did("dispatched")).json["closed"] is True
    assert all(act_holds(tablet.key.public, one.__data__, task="revisit-1", device=one.device) for one in TaskAct)
    (told,) = [one for one in FeedRow.select() if (one.kind, one.key) == ("task", "revisit-1")]
    assert told.gone == 1
    assert [one.did for one in tasks.acts("revisit-1")] == ["called", "dispatched"]


def test_a_tablet_of_another_agency_closes_nothing(
    client: TestClient, tablet: Tablet, office: Office, known: None
) -> None:
    load_registry(office, [{"kind": "tasks", "key": "P", "data": {"rows": [ROW]}, "as_of": LATER}])
    for officer in ("T-001", "P-001"):
        answer = send(client, tablet, "revisit-1", did("called", officer=officer))
        assert (answer.status_code, answer.json["code"]) == (403, "task_foreign")
    assert TaskAct.select().count() == 0


def test_teams_of_every_agency_ahead_act_on_an_alert_and_those_far_away_do_not(
    client: TestClient, tablet: Tablet, office: Office, known: None
) -> None:
    def police(area: str) -> Tablet:
        made = Tablet()
        code = office.store.write_now(lambda: devices.new_code("P", 24))
        made.enrolled = client.simulate_post("/v1/devices", json=made.ask(code)).json
        office.store.write_now(lambda: devices.place(made.enrolled["device"], area))
        return made

    row = {**ROW, "id": "alert-1", "kind": "alert", "site": "G109", "plate": PLATE, "created_at": clock.now()}
    office.store.write_now(lambda: site_areas.put("lead", "G109", "150624"))
    office.store.write_now(lambda: alerts.settle("i-1", row))
    far = send(client, police("110105"), "alert-1", did("called", officer="P-001"))
    assert (far.status_code, far.json["code"]) == (403, "task_foreign")
    assert send(client, police("150625"), "alert-1", did("called", officer="P-001")).json["closed"] is False
    assert send(client, tablet, "alert-1", did("dispatched")).json["closed"] is True
    assert [str(one.step) for one in TaskStep.select().order_by(TaskStep.id)] == ["told", "closed"]
    assert open_tasks("P") == open_tasks("T") == []


@pytest.mark.parametrize("officer", ["P-001", "nobody", "t-001"])
def test_nobody_acts_in_the_name_of_whom_the_office_does_not_know_in_his_agency(
    client: TestClient, tablet: Tablet, known: None, officer: str
) -> None:
    answer = send(client, tablet, "order-i-1", did("done", officer=officer))
    assert (answer.status_code, answer.json["code"]) == (403, "act_officer_unknown")


@pytest.mark.parametrize(
    "change", [{"signature": ""}, {"signature": "!"}, {"officer": "T-001 "}, {"note": "changed"}, {"did": "read"}]
)
def test_an_act_that_the_device_did_not_sign_so_is_refused(
    client: TestClient, tablet: Tablet, known: None, change: dict[str, str]
) -> None:
    told = sign_act(tablet.key, did("done"), task="a", device=tablet.enrolled["device"])
    for task, sent in (("a", {**told, **change}), ("b", told)):
        answer = client.simulate_post(f"/v1/tasks/{task}/acts", headers=tablet.bearer, json=sent)
        assert (answer.status_code, answer.json["code"]) == (400, "signature_invalid")
    assert TaskAct.select().count() == 0


def test_the_id_of_an_act_is_not_taken_by_another(client: TestClient, tablet: Tablet, known: None) -> None:
    first = did("done")
    assert send(client, tablet, "a", first).status_code == 200
    for task, other in (("a", {**first, "note": "another"}), ("b", first)):
        assert send(client, tablet, task, other).json["code"] == "malformed"
    assert [one.note for one in TaskAct] == [""]


def test_what_was_done_about_a_task_of_the_tablet_itself_is_kept(
    client: TestClient, tablet: Tablet, known: None
) -> None:
    answer = send(client, tablet, "order-i-1", did("done"))
    assert (answer.status_code, answer.json["closed"], len(tasks.acts("order-i-1"))) == (200, False, 1)


@pytest.mark.parametrize("wrong", [{"did": "slept"}, {"at": "yesterday"}, {"id": ""}, {"officer": ""}])
def test_an_act_that_cannot_be_read_is_refused(client: TestClient, tablet: Tablet, wrong: dict[str, str]) -> None:
    answer = client.simulate_post("/v1/tasks/a/acts", headers=tablet.bearer, json={**did("read"), **wrong})
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")


def test_only_a_device_may_answer(client: TestClient) -> None:
    assert client.simulate_post("/v1/tasks/a/acts", json=did("read")).status_code == 401


def test_a_task_without_an_id_is_refused(office: Office) -> None:
    with pytest.raises(RegistryError, match="a task needs an id"):
        load_registry(office, [{"kind": "tasks", "key": "T", "data": {"rows": [{"kind": "alert"}]}, "as_of": LATER}])


def test_a_lesson_stands_in_the_ledger_once(client: TestClient, tablet: Tablet, office: Office, held: Any) -> None:
    inspection = uuid7()
    part = released(tablet, held, inspection=inspection)
    told = {"pack": "p", "version": "1", "person": "张某", "role": "driver", "questions": [], "score": 2, "of": 3}
    note = tablet.entry(inspection, 90, "note", "lesson", told)
    after = tablet.seal(inspection=inspection, kind="amendment", entries=[note], definitions=part.part["definitions"])
    deliver(client, tablet, office, part)
    deliver(client, tablet, office, after)
    (row,) = LessonResult.select()
    assert (row.carrier, row.plate, row.score, row.asked) == (VEHICLE["carrier"], PLATE, 2, 3)
    assert (row.person, row.entry) == ("张某", note["id"])


def test_each_tier_has_its_duties_and_its_time() -> None:
    assert left("high", ["called"]) == ("dispatched",)
    assert duties("unheard-of") == ("done",)
    assert due_of("low", clock.read(LATER)) is None
    due = due_of("medium", clock.read("2026-11-02T17:00:00.000Z"))
    assert due is not None and due.isoformat() == "2026-11-03T15:59:59+00:00"
    assert Task.of({"id": 7, "due": None, "colour": "red"}) == Task("7")
