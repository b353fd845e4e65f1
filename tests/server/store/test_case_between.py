"""Between cases: hand-overs with their echo, agencies without people, split and merge, acts that are fined once."""

from __future__ import annotations

import json

import pytest

from checklists.wire import uuid7
from server.cases.asking import Missing
from server.cases.casefile import CaseFile
from server.documents.forms import FORMS
from server.documents.values import values_of
from server.office import Office
from server.store import case_around, case_files, case_history, case_law, case_papers, cases
from server.store.case_models import CaseClock, CaseDocument, CaseEvidence, Handover
from server.store.models import Case, CaseViolation, Device, Record
from server.store.office_models import User
from tests.loaded import load_all
from tests.server.store.office_cases import (
    FILE,
    ROLES,
    TWO,
    actor,
    ask,
    day,
    do,
    finding,
    furnish,
    missing,
    now,
    opened,
)

PROOF = {"proof": FILE}


@pytest.fixture
def furnished(office: Office) -> Office:
    furnish(office)
    return office


def state(case: Case) -> str:
    return str(Case.get_by_id(case.id).state)


def hand_over(office: Office, case: Case, to: str, by: str = "wang") -> None:
    for kind in ("handover_letter", "handover_list"):
        do(office, case, "document_issued", by, kind=kind)
    do(office, case, "hand_over", by, to=to, sent_at=day(), **PROOF)


def received(case: Case) -> Case:
    held = Handover.select().where(Handover.case == case.id).order_by(Handover.id.desc()).first()
    return Case.get_by_id(held.incoming)


def clocks(case: Case) -> set[str]:
    rows = CaseClock.select().where(CaseClock.case == case.id, CaseClock.ended_at == "")
    return {str(one.rule) for one in rows}


