"""What tablets hear of cases: how far each is, told to the agencies that found it and to the one that works on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from checklists.wire import canonical
from server import clock
from server.store import bulk, feed
from server.store.feed import Told
from server.store.models import Case, Device, Record
from server.store.rows import aside, tuples

KIND = "case"
DAYS = 366
"""For so long after its end a case is told of. Ours."""

_NAMES = ("number", "inspection", "agency", "keeper", "party_role", "state", "cause", "opened_at")
_TIMES = ("decided_at", "closed_at")


def tell(ids: Iterable[str]) -> None:
    """Tell of cases as they stand now; nobody's name is in it, since who found it has the inspection."""
    for case in ids:
        row = bulk.by_key(Case, case)
        feed.tell(KIND, list(_told(row, _agencies(row))))


def recent(after: str, limit: int) -> list[str]:
    """Return the ids, behind one, of cases that have not ended, or not long ago."""
    live = (Case.active == 1) | (Case.closed_at >= clock.later(days=-DAYS))
    query = Case.select(Case.id).where(Case.id > after, live)
    return [str(id_) for (id_,) in tuples(query.order_by(Case.id).limit(limit))]


def _told(row: Case, agencies: Iterable[str]) -> Iterator[Told]:
    data = {name: str(getattr(row, name)) for name in _NAMES}
    data |= {name: str(held) for name in _TIMES if (held := getattr(row, name))}
    ended = str(row.closed_at or "")
    until = (clock.read(ended) + timedelta(days=DAYS)).date().isoformat() if ended else ""
    as_of = ended or str(row.served_at or row.decided_at or row.opened_law_at or row.opened_at)
    for agency in agencies:
        yield Told(str(row.id), canonical(data).decode(), as_of, agency, until=until)


def _agencies(row: Case) -> list[str]:
    """Return who hears of it: the competent agency, the one that keeps it, who took part, whose tablet sealed it."""
    held = {str(row.agency), str(row.keeper)}
    for took_part, sealed in bulk.rows(_sealed_by, str(row.inspection), "inspection"):
        held |= {str(sealed), *str(took_part or "").split("|")}
    return sorted(held - {""})


def _sealed_by() -> Any:
    query = Record.select(Record.agencies, Device.agency).join(Device, on=(Device.id == Record.device))
    return query.where(Record.inspection == "", aside(Record.kind) == "")
