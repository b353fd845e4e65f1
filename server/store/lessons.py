"""The ledger of lessons: who of which carrier answered how much, when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.parts import entries_of
from server.store.office_models import LessonResult


def put(part: Mapping[str, Any], columns: Mapping[str, Any]) -> None:
    """Take the results of a part into the ledger; again changes nothing. `columns` are those of its record."""
    for entry in entries_of(part):
        if (entry.kind, entry.item) == ("note", "lesson"):
            told = entry.value
            LessonResult.insert(
                entry=entry.id,
                inspection=entry.inspection,
                carrier=columns.get("carrier") or "",
                plate=columns.get("plate") or "",
                person=str(told.get("person") or "")[:200],
                role=str(told.get("role") or "")[:40],
                at=entry.at,
                pack=str(told.get("pack") or "")[:100],
                version=str(told.get("version") or "")[:100],
                score=_whole(told.get("score")),
                asked=_whole(told.get("of")),
            ).on_conflict_ignore().execute()


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 1000 else 0
