"""The decision as it is carried out: its paper, what it imposed, what became of it on appeal, what of it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.papers.amounts import figures, money
from server.cases.casefile import Side
from server.cases.fields import SECOND
from server.cases.money import fine_of
from server.cases.money_guards import owed_now
from server.documents.case_values import ask_of
from server.documents.chinese import day_words
from server.documents.dossier import Dossier, Told
from server.documents.penalties import words_of_all

Values = dict[str, Any]

_MADE = {"decide": "decision", "decide_no_penalty": "no_penalty_decision", "simple_decided": "simple_decision"}
"""Event → the document that it makes."""

_APPEALS = {"review": "行政复议", "suit": "行政诉讼", SECOND: "行政诉讼上诉"}
_ENDS = {"upheld": "未被撤销或者变更", "revoked": "被撤销"}


def of_decision(dossier: Dossier) -> Values:
    """Return what documents say of the decision after it was made."""
    made, facts = dossier.last(*_MADE), dossier.case.facts
    spot = made.event == "simple_decided"
    imposed = tuple(_imposed(dossier, made))
    fine = 100 * fine_of(imposed)
    appeals = "".join(map(_appeal, dossier.case.appeals))
    paid = sum(int(fen) for _day, fen in facts.get("payments") or ())
    return {
        "decided_day": day_words(str(facts.get("decided_at") or made.data.get("decided_at") or made.at)),
        "served_day": day_words(str(facts.get("served_at") or dossier.last("served").data.get("served_at") or "")),
        "decision_number": str(made.data.get("paper_number") or "") if spot else _number(dossier),
        "decision_title": _title(dossier, _MADE.get(made.event, "decision")),
        "made_words": words_of_all(imposed),
        "fine_made": money(fine) if fine else "",
        "appeals": appeals,
        "no_appeal": "" if appeals else "1",
        "as_changed": "（经变更）" if facts.get("appeal_end") == "changed" else "",
        "not_done": "未全部履行" if paid else "未履行",
        "plan": tuple(_plan(dossier)),
        "done_words": f"（已缴纳{money(paid)}）" if paid else "",
        **_surcharge(dossier),
    }


def _imposed(dossier: Dossier, made: Told) -> Iterable[Mapping[str, Any]]:
    """Return the penalties of the decision itself, whatever an appeal made of them."""
    if made.data.get("penalties") or made.event != "simple_decided":
        return made.data.get("penalties") or dossier.case.facts.get("penalties") or ()
    amount = made.data.get("amount_cny")
    return ({"kind": "fine", "amount_cny": amount} if amount else {"kind": "warning"},)


def _number(dossier: Dossier) -> str:
    """Return the number of the decision; that of a revoked one where its revocation is what the case ends with."""
    held = dossier.document("decision", "no_penalty_decision")
    if not held.kind and dossier.last("decision_revoked").event:
        held = dossier.document("decision", "no_penalty_decision", status="void")
    return held.number


def _title(dossier: Dossier, kind: str) -> str:
    from server.documents.forms import FORMS

    return FORMS[kind].title(dossier.issuer)


def _appeal(side: Side) -> str:
    """Return an appeal and how it ended as a sentence."""
    facts = side.facts
    kind, body = _APPEALS.get(str(facts.get("appeal")), "行政复议或者行政诉讼"), str(facts.get("body") or "")
    day = day_words(str(facts.get("at") or ""))
    if side.state == "filed":
        return f"对该决定的{kind}（{body}）尚未结案。"
    if side.state == "withdrawn":
        return f"对该决定的{kind}（{body}）已于{day}撤回。"
    end = _ENDS.get(side.state) or f"变更为：{words_of_all(facts.get('penalties') or ()) or '不予处罚'}"
    tried = "第一审裁判" if facts.get("appeal") == "suit" and not facts.get("final") else "结案"
    return f"该决定经{kind}（{body}，{day}{tried}）{end}。"


def _plan(dossier: Dossier) -> Iterable[tuple[str, str, str]]:
    """Yield the instalments as they were granted: number, last day, amount."""
    rows = dossier.last("instalments_granted").data.get("plan") or ()
    for count, one in enumerate(rows, start=1):
        yield str(count), day_words(str(one.get("by") or "")), figures(int(one.get("amount_fen") or 0))


def _surcharge(dossier: Dossier) -> Values:
    """Return whether anything will be added to the fine if it goes on unpaid: not to what is paid, waived or full."""
    owed = owed_now(ask_of(dossier))
    grows = owed.paid_fen < owed.fine_fen and owed.surcharge_fen < owed.fine_fen
    grows = grows and not dossier.case.facts.get("surcharge_waived")
    return {"surcharge_grows": "1" if grows else "", "surcharge_ends": "" if grows else "1"}
