"""Many rows are loaded in parts between which records come in: all of them, or none."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.facts.transport import Vehicle
from checklists.wire import WireError, from_plain
from server import registry_load
from server.office import Office
from server.publishing import load_registry
from server.store import registry, registry_changes, registry_parts
from server.store.administration_models import RegistryPart
from server.store.office_models import Audit
from server.upkeep import tidy
from tests.server.cast import AS_OF, Tablet, batch

ROWS: list[dict[str, Any]] = [
    {"kind": "vehicle", "key": f"蒙K5432{n}", "as_of": AS_OF, "data": {"plate": f"蒙K5432{n}"}} for n in range(5)
]
ORDER = {
    "kind": "stop",
    "number": "1号",
    "authority": "示例队",
    "on": "trailer",
    "key": "蒙K1234挂",
    "text": "不得上路",
}
PLATES = ("蒙K1234挂", "蒙K1235挂", "蒙K1236挂")
ORDERS = {"kind": "orders", "key": "蒙K1234挂", "as_of": AS_OF, "data": {"rows": [ORDER]}}


def sent(client: TestClient, tablet: Tablet) -> str:
    answer = client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(tablet.seal()))
    return str(answer.json["results"][0]["status"])


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_load, "SOME", 2)
    monkeypatch.setattr(registry_load, "sleep", lambda _seconds: None)


def breaking(monkeypatch: pytest.MonkeyPatch, name: str, at: int) -> None:
    """Let this step fail from its so-manieth time on, as where the power goes."""
    done, times = getattr(registry_parts, name), iter(range(100))

    def step(*told: Any, **named: Any) -> None:
        if next(times) >= at:
            raise ZeroDivisionError
        done(*told, **named)

    monkeypatch.setattr(registry_parts, name, step)


def test_rows_in_parts_are_counted_as_one_load_and_the_log_proves_each(office: Office) -> None:
    load_registry(office, ROWS[:2])
    done = load_registry(office, [*ROWS, ORDERS])
    assert (done.added, done.unchanged, done.rows) == (4, 2, 6)
    assert registry.counts() == {"feed": 1, "orders": 1, "vehicle": 5}
    assert RegistryPart.select().count() == 0 and registry_changes.broken() == []
    assert Audit.select().where(Audit.action == "registry.load").count() == 1


def test_orders_go_first_whole_and_what_says_that_a_list_is_given_last(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"kind": "feed", "key": "past", "as_of": AS_OF, "data": {"complete": True}}
    orders = [{**ORDERS, "key": key, "data": {"rows": [{**ORDER, "key": key, "number": key}]}} for key in PLATES]
    with monkeypatch.context() as power:
        breaking(power, "write", 1)
        with pytest.raises(ZeroDivisionError):
            load_registry(office, [given, *ROWS, *orders])
    assert registry.counts() == {"feed": 1, "orders": 3}, "the office gives orders, and here they are"
    with monkeypatch.context() as power:
        breaking(power, "write", 2)
        with pytest.raises(ZeroDivisionError):
            registry_load.finish(office.store)
    assert registry.lookup("feed", "past") is None and registry.counts()["vehicle"] == 4
    registry_load.finish(office.store)
    assert registry.lookup("feed", "past") and registry.counts()["vehicle"] == 5


def test_a_load_that_was_agreed_to_is_finished_by_whoever_comes_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as power:
        breaking(power, "write", 1)
        with pytest.raises(ZeroDivisionError):
            load_registry(office, ROWS)
    assert registry.counts() == {"vehicle": 2}
    tidy(office)
    assert registry.counts() == {"vehicle": 5} and registry_parts.waiting() == []


def test_the_rows_that_the_documentation_shows_can_be_loaded(office: Office) -> None:
    told = Path("docs/running.md").read_text(encoding="utf-8")
    rows = json.loads(told.partition("```json")[2].partition("```")[0])
    load_registry(office, rows)
    for key in ("蒙K12345|yellow", "蒙K1234挂"):
        vehicle = registry.lookup("vehicle", key)
        assert vehicle is not None and vehicle["data"].keys() <= {one.name for one in fields(Vehicle)}
        permit = from_plain(Vehicle, vehicle["data"]).permit
        assert permit is not None and permit.scope == ("8",)


def test_of_a_load_that_was_not_agreed_to_nothing_is_written(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as power:
        breaking(power, "stage", 2)
        with pytest.raises(ZeroDivisionError):
            load_registry(office, ROWS)
    tidy(office)
    assert registry.counts() == {} and RegistryPart.select().count() == 2
    office.store.write_now(lambda: RegistryPart.update(at=AS_OF[:4]).execute())
    tidy(office)
    assert RegistryPart.select().count() == 0


def test_what_could_not_be_written_is_refused_before_anything_is(office: Office) -> None:
    officer = {"kind": "officer", "key": "T-1", "as_of": AS_OF, "data": {"name": "刘某", "agency": "T", "note": 0.5}}
    with pytest.raises(WireError):
        load_registry(office, [*ROWS, officer])
    assert registry.counts() == {} and RegistryPart.select().count() == 0


def test_a_part_is_written_once(office: Office) -> None:
    office.store.write_now(lambda: registry_parts.stage("one", "[]", "lead", last=True))
    (part,) = registry_parts.waiting()
    office.store.write_now(lambda: registry_parts.write(part))
    office.store.write_now(lambda: RegistryPart.update(rows="no JSON").execute())
    office.store.write_now(lambda: registry_parts.write(part))
    assert registry_parts.waiting() == []


def test_records_come_in_between_the_parts(
    client: TestClient, tablet: Tablet, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[str] = []

    def rest(_seconds: float) -> None:
        if not answers and registry.counts():
            answers.append(sent(client, tablet))
            assert registry_parts.waiting(), "there is more to be written"

    monkeypatch.setattr(registry_load, "sleep", rest)
    load_registry(office, ROWS)
    assert answers == ["accepted"]
