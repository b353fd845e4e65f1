"""A case as the machine sees it, read from its tables and written back. Nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checklists.definitions.definition import FACTS
from checklists.facts.parties import roles_of
from checklists.wire import canonical
from server import clock
from server.cases.casefile import CaseFile, Clock, Held, Investigator, Paper, Party, Side
from server.cases.clockwork import duty_due, next_due
from server.cases.ends import day_text
from server.cases.grouping import Fact, Group, grouped_facts
from server.cases.states import ENDED, finished
from server.documents.law import Load, grounds, open_cases, settled
from server.store import bulk, case_around, case_officers, feed_cases, feed_history, tier_queue
from server.store.case_law import Bench
from server.store.case_models import (
    CaseClock,
    CaseDocument,
    CaseEvent,
    CaseInvestigator,
    CaseParty,
    SideTrack,
)
from server.store.models import FAR, Case, CaseViolation

RANKS = {"high": 0, "medium": 1, "low": 2}
"""Tier → what lists are ordered by."""

Missing = Callable[[str, Sequence[Group]], Mapping[str, tuple[str, ...]]]
"""Case and its violations → the kinds of evidence that each still lacks."""


@dataclass(frozen=True)
class Loaded:
    """A case with its row, and the rows of its clocks and documents in the order of the case file."""

    row: Case
    file: CaseFile
    clocks: tuple[CaseClock, ...]
    documents: tuple[CaseDocument, ...]


def load(row: Case, bench: Bench, missing: Missing | None = None) -> Loaded:
    """Return a case as it stands. `missing` is asked for evidence where a guard needs it, else nothing lacks."""
    case, facts = str(row.id), dict(json.loads(str(row.facts)))
    clocks = list(CaseClock.select().where(CaseClock.case == case).order_by(CaseClock.id))
    documents = list(CaseDocument.select().where(CaseDocument.case == case).order_by(CaseDocument.id))
    people = list(CaseInvestigator.select().where(CaseInvestigator.case == case).order_by(CaseInvestigator.id))
    groups, party = groups_of(case), _party(row)
    sides = tuple(map(side_of, SideTrack.select().where(SideTrack.case == case).order_by(SideTrack.id)))
    repeated = case_around.repeated(row, groups)
    disputed = any(one.kind == "dispute" and not finished(one.kind, one.state) for one in sides)
    file = CaseFile(
        id=case,
        agency=str(row.agency),
        keeper=str(row.keeper or row.agency),
        state=str(row.state),
        version=int(row.version),
        owner=str(row.owner),
        tier=str(row.tier),
        party=party,
        violations=_violations(bench, groups, party.role, facts, missing(case, groups) if missing else {}),
        links=(
            *case_around.undecided(row, bench, [one.violation for one in groups]),
            *((code, code) for code, (verdict, _why) in repeated.items() if not verdict),
        ),
        investigators=tuple(_person(one) for one in people if not one.until),
        investigated=tuple(dict.fromkeys(_person(one) for one in people)),
        done=_done(case),
        clocks=tuple(map(clock_of, clocks)),
        papers=tuple(map(paper_of, documents)),
        sides=sides,
        facts=facts,
        around={
            **case_around.around(row, bench, [one.violation for one in groups]),
            "repeated": {code: verdict for code, (verdict, _why) in repeated.items()},
            **({"found_by": case_officers.of(case_around.stops(row))} if disputed else {}),
        },
    )
    return Loaded(row, file, tuple(clocks), tuple(documents))


def violations_of(row: Case, bench: Bench) -> tuple[Held, ...]:
    """Return the violations of a case of which nobody has said yet who answers; its evidence is not asked for."""
    return _violations(bench, groups_of(str(row.id)), str(row.party_role), json.loads(str(row.facts)), {})


def groups_of(case: str) -> tuple[Group, ...]:
    """Return the violations of a case, each once, with its facts and law."""
    rows = bulk.rows(_findings, case)
    return grouped_facts(Fact(str(key), str(by), json.loads(held), str(stop)) for by, held, key, stop in rows)


def _findings() -> Any:
    columns = (CaseViolation.source, CaseViolation.finding, CaseViolation.key, CaseViolation.inspection)
    query = CaseViolation.select(*columns)
    return query.where(CaseViolation.case == "").order_by(CaseViolation.id)


def _party(row: Case) -> Party:
    held = CaseParty.get_or_none(CaseParty.case == row.id)
    if held is None:
        return Party(str(row.party_role), str(row.party_name))
    return Party(
        role=str(held.role),
        name=str(held.name),
        number=str(held.number),
        kind=str(held.kind),
        address=str(held.address),
        phone=str(held.phone),
        electronic=bool(held.electronic),
        unknown=bool(held.unknown),
    )


def _violations(
    bench: Bench, groups: Iterable[Group], role: str, facts: Mapping[str, Any], missing: Mapping[str, tuple[str, ...]]
) -> tuple[Held, ...]:
    said = str(facts.get("conduct_at") or facts.get("found_at") or clock.now())
    day = date.fromisoformat(day_text(said))
    load = load_of(facts)
    return tuple(held_of(bench, one, day, role, missing.get(one.violation, ()), load) for one in groups)


def load_of(facts: Mapping[str, Any]) -> Load:
    """Return the facts of the load that the office has settled."""
    return {str(fact): str(value) for fact, value in dict(facts.get("load") or {}).items()}


def held_of(
    bench: Bench,
    group: Group,
    day: date,
    role: str = "",
    missing: tuple[str, ...] = (),
    load: Load | None = None,
) -> Held:
    """Return a violation by the law of its load on the day of the conduct: what was confirmed since counts."""
    ground = grounds(bench.definitions, (group,), day, role, load)[group.violation]
    chosen = settled(group, load or {})
    return Held(
        code=group.violation,
        keys=keys_of(group),
        severity=group.severity,
        verified=bool(ground.penalty) and (bool(ground.duty) or not ground.open_duty),
        ranges=tuple((one.min_cny, one.max_cny) for one in ground.penalty),
        simple=group.simple,
        missing=missing,
        hangs_on={fact: FACTS[fact] for one in open_cases(group) for fact in one.when if FACTS.get(fact)},
        answers=roles_of(chosen.subject) if chosen and chosen.subject else (),
    )


def keys_of(group: Group) -> tuple[str, ...]:
    """Return the keys of the findings that show a violation."""
    return tuple(one.key for one in group.facts)


def _person(row: CaseInvestigator) -> Investigator:
    return Investigator(str(row.login), str(row.name), str(row.card))


def _done(case: str) -> dict[str, tuple[str, ...]]:
    done: dict[str, tuple[str, ...]] = {}
    for row in CaseEvent.select(CaseEvent.event, CaseEvent.who).where(CaseEvent.case == case).order_by(CaseEvent.seq):
        done[str(row.event)] = (*done.get(str(row.event), ()), str(row.who))
    return done


def clock_of(row: CaseClock) -> Clock:
    """Return a clock from its row."""
    return Clock(
        rule=str(row.rule),
        term=str(row.term),
        law=str(row.term_version),
        started=str(row.started),
        started_by=str(row.started_by),
        due=str(row.due),
        due_at=str(row.due_at),
        sure=str(row.sure),
        why=str(row.why),
        side=str(row.side),
        paused_from=str(row.paused_from),
        paused_days=int(row.paused_days),
        ended_at=str(row.ended_at),
        ended_by=str(row.ended_by),
    )


def paper_of(row: CaseDocument) -> Paper:
    """Return a document from its row."""
    told = (row.kind, row.status, row.by_event, row.number, row.side, row.document, row.reason, row.issued_at)
    return Paper(*map(str, told))


def side_of(row: SideTrack) -> Side:
    """Return a side track from its row."""
    return Side(str(row.id), str(row.kind), str(row.state), dict(json.loads(str(row.facts))))


def save(loaded: Loaded, after: CaseFile, who: str, at: str) -> None:
    """Write what a step changed: the case's own row, its clocks, documents, side tracks, party and investigators."""
    save_clocks(loaded, after.clocks)
    _save_documents(loaded, after)
    _save_sides(loaded.file, after, who, at)
    if after.party != loaded.file.party:
        save_party(after)
    _save_people(loaded.file, after, at)
    bulk.update(Case, columns(after), id=after.id)
    if _shown(after) != _shown(loaded.file):
        feed_cases.tell([after.id])
        if after.state in feed_history.DISMISSED or loaded.file.state in feed_history.DISMISSED:
            feed_history.tell([str(loaded.row.inspection)])
    if _shown(after) != _shown(loaded.file) or after.sides != loaded.file.sides:
        tier_queue.touch_inspections([str(loaded.row.inspection)])


