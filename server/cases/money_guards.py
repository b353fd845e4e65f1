"""Service, payment, enforcement, ends: what must be so before a case goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from server.cases.asking import Ask, Missing
from server.cases.clockwork import PAY_BY, REMEDIES
from server.cases.ends import begins_at, day_in, day_text
from server.cases.fields import SECOND
from server.cases.file_guards import TO_SERVE
from server.cases.money import Owed, confiscated_of, fine_of, owed, sum_of

Found = Iterator[Missing]

CARRIED_OUT = ("confiscation", "suspension", "downgrade", "closure", "revocation")
"""Penalties that somebody says were carried out: no receipt of money does."""


def load_free(ask: Ask, _arg: str) -> Found:
    """The police detain a vehicle, never its load (违法程序规定 28)."""
    if ask.track == "P" and ask.data.get("object") in ("load", "goods"):
        yield Missing("load_not_detained")


def electronic_consent(ask: Ask, _arg: str) -> Found:
    """Electronic service needs the party's signed consent (行政处罚法 61)."""
    if ask.data.get("method") == "electronic" and not ask.case.party.electronic:
        yield Missing("consent_missing")


def public_notice_over(ask: Ask, _arg: str) -> Found:
    """A public notice counts as service only after its days, and of no document that was made anew since it began."""
    if ask.data.get("method") != "public_notice":
        return
    clock, kind = ask.clock("public_notice"), TO_SERVE.get(ask.case.state)
    made = max((day_text(one.issued_at) for one in ask.case.papers if one.kind == kind and one.issued_at), default="")
    if clock is None or day_text(clock.started) < made:
        yield Missing("no_clock", "public_notice")
    elif not ask.is_over(clock):
        yield Missing("not_yet", f"public_notice {clock.due}".strip())
    elif ask.data.get("served_at") and day_text(str(ask.data["served_at"])) < clock.due:
        yield Missing("too_early", "served_at")


def over(ask: Ask, rule: str) -> Found:
    """A term has run."""
    clock = ask.clock(rule)
    if clock is None:
        yield Missing("no_clock", rule)
    elif not ask.is_over(clock):
        yield Missing("not_yet", f"{rule} {clock.due}".strip())


def side_over(ask: Ask, rule: str) -> Found:
    """A term of the side track has run."""
    held = [one for one in ask.case.open_clocks if one.side == ask.data.get("side") and rule in (one.rule, one.term)]
    if held and not ask.is_over(held[0]):
        yield Missing("not_yet", f"{rule} {held[0].due}".strip())


def payment_over(ask: Ask, _arg: str) -> Found:
    """Payment is demanded after the time to pay, also after that which was granted later."""
    yield from _run_out(ask, PAY_BY)


def _run_out(ask: Ask, rules: Iterable[str]) -> Found:
    for clock in (one for one in ask.case.open_clocks if one.rule in rules):
        if not ask.is_over(clock):
            yield Missing("not_yet", f"{clock.rule} {clock.due}".strip())


def fined(ask: Ask, _arg: str) -> Found:
    """There is money to be paid."""
    if not sum_of(_standing(ask)):
        yield Missing("no_fine")


def not_fined(ask: Ask, _arg: str) -> Found:
    """There is no money to be paid."""
    if sum_of(ask.fact("penalties") or ()):
        yield Missing("fine_owed")


def nothing_owed(ask: Ask, _arg: str) -> Found:
    """Fine, surcharge and what was confiscated are paid."""
    left = owed_now(ask).left
    if left:
        yield Missing("owed", str(left))


def owed_now(ask: Ask) -> Owed:
    """Return what the party owes today."""
    held = [one for one in ask.case.clocks if one.rule in PAY_BY and one.due and one.ended_by != "decision_revoked"]
    granted = [(day_text(one.started), day_text(one.due)) for one in held if one.rule == "instalments"]
    first = [day_text(one.due) for one in held if one.rule == "payment"] or [last for _day, last in granted]
    waived = "" if ask.fact("surcharge_waived") else max(first, default="")
    payments = [(day_text(str(day)), int(fen)) for day, fen in ask.fact("payments") or ()]
    decided = _standing(ask)
    idle = (*_appealed(ask), *granted)
    return owed(fine_of(decided), waived, day_text(ask.at), payments, idle, confiscated_of(decided))


