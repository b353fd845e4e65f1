"""The list of cases as it is drawn: heads with counts, rows with what comes due, kept lists, the pages beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checklists.definitions.definition import Definitions
from checklists.wire import instant
from server import clock
from server.cases.casefile import CaseFile
from server.cases.clockwork import is_overdue, needs_a_day, pending
from server.cases.escalation import LEADER, SUPERVISOR, level_of
from server.cases.rules import CaseLaw
from server.console import findings
from server.console.cases.clockbar import Hand, hands
from server.console.findings import Text
from server.console.knowledge import Knowledge
from server.console.visitor import Visitor
from server.console.worklist.filters import NOBODY, Filters, address_of
from server.console.worklist.lines import Line, lines
from server.rights import may
from server.store import case_filters, case_law, case_lists, case_rows
from server.store.case_lists import Wanted
from server.store.counted import Counted
from server.store.models import Case

PAGE = 50


def _(words: str) -> str:
    return words


HEADS: Mapping[str, str] = {
    "mine": _("mine"),
    "mine_overdue": _("mine, late"),
    "approve": _("to approve"),
    "decide": _("to decide"),
    "review": _("to review"),
    "hearing": _("hearings"),
    "escalated": _("escalated"),
    "overdue": _("overdue"),
    "nobody": _("no owner"),
    "soon": _("in 3 days"),
    "answer": _("no answer yet"),
    "law": _("no day set"),
    "elsewhere": _("elsewhere"),
    "open": _("all open"),
}
"""Head → its words."""

LEVELS: Mapping[str, str] = {
    LEADER: _("overdue so long that the leader answers for it"),
    SUPERVISOR: _("overdue so long that the supervisor answers for it"),
}
FIRST: Mapping[str, str] = {"handler": "mine", "officer": "mine", "reviewer": "review"}
"""Role → the head whose list it sees first; others see everything that is open."""

WORKERS = ("handler", "officer", "leader")
ASSIGNERS = may("assign")
"""Roles that may give cases to another handler."""


@dataclass(frozen=True)
class Head:
    """A count above the list, and the list that it counts."""

    name: str
    words: str
    count: Counted
    address: str
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One line: the case, and what comes due until when.

    `level` is who answers for what is overdue, empty where that is the owner; `by_hand`: there is an end that a person
    must still say. `ready`: a wait is over, and the office may act.
    """

    line: Line
    hand: Hand | None
    ready: bool
    level: str
    by_hand: bool


@dataclass(frozen=True)
class Worklist:
    """All that the template draws; `ended` is False where the list was looked through in part."""

    rows: Sequence[Row]
    ended: bool
    filters: Filters
    heads: Sequence[Head]
    total: Counted
    next: str
    previous: str
    agencies: Mapping[str, Text]
    owners: Sequence[tuple[str, str, str]]
    kept: Sequence[tuple[str, str, bool]]
    violation: Text
    assigns: bool

    def handlers(self, lang: str, *, nobody: bool = False) -> list[tuple[str, str]]:
        """Return who may own a case as (login, name), with the agency where there are several."""
        key = "en" if lang == "en" else "zh"
        beside = {code: f" · {text.get(key, code)}" for code, text in self.agencies.items()}
        told = [(login, f"{name}{beside.get(agency, '')}") for agency, login, name in self.owners]
        known = {login for login, _name in told}
        if (asked := self.filters.wanted.owner) and asked not in known:
            told.append((asked, asked))
        return [(NOBODY, _("nobody")), *told] if nobody else told

    def agency_choices(self, lang: str) -> list[tuple[str, str]]:
        """Return the agencies as (code, short name)."""
        return [(code, text.get("en" if lang == "en" else "zh", code)) for code, text in self.agencies.items()]


def first_list(who: Visitor) -> Wanted:
    """Return what somebody sees who asks for nothing."""
    return case_lists.heads(who.login, who.role)[FIRST.get(who.role, "open")]


def worklist(knowledge: Knowledge, who: Visitor, filters: Filters) -> Worklist:
    """Return what the list shows. Reads the store."""
    definitions, wanted = knowledge.definitions(), filters.wanted
    places = {"after": filters.after, "before": filters.before}
    page = case_lists.page(who.scope, wanted, **places, limit=PAGE, now=_time(filters.now))
    agencies = agencies_of(definitions)
    kept = [(name, address_of(one), one == wanted) for name, one in case_filters.filters(who.login)]
    titles = findings.violation_titles(definitions, [wanted.violation] if wanted.violation else [])
    return Worklist(
        rows=_rows(definitions, page.rows, clock.read(page.now)),
        filters=filters,
        heads=_heads(who, wanted, page.now),
        ended=page.ended,
        total=case_lists.total(who.scope, wanted, page.now),
        next=filters.address(after=page.next, now=page.now) if page.next else "",
        previous=filters.address(before=page.previous, now=page.now) if page.previous else "",
        agencies=agencies if who.scope.agencies is None or len(who.scope.agencies) > 1 else {},
        owners=case_rows.owners(who.scope),
        kept=kept,
        violation=titles.get(wanted.violation, {}),
        assigns=who.role in ASSIGNERS,
    )


def agencies_of(definitions: Definitions) -> dict[str, Text]:
    """Return the agencies of this country by code, with their short names."""
    ours = (code for code, one in definitions.agencies.items() if one.get("regime", "CN") == "CN")
    return {code: findings.agency_text(definitions, code) for code in ours}


def _heads(who: Visitor, wanted: Wanted, now: str) -> list[Head]:
    lists = case_lists.heads(who.login, who.role)
    counts = case_lists.board(who.scope, who.login, now, who.role)
    return [
        Head(name, HEADS[name], counts[name], address_of(one), one == wanted)
        for name, one in lists.items()
        if who.role in WORKERS or not name.startswith("mine")
    ]


def _time(text: str) -> str:
    """Return the time of the first page, or nothing: an address may say anything."""
    try:
        clock.read(text)
    except ValueError:
        return ""
    return text if text.endswith("Z") else ""


def _rows(definitions: Definitions, cases: Sequence[Case], now: datetime) -> list[Row]:
    told, law = lines(definitions, cases), case_law.current().law
    files = case_rows.files(cases)
    return [_row(told[file.id], file, law, now) for file in files]


def _row(line: Line, file: CaseFile, law: CaseLaw, now: datetime) -> Row:
    level, active = level_of(file, now), bool(line.case.active)
    hand = _hand(file, now, law) if active else None
    return Row(
        line=line,
        hand=hand,
        ready=hand is not None and hand.tone == "done",
        level=level.level if level.overdue and level.level in LEVELS and active else "",
        by_hand=active and bool(needs_a_day(file.clocks)),
    )


def _hand(file: CaseFile, now: datetime, law: CaseLaw) -> Hand | None:
    """Return the clock that a row shows: what is overdue, else what comes due first, else what has no end yet."""
    ahead = pending(file.clocks)
    over = (one for one in ahead if is_overdue(one, instant(now)))
    first = next(iter((*over, *ahead, *needs_a_day(file.clocks))), None)
    return hands(replace(file, clocks=(first,)), now, law)[0] if first is not None else None
