"""A case told from its tables as plain values: the states on its way, its documents, its clocks and how they ended."""

from __future__ import annotations

from typing import Any

from server.cases.clock_rules import BY_NAME
from server.store import case_history
from server.store.case_models import CaseClock, CaseDocument
from server.store.models import Case


def story_of(case: Case) -> dict[str, Any]:
    """Return the story of a case.

    `path` are the states of the main line as they came. `kept`: whether a duty was met in time, or a wait waited out,
    or still may be; none for what binds the party alone, or where nobody could count the end.
    """
    history = case_history.of_case(str(case.id))
    path = [str(one.to_state) for one in history]
    documents = (
        CaseDocument.select()
        .where(CaseDocument.case == case.id, CaseDocument.document != "")
        .order_by(CaseDocument.issued_at, CaseDocument.id)
    )
    clocks = CaseClock.select().where(CaseClock.case == case.id).order_by(CaseClock.id)
    return {
        "number": str(case.number),
        "state": str(case.state),
        "path": [state for at, state in enumerate(path) if at == 0 or state != path[at - 1]],
        "documents": [_document(one) for one in documents],
        "clocks": [_clock(one) for one in clocks],
    }


def _document(row: CaseDocument) -> dict[str, str]:
    names = ("document", "kind", "status", "number", "title", "issued_at", "pdf", "docx", "words")
    return {name: str(getattr(row, name)) for name in names}


def _clock(row: CaseClock) -> dict[str, Any]:
    told: dict[str, Any] = {name: str(getattr(row, name)) for name in ("rule", "term", "due", "sure", "ended_at")}
    rule = BY_NAME.get(str(row.rule))
    if not row.due_at or rule is None or rule.kind not in ("duty", "wait"):
        return {**told, "kept": None}
    ended, due = str(row.ended_at), str(row.due_at)
    return {**told, "kept": not ended or (ended <= due if rule.kind == "duty" else ended >= due)}
