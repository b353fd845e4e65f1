"""Figures as pages read them: kept sums where they answer, the checks' own rows where two things are crossed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from peewee import SQL, Case, fn

from server.accounts import Scope
from server.figures.asking import NAMED, UNDER, Asked
from server.figures.periods import month_end, periods
from server.figures.sums import NOTHING, SUMMED, Sums, added, cell_key, count_of, needed, of_cell, target_key
from server.store import figure_places
from server.store.figure_lists import COLUMNS, conditions, failing, leads
from server.store.figure_models import CheckFact, CheckFound, CheckLooked, KeptSum
from server.store.rows import raw, tuples

MOST_CROSSED = 20_000
"""So many checks are gone through while somebody waits; more ask for a shorter span."""


_PLACED = ("site", "hour", "cell")
"""What has the site in its key."""


_HOUR = len(cell_key("", 0)) - 1
"""So many signs of a cell's key are the hour of the week."""
_SITE = fn.SUBSTR(KeptSum.key, SQL(str(_HOUR + 2)))
"""The rest of it; a number that is bound would be another expression for PostgreSQL each time."""


class TooMany(ValueError):  # noqa: N818 - a refusal: the span is too long for crossing
    """So many checks are not crossed while somebody waits."""


def sums(scope: Scope, asked: Asked, by: str, columns: Sequence[str] = SUMMED) -> dict[str, Sums]:
    """Return the sums by key (one of `sums.BY`); columns not named are 0.

    By hour those that are asked for by weekday have their weekday in the key.

    Raises TooMany where kept sums do not answer it and there are too many checks to cross.
    """
    asked, places = asked.whole(), figure_places.wanted(scope, asked)
    by = "cell" if by == "hour" and asked.narrowed else by
    # Who met a target was checked under its campaign, which stands in the target's key.
    narrowed = asked.narrowed - {by} - ({"campaign"} if by == "target" else set())
    if by == "all" and (narrowed == {"cell"} or len(narrowed) + (places is not None) == 1):
        one = next(iter(narrowed - {"cell"}), "site")  # the hours of the week are kept by site
        return {"": added(sums(scope, asked, one, columns).values())}
    if not narrowed and (places is None or by in _PLACED):
        held = _kept(scope, asked, by, columns)
        return {key: one for key, one in held.items() if _fits(asked, places, by, key)}
    if by == "site" and narrowed == {"cell"}:
        held = _kept(scope, asked, "cell", columns, of=_SITE)
        return {site: one for site, one in held.items() if places is None or site in places}
    return _crossed(scope, asked, by, columns)


def _fits(asked: Asked, places: frozenset[str] | None, by: str, key: str) -> bool:
    if by in ("hour", "cell"):  # of the hours of the week those that are asked for were read alone
        return places is None or of_cell(key)[1] in places
    if by == "site":
        return places is None or key in places
    return by == "all" or getattr(asked, by) in (None, key)


def _kept(scope: Scope, asked: Asked, by: str, columns: Sequence[str], of: Any = KeptSum.key) -> dict[str, Sums]:
    """Return the kept sums by key, or by what `of` makes of it."""
    told = [fn.SUM(getattr(KeptSum, name)) for name in columns]
    query = KeptSum.select(of, fn.MIN(KeptSum.agencies), *told).where(KeptSum.by == by)
    if by == "cell" and asked.by_hour:
        query = query.where(fn.SUBSTR(KeptSum.key, 1, _HOUR).in_([cell_key("", one)[:_HOUR] for one in asked.cells]))
    query = query.where(KeptSum.period.in_(_periods(asked)))
    if by in NAMED and getattr(asked, by) is not None:
        query = query.where(KeptSum.key == getattr(asked, by))
    if by == "target" and asked.campaign is not None:
        query = query.where(KeptSum.key.startswith(target_key(asked.campaign, "")))
    if scope.agencies is None and not asked.agency:  # every row is seen: it need not be told by whose it is
        rows = tuples(query.group_by(of))
    else:
        rows = [row for row in tuples(query.group_by(of, KeptSum.agencies)) if is_seen(scope, asked, row[1])]
    held: dict[str, list[Sums]] = {}
    for key, _agencies, *row in rows:
        held.setdefault(key, []).append(tuple(row))
    whole = _whole(columns)
    return {key: whole(some[0] if len(some) == 1 else added(some)) for key, some in held.items()}


