"""The one primary button, the other moves in groups, and why somebody may not do what others may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from server.cases.asking import Ask, Missing
from server.cases.casefile import Actor, CaseFile
from server.cases.documents import BY_EVENT_ALONE, DOCUMENTS, may_issue
from server.cases.machine import MOVES, NEW, Prospect, prospects
from server.cases.moves import Move
from server.cases.rules import CaseLaw
from server.cases.words import EVENTS
from server.console.cases import ahead
from server.console.cases.idle import is_idle
from server.console.cases.telling import Teller, Told


def _(words: str) -> str:
    return words


GROUPS: Mapping[str, str] = {
    "on": _("Go on"),
    "file": _("The file"),
    "back": _("Send back"),
    "papers": _("Documents"),
    "side": _("Side tracks"),
    "end": _("End"),
}
"""Group of moves → its words, in the order of the menu."""

_BACK = (
    *("return_for_supplement", "return_for_supplement_case", "supplement_withdrawn", "review_returned", "sent_back"),
    *("heavier_than_noticed", "opening_refused", "refused_back", "taken_back", "justice_returned", "not_clear"),
    "reopen",
)
_END = (
    *("discard", "return_handover", "hand_over", "no_penalty_minor", "merge", "result_in", "withdraw", "court_refused"),
    *("decide_no_penalty", "transfer_crime", "decide_to_justice", "decision_revoked", "execution_ended", "close"),
    *("archive", "justice_kept"),
)
_FILE = (
    *("note", "party_corrected", "link_decided", "evidence_added", "load_settled", "split", "re_assign", "clock_set"),
    *("keeper_changed", "investigators_named"),
)
_PAPERS = ("document_issued", "document_voided", "document_waived")

GROUP: Mapping[str, str] = {
    **{move.event: "on" if move.track == "main" else "side" for move in MOVES},
    **dict.fromkeys(_BACK, "back"),
    **dict.fromkeys(_END, "end"),
    **dict.fromkeys(_FILE, "file"),
    **dict.fromkeys(_PAPERS, "papers"),
}
"""Event → its group."""

CURES: Mapping[str, str] = {"not_yet": "waiver"}
"""Code → a field that lifts it: what is not allowed yet is where the party gave up its time in writing."""


@dataclass(frozen=True)
class Button:
    """A move that somebody may try: where its form is, and what is in its way (`told`), if anything is."""

    event: str
    words: str
    group: str
    side: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    told: Sequence[Told] = ()
    curable: bool = False
    suffix: str = ""

    @property
    def blocked(self) -> bool:
        """Whether something must be done before."""
        return bool(self.told)


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: the next step of the main line, the roles that take it, and of which agency."""

    event: str
    words: str
    roles: tuple[str, ...]
    agency: str
    mine: bool


@dataclass(frozen=True)
class Denied:
    """A step of this state that somebody may not take, and who may."""

    words: str
    event: str
    roles: tuple[str, ...]
    agency: str


@dataclass(frozen=True)
class Steps:
    """All that may be done: the primary button (None where nothing is for this visitor), the menu, whose turn it is."""

    primary: Button | None
    turn: Turn | None
    menu: Sequence[tuple[str, str, Sequence[Button]]]
    sides: Mapping[str, Sequence[Button]]
    begin: Sequence[Button]
    denied: Sequence[Denied]
    may: frozenset[str]


def steps_of(case: CaseFile, actor: Actor, now: datetime, law: CaseLaw, teller: Teller) -> Steps:
    """Return what somebody may do in a case."""
    open_ = [one for one in prospects(case, actor, now, law) if not is_idle(one.move.event, case, actor)]
    buttons = [_button(one, teller) for one in open_]
    main = [one for one in buttons if not one.side]
    may = frozenset(one.event for one in main)
    ask = Ask(case, MOVES[0], {}, actor, now, law)
    primary = _primary(ask, {one.move.event: one for one in open_ if not one.side}, may, teller)
    rest = [one for one in main if primary is None or one.event != primary.event or _is_paper(one)]
    menu = [
        (group, words, held)
        for group, words in GROUPS.items()
        if (held := sorted((one for one in rest if one.group == group), key=lambda one: one.blocked))
    ]
    sides: dict[str, list[Button]] = {}
    for one in buttons:
        if one.side:
            sides.setdefault(one.side, []).append(one)
    begin = [one for one in main if one.group == "side"]
    denied = [one for one in _denied(case, actor, may) if not is_idle(one.event, case, actor)]
    return Steps(primary, _turn(ask, may), menu, sides, begin, denied, may)


