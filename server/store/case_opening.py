"""Cases come into being: from findings, from a split, from a hand-over; cases of before get their history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.wire import canonical, uuid7
from server import clock
from server.cases.casefile import MACHINE, CaseFile, Party
from server.cases.grouping import tier_of
from server.cases.machine import NEW, Refusal, Step, advance
from server.cases.opening import CaseDraft, Finding, identity
from server.cases.states import JOINABLE
from server.store import bulk, case_apply, case_around, case_files, case_law, case_search, meta
from server.store.case_files import Loaded
from server.store.case_models import CaseEvidence
from server.store.models import Case, CaseViolation, Device, Record
from server.store.rows import tuples
from server.store.shares import share

Rows = list[tuple[Finding, str]]


def put(inspection: str, drafts: Iterable[CaseDraft]) -> list[Case]:
    """Open the cases and add the violations that are missing, and return the cases; again changes nothing.

    What is found late joins its case while that is still looked into; afterwards it becomes a further case, because
    nothing is added to what the party was already told.
    """
    return [_put(inspection, draft) for draft in drafts]


def _put(inspection: str, draft: CaseDraft) -> Case:
    beside = _parts(inspection, draft.agency, draft.party_key)
    known = _known(beside)
    new: Rows = [(finding, source) for finding, source in draft.findings if identity(finding).key not in known]
    if not beside:
        return _open(inspection, draft, new, 1)
    if not new:
        return beside[-1]
    home = next((one for one in reversed(beside) if one.state in JOINABLE and one.source != "handover"), None)
    if home is None:
        return _open(inspection, draft, new, int(beside[-1].part) + 1)
    _join(home, inspection, new)
    return Case.get_by_id(home.id)


def _parts(inspection: str, agency: str, party_key: str) -> list[Case]:
    return bulk.models(Case, _of_party, inspection, agency, party_key)


def _of_party() -> Any:
    named = (Case.inspection == "", Case.agency == "", Case.party_key == "")
    return Case.select().where(*named).order_by(Case.part)


def _known(cases: Iterable[Case]) -> set[str]:
    """Return the keys that these cases hold, or held before they went into another."""
    ids = {str(one.id) for one in cases}
    ids |= {str(into) for one in cases if (into := json.loads(str(one.facts)).get("merged_into"))}
    rows = tuples(CaseViolation.select(CaseViolation.key).where(CaseViolation.case.in_(list(ids)))) if ids else []
    return {key for (key,) in rows} | {key.partition("@")[0] for (key,) in rows}


def _open(inspection: str, draft: CaseDraft, findings: Rows, part: int, **told: Any) -> Case:
    case = _create(
        inspection,
        agency=draft.agency,
        keeper=_keeper(inspection, draft.agency),
        party=(draft.party_role, draft.party_name, draft.party_key),
        part=part,
        **told,
    )
    _add_rows(str(case.id), inspection, findings)
    number, kind = party_known(findings)
    party = Party(draft.party_role, draft.party_name, number, kind)
    return begin(case, party, str(told.get("source") or "inspection"))


def _create(inspection: str, *, agency: str, keeper: str, party: tuple[str, str, str], part: int, **told: Any) -> Case:
    at = clock.now()
    year = clock.read(at).astimezone(LAW_ZONE).year
    serial = meta.number(f"case:{agency}:{year}")
    role, name, key = (one.replace("\0", "") for one in party)  # PostgreSQL holds no NUL
    case: Case = bulk.add(
        Case,
        id=uuid7(),
        number=f"{agency}-{year}-{serial:05d}",
        inspection=inspection,
        agency=agency,
        keeper=keeper,
        party_role=role,
        party_name=name,
        party_key=key,
        part=part,
        opened_at=at,
        state=NEW,
        **told,
    )
    return case


def _add_rows(case: str, inspection: str, findings: Iterable[tuple[Finding, str]]) -> list[str]:
    rows = [
        {
            "case": case,
            "violation": finding["violation"],
            "item": finding["item"],
            "key": identity(finding).key,
            "finding": canonical(dict(finding)).decode(),
            "source": source,
            "inspection": inspection,
        }
        for finding, source in findings
    ]
    bulk.insert_dicts(CaseViolation, rows)
    return [row["key"] for row in rows]


def _join(case: Case, inspection: str, findings: Rows) -> None:
    """Add what was found late, as an event: a form that somebody has open is then stale."""
    keys = _add_rows(str(case.id), inspection, findings)
    case_apply.apply_event(str(case.id), "violations_added", {"keys": keys}, MACHINE)


def begin(
    case: Case, party: Party, source: str, now: datetime | None = None, load: Mapping[str, str] | None = None
) -> Case:
    """Let the history of a case begin: its first event, with the clocks that start there. Once. Returns the case.

    `load` is what was settled of the load in the case from which it was split off.
    """
    at = now or clock.read(clock.now())
    bench = case_law.current()
    bare = CaseFile(
        id=str(case.id),
        agency=str(case.agency),
        keeper=str(case.keeper or case.agency),
        state=NEW,
        party=party,
        violations=case_files.violations_of(case, bench),
        facts={"source": source, **({"load": dict(load)} if load else {})},
    )
    tier = tier_of(one.severity for one in bare.violations)
    data = {"what": source, "tier": tier, **_when(case)}
    done = advance(bare, "opened", data, MACHINE, at, bench.law, uuid7())
    if isinstance(done, Refusal):
        raise AssertionError(done)
    begun = case_apply.write(Loaded(case, bare, (), ()), done, bench, at).case
    case_files.save_party(done.after)
    case_search.index_case(begun)
    return begun


def _when(case: Case) -> dict[str, str]:
    """Return when it was found: the opening of the inspection as its seal says; the case's own time without one."""
    columns = ("inspected_at", "sealed_at", "kind", "state")
    rows = bulk.among(Record, columns, "inspection", [str(case.inspection)])
    seals = (inspected or sealed for inspected, sealed, *what in rows if what == ["inspection", "processed"])
    said = next(seals, None)
    at = _readable(str(said or "")) or str(case.opened_at)
    return {"found_at": at, "conduct_at": at}