def _shown(file: CaseFile) -> tuple[str, ...]:
    """Return by what the tablets' view of a case changes."""
    return file.state, file.keeper, file.party.role, str(file.facts.get("cause") or "")


def columns(after: CaseFile) -> dict[str, Any]:
    """Return the columns of a case's row that lists show and order by."""
    facts, ended = after.facts, after.state in ENDED
    opened = next((one.started for one in after.clocks if one.rule == "decision"), None)
    return {
        "state": after.state,
        "version": after.version,
        "owner": after.owner,
        "keeper": after.keeper,
        "tier": after.tier,
        "rank": RANKS.get(after.tier, 1),
        "active": int(not ended),
        "party_role": after.party.role,
        "party_name": after.party.name,
        "cause": str(facts.get("cause") or ""),
        "source": str(facts.get("source") or ""),
        "facts": canonical(dict(facts)).decode(),
        "opened_law_at": opened,
        "decided_at": facts.get("decided_at"),
        "served_at": facts.get("served_at"),
        "closed_at": _closed(after, ended),
        **due_columns(after.clocks),
    }


def due_columns(clocks: Sequence[Clock]) -> dict[str, str]:
    """Return the columns by which lists are ordered: what comes due first, and when the first duty runs out."""
    due, rule = next_due(clocks)
    return {"next_due": due or FAR, "next_due_rule": rule, "duty_due": duty_due(clocks) or FAR}