def test_the_receiver_gets_a_case_and_what_becomes_of_it_comes_back_by_itself(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    hand_over(furnished, case, "P")
    there = received(case)
    assert (there.agency, there.keeper, there.state, there.source, there.origin) == (
        "P",
        "P",
        "found",
        "handover",
        case.id,
    )
    assert [one.violation for one in cases.violations(str(there.id))] == ["CN-EQP-01"]
    assert clocks(case) == {"handover_receipt", "handover_result", "limitation"}
    do(furnished, there, "accept", "liu")
    assert Handover.get().state == "received" and "handover_receipt" not in clocks(case)
    do(furnished, there, "withdraw", "chief", reason="证据不足")
    assert (state(there), state(case), Handover.get().state) == ("terminated", "closed", "done")
    assert [one.event for one in case_history.of_case(str(case.id))][-2:] == ["receipt_in", "result_in"]


def test_a_hand_over_that_is_refused_comes_back_as_a_clue(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    hand_over(furnished, case, "P")
    do(furnished, received(case), "return_handover", "liu", reason="不属于本机关管辖")
    assert (state(case), state(received(case)), Handover.get().state) == ("clue", "closed_no_case", "refused")
    assert "case_opening_local" in clocks(case)
    again = missing(furnished, received(case), "reopen", "chief", reason="x", new_evidence=True)
    assert [one.code for one in again] == ["returned"], "one case of it is enough"


def test_a_hand_over_is_taken_back_until_somebody_there_works_on_it(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    hand_over(furnished, case, "P")
    do(furnished, case, "taken_back", "lead", reason="误移送")
    assert (state(case), state(received(case))) == ("clue", "closed_no_case")
    hand_over(furnished, case, "P")
    do(furnished, received(case), "accept", "liu")
    assert [one.code for one in missing(furnished, case, "taken_back", "lead", reason="x")] == ["taken_there"]


def test_nor_is_it_taken_back_once_something_was_seized_there(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    hand_over(furnished, case, "P")
    do(furnished, received(case), "measure_asked", "liu", object="vehicle", what="罐车 1 辆", reason="x")
    assert [one.code for one in missing(furnished, case, "taken_back", "lead", reason="x")] == ["taken_there"]


def test_nobody_hands_over_to_himself_or_to_an_agency_that_is_not_there(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    told = missing(furnished, case, "hand_over", to="T", sent_at=day(), **PROOF)
    assert {one.code for one in told} == {"same_agency", "paper_missing"}
    told = missing(furnished, case, "hand_over", to="Q", sent_at=day(), **PROOF)
    assert ("field_wrong", "to") in told


def unowned(office: Office) -> Case:
    """A case of market regulation, found by a tablet of the transport agency."""
    inspection = uuid7()

    def job() -> None:
        told = {"name": "t", "prefix": "T0001", "public_key": "k", "certificate": "{}", "token_hash": "h"}
        Device.create(id="d1", agency="T", app="1", enrolled_at=day(), **told)
        sealed = {"digest": "ab", "part": "p", "kind": "inspection", "format": 1, "device": "d1", "device_seq": 1}
        Record.create(inspection=inspection, sealed_at=day(), received_at=day(), signature="", receipt="{}",
                      state="processed", **sealed)  # fmt: skip

    office.store.write_now(job)
    (case,) = opened(office, finding(agency="M"), inspection=inspection)
    return case


def test_a_case_of_an_agency_without_people_waits_for_its_hand_over(furnished: Office) -> None:
    case = unowned(furnished)
    assert (case.agency, case.keeper) == ("M", "T")
    assert clocks(case) == {"handover_send", "limitation"}
    do(furnished, case, "accept")
    assert "handover_send" in clocks(case), "accepting does not end the duty to hand over"
    assert {one.code for one in missing(furnished, case, "propose_opening", cause="x")} >= {"not_competent"}
    hand_over(furnished, case, "M")
    do(furnished, case, "receipt_in", received_at=day(), **PROOF)
    do(furnished, case, "result_in", received_at=day(), result="已处罚", **PROOF)
    assert state(case) == "closed"


def test_the_competent_agency_takes_its_case_over_once_it_has_people(furnished: Office) -> None:
    case = unowned(furnished)
    assert ("agency", "T") in missing(furnished, case, "accept", "liu")
    furnished.store.write_now(
        lambda: User.create(login="mei", name="mei", role="handler", agency="M", password="", made_at="2026-01-01")
    )
    ROLES["mei"] = ("handler", "M")
    do(furnished, case, "keeper_changed", "mei")
    held = Case.get_by_id(case.id)
    assert (held.keeper, held.owner, held.state) == ("M", "mei", "found")
    assert "handover_send" not in clocks(case)


def test_a_part_is_split_off_and_something_stays(furnished: Office) -> None:
    (case,) = opened(furnished, finding(), finding("CN-TNK-05", item="TNK-05"))
    rows = {str(one.violation): str(one.key) for one in cases.violations(str(case.id))}
    assert missing(furnished, case, "split", keys=list(rows.values()), reason="x")[0].code == "field_wrong"
    do(furnished, case, "split", keys=[rows["CN-TNK-05"]], reason="另案处理")
    parts = cases.of_inspection(str(case.inspection))
    assert [(one.part, one.source, [two.violation for two in cases.violations(str(one.id))]) for one in parts] == [
        (1, "inspection", ["CN-EQP-01"]),
        (2, "split", ["CN-TNK-05"]),
    ]
    again = opened(furnished, finding(), finding("CN-TNK-05", item="TNK-05"), inspection=str(case.inspection))
    assert len(cases.of_inspection(str(case.inspection))) == 2 and again


def test_the_receiver_gets_the_evidence_that_was_got_and_judges_itself_what_cannot_be_had(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "accept")
    got = {"violation": "CN-EQP-01", "kind": "interview", "file": FILE}
    gone = {"violation": "CN-EQP-01", "kind": "appraisal", "not_obtainable": "x"}
    do(furnished, case, "evidence_added", evidence=[got, gone])
    hand_over(furnished, case, "P")
    held = list(CaseEvidence.select().where(CaseEvidence.case == received(case).id))
    assert [(str(one.kind), str(one.file), str(one.obtained_by)) for one in held] == [("interview", FILE, "wang")]


def test_merged_cases_are_one_and_the_other_says_where_it_went(furnished: Office) -> None:
    (one,), (other,) = opened(furnished), opened(furnished)
    scan = {"violation": "CN-EQP-01", "kind": "interview", "file": FILE}
    do(furnished, one, "evidence_added", evidence=[scan])
    do(furnished, one, "merge", into=str(other.id), reason="同一当事人")
    assert (state(one), state(other)) == ("closed_no_case", "found")
    assert [str(held.file) for held in CaseEvidence.select().where(CaseEvidence.case == other.id)] == [FILE]
    assert len(cases.violations(str(other.id))) == 2, "the same violation of two stops is two facts"
    assert [group.violation for group in case_files.groups_of(str(other.id))] == ["CN-EQP-01"]
    assert missing(furnished, one, "reopen", "lead", reason="x", new_evidence=True)[0].code == "merged"
    opened(furnished, inspection=str(one.inspection))
    assert len(cases.violations(str(other.id))) == 2 and len(cases.of_inspection(str(one.inspection))) == 1
    (foreign,) = opened(furnished, finding(party={"role": "driver", "name": "赵某", "key": "1"}))
    assert missing(furnished, foreign, "merge", into=str(other.id), reason="x")[0].code == "merge_target_wrong"


def test_a_violation_of_two_stops_is_one_act_or_two_as_somebody_decides(furnished: Office) -> None:
    (one,), (other,) = opened(furnished), opened(furnished)
    do(furnished, one, "merge", into=str(other.id), reason="同一当事人")
    do(furnished, other, "accept")
    undecided = Missing("link_undecided", "CN-EQP-01 CN-EQP-01")
    assert missing(furnished, other, "propose_opening", cause="x") == (undecided,)
    do(furnished, other, "link_decided", violations=["CN-EQP-01"], verdict="same", reason="同一趟次，状态持续")
    assert not missing(furnished, other, "propose_opening", cause="x", investigators=[])
    said = facts_of(furnished, other)
    assert "上述各次检查发现的" in said[-1] and "按一个违法行为处理（同一趟次，状态持续）" in said[-1]


def test_two_acts_are_two_cases_and_each_is_fined_once(furnished: Office) -> None:
    (one,), (other,) = opened(furnished), opened(furnished)
    do(furnished, one, "merge", into=str(other.id), reason="同一当事人")
    do(furnished, other, "accept")
    do(furnished, other, "link_decided", violations=["CN-EQP-01"], verdict="other", reason="相隔十日，各自成立")
    told = missing(furnished, other, "propose_opening", cause="x")
    assert told == (Missing("several_acts", "CN-EQP-01"),)
    (key,) = [str(held.key) for held in cases.violations(str(other.id)) if held.inspection == one.inspection]
    do(furnished, other, "split", keys=[key], reason="另案处理")
    assert not missing(furnished, other, "propose_opening", cause="x", investigators=[])
    (part,) = [held for held in cases.of_inspection(str(other.inspection)) if held.source == "split"]

    def fine() -> None:
        fined = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 2_000}]
        facts = json.dumps({"in_force": True, "penalties": fined})
        Case.update(facts=facts, state="executing").where(Case.id == other.id).execute()

    furnished.store.write_now(fine)
    around = case_around.around(part, case_law.current(), ["CN-EQP-01"])
    assert around["fined_elsewhere"] == (), "that of the other stop is another act"


def facts_of(office: Office, case: Case) -> list[str]:
    def read() -> list[str]:
        bench, row = case_law.current(), Case.get_by_id(case.id)
        file = case_files.load(row, bench).file
        return list(values_of(FORMS["decision"], case_papers.dossier(row, file, bench, now()), {})["facts"])

    return office.store.read_now(read)


def test_a_merged_case_says_what_was_found_at_which_stop_and_when(furnished: Office) -> None:
    (one,), (other,) = (
        opened(furnished, finding("CN-TNK-05", item="TNK-05", text={"zh": "阀门渗漏"})),
        opened(furnished),
    )

    def lie() -> None:
        told = {"kind": "inspection", "format": 1, "device": "d", "device_seq": 1, "signature": "", "receipt": ""}
        for case, at in ((one, day(-40)), (other, day(-1))):
            named = {"digest": str(case.id), "part": str(case.id), "inspection": case.inspection, "site": at[:10]}
            seen = {"sealed_at": at, "received_at": at, "inspected_at": at, "state": "processed"}
            Record.create(**told, **named, **seen)
            held = Case.get_by_id(case.id)
            facts = {**json.loads(str(held.facts)), "conduct_at": at, "found_at": at}
            Case.update(facts=json.dumps(facts)).where(Case.id == case.id).execute()

    furnished.store.write_now(lie)
    do(furnished, one, "merge", into=str(other.id), reason="同一当事人")

    def told() -> tuple[list[str], CaseFile]:
        bench, row = case_law.current(), Case.get_by_id(other.id)
        file = case_files.load(row, bench).file
        return list(values_of(FORMS["decision"], case_papers.dossier(row, file, bench, now()), {})["facts"]), file

    said, file = furnished.store.read_now(told)
    assert [day(-1)[:10] in said[0], "无吸附材料" in said[1], day(-40)[:10] in said[2], "阀门渗漏" in said[3]] == [
        True
    ] * 4
    (limit,) = [one for one in file.open_clocks if one.rule == "limitation"]
    assert limit.started[:10] == day(-40)[:10], "of what was done first"


def test_cases_between_which_the_law_of_a_violation_changed_are_not_merged(furnished: Office) -> None:
    (one,), (other,) = opened(furnished, finding("CN-DOC-01", item="DOC-01")), opened(furnished)

    def lie(at: str) -> None:
        facts = {**json.loads(str(Case.get_by_id(one.id).facts)), "conduct_at": at}
        Case.update(facts=json.dumps(facts)).where(Case.id == one.id).execute()

    rows = [row for row in load_all().violations if row.effective_to and row.effective_to < now().date()]
    code, before = rows[0].code, rows[0].effective_to
    furnished.store.write_now(
        lambda: CaseViolation.update(violation=code).where(CaseViolation.case == one.id).execute()
    )
    furnished.store.write_now(lambda: lie(f"{before}T02:00:00.000Z"))
    assert missing(furnished, one, "merge", into=str(other.id), reason="x")[0].code == "merge_target_wrong"
    furnished.store.write_now(lambda: lie(day(-1)))
    do(furnished, one, "merge", into=str(other.id), reason="x")


def test_what_is_found_late_joins_while_it_is_looked_into_and_is_a_further_case_afterwards(furnished: Office) -> None:
    (case,) = opened(furnished)
    late = finding("CN-TNK-05", item="TNK-05")
    opened(furnished, finding(), late, inspection=str(case.inspection))
    assert [one.event for one in case_history.of_case(str(case.id))] == ["opened", "violations_added"]
    do(furnished, case, "discard", "lead", reason="x")
    opened(furnished, finding(), finding("CN-TNK-06", item="TNK-06"), inspection=str(case.inspection))
    assert [int(one.part) for one in cases.of_inspection(str(case.inspection))] == [1, 2]


def test_linked_violations_are_decided_on_first_and_one_act_is_fined_once(furnished: Office) -> None:
    inspection = uuid7()
    mine, yours = finding(), finding("CN-TNK-05", item="TNK-05")
    (case,) = opened(furnished, mine, yours, inspection=inspection)
    do(furnished, case, "accept")
    told = missing(furnished, case, "propose_opening", cause="x")
    assert ("link_undecided", "CN-EQP-01 CN-TNK-05") in told
    do(furnished, case, "link_decided", violations=["CN-TNK-05", "CN-EQP-01"], verdict="same", reason="同一泄漏")
    assert not missing(furnished, case, "propose_opening", cause="x", investigators=[])


def test_the_same_violation_of_one_party_is_not_fined_by_two_cases_of_a_stop(furnished: Office) -> None:
    (case,) = opened(furnished, finding(simple="yes"))
    do(
        furnished,
        case,
        "simple_decided",
        "su",
        decided_at=day(),
        amount_cny=200,
        officers=TWO,
        paper_number="T1",
        reason="减轻",
    )
    do(furnished, case, "filed")
    beside = {"agency": "P", "keeper": "P", "party_role": case.party_role, "party_name": case.party_name}
    told = {**beside, "inspection": case.inspection, "party_key": case.party_key, "state": "deciding"}
    sister = furnished.store.write_now(lambda: Case.create(id="s", number="s", opened_at=day(), **told))
    row = cases.violations(str(case.id))[0]
    copy = {name: getattr(row, name) for name in ("violation", "item", "key", "finding", "source", "inspection")}
    furnished.store.write_now(lambda: CaseViolation.create(case="s", **copy))
    around = case_around.around(sister, case_law.current(), ["CN-EQP-01"])
    assert around["fined_elsewhere"] == ("CN-EQP-01",)


def test_a_case_is_kept_by_its_agency_and_only_supervisors_reach_across(furnished: Office) -> None:
    (case,) = opened(furnished)
    assert ("agency", "T") in missing(furnished, case, "re_assign", "chief", owner="wang")
    do(furnished, case, "re_assign", "lead", owner="bai")
    assert ("owner_unknown", "liu") in missing(furnished, case, "re_assign", "area", owner="liu")
    do(furnished, case, "re_assign", "area", owner="wang", reason="逾期")
    assert Case.get_by_id(case.id).owner == "wang"
    assert not isinstance(ask(furnished, case, "note", "area", text="督办"), type(None)) and actor("area").agency == "T"


def test_papers_of_a_side_track_are_its_own(furnished: Office) -> None:
    (case,) = opened(furnished)
    do(furnished, case, "rectification_ordered", "su", by=day(10)[:10], what="补齐")
    do(furnished, case, "rectification_ordered", "su", by=day(10)[:10], what="换牌")
    due = list(CaseDocument.select().where(CaseDocument.case == case.id, CaseDocument.status == "due"))
    assert [str(one.kind) for one in due] == ["correction_order"] * 2 and len({str(one.side) for one in due}) == 2
