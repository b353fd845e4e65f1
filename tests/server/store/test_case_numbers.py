"""Numbers of documents: without gaps or doubles, also where several processes give them at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.config import Config
from server.office import Office, open_office
from server.store import case_numbers
from server.store.case_models import CaseEvent, DocumentNumber
from server.store.models import Case
from tests.server.store.office_cases import furnish, opened

ROOT = Path(__file__).resolve().parents[3]

RACER = """
import sys
from datetime import UTC, datetime
from server.config import Config
from server.office import open_office
from server.store import case_apply, case_numbers
from server.cases.casefile import Actor
from server.cases.machine import Refusal

folder, database, name, case = sys.argv[1:]
office = open_office(Config(data_dir=folder, database=database))
at = datetime(2026, 6, 1, tzinfo=UTC)
for number in range(25):
    def job():
        given = case_numbers.give("T", "notice", f"{name}-{number}", "c", at)
        if number % 5 == 4:
            raise RuntimeError("given back")
        return given
    try:
        office.store.write_now(job)
    except RuntimeError:
        pass
done = office.store.write_now(
    lambda: case_apply.apply_event(case, "note", {"text": name}, Actor("wang", "wang", "handler", "T"), 1))
print("stale" if isinstance(done, Refusal) else "applied")
office.close()
"""


def test_racing_processes_give_each_number_once_and_one_form_wins(
    office: Office, database: str, tmp_path: Path
) -> None:
    furnish(office)
    (case,) = opened(office)
    told = [sys.executable, "-c", RACER, str(tmp_path), database]
    racers = [
        subprocess.Popen([*told, name, str(case.id)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for name in "abc"
    ]
    said = [one.communicate(timeout=120)[0].strip() for one in racers]
    assert sorted(said) == ["applied", "stale", "stale"]
    serials = [int(one.serial) for one in DocumentNumber.select().order_by(DocumentNumber.serial)]
    assert serials == list(range(1, 61))
    assert [int(one.seq) for one in CaseEvent.select().where(CaseEvent.case == case.id)] == [1, 2]
    assert Case.get_by_id(case.id).version == 2


@pytest.mark.parametrize(
    ("at", "year"),
    [(datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 2026), (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 2027)],
)
def test_the_year_of_a_number_is_that_of_beijing(office: Office, at: datetime, year: int) -> None:
    given = office.store.write_now(lambda: case_numbers.give("T", "decision", "d", "c", at))
    assert given == f"T罚〔{year}〕1号"


def test_agencies_forms_and_years_count_apart_and_a_sign_is_the_offices_own(office: Office) -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)

    def job() -> list[str]:
        case_numbers.set_head("T", "示交")
        told = [("T", "decision", at), ("T", "demand", at), ("P", "decision", at), ("T", "decision", at)]
        return [case_numbers.give(agency, kind, "d", "c", when) for agency, kind, when in told]

    assert office.store.write_now(job) == [
        "示交罚〔2026〕1号",
        "示交催〔2026〕1号",
        "P罚〔2026〕1号",
        "示交罚〔2026〕2号",
    ]


def test_an_office_opened_twice_keeps_counting(office: Office, tmp_path: Path, database: str) -> None:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    office.store.write_now(lambda: case_numbers.give("T", "decision", "d", "c", at))
    again = open_office(Config(data_dir=str(tmp_path), database=database))
    assert again.store.write_now(lambda: case_numbers.give("T", "decision", "e", "c", at)) == "T罚〔2026〕2号"
    again.close()
