"""A case of the transport agency and one of the police, with everything that a document may ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.wire import to_plain
from server.cases.casefile import CaseFile, Clock, Held, Investigator, Party, Side
from server.cases.grouping import Group, grouped
from server.documents.dossier import Dossier, Kept, Stop, Told
from server.documents.form import Blank, Form
from tests.loaded import load_all
from tests.server.cases.clerks import law

NOW = datetime(2026, 11, 28, 2, 5, tzinfo=UTC)
OFFICE = {
    "name": "示例县交通运输综合行政执法大队",
    "address": "示例县某某路 8 号",
    "postcode": "017000",
    "contact": "白执法",
    "phone": "0477-0000000",
    "bank": "示例县农村商业银行营业部",
    "account": "6200 0000 0000 0000",
    "review_body": "示例县人民政府",
    "court": "示例县人民法院",
    "head": "李队长",
}
UNIT = Party("carrier", "示例县顺达危货运输有限公司", "91150000MA0EXAMPLE", "unit", "示例县一街 1 号", "13900000000")
PERSON = Party("driver", "赵示例", "110101199003070011", "person", "示例县二街 2 号", "13800000000")
TWO = (Investigator("wang", "王执法", "15060001"), Investigator("su", "苏执法", "15060002"))
ROWS = [{"login": one.login, "name": one.name, "card": one.card} for one in TWO]


@lru_cache
def definitions() -> Definitions:
    return load_all()


def finding(code: str = "CN-EQP-01", load: str = "yes", **changes: Any) -> dict[str, Any]:
    """A finding as the tablet froze it: with the law of the row for that load."""
    row = next(
        one
        for one in definitions().violations
        if one.code == code and one.effective(NOW.date()) and load in one.applies_when.get("hazchem", (load,))
    )
    return {
        "item": code.replace("CN-", ""),
        "rule": "",
        "case": "",
        "violation": code,
        "violation_title": dict(row.title),
        "agency": "T",
        "severity": "II",
        "text": {"zh": "随车未配备吸附材料", "en": "no absorbent"},
        "duty": to_plain(row.duty),
        "penalty": to_plain(row.penalty),
        "simple": "no",
        "evidence": ["overall", "item"],
        **changes,
    }


def groups(*findings: dict[str, Any]) -> tuple[Group, ...]:
    return grouped(("tablet", one) for one in findings or (finding(),))


FINE = [{"violation": "CN-EQP-01", "kind": "fine", "amount_cny": 60_000}]


def told() -> tuple[Told, ...]:
    """What was said with every event, one a day."""
    said: list[tuple[str, dict[str, Any]]] = [
        ("accept", {}),
        ("propose_opening", {"cause": "未配备应急救援器材"}),
        ("opening_approved", {}),
        ("no_penalty_minor", {"reason": "当场补齐，未造成危害后果"}),
        ("hand_over", {"to": "P", "sent_at": "2026-11-21", "what": "线索材料"}),
        ("receipt_in", {"received_at": "2026-11-22"}),
        ("party_heard", {"how": "interview", "heard_at": "2026-11-21T02:00:00Z"}),
        ("decision_extended", {"until": "2027-03-01", "reason": "需要委托鉴定，案情复杂"}),
        ("crime_suspected", {"reason": "涉嫌危险作业罪"}),
        ("investigation_ended", {"text": "事实清楚，证据确凿。", "penalties": FINE}),
        ("review_passed", {"answers": ["是"] * 8 + ["否"], "licence": "A20261506000001", "text": "同意处理意见。"}),
        ("penalty_planned", {"penalties": FINE}),
        ("notice_served", {"served_at": "2026-11-22", "method": "in_hand", "hearing_right": True}),
        ("statement_received", {"text": "本公司已补齐器材，请求从轻。", "received_at": "2026-11-23"}),
        ("statement_answered", {"text": "经复核，违法事实清楚。", "accepted": False}),
        ("hearing_requested", {"requested_at": "2026-11-23"}),
        ("hearing_set", {"hearing_at": "2026-12-08T01:00:00Z", "host": "he", "host_name": "何主持", "place": "会议室"}),
        ("hearing_held", {"held_at": "2026-12-08T01:00:00Z", "text": "听证顺利。"}),
        ("collective_held", {"held_at": "2026-12-09T01:00:00Z", "present": ROWS, "result": "一致同意处罚。"}),
        ("decide", {"penalties": FINE, "text": "按从轻档裁量。"}),
        ("served", {"served_at": "2026-12-10", "method": "in_hand"}),
        ("payment_received", {"amount_fen": 1_000_000, "paid_at": "2026-12-11", "receipt": "NO.0001"}),
        ("instalments_granted", {"until": "2027-03-01", "reason": "经营困难"}),
        ("demand_served", {"served_at": "2027-03-05", "method": "post"}),
        ("decision_revoked", {"reason": "主体认定有误", "revoked_at": "2027-03-09"}),
        ("withdraw", {"reason": "当事人主体消灭"}),
        ("simple_decided", {"paper_number": "T0001-P1", "decided_at": "2026-11-20T02:00:00Z", "amount_cny": 200}),
        ("notice_given_at_road", {"served_at": "2026-11-20T02:00:00Z"}),
        ("person_told", {"told_at": "2026-11-22T02:00:00Z"}),
    ]
    return tuple(
        Told(event, f"2026-11-{20 + place % 8:02d}T02:00:00.000Z", "李队长", data)
        for place, (event, data) in enumerate(said)
    )


def kept() -> tuple[Kept, ...]:
    numbers = {
        "opening_form": "示交立〔2026〕7号", "notice": "示交违通〔2026〕5号", "decision": "示交罚〔2026〕3号",
        "demand": "示交催〔2027〕1号", "measure_decision": "示交强〔2026〕2号",
        "registration_list": "示交登〔2026〕4号",
    }  # fmt: skip
    return tuple(
        Kept(kind, "", number, "2026-11-22T02:00:00.000Z", kind, "side-1" if kind in ("measure_decision",) else "")
        for kind, number in numbers.items()
    )


def case(party: Party = UNIT, agency: str = "T", **facts: Any) -> CaseFile:
    said = {
        "cause": "未配备应急救援器材", "source": "record", "found_at": "2026-11-20T02:05:00.000Z",
        "conduct_at": "2026-11-20T02:05:00.000Z", "planned": FINE, "penalties": FINE, "no_penalty": "minor",
        "proposed": FINE, "handed_to": "P", "officers": ROWS, "payments": [["2026-12-11", 1_000_000]], "opened": True,
        "hearing_right": True, **facts,
    }  # fmt: skip
    measure = {"object": "vehicle", "what": "重型罐式货车 1 辆", "at": "2026-11-20T03:00:00Z", "officers": ROWS}
    return CaseFile(
        "case-1", agency, agency, "investigating", 9, "wang", "medium", party,
        (Held("CN-EQP-01", ("EQP-01|||CN-EQP-01",), "II", True, ((50_000, 500_000),)),),
        investigators=TWO, investigated=TWO, facts=said,
        clocks=(Clock("seizure", "seizure", "", "2026-11-20", "measure_approved", "2026-12-20", side="side-1"),),
        sides=(Side("side-1", "measure", "ordered", {**measure, "outcome": "退还当事人"}),),
    )  # fmt: skip


def dossier(party: Party = UNIT, agency: str = "T", **changes: Any) -> Dossier:
    whole = Dossier(
        case(party, agency), "T-2026-00009", groups(), definitions(), law(), NOW, told(), kept(),
        (("车辆或现场全景照片", "检查记录所附照片"), ("询问笔录", "未取得：驾驶员已离开本地")), OFFICE,
        Stop("示例县 G109 线 1063 公里检查点", "蒙K12345 / 蒙K6789挂", "2026-11-20T02:05:00.000Z"), "side-1",
    )  # fmt: skip
    return replace(whole, **changes)


def filled(form: Form) -> dict[str, Any]:
    """What a careful clerk fills in: every blank that the case does not fill itself."""
    own = ("facts", "evidence", "bank", "account", "handed_to", "head", "side_outcome", "minor_reason", "receipt_day")
    return {one.name: _value(one) for one in form.blanks if one.name not in own or one.name in ("side_outcome",)}


def _value(one: Blank) -> Any:
    if one.kind in ("rows", "asked"):
        return [{name: f"{label} {count}" for name, label in one.columns} for count in (1, 2)]
    kinds = {"day": "2026-12-01", "moment": "2026-11-21T01:00:00Z", "choice": one.choices[:1]}
    value = kinds.get(one.kind, f"{one.label}。" if one.kind == "long" else one.label)
    return value[0] if isinstance(value, tuple) else value
