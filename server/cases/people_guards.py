"""Who may act: four eyes, two named investigators, competence. Each predicate yields what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from server.cases.asking import Ask, Missing
from server.cases.casefile import Actor, Investigator

Found = Iterator[Missing]

_JUDGING = (
    *("review_passed", "review_waived", "review_returned", "hearing_set", "hearing_held", "hearing_reviewed"),
    *("decide", "decide_no_penalty", "sent_back"),
)
"""What only somebody does who has not investigated."""


def competent(ask: Ask, _arg: str) -> Found:
    """Only the competent agency decides; who merely keeps the case hands it over."""
    if ask.case.agency != ask.case.keeper:
        yield Missing("not_competent", ask.case.agency)


def foreign(ask: Ask, _arg: str) -> Found:
    """Straight from `found` only what belongs to another agency is handed over."""
    if ask.case.agency == ask.case.keeper:
        yield Missing("accept_first")


def other_agency(ask: Ask, _arg: str) -> Found:
    """Nobody hands over to himself, nor to an agency that there is not."""
    to, known = ask.data.get("to"), ask.case.around.get("agencies")
    if to == ask.case.keeper:
        yield Missing("same_agency", ask.case.keeper)
    elif known is not None and to and to not in known:
        yield Missing("field_wrong", "to")


def from_competent(ask: Ask, _arg: str) -> Found:
    """Only somebody of the competent agency takes the keeping of its case."""
    if ask.case.agency == ask.case.keeper or ask.actor.agency != ask.case.agency:
        yield Missing("not_competent", ask.case.agency)


def not_did(ask: Ask, event: str) -> Found:
    """Four eyes: who proposed does not approve."""
    if ask.actor.login and ask.actor.login in ask.case.done.get(event, ()):
        yield Missing("four_eyes", event)


def not_did_side(ask: Ask, event: str) -> Found:
    """Four eyes on a side track: who asked for it or did it does not approve."""
    if ask.side is not None and ask.side.facts.get(f"by:{event}") == ask.actor.login:
        yield Missing("four_eyes", event)


def not_own_proof(ask: Ask, _arg: str) -> Found:
    """Who brought the proof in does not accept it."""
    if ask.side is not None and ask.side.facts.get("by:rectification_proof") == ask.actor.login:
        yield Missing("four_eyes", "rectification_proof")


def not_investigator(ask: Ask, _arg: str) -> Found:
    """Who ever investigated the case neither reviews, hears nor decides it (行政处罚法 58, 64)."""
    if any(is_same(ask.actor, one) for one in ask.case.investigated):
        yield Missing("four_eyes", "investigator")


def not_hearing_host(ask: Ask, _arg: str) -> Found:
    """Who held the hearing does not review it."""
    if ask.fact("host") == ask.actor.login:
        yield Missing("four_eyes", "hearing_set")


def not_issuing_officer(ask: Ask, _arg: str) -> Found:
    """A dispute is answered by somebody who neither found nor investigated the matter nor filed it.

    Who found it is who wrote in the sealed record, whatever any form says.
    """
    filed = ask.side is not None and ask.side.facts.get("by:dispute_filed") == ask.actor.login
    found = people(ask.case.around.get("found_by"))
    if filed or any(is_same(ask.actor, one) for one in (*ask.case.investigated, *_road(ask), *found)):
        yield Missing("four_eyes", "issuing_officer")


def not_reviewers(ask: Ask, _arg: str) -> Found:
    """Who reviewed, heard or decided the case does not come back as its investigator."""
    done = {login for event in _JUDGING for login in ask.case.done.get(event, ())} | {ask.fact("host")}
    for one in named(ask):
        if one.login and one.login in done:
            yield Missing("four_eyes", one.login)


def host_free(ask: Ask, _arg: str) -> Found:
    """The host of a hearing has not investigated the case (64(4))."""
    host = Actor(str(ask.data.get("host") or ""), str(ask.data.get("host_name") or ""))
    if any(is_same(host, one) for one in ask.case.investigated):
        yield Missing("host_investigated", host.login)


def two_officers(ask: Ask, _arg: str) -> Found:
    """Two at least, each with name and card (处罚法 42; 违法程序规定 7)."""
    yield from _two(people(ask.data.get("officers")), "two_officers")


def two_investigators(ask: Ask, _arg: str) -> Found:
    """Two investigators at least, each with name and card (处罚法 42)."""
    yield from _two(named(ask) or ask.case.investigators, "two_investigators")


def named(ask: Ask) -> tuple[Investigator, ...]:
    """Return the investigators that the event names, else those proposed before."""
    return people(ask.data.get("investigators")) or people(ask.fact("proposed_investigators"))


def people(rows: Any) -> tuple[Investigator, ...]:
    """Return people from what was said."""
    held: Iterable[Mapping[str, Any]] = rows or ()
    return tuple(Investigator(*(str(one.get(key) or "").strip() for key in ("login", "name", "card"))) for one in held)


def is_same(actor: Actor, one: Investigator) -> bool:
    """Whether somebody is an investigator: by login where both have one, else by name. Unknown is not somebody else."""
    if one.login and actor.login:
        return one.login == actor.login
    return bool(one.name) and one.name == actor.name


def _road(ask: Ask) -> tuple[Investigator, ...]:
    return people(ask.fact("officers"))


def _two(given: tuple[Investigator, ...], code: str) -> Found:
    if len({one.card for one in given if one.card and one.name}) < 2:
        yield Missing(code)
    for one in given:
        if not one.card:
            yield Missing("card_missing", one.name)


GUARDS = {
    "competent": competent,
    "foreign": foreign,
    "other_agency": other_agency,
    "from_competent": from_competent,
    "not_did": not_did,
    "not_did_side": not_did_side,
    "not_own_proof": not_own_proof,
    "not_investigator": not_investigator,
    "not_hearing_host": not_hearing_host,
    "not_issuing_officer": not_issuing_officer,
    "not_reviewers": not_reviewers,
    "host_free": host_free,
    "two_officers": two_officers,
    "two_investigators": two_investigators,
}
"""Name → predicate."""
