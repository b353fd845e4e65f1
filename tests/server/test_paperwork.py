"""Documents as the office issues them: number and bytes together or not at all, on both engines."""

from __future__ import annotations

import hashlib
import io
import threading
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
import zxingcpp
from docx import Document
from PIL import Image

from checklists.crypto import new_signing_key
from checklists.law import texts
from checklists.records.paper_proof import check
from checklists.wire import canonical, digest, to_plain
from server import paperwork, publishing
from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.documents.draft import MARK
from server.office import Office
from server.paperwork import Issued, NoFile, work_of
from server.store import case_law, case_numbers, case_papers, law_confirmations, office_details
from server.store.case_models import DocumentNumber, Service
from server.store.models import Case, Record
from server.store.office_models import OfficeFile
from tests.server.documents.cast import OFFICE
from tests.server.store.office_cases import FILE, TWO, actor, day, do, finding, furnish, missing, now, opened

PROOF = {"proof": FILE}
PLAN = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 5_000}]


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    office.store.write_now(lambda: office_details.tell("T", OFFICE))
    office.store.write_now(lambda: case_numbers.set_head("T", "示交"))
    return office


def accepted(office: Office) -> Case:
    (case,) = opened(office)
    do(office, case, "accept")
    return case


def asked(office: Office) -> Case:
    case = accepted(office)
    do(office, case, "propose_opening", cause="未配备应急器材", investigators=TWO)
    return case


def notice_draft(office: Office) -> Case:
    case = asked(office)
    issue(office, case, "opening_form", "lead")
    do(office, case, "party_corrected", party={"address": "示例县一街 1 号", "kind": "unit"}, reason="营业执照")
    do(office, case, "party_heard", how="interview", heard_at=day(), proof=FILE)
    do(office, case, "investigation_ended", text="事实清楚")
    issue(office, case, "investigation_report", "wang", {"conclusion": "建议处罚。"})
    do(office, case, "review_passed", "he", answers=["是"] * 9, licence="A2026", text="同意")
    do(office, case, "penalty_planned", penalties=PLAN)
    return case


def offered(work: paperwork.Work) -> paperwork.Offer:
    looked = paperwork.look(work)
    assert looked is not None
    return looked[0]


def issue(office: Office, case: Case, kind: str, who: str = "wang", filled: Any = None, **told: Any) -> Issued:
    done = paperwork.issue(office, work_of(str(case.id), kind, actor(who), filled, **told))
    assert isinstance(done, Issued), done
    return done


