"""What an operator does about records that wait, and that each act stands in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.config import Config
from server.office import open_office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import audit, conflicts, records
from server.store.models import Record, database
from tests.server.scene import Stage, deliver, tablet
from tests.server.story import seal_story
from tests.server.test_commands import Told, say  # noqa: F401 - the fixture behind ours

Command = Callable[..., Told]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    office = open_office(Config(data_dir=str(tmp_path / "data")))
    made = Stage(office, {"T": tablet(office, "T", "tablet")})
    yield made
    office.close()


@pytest.fixture
def command(stage: Stage, say: Callable[..., Told]) -> Command:  # noqa: F811
    """A command beside the open office: both are in this process, so that the tables are given back to it."""

    def run(*words: str) -> Told:
        told = say(*words)
        database.initialize(stage.office.store.database)
        return told

    return run


def state(digest: str) -> tuple[str, str]:
    record = records.by_digest(digest)
    assert record is not None
    return record.state, record.reason


def test_a_record_is_set_aside_listed_and_queued_again(stage: Stage, command: Command) -> None:
    publish_all(stage.office)
    part = stage.tablets["T"].seal()
    deliver(stage, "one", part)
    assert command("records", "park", part.digest[:16], "--why", "stops the others")[0] == 0
    Worker(stage.office).drain()
    assert state(part.digest) == ("parked", "set_aside")
    assert f"{part.digest}  " in command("records", "list-parked")[1]
    assert command("records", "list-parked", "--reason", "clock_off")[1] == ""
    assert command("records", "retry", part.digest, "--why", "mended")[0] == 0
    assert state(part.digest) == ("received", "")
    told = [(one.action, one.subject, one.purpose) for one in audit.page(audit.Wanted(action="record"))]
    assert told == [
        ("record_retry", f"record:{part.digest}", "mended"),
        ("record_park", f"record:{part.digest}", "stops the others"),
    ]


def test_what_cannot_be_done_is_said_and_not_logged(stage: Stage, command: Command) -> None:
    part = stage.tablets["T"].seal()
    deliver(stage, "one", part)
    code, _told, trouble = command("records", "release", part.digest, "--why", "x")
    assert code == 1 and "not possible" in trouble
    assert command("records", "release", "ffff", "--why", "x")[0] == 1
    assert audit.page(audit.Wanted(action="record")) == []


def test_all_records_of_a_reason_are_queued_again(stage: Stage, command: Command) -> None:
    parts = [stage.tablets["T"].seal() for _ in range(3)]
    for part in parts:
        deliver(stage, "one", part)
        stage.office.store.write_now(lambda part=part: records.park(part.digest, "x"))
    assert "3 records" in command("records", "retry-all", "set_aside", "--why", "mended")[1]
    assert {state(one.digest) for one in parts} == {("received", "")}


def test_a_person_decides_which_of_two_seals_counts(stage: Stage, command: Command) -> None:
    packages = publish_all(stage.office)
    maker = stage.tablets["T"]
    first = seal_story(maker, packages)
    second = seal_story(maker, packages, inspection=first.part["inspection"])
    for part in (first, second):
        deliver(stage, "one", part)
    Worker(stage.office).drain()
    assert (state(first.digest)[0], state(second.digest)) == ("processed", ("conflict", "sealed_twice"))
    assert command("records", "settle", second.digest, "--why", "the officer named this one")[0] == 0
    Worker(stage.office).drain()
    assert (state(first.digest), state(second.digest)[0]) == (("conflict", "sealed_twice"), "processed")
    assert [one.digest for one in conflicts.rivals(Record.get(Record.digest == second.digest))] == [first.digest]
    assert command("records", "settle", second.digest, "--why", "again")[0] == 1
