"""What the file must hold: party, violations, evidence, documents, dates with their proof."""

from __future__ import annotations

from collections.abc import Iterator

from server.cases.asking import Ask, Missing
from server.cases.documents import BY_EVENT_ALONE, DOCUMENTS, may_issue
from server.cases.ends import begins_at, day_text
from server.cases.states import finished

Found = Iterator[Missing]

QUESTIONS = 9
"""Questions of the form of the legal review (重大行政执法决定法制审核表); each is answered."""

PARTY_FIELDS = ("role", "name", "number", "kind", "address", "phone", "electronic", "unknown")


def party_settled(ask: Ask, _arg: str) -> Found:
    """Somebody answers, or a clerk says that nobody knows who."""
    if not (ask.case.party.name or ask.data.get("party_unknown")):
        yield Missing("party_missing", "name")


def party_named(ask: Ask, _arg: str) -> Found:
    """The party by name, number and kind: who it is decides what may be done."""
    for name in ("name", "number", "kind"):
        if not getattr(ask.case.party, name):
            yield Missing("party_missing", name)


def party_readable(ask: Ask, _arg: str) -> Found:
    """Only the fields of a party, each of its kind."""
    for name, value in dict(ask.data.get("party") or {}).items():
        flag = name in ("electronic", "unknown")
        if name not in PARTY_FIELDS or not isinstance(value, bool if flag else str):
            yield Missing("field_wrong", f"party.{name}")
        elif name == "kind" and value not in ("person", "unit", ""):
            yield Missing("field_wrong", "party.kind")


def same_party(ask: Ask, _arg: str) -> Found:
    """Another is not put in the place of who was decided on or told: a new name or a number alone is a correction."""
    held, told = ask.case.party, dict(ask.data.get("party") or {})
    another = all(getattr(held, name) and told.get(name, getattr(held, name)) != getattr(held, name) for name in _WHO)
    if another and ask.fact("in_force"):
        yield Missing("decision_stands", held.name)
    elif another and (ask.fact("told_at") or ask.case.has("notice")):
        yield Missing("another_told", held.name)


_WHO = ("name", "number")


def address_known(ask: Ask, _arg: str) -> Found:
    """Without number and address nothing can be served."""
    for name in ("number", "address"):
        if not getattr(ask.case.party, name):
            yield Missing("party_missing", name)


def has_violation(ask: Ask, _arg: str) -> Found:
    """No case without a violation."""
    if not ask.case.violations:
        yield Missing("no_violation")


def links_decided(ask: Ask, _arg: str) -> Found:
    """Violations that may be one act are decided on before anything is fined (行政处罚法 29)."""
    for one, other in ask.case.links:
        yield Missing("link_undecided", f"{one} {other}")
    yield from several_stops(ask)


def several_stops(ask: Ask) -> Found:
    """Yield each violation of several stops of which nobody has decided that it is one act.

    Where it is an act of its own at each of them, each has a case of its own.
    """
    for code, verdict in dict(ask.case.around.get("repeated") or {}).items():
        if verdict != "same":
            yield Missing("several_acts", code) if verdict else Missing("link_undecided", f"{code} {code}")


def evidence_complete(ask: Ask, _arg: str) -> Found:
    """Each violation has all evidence of its kind, or it is written down why it cannot be had."""
    for one in ask.case.violations:
        for kind in one.missing:
            yield Missing("evidence_missing", f"{one.code} {kind}")


def evidence_readable(ask: Ask, _arg: str) -> Found:
    """Each row names violation and kind, and a file, an entry, or why it cannot be had."""
    codes = {one.code for one in ask.case.violations} | {""}
    for number, row in enumerate(ask.data.get("evidence") or (), start=1):
        if not row.get("kind") or row.get("violation", "") not in codes:
            yield Missing("field_wrong", f"evidence.{number}")
        elif not (row.get("file") or row.get("entry") or row.get("not_obtainable")):
            yield Missing("evidence_empty", f"{number}")


def party_heard(ask: Ask, _arg: str) -> Found:
    """The party was interviewed or stated the case, refused, or could not be reached."""
    if not ask.fact("heard"):
        yield Missing("party_not_heard")


def minor_enough(ask: Ask, _arg: str) -> Found:
    """What is grave is not minor; what is of the middle, a leader says who does not own the case (行政处罚法 33)."""
    for one in ask.case.violations:
        if one.severity == "I":
            yield Missing("too_grave", one.code)
    grave = any(one.severity != "III" for one in ask.case.violations)
    if grave and (ask.actor.role != "leader" or ask.actor.login == ask.case.owner):
        yield Missing("leader_needed")


def nine_answers(ask: Ask, _arg: str) -> Found:
    """All questions of the review are answered."""
    if len(ask.data.get("answers") or ()) != QUESTIONS:
        yield Missing("answers_missing", str(QUESTIONS))


