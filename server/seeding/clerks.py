"""What the people of an office do with a case, from the clue to the archive: the usual ways, and some of the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from checklists.zone import in_law_zone
from server.cases.casefile import MACHINE, Actor
from server.cases.states import ENDED
from server.seeding.cast import Staff
from server.seeding.course import Course, Ended, officers_of

PROOF = {"proof_reason": "试用数据，没有扫描件"}
_HURRY = {"high": 0.7, "medium": 2.0, "low": 5.0}
"""Days until somebody takes a clue of a tier, on average."""


def tell(course: Course, staff: Staff, *, hand_to: str = "") -> None:
    """Let a case go its way until today, or until the machine lets it go no further. `hand_to`: it is handed over."""
    try:
        if course.file.agency != course.file.keeper:
            _hand_over(course, staff, course.file.agency)
        elif not _on_the_road(course, staff):
            _in_the_office(course, staff, hand_to)
    except Ended:
        return


def answer(course: Course, taken: str, ended: str, words: str) -> None:
    """Let a case that was handed over hear what became of it there: taken, and ended, each at its time or not yet."""
    try:
        for at, event, told in ((taken, "receipt_in", {}), (ended, "result_in", {"result": words, "reason": words})):
            if at and course.file.state == "handed_over":
                course.wait_for(at)
                course.do(event, MACHINE, received_at=course.at, **told, **PROOF)
    except Ended:
        return


def _on_the_road(course: Course, staff: Staff) -> bool:
    """Whether it was dealt with on the spot, or a notice or a measure was given there."""
    file, two = course.file, officers_of(staff.officers)
    if all(one.simple == "yes" for one in file.violations) and course.likely(0.5):
        number = f"S-{file.id[-8:]}"
        told = {"decided_at": course.at, "amount_cny": 0, "officers": two, "paper_number": number}
        warned = [{"violation": one.code, "kind": "warning"} for one in file.violations]
        course.do("simple_decided", staff.officers[0], penalties=warned, **told)
        course.wait(1.5)
        course.do("filed", staff.officers[0])
        _close(course, staff)
        return True
    if file.agency == "P" and course.likely(0.75):
        _police(course, staff)
        return True
    return False


def _in_the_office(course: Course, staff: Staff, hand_to: str) -> None:
    owner = course.cast.chance.choice(staff.handlers)
    course.wait(_HURRY[course.file.tier])
    if course.likely(0.03):
        course.do("discard", staff.leaders[0], reason="与已立案件重复")
        return _archive(course, owner)
    course.do("accept", owner, **({} if course.file.party.name else {"party_unknown": True}))
    if course.likely(0.06):
        course.do("return_for_supplement", owner, wanted="补拍罐体铭牌")
        course.wait(3)
        course.do("supplement_answered", owner, text="已补")
    if hand_to:
        return _hand_over(course, staff, hand_to)
    _know_the_party(course, owner)
    if not _finable(course) and course.likely(0.7):
        return _without_penalty(course, staff, owner)
    return _ordinary(course, staff, owner)


def _know_the_party(course: Course, owner: Actor) -> None:
    """Fill in what nobody read on the road, and decide what may be one act."""
    party, chance = course.file.party, course.cast.chance
    kind = party.kind or ("person" if party.role in ("driver", "escort") else "unit")
    told = {"kind": kind, "address": f"示例县第{chance.randrange(1, 90)}街{chance.randrange(1, 200)}号"}
    told |= {} if party.number else {"number": course.cast.person()[1] if kind == "person" else "91150000SEED000001"}
    told |= {} if party.name else {"name": course.cast.person()[0] if kind == "person" else course.cast.carrier()[0]}
    course.wait(0.6)
    course.do("party_corrected", owner, party=told, reason="按登记信息补正")
    course.decide_links(owner)


def _without_penalty(course: Course, staff: Staff, owner: Actor) -> None:
    grave = any(one.severity == "I" for one in course.file.violations)
    course.wait(4)
    if grave:
        course.do("propose_opening", owner, cause="涉嫌违法运输危险货物", investigators=_two(owner, staff))
        course.wait(1)
        course.do("opening_approved", staff.leaders[0])
        course.wait(20)
        course.do("withdraw", staff.leaders[0], reason="法律依据尚未核实")
    else:
        told = {"corrected": True, "harmless": True, "lesson": True}
        course.do("no_penalty_minor", staff.leaders[0], reason="已改正，未造成后果", **told)
    _archive(course, owner)


def _ordinary(course: Course, staff: Staff, owner: Actor) -> None:
    course.wait(1.5)
    course.do("propose_opening", owner, cause="涉嫌违法运输危险货物", investigators=_two(owner, staff))
    course.wait(1)
    course.do("opening_approved", staff.leaders[0])
    _investigated(course, staff, owner)


def _investigated(course: Course, staff: Staff, owner: Actor) -> None:
    """Hear the party, end the investigation, have it reviewed, tell the party, decide, and see it done."""
    leader, side = staff.leaders[0], _order_correction(course, owner)
    course.wait(6)
    course.do("party_heard", owner, how="interview", heard_at=course.at, **PROOF)
    course.wait(9)
    course.write_off_evidence(owner)
    course.do("investigation_ended", owner, text="事实清楚，证据充分")
    course.issue(owner, "investigation_report")
    course.wait(3)
    course.do("review_passed", staff.reviewer, answers=["是"] * 9, licence="A-SEED", text="同意")
    course.wait(2)
    if not _finable(course) and course.likely(0.97):
        _corrected(course, staff, owner, side)
        course.do("withdraw", leader, reason="法律依据尚未核实")
        return _archive(course, owner)
    plan = _plan(course)
    course.do("penalty_planned", owner, penalties=plan)
    course.issue(owner, "notice")
    course.wait(1.5)
    course.do("notice_served", owner, served_at=course.at, method="in_hand", hearing_right=True, **PROOF)
    _heard_out(course, staff, owner)
    course.wait(3)
    late = course.due_at("decision")
    reason = {"late_reason": "案情复杂"} if late and late <= course.at else {}
    course.do("decide", leader, penalties=plan, text="决定处罚", **reason)
    _corrected(course, staff, owner, side)
    return _carry_out(course, staff, owner)


def _heard_out(course: Course, staff: Staff, owner: Actor) -> None:
    """Let the party answer a notice, or let its time run out."""
    if course.likely(0.15):
        course.wait(1)
        course.do("statement_received", owner, text="请求从轻", received_at=course.at, **PROOF)
        course.wait(1)
        course.do("statement_answered", owner, text="复核后不予采纳", accepted=False)
    elif course.likely(0.05):
        course.wait(0.5)
        course.do("hearing_requested", owner, requested_at=course.at, **PROOF)
        course.wait(2)
        course.do("hearing_accepted", staff.reviewer)
        course.wait(20)
        course.do("hearing_dropped", staff.reviewer, dropped="withdrawn", **PROOF)
        return
    course.wait_for(course.due_at("hearing_request", "statement"))
    course.do("terms_over_or_waived", MACHINE)


def _carry_out(course: Course, staff: Staff, owner: Actor) -> None:
    """Serve the decision, collect the money or ask the court, and lay the file away."""
    course.wait(2)
    course.do("served", owner, served_at=course.at, method="in_hand", **PROOF)
    fine = sum(int(one.get("amount_cny") or 0) for one in course.file.facts.get("penalties") or ())
    if not fine:
        course.wait(2)
        course.do("carried_out", owner, text="已履行")
    elif course.likely(0.82):
        course.wait(6)
        _pay(course, staff, owner, fine)
    else:
        _enforce(course, staff, owner)
    _close(course, staff)


def _pay(course: Course, staff: Staff, owner: Actor, fine: int) -> None:
    late = course.due_at("payment")
    if late and late <= course.at:
        course.do("surcharge_waived", staff.leaders[0], reason="试用：免加处罚款")
    course.do("payment_received", owner, amount_fen=100 * fine, paid_at=course.at, receipt=f"R-{course.file.id[-8:]}")
    course.do("paid_in_full", owner)


def _enforce(course: Course, staff: Staff, owner: Actor) -> None:
    course.wait_for(course.due_at("payment"))
    course.wait(10)
    course.issue(owner, "demand")
    course.do("demand_served", owner, served_at=course.at, method="post", **PROOF)
    course.wait_for(course.due_at("demand_wait", "review", "suit"))
    course.wait(15)
    course.issue(owner, "court_application")
    course.do("court_applied", staff.leaders[0], applied_at=course.at, body="示例县人民法院", **PROOF)
    course.wait(40)
    course.do("court_done", owner, result="执行到位", **PROOF)


def _close(course: Course, staff: Staff) -> None:
    owner = next((one for one in staff.handlers if one.login == course.file.owner), staff.handlers[0])
    if course.file.state == "executing":
        course.wait(2)
        course.do("carried_out", owner, text="已履行")
    course.wait(8)
    course.issue(owner, "closing_report")
    course.do("close", owner)
    _archive(course, owner)


def _archive(course: Course, owner: Actor) -> None:
    course.wait(25)
    course.issue(owner, "file_index")
    course.do("archive", owner)


def _police(course: Course, staff: Staff) -> None:
    """The police's own way: a notice or a measure on the road, the person comes, is told, and it is decided."""
    officer, leader, two = staff.officers[0], staff.leaders[0], officers_of(staff.officers)
    told = {"served_at": course.at, "officers": two, "paper_number": f"P-{course.file.id[-8:]}", **PROOF}
    if course.likely(0.4):
        course.do("measure_voucher", officer, object="vehicle", what="重型半挂牵引车", **told)
        side = course.file.sides[0].id
        course.wait(0.4)
        course.do("measure_approved", leader, side=side, reason="同意")
        course.do("vehicle_delivered", officer, side=side, at=course.at, place="示例停车场")
    else:
        course.do("notice_given_at_road", officer, **told)
    owner = course.cast.chance.choice(staff.handlers)
    course.wait(0.5)
    course.do("re_assign", leader, owner=owner.login)
    _know_the_party(course, owner)
    if course.likely(0.1):
        course.wait_for(course.due_at("police_appearance"))
        course.do("term_over", MACHINE)
        _lift(course, owner)
        return _investigated(course, staff, owner)
    course.wait(5)
    course.do("person_came", owner, came_at=course.at, officers=two)
    if not _finable(course):
        course.wait(0.6)
        course.do("decide_no_penalty", leader, ground="not_proven", reason="依据待核")
        _lift(course, owner)
        return _carry_out(course, staff, owner)
    plan = _plan(course)
    course.do("person_told", owner, penalties=plan, told_at=course.at, hearing_right=True)
    course.wait_for(course.due_at("hearing_request", "statement"))
    course.do("decide", leader, penalties=plan, text="决定处罚")
    _lift(course, owner)
    return _carry_out(course, staff, owner)


