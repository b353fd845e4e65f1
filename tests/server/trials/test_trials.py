"""A draft tried on past inspections: what is found, asked and charged otherwise, and never more than is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.authoring.revision import Change, Revision, as_if_always, as_text
from checklists.definitions.definition import Definitions
from checklists.definitions.publication import publish
from checklists.findings.assessment import Assessment, assess
from checklists.goods.listing import load_tables
from checklists.inspection.entries import Entry
from checklists.law.model import rows_on
from checklists.wire import from_plain, uuid7
from server.cases.casefile import Actor
from server.office import Office
from server.processing.worker import Worker
from server.store import drafts, packages, trial_runs
from server.store.office_models import User
from server.trials.differences import differences
from server.trials.runner import TrialRunner
from tests.loaded import load_all
from tests.server.cast import Tablet, batch, now
from tests.server.story import FACTS, entries, seal_story

BY = Actor("zhou", "周法制", "law_admin", "T")


@pytest.fixture
def database() -> str:
    """SQLite alone: `tests/server/store/test_drafts.py` runs the queries on both engines."""
    return ""


@pytest.fixture
def made(office: Office) -> Any:
    """The packages of an office with a law administrator."""

    def job() -> list[Any]:
        User.create(login="zhou", name="周法制", role="law_admin", agency="T", password="", made_at="2026-01-01")
        return [
            packages.publish(office.key, "definitions", publish(load_all())),
            packages.publish(office.key, "reference", load_tables().to_plain()),
        ]

    return office.store.write_now(job)


@cache
def checked() -> tuple[tuple[Entry, ...], str]:
    """What the story's officers put down, and when."""
    held = entries(Tablet(enrolled={"device": "d1"}), uuid7(), FACTS)
    return tuple(from_plain(Entry, one) for one in held), now()


def assessed(definitions: Definitions) -> Assessment:
    return assess(definitions, load_tables(), *checked())


def item(name: str, key: str = "", **changes: Any) -> Change:
    held = load_all().checklists["cn-joint"].item(name)
    value = {**as_text(held), **({"id": key} if key else {}), **changes}
    section = next(
        one.id for one in load_all().checklists["cn-joint"].sections if any(each.id == name for each in one.items)
    )
    return Change("item", key or name, value, "cn-joint", section)


def row_of(code: str, **changes: Any) -> list[Change]:
    """Every row of a code that holds today, with the same change."""
    rows = rows_on(load_all().violations, code, drafts.today())
    return [Change("violation", code, {**as_text(one), **changes}) for one in rows]


def told(*changes: Change) -> list[tuple[str, str]]:
    """What differs for the story's check: its kind and item."""
    base = load_all()
    day = drafts.today() + timedelta(days=30)
    drafted = as_if_always(base, Revision(1, day, changes))
    return [(one.kind, one.item) for one in differences(assessed(base), assessed(drafted))]


def found() -> Any:
    return assessed(load_all()).findings[0]


def test_a_draft_that_changes_nothing_differs_in_nothing() -> None:
    assert told(item("TNK-05")) == []
    assert told(*row_of(found().violation)) == []


def test_another_severity_is_charged_otherwise() -> None:
    one = found()
    other = "I" if one.severity != "I" else "III"
    assert ("changed", one.item) in told(item(one.item, severity=other))


def test_another_amount_of_a_row_to_come_is_seen_on_a_check_of_the_past() -> None:
    one = next(each for each in assessed(load_all()).findings if each.penalty and each.penalty[0].max_cny)
    rows = row_of(one.violation)
    raised = [
        replace(each, value={**each.value, "penalty": [{**each.value["penalty"][0], "max_cny": "999999"}]})
        for each in rows
    ]
    assert ("changed", one.item) in told(*raised)


def test_what_nobody_was_asked_is_asked_and_neither_found_nor_passed() -> None:
    new = item("TNK-05", "TNK-91", applies_when={})
    assert told(new) == [("asked", "TNK-91")]


def test_an_item_that_no_longer_applies_takes_its_finding_with_it() -> None:
    one = found()
    kinds = told(item(one.item, applies_when={"trailer": ["never so"]}))
    assert ("gone", one.item) in kinds and ("not_asked", one.item) in kinds


def test_a_trial_counts_and_names_what_differs_and_what_it_could_not_read(
    office: Office, client: TestClient, tablet: Tablet, made: Any
) -> None:
    sealed = seal_story(tablet, made)
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    Worker(office).drain()
    severity = "I" if found().severity != "I" else "III"

    def begin() -> int:
        id_ = drafts.create("试算一下", (drafts.today() + timedelta(days=9)).isoformat(), BY)
        drafts.save(id_, 1, BY, put=[item(found().item, severity=severity)])
        return trial_runs.ask(id_, 50, BY)

    run = office.store.write_now(begin)
    assert TrialRunner(office).once() and not TrialRunner(office).once()
    held = trial_runs.by_id(run)
    assert held is not None and (held.state, held.done, held.total) == ("done", 1, 1)
    found_ = trial_runs.found_of(held)
    assert (found_["tried"], found_["differing"], found_["unread"]) == (1, 1, 0)
    (shown,) = found_["shown"]
    assert shown["digest"] == sealed.digest and found_["kinds"]["changed"] >= 1
    assert any(one["item"] == found().item for one in shown["told"])


def test_an_inspection_of_an_unknown_checklist_is_counted_as_not_worked_out(
    office: Office, client: TestClient, tablet: Tablet, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = seal_story(tablet, made)
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    Worker(office).drain()

    def begin() -> int:
        id_ = drafts.create("试算一下", drafts.today().isoformat(), BY)
        drafts.save(id_, 1, BY, put=[item("TNK-05", severity="I")])
        return trial_runs.ask(id_, 50, BY)

    run = office.store.write_now(begin)
    monkeypatch.setattr("server.trials.runner._parts", lambda _inspection: [])
    assert TrialRunner(office).once()
    held = trial_runs.found_of(trial_runs.by_id(run))  # type: ignore[arg-type]
    assert (held["tried"], held["unread"], held["differing"]) == (1, 1, 0)


def test_a_text_that_was_changed_meanwhile_is_not_tried(office: Office, made: Any) -> None:
    def begin() -> int:
        id_ = drafts.create("试算一下", drafts.today().isoformat(), BY)
        drafts.save(id_, 1, BY, put=[item("TNK-05", severity="I")])
        run = trial_runs.ask(id_, 50, BY)
        drafts.save(id_, 2, BY, put=[item("TNK-05", severity="III")])
        return run

    run = office.store.write_now(begin)
    assert TrialRunner(office).once()
    assert trial_runs.by_id(run).state == "failed"  # type: ignore[union-attr]


def test_who_sees_nothing_tries_on_nothing(office: Office, made: Any) -> None:
    office.store.write_now(lambda: User.update(role="leader", agency="E").where(User.login == "zhou").execute())

    def begin() -> int:
        id_ = drafts.create("试算一下", drafts.today().isoformat(), BY)
        drafts.save(id_, 1, BY, put=[item("TNK-05", severity="I")])
        return trial_runs.ask(id_, 50, BY)

    run = office.store.write_now(begin)
    assert TrialRunner(office).once()
    assert trial_runs.found_of(trial_runs.by_id(run))["tried"] == 0  # type: ignore[arg-type]
