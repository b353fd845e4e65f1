"""One box for every number and name of records and cases: terms in folded form, and where they stand.

A term is kept once, however many records name it; a search is a range over its beginnings, the same on both engines
because they are bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from server.folding import starts
from server.store import bulk, meta, records
from server.store.case_models import CaseDocument, CaseParty
from server.store.case_terms import NAMES, folded, terms_of, wanted
from server.store.models import Case, Meta, Record
from server.store.rows import tuples
from server.store.search_models import SearchHit, SearchStart, SearchTerm
from server.store.shares import share

MOST_TERMS = 200
FEW = 500
"""Places of what is looked for that are named one by one."""
VERSION = 2
"""Which terms are kept of a record: a higher number has all records read again."""

_MARK, _STARTS = "search:read", "search:starts"
_HIT = ("term", "what", "ref", "kind", "shown", "at")


@dataclass(frozen=True)
class Place:
    """A record (by inspection) or a case (by id) with the terms that stand in it, as `(kind, text)`."""

    what: str
    ref: str
    at: str
    terms: tuple[tuple[str, str], ...]


def index(places: Iterable[Place]) -> None:
    """Keep where terms stand; again adds only what is new."""
    told: dict[tuple[str, str, str, str], tuple[str, str]] = {}
    names: dict[str, bool] = {}
    for place in places:
        for kind, shown in place.terms:
            for term in folded(kind, shown):
                told.setdefault((term, place.what, place.ref, kind), (shown.replace("\0", "")[:200], place.at))
                names[term] = names.get(term, False) or kind in NAMES
    ids = _terms(names)
    rows = [(ids[term], what, ref, kind, shown, at) for (term, what, ref, kind), (shown, at) in told.items()]
    bulk.insert(SearchHit, _HIT, rows)


def index_inspection(inspection: str) -> None:
    """Index the records of an inspection that were processed."""
    index_parts(inspection, records.parts_of(inspection).values())


def index_parts(inspection: str, of: Iterable[Mapping[str, Any]]) -> None:
    """Index an inspection by its parts that were processed, oldest first."""
    parts = list(of)
    at = next((str(one.get("opened_at") or one.get("sealed_at") or "") for one in parts), "")
    terms = dict.fromkeys(term for part in parts for term in terms_of(part))
    index([Place("record", inspection, at, tuple(terms))])


def index_case(case: Case) -> None:
    """Index a case: its number, its party, the numbers of its documents."""
    party = bulk.by_key(CaseParty, case.id)
    numbers = bulk.among(CaseDocument, ("number",), "case", [str(case.id)])
    index([place_of(case, party, [number for (number,) in numbers if number])])


def place_of(case: Case, party: CaseParty | None, numbers: Iterable[str]) -> Place:
    """Return what may be looked for in a case."""
    told = [("case", str(case.number)), ("party", str(case.party_name))]
    told += [] if party is None else [("person" if party.kind == "person" else "uscc", str(party.number))]
    told += [] if party is None else [("phone", str(party.phone))]
    told += [("document", number) for number in numbers]
    return Place("case", str(case.id), str(case.opened_at), tuple(told))


def catch_up(most: int = 50) -> int:
    """Index some records from before this index kept what it keeps now, and return how many that were."""
    said = Meta.get_or_none(Meta.name == _MARK)
    version, _colon, last = (str(said.value) if said else "0:0").partition(":")
    after = int(last) if version == str(VERSION) else 0
    query = Record.select(Record.id, Record.inspection).where(Record.state == "processed", Record.id > after)
    done: dict[int, str] = {}
    for id_, inspection in share(tuples(query.order_by(Record.id).limit(most))):
        if inspection not in done.values():
            index_inspection(inspection)
        done[id_] = inspection
    if done:
        read_to(max(done))
    return len(done) or fill_starts()


def fill_starts(most: int = 500) -> int:
    """Give some numbers that were kept before the beginnings that they have now; return how many were looked at."""
    said = meta.held(_STARTS) or meta.keep(_STARTS, f"0:{_last_term()}")
    after, until = map(int, said.split(":"))
    query = SearchTerm.select(SearchTerm.id, SearchTerm.folded).where(SearchTerm.id > after, SearchTerm.id <= until)
    terms = dict(tuples(query.order_by(SearchTerm.id).limit(most)))
    kept = {(bytes(start), term) for start, term in bulk.among(SearchStart, ("start", "term"), "term", list(terms))}
    held = ((start.encode(), term) for term, one in terms.items() for start in starts(one, name=False))
    bulk.insert(SearchStart, ("start", "term"), [one for one in held if one not in kept])
    if after < until:
        meta.put(_STARTS, f"{max(terms, default=until)}:{until}")
    return len(terms)


def _last_term() -> int:
    return int(SearchTerm.select(fn.COALESCE(fn.MAX(SearchTerm.id), 0)).scalar())


def read_to(record: int) -> None:
    """Note up to which record this version has read them all."""
    meta.put(_MARK, f"{VERSION}:{record}")


def matching(text: str, most: int = MOST_TERMS) -> list[int]:
    """Return the terms that begin, at one of their places, with a text; the nearest first. Too short finds none."""
    found: dict[int, None] = {}
    for one in wanted(text):
        begins = (SearchStart.start >= one.encode()) & (SearchStart.start < one.encode() + b"\xff")
        query = SearchStart.select(SearchStart.term).where(begins).order_by(SearchStart.start, SearchStart.term)
        found |= dict.fromkeys(int(term) for (term,) in tuples(query.limit(most)))
    return list(found)[:most]


def places(terms: Iterable[int], what: str) -> Any:
    """Return the query of the records (by inspection) or cases in which one of the terms stands."""
    return SearchHit.select(SearchHit.ref).where(SearchHit.term.in_(list(terms)), SearchHit.what == what)


def stands(terms: Iterable[int], what: str, ref: Any) -> Any:
    """Return the condition that a term stands in a record (by inspection) or case: each is asked by itself."""
    held = SearchHit.select(SearchHit.id).where(
        SearchHit.term.in_(list(terms)), SearchHit.what == what, SearchHit.ref == ref
    )
    return fn.EXISTS(held)


@dataclass(frozen=True)
class Named:
    """The condition that cases have a name or number; `few` are named one by one, of others each is asked."""

    condition: Any
    few: bool


def few(query: Any) -> list[str] | None:
    """Return what a query of one column gives, or None where that is more than FEW."""
    found = [one for (one,) in tuples(query.limit(FEW + 1))]
    return found if len(found) <= FEW else None


def named(terms: Iterable[int]) -> Named:
    """Return the condition that one of the terms stands in a case, or in the record from which it came.

    Where they stand in few places the cases are named one by one: no list has to be gone through for them.
    """
    held = list(terms)
    found, named_ = few(places(held, "record")), few(places(held, "case"))
    if found is None or named_ is None:
        return Named(stands(held, "case", Case.id) | stands(held, "record", Case.inspection), few=False)
    came = tuples(Case.select(Case.id).where(Case.inspection.in_(found)))
    return Named(Case.id.in_([*(one for (one,) in came), *named_]), few=True)


def _terms(names: Mapping[str, bool]) -> dict[str, int]:
    """Return the ids of terms; one that is new gets the beginnings by which it is found."""
    before = _known(names)
    new = [one for one in names if one not in before]
    bulk.insert(SearchTerm, ("folded",), [(one,) for one in new])
    made = _known(new)
    rows = [(start.encode(), made[one]) for one in new for start in starts(one, names[one])]
    bulk.insert(SearchStart, ("start", "term"), rows)
    return {**before, **made}


def _known(names: Iterable[str]) -> dict[str, int]:
    held: dict[str, int] = {}
    for some in bulk.chunks(list(names), 500):
        held |= dict(bulk.among(SearchTerm, ("folded", "id"), "folded", some))
    return held
