"""No document says what is not so: of an appeal, of what was paid, of a hearing, of a round that is over."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from server.cases.casefile import Clock, Side
from server.documents import values
from server.documents.dossier import Dossier, Told
from server.documents.forms import FORMS
from server.documents.penalties import named, penalty_words
from server.documents.sheet import fill
from tests.server.documents.cast import FINE, UNIT, case, dossier, filled, finding, groups

LOWER = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 50_000}]
TAKEN = {"violation": "CN-EQP-01", "kind": "confiscation", "amount_cny": 25_000}
LATE = (Clock("payment", "payment", "", "2026-10-01", "served", "2026-10-20"),)


def text(kind: str, held: Dossier, without: tuple[str, ...] = ()) -> str:
    form = FORMS[kind]
    told = {name: value for name, value in filled(form).items() if name not in without}
    return fill(form, held.issuer, values.values_of(form, held, told)).text


def of(*told: Told, **facts: Any) -> Dossier:
    """A case that was decided by the office, or of which this was told."""
    whole = dossier()
    usual = tuple(one for one in whole.told if one.event != "simple_decided")
    return replace(whole, case=case(**facts), told=told or usual)


def with_appeal(state: str, **told: Any) -> Dossier:
    facts = {"appeal": "review", "body": "示例县人民政府", "at": "2026-12-20", **told}
    held = of(decided_at="2026-11-28", appeal_end=state, penalties=told.get("penalties", FINE))
    return replace(held, case=replace(held.case, sides=(Side("a", "appeal", state, facts),)))


def test_a_court_is_never_told_that_nobody_appealed_where_somebody_did() -> None:
    denied = "未在法定的期限内申请行政复议"
    assert denied in text("court_application", of())
    upheld = text("court_application", with_appeal("upheld"))
    assert denied not in upheld
    assert "该决定经行政复议（示例县人民政府，2026年12月20日结案）未被撤销或者变更。" in upheld
    assert "已于2026年12月20日撤回" in text("court_application", with_appeal("withdrawn"))


def test_a_judgment_of_first_instance_is_not_said_to_end_the_suit() -> None:
    court = {"appeal": "suit", "body": "示例县人民法院"}
    assert "（示例县人民法院，2026年12月20日第一审裁判）" in text("demand", with_appeal("upheld", **court))
    assert "日结案）" in text("demand", with_appeal("upheld", **court, final=True))
    assert "行政诉讼上诉（中级法院" in text("demand", with_appeal("upheld", appeal="second", body="中级法院"))


def test_what_was_paid_too_much_is_said_to_be_given_back() -> None:
    said = text("payment_receipt", of(payments=[["2026-12-11", 8_000_000]]))
    assert "应退还\t人民币贰万元整" in said
    assert "应退还" not in text("payment_receipt", of()), "a name without its sum says nothing"


@pytest.mark.parametrize("taken", [(), (TAKEN,)])
def test_a_box_without_a_sum_does_not_stand(taken: tuple[dict[str, Any], ...]) -> None:
    said = text("payment_receipt", of(penalties=[*FINE, *taken]))
    assert ("应缴没收款" in said) is bool(taken) and "应缴罚款\t人民币陆万元整" in said


@pytest.mark.parametrize("kind", FORMS)
def test_a_sentence_goes_on_after_what_somebody_ended_with_a_full_stop(kind: str) -> None:
    form, reason = FORMS[kind], [{"violation": "CN-EQP-01", "kind": "none", "ground": "minor", "text": "已改正。"}]
    held = of(cause="未配备器材。", planned=reason, penalties=reason)
    ended = {one.name: f"{one.label}。" for one in form.blanks if one.kind in ("text", "long")}
    said = fill(form, "T", values.values_of(form, held, {**filled(form), **ended})).text
    assert not re.search("[。；，、][。；，、》]|。的|改正。）", said), said


def test_a_revoked_decision_stays_in_the_index_as_a_revoked_one() -> None:
    held = of()
    void = tuple(replace(one, status="void") if one.kind == "decision" else one for one in held.kept)
    assert "行政处罚决定书（已撤销）\t示交罚〔2026〕3号" in text("file_index", replace(held, kept=void))
    assert "已撤销" not in text("file_index", held)


def test_money_that_went_back_is_said_to_have_gone_back() -> None:
    said = text("payment_receipt", of(payments=[["2026-12-11", 8_000_000], ["2026-12-20", -2_000_000]]))
    assert "退还人民币贰万元整" in said and "-" not in said.partition("退还")[2][:20]


@pytest.mark.parametrize("kind", ["demand", "instalment_notice"])
def test_what_the_appeal_changed_is_never_said_to_be_the_decision_of_the_office(kind: str) -> None:
    said = text(kind, with_appeal("changed", penalties=LOWER))
    made, _, changed = said.partition("变更为：")
    assert "陆万元整" in made and "伍万元整" not in made and changed.startswith("罚款人民币伍万元整")


def test_an_appeal_against_the_decision_of_an_earlier_round_is_not_one_against_this() -> None:
    held = with_appeal("revoked", at="2026-11-20")
    assert "行政复议（" not in text("demand", held)


def test_who_paid_a_part_is_not_said_to_have_paid_nothing() -> None:
    assert "逾期未全部履行义务（已缴纳人民币壹万元整（￥10,000元））" in text("demand", of())
    assert "逾期未履行义务，" in text("demand", of(payments=[]))


@pytest.mark.parametrize(
    ("facts", "grows"),
    [
        ({}, True),
        ({"penalties": [TAKEN]}, False),
        ({"penalties": [*FINE, TAKEN], "payments": [["2026-12-11", 6_000_000]]}, False),
        ({"surcharge_waived": "疫情"}, False),
    ],
)
def test_a_surcharge_is_threatened_only_where_a_fine_is_still_to_be_paid(facts: Any, grows: bool) -> None:
    assert ("加处罚款；" in text("demand", of(**facts))) is grows


def test_the_record_of_payments_names_what_is_confiscated_and_what_is_left() -> None:
    said = text("payment_receipt", of(penalties=[*FINE, TAKEN]))
    assert "人民币贰万伍仟元整（￥25,000元）" in said and "合计人民币柒万伍仟元整" in said


def test_a_sum_that_is_confiscated_is_not_said_to_be_goods() -> None:
    assert penalty_words(TAKEN) == "没收违法所得，计人民币贰万伍仟元整（￥25,000元）"


def test_what_was_not_proven_breaks_no_duty_and_is_not_said_to_be_proven() -> None:
    said = text("no_penalty_decision", of(no_penalty="not_proven"))
    assert "违反了" not in said and "以上事实有下列证据证明" not in said
    assert "违反了" in text("no_penalty_decision", of(no_penalty="no_fault"))


def test_what_is_spared_as_not_proven_is_no_conduct_and_no_fact_of_the_party() -> None:
    other = finding("CN-EQP-02", text={"zh": "未装接地线"})
    spared = {"violation": "CN-EQP-02", "kind": "none", "ground": "not_proven", "text": "照片不清"}
    held = replace(of(penalties=[*FINE, spared], planned=[*FINE, spared]), groups=groups(finding(), other))
    for kind in ("decision", "notice", "court_application"):
        said = text(kind, held)
        assert "未装接地线" not in said and "你（单位）未按特性" not in said and "未配备吸附材料" in said
    assert "关于未按特性采取安全防护措施，违法事实不能成立（照片不清），决定不予行政处罚。" in text("decision", held)
    minor = replace(held, case=case(penalties=[*FINE, {**spared, "ground": "minor"}]))
    assert "未装接地线" in text("decision", minor)


def test_an_order_to_correct_speaks_of_what_stands_and_of_its_own_violations_alone() -> None:
    other = finding("CN-EQP-02", text={"zh": "未装接地线"})
    spared = {"violation": "CN-EQP-02", "kind": "none", "ground": "not_proven", "text": "照片不清"}
    held = replace(of(penalties=[*FINE, spared]), groups=groups(finding(), other))
    said = text("correction_order", held, without=("facts",))
    assert "未配备吸附材料" in said and "未装接地线" not in said and "未按特性" not in said
    assert {one.violation for one in named(held, (), strict=True)} == {"CN-EQP-01"}
    track = Side("r", "rectification", "ordered", {"violations": ["CN-EQP-02"], "by": "2026-12-20", "what": "补齐"})
    own = replace(held, case=replace(case(), sides=(track,)), side="r")
    said = text("correction_order", own, without=("facts",))
    assert "未装接地线" in said and "未配备吸附材料" not in said


def test_where_nothing_was_proven_nothing_is_ordered_to_be_corrected() -> None:
    form = FORMS["correction_order"]
    for ground, lacks in (("not_proven", ("duty_lines",)), ("minor", ())):
        held = of(no_penalty=ground)
        assert values.missing(form, "T", values.values_of(form, held, {"facts": "x"})) == lacks


def test_a_decision_to_give_no_penalty_is_not_revoked_as_one_that_gave_one() -> None:
    gone = Told("decision_revoked", "2026-12-20", "李队长", {"reason": "事实有误", "revoked_at": "2026-12-20"})
    spared = Told("decide_no_penalty", "2026-11-28", "李队长", {"ground": "minor", "reason": "当场改正"})
    said = text("revocation", of(spared, gone, no_penalty="minor", penalties=None))
    assert "《不予行政处罚决定书》" in said and "《行政处罚决定书》" not in said
    made = Told("decide", "2026-11-28", "李队长", {"penalties": FINE})
    assert "《行政处罚决定书》" in text("revocation", of(made, gone))


def test_a_notice_never_says_that_a_penalty_was_imposed_already() -> None:
    spared = {"violation": "CN-EQP-02", "kind": "none", "ground": "same_act", "text": "同一行为"}
    held = replace(of(planned=[*FINE, spared]), groups=groups(finding(), finding("CN-EQP-02")))
    said = text("notice", held)
    assert "不再另行处罚（同一行为），本机关拟不予行政处罚" in said and "已一并处罚" not in said


@pytest.mark.parametrize("kind", ["decision", "no_penalty_decision"])
def test_evidence_that_could_not_be_had_proves_nothing(kind: str) -> None:
    assert "未取得" not in text(kind, of(), without=("evidence",))
    assert "下列证据未能取得：\n询问笔录：未取得" in text("investigation_report", of(), without=("evidence",))


def test_nobody_is_asked_about_a_hearing_that_is_not_offered() -> None:
    form, held = FORMS["told_record"], of()
    said = {
        offer: fill(form, "P", values.values_of(form, held, {"hearing_offer": offer})).text for offer in ("yes", "no")
    }
    assert "是否要求听证" in said["yes"] and "听证" not in said["no"]


SPOT = Told("simple_decided", "2026-11-22T02:00:00.000Z", "王", {
    "paper_number": "T0001-P1", "decided_at": "2026-11-20T02:00:00Z", "amount_cny": 200,
})  # fmt: skip


def test_a_fine_of_the_road_is_demanded_by_the_number_and_the_day_of_its_paper() -> None:
    small = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 200}]
    held = of(SPOT, penalties=small, decided_at="2026-11-20T02:00:00Z", served_at="2026-11-20T02:00:00Z", payments=[])
    said = text("demand", held)
    assert "本机关于2026年11月20日作出了罚款人民币贰佰元整（￥200元）的决定，决定书文号为T0001-P1" in said
    assert "2026年11月20日，本机关对你（单位）送达了T0001-P1《当场行政处罚决定书》" in text("instalment_notice", held)


def test_the_instalments_of_the_notice_are_those_that_were_granted() -> None:
    plan = [{"by": "2027-01-15", "amount_fen": 3_000_050}, {"by": "2027-03-01", "amount_fen": 1_999_950}]
    held = of(Told("instalments_granted", "2026-12-11T02:00:00.000Z", "李", {"until": "2027-03-01", "plan": plan}))
    said = text("instalment_notice", held, without=("plan",))
    assert "1\t2027年1月15日\t30,000.50" in said and "2\t2027年3月1日\t19,999.50" in said


@pytest.mark.parametrize("end", ["", "refused_back"])
def test_nobody_is_told_of_a_hand_over_that_did_not_take_place(end: str) -> None:
    sent = Told("hand_over", "2026-11-21T02:00:00.000Z", "李", {"to": "P", "sent_at": "2026-11-21"})
    held = of(*((sent, Told(end, "2026-11-22T02:00:00.000Z")) if end else (replace(sent, event="accept"),)))
    form = FORMS["handover_notice"]
    assert "sent_day" in values.missing(form, "T", values.values_of(form, held, filled(form)))


def test_cash_that_was_taken_on_the_road_is_not_asked_for_again() -> None:
    held = of(SPOT, cash=True)
    assert "罚款已当场收缴" in text("simple_decision", held) and "缴至" not in text("simple_decision", held)


def test_a_decision_that_was_not_made_on_the_road_makes_no_paper_of_the_road() -> None:
    form, held = FORMS["simple_decision"], of(Told("decide", "2026-11-22T02:00:00.000Z", "李", {"penalties": FINE}))
    assert "decided_on" in values.missing(form, "T", values.values_of(form, held, filled(form)))


@pytest.mark.parametrize("end", ["sent_back", "heavier_than_noticed", "justice_returned", "not_clear", "reopen"])
def test_a_hearing_of_an_earlier_round_is_no_hearing_of_this_one(end: str) -> None:
    held, form = dossier(), FORMS["hearing_notice"]
    held = replace(held, told=(*held.told, Told(end, "2026-11-28T02:00:00.000Z")))
    lacks = values.missing(form, "T", values.values_of(form, held, filled(form)))
    assert {"hearing_at", "hearing_place", "hearing_host"} <= set(lacks)


def test_a_revoked_decision_is_named_by_its_number_in_its_revocation() -> None:
    held = of()
    void = tuple(replace(one, status="void") if one.kind == "decision" else one for one in held.kept)
    said = text("revocation", replace(held, kept=void))
    assert "示交罚〔2026〕3号" in said and "已缴纳的款项将依法退还" in said


def test_who_was_not_asked_about_electronic_service_has_not_refused_it() -> None:
    assert "［　］同意　［　］不同意" in text("address_form", of())
    agreed = replace(dossier(), case=replace(case(), party=replace(UNIT, electronic=True)))
    assert "［　］" not in text("address_form", agreed)
