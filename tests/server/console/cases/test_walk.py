"""A case of each track by its pages alone: the primary button of each state, its form, the next. On both engines."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.office import Office
from server.store import case_history
from server.store.case_models import CaseDocument, Payment
from server.store.models import Case
from server.store.office_models import OfficeFile
from tests.server.console.cases.clerk import PDF, Clerk, done, png, primary, sign_up
from tests.server.store.office_cases import finding, furnish, opened

LAW_ZONE_OFFSET = timedelta(hours=8)


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    sign_up(office)
    return office


BLANKS = {
    "interview": {
        "from_at": "2026-11-28T09:30",
        "asked_name": "张某",
        "questions.0.q": "为何没有器材",
        "questions.0.a": "忘带",
    },
    "service_receipt": {"served_papers.0.what": "行政处罚决定书"},
    "investigation_report": {"conclusion": "建议罚款五千元"},
    "closing_report": {"result": "罚款五千元", "carried_out": "已缴清"},
}
"""What a document lacks beside what its case gives."""
FILES = ("application/pdf", "text/plain", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
MATERIALS = {"materials.0.name": "现场检查记录", "materials.0.count": "1"}


def wall(**ago: int) -> str:
    """The time on the wall here, as a browser writes it."""
    return (datetime.now(UTC) + LAW_ZONE_OFFSET - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M")


def two(field: str, *people: tuple[str, str]) -> dict[str, str]:
    return {
        f"{field}.{number}.{key}": value
        for number, (login, card) in enumerate(people)
        for key, value in (("login", login), ("name", login), ("card", card))
    }


def papers(clerk: Clerk, case: Any) -> None:
    """Issue what the primary button asks for until it asks for something else."""
    while (asked := primary(clerk.page(case)))[0] == "document_issued":
        (kind,) = re.findall(r"kind=(\w+)", asked[1])
        done(clerk.issue(case, kind, **BLANKS.get(kind, {})))


def due(case: str) -> set[str]:
    """The documents that a case still owes."""
    rows = CaseDocument.select().where(CaseDocument.case == case, CaseDocument.status == "due")
    return {str(one.kind) for one in rows}


def test_a_transport_case_goes_by_its_primary_button_from_the_finding_to_the_archive(furnished: Office) -> None:
    (case,) = opened(furnished)
    id_ = str(case.id)
    wang, lead, he = (Clerk(furnished, login) for login in ("wang", "lead", "he"))
    done(wang.next(id_, "accept"))
    done(
        wang.do(id_, "party_corrected", **{"party.address": "示例县一街 1 号", "party.kind": "unit"}, reason="营业执照")
    )
    done(wang.next(id_, "propose_opening", cause="未配备应急器材", **two("investigators", ("wang", "1"), ("su", "2"))))
    assert primary(wang.page(id_)) == ("opening_approved", "")
    done(lead.next(id_, "opening_approved"))
    done(wang.next(id_, "party_heard", {"proof": PDF}, how="interview", heard_at=wall(hours=1), text="属实"))
    done(wang.next(id_, "investigation_ended", text="事实清楚"))
    papers(wang, id_)
    answers = {f"answers.{code}": "yes" for code in re.findall(r'name="answers\.(\w+)" value="yes"', he.get(
        f"/console/cases/{id_}/do/review_passed").text)}  # fmt: skip
    assert len(answers) == 9
    done(he.next(id_, "review_passed", licence="A2026", text="同意", **answers))
    plan = {"penalties.0.kind": "fine", "penalties.0.amount_cny": "5000"}
    done(wang.next(id_, "penalty_planned", **plan))
    papers(wang, id_)
    done(wang.next(id_, "notice_served", {"proof": png()}, served_at=wall(), method="in_hand",
                   hearing_right="yes"))  # fmt: skip
    assert primary(wang.page(id_)) == ("terms_over_or_waived", "")
    done(wang.do(id_, "terms_over_or_waived", {"waiver": PDF}))
    done(lead.next(id_, "decide", text="罚款五千元", **plan))
    done(wang.next(id_, "served", {"proof": PDF}, served_at=wall(), method="in_hand"))
    done(wang.next(id_, "payment_received", amount_fen="5000.00", paid_at=wall(minutes=1), receipt="R1"))
    done(wang.next(id_, "paid_in_full"))
    papers(wang, id_)
    done(wang.next(id_, "close"))
    papers(wang, id_)
    done(wang.next(id_, "archive"))
    row = Case.get_by_id(id_)
    assert (row.state, row.owner, row.active) == ("archived", "wang", 0)
    assert case_history.broken_at(id_) is None
    assert [(one.amount_fen, one.receipt) for one in Payment.select()] == [(500_000, "R1")]
    assert {str(one.type).partition(";")[0] for one in OfficeFile.select()} == {*FILES, "image/png"}
    issued = list(CaseDocument.select().where(CaseDocument.case == id_, CaseDocument.status == "issued"))
    assert len(issued) >= 8 and all(one.pdf and one.docx and one.words for one in issued)
    for one in issued:
        assert wang.get(f"/console/cases/{id_}/papers/{one.document}/pdf").content.startswith(b"%PDF-")
    assert all(str(one.number) in wang.get(f"/console/cases/{id_}/papers/{one.document}/words").text for one in issued)
    assert not CaseDocument.select().where(CaseDocument.case == id_, CaseDocument.status == "due").exists()
    shown = wang.page(id_)
    assert "data-primary" not in shown and "已归档" in shown


def test_a_police_case_is_handed_over_and_the_receiver_has_a_case_of_his_own(furnished: Office) -> None:
    (case,) = opened(furnished, finding(agency="P"))
    id_ = str(case.id)
    liu = Clerk(furnished, "liu")
    done(liu.next(id_, "accept"))
    refused = liu.do(id_, "hand_over", to="T", sent_at=wall(minutes=1), proof_reason="专人送达")
    assert refused.status_code == 422 and refused.text.count('data-code="paper_missing"') == 2
    for kind in ("handover_letter", "handover_list"):
        done(liu.issue(id_, kind, handed_to="示例县交通运输局", **MATERIALS))
    done(liu.do(id_, "hand_over", to="T", sent_at=wall(minutes=1), proof_reason="专人送达"))
    assert Case.get_by_id(id_).state == "handed_over"
    assert primary(liu.page(id_))[0] == "receipt_in"
    (there,) = Case.select().where(Case.origin == id_)
    wang = Clerk(furnished, "wang")
    assert "其他机关移送" in wang.page(there.id)
    done(wang.next(str(there.id), "accept"))
    assert primary(liu.page(id_))[0] == "result_in"
    assert wang.get(f"/console/cases/{id_}").status_code == 404


def test_a_police_case_from_the_road_is_decided_served_and_paid(furnished: Office) -> None:
    (case,) = opened(
        furnished, finding(agency="P", party={"role": "driver", "name": "赵某", "key": "150624198301010015"})
    )
    id_ = str(case.id)
    liu, chief = Clerk(furnished, "liu"), Clerk(furnished, "chief")
    both = two("officers", ("liu", "P1"), ("chen", "P2"))
    done(liu.do(id_, "measure_voucher", {"proof": PDF}, served_at=wall(hours=3), paper_number="P0001-V1",
                object="vehicle", what="车辆", **both))  # fmt: skip
    side = re.search(r'data-side="([^"]+)"', liu.page(id_))
    assert side is not None
    done(chief.do(id_, "measure_approved", query=f"?side={side[1]}", reason="同意"))
    done(liu.next(id_, "person_came", came_at=wall(hours=2), **both))
    plan = {"penalties.0.kind": "fine", "penalties.0.amount_cny": "1500"}
    done(liu.next(id_, "person_told", {"waiver": PDF}, told_at=wall(hours=1), **plan))
    done(chief.next(id_, "decide", text="罚款", **plan))
    done(liu.next(id_, "served", {"proof": PDF}, served_at=wall(), method="in_hand"))
    done(liu.next(id_, "payment_received", amount_fen="1500", paid_at=wall(minutes=1), receipt="R2"))
    done(liu.do(id_, "measure_lifted", query=f"?side={side[1]}", at=wall(minutes=1), reason="已处理"))
    done(liu.next(id_, "paid_in_full"))
    refused = liu.issue(id_, "measure_voucher")  # its law was not read: nobody prints it as a basis
    assert refused.status_code == 422 and "待核" in refused.text
    for kind in ("measure_voucher", "measure_decision", "measure_record", "measure_lifting"):
        for track in (side[1], ""):
            query = f"?kind={kind}" + (f"&side={track}" if track else "")
            if kind in due(id_):
                chief.do(id_, "document_waived", query=query, reason="纸质凭证已附卷")
    papers(liu, id_)
    done(liu.next(id_, "close"))
    assert Case.get_by_id(id_).state == "closed"
