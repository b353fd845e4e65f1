"""The machine: a case and an event give the case after it, or everything that is missing. Pure.

`advance` is the one function that moves a case. What it returns says besides what the store has to do: which documents
get a number, which tasks go to the teams, which other cases hear of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from server.cases import clockwork, guards, keeping
from server.cases.asking import Ask, Missing
from server.cases.casefile import Actor, CaseFile, Paper, Side
from server.cases.documents import BY_EVENT_ALONE, OVERTAKEN, ROUND_ENDS
from server.cases.fields import FIELDS, faults
from server.cases.main_moves import MAIN_MOVES
from server.cases.moves import Move
from server.cases.rules import CaseLaw
from server.cases.side_moves import SIDE_MOVES

MOVES: tuple[Move, ...] = (*MAIN_MOVES, *SIDE_MOVES)
"""Every move that there is."""

EVENTS: tuple[str, ...] = tuple(dict.fromkeys(one.event for one in MOVES))
"""Every event, in the order of the work."""

MADE_ON_THE_ROAD = ("correction_order",)
"""Documents that the tablet makes too: where the event names that paper's number, the document is waived with it."""

EVERYWHERE = ("machine", "carrier", "supervisor", "law_admin")
"""Roles that are of no agency, or act for all of them, where a move names them at all."""

DECISIONS = ("decision", "no_penalty_decision", "simple_decision")
"""Documents that a revocation makes void."""

NEW = "new"
"""The state of a case, or of a side track, before it begins."""


