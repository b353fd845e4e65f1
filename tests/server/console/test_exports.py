"""The whole file of a case, asked for on its page, made behind it, and proven without the office."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from checklists.__main__ import main as checklists
from checklists.records.case_archive import MANIFEST
from server.exporting import case_file, jobs
from server.exporting.jobs import Exporter
from server.office import Office
from server.store import audit, export_jobs
from server.store.models import Case
from server.store.office_models import ExportJob
from tests.server.browser import token
from tests.server.seeded import plant, signed_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    held = plant(tmp_path_factory.mktemp("office"), "", 30)
    yield held
    held.close()


@pytest.fixture(autouse=True)
def no_jobs(office: Office) -> Iterator[None]:
    yield
    office.store.write_now(lambda: ExportJob.delete().execute())


def of_agency(agency: str) -> Case:
    return Case.select().where(Case.agency == agency, Case.keeper == agency).order_by(Case.id).first()


def asked(office: Office, login: str, case: Case) -> tuple[int, str]:
    """Touch the button as a browser does, and say what came of it; of another's case it was said before for what."""
    browser = signed_in(office, login)
    browser.get(f"/console/cases/{case.id}")
    form = {"csrf": token(browser.get("/console/cases").text)}
    answer = browser.post(f"/console/cases/{case.id}/file", form)
    return answer.status_code, answer.headers.get("location", "")


def test_the_button_on_the_case_leads_to_a_file_that_proves_itself(office: Office, tmp_path: Path) -> None:
    case, browser = of_agency("T"), signed_in(office, "seed-t-leader1")
    page = browser.get(f"/console/cases/{case.id}").text
    (address,) = re.findall(r'action="(/console/cases/[^"]+/file)"', page)
    assert browser.post(address, {"csrf": token(page)}).headers["location"] == "/console/exports?said=started"
    waiting = browser.get("/console/exports")
    assert (waiting.headers["refresh"], "<progress" in waiting.text) == ("2", True)
    assert str(case.number) in waiting.text and "整案案卷" in waiting.text
    assert Exporter(office).once()
    done = browser.get("/console/exports")
    assert "refresh" not in done.headers and "<progress" not in done.text
    (there,) = re.findall(r'href="(/console/exports/[0-9a-f-]+)"', done.text)
    given = browser.get(there)
    assert f"{case.number}.zip" in unquote(given.headers["content-disposition"])
    file = tmp_path / "case.zip"
    file.write_bytes(given.content)
    assert checklists(["verify-case", str(file), "--office-key", office.key.public]) == 0
    with zipfile.ZipFile(io.BytesIO(given.content)) as packed:
        assert json.loads(packed.read(MANIFEST))["number"] == case.number


def test_asking_making_and_fetching_are_audited_with_the_purpose_and_the_case(office: Office) -> None:
    case = of_agency("T")
    asked(office, "seed-t-leader1", case)
    Exporter(office).once()
    job = ExportJob.get()
    signed_in(office, "seed-t-leader1").get(f"/console/exports/{job.id}")
    rows = {one.action: one for one in audit.page() if str(job.id) in one.subject or str(case.id) in one.subject}
    assert {"export.ask", "case.export", "export.done", "export.fetch"} <= set(rows)
    assert str(case.number) in str(rows["export.ask"].detail)
    assert rows["case.export"].purpose == rows["export.ask"].purpose != ""


@pytest.mark.parametrize(
    ("login", "agency", "status"),
    [
        ("seed-t-handler1", "T", 303),
        ("seed-t-reviewer1", "T", 303),
        ("seed-supervisor", "T", 303),
        ("seed-t-handler1", "P", 404),
        ("seed-t-officer1", "T", 403),
    ],
)
def test_who_may_take_the_file_of_whose_case(office: Office, login: str, agency: str, status: int) -> None:
    case = of_agency(agency)
    assert asked(office, login, case)[0] == status
    assert ExportJob.select().count() == (status == 303)


def test_who_may_not_take_it_sees_no_button(office: Office) -> None:
    page = signed_in(office, "seed-t-officer1").get(f"/console/cases/{of_agency('T').id}").text
    assert "data-takeout" not in page


def test_too_many_are_refused_in_words(office: Office) -> None:
    case = of_agency("T")
    for _ in range(export_jobs.MOST_WAITING):
        assert asked(office, "seed-t-handler1", case)[1] == "/console/exports?said=started"
    browser = signed_in(office, "seed-t-handler1")
    form = {"csrf": token(browser.get("/console/cases").text)}
    refused = browser.post(f"/console/cases/{case.id}/file", form)
    assert refused.status_code == 422 and "上限" in refused.text


def test_a_case_that_may_be_seen_no_more_when_the_file_is_made_is_not_given(office: Office) -> None:
    case = of_agency("P")
    query = {"case": str(case.id), "number": str(case.number)}
    job = office.store.write_now(lambda: export_jobs.ask("seed-t-handler1", "T", jobs.CASE_FILE, query, "case"))
    Exporter(office).once()
    page = signed_in(office, "seed-t-handler1").get("/console/exports").text
    assert export_jobs.by_id(str(job.id)).state == "failed"  # type: ignore[union-attr]
    assert "导出失败" in page and f"/console/exports/{job.id}" not in page


def test_the_roles_are_those_of_the_maker() -> None:
    assert all(jobs.may(role, jobs.CASE_FILE) for role in case_file.ROLES)
