"""A made-up year written out many times over by the database itself: an office as large as one likes, in minutes.

Copy `k` of a check has ids, seals and numbers of its own, every so many of them the same vehicle, and lies some
thousandths of a second beside its pattern. Carriers, people and waybills are those of the pattern. What a list never
reads has no copies: the history of cases, claims, and the sealed bytes of what is processed. The log of who saw what is
copied without its chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from peewee import AutoField, Model, PostgresqlDatabase

from checklists.wire import canonical, uuid7
from server.figures.sums import SUMMED
from server.store import audit, feed_history, models
from server.store import case_models as cases
from server.store import feed_models as feed
from server.store import figure_models as figures
from server.store import office_models as office
from server.store import steering_models as steering
from server.store.models import database
from server.store.search_models import SearchHit

PLATES = 50
"""So many copies of a plate differ, where nothing else is said."""
_WAITS = (
    "CASE WHEN n.k % 50 = 7 THEN 'parked' WHEN n.k % 200 = 9 THEN 'conflict' WHEN n.k % 100 = 11 THEN 'received' END"
)
"""Some copies wait: nothing follows from their records yet."""

Said = Callable[[str], str]


def _id(column: str) -> str:
    return f"CASE WHEN {column} = '' THEN '' ELSE substr({column}, 1, 28) || n.tail END"


def _digest(column: str) -> str:
    return f"substr({column}, 1, 56) || n.tail"


def _at(column: str) -> str:
    return f"CASE WHEN length({column}) = 24 THEN substr({column}, 1, 20) || n.ms || 'Z' ELSE {column} END"


def _plate(column: str) -> str:
    five = _last(f"'00000' || ((CAST(substr({column}, 3, 5) AS INTEGER) + n.plate * 7919) % 100000)", 5)
    return (
        f"CASE WHEN length({column}) > 6 THEN substr({column}, 1, 2) || {five} || substr({column}, 8) ELSE {column} END"
    )


def _number(column: str) -> str:
    return f"substr({column}, 1, 7) || n.k || substr({column}, 8)"


def _folded(column: str) -> str:
    return f"substr({column}, 1, 5) || n.k || substr({column}, 6)"


def _unless_it_waits(make: Said) -> Said:
    return lambda column: f"CASE WHEN {_WAITS} IS NULL THEN {make(column)} END"


def _aboard(column: str) -> str:
    other = f"CASE WHEN o.role IN ('trailer', 'tank') THEN {column} || 'V' || n.plate ELSE {column} END"
    return f"CASE WHEN o.role = 'vehicle' THEN {_plate(column)} ELSE {other} END"


def _beside(column: str) -> str:
    return f"{column} || n.tail"


def _shown(column: str) -> str:
    other = f"CASE WHEN o.kind = 'case' THEN {_number(column)} ELSE {column} END"
    return f"CASE WHEN o.kind = 'plate' THEN {_plate(column)} ELSE {other} END"


_COPIED: tuple[tuple[type[Model], Mapping[str, Said]], ...] = (
    (models.Record, {
        "digest": _digest, "part": _id, "inspection": _id, "sealed_at": _at, "received_at": _at,
        "state": lambda column: f"COALESCE({_WAITS}, {column})",
        "reason": lambda column: f"CASE {_WAITS} WHEN 'parked' THEN 'definitions_unknown' ELSE {column} END",
        "alarm": lambda column: f"CASE WHEN n.k % 100 = 3 THEN o.kind = 'inspection' ELSE {column} END",
        "plate": _unless_it_waits(_plate), "processed_at": _unless_it_waits(_at), "inspected_at": _unless_it_waits(_at),
        **{name: _unless_it_waits(str) for name in ("colour", "carrier", "un", "outcome", "severity", "site")},
    }),
    (models.ServerFinding, {
        "inspection": _id, "record": _digest, "found_at": _at,
        "difference": lambda column: f"CASE WHEN n.k % 25 = 4 THEN 'new' ELSE {column} END",
    }),
    (models.PhotoWanted, {"record": _digest}),
    (models.Case, {
        "id": _id, "number": _number, "inspection": _id, "origin": _id, "opened_at": _at, "next_due": _at,
        "duty_due": _at, "closed_at": _at,
    }),
    (models.CaseViolation, {"case": _id, "inspection": _id}),
    (cases.CaseParty, {"case": _id}),
    (cases.CaseClock, {"case": _id}),
    (cases.CaseDocument, {"case": _id, "document": _id}),
    (cases.CaseInvestigator, {"case": _id}),
    (cases.Handover, {"case": _id, "incoming": _id, "sent_at": _at}),
    (cases.SideTrack, {"id": _id, "case": _id}),
    (figures.CheckFact, {"inspection": _id, "digest": _digest, "at": _at}),
    (figures.CheckFound, {"inspection": _id}),
    (figures.CheckLooked, {"inspection": _id}),
    (feed.CheckNumber, {"inspection": _id, "number": _aboard, "at": _at}),
    (steering.ReleasePass, {"number": _beside, "digest": _digest, "inspection": _id, "plate": _plate, "at": _at}),
    (office.Task, {"id": _beside, "inspection": _id, "created_at": _at, "closed_at": _at}),
    (office.Audit, {"prev_hash": _digest, "hash": _digest, "at": _at}),
    (feed.CheckBrief, {"inspection": _id, "digest": _digest, "plate": _plate, "at": _at}),
)  # fmt: skip
_IN_TIME = {"record": "inspected_at", "handover": "sent_at"}
"""Tables whose rows come in the order of a time, as their ids do in an office."""


def furnish() -> None:
    """Put beside the year what it lacks and lists show: passes, alerts, orders, a watch list, a log. A writing job."""
    checks = list(models.Record.select().where(models.Record.kind == "inspection").order_by(models.Record.id))
    feed_history.tell(str(one.inspection) for one in checks)
    for number, one in enumerate(checks):
        _beside_check(number, one)
    for number in range(20):
        audit.note(who="seed-supervisor", action="search", subject=f"made up {number}")


def _beside_check(number: int, one: models.Record) -> None:
    at, plate = str(one.inspected_at), str(one.plate or "")
    where = {"inspection": one.inspection, "plate": plate, "colour": str(one.colour or ""), "site": str(one.site or "")}
    if number % 2:
        told = {"number": f"S0001-C{number:06d}", "digest": one.digest, "device": one.device, "agencies": "|P|T|"}
        steering.ReleasePass.create(**told, **where, un="", at=at, until=at)
        return
    row = {
        **where,
        "id": f"alert-{number:024d}",
        "tier": "high",
        "title": {"zh": "补查", "en": "found"},
        "text": {"zh": "", "en": ""},
    }
    state = {"state": "closed", "closed_at": at} if number % 4 else {"state": "open"}
    told = {"agency": "", "inspection": one.inspection, "tier": "high", "created_at": at}
    office.Task.create(id=row["id"], level=number % 3, row=canonical(row).decode(), **told, **state)
    day = {"since": at[:10], "made_at": at, "agency": "T", "text": "示例"}
    lifted = {"lifted_at": at, "lifted_by": "seed-t-leader1", "lifted_why": "示例"} if number % 4 else {}
    office.StopOrder.create(
        number=f"停{number}",
        authority="示例局",
        kind="stop",
        on="vehicle",
        key=plate,
        shown=plate,
        who="seed-t-leader1",
        **day,
        **lifted,
    )
    steering.WatchEntry.create(
        id=uuid7(),
        on="vehicle",
        key=plate,
        shown=plate,
        unit="示例队",
        officer="示例",
        why="示例",
        do="stop",
        until="2099-01-01",
        made_by="seed-t-leader1",
        made_agency="T",
        **day,
        **lifted,
    )


class Copies:
    """The patterns of an office, and the copies that are made of them. All in writing jobs, on one connection.

    Without `counted` the copies are not counted in figures. So many copies of a plate differ as `plates` says.
    """

    def __init__(self, plates: int = PLATES, *, counted: bool = True) -> None:
        self.made, self._plates, self._counted = 0, plates, counted

    def remember(self) -> None:
        """Keep what is there now as the patterns."""
        for name in (*(_name(model) for model, _changed in _COPIED), "search_hit"):
            _run(f"CREATE TEMPORARY TABLE pattern_{name} AS SELECT * FROM {_quoted(name)}")

    def add(self, many: int) -> Iterator[Callable[[], None]]:
        """Yield jobs that write so many further copies of every pattern, a table each."""
        first, last = self.made + 1, self.made + many
        yield partial(_numbers, first, last, self._plates)
        for model, changed in _COPIED:
            if self._counted or model not in figures.FIGURE_TABLES:
                yield partial(_copy, model, changed)
        yield _terms
        yield partial(_copy, SearchHit, {})
        if self._counted:
            yield partial(_count_up, first, last)
        yield _keep_bodies
        self.made = last


def _numbers(first: int, last: int, plates: int) -> None:
    _run("DROP TABLE IF EXISTS copy_number")
    tail, ms = _last("'00000000' || k", 8), _last("'000' || (k % 1000)", 3)
    told = f"SELECT k, {tail} AS tail, {ms} AS ms, k % {plates} AS plate FROM ({_count(first, last)}) AS c"
    _run(f"CREATE TEMPORARY TABLE copy_number AS {told}")


def _count(first: int, last: int) -> str:
    c = f"WITH RECURSIVE c(k) AS (SELECT {first} UNION ALL SELECT k + 1 FROM c WHERE k < {last})"
    return f"{c} SELECT k FROM c"


def _copy(model: type[Model], changed: Mapping[str, Said]) -> None:
    name, fields = _name(model), [one for one in model._meta.sorted_fields if not isinstance(one, AutoField)]
    columns = [str(one.column_name) for one in fields]
    told = [changed[one](f'o."{one}"') if one in changed else f'o."{one}"' for one in columns]
    named = ", ".join(f'"{one}"' for one in columns)
    order = f"ORDER BY o.{_IN_TIME[name]}, n.k" if name in _IN_TIME else ""
    what, which = (
        f"FROM pattern_{name} o CROSS JOIN copy_number n",
        "" if name == "record" else f"WHERE {_WAITS} IS NULL",
    )
    if model is SearchHit:
        what += " LEFT JOIN copy_term t ON t.old = o.term AND t.k = CASE o.kind WHEN 'plate' THEN n.plate ELSE n.k END"
        special = {
            "term": "COALESCE(t.made, o.term)",
            "ref": _id("o.ref"),
            "shown": _shown("o.shown"),
            "at": _at("o.at"),
        }
        told = [special.get(one, f'o."{one}"') for one in columns]
    _run(f'INSERT INTO "{name}" ({named}) SELECT {", ".join(told)} {what} {which} {order}')


def _terms() -> None:
    """Write the terms of new plates and numbers of cases, with the beginnings by which they are found."""
    _run("DROP TABLE IF EXISTS copy_term")
    old = "FROM (SELECT DISTINCT term FROM pattern_search_hit WHERE kind = {}) h JOIN search_term o ON o.id = h.term"
    plates = f"SELECT o.id AS old, n.plate AS k, {_plate('o.folded')} AS folded {old.format(repr('plate'))}"
    plates += " CROSS JOIN (SELECT DISTINCT plate FROM copy_number) n"
    numbers = f"SELECT o.id, n.k, {_folded('o.folded')} {old.format(repr('case'))} CROSS JOIN copy_number n"
    _run(f"CREATE TEMPORARY TABLE copy_new AS {plates} UNION ALL {numbers}")
    known = "NOT EXISTS (SELECT 1 FROM search_term s WHERE s.folded = c.folded)"
    _run(f"CREATE TEMPORARY TABLE copy_fresh AS SELECT DISTINCT folded FROM copy_new c WHERE {known}")
    _run("INSERT INTO search_term (folded) SELECT folded FROM copy_fresh")
    places = [
        "1",
        "2",
        *(f"CASE WHEN length(folded) > {one} THEN length(folded) - {one - 1} ELSE 1 END" for one in (4, 5, 6, 8)),
    ]
    starts = " UNION ".join(f"SELECT folded, substr(folded, {one}) AS start FROM copy_fresh" for one in places)
    bytes_ = "convert_to(f.start, 'UTF8')" if _postgres() else "CAST(f.start AS BLOB)"
    of = "JOIN search_term s ON s.folded ="
    _run(f"INSERT INTO search_start (start, term) SELECT {bytes_}, s.id FROM ({starts}) f {of} f.folded")
    _run(f"CREATE TEMPORARY TABLE copy_term AS SELECT c.old, c.k, s.id AS made FROM copy_new c {of} c.folded")
    _run("CREATE INDEX copy_term_of ON copy_term (old, k)")
    _run("DROP TABLE copy_new")
    _run("DROP TABLE copy_fresh")


def _count_up(first: int, last: int) -> None:
    """Let the kept sums count the copies."""
    ((before, now),) = _run(
        f"SELECT SUM(CASE WHEN n.k < {first} THEN 1 ELSE 0 END), COUNT(*) FROM ({_count(1, last)}) n"
        f" WHERE {_WAITS} IS NULL"
    ).fetchall()
    more = ", ".join(f"{one} = {one} / {int(before or 0) + 1} * {int(now) + 1}" for one in SUMMED)
    _run(f"UPDATE kept_sum SET {more}")


def _keep_bodies() -> None:
    """Give those records that wait the bytes of their patterns."""
    _run(
        "INSERT INTO record_body (record, packed, bytes) SELECT r.id, b.packed, b.bytes FROM record r"
        " JOIN pattern_record o ON substr(o.digest, 1, 56) = substr(r.digest, 1, 56)"
        " JOIN record_body b ON b.record = o.id"
        " WHERE r.state IN ('parked', 'conflict', 'received') AND NOT EXISTS"
        " (SELECT 1 FROM record_body h WHERE h.record = r.id)"
    )


def _last(text: str, count: int) -> str:
    return f"right({text}, {count})" if _postgres() else f"substr({text}, -{count})"


def _name(model: type[Model]) -> str:
    return str(model._meta.table_name)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _postgres() -> bool:
    return isinstance(database.obj, PostgresqlDatabase)


def _run(text: str) -> Any:
    return database.execute_sql(text.replace("%", "%%") if _postgres() else text)
