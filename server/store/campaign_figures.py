"""What is counted of a campaign, from the kept sums: its checks, its targets, and what changed at its sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import fn

from checklists.facts.campaign import Target
from server.accounts import Scope
from server.figures.asking import Asked
from server.figures.effect import SIDES, Cell, Change, Span, changes, spans
from server.figures.sums import NOTHING, Sums, target_key
from server.store import campaigns, figure_places, figure_reads
from server.store.figure_models import KeptSum
from server.store.rows import tuples
from server.store.steering_models import Campaign


@dataclass(frozen=True)
class Effect:
    """What was checked around a campaign by side and span, and what changed; `outside`: whether other sites are known.

    `asked` are the questions of the lists with as many rows. `after_from` is the day from which the span after it is
    whole, empty where it is.
    """

    spans: Mapping[str, Span]
    cells: Mapping[tuple[str, str], Cell]
    asked: Mapping[tuple[str, str], Asked]
    changes: list[Change]
    outside: bool
    after_from: str


def asked_of(row: Campaign, **more: Any) -> Asked:
    """Return the question of all days of a campaign; one that was ended before it began has none of its own."""
    since, last = campaigns.read(row).since, campaigns.last_day(row)
    return Asked(since, max(since, last), **more)


def key_of(row: Campaign, target: Target) -> str:
    """Return the key of the sums of a target."""
    return target_key(str(row.id), target.text)


def spans_of(row: Campaign) -> dict[str, Span]:
    """Return the spans of days around a campaign that are over; none where it has not begun."""
    return spans(campaigns.read(row).since, campaigns.last_day(row), campaigns.today())


def counted(scope: Scope, row: Campaign, by: str = "campaign") -> Sums:
    """Return the sums of a campaign's checks; by `focus` of those that found what it looks at. Raises TooMany."""
    key = str(row.id)
    return figure_reads.sums(scope, asked_of(row, **{by: key}), by).get(key, NOTHING)


def targets(scope: Scope, row: Campaign) -> list[tuple[Target, Sums]]:
    """Return each target with the sums of the checks that met it, those not met too. Raises TooMany."""
    key = str(row.id)
    held = figure_reads.sums(scope, asked_of(row, campaign=key), "target")
    return [(one, held.get(key_of(row, one), NOTHING)) for one in campaigns.read(row).targets]


def effect(scope: Scope, row: Campaign) -> Effect:
    """Return what changed at the sites of a campaign, and at all others."""
    held, around = campaigns.read(row), spans_of(row)
    agency = held.agencies[0] if len(held.agencies) == 1 else ""
    asked = {
        (side, name): Asked(span.since, span.until, agency=agency, around=f"{side} {row.id}")
        for side in SIDES
        for name, span in around.items()
    }
    places = dict(zip(SIDES, figure_places.campaign_sites(held), strict=True))
    within = figure_places.wanted(scope, asked_of(row))
    sides = {site: side for side, sites in places.items() for site in sites if within is None or site in within}
    cells = {
        (side, name): cell for name in around for side, cell in _cells(scope, asked[SIDES[0], name], sides).items()
    }
    return Effect(around, cells, asked, changes(cells), bool(places["out"]), _after_from(row, around))


def _after_from(row: Campaign, around: Mapping[str, Span]) -> str:
    """Return the day by which the span after a campaign will be whole; empty where it is, or will never be."""
    since, last = campaigns.read(row).since, campaigns.last_day(row)
    length = (last - since).days + 1
    return (last + timedelta(days=length + 1)).isoformat() if length > 0 and "after" not in around else ""


def _cells(scope: Scope, asked: Asked, sides: Mapping[str, str]) -> dict[str, Cell]:
    """Return what was checked on each side in a span: a day at a site, by the same agencies, is one look."""
    n, v = KeptSum.checks, KeptSum.violations
    added = (n, KeptSum.found, v, None, n * n, v * v, n * v)
    told = [fn.COUNT(KeptSum.key) if one is None else fn.SUM(one) for one in added]
    days = KeptSum.period.between(f"D{asked.since.isoformat()}", f"D{asked.until.isoformat()}")
    query = KeptSum.select(KeptSum.key, KeptSum.agencies, *told).where(KeptSum.by == "site", days)
    sums = {side: [0] * len(told) for side in SIDES}
    for site, agencies, *row in tuples(query.group_by(KeptSum.key, KeptSum.agencies)):
        side = sides.get(str(site))
        if side is not None and figure_reads.is_seen(scope, asked, str(agencies)):
            sums[side] = [one + int(more) for one, more in zip(sums[side], row, strict=True)]
    return {side: Cell(*held) for side, held in sums.items()}