def _lift(course: Course, owner: Actor) -> None:
    """Give back what was taken."""
    for one in course.file.sides:
        if one.kind == "measure" and one.state in ("urgent", "ordered", "extended"):
            course.do("measure_lifted", owner, side=one.id, at=course.at, reason="已处理")


def _hand_over(course: Course, staff: Staff, to: str) -> None:
    """Give a case to the agency that is competent; what comes back is told by `answer`, or by its own paper."""
    owner = course.cast.chance.choice(staff.handlers)
    course.wait(1.2)
    course.do("document_issued", owner, kind="handover_letter")
    course.do("document_issued", owner, kind="handover_list")
    course.do("hand_over", owner, to=to, sent_at=course.at, what="移送函、材料清单、检查记录", **PROOF)
    if to in ("P", "M", "T"):
        return
    if course.likely(0.85):
        course.wait(4)
        course.do("receipt_in", owner, received_at=course.at, **PROOF)
    if course.likely(0.8):
        course.wait(35)
        course.do("result_in", owner, result="已立案处理", received_at=course.at, reason="来函告知", **PROOF)


def _order_correction(course: Course, owner: Actor) -> str:
    if not course.likely(0.3):
        return ""
    course.do("rectification_ordered", owner, by=_days_on(course, 15), what="立即改正")
    return course.file.sides[-1].id


