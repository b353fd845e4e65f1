"""Lists as Excel: what is seen on the page is in the file, personal data as far as the role needs, and jobs go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError
from python_calamine import CalamineWorkbook

from checklists import words
from server.accounts import ROLES
from server.config import Config
from server.exporting import jobs, masks
from server.exporting.jobs import LISTS, Exporter
from server.exporting.listing import last_day
from server.exporting.workbook import Head, write
from server.importing import entries, sheets
from server.importing.kinds import KINDS
from server.office import open_office
from server.store import audit, case_lists, export_jobs, reading, users
from server.store.models import Case
from server.store.office_models import ExportJob
from tests.server.scene import Stage, play

AT = "2026-11-20T00:00:00.000Z"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    opened = open_office(Config(data_dir=str(tmp_path_factory.mktemp("office")), office="示例县"))
    yield play(opened, many=5)
    opened.close()


def made(stage: Stage, what: str, login: str = "lead", **query: str) -> ExportJob:
    """Ask for an export and let it be made."""
    office, user = stage.office, users.by_login(login)
    assert user is not None
    job = office.store.write_now(lambda: export_jobs.ask(login, str(user.agency), what, query, "case"))
    exporter = Exporter(office)
    assert exporter.once()
    held = export_jobs.by_id(str(job.id))
    assert held is not None
    return held


def rows(stage: Stage, job: ExportJob, sheet: int = 0) -> list[list[Any]]:
    assert job.state == "done", job.error
    book = CalamineWorkbook.from_path(str(jobs.folder(stage.office) / str(job.file)))
    return book.get_sheet_by_index(sheet).to_python()


def test_the_cases_of_a_file_are_those_of_the_page(stage: Stage) -> None:
    user = users.by_login("lead")
    scope = jobs.asked_of(user, {}).scope
    listed = case_lists.page(scope, case_lists.Wanted(), limit=200).rows
    told = rows(stage, made(stage, "cases"))
    assert [one[0] for one in told[1:]] == [one.number for one in listed] and len(listed) > 2
    assert told[0][:2] == ["案件编号", "状态"]
    violations = told[0].index("违法行为")
    said = {(one[2], one[3]) for one in told[1:]}
    assert said <= {("交通执法", "交通执法"), ("公安交警", "公安交警"), ("公安交警", "交通执法")}, "agencies by name"
    assert not any("CN-" in one[violations] for one in told[1:]), "violations by their titles"


def test_a_list_names_people_and_says_what_the_page_says(stage: Stage) -> None:
    case = case_lists.page(jobs.asked_of(users.by_login("lead"), {}).scope, case_lists.Wanted(), limit=1).rows[0]
    stage.office.store.write_now(lambda: Case.update(owner="lead", tier="high").where(Case.id == case.id).execute())
    head, *told = rows(stage, made(stage, "cases"))
    row = dict(zip(head, next(one for one in told if one[0] == case.number), strict=True))
    assert (row["承办人"], row[head[5]]) == ("苏日娜", "高")


def test_the_log_is_taken_out_in_the_words_of_its_page(stage: Stage) -> None:
    detail = {"agency": [None, "T"], "name": ["甲", "乙"]}
    stage.office.store.write_now(lambda: audit.note(who="admin", action="user.change", subject="u", detail=detail))
    told = rows(stage, made(stage, "audit", "system", action="user.change"))[1]
    assert told[4] == "更改用户" and told[7] == "单位: 交通执法, 姓名: 甲 → 乙"
    stage.office.store.write_now(lambda: audit.note(who="lead", action="user.change", subject="u"))
    assert [one[3] for one in rows(stage, made(stage, "audit", "system", action="user.change"))[1:3]] == ["苏日娜", ""]


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ("2026-02-10T16:00:00.000Z", "2026-02-10"),
        ("2026-02-10T09:30:00.000Z", "2026-02-10 17:30:00"),
        ("2026-02-28", "2026-02-28"),
    ],
)
def test_a_term_ends_with_its_last_day_and_not_on_the_day_after(over: str, told: str) -> None:
    assert last_day(over) == told


def test_the_records_of_a_file_are_those_of_the_page(stage: Stage) -> None:
    user = users.by_login("lead")
    scope = jobs.asked_of(user, {}).scope
    listed = reading.page(scope, reading.Wanted(), limit=500).rows
    told = rows(stage, made(stage, "records"))
    assert [one[-1] for one in told[1:]] == [one.digest for one in listed] and listed
    assert reading.count(scope, reading.Wanted()) == len(listed)


def test_a_database_that_went_away_in_the_middle_never_leaves_a_shorter_file(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(rows(stage, made(stage, "cases")))
    failed: list[int] = []
    page = case_lists.page

    def away(*told: Any, **more: Any) -> Any:
        failed.append(1)
        if len(failed) == 2:
            raise OperationalError("server closed the connection unexpectedly")
        return page(*told, **more)

    monkeypatch.setattr("server.exporting.work_lists.SOME", 2)
    monkeypatch.setattr(case_lists, "page", away)
    monkeypatch.setattr("server.store.outage.away", lambda problem: isinstance(problem, OperationalError))
    assert len(rows(stage, made(stage, "cases"))) == whole and len(failed) == 3


def test_filters_narrow_a_file_as_they_do_the_page(stage: Stage) -> None:
    scope = jobs.asked_of(users.by_login("lead"), {}).scope
    told = rows(stage, made(stage, "records", state="parked"))
    assert len(told) - 1 == reading.count(scope, reading.Wanted(state="parked")) > 0


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_every_list_can_be_taken_out_by_every_role_that_may(stage: Stage, kind: str, lang: str) -> None:
    logins = {str(one.role): str(one.login) for one in users.listing()}
    for role in LISTS[kind].roles:
        if role in logins:
            told = rows(stage, made(stage, kind, logins[role], lang=lang))
            assert len(told[0]) > 5, f"{kind} {role}"
            assert all(isinstance(one, str) and one for one in told[0])


@pytest.mark.parametrize("kind", [*LISTS, jobs.CASE_FILE])
def test_a_role_that_may_not_gets_nothing(stage: Stage, kind: str) -> None:
    others = [str(one.login) for one in users.listing() if not jobs.may(str(one.role), kind)]
    for login in others:
        job = made(stage, kind, login)
        assert (job.state, job.error, job.file) == ("failed", jobs.NOT_YOURS, "")
    assert kind == "orders" or others


def test_who_was_closed_meanwhile_gets_nothing(stage: Stage) -> None:
    office = stage.office
    told = {"name": "x", "role": "leader", "agency": "T", "password": "Tm7-kappe-Regen"}
    office.store.write_now(lambda: users.create("system", login="gone", **told))
    job = office.store.write_now(lambda: export_jobs.ask("gone", "T", "cases", {}, "case"))
    office.store.write_now(lambda: users.close("system", "gone", "left"))
    Exporter(office).once()
    assert export_jobs.by_id(job.id).state == "failed"


def test_who_is_limited_to_an_area_takes_out_no_more(stage: Stage) -> None:
    office = stage.office
    told = {"name": "x", "role": "leader", "agency": "T", "area": "110101", "password": "Tm7-kappe-Regen"}
    office.store.write_now(lambda: users.create("system", login="far", **told))
    assert len(rows(stage, made(stage, "cases", "far"))) == len(rows(stage, made(stage, "records", "far"))) == 1


@pytest.mark.parametrize(
    ("login", "number", "name"),
    [("lead", "150624", "full"), ("area", "150***", "full"), ("system", "150***", "first")],
)
def test_personal_data_are_hidden_as_far_as_the_role_has_no_need_of_them(
    stage: Stage, login: str, number: str, name: str
) -> None:
    told = rows(stage, made(stage, "registry", login, kind="person"))
    one = dict(zip((column.id for column in KINDS["person"].columns), told[1], strict=True))
    assert str(one["id_number"]).startswith(number)
    assert ("*" in str(one["name"])) == (name == "first")
    about = dict(rows(stage, export_jobs.by_id(export_jobs.of_login(login)[0].id), 1))
    assert about["个人信息"] == words.catalogue("zh_CN", "server").gettext(jobs._SAID[masks.of_role(dict(ROLE)[login])])


ROLE = [("lead", "leader"), ("area", "supervisor"), ("system", "system_admin")]


def test_the_registry_that_was_taken_out_is_brought_back_unchanged(stage: Stage) -> None:
    from server.store import import_plans

    for kind in ("vehicle", "tank", "carrier", "person", "officer"):
        job = made(stage, "registry", kind=kind)
        content = (jobs.folder(stage.office) / str(job.file)).read_bytes()
        parsed = entries.parse(KINDS[kind], sheets.read(content), AT, "2099-01-01T00:00:00.000Z")
        preview = import_plans.plan(parsed).preview
        told = [one.differences for one in preview.lines]
        assert list(preview.all_faults) == [] and preview.counts["unchanged"] == len(preview.lines) > 0, (kind, told)


def test_every_export_is_in_the_log_with_what_was_asked_and_what_came_out(stage: Stage) -> None:
    job = made(stage, "cases", tier="high")
    told = [one for one in audit.page() if one.subject == f"export:{job.id}"]
    assert [(one.who, one.action, one.purpose) for one in told] == [
        ("lead", "export.done", ""),
        ("lead", "export.ask", "case"),
    ]
    assert audit.detail_of(told[1]) == {"kind": "cases", "query": '{"tier":"high"}'}
    assert audit.detail_of(told[0])["sha256"] == job.sha256


def test_a_job_of_a_dead_process_begins_anew_and_one_at_work_is_left(stage: Stage) -> None:
    office = stage.office
    job = office.store.write_now(lambda: export_jobs.ask("lead", "T", "cases", {}, "case"))
    dead = office.store.write_now(lambda: export_jobs.claim("dead"))
    assert dead is not None and dead.id == job.id
    assert not Exporter(office).once(), "somebody was heard of a moment ago"
    office.store.write_now(lambda: ExportJob.update(seen_at="2026-01-01").where(ExportJob.id == job.id).execute())
    assert Exporter(office).once()
    held = export_jobs.by_id(job.id)
    assert (held.state, held.tries) == ("done", 2)
    assert not office.store.write_now(lambda: export_jobs.done(job.id, "dead", "x", "x", 1)), "the dead one came late"


def test_a_job_that_ends_its_process_again_and_again_is_given_up(stage: Stage) -> None:
    office = stage.office
    job = office.store.write_now(lambda: export_jobs.ask("lead", "T", "cases", {}, "case"))
    for _try in range(export_jobs.MOST_TRIES):
        assert office.store.write_now(lambda: export_jobs.claim("dead")) is not None
        office.store.write_now(lambda: ExportJob.update(seen_at="2026-01-01").where(ExportJob.id == job.id).execute())
    assert office.store.write_now(lambda: export_jobs.claim("next")) is None
    assert export_jobs.by_id(job.id).error == export_jobs.GIVEN_UP


def test_a_job_that_was_taken_back_is_left_in_the_middle(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    office = stage.office
    monkeypatch.setattr(jobs, "_HEARD_SECONDS", 0)
    job = office.store.write_now(lambda: export_jobs.ask("lead", "T", "cases", {}, "case"))
    count = LISTS["cases"].count
    taken_back = LISTS["cases"].__class__(
        **{**vars(LISTS["cases"]), "count": lambda asked: (jobs.remove(office, str(job.id), "lead"), count(asked))[1]}
    )
    monkeypatch.setitem(LISTS, "cases", taken_back)
    assert Exporter(office).once()
    assert export_jobs.by_id(job.id).state == "removed"
    assert not list(jobs.folder(office).glob(f"{job.id}*"))


def test_a_failure_is_told_and_the_next_job_goes_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    office = stage.office
    job = office.store.write_now(lambda: export_jobs.ask("lead", "T", "cases", {}, "case"))
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "make_list", lambda *_told: 1 / 0)
        assert Exporter(office).once()
    assert (export_jobs.by_id(job.id).state, export_jobs.by_id(job.id).error) == ("failed", jobs.FAILED)
    assert made(stage, "cases").state == "done"


def test_what_is_kept_for_records_is_not_filled_by_an_export(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.office.photo_files, "free", lambda: stage.office.photo_files.reserve - 1)
    held = made(stage, "cases")
    assert (held.state, held.error) == ("failed", jobs.NO_ROOM)
    assert not list(jobs.folder(stage.office).glob("*.part"))


def test_too_many_of_ones_own_wait(stage: Stage) -> None:
    office = stage.office
    asked = [office.store.write_now(lambda: export_jobs.ask("area", "T", "cases", {}, "x")) for _job in range(5)]
    with pytest.raises(export_jobs.ExportError, match="as one may"):
        office.store.write_now(lambda: export_jobs.ask("area", "T", "cases", {}, "x"))
    for one in asked:
        assert jobs.remove(office, str(one.id), "area")
    assert not Exporter(office).once()


def test_files_go_after_their_days_and_the_history_stays(stage: Stage) -> None:
    office, job = stage.office, made(stage, "cases")
    path = jobs.folder(office) / str(job.file)
    assert jobs.tidy(office, 7) == 0 and path.exists()
    office.store.write_now(lambda: ExportJob.update(done_at="2026-01-01").where(ExportJob.id == job.id).execute())
    assert jobs.tidy(office, 7) == 1 and not path.exists()
    assert export_jobs.by_id(job.id).state == "removed"


def test_the_thread_makes_what_waits_and_ends(stage: Stage) -> None:
    office = stage.office
    job = office.store.write_now(lambda: export_jobs.ask("lead", "T", "cases", {}, "case"))
    exporter = Exporter(office)
    exporter.start()
    for _wait in range(400):
        if export_jobs.by_id(job.id).state == "done":
            break
        exporter._stopping.wait(0.05)
    exporter.stop()
    assert export_jobs.by_id(job.id).state == "done"


def workbook(path: Path, told: list[list[Any]], columns: int = 2, **more: Any) -> CalamineWorkbook:
    write(
        path,
        [Head(f"c{n}") for n in range(columns)],
        told,
        title="list",
        about=[("a", "b")],
        about_title="about",
        **more,
    )
    return CalamineWorkbook.from_path(str(path))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "https://e.example", "mailto:x@e.example"]
)
def test_nothing_in_a_cell_becomes_a_formula_or_a_link(tmp_path: Path, text: str) -> None:
    import zipfile

    book = workbook(tmp_path / "x.xlsx", [[text, None]])
    assert book.get_sheet_by_index(0).to_python()[1][0] == text
    with zipfile.ZipFile(tmp_path / "x.xlsx") as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet


def test_a_full_sheet_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.exporting.workbook.MOST_ROWS", 3)
    book = workbook(tmp_path / "x.xlsx", [[n, "x" * 40_000] for n in range(7)])
    assert book.sheet_names == ["list", "list 2", "list 3", "about"]
    assert [one[0] for one in book.get_sheet_by_index(1).to_python()] == ["c0", 3.0, 4.0, 5.0]


def test_a_long_list_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    import tracemalloc

    def peak(many: int) -> int:
        tracemalloc.start()
        write(tmp_path / "x.xlsx", [Head("a"), Head("b")], ([n, f"text {n}"] for n in range(many)), title="l",
              about=[], about_title="a")  # fmt: skip
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(8000) < 2 * peak(2000)


def test_every_role_has_its_mask() -> None:
    assert set(masks.BY_ROLE) == set(ROLES)


@pytest.mark.parametrize(
    ("kind", "value", "hidden", "seen"),
    [
        ("number", "15062419800101001X", masks.NUMBERS, "150************01X"),
        ("number", "1234567", masks.NUMBERS, "*******"),
        ("number", "15062419800101001X", masks.PLAIN, "15062419800101001X"),
        ("name", "王志强", masks.NUMBERS, "王志强"),
        ("name", "王志强", masks.ALL, "王**"),
        ("name", "李", masks.ALL, "李"),
        ("text", "张三 15062419800101001X, 13800000000", masks.ALL, "张三 150************01X, 138*****000"),
        ("text", "蒙K12345 120260001", masks.ALL, "蒙K12345 120260001"),
    ],
)
def test_masks(kind: str, value: str, hidden: str, seen: str) -> None:
    assert masks.hide(kind, value, hidden) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("150624 19800101 1234", "150**************234"), ("150624-19800101-123ｘ", "150**************23x"),
        ("１５０６２４１９８００１０１１２３４", "150************234"), ("138 0013 8000", "138*******000"),
        ("SFZ150624198001011234", "SFZ150************234"), ("138-001-38000", "138*******000"),
        ("1380 013 8000", "138*******000"), ("+8613800138000", "+86********000"), ("8613800138000", "861*******000"),
        ("0086 138-0013-8000", "008************000"), ("tel13800138000", "tel138*****000"),
        ("１３８００１３８０００", "138*****000"), ("0477-8123456", "047******456"),
        ("（010）81234567", "（010******567"),
        ("护照E12345678", "护照E12***678"), ("H1234567890", "H12*****890"), ("EA1234567", "EA1***567"),
    ],
)  # fmt: skip
def test_numbers_of_people_are_hidden_as_people_write_them(written: str, seen: str) -> None:
    assert masks.text(f"他说：{written}，再查") == f"他说：{seen}，再查"


@pytest.mark.parametrize(
    "public",
    [
        "UN1830", "UN 0331 20261201", "1830 1203 1993 1005", "蒙K12345", "蒙KD12345", "蒙K8801挂", "G109 K109+500",
        "2026-12-01 12:30:15", "20261201", "12,500.00", "130.12345678", "示交案〔2026〕12号", "T0001-R000001",
        "91150624MA0N000002", "911506241012345011", "91150624701234567X", "LX20261201000001", "LX2026120100000000001",
        "0193a1b2-1234-7abc-8def-0123456789ab", "鄂尔多斯字150624001234号", "a3f" * 21 + "1",
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_person_stays(public: str) -> None:
    assert masks.text(public) == public
