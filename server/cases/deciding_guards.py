"""Notice, hearing, decision: what the party is owed before anything is decided, and within which amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.cases.asking import Ask, Missing
from server.cases.casefile import MACHINE, Clock
from server.cases.ends import begins_at, day_text
from server.cases.fields import NONE, SAME_ACT
from server.cases.file_guards import several_stops
from server.cases.money import fine_of

Found = Iterator[Missing]

HEARD_WHATEVER = ("confiscation", "suspension", "revocation", "closure", "downgrade")
"""Penalties for which a hearing is offered whatever the fine; of a confiscation the amount that makes it large is not
known here, so it is always offered (行政处罚法 63)."""

WEIGHT = {
    NONE: -1,
    "warning": 0,
    "fine": 1,
    "confiscation": 2,
    "suspension": 3,
    "downgrade": 4,
    "closure": 5,
    "revocation": 6,
}

ON_THE_SPOT = ("fine", "warning", NONE)
"""What may be decided on the spot (行政处罚法 51)."""

ANSWERS = ("hearing_request", "statement")
"""The terms within which the party may answer a notice."""


def simple_allowed(ask: Ask, _arg: str) -> Found:
    """Decided on the spot only what the law allows there, up to its amount (行政处罚法 51; 道交法 107)."""
    for one in ask.case.violations:
        if one.simple == "no":
            yield Missing("not_simple", one.code)
    for row in _penalties(ask):
        if row.get("kind") not in ON_THE_SPOT:
            yield Missing("not_simple", str(row.get("violation")))
    limit = ask.law.simple_up_to(ask.track, _party_kind(ask))
    amount = ask.data.get("amount_cny")
    if len(ask.case.violations) > 1 and not _penalties(ask):
        yield from (Missing("violation_unanswered", one.code) for one in ask.case.violations)
    elif _penalties(ask) and amount != fine_of(_penalties(ask)):
        yield Missing("field_wrong", "amount_cny")
    if limit is not None and isinstance(amount, int) and amount > limit:
        yield Missing("simple_too_much", str(limit))
    if ask.actor.role != MACHINE.role:  # which records what was given on the road already
        yield from several_stops(ask)
        alone = [{"violation": one.code, "kind": "fine", "amount_cny": amount} for one in ask.case.violations if amount]
        fines = [one for one in _penalties(ask) or alone if one.get("kind") == "fine"]
        yield from _fined_again(ask, {str(one["violation"]) for one in fines})
        yield from _outside(ask, fines)


def for_own_violations(ask: Ask, _arg: str) -> Found:
    """A penalty names a violation of this case, and each violation has one fine at most."""
    codes, fined = {one.code for one in ask.case.violations}, [*_fined(ask)]
    for one in _penalties(ask):
        if one.get("violation") not in codes:
            yield Missing("violation_foreign", str(one.get("violation")))
    for code in sorted({one for one in fined if fined.count(one) > 1}):
        yield Missing("fined_twice", code)


def all_answered(ask: Ask, _arg: str) -> Found:
    """Each violation of the case is penalised, or said to get no penalty with its ground; none passes in silence.

    What cannot be settled with the others is split off (另案处理). A case that gives no penalty at all is decided so.
    """
    rows = _penalties(ask)
    told = [str(one.get("violation")) for one in rows]
    for held in ask.case.violations:
        if rows and held.code not in told:
            yield Missing("violation_unanswered", held.code)
    spared = [str(one.get("violation")) for one in rows if one.get("kind") == NONE]
    for code in spared:
        if told.count(code) > 1:
            yield Missing("answered_twice", code)
    if rows and len(spared) == len(rows):
        yield Missing("nothing_imposed")
    yield from _same_acts(ask)


def _same_acts(ask: Ask) -> Found:
    """That an act is fined under another violation is so: here, or in another case."""
    rows, fined = _penalties(ask), set(_fined(ask))
    elsewhere = {str(one) for one in ask.case.around.get("fined_elsewhere") or ()}
    pairs = [set(pair) for pair in ask.case.around.get("same_acts") or ()]
    for code in (str(one.get("violation")) for one in rows if one.get("ground") == SAME_ACT):
        here = any(code in pair and pair & (fined - {code}) for pair in pairs)
        if not here and code not in elsewhere:
            yield Missing("not_same_act", code)


def amounts_in_range(ask: Ask, _arg: str) -> Found:
    """A fine lies within a verified range; below it only with a reason (减轻, 行政处罚法 32), above it never."""
    held = {one.code: one for one in ask.case.violations}
    for one in _penalties(ask):
        violation, amount = held.get(str(one.get("violation"))), one.get("amount_cny")
        if violation is None or one.get("kind") == NONE:
            continue
        if violation.answers and ask.case.party.role not in violation.answers:
            yield Missing("answers_other", violation.code)
        if not violation.verified:
            yield Missing("law_unverified", violation.code)
        elif one.get("kind") == "fine" and isinstance(amount, int):
            yield from _amount(ask, violation.code, violation.ranges, amount)


def _amount(ask: Ask, code: str, ranges: tuple[tuple[int | None, int | None], ...], amount: int) -> Found:
    tops = [top for _low, top in ranges if top is not None]
    if not tops:
        yield Missing("range_unknown", code)
    elif amount > max(tops):
        yield Missing("amount_above", f"{code} {max(tops)}")
    elif not _is_within(ranges, amount) and not ask.data.get("reason"):
        yield Missing("amount_outside", f"{code} {_told(ranges)}")


def _outside(ask: Ask, fines: list[Mapping[str, Any]]) -> Found:
    """Yield what was fined on the spot outside every verified amount, and nobody says why."""
    ranges = {one.code: one.ranges for one in ask.case.violations if one.verified and one.ranges}
    for one in () if ask.data.get("reason") else fines:
        held, amount = ranges.get(str(one["violation"])), one["amount_cny"]
        if held and isinstance(amount, int) and not _is_within(held, amount):
            yield Missing("amount_outside", f"{one['violation']} {_told(held)}")


def _is_within(ranges: tuple[tuple[int | None, int | None], ...], amount: int) -> bool:
    return any((low or 0) <= amount <= top for low, top in ranges if top is not None)


def _told(ranges: tuple[tuple[int | None, int | None], ...]) -> str:
    return ", ".join(f"{low or 0}-{top}" for low, top in ranges if top is not None)


def planned(ask: Ask, _arg: str) -> Found:
    """A notice says what is planned."""
    if not ask.fact("planned"):
        yield Missing("penalty_not_planned")


def hearing_right_told(ask: Ask, _arg: str) -> Found:
    """A hearing is offered where the law asks for it; where its limit is not known, a person says why not."""
    if ask.data.get("hearing_right") is True:
        return
    if needs_hearing(ask):
        yield Missing("hearing_right_missing")
    elif _limit_unknown(ask) and not ask.data.get("reason"):
        yield Missing("hearing_limit_unknown")


def notice_complete(ask: Ask, _arg: str) -> Found:
    """A notice that offers no hearing is not issued where one must be offered."""
    no = dict(ask.data.get("says") or {}).get("hearing") == "no"
    if ask.data.get("kind") == "notice" and no and needs_hearing(ask):
        yield Missing("hearing_right_missing")


def as_noticed(ask: Ask, _arg: str) -> Found:
    """What is said of the party's rights is what its notice says: a hearing that it offers, the day that it names."""
    said = dict(ask.fact("notice_says") or {})
    if said.get("hearing") and (said["hearing"] == "yes") is not (ask.data.get("hearing_right") is True):
        yield Missing("notice_says_other", "hearing_right")
    if said.get("until") and said["until"] != ask.data.get("statement_until"):
        yield Missing("notice_says_other", f"statement_until {said['until']}")