def _closed(after: CaseFile, ended: bool) -> str | None:
    """Return when a case ended: it keeps the moment when it is archived."""
    return str(after.facts.get("ended_at") or clock.now()) if ended else None


def save_clocks(loaded: Loaded, clocks: Sequence[Clock]) -> None:
    """Write the clocks that changed and those that are new."""
    for row, before, now in zip(loaded.clocks, loaded.file.clocks, clocks, strict=False):
        if before != now:
            CaseClock.update(**clock_columns(now)).where(CaseClock.id == row.id).execute()
    new = clocks[len(loaded.clocks) :]
    bulk.insert_dicts(CaseClock, [{"case": str(loaded.row.id), **clock_columns(one)} for one in new])


def clock_columns(held: Clock) -> dict[str, Any]:
    """Return the columns of a clock."""
    told = {name: value for name, value in vars(held).items() if name != "law"}
    return {**told, "term_version": held.law}


def _save_documents(loaded: Loaded, after: CaseFile) -> None:
    for row, before, now in zip(loaded.documents, loaded.file.papers, after.papers, strict=False):
        if before != now:
            CaseDocument.update(**paper_columns(now)).where(CaseDocument.id == row.id).execute()
    new = after.papers[len(loaded.documents) :]
    bulk.insert_dicts(CaseDocument, [{"case": after.id, **paper_columns(one)} for one in new])


def paper_columns(held: Paper) -> dict[str, str]:
    """Return the columns of a document."""
    told = {name: str(value) for name, value in vars(held).items() if name != "id"}
    return {**told, "document": held.id}


def _save_sides(before: CaseFile, after: CaseFile, who: str, at: str) -> None:
    held = {one.id: one for one in before.sides}
    for one in (one for one in after.sides if held.get(one.id) != one):
        due = next_due([clock for clock in after.clocks if clock.side == one.id])[0]
        told = {
            "state": one.state,
            "facts": canonical(dict(one.facts)).decode(),
            "ended_at": at if finished(one.kind, one.state) else "",
            "due_at": due,
        }
        if one.id in held:
            SideTrack.update(**told).where(SideTrack.id == one.id).execute()
        else:
            SideTrack.create(id=one.id, case=after.id, kind=one.kind, begun_at=at, begun_by=who, **told)


def party_columns(party: Party) -> dict[str, Any]:
    """Return the columns of who answers."""
    return {name: int(value) if isinstance(value, bool) else value for name, value in vars(party).items()}


def save_party(after: CaseFile) -> None:
    """Write who answers."""
    bulk.put(CaseParty, ("case",), [{"case": after.id, **party_columns(after.party)}])


def _save_people(before: CaseFile, after: CaseFile, at: str) -> None:
    if before.investigators == after.investigators:
        return
    for one in set(before.investigators) - set(after.investigators):
        gone = (CaseInvestigator.case == after.id) & (CaseInvestigator.login == one.login)
        CaseInvestigator.update(until=at).where(gone, CaseInvestigator.name == one.name).execute()
    for one in after.investigators:
        if one not in before.investigators:
            CaseInvestigator.create(case=after.id, login=one.login, name=one.name, card=one.card, since=at)


def with_facts(file: CaseFile, **facts: Any) -> CaseFile:
    """Return a case file with further facts."""
    return replace(file, facts={**file.facts, **facts})