def _whole(columns: Sequence[str]) -> Callable[[Sequence[Any]], Sums]:
    """Return what makes all columns of the columns that were asked for, the others 0."""
    at = [columns.index(name) if name in columns else -1 for name in SUMMED]
    return lambda row: tuple([int(row[place] or 0) if place >= 0 else 0 for place in at])


def first_day(scope: Scope, asked: Asked) -> str:
    """Return the first day of which any check is known to whoever asks for that agency; empty where none is."""
    query = KeptSum.select(KeptSum.agencies, fn.MIN(KeptSum.period)).where(
        KeptSum.by == "all", KeptSum.period.between("D", "E"), KeptSum.checks > 0
    )
    seen = [
        str(day)[1:] for agencies, day in tuples(query.group_by(KeptSum.agencies)) if is_seen(scope, asked, agencies)
    ]
    return min(seen, default="")


def _periods(asked: Asked) -> list[str]:
    """Return the kept periods of the span: a month whose days after it have no check yet is whole."""
    last = str(CheckFact.select(fn.MAX(CheckFact.day)).scalar() or "")
    until = month_end(asked.until) if asked.until.isoformat() >= last else asked.until
    return periods(asked.since, until)


def by_agency(scope: Scope, asked: Asked, columns: Sequence[str] = SUMMED) -> dict[str, Sums]:
    """Return the sums of each agency that took part: a joint check counts for each. Raises TooMany."""
    held: dict[str, list[Sums]] = defaultdict(list)
    for agencies, one in _by_agencies(scope, asked, columns).items():
        for agency in agencies.strip("|").split("|"):
            if agency and scope.holds(agency):
                held[agency].append(one)
    return {agency: added(some) for agency, some in sorted(held.items())}


def _by_agencies(scope: Scope, asked: Asked, columns: Sequence[str]) -> dict[str, Sums]:
    if figure_places.wanted(scope, asked) is None and not asked.narrowed:
        told = [fn.SUM(getattr(KeptSum, name)) for name in columns]
        query = KeptSum.select(KeptSum.agencies, *told).where(KeptSum.by == "all", KeptSum.period.in_(_periods(asked)))
        rows = tuples(query.group_by(KeptSum.agencies))
    else:
        rows = _facts_by(scope, asked, columns, CheckFact.agencies)
    whole = _whole(columns)
    return {str(key): whole(row) for key, *row in rows if is_seen(scope, asked, str(key))}


def is_seen(scope: Scope, asked: Asked, agencies: str) -> bool:
    """Whether checks of these agencies, between bars, may be seen and are asked for."""
    held = {one for one in agencies.split("|") if one}
    mine = scope.agencies is None or bool(held & scope.agencies)
    return mine and (not asked.agency or asked.agency in held)


def _folded(held: Mapping[str, Sums], to: Callable[[str], str]) -> dict[str, Sums]:
    found: dict[str, list[Sums]] = defaultdict(list)
    for key, one in held.items():
        found[to(key)].append(one)
    return {key: added(some) for key, some in found.items()}


def _crossed(scope: Scope, asked: Asked, by: str, columns: Sequence[str]) -> dict[str, Sums]:
    """Return sums from the checks' own rows. Raises TooMany."""
    whole = _whole(columns)
    if by == "item":
        return _items_crossed(scope, asked)
    if by == "cell":
        rows = _facts_by(scope, asked, columns, CheckFact.cell, CheckFact.site)
        return {cell_key(str(site), int(cell)): whole(row) for cell, site, *row in rows}
    if by in ("violation", *UNDER):
        rows = _beside_crossed(scope, asked, by, columns)
    elif by == "all":
        rows = [("", *row) for row in _facts_by(scope, asked, columns)]
    else:
        rows = _facts_by(scope, asked, columns, COLUMNS[by])
    return {str(key): whole(row) for key, *row in rows}