def _is_paper(one: Button) -> bool:
    return one.event == "document_issued"


def _button(one: Prospect, teller: Teller, query: Mapping[str, str] | None = None) -> Button:
    event = one.move.event
    told = tuple(teller.told(each, event) for each in one.blocked)
    return Button(event, EVENTS[event], GROUP[event], one.side, query or {}, told, _curable(one.move, one.blocked))


def _curable(move: Move, missing: Iterable[Missing]) -> bool:
    """Whether a field of the form lifts all that is in the way."""
    held = list(missing)
    return bool(held) and all(CURES.get(one.code) in move.takes for one in held)


def _primary(ask: Ask, open_: Mapping[str, Prospect], may: frozenset[str], teller: Teller) -> Button | None:
    """Return the next step of the main line for this visitor: the first that is not blocked, else the first, grey.

    Where a document is what is missing, and he may issue it, that is the next step.
    """
    mine = [(one, open_[one.event]) for one in ahead.due(ask) if one.event in open_]
    free = next(((one, held) for one, held in mine if not held.blocked), None)
    chosen = free or (mine[0] if mine else None)
    if free is None and "document_issued" in may and ask.actor.role in ("handler", "officer"):
        paper = _paper(ask, chosen[1].blocked if chosen else _next_blocked(ask))
        if paper:
            query = {"kind": paper, **({"side": side} if (side := side_of_paper(ask.case, paper)) else {})}
            return replace(_button(open_["document_issued"], teller, query), suffix=DOCUMENTS[paper].title)
    return _button(chosen[1], teller, chosen[0].query) if chosen else None


def _next_blocked(ask: Ask) -> tuple[Missing, ...]:
    """Return what is in the way of the next step of the main line, whosever it is."""
    first = next(ahead.due(ask), None)
    move = ahead.move_of(ask, first.event) if first else None
    return ahead.blocked(replace(ask, move=move)) if move else ()


def _paper(ask: Ask, missing: Iterable[Missing]) -> str:
    """Return the first document that is missing and may be issued now."""
    for one in missing:
        if one.code in ("paper_missing", "paper_due") and one.detail not in BY_EVENT_ALONE:
            due = any(paper.kind == one.detail for paper in ask.case.papers_due)
            if due or may_issue(one.detail, ask.case.state):
                return one.detail
    return ""


def side_of_paper(case: CaseFile, kind: str) -> str:
    """Return the side track for which a document of that kind is due, empty where one of the case itself is."""
    due = [one.side for one in case.papers_due if one.kind == kind]
    return "" if not due or "" in due else due[0]


def _turn(ask: Ask, may: frozenset[str]) -> Turn | None:
    first = next(ahead.due(ask), None)
    move = ahead.move_of(ask, first.event) if first else None
    if first is None or move is None:
        return None
    roles = tuple(one for one in move.roles if one not in ("machine", "carrier"))
    return Turn(first.event, EVENTS[first.event], roles, ask.case.keeper, first.event in may)


def _denied(case: CaseFile, actor: Actor, may: frozenset[str]) -> list[Denied]:
    """Return the steps that stand open in this state and are not this visitor's, each once."""
    found: dict[str, Denied] = {}
    for move in MOVES:
        here = move.track == "main" and case.state in move.at
        begins = move.track != "main" and move.at == (NEW,) and case.state in move.beside
        fits = move.agency in ("", case.agency)
        people = tuple(one for one in move.roles if one not in ("machine", "carrier"))
        if (here or begins) and fits and people and move.event not in may:
            found.setdefault(move.event, Denied(EVENTS[move.event], move.event, people, case.keeper))
    return list(found.values())