def review_free(ask: Ask, _arg: str) -> Found:
    """The review is waived only where none of the four grounds of 行政处罚法 58 was named."""
    for ground in ask.fact("grounds") or ():
        yield Missing("review_mandatory", ground)


def issued(ask: Ask, kind: str) -> Found:
    """A document stands, and nothing is done with it before the day on which the last of its kind was made."""
    if not ask.case.has(kind):
        yield Missing("paper_missing", kind)
    made = [one.issued_at for one in ask.case.papers if one.kind == kind and one.status == "issued"]
    yield from _earlier_than(ask, _day(max(made, default="")), kind)


def paper_to_serve(ask: Ask, _arg: str) -> Found:
    """Before the decision and after it there is a document whose service is tried."""
    if ask.case.state in TO_SERVE:
        yield from issued(ask, TO_SERVE[ask.case.state])


TO_SERVE = {"notice_draft": "notice", "hearing": "hearing_notice", "executing": "demand"}
"""State → the document of which service is tried; in others it is the decision."""


def document_allowed(ask: Ask, _arg: str) -> Found:
    """A document comes into being in its states, and where it is overdue; some only with their event."""
    kind = str(ask.data.get("kind") or "")
    due = ask.case.state != "archived" and any(one.kind == kind for one in ask.case.papers_due)
    if kind not in DOCUMENTS:
        yield Missing("paper_unknown", kind)
    elif kind in BY_EVENT_ALONE:
        yield Missing("paper_by_event", kind)
    elif not (due or may_issue(kind, ask.case.state)):
        yield Missing("paper_not_now", kind)
    if ask.data.get("side") and ask.side is None:
        yield Missing("side_unknown", str(ask.data["side"]))


def law_verified(ask: Ask, _arg: str) -> Found:
    """A document that names a clause nobody has verified stays a draft."""
    for row in ask.data.get("law") or ():
        if row.get("verified") is not True:
            yield Missing("law_unverified", " ".join(str(row.get(key) or "") for key in ("law", "clause")).strip())


def paper_not_twice(ask: Ask, _arg: str) -> Found:
    """A numbered document is issued once, unless it fell due again or was voided."""
    kind, side = str(ask.data.get("kind") or ""), str(ask.data.get("side") or "")
    same = [one for one in ask.case.papers if one.kind == kind and one.side == side]
    stands = any(one.status == "issued" for one in same) and not any(one.status == "due" for one in same)
    if stands and kind in ONCE:
        yield Missing("paper_exists", kind)


ONCE = (
    *("notice", "simple_decision", "handover_letter", "measure_decision", "revocation", "crime_transfer"),
    *("demand", "court_application", "instalment_notice"),
)
"""Documents of which a second one would contradict the first."""


def paper_stands(ask: Ask, _arg: str) -> Found:
    """What is voided was issued; a decision is not voided but revoked."""
    held = [one for one in ask.case.papers if one.id == ask.data.get("paper") and one.status == "issued"]
    if not held:
        yield Missing("paper_missing", str(ask.data.get("paper")))
    for one in held:
        if one.kind in BY_EVENT_ALONE:
            yield Missing("paper_by_event", one.kind)


def paper_given(ask: Ask, _arg: str) -> Found:
    """What is served was issued before that, and is not void."""
    given = [one for one in ask.case.papers if one.id == ask.data.get("paper") and one.status in ("issued", "past")]
    if not given:
        yield Missing("paper_missing", str(ask.data.get("paper")))
    for one in given:
        yield from _earlier_than(ask, _day(one.issued_at), one.kind)


def paper_is_due(ask: Ask, _arg: str) -> Found:
    """What is waived is due."""
    kind, side = ask.data.get("kind"), ask.data.get("side") or ""
    if not any(one.kind == kind and one.side == side for one in ask.case.papers_due):
        yield Missing("paper_not_due", str(kind))


def papers_done(ask: Ask, _arg: str) -> Found:
    """Every document that fell due was issued or waived."""
    for one in ask.case.papers_due:
        yield Missing("paper_due", one.kind)


def sides_finished(ask: Ask, _arg: str) -> Found:
    """Every side track is over."""
    for one in ask.case.sides:
        if not finished(one.kind, one.state):
            yield Missing("side_open", f"{one.kind} {one.id}")


def measures_lifted(ask: Ask, _arg: str) -> Found:
    """Nothing stays seized or registered in a case that ends without a decision."""
    for one in ask.case.sides:
        if one.kind in ("measure", "registration") and not finished(one.kind, one.state):
            yield Missing("side_open", f"{one.kind} {one.id}")


def corrections_kept(ask: Ask, _arg: str) -> Found:
    """Nothing is called corrected while an order to correct waits or was not followed (行政处罚法 33)."""
    for one in ask.case.sides:
        if one.kind == "rectification" and not finished(one.kind, one.state):
            yield Missing("side_open", f"{one.kind} {one.id}")
        elif one.kind == "rectification" and one.state == "not_done":
            yield Missing("not_so", "corrected")