def _beside_crossed(scope: Scope, asked: Asked, by: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    what, code = fn.COALESCE(CheckFound.what, ""), fn.COALESCE(CheckFound.code, "")  # their checks lead to them
    narrowed = [*_bounded(scope, asked), what == by]
    if getattr(asked, by) is not None:
        narrowed.append(code == getattr(asked, by))
    if by == "target" and asked.campaign is not None:
        narrowed.append(code.startswith(target_key(asked.campaign, "")))
    query = CheckFact.select(CheckFound.code, *_told(asked, columns)).join(
        CheckFound, on=(CheckFound.inspection == CheckFact.inspection)
    )
    return tuples(query.where(*narrowed).group_by(CheckFound.code))


def _facts_by(scope: Scope, asked: Asked, columns: Sequence[str], *by: Any) -> list[tuple[Any, ...]]:
    narrowed, told = _bounded(scope, asked), _told(asked, columns)
    query = CheckFact.select(*by, *told).where(*narrowed)
    return tuples(query.group_by(*by) if by else query)


def _told(asked: Asked, columns: Sequence[str]) -> list[Any]:
    return [fn.COUNT(CheckFact.id) if name == "checks" else _amount(asked, name) for name in columns]


def _amount(asked: Asked, name: str) -> Any:
    """Return what is added up; of an item `found` is in how many of the checks it failed."""
    if asked.item is None or name != "found":
        return fn.SUM(getattr(CheckFact, name))
    return fn.SUM(Case(None, ((failing(asked), 1),), 0))


def _bounded(scope: Scope, asked: Asked) -> list[Any]:
    """Return the conditions on the checks that are crossed, of which an index leads to few enough. Raises TooMany."""
    lead = leads(scope, asked, MOST_CROSSED + 1)[0]
    if lead.checks > MOST_CROSSED:
        raise TooMany
    return conditions(scope, asked, lead.name)


def _items_crossed(scope: Scope, asked: Asked) -> dict[str, Sums]:
    narrowed = _bounded(scope, asked)
    query = CheckFact.select(CheckLooked.conform, CheckLooked.failed).join(
        CheckLooked, on=(CheckLooked.inspection == CheckFact.inspection)
    )
    checks, failed = Counter[str](), Counter[str]()
    for (conform, wrong), alike in Counter(raw(query.where(*narrowed))).items():  # most checks look at the same
        for one in filter(None, str(wrong).split(",")):
            failed[one] += alike
            checks[one] += alike
        for one in filter(None, str(conform).split(",")):
            checks[one] += alike
    place = SUMMED.index("found")
    wanted = [asked.item] if asked.item is not None else sorted(checks)
    return {
        one: tuple(checks[one] if at == 0 else failed[one] if at == place else 0 for at in range(len(SUMMED)))
        for one in wanted
        if one in checks
    }


def breakdown(scope: Scope, asked: Asked, by: str, columns: Sequence[str] = SUMMED) -> dict[str, Sums]:
    """Return the sums by key of a table (agency, road, or what sums are by), in the order of the keys.

    Columns not named are 0. Raises TooMany.
    """
    if by == "agency":
        return by_agency(scope, asked, columns)
    if by == "road":
        of = figure_places.roads()
        held = _folded(sums(scope, asked, "site", columns), lambda site: of.get(site, ""))
    else:
        held = sums(scope, asked, by, columns)
    return dict(sorted(held.items()))


def narrowed_to(asked: Asked, by: str, key: str) -> Asked:
    """Return the question of one row of a breakdown: the list that its figures lead to."""
    told: dict[str, Any] = {by: key}
    return replace(asked, **told)


def total(scope: Scope, asked: Asked) -> int | None:
    """Return how many rows a list has, by the figure that leads to it; None where that is more than are counted."""
    columns, key = needed(asked.kind), asked.item or ""
    try:
        if key and not set(columns) <= {"checks", "found"}:  # kept sums of an item have nothing else
            held = {key: _crossed(scope, asked.whole(), "all", columns)[""]}
        else:
            held = sums(scope, asked, "item" if key else "all", columns)
    except TooMany:
        return None
    return count_of(held.get(key, NOTHING), asked.kind)
