"""Numbers of documents: by agency, form and year of Beijing, given with the document and in its transaction."""

from __future__ import annotations

from datetime import datetime

from checklists.facts.situation import LAW_ZONE
from server import clock
from server.cases.documents import number_of
from server.store import meta
from server.store.case_models import DocumentNumber
from server.store.models import Meta


def head(agency: str) -> str:
    """Return the sign of an agency that begins its numbers (示交); its code letter until the office has set it."""
    held = Meta.get_or_none(Meta.name == f"number_head:{agency}")
    return str(held.value) if held is not None else agency


def set_head(agency: str, sign: str) -> None:
    """Set the sign of an agency; numbers that were given keep theirs. Raises ValueError for an empty one."""
    if not sign.strip() or len(sign) > 20:
        raise ValueError("the sign of an agency has 1 to 20 characters")
    Meta.insert(name=f"number_head:{agency}", value=sign.strip()).on_conflict(
        conflict_target=[Meta.name], update={Meta.value: sign.strip()}
    ).execute()


def give(agency: str, kind: str, document: str, case: str, now: datetime) -> str:
    """Return the next number, which from now on belongs to the document; given back when the transaction fails."""
    year = now.astimezone(LAW_ZONE).year
    serial = meta.number(f"document:{agency}:{kind}:{year}")
    number = number_of(head(agency), kind, year, serial)
    DocumentNumber.create(
        agency=agency,
        kind=kind,
        year=year,
        serial=serial,
        number=number,
        document=document,
        case=case,
        given_at=clock.now(),
    )
    return number


def void(document: str, reason: str) -> None:
    """Keep why the number of a document counts no more; it is never given again."""
    DocumentNumber.update(void_reason=reason).where(DocumentNumber.document == document).execute()