def needs_hearing(ask: Ask) -> bool:
    """Whether a hearing must be offered for what is planned."""
    rows = ask.data.get("penalties") or ask.fact("planned") or ()
    limit = ask.law.hearing_from(ask.track, _party_kind(ask))
    by_kind = any(one.get("kind") in HEARD_WHATEVER for one in rows)
    return by_kind or (limit is not None and fine_of(rows) >= limit)


def _limit_unknown(ask: Ask) -> bool:
    rows = ask.data.get("penalties") or ask.fact("planned") or ()
    return ask.law.hearing_from(ask.track, _party_kind(ask)) is None and fine_of(rows) > 0


def answer_term(ask: Ask, _arg: str) -> Found:
    """The notice says until when the party may answer: by the term of the hearing, or by a day."""
    until = ask.data.get("statement_until")
    if ask.data.get("hearing_right") is not True and not until:
        yield Missing("field_missing", "statement_until")
    if until and ask.data.get("served_at") and str(until) <= day_text(str(ask.data["served_at"])):
        yield Missing("too_early", "statement_until")


def answer_over(ask: Ask, _arg: str) -> Found:
    """Nothing is decided before the party's terms have run or it gave them up in writing (行政处罚法 62)."""
    if ask.data.get("waiver") or ask.fact("waiver"):
        return
    for clock in answer_clocks(ask.case.open_clocks):
        if not ask.is_over(clock):
            yield Missing("not_yet", f"{clock.rule} {clock.due}".strip())


