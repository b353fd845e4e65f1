"""What tablets hear of checks that were made, also of clean ones: by the area of the site, for a year.

The office finds the same rows by any number of theirs, for what it computes itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from peewee import fn

from checklists.facts.registry import LISTS, Lookup
from checklists.wire import canonical
from server import clock
from server.store import bulk, check_briefs, feed, lifted, registry, tier_queue
from server.store.administration_models import SiteArea
from server.store.feed import NOWHERE, Told
from server.store.feed_models import CheckNumber
from server.store.models import Case, CaseViolation, Device, Record, ServerFinding
from server.store.rows import tuples

KIND = "history"
DAYS = 366
"""For so long a check is of use to the next one. Ours."""

_SOME = 200
_COLUMNS = (
    Record.inspection, Record.digest, Record.device, Record.plate, Record.colour, Record.carrier, Record.un,
    Record.outcome, Record.severity, Record.site, Record.inspected_at, Record.agencies, Record.about,
    Record.processed_at, Record.outcome_before, Record.outcome_at, Record.unverified, Record.checklist, Record.reason,
)  # fmt: skip
_WHERE_KNOWN = ("outcome_before", "outcome_at", "checklist")
DISMISSED = ("closed_no_case", "terminated")
"""States in which a case has ended and holds nothing against anybody."""

MOST = 100
"""Of one number so many checks are looked at, the newest: more than any vehicle has in the days that a hold lasts."""


def tell(inspections: Iterable[str]) -> None:
    """Tell of inspections as they stand now, and let them be found; one that counts no more is taken back."""
    for some in bulk.chunks(dict.fromkeys(inspections), _SOME):
        rows = _rows(some)
        areas, made = _areas(rows.values()), _made(rows)
        if rows and feed.standing("feed", KIND) is None:
            at = clock.now()
            feed.tell("feed", [Told(KIND, "{}", at)])
        feed.tell(KIND, [_told(one, made[inspection], areas) for inspection, one in rows.items()])
        feed.gone(KIND, [one for one in some if one not in rows])
        _find(some, made, rows)


def lookup(kind: str, key: str) -> dict[str, Any] | None:
    """Return what the office knows under a key: of checks their rows by a number, of all else the registry's."""
    if kind == KIND:
        return _answer(_checks_of([key])[key])
    if (kind, key) == ("feed", KIND):
        return {"data": {}, "as_of": clock.now()}
    return registry.lookup(kind, key)


def ahead(keys: Collection[str]) -> Lookup:
    """Return `lookup` that has asked for what the office knows under these folded keys in few statements."""
    registered, asked = registry.ahead([*keys, *_FEEDS]), frozenset(keys)
    some = bulk.padded(asked)
    met = {str(number) for (number,) in bulk.rows(_met, *some, many=len(some))} if asked else set()
    checks: dict[str, list[dict[str, Any]]] = {}

    def look(kind: str, key: str) -> Mapping[str, Any] | None:
        if kind != KIND:
            return lookup(kind, key) if (kind, key) == ("feed", KIND) else registered(kind, key)
        if key in asked:
            if met and not checks:
                checks.update(_checks_of(sorted(met)))
            return _answer(checks.get(key, []))
        return lookup(kind, key)

    return look


