"""One box for every number and name of records and cases: terms in folded form, and where they stand.

A term is kept once, however many records name it; a search is a range over its beginnings, the same on both engines
because they are bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from server.accounts import Scope
from server.cases.folding import fold, forms, starts
from server.store import records, sight
from server.store.case_models import CaseDocument, CaseParty
from server.store.models import Case, Record
from server.store.rows import tuples
from server.store.search_models import SearchHit, SearchStart, SearchTerm

NAMES = ("carrier", "driver", "escort", "party", "site", "consignor", "consignee", "loader")
LEAST, LONGEST, MOST_TERMS, MOST_HITS = 2, 60, 200, 1000

PATHS = {
    "plate": ("vehicle.plate", "waybill.plate"),
    "trailer": ("trailer.plate", "vehicle.trailer", "waybill.trailer_plate"),
    "carrier": ("carrier.name", "vehicle.carrier", "waybill.carrier"),
    "uscc": ("carrier.uscc", "vehicle.carrier_uscc", "waybill.carrier_uscc"),
    "driver": ("driver.name", "waybill.driver.name"),
    "escort": ("escort.name", "waybill.escort.name"),
    "person": ("driver.id_number", "escort.id_number", "waybill.driver.id_number", "waybill.escort.id_number"),
    "waybill": ("waybill.number",),
    "tank": ("tank.number", "vehicle.tank", "trailer.tank", "waybill.tank"),
    "vin": ("vehicle.vin", "trailer.vin"),
    "permit": (
        *("vehicle.permit.number", "trailer.permit.number", "carrier.licence.number", "waybill.vehicle_permit"),
        *("driver.qualification.number", "escort.qualification.number"),
    ),
    "phone": ("driver.phone", "escort.phone"),
    "consignor": ("waybill.consignor",),
    "consignee": ("waybill.consignee",),
    "loader": ("waybill.loader",),
}
"""Kind of term → the facts of a record that hold it."""


@dataclass(frozen=True)
class Hit:
    """Where a term stands: `what` is record (by inspection) or case (by id), `shown` the text as it was written."""

    what: str
    ref: str
    kind: str
    shown: str
    at: str


def index_inspection(inspection: str) -> None:
    """Index the records of an inspection that were processed; again adds only what is new."""
    parts = list(records.parts_of(inspection).values())
    at = next((str(one.get("opened_at") or one.get("sealed_at") or "") for one in parts), "")
    _add("record", inspection, at, dict.fromkeys(term for part in parts for term in _terms(part)))


def index_case(case: Case) -> None:
    """Index a case: its number, its party, the numbers of its documents."""
    party = CaseParty.get_or_none(CaseParty.case == case.id)
    told = [("case", str(case.number)), ("party", str(case.party_name))]
    told += [] if party is None else [("person" if party.kind == "person" else "uscc", str(party.number))]
    told += [] if party is None else [("phone", str(party.phone))]
    numbers = CaseDocument.select(CaseDocument.number).where(CaseDocument.case == case.id, CaseDocument.number != "")
    told += [("document", number) for (number,) in tuples(numbers)]
    _add("case", str(case.id), str(case.opened_at), dict.fromkeys(told))


def find(scope: Scope, text: str, limit: int = 50) -> list[Hit]:
    """Return where a number or name stands, the latest first, of what the scope may see. Too short finds nothing."""
    wanted = _wanted(text)
    if not wanted:
        return []
    query = SearchHit.select().where(SearchHit.term.in_(_matching(wanted)))
    hits = [_hit(one) for one in query.order_by(SearchHit.at.desc(), SearchHit.id.desc()).limit(4 * limit)]
    return [one for one in _once(hits) if _seen(scope, one)][:limit]


def refs(text: str) -> dict[str, list[str]]:
    """Return the ids of the records (by inspection) and cases that a text names, MOST_HITS of each at most."""
    wanted = _wanted(text)
    if not wanted:
        return {"record": [], "case": []}
    query = SearchHit.select(SearchHit.ref).where(SearchHit.term.in_(_matching(wanted)))
    return {
        what: [ref for (ref,) in tuples(query.where(SearchHit.what == what).distinct().limit(MOST_HITS))]
        for what in ("record", "case")
    }


def _matching(wanted: Iterable[str]) -> Any:
    """Return the terms that begin, at one of their places, with one of the forms that are wanted."""
    begins = [(SearchStart.start >= one.encode()) & (SearchStart.start < one.encode() + b"\xff") for one in wanted]
    terms = SearchStart.select(SearchStart.term).where(reduce(or_, begins))
    return terms.order_by(SearchStart.start).limit(MOST_TERMS)


def _wanted(text: str) -> list[str]:
    return [one[:LONGEST] for one in forms(text) if len(one) >= LEAST]


def _seen(scope: Scope, hit: Hit) -> bool:
    if hit.what == "case":
        held = Case.get_or_none(Case.id == hit.ref)
        return held is not None and sight.sees_case(scope, held)
    query = Record.select(Record.id).where(Record.inspection == hit.ref, *sight.records(scope)).limit(1)
    return query.first() is not None


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    seen = set()
    for one in hits:
        if (one.what, one.ref) not in seen:
            seen.add((one.what, one.ref))
            yield one


def _hit(row: SearchHit) -> Hit:
    return Hit(str(row.what), str(row.ref), str(row.kind), str(row.shown), str(row.at))


def _terms(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield `(kind, text)` of everything in a part that somebody may look for."""
    for entry in part.get("entries") or ():
        if isinstance(entry, Mapping) and entry.get("kind") == "fact":
            value = entry.get("value")
            yield from _of_fact(str(entry.get("item") or ""), value.get("data") if isinstance(value, Mapping) else None)
    for paper in part.get("papers") or ():
        if isinstance(paper, Mapping) and paper.get("number"):
            yield "paper", str(paper["number"])
    if part.get("site"):
        yield "site", str(part["site"])


def _of_fact(path: str, data: Any) -> Iterator[tuple[str, str]]:
    """Yield the terms of a fact: a single value, or a branch with values inside."""
    for kind, paths in PATHS.items():
        for one in paths:
            found = data if one == path else _inside(data, one[len(path) + 1 :]) if one.startswith(f"{path}.") else None
            if isinstance(found, str) and found:
                yield kind, found


def _inside(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def _add(what: str, ref: str, at: str, terms: Iterable[tuple[str, str]]) -> None:
    for kind, shown in terms:
        for folded in [fold(shown)[:LONGEST]] if kind in NAMES else _wanted(shown):
            if len(folded) < LEAST:
                continue
            SearchHit.insert(
                term=_term(folded, kind in NAMES),
                what=what,
                ref=ref,
                kind=kind,
                shown=shown.replace("\0", "")[:200],
                at=at,
            ).on_conflict_ignore().execute()


def _term(folded: str, name: bool) -> int:
    held = SearchTerm.get_or_none(SearchTerm.folded == folded)
    if held is not None:
        return int(held.id)
    SearchTerm.insert(folded=folded).on_conflict_ignore().execute()
    term = int(SearchTerm.get(SearchTerm.folded == folded).id)
    for start in starts(folded, name):
        SearchStart.create(start=start.encode(), term=term)
    return term