def _corrected(course: Course, staff: Staff, owner: Actor, side: str) -> None:
    if side:
        course.do("rectification_proof", owner, side=side, text="整改照片")
        course.do("rectification_cleared", staff.leaders[1], side=side, text="已整改")


def _days_on(course: Course, days: int) -> str:
    return (in_law_zone(course.now) + timedelta(days=days)).date().isoformat()


def _two(owner: Actor, staff: Staff) -> list[dict[str, str]]:
    return officers_of((owner, staff.officers[0]))


def _finable(course: Course) -> bool:
    return any(one.verified for one in course.file.violations)


def _plan(course: Course) -> list[Mapping[str, Any]]:
    """Return what is planned: fines from the verified ranges of the law alone, near their lower end; else a warning.

    A violation whose law is not verified gets none, with a reason: every one is answered.
    """
    plan: list[Mapping[str, Any]] = []
    for one in course.file.violations:
        tops = [(low or 0, top) for low, top in one.ranges if top is not None]
        if one.verified and tops:
            low, top = tops[0]
            amount = low or max(1, top // 10)
            plan.append({"violation": one.code, "kind": "fine", "amount_cny": amount})
        elif one.verified:
            plan.append({"violation": one.code, "kind": "warning"})
        else:
            plan.append({"violation": one.code, "kind": "none", "ground": "not_proven", "text": "证据不足"})
    if not _finable(course):  # nothing that may be printed as a basis: the case stays where it is
        raise Ended
    return plan


def ended_at(course: Course) -> tuple[str, str, str]:
    """Return when a case was taken and when it ended, with the words that go back to who handed it over."""
    taken = next((one.at for one in course.steps if one.event == "accept"), "")
    over = next((one for one in course.steps if one.after.state in ENDED), None)
    if over is None:
        return taken, "", ""
    return taken, over.at, str(over.data.get("text") or over.data.get("reason") or "已处理")
