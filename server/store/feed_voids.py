"""What tablets hear of numbers of papers that count no more, because the tablet that printed them voided them.

Whoever checks a paper in the hand knows then, without a network, that another one took its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checklists.wire import canonical
from server.parts import own_papers
from server.store import feed, records
from server.store.feed import Told
from server.store.models import Record

KIND = "void"


def tell(part: Mapping[str, Any]) -> None:
    """Tell of the numbers that a processed amendment voids: those of the tablet's own."""
    papers = own_papers(part) if part.get("kind") == "amendment" else []
    fresh = next((str(one["number"]) for one in papers if not one.get("void")), "")
    feed.tell(KIND, [_told(one, str(part["sealed_at"]), fresh) for one in papers if one.get("void")])


def recent(after: int, limit: int) -> list[Record]:
    """Return processed amendments behind a record's number, for a feed that was told of none yet."""
    held = Record.select().where(Record.kind == "amendment", Record.state == "processed", Record.id > after)
    return list(held.order_by(Record.id).limit(limit))


def tell_again(some: Iterable[Record]) -> None:
    """Tell of what these amendments voided, where their tablets were not revoked before."""
    for one in some:
        part = records.opened(one).part
        if part and not records.is_late(part, str(one.inspection), str(one.digest)):
            tell(part)


def _told(paper: Mapping[str, Any], at: str, replaced_by: str) -> Told:
    data = canonical({"kind": str(paper["kind"]), "replaced_by": replaced_by}).decode()
    return Told(str(paper["number"]), data, at)
