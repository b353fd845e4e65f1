"""The hand-over centre: what an agency sent and what was sent to it, with the state of the case on the other side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from server import clock
from server.cases.casefile import CaseFile, Clock
from server.cases.documents import DOCUMENTS
from server.cases.ends import day_text
from server.cases.rules import CaseLaw
from server.cases.states import MAIN
from server.console import findings
from server.console.cases.clockbar import Hand, hands
from server.console.findings import Text
from server.console.knowledge import Knowledge
from server.console.visitor import Visitor
from server.console.worklist.lines import Line, lines
from server.console.worklist.page import agencies_of
from server.store import case_law, handovers
from server.store.case_models import CaseDocument, Handover
from server.store.counted import Counted
from server.store.handovers import Handed
from server.store.models import Case

ADDRESS = "/console/handovers"
PAGE = 40


def _(words: str) -> str:
    return words


STATES: Mapping[str, str] = {
    "sent": _("sent, no receipt yet"),
    "received": _("receipt is in"),
    "done": _("dealt with"),
    "refused": _("refused"),
    "taken": _("taken back"),
}
FINED: Mapping[str, str] = {
    "fined": _("the act is fined already: not again"),
    "undecided": _("not decided whether it is one act"),
    "free": _("not fined elsewhere"),
    "alone": _("no other case of this stop"),
}
"""What is known of a second fine for the same act (行政处罚法 29) → its words."""


@dataclass(frozen=True)
class Paper:
    """A document of the hand-over: what it is, whether it was issued, its number and the file to print."""

    words: str
    issued: bool
    number: str
    pdf: str


@dataclass(frozen=True)
class Item:
    """A hand-over as it is drawn. `line` is the case of the side that looks, `id` empty where it may not be opened.

    `days` since it was sent; `hand` is what the other side owes next, the receipt or the result.
    """

    row: Handover
    line: Line
    id: str
    other: Text
    state: str
    over: bool
    days: int
    hand: Hand | None
    there: str
    there_number: str
    fined: str
    fined_in: str
    papers: Sequence[Paper]


@dataclass(frozen=True)
class Column:
    """One side: how many are open, how many of those overdue, some of them, and where the rest is."""

    side: str
    open: Counted
    overdue: Counted
    items: Sequence[Item]
    more: str


@dataclass(frozen=True)
class Centre:
    """All that the template draws. `switch` is the address of the ended ones, or of the open ones."""

    agency: str
    name: Text
    agencies: Mapping[str, Text]
    ended: bool
    columns: Sequence[Column]
    switch: str
    at: str


def centre(knowledge: Knowledge, who: Visitor, query: Mapping[str, str]) -> Centre:
    """Return what the hand-over centre shows of an agency: one's own, or any where one sees all. Reads the store."""
    definitions, now = knowledge.definitions(), clock.now()
    agencies = agencies_of(definitions)
    asked = query.get("agency", "")
    agency = asked if asked in agencies and who.scope.holds(asked) else who.agency
    ended = query.get("ended") == "1"
    counts = handovers.counts(who.scope, agency, now)
    base = {"agency": agency} if agency != who.agency else {}
    columns = []
    for side in ("out", "in"):
        page = handovers.page(who.scope, agency, side, ended=ended, after=query.get(side, "")[:80], limit=PAGE)
        told = {**base, **({"ended": "1"} if ended else {}), side: page.next}
        more = f"{ADDRESS}?{urlencode(told)}" if page.next else ""
        items = _items(definitions, who, side, page.rows, clock.read(now))
        columns.append(Column(side, counts[side], counts[f"{side}_overdue"], items, more))
    switch = {**base, **({} if ended else {"ended": "1"})}
    return Centre(
        agency=agency,
        name=agencies.get(agency, {"zh": agency, "en": agency}),
        agencies=agencies if who.scope.agencies is None or len(who.scope.agencies) > 1 else {},
        ended=ended,
        columns=columns,
        switch=f"{ADDRESS}?{urlencode(switch)}" if switch else ADDRESS,
        at=now,
    )


def _items(definitions: Definitions, who: Visitor, side: str, rows: Sequence[Handed], now: datetime) -> list[Item]:
    law, today = case_law.current().law, now.astimezone(LAW_ZONE).date()
    clocks = handovers.clocks(str(one.case.id) for one in rows)
    papers = handovers.papers(str(one.case.id) for one in rows)
    fined = handovers.fines(rows, side)
    told = lines(definitions, [one.of(side) for one in rows])
    return [
        _item(
            definitions, who, side, one, told[str(one.of(side).id)],
            _hand(one.case, clocks.get(str(one.case.id), []), law, now), fined[int(one.row.id)],
            papers.get(str(one.case.id), {}), today,
        )
        for one in rows
    ]  # fmt: skip


def _item(
    definitions: Definitions,
    who: Visitor,
    side: str,
    one: Handed,
    line: Line,
    hand: Hand | None,
    fined: tuple[str, str],
    papers: Mapping[str, CaseDocument],
    today: date,
) -> Item:
    row, mine = one.row, line.case
    there = one.incoming if side == "out" else one.case
    sees = who.scope.holds(str(mine.agency)) or who.scope.holds(str(mine.keeper))
    return Item(
        row=row,
        line=line,
        id=str(mine.id) if sees else "",
        other=findings.agency_text(definitions, str(row.receiver if side == "out" else row.sender)),
        state=STATES.get(str(row.state), str(row.state)),
        over=hand is not None and hand.tone == "over",
        days=max(0, (today - date.fromisoformat(day_text(str(row.sent_at)))).days),
        hand=hand,
        there=MAIN.get(str(there.state), str(there.state)) if there is not None else "",
        there_number=str(there.number) if there is not None else "",
        fined=fined[0],
        fined_in=fined[1],
        papers=[_paper(kind, papers[kind]) for kind in handovers.PAPERS if kind in papers],
    )


def _paper(kind: str, held: CaseDocument) -> Paper:
    issued = held.status == "issued"
    return Paper(DOCUMENTS[kind].title, issued, str(held.number), str(held.pdf) if issued else "")


def _hand(case: Case, clocks: Sequence[Clock], law: CaseLaw, now: datetime) -> Hand | None:
    """Return which of receipt and result comes due first, as it is said everywhere."""
    first = min(clocks, key=lambda one: (one.due_at or "9", one.rule), default=None)
    if first is None:
        return None
    file = CaseFile(str(case.id), str(case.agency), str(case.keeper), str(case.state), owner=str(case.owner))
    return hands(replace(file, tier=str(case.tier), clocks=(first,)), now, law)[0]