def _standing(ask: Ask) -> tuple[Mapping[str, Any], ...]:
    """Return the penalties of a decision that stands: neither the office nor an appeal body revoked it."""
    stands = ask.fact("in_force") is not False and ask.fact("appeal_end") != "revoked"
    return tuple(ask.fact("penalties") or ()) if stands else ()


def _appealed(ask: Ask) -> Iterator[tuple[str, str]]:
    """Yield the days of reviews and suits; a suit ends with the time to appeal where nobody does."""
    ends = [one.due for one in ask.case.clocks if one.rule == "suit_appeal"]
    pending = any(one.state == "filed" for one in ask.case.appeals)
    final = "" if pending or not ends else ends[-1]
    return ((str(begun), str(end or final)) for begun, end in ask.fact("appeal_spans") or ())


def goes_on(ask: Ask, _arg: str) -> Found:
    """What was seized stays away where a decision confiscates, or goes along with a case that is handed over.

    For anything else the seizure is lifted (行政强制法 27, 28).
    """
    taken = any(one.get("kind") == "confiscation" for one in _standing(ask))
    sent = ask.case.state == "suspended" or ask.fact("handed_to")
    if not (taken or sent):
        yield Missing("not_taken")


def others_done(ask: Ask, _arg: str) -> Found:
    """What is no money was carried out too: the goods are taken, the licence is here, the doors are closed."""
    if not (ask.fact("carried_out") or ask.fact("enforcement_ended")):
        yield from (Missing("not_carried_out", kind) for kind in beside_money(_standing(ask)))


