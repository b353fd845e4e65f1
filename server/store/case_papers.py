"""What documents of a case are made of, read from the tables; drafts that were begun; what was issued."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.wire import canonical
from server import clock
from server.cases.casefile import CaseFile
from server.cases.documents import DOCUMENTS, number_of
from server.cases.grouping import Group
from server.documents.dossier import LACKING, Dossier, Kept, Stop, Told
from server.store import case_around, case_files, case_history, case_numbers, case_proof, office_details
from server.store.case_law import Bench
from server.store.case_models import CaseDocument, CaseEvidence
from server.store.models import Case, Counter, Record
from server.store.paper_models import DocumentDraft
from server.store.rows import aside

_STATES = {"record": "检查记录所附", "office": "已收集在卷"}


def dossier(
    row: Case, file: CaseFile, bench: Bench, now: datetime, side: str = "", more: Sequence[Told] = ()
) -> Dossier:
    """Return what a document is made of: the case as it is, or as an event would leave it and what it said (`more`)."""
    groups = case_files.groups_of(file.id)
    return Dossier(
        case=file,
        case_number=str(row.number),
        groups=groups,
        definitions=bench.definitions,
        law=bench.law,
        now=now,
        told=(*_told(file.id), *more),
        kept=_kept(file.id),
        evidence=_evidence(file.id, groups, bench),
        office=office_details.of_agency(file.keeper),
        stop=_stop(str(row.inspection)),
        as_one={code: why for code, (said, why) in case_around.repeated(row, groups).items() if said == "same"},
        further={one: _stop(one) for one in case_around.stops(row) if one != str(row.inspection)},
        side=side,
    )


def next_number(agency: str, kind: str, now: datetime) -> str:
    """Return the number that the next document of a kind gets, if nobody is faster; empty where it gets none."""
    if not DOCUMENTS[kind].mark:
        return ""
    year = now.astimezone(LAW_ZONE).year
    held = Counter.get_or_none(Counter.name == f"document:{agency}:{kind}:{year}")
    return number_of(case_numbers.head(agency), kind, year, 1 + (int(held.value) if held else 0))


def by_id(document: str) -> CaseDocument | None:
    """Return an issued document, or None."""
    return CaseDocument.get_or_none(CaseDocument.document == document) if document else None


def issued(case: str) -> list[CaseDocument]:
    """Return the documents of a case that stand in its file, in the order in which they were issued."""
    rows = CaseDocument.select().where(CaseDocument.case == case, CaseDocument.status.in_(("issued", "past")))
    return list(rows.order_by(CaseDocument.issued_at, CaseDocument.id))


def save_draft(case: str, kind: str, side: str, filled: Mapping[str, Any], who: str) -> None:
    """Keep what somebody has filled in so far."""
    told = {"filled": canonical(dict(filled)).decode(), "who": who, "at": clock.now()}
    DocumentDraft.insert(case=case, kind=kind, side=side, **told).on_conflict(
        conflict_target=[DocumentDraft.case, DocumentDraft.kind, DocumentDraft.side], update=told
    ).execute()


def draft_of(case: str, kind: str, side: str = "") -> DocumentDraft | None:
    """Return what somebody has filled in so far, or None."""
    mine = (DocumentDraft.case == case) & (DocumentDraft.kind == kind) & (DocumentDraft.side == side)
    return DocumentDraft.get_or_none(mine)


def filled_of(case: str, kind: str, side: str = "") -> dict[str, Any]:
    """Return the values of a draft that was begun; none where there is none."""
    held = draft_of(case, kind, side)
    return {} if held is None else dict(json.loads(str(held.filled)))


def drop_draft(case: str, kind: str, side: str = "") -> None:
    """Forget a draft: it was issued, or nobody wants it."""
    mine = (DocumentDraft.case == case) & (DocumentDraft.kind == kind) & (DocumentDraft.side == side)
    DocumentDraft.delete().where(mine).execute()


def _told(case: str) -> tuple[Told, ...]:
    rows = case_history.of_case(case)
    return tuple(Told(str(one.event), str(one.at), str(one.name), case_history.data_of(one)) for one in rows)


def _kept(case: str) -> tuple[Kept, ...]:
    rows = (
        CaseDocument.select()
        .where(CaseDocument.case == case, CaseDocument.document != "")
        .order_by(CaseDocument.issued_at, CaseDocument.id)
    )
    names = ("kind", "title", "number", "issued_at", "document", "side", "status")
    return tuple(Kept(*(str(getattr(one, name)) for name in names)) for one in rows)


def _evidence(case: str, groups: Sequence[Group], bench: Bench) -> tuple[tuple[str, str], ...]:
    """Return what there is of evidence, each kind once, with why one could not be had."""
    found: dict[str, str] = {}
    for pieces in case_proof.board(case, groups).values():
        for one in pieces:
            kind = bench.definitions.evidence.get(one.kind)
            name = str(kind.text.get("zh") or one.kind) if kind else one.kind
            why = next((str(row.not_obtainable) for row in one.rows if row.not_obtainable), "")
            said = _STATES.get(one.state) or (f"{LACKING}（{why}）" if why else "")
            if said:
                found.setdefault(name, said)
    for row in CaseEvidence.select().where(CaseEvidence.case == case, CaseEvidence.text != ""):
        found.setdefault(str(row.text), _STATES["office"])
    return tuple(found.items())


def _stop(inspection: str) -> Stop:
    """Return what the record says of the stop; nothing where there is no record."""
    sealed = Record.select(Record.site, Record.plate, Record.inspected_at, Record.digest).where(
        Record.inspection == inspection, aside(Record.kind) == "inspection"
    )
    held = sealed.order_by(Record.id).first()
    if held is None:
        return Stop()
    return Stop(*(str(one or "") for one in (held.site, held.plate, held.inspected_at, held.digest)))