def answer_clocks(clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """Return the clocks within which the party may answer."""
    return tuple(one for one in clocks if one.rule in ANSWERS)


def statement_open(ask: Ask, _arg: str) -> Found:
    """An answer belongs to a statement."""
    if not ask.fact("statement_open"):
        yield Missing("no_statement")


def statements_answered(ask: Ask, _arg: str) -> Found:
    """What the party said is looked at before anything goes on (行政处罚法 45)."""
    if ask.fact("statement_open"):
        yield Missing("statement_unanswered")


def hearing_was_offered(ask: Ask, _arg: str) -> Found:
    """A hearing is asked for where it was offered, and once."""
    if not ask.fact("hearing_right") or ask.fact("hearing_held_at"):
        yield Missing("no_hearing_right")


def request_in_time(ask: Ask, _arg: str) -> Found:
    """A request comes within the term, or somebody says why it is taken all the same."""
    held, said = [one for one in ask.case.clocks if one.rule == "hearing_request"], ask.data.get("requested_at")
    clock = held[-1] if held else None  # one that came in time may be written down after the term
    late = clock is not None and clock.due_at and said and begins_at(str(said)) >= clock.due_at
    if late and not ask.data.get("late_reason"):
        yield Missing("too_late", "hearing_request")


def hearing_far_enough(ask: Ask, _arg: str) -> Found:
    """A hearing lies so far ahead that the party can be told in time."""
    said = ask.data.get("hearing_at")
    if said and begins_at(str(said)) <= ask.at:
        yield Missing("too_early", "hearing_at")


def hearing_was_set(ask: Ask, _arg: str) -> Found:
    """There is a time and a place of which to tell."""
    if not ask.fact("hearing_at"):
        yield Missing("hearing_not_set")


def notice_early_enough(ask: Ask, _arg: str) -> Found:
    """The party knows of the hearing seven working days before (行政处罚法 64)."""
    clock, said = ask.clock("hearing_notice"), ask.data.get("served_at")
    if clock is not None and clock.due_at and said and begins_at(str(said)) >= clock.due_at:
        yield Missing("too_late", f"hearing_notice {clock.due}")


def hearing_was_told(ask: Ask, _arg: str) -> Found:
    """A hearing of which the party was not told was none."""
    if not ask.fact("hearing_told_at"):
        yield Missing("hearing_not_told")
    held, set_ = ask.data.get("held_at"), ask.fact("hearing_at")
    if held and set_ and day_text(str(held)) < day_text(str(set_)):
        yield Missing("too_early", "held_at")


def drop_proven(ask: Ask, _arg: str) -> Found:
    """That the party withdrew is shown; that it stayed away, only where it was told."""
    if ask.data.get("dropped") == "withdrawn" and not (ask.data.get("proof") or ask.data.get("proof_reason")):
        yield Missing("proof_missing")
    if ask.data.get("dropped") in ("absent", "left"):
        if not ask.fact("hearing_told_at"):
            yield Missing("hearing_not_told")
        set_ = ask.fact("hearing_at")
        if not set_ or begins_at(str(set_)) > ask.at:
            yield Missing("not_yet", f"hearing {ask.fact('hearing_at') or ''}".strip())


def hearing_considered(ask: Ask, _arg: str) -> Found:
    """After a hearing its report and a legal review of it come before the decision (行政处罚法 58, 65)."""
    if ask.fact("hearing_held_at"):
        if not ask.case.has("hearing_report"):
            yield Missing("paper_missing", "hearing_report")
        if not ask.fact("hearing_reviewed"):
            yield Missing("hearing_unreviewed")


def discussed(ask: Ask, _arg: str) -> Found:
    """What is grave or complex the heads decide together (行政处罚法 57)."""
    if ask.fact("grounds") and not ask.fact("collective"):
        yield Missing("not_discussed")


def not_heavier(ask: Ask, _arg: str) -> Found:
    """Nothing heavier than the party was told of; that would need a new notice (行政处罚法 44, 45)."""
    yield from _heavier(ask, ask.fact("planned") or (), "heavier")


def not_heavier_on_appeal(ask: Ask, _arg: str) -> Found:
    """A review or a suit makes nothing heavier (行政复议法 63, 行政诉讼法 77), or it is said why it may.

    It may where a third party asked for the opposite. A further appeal is not compared: what it restores was decided.
    """
    appeal = ask.side.facts.get("appeal") if ask.side is not None else ""
    if appeal in ("review", "suit") and not ask.data.get("reason"):
        yield from _heavier(ask, ask.fact("penalties") or (), "heavier_on_appeal")


def _heavier(ask: Ask, told: Any, code: str) -> Found:
    if fine_of(_penalties(ask)) > fine_of(told):
        yield Missing(code, str(fine_of(told)))
    for violation in sorted({str(one["violation"]) for one in _penalties(ask)}):
        if _is_heavier(_kinds(_penalties(ask), violation), _kinds(told, violation)):
            yield Missing(code, violation)


def _is_heavier(now: Mapping[str, int], told: Mapping[str, int]) -> bool:
    """Whether one violation gets a heavier kind, one kind more, or more of a kind than was told."""
    weights = [max((WEIGHT.get(kind, 9) for kind in kinds), default=-1) for kinds in (now, told)]
    more = any(amount > told[kind] for kind, amount in now.items() if kind in told)
    return weights[0] > weights[1] or more or (len(now) > len(told) and not now.keys() <= told.keys())


def _kinds(rows: Any, code: str) -> dict[str, int]:
    """Return the kinds of penalty for a violation with their amounts in yuan."""
    found: dict[str, int] = {}
    for one in rows:
        if one.get("violation") == code and one.get("kind") != NONE:
            kind = str(one.get("kind"))
            found[kind] = found.get(kind, 0) + int(one.get("amount_cny") or 0)
    return found


def sisters_decided(ask: Ask, _arg: str) -> Found:
    """One act is not fined twice: where another case fined the same act, this one gives no fine (行政处罚法 29)."""
    yield from _fined_again(ask, set(_fined(ask)))


def _fined_again(ask: Ask, fined: set[str]) -> Found:
    same = {str(one) for one in ask.case.around.get("fined_elsewhere") or ()}
    for code in sorted(fined & same):
        yield Missing("fined_elsewhere", code)
    for one, other in ask.case.around.get("same_acts") or ():
        if {one, other} <= fined:
            yield Missing("fined_twice", f"{one} {other}")


def in_time(ask: Ask, _arg: str) -> Found:
    """A decision after its time says why (行政处罚法 60)."""
    for rule in ("decision", "decision_extended"):
        clock = ask.clock(rule)
        if clock is not None and ask.is_over(clock) and not ask.data.get("late_reason"):
            yield Missing("too_late", f"{rule} {clock.due}")


def later_than_decision(ask: Ask, _arg: str) -> Found:
    """An extension ends after what it extends, and while that still runs."""
    held = ask.clock("decision") or ask.clock("decision_extended")
    if held is None:
        yield Missing("no_clock", "decision")
    elif ask.is_over(held):
        yield Missing("too_late", f"{held.rule} {held.due}")
    elif ask.data.get("until") and str(ask.data["until"]) <= held.due:
        yield Missing("too_early", "until")


def was_told(ask: Ask, _arg: str) -> Found:
    """Before a police decision the person is told by record of facts, grounds and rights (违法程序规定 48)."""
    if not ask.fact("told_at"):
        yield Missing("not_told")


def _penalties(ask: Ask) -> tuple[Mapping[str, Any], ...]:
    return tuple(ask.data.get("penalties") or ())


def _fined(ask: Ask) -> Iterator[str]:
    return (str(one.get("violation")) for one in _penalties(ask) if one.get("kind") == "fine")


def _party_kind(ask: Ask) -> str:
    return ask.case.party.kind or ("person" if ask.case.party.role in ("driver", "person", "owner") else "unit")


GUARDS = {
    "simple_allowed": simple_allowed,
    "for_own_violations": for_own_violations,
    "all_answered": all_answered,
    "amounts_in_range": amounts_in_range,
    "notice_complete": notice_complete,
    "as_noticed": as_noticed,
    "planned": planned,
    "hearing_right_told": hearing_right_told,
    "answer_term": answer_term,
    "answer_over": answer_over,
    "statement_open": statement_open,
    "statements_answered": statements_answered,
    "hearing_was_offered": hearing_was_offered,
    "request_in_time": request_in_time,
    "hearing_far_enough": hearing_far_enough,
    "hearing_was_set": hearing_was_set,
    "notice_early_enough": notice_early_enough,
    "hearing_was_told": hearing_was_told,
    "drop_proven": drop_proven,
    "hearing_considered": hearing_considered,
    "discussed": discussed,
    "not_heavier": not_heavier,
    "not_heavier_on_appeal": not_heavier_on_appeal,
    "sisters_decided": sisters_decided,
    "in_time": in_time,
    "later_than_decision": later_than_decision,
    "was_told": was_told,
}
"""Name → predicate."""