@dataclass(frozen=True)
class Refusal:
    """Why an event did not happen: everything that is missing at once. The case is as it was."""

    event: str
    missing: tuple[Missing, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone."""
        return tuple(one.code for one in self.missing)


@dataclass(frozen=True)
class Step:
    """What an event did. `numbered` are documents (by kind) that get a number, `task` a kind of task for the teams."""

    event: str
    move: Move
    actor: Actor
    at: str
    data: Mapping[str, Any]
    before: CaseFile
    after: CaseFile
    side: str = ""
    issued: tuple[Paper, ...] = ()
    task: str = ""


@dataclass(frozen=True)
class Prospect:
    """A move that somebody may try, on which side track, and what blocks it already."""

    move: Move
    side: str
    blocked: tuple[Missing, ...]


def advance(
    case: CaseFile,
    event: str,
    data: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    law: CaseLaw,
    fresh: str = "",
) -> Step | Refusal:
    """Return the step that an event is, or the refusal that says all that is missing.

    `fresh` is the id for a side track that begins or a document that is made.
    """
    move, why = _chosen(case, event, data)
    if move is None:
        return Refusal(event, why)
    ask = Ask(case, move, data, actor, now, law, fresh)
    told = tuple(_told(ask))
    held = (*guards.missing(_readable(ask, told)), *clockwork.left_open(ask))
    missing = tuple(dict.fromkeys((*_allowed(ask), *told, *held)))
    if missing:
        return Refusal(event, missing)
    return _step(ask)


def possible(case: CaseFile, actor: Actor) -> tuple[Move, ...]:
    """Return the moves that somebody may try now, by state, role and agency; guards are not asked."""
    return tuple(
        move
        for move in MOVES
        if _stands(case, move) and not tuple(_entitled(case, move, actor)) and _fits_track(case, move)
    )


def prospects(case: CaseFile, actor: Actor, now: datetime, law: CaseLaw) -> tuple[Prospect, ...]:
    """Return what somebody may try now with what stands in the way before anything is said: buttons and why not.

    A side track's move stands once for each track that it fits, with its id.
    """
    found = []
    for move in possible(case, actor):
        for side in _tracks(case, move):
            ask = Ask(case, move, {"side": side} if side else {}, actor, now, law)
            blocked = (*guards.missing(ask, before=True), *clockwork.left_open(ask))
            found.append(Prospect(move, side, tuple(dict.fromkeys(blocked))))
    return tuple(found)


def _tracks(case: CaseFile, move: Move) -> tuple[str, ...]:
    if move.track == "main" or move.at == (NEW,):
        return ("",)
    return tuple(one.id for one in case.sides if one.kind == move.track and one.state in move.at)


def _chosen(case: CaseFile, event: str, data: Mapping[str, Any]) -> tuple[Move | None, tuple[Missing, ...]]:
    """Return the move of an event in the state of the case, or why there is none."""
    named = [one for one in MOVES if one.event == event]
    if not named:
        return None, (Missing("event_unknown", event),)
    fitting = [one for one in named if _fits_track(case, one)]
    if not fitting:
        return None, (Missing("other_track", case.agency),)
    if fitting[0].track != "main" and fitting[0].at != (NEW,) and case.side(str(data.get("side") or "")) is None:
        return None, (Missing("side_unknown", str(data.get("side") or "")),)
    for move in fitting:
        if _stands(case, move, str(data.get("side") or "")):
            return move, ()
    return None, (Missing("not_in_state", case.state),)


def _fits_track(case: CaseFile, move: Move) -> bool:
    return not move.agency or move.agency == case.agency


def _stands(case: CaseFile, move: Move, side: str = "") -> bool:
    """Whether the case, or the side track, is in a state from which the move goes. Without a side any will do."""
    if move.when and not guards.CHOICES[move.when](case):
        return False
    if move.track == "main":
        return case.state in move.at
    if case.state not in move.beside:
        return False
    if move.at == (NEW,):
        return True
    held = (case.side(side),) if side else case.sides
    return any(one is not None and one.kind == move.track and one.state in move.at for one in held)


def _allowed(ask: Ask) -> Iterator[Missing]:
    yield from _entitled(ask.case, ask.move, ask.actor)


def _entitled(case: CaseFile, move: Move, actor: Actor) -> Iterator[Missing]:
    """Rule over all states: the role allows it, and the case is worked on by the actor's agency."""
    if actor.role not in move.roles:
        yield Missing("role", " ".join(move.roles))
    agencies = {case.keeper} | ({case.agency, str(case.facts.get("handed_to") or "")} if move.of == "either" else set())
    if actor.role not in EVERYWHERE and actor.agency not in agencies:
        yield Missing("agency", case.keeper)


def _told(ask: Ask) -> Iterable[Missing]:
    """The fields of the event, with those that every move may carry."""
    return (Missing(*fault) for fault in faults(ask.move.needs, ask.move.takes, ask.data))


def _readable(ask: Ask, told: Iterable[Missing]) -> Ask:
    """Return what was asked without what is not of its kind: guards compare days, and look into rows and names."""
    wrong = {one.detail for one in told if one.code == "field_wrong" and one.detail in FIELDS}
    past_use = {name for name in wrong if FIELDS[name].kind in LOOKED_INTO}
    return replace(ask, data={name: one for name, one in ask.data.items() if name not in past_use}) if past_use else ask


LOOKED_INTO = ("day", "moment", "people", "penalties", "party", "codes", "facts", "says", "rows")
"""Kinds of fields of which guards take it that they are what they should be."""


def _step(ask: Ask) -> Step:
    side = ask.side.id if ask.side else ask.fresh if ask.move.track != "main" or ask.move.opens else ""
    case = keeping.changed(ask)
    case = replace(case, state=ask.target, version=case.version + 1, done=_done(ask))
    case = replace(case, sides=_sides(ask, side), papers=_papers(ask, side))
    case = clockwork.turned(ask, case, side)
    issued = tuple(one for one in case.papers if one.id and one.id == ask.fresh and one.status == "issued")
    return Step(ask.event, ask.move, ask.actor, ask.at, ask.data, ask.case, case, side, issued, ask.move.task)


def _done(ask: Ask) -> Mapping[str, tuple[str, ...]]:
    before = ask.case.done.get(ask.event, ())
    return {**ask.case.done, ask.event: (*before, ask.actor.login)}


def _sides(ask: Ask, side: str) -> tuple[Side, ...]:
    """Return the side tracks after the event."""
    move, held = ask.move, ask.side
    if move.opens:
        facts = _side_facts(ask, {})
        return (*ask.case.sides, Side(side, "measure", move.opens, facts))
    if move.track == "main":
        return ask.case.sides
    if held is None:
        return (*ask.case.sides, Side(side, move.track, move.to, _side_facts(ask, {})))
    now = replace(held, state=move.to or held.state, facts=_side_facts(ask, held.facts))
    return tuple(now if one.id == held.id else one for one in ask.case.sides)


_OWN_TIME = ("at", "what")
_BESIDE = ("appraisal_ordered", "appraisal_back", "vehicle_delivered", "measure_lifted", "measure_disposed")
"""Events whose time and things are their own, and not those of the measure beside which they stand."""


def _side_facts(ask: Ask, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a side track remembers: what was said last by each name, and who did what."""
    own = _OWN_TIME if ask.event in _BESIDE else ()
    told = {name: value for name, value in ask.data.items() if name not in ("side", *own) and value is not None}
    facts = {**before, **told, f"by:{ask.event}": ask.actor.login}
    if ask.event == "appeal_filed":
        facts["decision"] = ask.case.decisions
    if ask.event == "appraisal_ordered":
        facts["appraisal"] = True
    if ask.event == "appraisal_back":
        facts["appraisal"] = False
    return facts


def _papers(ask: Ask, side: str) -> tuple[Paper, ...]:
    """Return the documents after the event: those that fall due, and those that came into being."""
    past = ROUND_ENDS.get(ask.event, ())
    papers = [
        replace(one, status="past") if one.kind in past and one.status == "issued" else one for one in ask.case.papers
    ]
    papers = [_overtaken(one, ask, side) for one in papers]
    if ask.event == "document_issued":
        papers = _issue(papers, str(ask.data["kind"]), str(ask.data.get("side") or ""), ask)
    elif ask.event == "document_voided":
        papers = _void(papers, ask)
    elif ask.event == "document_waived":
        kind, of = str(ask.data["kind"]), str(ask.data.get("side") or "")
        papers = _first(papers, kind, of, {"status": "waived", "reason": str(ask.data["reason"])})
    elif ask.event == "decision_revoked":
        papers = [_revoked(one, ask) for one in papers]
    for kind in ask.move.issues:
        papers = _issue(papers, kind, "", ask)
    of = side if ask.move.track != "main" or ask.move.opens else ""
    for kind in ask.move.papers:
        if kind in MADE_ON_THE_ROAD and ask.data.get("paper_number"):
            made = f"现场已开具 {ask.data['paper_number']}"
            papers.append(Paper(kind, "waived", ask.event, side=of, reason=made))
            continue
        if not any(one.kind == kind and one.side == of and one.status == "due" for one in papers):
            papers.append(Paper(kind, "due", ask.event, side=of))
    return tuple(papers)


def _issue(papers: list[Paper], kind: str, side: str, ask: Ask) -> list[Paper]:
    """Return the documents with one more of that kind issued: in the place of the one that was due, if it was."""
    changes = {"status": "issued", "id": ask.fresh, "issued_at": ask.at}
    if any(one.kind == kind and one.side == side and one.status == "due" for one in papers):
        return _first(papers, kind, side, changes)
    return [*papers, Paper(kind, "issued", ask.event, side=side, id=ask.fresh, issued_at=ask.at)]


def _overtaken(paper: Paper, ask: Ask, side: str) -> Paper:
    """Return a document that is due as waived, where the event takes back what it would announce."""
    of = side if ask.move.track != "main" else paper.side
    if paper.status != "due" or paper.side != of or paper.kind not in OVERTAKEN.get(ask.event, ()):
        return paper
    return replace(paper, status="waived", reason=str(ask.data.get("reason") or ask.data.get("text") or ask.event))


def _revoked(paper: Paper, ask: Ask) -> Paper:
    stands = paper.kind in DECISIONS and paper.status == "issued"
    return replace(paper, status="void", reason=str(ask.data["reason"])) if stands else paper


def _void(papers: list[Paper], ask: Ask) -> list[Paper]:
    """Return the documents with one void; what an event had asked for falls due again."""
    held = next(one for one in papers if one.id == ask.data["paper"])
    gone = [replace(one, status="void", reason=str(ask.data["reason"])) if one is held else one for one in papers]
    asked_for = held.by_event != "document_issued" and held.kind not in BY_EVENT_ALONE
    return [*gone, Paper(held.kind, "due", held.by_event, side=held.side)] if asked_for else gone


def _first(papers: list[Paper], kind: str, side: str, changes: Mapping[str, Any]) -> list[Paper]:
    index = next(
        number for number, one in enumerate(papers) if one.kind == kind and one.side == side and one.status == "due"
    )
    return [*papers[:index], replace(papers[index], **changes), *papers[index + 1 :]]
