"""Exports: from the button of a list to its Excel and its history; the whole file of a case; nobody else's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from server.console.exports import KINDS
from server.exporting import jobs
from server.exporting.jobs import Exporter
from server.office import Office
from server.store import audit, export_jobs
from server.store.models import Case
from tests.server.console.cases.clerk import Clerk, text
from tests.server.console.quarters import csrf_of, form_of, furnished, sent, shared, taken_out
from tests.server.store.office_cases import finding, opened

ADDRESS = "/console/exports"


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    for office in shared(tmp_path_factory.mktemp("office")):
        opened(office)
        opened(office, finding(agency="P"))
        yield office


@pytest.fixture(autouse=True)
def emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take back what waits after each test: one may have only so many."""
    yield
    if "lite" in request.fixturenames:
        office = request.getfixturevalue("lite")
        for one in export_jobs.latest():
            jobs.remove(office, str(one.id), "test")


def asked(clerk: Clerk) -> str:
    """Take the list of cases out, as wang, and return the job's id."""
    number = str(Case.get(Case.agency == "T").number)
    done = taken_out(clerk, clerk.get("/console/cases?active=all").text, "/console/cases/export", number)
    assert done.status_code == 303 and done.headers["location"] == f"{ADDRESS}?said=started"
    return str(export_jobs.of_login("wang")[0].id)


def line(page: str, job: str) -> str:
    """What the page says of a job."""
    return text(page.partition(f'data-job="{job}"')[2].partition("</tr>")[0].partition(">")[2])


def test_from_the_button_of_a_list_to_the_file_and_its_end(office: Office) -> None:
    furnished(office)
    number = str(opened(office)[0].number)
    wang = Clerk(office, "wang")
    job = asked(wang)
    assert "案件" in line(wang.get(ADDRESS).text, job) and "等待" in line(wang.get(ADDRESS).text, job)
    assert Exporter(office).once()
    assert "已完成" in line(wang.get(ADDRESS).text, job)
    got = wang.get(f"{ADDRESS}/{job}")
    assert got.headers["content-disposition"].startswith("attachment") and "no-store" in got.headers["cache-control"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(got.content)).get_sheet_by_index(0).to_python()
    assert [one[0] for one in rows] == ["案件编号", number]
    assert next(iter(audit.page())).action == "export.fetch"
    done = sent(wang, form_of(wang.get(ADDRESS).text, f"{ADDRESS}/{job}"))
    assert done.headers["location"] == f"{ADDRESS}?said=removed"
    assert wang.get(f"{ADDRESS}/{job}").status_code == 404
    assert "已清除" in line(wang.get(ADDRESS).text, job), "the history stays"


def test_the_whole_file_of_a_case_is_taken_out_from_its_page(lite: Office) -> None:
    (case,) = Case.select().where(Case.agency == "T")
    wang = Clerk(lite, "wang")
    done = sent(wang, form_of(wang.page(case.id), f"/console/cases/{case.id}/file"))
    assert done.headers["location"] == f"{ADDRESS}?said=started"
    assert Exporter(lite).once()
    job = str(export_jobs.of_login("wang")[0].id)
    assert f"整案案卷 {case.number}" in line(wang.get(ADDRESS).text, job)
    got = wang.get(f"{ADDRESS}/{job}")
    assert got.headers["content-type"] == "application/zip"
    assert {"case.json", "manifest.json"} <= {
        one.rpartition("/")[2] for one in zipfile.ZipFile(io.BytesIO(got.content)).namelist()
    }


@pytest.mark.parametrize(("login", "status"), [("su", 403), ("zhou", 403), ("sun", 403), ("liu", 404), ("lead", 303)])
def test_who_may_not_see_the_file_of_a_case_takes_none_out(lite: Office, login: str, status: int) -> None:
    (case,) = Case.select().where(Case.agency == "T")
    clerk = Clerk(lite, login)
    csrf = csrf_of(clerk)
    assert clerk.send(f"/console/cases/{case.id}/file", [("csrf", csrf)]).status_code == status
    shown = clerk.get(f"/console/cases/{case.id}")
    assert ("data-takeout" in shown.text) == (status == 303)


def test_nobody_has_the_exports_of_another(lite: Office) -> None:
    wang = Clerk(lite, "wang")
    job = asked(wang)
    assert Exporter(lite).once()
    for login in ("bai", "lead", "liu"):
        other = Clerk(lite, login)
        page = other.get(ADDRESS).text
        assert job not in page
        assert other.get(f"{ADDRESS}/{job}").status_code == 404
        csrf = csrf_of(other)
        assert other.send(f"{ADDRESS}/{job}", [("csrf", csrf)]).status_code == 404
    assert wang.get(f"{ADDRESS}/{job}").status_code == 200
    assert Clerk(lite, "sun").get(ADDRESS).status_code == 200, "lists of devices and users are exports too"
    assert "尚未申请导出" in Clerk(lite, "bai").get(ADDRESS).text
    assert wang.get(f"{ADDRESS}/..%2f..%2foffice.db").status_code == 404


def test_a_job_is_taken_back_before_it_is_done_and_without_the_token_it_is_not(lite: Office) -> None:
    wang = Clerk(lite, "wang")
    job = asked(wang)
    held = form_of(wang.get(ADDRESS).text, f"{ADDRESS}/{job}")
    assert sent(wang, held, csrf="other").status_code == 403
    assert sent(wang, held).status_code == 303
    assert not Exporter(lite).once()


def test_what_failed_says_so_in_the_readers_language(lite: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    wang = Clerk(lite, "wang")
    job = asked(wang)
    monkeypatch.setattr(jobs, "make_list", lambda *_told: 1 / 0)
    assert Exporter(lite).once()
    assert "失败 导出失败" in line(wang.get(ADDRESS).text, job)
    assert "failed The export failed" in line(wang.get(f"{ADDRESS}?lang=en").text, job)
    assert wang.get(f"{ADDRESS}/{job}").status_code == 404


def test_how_far_a_long_one_is(lite: Office) -> None:
    wang = Clerk(lite, "wang")
    job = asked(wang)
    lite.store.write_now(lambda: export_jobs.claim("process"))
    lite.store.write_now(lambda: export_jobs.heard(job, "process", 1_500, 20_000))
    assert "正在生成 1,500 / 20,000" in line(wang.get(ADDRESS).text, job)


def test_more_than_one_may_have_waiting_are_refused_in_words(lite: Office) -> None:
    wang = Clerk(lite, "wang")
    for _job in range(export_jobs.MOST_WAITING):
        asked(wang)
    (case,) = Case.select().where(Case.agency == "T")
    done: Any = sent(wang, form_of(wang.page(case.id), f"/console/cases/{case.id}/file"))
    assert done.status_code == 422 and "已达上限" in done.text
    page = wang.get("/console/cases?active=all").text
    done = taken_out(wang, page, "/console/cases/export", str(case.number))
    assert done.status_code == 422 and "已达上限" in done.text


def test_every_kind_of_export_has_its_name() -> None:
    assert set(KINDS) == {*jobs.LISTS, jobs.CASE_FILE, jobs.BRIEFING}