def _readable(text: str) -> str:
    try:
        return text if text and 2000 <= clock.read(text).year <= 2100 else ""
    except ValueError:
        return ""


def party_known(findings: Rows) -> tuple[str, str]:
    """Return number and kind of the party as the findings know them."""
    number = next((str(one["party"]["key"]) for one, _s in findings if (one.get("party") or {}).get("key")), "")
    role = next((str((one.get("party") or {}).get("role") or "") for one, _s in findings), "")
    kinds = {"driver": "person", "escort": "person", "person": "person", "carrier": "unit", "company": "unit"}
    return number, kinds.get(role, "")


def _keeper(inspection: str, agency: str) -> str:
    """Return who works on a case: its agency, or where that has nobody here the one whose tablet sealed the record."""
    if case_around.has_people(agency):
        return agency
    parts = bulk.rows(_parts_by, inspection)
    sealed = [str(one) for one, _took_part in parts]
    took_part = [one for _sealed, held in parts for one in str(held or "").strip("|").split("|")]
    others = dict.fromkeys(one for one in (*sealed, *took_part) if one and one != agency)
    return next((one for one in others if case_around.has_people(one)), agency)


def _parts_by() -> Any:
    query = Record.select(Device.agency, Record.agencies).join(Device, on=(Record.device == Device.id))
    return query.where(Record.inspection == "").order_by(Record.id)


def split(step: Step) -> str:
    """Make a case of the part that is split off, beside the one that stays, and return its id."""
    row, keys = Case.get_by_id(step.after.id), list(step.data["keys"])
    case = _beside(row, agency=str(row.agency), keeper=str(row.keeper), source="split")
    CaseViolation.update(case=case.id).where(CaseViolation.case == row.id, CaseViolation.key.in_(keys)).execute()
    codes = [one.violation for one in case_files.groups_of(str(case.id))]
    take_along(str(row.id), str(case.id), (*codes, ""))
    begin(case, step.after.party, "split", load=step.after.facts.get("load"))
    return str(case.id)


def take_along(case: str, into: str, codes: Iterable[str]) -> None:
    """Let a case that was split off, or that others went into, have the evidence that was got for its violations."""
    _copy_evidence(case, into, CaseEvidence.violation.in_(list(codes)))


def _copy_evidence(case: str, into: str, which: Any) -> None:
    for one in list(CaseEvidence.select().where(CaseEvidence.case == case, which).order_by(CaseEvidence.id)):
        CaseEvidence.create(case=into, **{name: getattr(one, name) for name in _EVIDENCE})


_EVIDENCE = ("violation", "kind", "file", "entry", "text", "not_obtainable", "obtained_by", "at")


def incoming(step: Step, to: str) -> str:
    """Make the receiver's own case of what is handed over, with the evidence that was got, and return its id.

    What could not be had, and of what nature the load is, the receiver says for itself.
    """
    row = Case.get_by_id(step.after.id)
    case = _beside(row, agency=to, keeper=to, source="handover")
    for held in CaseViolation.select().where(CaseViolation.case == row.id).order_by(CaseViolation.id):
        told = {name: getattr(held, name) for name in ("violation", "item", "key", "finding", "source", "inspection")}
        CaseViolation.create(case=case.id, **told)
    _copy_evidence(str(row.id), str(case.id), CaseEvidence.not_obtainable == "")
    begin(case, step.after.party, "handover")
    return str(case.id)


def _beside(row: Case, *, agency: str, keeper: str, source: str) -> Case:
    parts = _parts(str(row.inspection), agency, str(row.party_key))
    return _create(
        str(row.inspection),
        agency=agency,
        keeper=keeper,
        party=(str(row.party_role), str(row.party_name), str(row.party_key)),
        part=max((int(one.part) for one in parts), default=0) + 1,
        source=source,
        origin=str(row.id),
    )


def adopt(limit: int = 500) -> int:
    """Begin the history of some cases from before there was one, and return how many; the oldest first."""
    waiting = list(Case.select().where(Case.version == 0, Case.state == "found").order_by(Case.id).limit(limit))
    begun = []
    for case in share(waiting):
        findings: Rows = [(one, "") for one in _findings(str(case.id))]
        number, kind = party_known(findings)
        begin(case, Party(str(case.party_role), str(case.party_name), number, kind), "inspection", _opened(case))
        begun.append(case)
    return len(begun)


def _findings(case: str) -> list[Mapping[str, Any]]:
    rows = CaseViolation.select(CaseViolation.finding).where(CaseViolation.case == case).order_by(CaseViolation.id)
    return [json.loads(held) for (held,) in tuples(rows)]


def _opened(case: Case) -> datetime:
    return clock.read(str(case.opened_at))
