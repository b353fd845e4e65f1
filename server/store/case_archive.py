"""Everything that the office holds of one case, as plain rows: what its archive is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from checklists.records.chain import AUDIT, HISTORY
from server.accounts import Scope
from server.store import audit, bodies, case_history, reading
from server.store.case_models import ALL_TABLES, CaseEvent
from server.store.models import Case, CaseViolation, Photo, PhotoWanted, Record, ServerFinding, Table
from server.store.office_models import OfficeFile
from server.store.rows import dicts, tuples
from server.store.way_back_models import WayBackFile, WayBackSent

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_LISTED = [one for one in Record._meta.sorted_fields if one.name not in ("receipt", "signature")]
_BESIDE = (CaseEvent,)
"""Tables of the case that stand in files of their own."""


@dataclass(frozen=True)
class Held:
    """The rows of a case. `records` come without their bytes, `files` are those that any row names and the office has.

    `wanted` are the digests of documents that rows name, also of those that are not here.
    """

    case: dict[str, Any]
    tables: dict[str, list[dict[str, Any]]]
    history: list[dict[str, Any]]
    audit: list[dict[str, Any]]
    records: list[dict[str, Any]]
    photos: list[dict[str, Any]]
    files: list[dict[str, Any]]
    wanted: tuple[str, ...]


def gather(scope: Scope, case: str) -> Held | None:
    """Return the rows of a case, None where there is none to see."""
    row = reading.case(scope, case)
    if row is None:
        return None
    # The case first and its history last: an event in between shows as one row of history too many.
    told = dicts(Case.select().where(Case.id == case))[0]
    tables = {one._meta.table_name: _of_case(one, case) for one in ALL_TABLES if _holds(one)}
    violations = CaseViolation.select(CaseViolation.inspection).where(CaseViolation.case == case)
    stops = sorted({str(row.inspection), *(str(one) for (one,) in tuples(violations) if one)})
    records = dicts(Record.select(*_LISTED).where(Record.inspection.in_(stops)).order_by(Record.id))
    tables["server_finding"] = dicts(
        ServerFinding.select().where(ServerFinding.inspection.in_(stops)).order_by(ServerFinding.id)
    )
    sent = WayBackSent.select(WayBackSent.id).where(WayBackSent.case == case)
    tables["way_back_file"] = dicts(WayBackFile.select().where(WayBackFile.sent.in_(sent)).order_by(WayBackFile.id))
    history = [_only(one, (*HISTORY, "prev_hash", "hash")) for one in case_history.of_case(case)]
    named = _digests(tables, history)
    return Held(
        case=told,
        tables=tables,
        history=history,
        audit=[
            _only(one, ("id", *AUDIT, "detail", "prev_hash", "hash")) for one in audit.about(_subjects(row, records))
        ],
        records=records,
        photos=_photos([str(one["digest"]) for one in records]),
        files=_files(named),
        wanted=_wanted(tables),
    )


def sealed(digest: str) -> tuple[bytes, str, str]:
    """Return the bytes of a record, its signature and its receipt."""
    held = Record.get(Record.digest == digest)
    return bodies.of(held), str(held.signature), str(held.receipt)


def _holds(table: type[Table]) -> bool:
    return "case" in table._meta.fields and table not in _BESIDE


def _of_case(table: type[Table], case: str) -> list[dict[str, Any]]:
    column: Any = table._meta.fields["case"]
    return dicts(table.select().where(column == case).order_by(table._meta.primary_key))


def _only(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _subjects(case: Case, records: Iterable[dict[str, Any]]) -> list[str]:
    """Return under which names the audit log has the case and its records."""
    number = str(case.number)
    return [str(case.id), f"case:{case.id}", f"case:{number}", number, *(f"record:{one['digest']}" for one in records)]


def _digests(*told: Any) -> set[str]:
    """Return every digest that stands anywhere in the rows."""
    return set(_DIGEST.findall(repr(told)))


def _photos(records: list[str]) -> list[dict[str, Any]]:
    """Return the photo files of the records that are here, each once, with its receipt."""
    named = PhotoWanted.select(PhotoWanted.sha256).where(PhotoWanted.record.in_(records))
    return dicts(Photo.select().where(Photo.sha256.in_(named)).order_by(Photo.sha256))


def _files(named: set[str]) -> list[dict[str, Any]]:
    return dicts(OfficeFile.select().where(OfficeFile.sha256.in_(sorted(named))).order_by(OfficeFile.sha256))


def _wanted(tables: dict[str, list[dict[str, Any]]]) -> tuple[str, ...]:
    named = {str(row.get(name) or "") for row in tables["case_document"] for name in ("docx", "pdf")}
    return tuple(sorted(one for one in named if _DIGEST.fullmatch(one)))
