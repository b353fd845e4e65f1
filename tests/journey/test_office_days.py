"""Days of an office in a real Chromium: each journey is one piece of work from its first click to its end."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from python_calamine import CalamineWorkbook

from server.cases.discretion import COLUMNS
from server.exporting.jobs import Exporter
from server.office import Office
from server.store import law_confirmations, office_details
from server.store.models import Case
from server.store.office_models import Task
from tests.journey.seat import Seat
from tests.journey.windows import Windows, served
from tests.server.console.cases.clerk import PDF
from tests.server.console.cases.test_walk import BLANKS, MATERIALS, two, wall
from tests.server.console.quarters import shared
from tests.server.scene import PASSWORD
from tests.server.store.office_cases import FILE, TWO_POLICE, day, do, finding, opened

Sit = Callable[..., Seat]
DRIVER = {"role": "driver", "name": "赵某", "key": "150624198301010015"}
PLAN = {"penalties.0.kind": "fine", "penalties.0.amount_cny": "1500"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield from shared(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def windows(browser: Browser, office: Office) -> Iterator[Windows]:
    # A page does not take the focus from who is at the keyboard already.
    expected = "409|422|403|404|Autofocus processing was blocked"
    with served(office) as url:
        yield Windows(browser, url, PASSWORD, expected=expected)


@pytest.fixture
def sit(windows: Windows) -> Iterator[Sit]:
    """Return a seat of somebody; what the browser complains of, but refusals, fails the test."""
    yield lambda login, **more: Seat(windows.of(login, **more))
    windows.rest()


def held(case: Any) -> Any:
    return Case.get_by_id(str(case.id))


def test_two_people_confirm_one_clause_and_the_first_cannot_be_the_second(sit: Sit) -> None:
    zhou = sit("zhou").go("/console/law?code=CN-LIC-05b")
    row = zhou.page.locator(".lawrow", has_text="第五十五条")
    row.locator("summary", has_text="提出确认").click()
    row.locator("[name=text]").fill(
        "（二）使用失效、伪造、变造、被注销等无效道路危险货物运输许可证件从事道路危险货物运输的"
    )
    row.locator("[name=source]").fill("交通运输部令2023年第13号")
    with zhou.page.expect_navigation():
        row.locator("[data-propose]").click()
    assert "请录入条文并附扫描件" in zhou.words(), "without its scan nobody could check the words"
    row = zhou.page.locator(".lawrow", has_text="第五十五条")
    assert row.locator("[name=text]").input_value().startswith("（二）使用失效")
    row.locator("[name=scan]").set_input_files({"name": "55.pdf", "mimeType": "application/pdf", "buffer": PDF})
    zhou.sent(row.locator("[data-propose]"), "propose")
    assert zhou.page.locator("[data-confirm]").count() == 0
    lead = sit("lead").go("/console/law?state=proposed")
    with lead.page.expect_popup() as scan:
        lead.page.click("[data-scan]")
    assert scan.value.url.rpartition("/")[2] in lead.page.locator("[data-scan]").get_attribute("href")  # type: ignore[operator] # it has one
    lead.sent(lead.page.locator("[data-confirm]"), "confirm")
    (one,) = law_confirmations.in_force()
    assert one.by == ("zhou", "lead")


def test_a_local_table_helps_to_weigh_and_a_fine_outside_the_law_says_why(sit: Sit, office: Office) -> None:
    zhou = sit("zhou").go("/console/discretion")
    row = {"violation": "CN-EQP-01", "grade": "较轻", "circumstances": "首次、及时改正", "min_cny": "1000",
           "max_cny": "3000", "basis": "第3项", "in_force_from": "2026-01-01"}  # fmt: skip
    table = "\n".join([",".join(COLUMNS), ",".join(row.get(name, "") for name in COLUMNS)])
    zhou.page.fill("[name=title]", "裁量基准〔2026〕1号")
    zhou.page.select_option("[name=agency]", "P")
    zhou.page.set_input_files("[name=file]", {"name": "t.csv", "mimeType": "text/csv", "buffer": table.encode()})
    zhou.sent(zhou.page.locator("form.upload button.primary"), "publish")
    (case,) = opened(office, finding(agency="P", party=DRIVER))
    paper = {"paper_number": "P0001-V2", "object": "vehicle", "what": "车辆", "proof": FILE, "officers": TWO_POLICE}
    do(office, case, "measure_voucher", "liu", served_at=day(-2), **paper)
    do(office, case, "person_came", "liu", came_at=day(-1), officers=TWO_POLICE)
    liu = sit("liu").case(case.id)
    liu.page.click("[data-primary]")
    form = liu.page.locator("form[data-form=person_told]")
    form.wait_for()
    assert "1,000–3,000" in form.inner_text() and "裁量基准〔2026〕1号" in form.inner_text()
    for name, value in {**PLAN, "penalties.0.amount_cny": "90000", "told_at": wall(), "waiver": PDF}.items():
        liu.fill(form, name, value)
    with liu.page.expect_navigation():
        form.locator("[data-submit]").click()
    assert liu.page.is_visible("[data-refused]")
    assert liu.page.input_value("[name='penalties.0.amount_cny']") == "90000"
    assert "waiver.pdf" in liu.words(), "the scan that was chosen is not lost"
    liu.page.fill("[name='penalties.0.amount_cny']", "1800")
    liu.sent(liu.page.locator("[data-submit]"), "person_told")
    assert liu.state == "noticed_p"


def test_what_the_leader_says_of_the_office_stands_on_its_documents(sit: Sit, office: Office) -> None:
    lead = sit("lead").go("/console/office")
    lead.page.fill("[name=name]", "示例县交通运输综合行政执法大队")
    lead.page.fill("[name=sign]", "示交")
    lead.sent(lead.page.locator("form.upload button.primary"), "details")
    assert office_details.of_agency("T")["name"] == "示例县交通运输综合行政执法大队"
    (case,) = opened(office)
    do(office, case, "accept")
    wang = sit("wang").case(case.id)
    wang.page.click("#papers .makeable summary")
    wang.page.click("#papers [data-draft=handover_letter]")
    assert "示例县交通运输综合行政执法大队" in wang.page.inner_text(".paperlook")


def test_a_list_becomes_excel_and_its_history_stays(sit: Sit, office: Office) -> None:
    (case,) = opened(office)
    wang = sit("wang").go("/console/cases?active=all")
    rows = wang.page.locator("[data-row]").count()
    wang.page.click("form.export button")
    wang.page.select_option("select[name=purpose]", "case")
    wang.page.fill("input[name=number]", str(case.number))
    wang.sent(wang.page.locator("[data-purpose] button.primary"), "export")
    line = wang.page.locator("[data-job]").first
    assert line.get_attribute("data-state") == "waiting"
    assert Exporter(office).once()
    wang.page.click("text=重新载入")
    with wang.page.expect_download() as got:
        line.locator("[data-download]").click()
    content = got.value.path().read_bytes()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(sheet) == rows + 1
    wang.sent(line.locator("[data-remove]"), "remove")
    assert wang.page.locator("[data-job]").first.get_attribute("data-state") == "removed"


def test_a_case_is_handed_over_with_its_papers_its_receipt_and_its_result_without_a_script(
    sit: Sit, office: Office
) -> None:
    (case,) = opened(office, finding(agency="P"))
    liu = sit("liu", script=False).case(case.id)
    liu.next("accept")
    for kind in ("handover_letter", "handover_list"):
        liu.page.click("#papers .makeable summary")
        liu.issue(
            kind, handed_to="示例县交通运输局", **{name.replace(".", "__"): one for name, one in MATERIALS.items()}
        )
    liu.step("hand_over", to="T", sent_at=wall(minutes=1), proof_reason="专人送达")
    assert liu.state == "handed_over"
    (there,) = Case.select().where(Case.origin == str(case.id))
    wang = sit("wang", script=False).go("/console/handovers")
    assert str(there.number) in wang.words() and wang.case(case.id).page.locator("[data-state]").count() == 0
    liu.case(case.id).next("receipt_in", {"proof": PDF}, received_at=wall())
    assert liu.state == "handed_over"
    assert liu.go("/console/handovers").page.locator(".tag.h-received").count() == 1
    wang.case(there.id).next("accept")
    liu.case(case.id).next("result_in", {"proof": PDF}, received_at=wall(), result="已另案处罚")
    assert liu.state == "closed" and "已另案处罚" in liu.go("/console/handovers?ended=1").words()


def test_a_police_case_goes_by_clicks_from_the_road_to_the_archive(sit: Sit, office: Office) -> None:
    (case,) = opened(office, finding(agency="P", party=DRIVER))
    liu, chief = sit("liu").case(case.id), sit("chief")
    both = two("officers", ("liu", "P1"), ("chen", "P2"))
    voucher = {"proof": PDF, "served_at": wall(hours=3), "paper_number": "P0001-V1", "object": "vehicle"}
    liu.step("measure_voucher", {**voucher, **both}, what="车辆")
    chief.case(case.id).beside("measure_approved", reason="同意")
    liu.case(case.id).next("person_came", {**both, "came_at": wall(hours=2)})
    liu.next("person_told", {"waiver": PDF, "told_at": wall(hours=1), **PLAN})
    chief.case(case.id).next("decide", PLAN, text="罚款")
    liu.case(case.id).next("served", {"proof": PDF}, served_at=wall(minutes=1), method="in_hand")
    liu.next("payment_received", amount_fen="1500", paid_at=wall(minutes=1), receipt="R2")
    liu.beside("measure_lifted", at=wall(minutes=1), reason="已处理")
    liu.next("paid_in_full")
    for kind in ("measure_voucher", "measure_decision", "measure_record", "measure_lifting"):
        chief.case(case.id)  # the law of a measure was not read: nothing is printed that names it
        while chief.page.locator(f"[data-event=document_waived][data-kind={kind}]").count():
            chief.take(chief.page.locator(f"[data-event=document_waived][data-kind={kind}]").first,
                       "document_waived", {"reason": "纸质凭证已附卷"})  # fmt: skip
    finish(liu, case)
    assert (held(case).state, held(case).active) == ("archived", 0)


def finish(seat: Seat, case: Any) -> None:
    """Issue what is due, close, issue what closing asks for, archive."""
    for event in ("close", "archive"):
        seat.case(case.id)
        while due := seat.due():
            blanks = {name.replace(".", "__"): one for name, one in BLANKS.get(due[0], {}).items()}
            seat.issue(due[0], **blanks)
        while seat.primary == "document_issued":
            kind = str(seat.page.get_attribute("[data-primary]", "href")).partition("kind=")[2].partition("&")[0]
            seat.go(str(seat.page.get_attribute("[data-primary]", "href")))
            for name, one in BLANKS.get(kind, {}).items():
                seat.fill(seat.page.locator("form[data-document]"), name, one)
            seat.sent(seat.page.locator("[data-issue]"), kind)
        seat.next(event)


def test_a_clerk_sends_a_case_back_for_the_piece_that_is_red(sit: Sit, office: Office) -> None:
    (case,) = opened(office, finding(evidence=["item", "overall"]))
    do(office, case, "accept")
    wang = sit("wang").case(case.id)
    red = wang.page.locator(".p-missing").first
    kind = red.get_attribute("data-kind")
    wang.take(red.locator("[data-event=return_for_supplement]"), "return_for_supplement", {"tier": "high"})
    assert wang.state == "supplement" and wang.page.locator("#asked .asked").count() == 1
    task = Task.select().order_by(Task.id.desc()).first()
    assert kind == "item" and "问题部位或物品照片" in str(task.row) and str(case.number) in str(task.row)


def test_what_was_split_off_by_mistake_is_merged_back(sit: Sit, office: Office) -> None:
    (case,) = opened(office, finding(), finding("CN-TNK-05", text={"zh": "罐体渗漏", "en": "leak"}))
    do(office, case, "accept")
    wang = sit("wang").case(case.id)
    assert wang.page.locator("[data-violation]").count() == 2
    wang.page.click("#more summary")
    wang.page.click("#more [data-event=split]")
    form = wang.page.locator("form[data-form=split]")
    form.locator("label", has_text="罐体渗漏").locator("input").check()
    wang.fill(form, "reason", "当事人不同")
    wang.sent(form.locator("[data-submit]"), "split")
    assert wang.page.locator("[data-violation]").count() == 1
    (other,) = Case.select().where(Case.inspection == case.inspection, Case.id != case.id)
    wang.case(other.id).step("merge", into=str(case.id), reason="系同一当事人")
    assert held(other).state == "closed_no_case"
    assert wang.case(case.id).page.locator("[data-violation]").count() == 2


def test_a_step_that_somebody_else_took_gives_back_what_was_typed(sit: Sit, office: Office) -> None:
    (case,) = opened(office)
    do(office, case, "accept")
    wang = sit("wang").case(case.id)
    wang.page.click("[data-primary]")
    form = wang.page.locator("form[data-form=propose_opening]")
    for name, value in two("investigators", ("wang", "1"), ("su", "2")).items():
        wang.fill(form, name, value)
    wang.fill(form, "cause", "我写了很久的案由")
    do(office, case, "note", "bai", text="先别立案")
    with wang.page.expect_navigation():
        form.locator("[data-submit]").click()
    assert "备注 · bai" in wang.page.inner_text("[data-stale]")
    assert wang.page.input_value("[name=cause]") == "我写了很久的案由"
    assert wang.page.input_value("[name='investigators.1.card']") == "2"
    wang.sent(wang.page.locator("[data-submit]"), "propose_opening")
    assert wang.state == "opening_asked"


def test_a_leader_decides_by_the_keyboard_alone(sit: Sit, office: Office) -> None:
    (case,) = opened(office)
    do(office, case, "accept")
    do(office, case, "party_corrected", party={"address": "示例县一街 1 号", "kind": "unit"}, reason="营业执照")
    people = [{"login": one, "name": one, "card": card} for one, card in (("wang", "1"), ("su", "2"))]
    do(office, case, "propose_opening", cause="未配备应急器材", investigators=people)
    lead = sit("lead").go("/console/cases")
    keys = lead.page.keyboard
    keys.press("/")
    keys.type(str(case.number).lower())
    with lead.page.expect_navigation():
        keys.press("Enter")
    assert lead.state == "opening_asked"
    keys.press("o")
    keys.press("Enter")
    lead.page.wait_for_selector("form[data-form=opening_approved]")
    while not lead.page.evaluate("document.activeElement.matches('[data-submit]')"):
        keys.press("Tab")
    keys.press("Enter")
    lead.page.wait_for_url("**said=done")
    assert lead.state == "investigating"
    keys.press("u")
    lead.page.wait_for_url("**/console/cases?**")
