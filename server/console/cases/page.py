"""All that the page of a case shows, each piece made apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.inspection.entries import merge
from checklists.records.origin import Doubt, Judged
from server import clock
from server.cases.casefile import Actor, CaseFile, Investigator
from server.cases.escalation import level_of
from server.cases.states import ENDED, MAIN
from server.console import findings, law, pieces
from server.console.apart import Pieces
from server.console.cases import board, clockbar, related, sidelines, steps
from server.console.cases.board import Board
from server.console.cases.clockbar import LEVELS, Hand
from server.console.cases.related import Asked, Link, Sister, Stop, There
from server.console.cases.saying import load_words
from server.console.cases.sidelines import Money, Past, Sheet, Sum, Track
from server.console.cases.steps import Steps
from server.console.cases.telling import Teller
from server.console.findings import Text
from server.console.knowledge import Knowledge
from server.console.law import Cited
from server.console.pieces import Load, Officer
from server.console.visitor import Visitor
from server.parts import conduct_at, judge_parts
from server.store import (
    case_around,
    case_files,
    case_history,
    case_law,
    case_proof,
    case_rows,
    reading,
    records,
    registry,
)
from server.store.case_models import CaseNote
from server.store.models import Case, Device, Record


@dataclass(frozen=True)
class CasePage:
    """All that the template draws. `record` is the sealed record of the stop; without one its digest is empty."""

    case: Case
    file: CaseFile
    broken: set[str]
    agency: Text
    keeper: Text
    record: Record
    part: Mapping[str, Any]
    tree: Mapping[str, Any]
    loads: Sequence[Load]
    at: str
    site: str
    officers: Sequence[Officer]
    tally: tuple[int, int]
    state: str
    level: str
    owner: str
    clocks: Sequence[Hand]
    steps: Steps
    violations: Sequence[Board]
    links: Sequence[Link]
    no_double_fine: tuple[Text, Cited] | None
    sisters: Sequence[Sister]
    stops: Sequence[Stop]
    asked: Sequence[Asked]
    tracks: Sequence[Track]
    sheets: Sequence[Sheet]
    money: Money
    former: Sequence[Investigator]
    history: Sequence[Past]
    broken_at: int | None
    notes: Sequence[CaseNote]
    sums: Sequence[Sum]
    load: Mapping[str, str]
    there: There | None = None
    merged: str = ""

    makeable: Sequence[tuple[str, str]] = ()
    doubts: Sequence[Doubt] = ()
    devices: Mapping[str, Device] = field(default_factory=dict)

    fault: None = None

    @property
    def ended(self) -> bool:
        """Whether nothing has to be done any more."""
        return self.file.state in ENDED

    @property
    def severity(self) -> str:
        """The gravest severity in the case."""
        return min((one.severity for one in self.violations if one.severity), default="")

    @property
    def lacks(self) -> int:
        """How many kinds of evidence are missing in all."""
        return sum(one.lacks for one in self.violations)


def actor_of(who: Visitor) -> Actor:
    """Return a visitor as the one who acts."""
    return Actor(who.login, who.name, who.role, who.agency)


def case_page(office_key: str, knowledge: Knowledge, who: Visitor, held: Case, now: datetime | None = None) -> CasePage:
    """Return what the page of a case shows to a visitor. Reads the store."""
    at, bench = now or clock.read(clock.now()), case_law.current()
    groups = case_files.groups_of(str(held.id))
    sealed = _sealed(held)
    pieces_ = Pieces(str(sealed.digest))
    make = pieces_.make
    proofs = make("evidence", case_proof.board, str(held.id), groups, otherwise={})
    lacking = {
        code: tuple(one.kind for one in rows if one.state in case_proof.LACKING) for code, rows in proofs.items()
    }
    loaded = case_files.load(held, bench, lambda _case, _groups: lacking)
    file = loaded.file
    if case_around.has_left(file.owner, file.keeper):
        file = replace(file, owner="")
    union = records.parts_of(str(held.inspection))
    part = union.get(str(sealed.digest), {})
    entries = merge(*(make("entries", pieces.known_entries, one, otherwise=()) for one in union.values()))
    judged = make("origin", judge_parts, union.values(), registry.lookup, office_key, otherwise=Judged(entries))
    tree = make("facts", pieces.fact_tree, judged.entries, otherwise=pieces.fact_tree(()))
    definitions = _definitions(knowledge, part, bench.definitions)
    into = str(file.facts.get("merged_into") or "")
    merged = {into: str(Case.get_by_id(into).number)} if into else {}
    teller = Teller(bench.definitions if bench.definitions.violations else definitions, case_rows.names() | merged)
    conduct = conduct_at(part) if part else str(sealed.sealed_at)
    day = clock.read(conduct).astimezone(LAW_ZONE).date()
    stops = make("stops", related.stops, held, otherwise=[])
    shots = make("shots", related.shots, stops, {str(held.inspection): union}, otherwise={})
    shown = make("violations", board.boards, bench, definitions, file, groups, proofs, shots, day, otherwise=[])
    done = make("steps", steps.steps_of, file, actor_of(who), at, bench.law, teller, otherwise=_NO_STEPS)
    hands = make("clocks", clockbar.hands, file, at, bench.law, otherwise=[])
    return CasePage(
        case=held,
        file=file,
        broken=pieces_.broken,
        agency=findings.agency_text(definitions, file.agency),
        keeper=findings.agency_text(definitions, file.keeper),
        record=sealed,
        part=part,
        tree=tree,
        loads=make("loads", pieces.loads_of, knowledge, tree, otherwise=[]),
        at=conduct,
        site=make("facts", pieces.site_of, judged.entries, part, otherwise=""),
        officers=make("officers", pieces.officers, judged.entries, otherwise=[]),
        tally=_tally(shots),
        state=MAIN.get(file.state, file.state),
        level=LEVELS[level_of(file, at).level] if level_of(file, at).overdue else "",
        owner=teller.name(file.owner),
        clocks=hands,
        steps=done,
        violations=shown,
        links=make("links", related.links, held, file, who.scope, definitions, teller, otherwise=[]),
        no_double_fine=law.general(definitions, "no_double_fine", day),
        sisters=make("sisters", related.sisters, held, who.scope, definitions, otherwise=[]),
        stops=stops,
        asked=make("asked", related.asked, held, otherwise=[]),
        tracks=make("tracks", sidelines.tracks, file, hands, done, teller, otherwise=[]),
        sheets=make("sheets", sidelines.sheets, file, loaded.documents, teller, otherwise=[]),
        money=make("money", sidelines.money, file, at, bench.law, otherwise=_NO_MONEY),
        former=sidelines.former(file),
        history=make("history", sidelines.history, file.id, teller, otherwise=[]),
        broken_at=case_history.broken_at(file.id),
        makeable=sidelines.makeable(file),
        doubts=judged.doubts,
        devices=reading.devices({str(one.get("device")) for one in union.values()}),
        notes=sidelines.notes(file.id),
        load=load_words(dict(file.facts.get("load") or {})),
        there=make("there", related.left_there, held, bench, definitions, teller, otherwise=None),
        merged=merged.get(into, ""),
        sums=make("money", sidelines.sums, file, teller, otherwise=[]),
    )


_NO_STEPS = Steps(None, None, (), {}, (), (), frozenset())
_NO_MONEY = Money((), (), (), None, (), 0, "")


def _sealed(held: Case) -> Record:
    """Return the sealed record of the stop: the one that was processed, else the first; an empty one without any."""
    parts = records.of_inspection(str(held.inspection))
    sealed = next((one for one in parts if one.kind == "inspection" and one.state == "processed"), None)
    return sealed or next(iter(parts), None) or Record(digest="", sealed_at=str(held.opened_at), kind="")


def _definitions(knowledge: Knowledge, part: Mapping[str, Any], current: Definitions) -> Definitions:
    """Return the definitions by which the record was judged, else those in force."""
    used = knowledge.definitions(part)
    return used if used.agencies else current


def _tally(shots: Mapping[str, Sequence[findings.Shot]]) -> tuple[int, int]:
    every = [one for held in shots.values() for one in held]
    return sum(one.whole for one in every), len(every)