def past(ask: Ask, name: str) -> Found:
    """What is written down as done has happened."""
    said = ask.data.get(name)
    if said and begins_at(str(said)) > ask.at:
        yield Missing("in_future", name)


def not_before(ask: Ask, fact: str) -> Found:
    """Nothing is served before it was decided, and no answer comes before the question."""
    yield from _earlier_than(ask, str(ask.fact(fact) or ""), fact)


def received_later(ask: Ask, _arg: str) -> Found:
    """Nobody receives a decision before it was made."""
    made, received = ask.data.get("at"), ask.data.get("received_at")
    if made and received and _earlier(str(received), str(made)):
        yield Missing("earlier_than", f"at {made}")


def _day(at: str) -> str:
    """Return the day of a paper: the minute in which it was made counts for nothing."""
    return day_text(at) if at else ""


def _earlier_than(ask: Ask, before: str, what: str) -> Found:
    """Yield what is told as done before it could be."""
    moments = [str(ask.data[name]) for name in ask.move.needs if _is_moment(name) and ask.data.get(name)]
    if before and any(_earlier(one, before) for one in moments):
        yield Missing("earlier_than", f"{what} {before}")


def _is_moment(name: str) -> bool:
    return name == "at" or name.endswith("_at")


def after_begun(ask: Ask, _arg: str) -> Found:
    """What was never begun does not end: no appeal before it was filed, no seizure before it was made."""
    facts = ask.side.facts if ask.side is not None else {}
    begun = str(facts.get("at") or facts.get("served_at") or "")
    yield from _earlier_than(ask, begun, ask.side.kind if ask.side is not None else "")


def _earlier(one: str, other: str) -> bool:
    """Whether a moment lies before another; of two of which one is a day, the days are compared."""
    days = len(one) == len("2026-11-28") or len(other) == len("2026-11-28")
    return day_text(one) < day_text(other) if days else begins_at(one) < begins_at(other)


def date_proof(ask: Ask, _arg: str) -> Found:
    """A date that somebody types has a scanned proof, or a reason why there is none."""
    if not (ask.data.get("proof") or ask.data.get("proof_reason")):
        yield Missing("proof_missing")


def true(ask: Ask, name: str) -> Found:
    """Something must be so, not merely be answered."""
    if ask.data.get(name) is not True:
        yield Missing("not_so", name)


def two_violations(ask: Ask, _arg: str) -> Found:
    """A link is between two violations, one of them in this case, or of one that was found at several stops."""
    codes = set(ask.data.get("violations") or ())
    several = codes <= set(ask.case.around.get("repeated") or ())
    if not (len(codes) == 2 or (len(codes) == 1 and several)) or not {one.code for one in ask.case.violations} & codes:
        yield Missing("field_wrong", "violations")


def load_open(ask: Ask, _arg: str) -> Found:
    """Only a fact on which the law of a violation here depends is settled, with a value that it may have."""
    allowed = {fact: values for one in ask.case.violations for fact, values in one.hangs_on.items()}
    if not allowed:
        yield Missing("load_settles_nothing")
    for fact, value in dict(ask.data.get("load") or {}).items():
        if value not in allowed.get(fact, ()):
            yield Missing("field_wrong", f"load.{fact}")


def some_but_not_all(ask: Ask, _arg: str) -> Found:
    """A part is split off, and something stays."""
    keys, held = set(ask.data.get("keys") or ()), {key for one in ask.case.violations for key in one.keys}
    if not keys <= held or not held - keys:
        yield Missing("field_wrong", "keys")


GUARDS = {
    "party_settled": party_settled,
    "party_named": party_named,
    "party_readable": party_readable,
    "same_party": same_party,
    "address_known": address_known,
    "has_violation": has_violation,
    "links_decided": links_decided,
    "evidence_complete": evidence_complete,
    "evidence_readable": evidence_readable,
    "party_heard": party_heard,
    "minor_enough": minor_enough,
    "nine_answers": nine_answers,
    "review_free": review_free,
    "issued": issued,
    "paper_to_serve": paper_to_serve,
    "document_allowed": document_allowed,
    "law_verified": law_verified,
    "paper_not_twice": paper_not_twice,
    "paper_stands": paper_stands,
    "paper_given": paper_given,
    "paper_is_due": paper_is_due,
    "papers_done": papers_done,
    "sides_finished": sides_finished,
    "measures_lifted": measures_lifted,
    "corrections_kept": corrections_kept,
    "past": past,
    "after_begun": after_begun,
    "not_before": not_before,
    "received_later": received_later,
    "date_proof": date_proof,
    "true": true,
    "two_violations": two_violations,
    "load_open": load_open,
    "some_but_not_all": some_but_not_all,
}
"""Name → predicate."""
