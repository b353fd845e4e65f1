"""A made-up year goes through the real machine into the real tables, and never into an office that works."""

from __future__ import annotations

import contextlib
import io
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from server.accounts import Scope
from server.cases.states import MAIN
from server.commands import main
from server.figures.asking import VIOLATIONS, Asked
from server.figures.sums import Sums, recount
from server.office import Office
from server.seeding import year
from server.store import (
    audit,
    case_files,
    case_found,
    case_history,
    case_law,
    case_lists,
    case_proof,
    case_search,
    figure_lists,
    figure_reads,
    figures,
    records,
)
from server.store.case_lists import Wanted
from server.store.case_models import CaseClock, CaseDocument, CaseEvent, DocumentNumber
from server.store.models import Case, CaseViolation, Device, Record
from tests.server.conftest import new_database
from tests.server.seeded import PASSWORD, plant


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def seeded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with its year, which is only read."""
    folder = tmp_path_factory.mktemp("office")
    with contextlib.ExitStack() as stack:
        database = ""
        if request.param == "postgres":
            database = stack.enter_context(new_database(str(request.getfixturevalue("postgres"))))
        held = plant(folder, database, 40)
        stack.callback(held.close)
        yield held


def test_every_row_is_one_that_the_office_itself_would_have_written(seeded: Office) -> None:
    every = list(Case.select())
    assert [one.number for one in every if case_history.broken_at(str(one.id)) is not None] == []
    assert audit.broken_at() is None
    assert {str(one.state) for one in every} <= set(MAIN) and len({str(one.state) for one in every}) > 2
    assert {one.keeper for one in every} <= {"T", "P", "M"} and {one.rank for one in every} == {0, 1}
    assert {str(one.case) for one in CaseViolation.select()} == {str(one.id) for one in every}
    assert CaseClock.select().count() > 100 and CaseDocument.select().where(CaseDocument.number != "").count() > 0
    numbers = Counter(str(one.number) for one in DocumentNumber.select())
    assert set(numbers.values()) == {1}
    for one in Record.select():
        _part, fault = records.opened(one)
        assert fault is None


def test_no_made_up_case_went_to_its_end_with_evidence_lacking_that_nobody_wrote_off(seeded: Office) -> None:
    ended = {str(one.case) for one in CaseEvent.select().where(CaseEvent.event == "investigation_ended")}
    kinds = case_law.current().definitions.evidence
    every = (case_proof.missing(case, case_files.groups_of(case)) for case in ended)
    assert ended and not {kind for one in every for held in one.values() for kind in held if kinds[kind].by != "fact"}


def test_what_was_planted_is_found_and_counted_as_everything_else(seeded: Office) -> None:
    record = Record.select().where(Record.plate.is_null(False)).order_by(Record.id.desc()).first()
    assert case_found.find(Scope(None), str(record.plate)).refs("record") == [str(record.inspection)]
    page = case_lists.page(Scope(None), Wanted(active="all"), limit=500)
    assert case_lists.count(Scope(None), Wanted(active="all")) == len(page.rows) == Case.select().count()
    assert seeded.store.write_now(lambda: case_search.catch_up(10)) == 0, "every record is in the index already"


def test_its_checks_are_counted_and_the_lists_have_as_many_rows(seeded: Office) -> None:
    kept = figures.kept()
    assert kept == recount(figures.every()) == recount([figures.fresh(one) for one in figures.seals()])
    assert seeded.store.write_now(lambda: figures.catch_up(10)) == 0, "every record is counted already"
    asked, everywhere = Asked(date(2020, 1, 1), date(2030, 1, 1)), Scope(None)
    narrowed = [figure_reads.narrowed_to(asked, by, key) for by in CROSSED for key in list(_by(asked, by))[:4]]
    crossed = [replace(one, road="G109", un="1830") for one in narrowed[:4]]
    for one in (asked, replace(asked, hour=3, hours=9, weekdays="0246"), *narrowed, *crossed):
        for kind in ("", "found", "clean", *(() if one.item else ("serious", VIOLATIONS))):
            wanted = replace(one, kind=kind)
            assert figure_reads.total(everywhere, wanted) == _rows(wanted), wanted.query


CROSSED = ("site", "road", "carrier", "un", "item", "pair", "late", "agency")


def _by(asked: Asked, by: str) -> dict[str, Sums]:
    return figure_reads.breakdown(Scope(None), asked, by)


def _rows(asked: Asked) -> int:
    count, after = 0, ""
    while True:
        found = figure_lists.page(Scope(None), asked, after, 7)
        count, after = count + len(found.lines), found.next
        if not after:
            return count


def test_the_tablets_of_a_made_up_year_may_send_nothing(seeded: Office) -> None:
    assert all(one.revoked_at for one in Device.select())
    with pytest.raises(year.NotEmptyError):
        year.check_empty(force=False)
    year.check_empty(force=True)


def test_the_same_seed_and_last_day_give_the_same_year(tmp_path: Path) -> None:
    """A year that ends now is a moment longer each time it is asked for: a step may then fall past midnight."""

    def told(folder: str) -> list[tuple[str, ...]]:
        office = plant(tmp_path / folder, "", 20, until=date(2026, 11, 20))
        every = Case.select().order_by(Case.id)
        found = [(str(one.id)[-12:], str(one.number), str(one.party_name), str(one.state)) for one in every]
        office.close()
        return found

    assert told("one") == told("other")


def test_an_office_that_tablets_report_to_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LUJIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["publish"]) == 0
    assert main(["seed", "--cases", "3"]) == 0
    assert "sign in as seed-t-handler1" in capsys.readouterr().out
    assert main(["seed", "--cases", "3"]) == 1
    assert "tablets are enrolled" in capsys.readouterr().err


def test_it_asks_for_published_law_and_a_password_that_is_none_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LUJIAN_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\npassword12\n"))
    assert main(["seed", "--cases", "3"]) == 1 and "publish" in capsys.readouterr().err
    assert main(["publish"]) == 0
    assert main(["seed", "--cases", "3"]) == 1
    assert Device.select().count() == 0