def _checks_of(numbers: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return by number the rows of the checks in which it was aboard, the newest first; each check is made once."""
    named = {key: [str(one) for (one,) in bulk.rows(_newest, key, MOST)] for key in numbers}
    every = dict.fromkeys(one for some in named.values() for one in some)
    made = {inspection: row for some in bulk.chunks(every, _SOME) for inspection, row in _made(_rows(some)).items()}
    return {key: [made[one] for one in some if one in made] for key, some in named.items()}


def _answer(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    return {"data": {"rows": found}, "as_of": clock.now()} if found else None


_FEEDS = (*LISTS, "carrier_tier")


def _met(many: int) -> Any:
    return CheckNumber.select(CheckNumber.number).where(CheckNumber.number.in_([""] * many)).distinct()


def _newest() -> Any:
    query = CheckNumber.select(CheckNumber.inspection).where(CheckNumber.number == "")
    return query.group_by(CheckNumber.inspection).order_by(fn.MAX(CheckNumber.at).desc()).limit(MOST)


def about(numbers: Iterable[str], since: str) -> list[dict[str, Any]]:
    """Return the rows of the checks since then in which any of these numbers was aboard, of each number the newest."""
    named = dict.fromkeys(str(one) for key in dict.fromkeys(numbers) for (one,) in bulk.rows(_since, key, since, MOST))
    return [one for some in bulk.chunks(named, _SOME) for one in _made(_rows(some)).values()]


def _since() -> Any:
    query = CheckNumber.select(CheckNumber.inspection).where(CheckNumber.number == "", CheckNumber.at >= "")
    return query.order_by(CheckNumber.at.desc()).limit(MOST)


def of(inspections: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows of inspections as tablets are told them; one that counts no more has none."""
    return list(_made(_rows(inspections)).values())


def _rows(inspections: Iterable[str]) -> dict[str, dict[str, Any]]:
    named, names = bulk.padded(list(inspections)), [one.name for one in _COLUMNS]
    rows = (dict(zip(names, one, strict=True)) for one in bulk.rows(_standing, *named, *_STANDS, many=len(named)))
    return {str(one["inspection"]): one for one in rows}


_STANDS = ("", "inspection", "", "processed")


def _standing(many: int) -> Any:
    kind, state = fn.COALESCE(Record.kind, ""), fn.COALESCE(Record.state, "")  # their inspections lead to them
    query = Record.select(*_COLUMNS).where(Record.inspection.in_([""] * many), kind == "", state == "")
    return query.order_by(Record.id)


def _made(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    labels, codes, dropped = _labels(rows.values()), _violations(rows), dismissed(rows)
    made = {
        inspection: _data(one, labels, codes) | ({"dismissed": held} if (held := dropped.get(inspection)) else {})
        for inspection, one in rows.items()
    }
    lifts = lifted.of(made)
    return {inspection: one | lifted.told(one, lifts.get(inspection)) for inspection, one in made.items()}


def _find(inspections: Iterable[str], made: dict[str, dict[str, Any]], rows: dict[str, dict[str, Any]]) -> None:
    named = list(inspections)
    tier_queue.touch_inspections(named)
    bulk.run(_numbers_before, *named, many=len(named))
    tier_queue.touch(one["about"].get("carrier", "") for one in made.values())
    tier_queue.sign_people(one["about"].get(role, "") for one in made.values() for role in ("driver", "escort"))
    found = [
        (number, role, inspection, one["at"])
        for inspection, one in made.items()
        for role, number in one["about"].items()
    ]
    bulk.insert(CheckNumber, ("number", "role", "inspection", "at"), found)
    check_briefs.put(named, rows)


def _numbers_before(many: int) -> Any:
    return CheckNumber.delete().where(CheckNumber.inspection.in_([""] * many))


def tell_sites(sites: Iterable[str]) -> None:
    """Tell anew of the checks of sites of which somebody has said where they lie."""
    for some in bulk.chunks(sites, _SOME):
        query = Record.select(Record.inspection).where(Record.site.in_(some), *_counts(), *_recent())
        tell(inspection for (inspection,) in tuples(query.order_by(Record.id)))


def recent(after: int, limit: int) -> list[tuple[int, str]]:
    """Return (number, inspection) of what is not too old to be told, behind a record's number."""
    query = Record.select(Record.id, Record.inspection).where(Record.id > after, *_counts(), *_recent())
    return [(int(id_), str(inspection)) for id_, inspection in tuples(query.order_by(Record.id).limit(limit))]


def _counts() -> tuple[Any, ...]:
    return Record.kind == "inspection", Record.state == "processed"


def _recent() -> tuple[Any, ...]:
    return (Record.inspected_at >= clock.later(days=-DAYS),)


def _data(row: dict[str, Any], labels: dict[str, str], codes: dict[str, list[str]]) -> dict[str, Any]:
    inspection = str(row["inspection"])
    held = {name: str(row[name] or "") for name in ("plate", "colour", "carrier", "un", "outcome", "severity", "site")}
    return {
        **held,
        **{name: str(row[name]) for name in _WHERE_KNOWN if row[name]},
        **({} if row["unverified"] is None else {"unverified": json.loads(row["unverified"])}),
        "inspection": inspection,
        "digest": row["digest"],
        "at": str(row["inspected_at"] or ""),
        "about": json.loads(row["about"] or "{}"),
        "agencies": [one for one in str(row["agencies"] or "").split("|") if one],
        "label": labels.get(str(row["device"]), ""),
        "violations": codes.get(inspection, []),
    }


def _told(row: dict[str, Any], data: dict[str, Any], areas: dict[str, str]) -> Told:
    area, until = areas.get(data["site"]) or NOWHERE, _until(data["at"])
    return Told(data["inspection"], canonical(data).decode(), str(row["processed_at"]), area=area, until=until)


def _until(at: str) -> str:
    try:
        return (clock.read(at) + timedelta(days=DAYS)).date().isoformat()
    except (ValueError, OverflowError):
        return (clock.read(clock.now()) + timedelta(days=DAYS)).date().isoformat()


def _areas(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    sites = {str(one["site"]) for one in rows if one["site"]}
    found = bulk.among(SiteArea, ("site", "division"), "site", list(sites))
    return {str(site): str(division) for site, division in found}


def _labels(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    found = bulk.among(Device, ("id", "prefix"), "id", sorted({str(one["device"]) for one in rows}))
    return {str(device): str(label) for device, label in found}


def _violations(inspections: Iterable[str]) -> dict[str, list[str]]:
    """Return the violations that the office finds in each inspection, with its fuller data."""
    columns = ("inspection", "sense", "difference", "finding")
    held: dict[str, set[str]] = {}
    # The inspections lead to them, not what nearly all are alike in: that is looked at here.
    for inspection, sense, how, finding in bulk.among(ServerFinding, columns, "inspection", list(inspections)):
        code = json.loads(finding).get("violation") if sense == "fuller" and how != "gone" else None
        if isinstance(code, str) and code:
            held.setdefault(str(inspection), set()).add(code)
    return {inspection: sorted(codes) for inspection, codes in held.items()}


def dismissed(inspections: Iterable[str]) -> dict[str, list[str]]:
    """Return the violations of each inspection of which every case ended without a decision, or was overturned."""
    named = list(inspections)
    open_: set[tuple[str, str]] = set()
    ended: dict[str, set[str]] = {}
    overturned = lifted.overturned(named)
    for case, inspection, code, state, decided in bulk.rows(_cases, *named, many=len(named)):
        gone = state in DISMISSED or (state == "archived" and not decided)
        if gone or (str(case), str(code)) in overturned:
            ended.setdefault(str(inspection), set()).add(str(code))
        else:
            open_.add((str(inspection), str(code)))
    kept = {one: sorted(code for code in codes if (one, code) not in open_) for one, codes in ended.items()}
    return {one: codes for one, codes in kept.items() if codes}


def _cases(many: int) -> Any:
    columns = (CaseViolation.case, CaseViolation.inspection, CaseViolation.violation, Case.state, Case.decided_at)
    query = CaseViolation.select(*columns).join(Case, on=(Case.id == CaseViolation.case))
    return query.where(CaseViolation.inspection.in_([""] * many))