def words(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def test_a_number_is_printed_into_its_document_and_both_files_can_be_read_for_ever(furnished: Office) -> None:
    case = notice_draft(furnished)
    done = issue(furnished, case, "notice")
    number = f"示交违通〔{now().year}〕1号"
    assert done.number == number
    name, type_, content = paperwork.read(furnished, done.document)
    assert name == f"违法行为通知书{number}.pdf" and type_ == "application/pdf" and number in words(content)
    row = case_papers.by_id(done.document)
    assert row is not None and hashlib.sha256(content).hexdigest() == row.pdf and row.words == done.draft.words
    text = Document(io.BytesIO(paperwork.read(furnished, done.document, "docx")[2]))
    assert number in [one.text for one in text.paragraphs] and "伍仟元整（￥5,000元）" in words(content).replace(
        "\r\n", ""
    )
    assert {str(one.sha256) for one in OfficeFile.select()} >= {str(row.pdf), str(row.docx)}


def test_the_opening_form_comes_with_the_approval_and_the_decision_with_the_decision(furnished: Office) -> None:
    case = asked(furnished)
    done = issue(furnished, case, "opening_form", "lead")
    assert Case.get_by_id(case.id).state == "investigating"
    said = words(paperwork.read(furnished, done.document)[2])
    assert done.number in said and "未配备应急器材" in said and "lead" in said


def test_the_case_goes_on_by_what_its_notice_says(furnished: Office) -> None:
    case = notice_draft(furnished)
    until = day(9)[:10]
    done = paperwork.issue(furnished, work_of(str(case.id), "notice", actor("wang"), {"answer_until": until}))
    assert isinstance(done, Issued)
    told = {"served_at": day(), "method": "in_hand", "hearing_right": True, **PROOF}
    lacks = missing(furnished, case, "notice_served", **told)
    assert lacks == (("notice_says_other", f"statement_until {until}"),)
    do(furnished, case, "notice_served", statement_until=until, **told)


def test_a_decision_prints_what_is_decided_with_it(furnished: Office) -> None:
    case = notice_draft(furnished)
    issue(furnished, case, "notice")
    do(furnished, case, "notice_served", served_at=day(), method="in_hand", hearing_right=True, **PROOF)
    do(furnished, case, "terms_over_or_waived", waiver=FILE)
    told = {"penalties": [{**PLAN[0], "amount_cny": 4_000}], "text": "从轻"}
    done = issue(furnished, case, "decision", "lead", data=told)
    said = words(paperwork.read(furnished, done.document)[2]).replace("\r\n", "")
    assert Case.get_by_id(case.id).state == "decided" and done.number == f"示交罚〔{now().year}〕1号"
    assert "罚款人民币肆仟元整（￥4,000元）" in said and "从轻" in said and "示例县人民政府" in said
    assert "《中华人民共和国行政处罚法》第一条" in said
    do(furnished, case, "served", served_at=day(), method="in_hand", **PROOF)
    served = Service.select().where(Service.event == "served").get()
    assert served.document == done.document and served.proof == FILE


def test_what_is_missing_is_said_and_nothing_is_issued(furnished: Office) -> None:
    case = notice_draft(furnished)
    furnished.store.write_now(lambda: office_details.tell("T", {"phone": ""}))
    done = paperwork.issue(
        furnished, work_of(str(case.id), "notice", actor("wang"), {"answer_until": "soon", "x": "y"})
    )
    assert isinstance(done, Refusal)
    assert {(one.code, one.detail) for one in done.missing} == {
        ("blank_wrong", "answer_until"), ("blank_wrong", "x"), ("blank_missing", "office_phone"),
    }  # fmt: skip
    assert DocumentNumber.select().where(DocumentNumber.kind == "notice").count() == 0
    told = offered(work_of(str(case.id), "notice", actor("wang")))
    assert [one.detail for one in told.missing] == ["office_phone"] and told.refused == ()


def test_a_draft_says_so_on_each_page_and_costs_no_number(furnished: Office) -> None:
    case = notice_draft(furnished)
    looked = paperwork.look(work_of(str(case.id), "notice", actor("wang")))
    assert looked is not None and MARK in words(looked[1].pdf)
    head = ZipFile(io.BytesIO(looked[1].docx)).read("word/header1.xml").decode()
    assert MARK in head and DocumentNumber.select().where(DocumentNumber.kind == "notice").count() == 0
    done = issue(furnished, case, "notice")
    issued = ZipFile(io.BytesIO(paperwork.read(furnished, done.document, "docx")[2])).read("word/header1.xml").decode()
    assert MARK not in words(paperwork.read(furnished, done.document)[2]) and MARK not in issued


def test_what_is_filled_in_is_kept_until_it_is_issued(furnished: Office) -> None:
    case = notice_draft(furnished)
    furnished.store.write_now(
        lambda: case_papers.save_draft(str(case.id), "notice", "", {"facts": "查明的事实"}, "wang")
    )
    told = offered(work_of(str(case.id), "notice", actor("wang")))
    assert told.values["facts"] == "查明的事实"
    issue(furnished, case, "notice", filled={"facts": "查明的事实"})
    assert case_papers.draft_of(str(case.id), "notice") is None


def test_whoever_is_slower_gets_the_next_number_and_his_own_is_printed(furnished: Office) -> None:
    cases = [accepted(furnished) for _count in range(4)]
    filled = {"from_at": "2026-11-20T02:00:00Z", "side_items": [{"name": "残液", "count": "1"}]}
    done: list[Any] = []
    threads = [
        threading.Thread(target=lambda one=one: done.append(issue(furnished, one, "sampling", filled=filled)))
        for one in cases
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.number for one in done) == [f"示交抽〔{now().year}〕{serial}号" for serial in range(1, 5)]
    for one in done:
        assert one.number in words(paperwork.read(furnished, one.document)[2])


def test_a_refusal_in_the_last_moment_gives_the_number_back(furnished: Office) -> None:
    case = notice_draft(furnished)
    done = paperwork.issue(furnished, work_of(str(case.id), "notice", actor("wang"), version=1))
    assert isinstance(done, Refusal) and done.codes[0] == "stale"
    assert issue(furnished, case, "notice").number == f"示交违通〔{now().year}〕1号"


def test_a_letter_of_hand_over_is_numbered_by_whoever_hands_over(furnished: Office) -> None:
    (case,) = opened(furnished, finding("CN-LOD-06", agency="M"))
    held = Case.get_by_id(case.id)
    furnished.store.write_now(lambda: Case.update(keeper="T").where(Case.id == held.id).execute())
    told = {"materials": [{"what": "检查记录", "count": "1"}]}
    done = issue(furnished, case, "handover_letter", "lead", told)
    assert done.number.startswith("示交移〔") and "市场监督管理部门：" in done.draft.sheet.text


def test_a_void_document_keeps_its_number_and_its_bytes(furnished: Office) -> None:
    case = notice_draft(furnished)
    done = issue(furnished, case, "notice")
    do(furnished, case, "document_voided", "lead", paper=done.document, reason="金额有误")
    assert paperwork.read(furnished, done.document)[2] and issue(furnished, case, "notice").number.endswith("〕2号")
    row = DocumentNumber.select().where(DocumentNumber.document == done.document).get()
    assert row.void_reason == "金额有误"
    told = missing(furnished, case, "document_served", paper=done.document, served_at=day(), method="post", **PROOF)
    assert [one.code for one in told] == ["paper_missing"]


def test_a_document_is_served_with_its_proof(furnished: Office) -> None:
    case = notice_draft(furnished)
    done = issue(furnished, case, "address_form")
    told = {"paper": done.document, "served_at": day(), "method": "post"}
    assert [one.code for one in missing(furnished, case, "document_served", **told)] == ["proof_missing"]
    do(furnished, case, "document_served", **told, **PROOF)
    (row,) = Service.select().where(Service.document == done.document)
    assert (row.method, row.proof, row.result) == ("post", FILE, "served")


def test_a_file_that_was_changed_is_not_given_out(furnished: Office) -> None:
    case = notice_draft(furnished)
    done = issue(furnished, case, "notice")
    row = case_papers.by_id(done.document)
    assert row is not None
    furnished.photo_files.path(str(row.pdf)).write_bytes(b"%PDF-another")
    with pytest.raises(NoFile):
        paperwork.read(furnished, done.document)
    with pytest.raises(NoFile):
        paperwork.read(furnished, "no such document")


def test_no_number_is_left_without_its_bytes_when_the_file_cannot_be_written(
    furnished: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = notice_draft(furnished)

    def full(_sha: str, _content: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(furnished.photo_files, "put", full)
    with pytest.raises(OSError, match="no space"):
        paperwork.issue(furnished, work_of(str(case.id), "notice", actor("wang")))
    assert DocumentNumber.select().where(DocumentNumber.kind == "notice").count() == 0


def test_a_notice_on_law_that_is_open_is_refused_until_two_people_confirmed_the_row(furnished: Office) -> None:
    """CN-TNK-06: the article is read, that this conduct falls under it is our own reading until they agree."""
    code, party = "CN-TNK-06", {"role": "carrier", "name": "示例县顺达危货运输有限公司", "key": "91150000MA0EXAMPLE"}
    row = next(
        one
        for one in case_law.current().definitions.violations
        if one.code == code and one.effective(now().date()) and "yes" in one.applies_when.get("hazchem", ())
    )
    found = finding(code, party=party, duty=to_plain(row.duty), penalty=to_plain(row.penalty))
    (case,) = opened(furnished, found)
    plan = [{"violation": code, "kind": "fine", "amount_cny": 60_000}]
    work = work_of(str(case.id), "notice", actor("wang"))
    plan_notice(furnished, case, plan)
    told = offered(work)
    assert [one.code for one in told.missing] == ["law_unverified"]
    clause = {
        "part": "penalty",
        "law": "hazchem-law",
        "version": "2025-12-27",
        "clause": "109¶1(4)",
        "subject": "carrier",
    }
    words_ = digest(texts.words_of("hazchem-law", "2025-12-27", "109¶1(4)").encode())
    proposal = law_confirmations.Proposal(code, **clause, text_digest=words_)
    admin = Actor("zhou", "周法制", "law_admin", "T")
    id_ = furnished.store.write_now(lambda: law_confirmations.propose(proposal, admin))
    assert isinstance(id_, int)
    publishing.confirm_law(furnished, id_, words_, actor("lead"))
    told = offered(work)
    assert told.missing == ()


def plan_notice(office: Office, case: Case, plan: Any) -> None:
    """Let a case be where its notice is prepared, with a plan; the guards of the way there are told elsewhere."""
    facts = canonical({"planned": plan, "cause": "x"}).decode()
    job = Case.update(state="notice_draft", facts=facts).where(Case.id == case.id)
    office.store.write_now(job.execute)


def test_the_year_of_a_number_is_that_of_beijing(furnished: Office) -> None:
    at = datetime.fromisoformat("2027-12-31T16:30:00+00:00")
    assert case_papers.next_number("T", "decision", at) == "示交罚〔2028〕1号"


# -- the code of a hand-over's receipt


def receipt(office: Office) -> tuple[Case, Issued]:
    """The receipt of a case that came by hand-over, as its receiver issues it."""
    case = accepted(office)
    sealed = {"inspection": str(case.inspection), "kind": "inspection", "digest": "ab" * 32, "alarm": False}
    more = dict.fromkeys((one.name for one in Record._meta.sorted_fields if one.name != "id" and not one.null), "")
    office.store.write_now(lambda: Record.insert(**{**more, "device_seq": 1, "format": 1, **sealed}).execute())
    told = {"sender": "示例县公安局交通警察大队", "result": "已受理"}
    return case, issue(office, case, "handover_receipt", filled=told)


def codes_in(office: Office, given: Issued, what: str, tmp_path: Path) -> list[str]:
    """What a reader of QR codes finds on the printed receipt, or in the pictures of the Word file."""
    _name, _type, content = paperwork.read(office, given.document, what)
    file = tmp_path / f"receipt.{what}"
    file.write_bytes(content)
    if what == "pdf":
        pages: list[Any] = [page.render(scale=3, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(content)]
    else:
        with ZipFile(file) as packed:
            pages = [
                Image.open(io.BytesIO(packed.read(one))).convert("L")
                for one in packed.namelist()
                if one.startswith("word/media/")
            ]
    return [one.text for page in pages for one in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)]


@pytest.mark.parametrize("what", ["pdf", "docx"])
def test_the_code_on_a_receipt_is_read_back_and_proves_who_issued_which_words(
    furnished: Office, what: str, tmp_path: Path
) -> None:
    case, given = receipt(furnished)
    (code,) = codes_in(furnished, given, what, tmp_path)
    said = paperwork.read(furnished, given.document, "words")[2]
    verdict = check(code, furnished.key.public, words=said)
    assert verdict.state == "genuine" and verdict.stated is not None
    told = verdict.stated
    assert (told.kind, told.number, told.record) == ("handover_receipt", str(case.number), "ab" * 32)
    assert (told.device, told.agency) == ("office", "T")
    assert check(code, furnished.key.public, words=said + b".").state == "changed"
    assert check(code, new_signing_key().public).state == "other_office"


def test_a_draft_of_a_receipt_bears_no_code(furnished: Office) -> None:
    case, given = receipt(furnished)
    looked = furnished.store.read_now(paperwork.look, work_of(str(case.id), "handover_receipt", actor("wang")))
    assert looked is not None and not looked[1].values["proof"]
    assert [one.kind for one in looked[1].sheet.pieces if one.kind == "code"] == []
    assert [one.kind for one in given.draft.sheet.pieces if one.kind == "code"] == ["code"]
