"""What the case itself gives to documents: office, party, facts, law, money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists import words
from checklists.papers.amounts import money
from server.cases.asking import Ask
from server.cases.casefile import MACHINE
from server.cases.deciding_guards import needs_hearing
from server.cases.documents import BY_EVENT_ALONE, DOCUMENTS
from server.cases.fields import UNPROVEN
from server.cases.grouping import Fact
from server.cases.machine import MOVES
from server.cases.money import confiscated_of, fine_of, sum_of
from server.cases.money_guards import owed_now
from server.documents import chinese, penalties
from server.documents.chinese import day_words, moment_words, people_words, rows_people
from server.documents.dossier import LACKING, Dossier, Stop
from server.documents.form import unended
from server.documents.law import measure_words

Values = dict[str, Any]

OFFICE = ("name", "address", "postcode", "contact", "phone", "bank", "account", "review_body", "court", "head")
"""What an agency tells of itself once, so that every document has it."""


def office(dossier: Dossier) -> Values:
    """Return what is known of the office, and of the document itself."""
    told = {f"office_{name}": dossier.office.get(name, "") for name in OFFICE}
    agency = dossier.definitions.agencies.get(dossier.case.keeper, {})
    return {
        **told,
        "office": told["office_name"] or agency.get("zh", ""),
        "head": told["office_head"],
        "review_body": told["office_review_body"] or "____________",
        "court": told["office_court"] or "____________",
        "bank": told["office_bank"],
        "account": told["office_account"],
        "day": day_words(dossier.today),
        "number": dossier.number or f"案号：{dossier.case_number}",
        "case_number": dossier.case_number,
    }


def party(dossier: Dossier) -> Values:
    """Return who answers."""
    held = dossier.case.party
    unit = held.kind == "unit" or (not held.kind and held.role not in ("driver", "escort", "person", "owner"))
    sex, age = ("", "") if unit else chinese.sex_and_age(held.number, dossier.today)
    return {
        "party_name": held.name or "____________",
        "party_known": held.name,
        "party_number": held.number,
        "party_address": held.address,
        "party_phone": held.phone,
        "party_sex": sex,
        "party_age": age,
        "is_unit": "1" if unit else "",
        "is_person": "" if unit else "1",
        # Who was not asked has not refused: he ticks for himself.
        "electronic": "同意" if held.electronic else "［　］同意　［　］不同意",
    }


def case(dossier: Dossier) -> Values:
    """Return cause, source, days, place, people, facts and documents."""
    file, opened = dossier.case, dossier.last("opening_approved", "notice_given_at_road", "measure_voucher")
    titles = dict.fromkeys(str(one.title.get("zh") or one.violation) for one in dossier.groups)
    found = str(file.facts.get("found_at") or "")
    return {
        "cause": str(file.facts.get("cause") or "、".join(titles)),
        "source": chinese.SOURCES.get(str(file.facts.get("source")), ""),
        "found_day": day_words(found),
        "conduct_day": _all([day_words(dossier.conduct_day), *(day_words(one.at) for one in dossier.stops[1:])]),
        "opened_day": day_words(opened.at),
        "accepted_day": day_words(dossier.last("accept").at or found),
        "place": _all(one.site for one in dossier.stops),
        "vehicles": _all(one.vehicles for one in dossier.stops),
        "investigators": people_words(file.investigators),
        "officers": rows_people(file.facts.get("officers")) or people_words(file.investigators),
        "facts": _facts(dossier),
        "evidence": _evidence(dossier, lacking=False),
        "evidence_lacking": _evidence(dossier, lacking=True),
        "papers": tuple((str(count), *row) for count, row in enumerate(_papers(dossier), start=1)),
    }


def _evidence(dossier: Dossier, *, lacking: bool) -> tuple[str, ...]:
    """Return the evidence that there is, which alone proves anything, or that which could not be had."""
    held = ((what, state) for what, state in dossier.evidence if state.startswith(LACKING) is lacking)
    return chinese.numbered(f"{what}：{state}" for what, state in held)


def _all(said: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(one for one in said if one))


def _facts(dossier: Dossier) -> tuple[str, ...]:
    """Return what was found at each stop, as its record tells it; of what is not proven only that it was written down.

    A case into which others were merged has several stops.
    """
    told: list[str] = []
    for stop in dossier.stops:
        found = dict.fromkeys(_fact(fact.finding) for fact in _found_at(dossier, stop))
        if found:
            told += [*_head(dossier, stop), *chinese.numbered(found)]
    return (*(told or _head(dossier, dossier.stop)), *_as_one(dossier), *_load(dossier))


def _found_at(dossier: Dossier, stop: Stop) -> Iterable[Fact]:
    facts = (fact for group in dossier.standing for fact in group.facts)
    return (fact for fact in facts if dossier.further.get(fact.inspection, dossier.stop) is stop)


def _head(dossier: Dossier, stop: Stop) -> tuple[str, ...]:
    """Return when, where and on what somebody looked; nothing where nobody knows when."""
    at = moment_words(stop.at or (str(dossier.case.facts.get("found_at") or "") if stop is dossier.stop else ""))
    where = f"在{stop.site}" if stop.site else ""
    whom = f"对{stop.vehicles}进行检查" if stop.vehicles else "进行检查"
    what = "检查记录记载以下情形" if dossier.case.facts.get("no_penalty") == UNPROVEN else "发现以下情形"
    return (f"{at}，执法人员{where}{whom}，{what}：",) if at else ()


def _as_one(dossier: Dossier) -> Iterable[str]:
    """Yield which violations of several stops are one act, as somebody decided, and why."""
    for group in dossier.standing:
        if group.violation in dossier.as_one:
            title = group.title.get("zh") or group.violation
            why = unended(dossier.as_one[group.violation])
            yield f"经审查，上述各次检查发现的{title}属于同一违法行为，按一个违法行为处理（{why}）。"


def _load(dossier: Dossier) -> Iterable[str]:
    """Yield what the office has settled of the load, with what it rests on: the law depends on it."""
    if dossier.load:
        said = words.law_case({fact: (value,) for fact, value in dossier.load.items()}, words.say("zh_CN"))
        yield f"关于所载货物，经查：{said}。依据：{dossier.last('load_settled').data.get('reason') or ''}"


def _fact(finding: Mapping[str, Any]) -> str:
    text = str((finding.get("text") or {}).get("zh") or "")
    failed = str((finding.get("violation_title") or {}).get("zh") or "")
    note = str(finding.get("note") or "")
    said = text if finding.get("rule") or not failed or failed == text else f"{text}（{failed}）"
    return f"{said}。{note}" if note else f"{said}。"


def _papers(dossier: Dossier) -> Iterable[tuple[str, ...]]:
    """Yield title, number and day of each document of the file, in the order in which they came.

    A decision that was revoked stays in it, and is said to be revoked.
    """
    from server.documents.forms import FORMS

    for one in dossier.kept:
        revoked = one.status == "void" and one.kind in BY_EVENT_ALONE
        if one.status in ("issued", "past") or revoked:
            form = FORMS.get(one.kind)
            title = one.title or (form.title(dossier.issuer) if form else DOCUMENTS[one.kind].title)
            yield f"{title}（已撤销）" if revoked else title, one.number, day_words(one.at)


def law(dossier: Dossier) -> Values:
    """Return the duties that were broken, the clauses of penalties, and of measures."""
    return {
        "measure_basis": measure_words(dossier.definitions, dossier.groups, dossier.conduct_day, dossier.load),
        "duty_lines": chinese.numbered(penalties.duty_lines(dossier)),
        "range_lines": chinese.numbered(penalties.range_lines(dossier)),
    }


def money_of(dossier: Dossier) -> Values:
    """Return what is planned, decided, paid and owed."""
    facts = dossier.case.facts
    planned, decided = tuple(facts.get("planned") or ()), tuple(facts.get("penalties") or ())
    fine, taken = 100 * fine_of(decided), 100 * confiscated_of(decided)
    paid = sum(int(fen) for _day, fen in facts.get("payments") or ())
    return {
        "planned_lines": penalties.lines_of(dossier, planned, _PLANNED, _SPARING),
        "planned_total": penalties.total_words(planned),
        "decided_lines": penalties.lines_of(dossier, decided, _DECIDED, _SPARED),
        "decided_total": penalties.total_words(decided),
        "decided_words": penalties.words_of_all(decided),
        "proposed_words": "；".join(penalties.penalty_words(one) for one in facts.get("proposed") or planned),
        "fine": money(fine) if fine else "",
        "confiscated": money(taken) if taken else "",
        "to_pay": "1" if fine and not facts.get("cash") else "",
        "cash_taken": "1" if facts.get("cash") else "",
        "paid": money(paid),
        "payments": tuple((day_words(str(day)), _moved(int(fen))) for day, fen in facts.get("payments") or ()),
        "paid_some": "1" if paid else "",
        "overpaid": _overpaid(dossier),
        "owed_words": _owed(dossier) if sum_of(decided) else "",
        "hearing_offer": "yes" if _hears(dossier) else "no",
    }


def _moved(fen: int) -> str:
    return money(fen) if fen >= 0 else f"退还{money(-fen)}"


_PLANNED = "你（单位）{title}的行为，违反了{duty}的规定，依据{basis}的规定，本机关拟作出{penalty}的处罚决定。"
_DECIDED = "你（单位）{title}的行为，违反了{duty}的规定，依据{basis}的规定，决定给予{penalty}的行政处罚。"
_SPARING = "{whom}，{ground}（{reason}），本机关拟不予行政处罚。"
_SPARED = "{whom}，{ground}（{reason}），决定不予行政处罚。"


def ask_of(dossier: Dossier) -> Ask:
    """Return the case as guards see it, for what they work out."""
    return Ask(dossier.case, MOVES[0], {}, MACHINE, dossier.now, dossier.law)


def _overpaid(dossier: Dossier) -> str:
    """Return what was paid too much and must be given back."""
    back = owed_now(ask_of(dossier)).too_much
    return money(back) if back else ""


def _owed(dossier: Dossier) -> str:
    """Return each sum that is still to be paid, what was paid taken from the fine first, then from what was added."""
    owed = owed_now(ask_of(dossier))
    named = {"罚款": owed.fine_fen, "加处罚款": owed.surcharge_fen, "没收": owed.confiscated_fen}
    said, paid = [], owed.paid_fen
    for word, fen in named.items():
        left = max(0, fen - paid)
        paid = max(0, paid - fen)
        if left:
            said.append(f"{word}{money(left)}")
    return "，".join(said) + (f"，合计{money(owed.left)}" if len(said) > 1 else "")


def _hears(dossier: Dossier) -> bool:
    """Whether a hearing is offered: where it must be, and where the limit of it is not known."""
    planned = tuple(dossier.case.facts.get("planned") or ())
    ask = ask_of(dossier)
    kind = dossier.case.party.kind or "unit"
    unknown = dossier.law.hearing_from(ask.track, kind) is None and fine_of(planned) > 0
    return bool(dossier.case.facts.get("hearing_right")) or needs_hearing(ask) or unknown
