"""An amendment that names a task moves the case that sent it on, once, and nobody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from falcon.testing import TestClient

from server.gate import shape
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import case_history, devices, records
from server.store.case_models import SideTrack
from server.store.models import Case
from tests.server.cast import Tablet, batch
from tests.server.feed.test_holds import brought
from tests.server.store.office_cases import PEOPLE, do, missing
from tests.server.story import open_tasks, seal_story, used

GOLDEN = Path(__file__).parents[2] / "golden" / "sealed-amendment-1.json"


@pytest.fixture
def packages(office: Office) -> Any:
    from server.store.office_models import User

    made = publish_all(office)
    for login, role, agency in PEOPLE:
        office.store.write_now(
            lambda told=(login, role, agency): User.create(  # type: ignore[misc]
                login=told[0], name=told[0], role=told[1], agency=told[2], password="", made_at="2026-01-01"
            )
        )
    return made


@pytest.fixture
def case(office: Office, client: TestClient, tablet: Tablet, packages: Any) -> Case:
    """A case of the tablet's own agency from a sealed check, taken by its handler."""
    sealed = seal_story(tablet, packages)
    deliver(client, tablet, office, sealed)
    held = Case.select().where(Case.inspection == sealed.part["inspection"], Case.agency == "T").first()
    do(office, held, "accept")
    return held


def deliver(client: TestClient, tablet: Tablet, office: Office, part: Any) -> str:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(part))
    Worker(office).drain()
    return str(records.by_digest(part.digest).state)  # type: ignore[union-attr]


def answer(tablet: Tablet, packages: Any, case: Case, task: str, *entries: Any, **changes: Any) -> Any:
    sealed = next(one for one in records.of_inspection(str(case.inspection)) if one.kind == "inspection")
    said = entries or (tablet.entry(str(case.inspection), 90, "statement", "driver", {"text": "器材放在家里"}),)
    told = {"kind": "amendment", "inspection": str(case.inspection), "amends": str(sealed.digest), "task": task}
    return tablet.seal(**{**told, "entries": list(said), "definitions": used(packages), **changes})


def task_of(agency: str = "T") -> dict[str, Any]:
    (row,) = open_tasks(agency)
    return dict(row)


def test_a_case_that_was_sent_back_is_a_clue_again_with_the_answer(
    office: Office, client: TestClient, tablet: Tablet, packages: Any, case: Case
) -> None:
    wanted = [{"violation": "CN-LIC-05b", "kind": "paper"}]
    do(office, case, "return_for_supplement", wanted="挂车道路运输证照片", evidence=wanted)
    row = task_of()
    assert (row["kind"], row["case"], row["inspection"], row["plate"]) == (
        "supplement", case.number, case.inspection, "蒙K12345")  # fmt: skip
    assert row["pieces"] == [{"item": row["pieces"][0]["item"], "evidence": "paper"}]
    part = answer(tablet, packages, case, str(row["id"]))
    assert deliver(client, tablet, office, part) == "processed"
    assert Case.get_by_id(case.id).state == "clue"
    last = case_history.of_case(str(case.id))[-1]
    assert (last.event, last.role, last.who) == ("supplement_answered", "machine", "")
    assert case_history.data_of(last) == {"task": row["id"], "amendment": part.digest, "text": "器材放在家里"}
    assert open_tasks("T") == []


def test_the_same_answer_twice_and_a_later_one_change_nothing_more(
    office: Office, client: TestClient, tablet: Tablet, packages: Any, case: Case
) -> None:
    do(office, case, "return_for_supplement", wanted="照片")
    task = str(task_of()["id"])
    for _again in range(2):
        assert deliver(client, tablet, office, answer(tablet, packages, case, task)) == "processed"
    events = [one.event for one in case_history.of_case(str(case.id))]
    assert events.count("supplement_answered") == 1
    assert case_history.broken_at(str(case.id)) is None


def test_a_task_is_answered_by_its_own_inspection_alone(
    office: Office, client: TestClient, tablet: Tablet, packages: Any, case: Case
) -> None:
    do(office, case, "return_for_supplement", wanted="照片")
    task = str(task_of()["id"])
    other = seal_story(tablet, packages)
    deliver(client, tablet, office, other)
    foreign = answer(tablet, packages, case, task, inspection=other.part["inspection"], amends=other.digest)
    assert deliver(client, tablet, office, foreign) == "processed"
    assert deliver(client, tablet, office, answer(tablet, packages, case, "of-nobody")) == "processed"
    assert Case.get_by_id(case.id).state == "supplement"
    assert len(open_tasks("T")) == 1


def test_a_tablet_of_another_agency_answers_for_nobody(
    office: Office, client: TestClient, tablet: Tablet, packages: Any, case: Case
) -> None:
    do(office, case, "return_for_supplement", wanted="照片")
    police = Tablet()
    code = office.store.write_now(lambda: devices.new_code("P", 24))
    police.enrolled = client.simulate_post("/v1/devices", json=police.ask(code)).json
    foreign = answer(police, packages, case, str(task_of()["id"]))
    assert deliver(client, police, office, foreign) == "processed"
    assert Case.get_by_id(case.id).state == "supplement"
    assert len(open_tasks("T")) == 1


def test_an_answer_that_came_after_its_tablet_was_revoked_moves_nothing(
    office: Office, client: TestClient, tablet: Tablet, packages: Any, case: Case
) -> None:
    do(office, case, "return_for_supplement", wanted="照片")
    part = answer(tablet, packages, case, str(task_of()["id"]))
    office.store.write_now(lambda: devices.revoke(tablet.enrolled["device"], "lost", "test"))
    brought(office, tablet, part)
    assert str(records.by_digest(part.digest).state) == "processed"  # type: ignore[union-attr]
    assert Case.get_by_id(case.id).state == "supplement"


def test_a_request_that_was_withdrawn_leaves_the_tablets_list(office: Office, case: Case) -> None:
    do(office, case, "return_for_supplement", wanted="照片")
    do(office, case, "supplement_withdrawn", reason="已自行取得")
    assert open_tasks("T") == []


def test_a_revisit_brings_the_proof_to_its_order(
    office: Office, client: TestClient, tablet: Tablet, packages: Any, case: Case
) -> None:
    do(office, case, "rectification_ordered", by="2099-01-01", what="补齐器材")
    side = str(SideTrack.get(SideTrack.case == case.id).id)
    do(office, case, "revisit_ordered", by="2099-01-01", reason="看一次", side=side)
    deliver(client, tablet, office, answer(tablet, packages, case, str(task_of()["id"])))
    assert SideTrack.get_by_id(side).state == "proof_in"
    assert {one.code for one in missing(office, case, "rectification_cleared", "lead", side=side, text="已查")} == set()
    assert open_tasks("T") == []


def test_the_office_takes_the_released_amendment_and_those_without_a_task() -> None:
    assert shape.opened(GOLDEN.read_bytes(), 1).fault is None
    assert shape.opened(GOLDEN.read_bytes(), 1).part["task"].startswith("case-")
    older = GOLDEN.read_bytes().replace(b'"task":"case-', b'"unknown":"case-')
    assert shape.opened(older, 1).fault is None