def beside_money(penalties: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the kinds of penalties that no payment carries out, each once."""
    kinds = (str(one.get("kind")) for one in penalties if not one.get("amount_cny"))
    return tuple(dict.fromkeys(kind for kind in kinds if kind in CARRIED_OUT))


def given_back(ask: Ask, _arg: str) -> Found:
    """What was paid beyond what is owed, or on a decision that was revoked, was given back."""
    if owed_now(ask).too_much:
        yield Missing("overpaid", str(owed_now(ask).too_much))


def overpaid(ask: Ask, _arg: str) -> Found:
    """Only what was paid too much is given back."""
    back, said = owed_now(ask).too_much, ask.data.get("amount_fen")
    if not back or (isinstance(said, int) and not 0 < said <= back):
        yield Missing("not_overpaid", str(back))


def settled(ask: Ask, _arg: str) -> Found:
    """The money is paid, or its enforcement has ended with a reason."""
    if not ask.fact("enforcement_ended"):
        yield from nothing_owed(ask, "")


def cash_was_taken(ask: Ask, _arg: str) -> Found:
    """Cash is handed in where it was taken."""
    if not ask.fact("cash"):
        yield Missing("no_cash")


def cash_in(ask: Ask, _arg: str) -> Found:
    """Cash that was taken on the road has reached the bank (行政处罚法 71)."""
    if ask.fact("cash") and not ask.fact("cash_in"):
        yield Missing("cash_not_in")


def instalments_were_asked(ask: Ask, _arg: str) -> Found:
    """Later payment is granted where the party asked for it (行政处罚法 66)."""
    if not ask.fact("instalments_asked"):
        yield Missing("not_asked")


def plan_fits(ask: Ask, _arg: str) -> Found:
    """Each instalment has a day and a sum, the days follow one another up to the last, and all are what is owed.

    What is added to the fine may be left out of the plan.
    """
    if ask.data.get("until") and str(ask.data["until"]) < day_text(ask.at):
        yield Missing("too_early", "until")
    days, rows = [], tuple(ask.data.get("plan") or ())
    for number, one in enumerate(rows, start=1):
        day, fen = day_in(str(one.get("by") or "")), one.get("amount_fen")
        if day is None or not isinstance(fen, int) or fen <= 0:
            yield Missing("field_wrong", f"plan.{number}")
            return
        days.append(day.isoformat())
    if days and (days != sorted(days) or days[-1] != ask.data.get("until")):
        yield Missing("field_wrong", "plan.by")
    debt = owed_now(ask)
    if days and not debt.left - debt.surcharge_fen <= sum(int(one["amount_fen"]) for one in rows) <= debt.left:
        yield Missing("plan_sum", str(debt.left))


def no_appeal(ask: Ask, _arg: str) -> Found:
    """No court is asked while the decision is under appeal, nor for one that the appeal body revoked."""
    yield from revoked_appeals(ask, "")
    for one in ask.case.appeals:
        if one.state == "filed":
            yield Missing("appeal_pending", one.id)


def remedies_over(ask: Ask, _arg: str) -> Found:
    """The court is asked only after the party's terms for review and suit, also that after a review (行政强制法 53)."""
    yield from _run_out(ask, REMEDIES)


def paper_in_time(ask: Ask, _arg: str) -> Found:
    """A demand says that the time to pay has run out, an application to the court that nobody appealed in time."""
    if ask.data.get("kind") in ("demand", "instalment_notice"):
        yield from revoked_appeals(ask, "")
    if ask.data.get("kind") == "demand":
        yield from payment_over(ask, "")
    if ask.data.get("kind") == "court_application":
        yield from no_appeal(ask, "")
        yield from _run_out(ask, ("demand_wait", *REMEDIES))


def court_window(ask: Ask, _arg: str) -> Found:
    """The court is asked within three months; where nobody knows the window, with a reason."""
    clock = ask.clock("court_application") or ask.clock("after_appeal")
    said = str(ask.data.get("applied_at") or ask.at)
    if clock is not None and clock.due_at and begins_at(said) >= clock.due_at:
        yield Missing("too_late", f"{clock.rule} {clock.due}")
    elif (clock is None or not clock.due_at) and not ask.data.get("reason"):
        yield Missing("window_unknown")


def judgment_open(ask: Ask, _arg: str) -> Found:
    """A second instance follows a judgment of the first that is not final."""
    if ask.data.get("appeal") != SECOND:
        return
    ended = (one.facts for one in ask.case.appeals if one.state in ("upheld", "changed", "revoked"))
    suits = [facts for facts in ended if facts.get("appeal") == "suit"]
    if not any(not one.get("final") for one in suits):
        yield Missing("no_judgment")


def decision_in_force(ask: Ask, _arg: str) -> Found:
    """There is a decision."""
    if not ask.fact("in_force"):
        yield Missing("no_decision")


def no_decision_in_force(ask: Ask, _arg: str) -> Found:
    """A case with a decision in force is not taken up again: the decision is revoked first."""
    if ask.fact("in_force"):
        yield Missing("decision_stands")


def revoked_appeals(ask: Ask, _arg: str) -> Found:
    """A decision that the appeal body revoked or changed is not closed as it was."""
    if ask.fact("appeal_end") == "revoked" and ask.fact("in_force"):
        yield Missing("decision_stands")


def publication_gone(ask: Ask, _arg: str) -> Found:
    """A published decision that was revoked is taken back from the public (行政处罚法 48)."""
    if ask.clock("withdraw_publication") is not None:
        yield Missing("clock_open", "withdraw_publication")


def receipt_first(ask: Ask, _arg: str) -> Found:
    """A result without a receipt says why there is none."""
    if not ask.fact("receipt_at") and not ask.data.get("reason"):
        yield Missing("receipt_missing")


def asked_for_supplement(ask: Ask, _arg: str) -> Found:
    """An answer belongs to a question."""
    if ask.clock("supplement") is None:
        yield Missing("no_supplement")


def no_supplement(ask: Ask, _arg: str) -> Found:
    """Nothing that was asked back from the team is outstanding."""
    if ask.clock("supplement") is not None:
        yield Missing("supplement_open")


def crime_was_suspected(ask: Ask, _arg: str) -> Found:
    """A transfer follows a report."""
    if not ask.fact("crime"):
        yield Missing("no_suspicion")


def extended_in_time(ask: Ask, _arg: str) -> Found:
    """A measure is extended before it ends (行政强制法 25)."""
    clock = ask.clock("seizure", str(ask.data.get("side") or ""))
    if clock is not None and ask.is_over(clock):
        yield Missing("too_late", f"seizure {clock.due}")


def seizure_runs(ask: Ask, _arg: str) -> Found:
    """Something is sent out while it is seized, and not before."""
    side, said = str(ask.data.get("side") or ""), ask.data.get("at")
    clock = ask.clock("seizure", side) or ask.clock("seizure_extension", side)
    if clock is not None and ask.is_over(clock):
        yield Missing("too_late", f"{clock.rule} {clock.due}")
    held = [one.started for one in ask.case.clocks if one.rule == "seizure" and one.side == side]
    if held and said and day_text(str(said)) < day_text(held[0]):
        yield Missing("too_early", "at")


def appraisal_is_out(ask: Ask, _arg: str) -> Found:
    """What comes back was sent."""
    if ask.side is not None and not ask.side.facts.get("appraisal"):
        yield Missing("no_appraisal")


def appraisal_is_back(ask: Ask, _arg: str) -> Found:
    """A measure is not extended while its term stands still: the days of the appraisal would be lost."""
    if ask.side is not None and ask.side.facts.get("appraisal"):
        yield Missing("appraisal_out")


def owner_known(ask: Ask, _arg: str) -> Found:
    """The new owner is somebody of the agency who handles cases; the store knows who that is."""
    known = ask.case.around.get("handlers")
    if known is not None and ask.data.get("owner") not in known:
        yield Missing("owner_unknown", str(ask.data.get("owner") or ""))


def merge_target(ask: Ask, _arg: str) -> Found:
    """A case goes into another open one of the same keeper and party; the store knows which are."""
    known = ask.case.around.get("merge_targets")
    into = ask.data.get("into")
    if into == ask.case.id or (known is not None and into not in known):
        yield Missing("merge_target_wrong", str(into or ""))


def not_merged(ask: Ask, _arg: str) -> Found:
    """What went into another case, or back to the agency that it came from, is taken up there."""
    taken_back = ask.fact("source") == "handover" and "" in ask.case.done.get("discard", ())
    if ask.fact("merged_into"):
        yield Missing("merged", str(ask.fact("merged_into")))
    elif taken_back or ask.case.done.get("return_handover"):
        yield Missing("returned")


def clock_without_end(ask: Ask, _arg: str) -> Found:
    """A person says an end only where nobody can count it."""
    clock = ask.clock(str(ask.data.get("clock") or ""), str(ask.data.get("side") or ""))
    if clock is None or (clock.due_at and clock.sure != "manual"):
        yield Missing("no_clock", str(ask.data.get("clock") or ""))


def came_by_handover(ask: Ask, _arg: str) -> Found:
    """Only what another agency handed over goes back to it."""
    if ask.fact("source") != "handover":
        yield Missing("no_handover")


def not_taken_there(ask: Ask, _arg: str) -> Found:
    """What the other agency works on already comes back only from there."""
    if ask.case.around.get("taken_there"):
        yield Missing("taken_there")


GUARDS = {
    "clock_without_end": clock_without_end,
    "came_by_handover": came_by_handover,
    "not_taken_there": not_taken_there,
    "load_free": load_free,
    "electronic_consent": electronic_consent,
    "public_notice_over": public_notice_over,
    "over": over,
    "side_over": side_over,
    "payment_over": payment_over,
    "fined": fined,
    "not_fined": not_fined,
    "nothing_owed": nothing_owed,
    "given_back": given_back,
    "goes_on": goes_on,
    "others_done": others_done,
    "overpaid": overpaid,
    "judgment_open": judgment_open,
    "settled": settled,
    "cash_was_taken": cash_was_taken,
    "cash_in": cash_in,
    "instalments_were_asked": instalments_were_asked,
    "plan_fits": plan_fits,
    "no_appeal": no_appeal,
    "remedies_over": remedies_over,
    "paper_in_time": paper_in_time,
    "court_window": court_window,
    "decision_in_force": decision_in_force,
    "no_decision_in_force": no_decision_in_force,
    "revoked_appeals": revoked_appeals,
    "publication_gone": publication_gone,
    "receipt_first": receipt_first,
    "asked_for_supplement": asked_for_supplement,
    "no_supplement": no_supplement,
    "crime_was_suspected": crime_was_suspected,
    "extended_in_time": extended_in_time,
    "appraisal_is_out": appraisal_is_out,
    "appraisal_is_back": appraisal_is_back,
    "seizure_runs": seizure_runs,
    "owner_known": owner_known,
    "merge_target": merge_target,
    "not_merged": not_merged,
}
"""Name → predicate."""
