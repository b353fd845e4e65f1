"""One record that cannot be handled costs itself and nothing else, wherever it fails."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from falcon.testing import TestClient
from peewee import PostgresqlDatabase

from checklists.records.record import Sealed
from checklists.wire import instant
from server.office import Office
from server.processing import handling
from server.processing.worker import Worker, patience
from server.publishing import publish_all
from server.store import cases, lessons, outage, queue, records
from server.store.models import Case, Package, Record
from tests.server.cast import Tablet, batch
from tests.server.story import seal_story


@pytest.fixture
def packages(office: Office) -> list[Package]:
    return publish_all(office)


def deliver(client: TestClient, tablet: Tablet, *parts: Sealed) -> None:
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(*parts))


def state(part: Sealed) -> tuple[str, str]:
    record = records.by_digest(part.digest)
    assert record is not None
    return record.state, record.reason


def fail_for(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, inspection: str, failure: Exception) -> None:
    """Let a function of the store fail for one inspection, as a senseless part of it would make it."""
    whole = getattr(module, name)

    def fails(*told: Any) -> Any:
        if inspection in str(told[0]):
            raise failure
        return whole(*told)

    monkeypatch.setattr(module, name, fails)


@pytest.mark.parametrize("where", [(cases, "put"), (cases, "put_findings"), (lessons, "put")])
def test_what_fails_while_the_outcome_is_written_parks_that_record_alone(
    client: TestClient,
    tablet: Tablet,
    office: Office,
    packages: list[Package],
    monkeypatch: pytest.MonkeyPatch,
    where: tuple[Any, str],
) -> None:
    bad, good = seal_story(tablet, packages), seal_story(tablet, packages)
    deliver(client, tablet, bad, good)
    fail_for(monkeypatch, *where, bad.part["inspection"], TypeError("张标记 15062419800101001X"))
    Worker(office).drain()
    assert state(bad) == ("parked", "processing_failed")
    assert state(good) == ("processed", "")
    record = records.by_digest(bad.digest)
    assert record is not None
    assert str(record.detail).startswith("TypeError in fails, line ")
    assert Case.select().where(Case.inspection == bad.part["inspection"]).count() == 0


def test_a_machine_without_memory_sets_the_record_aside_and_goes_on(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = seal_story(tablet, packages), seal_story(tablet, packages)
    deliver(client, tablet, bad, good)
    fail_for(monkeypatch, cases, "put", bad.part["inspection"], MemoryError())
    worker = Worker(office)
    with pytest.raises(MemoryError):
        worker.drain()
    worker.drain()
    assert (state(bad), state(good)) == (("received", ""), ("processed", ""))


def test_a_record_that_could_not_even_be_parked_is_set_aside(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = seal_story(tablet, packages), seal_story(tablet, packages)
    deliver(client, tablet, bad, good)
    fail_for(monkeypatch, cases, "put", bad.part["inspection"], TypeError())
    monkeypatch.setattr(handling, "park", lambda *_told: (_ for _ in ()).throw(RuntimeError))
    assert Worker(office).drain() == 1
    assert (state(bad), state(good)) == (("received", ""), ("processed", ""))


def test_what_killed_its_process_comes_last_and_the_third_time_waits_for_a_person(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    killer, other = seal_story(tablet, packages), seal_story(tablet, packages)
    deliver(client, tablet, killer, other)
    ids = [int(one.id) for one in Record.select().order_by(Record.id)]
    for _time in range(2):
        office.store.write_now(lambda: queue.suspect(ids[0]))
    with queue.take(office.store.database) as first:
        assert first is not None
        assert int(first.id) == ids[1]
    (office.config.data / "worker-999999999.in-hand").write_text(str(ids[0]))
    worker = Worker(office, every_seconds=0.1)
    worker.start()
    deadline = time.monotonic() + 120
    while "received" in records.counts() and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.stop()
    assert (state(killer), state(other)) == (("parked", "processing_failed"), ("processed", ""))
    assert not list(office.config.data.glob("*.in-hand"))


def test_what_is_taken_up_again_comes_after_what_tablets_bring_and_waits_for_nobody(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    store = office.store
    deliver(client, tablet, seal_story(tablet, packages))
    (old,) = [int(one.id) for one in Record.select()]
    store.write_now(lambda: queue.settle(old, "parked", "definitions_unknown"))
    assert store.write_now(lambda: records.unpark("definitions_unknown")) == 1
    an_hour_ago = instant(datetime.now(UTC) - timedelta(hours=1))
    Record.update(received_at=an_hour_ago).where(Record.id == old).execute()
    assert store.read_now(queue.age_seconds) == 0
    deliver(client, tablet, fresh := seal_story(tablet, packages))
    with queue.take(store.database) as first:
        assert first is not None and (str(first.digest), int(first.id) == old) == (fresh.digest, False)
    assert 0 <= store.read_now(queue.age_seconds) < 60
    assert Worker(office).drain() == 2
    assert {(str(one.state), str(one.reason)) for one in Record.select()} == {("processed", "")}


def test_the_note_of_a_living_process_is_left_alone(office: Office) -> None:
    note = office.config.data / f"worker-{os.getppid()}.in-hand"
    note.write_text("1")
    assert list(Worker(office)._in_hand.left()) == []
    assert note.exists()


def test_another_process_takes_the_record_behind_the_one_that_is_held(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    deliver(client, tablet, seal_story(tablet, packages), seal_story(tablet, packages))
    ids = [int(one.id) for one in Record.select().order_by(Record.id)]
    shared = isinstance(office.store.database, PostgresqlDatabase)
    with queue.take(office.store.database) as first, ThreadPoolExecutor(1) as beside:
        taken = beside.submit(_taken, office).result()
    assert first is not None
    assert (int(first.id), taken) == (ids[0], ids[1] if shared else ids[0])


def _taken(office: Office) -> int:
    with queue.take(office.store.database) as record:
        id_ = int(record.id) if record is not None else 0
    outage.drop(office.store.database)
    return id_


@pytest.mark.parametrize(("age", "seconds"), [(0, 0.25), (10, 0.125), (20, 0), (3600, 0)])
def test_what_waits_long_steps_back_behind_receipts_ever_less(age: float, seconds: float) -> None:
    assert patience(age) == seconds


def test_two_workers_at_once_process_each_record_once(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package]
) -> None:
    parts = [seal_story(tablet, packages) for _ in range(6)]
    deliver(client, tablet, *parts)
    done: list[int] = []
    threads = [threading.Thread(target=lambda: done.append(Worker(office).drain())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {state(one) for one in parts} == {("processed", "")}
    assert Case.select().count() == 12


def test_two_workers_never_have_checks_of_one_vehicle_in_hand(
    client: TestClient, tablet: Tablet, office: Office, packages: list[Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not isinstance(office.store.database, PostgresqlDatabase):
        pytest.skip("SQLite has one worker")
    parts = [seal_story(tablet, packages) for _ in range(4)]
    deliver(client, tablet, *parts)
    both, whole, met = threading.Barrier(2), handling.recompute, []

    def together(*told: Any) -> Any:
        try:
            both.wait(timeout=0.3)
            met.append(told)
        except threading.BrokenBarrierError:
            both.reset()
        return whole(*told)

    monkeypatch.setattr(handling, "recompute", together)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _number: Worker(office).drain(), range(2)))
    assert (sum(done), met) == (4, [])
    assert {state(one) for one in parts} == {("processed", "")}
