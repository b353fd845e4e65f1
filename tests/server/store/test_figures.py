"""What is kept is what counting anew gives: after a record, an amendment, a rival, a case that moves, a rebuild."""

from __future__ import annotations

import importlib
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from falcon.testing import TestClient

from checklists.records.record import Sealed
from checklists.wire import instant
from server.cases.casefile import Actor
from server.figures.fact import Fact
from server.figures.sums import SUMMED, Looked, recount
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import case_apply, cases, figures, records, waiting_acts
from server.store.figure_models import CheckFact, CheckFound
from server.store.models import Case, Record, database
from tests.server.cast import Tablet
from tests.server.feed.test_holds import HOLD, amended, deliver
from tests.server.story import seal_story


@pytest.fixture
def held(client: TestClient, tablet: Tablet, office: Office) -> Sealed:
    part = seal_story(tablet, publish_all(office), outcome=HOLD, site="G109 示例县卡口")
    deliver(client, tablet, office, part)
    return part


def fact(inspection: str) -> Fact:
    row = figures.fresh(inspection).fact
    assert row is not None
    return row


def agrees() -> dict[str, int]:
    """Whatever is kept is what counting anew gives, from the rows as from the records; returns the sums of all."""
    kept = figures.kept()
    assert kept == recount(figures.every())
    assert kept == recount([figures.fresh(one) for one in figures.seals()])
    for one in CheckFact.select().dicts():
        told = {name: value for name, value in one.items() if name != "id"}
        assert told == asdict(fact(str(one["inspection"])))
    months = [row for key, row in kept.items() if key.by == "all" and key.period[0] == "M"]
    return dict(zip(SUMMED, map(sum, zip(*months, strict=True)), strict=True)) if months else {}


def test_a_record_and_its_items_count_as_they_were_found_and_once(office: Office, held: Sealed) -> None:
    told = agrees()
    one = fact(held.part["inspection"])
    found = {str(row.code) for row in CheckFound.select().where(CheckFound.what == "violation")}
    assert told["checks"] == told["found"] == told["ordered"] == told["cased"] == 1 and told["decided"] == 0
    assert told["violations"] == len(found) > 1 and one.carrier and one.agencies == "|T|"
    shown = {str(one["violation"]) for one in held.part["findings"] if one.get("violation")}
    assert shown <= found, "also what only the office found counts"

    by_item = {key.key: dict(zip(SUMMED, row, strict=True)) for key, row in figures.kept().items() if key.by == "item"}
    failed = {str(row.code) for row in CheckFound.select().where(CheckFound.what == "item")}
    assert {key for key, row in by_item.items() if row["found"]} == failed and len(by_item) > len(failed) > 1

    before, rows = figures.kept(), list(CheckFact.select().dicts())
    Record.update(state="received").execute()
    assert Worker(office).drain() == 1
    assert figures.kept() == before and list(CheckFact.select().dicts()) == rows
    agrees()


def test_an_amendment_and_a_case_move_what_they_change_in_their_own_transaction(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    assert agrees()["ordered"] == 1
    deliver(client, tablet, office, amended(tablet, held, "release_after_correction"))
    told = agrees()
    assert (told["checks"], told["ordered"], told["corrected"]) == (1, 0, 1)

    case = cases.of_inspection(held.part["inspection"])[0]

    def decide() -> None:
        Case.update(decided_at=instant(datetime.now(UTC))).where(Case.id == case.id).execute()
        figures.touch(str(case.inspection))

    office.store.write_now(decide)
    assert agrees()["decided"] == 1

    def fails() -> None:
        Case.update(decided_at=None).where(Case.id == case.id).execute()
        figures.touch(str(case.inspection))
        raise ValueError("taken back")

    with pytest.raises(ValueError, match="taken back"):
        office.store.write_now(fails)
    assert agrees()["decided"] == 1


def test_every_event_of_a_case_touches_its_check(office: Office, held: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []
    monkeypatch.setattr(case_apply.figures, "touch", touched.append)
    case = cases.of_inspection(held.part["inspection"])[0]
    told = {"party_unknown": True}
    who = Actor("wang", "wang", "handler", str(case.keeper))
    done = office.store.write_now(lambda: case_apply.apply_event(str(case.id), "accept", told, who))
    assert isinstance(done, case_apply.Applied) and set(touched) == {held.part["inspection"]}


def test_of_two_seals_the_one_that_a_person_chose_counts(
    client: TestClient, tablet: Tablet, office: Office, held: Sealed
) -> None:
    rival = seal_story(tablet, publish_all(office), inspection=held.part["inspection"], outcome=HOLD, site="别处")
    deliver(client, tablet, office, rival)
    assert agrees()["found"] == 1 and fact(held.part["inspection"]).site != "别处"
    office.store.write_now(lambda: waiting_acts.act("settle", rival.digest, "the later one", "test"))
    assert CheckFact.select().count() == 0 == len(figures.kept()), "nothing counts until it is processed"
    Worker(office).drain()
    assert fact(held.part["inspection"]).site == "别处"
    agrees()


def test_begun_anew_it_is_the_same_and_a_check_begun_by_mistake_is_none(office: Office, held: Sealed) -> None:
    before = figures.kept()
    office.store.write_now(figures.begin_anew)
    assert figures.kept() == {}
    while office.store.write_now(figures.catch_up):
        pass
    assert figures.kept() == before and before
    agrees()

    def rested() -> None:
        Record.update(reason=records.MISTAKEN).where(Record.digest == held.digest).execute()
        figures.touch(held.part["inspection"])

    office.store.write_now(rested)
    assert agrees() == {} and figures.every() == []


def test_what_fails_here_stops_no_record_and_is_counted_later(
    client: TestClient, tablet: Tablet, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_inspection: str, _looked: Looked | None = None) -> bool:
        raise ValueError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(figures, "settle", broken)
        part = seal_story(tablet, publish_all(office), outcome=HOLD)
        deliver(client, tablet, office, part)
    assert records.by_digest(part.digest).state == "processed"  # type: ignore[union-attr] # it is there
    assert figures.kept() == {}
    assert office.store.write_now(figures.catch_up) == 1 and agrees()["checks"] == 1
    assert office.store.write_now(figures.catch_up) == 0


def test_how_late_it_came_is_by_the_corrected_clock(client: TestClient, tablet: Tablet, office: Office) -> None:
    at = datetime.now(UTC) - timedelta(hours=5)
    told = {"opened_at": instant(at - timedelta(minutes=20)), "sealed_at": instant(at)}
    late = seal_story(tablet, publish_all(office), outcome=HOLD, **told)
    deliver(client, tablet, office, late)
    one = fact(late.part["inspection"])
    assert (one.late, one.timed, one.minutes) == ("d1", 1, 20)


def test_an_upgrade_adds_up_the_violations_that_were_found(office: Office, held: Sealed) -> None:
    before = figures.kept()
    step = importlib.import_module("server.migrations.0035_violation_sums")
    office.store.write_now(lambda: step.down(None, database.obj))
    assert {key.by for key in before} - {key.by for key in figures.kept()} == {"violation"}
    office.store.write_now(lambda: step.up(None, database.obj))
    assert figures.kept() == before
