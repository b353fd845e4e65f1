"""A campaign's page as Excel: what was counted, its targets, what was checked around it, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from server.exporting.listing import Asked, Column, Listing, Read
from server.figures import words
from server.figures.effect import MEASURES, SIDES, Change, Estimate, estimate
from server.figures.rates import share
from server.figures.sums import count_of
from server.rights import may
from server.store import campaign_figures, campaigns
from server.store.campaign_figures import Effect
from server.store.steering_models import Campaign


def _(words: str) -> str:
    return words


_COLUMNS = (
    Column(_("part"), "code", 22),
    Column(_("what"), "code", 34),
    Column(_("where or which"), "code", 26),
    Column(_("from"), width=12),
    Column(_("until"), width=12),
    Column(_("how many"), width=12),
    Column(_("value"), width=12),
    Column(_("at least (95 in 100)"), width=14),
    Column(_("at most (95 in 100)"), width=14),
    Column(_("what it says"), "code", 60),
)
CAMPAIGN = "campaign"
"""The filter that names it."""
_COUNTED, _TARGETS, _AROUND = _("counted"), _("targets"), _("before, during and after")
_CHANGED, _CANNOT = _("what changed"), _("What it cannot show")
_BOTH = _("difference of the two")
Row = Sequence[Any]


def _of(asked: Asked) -> Campaign | None:
    return campaigns.seen(asked.scope, asked.filters.get(CAMPAIGN, ""))


def _rows(read: Read, asked: Asked) -> Iterator[Row]:
    yield from read(partial(_all, asked))


def _all(asked: Asked) -> list[Row]:
    row = _of(asked)
    if row is None:
        return []
    effect = campaign_figures.effect(asked.scope, row)
    return [*_counted(asked, row), *_targets(asked, row), *_around(effect), *_changed(effect), *_caveats(effect)]


def _counted(asked: Asked, row: Campaign) -> Iterator[Row]:
    whole, focus = (campaign_figures.counted(asked.scope, row, by) for by in ("campaign", "focus"))
    span = campaign_figures.asked_of(row)
    days = span.since.isoformat(), span.until.isoformat()
    counts = {words.COUNTS[one]: count_of(whole, "" if one == "checks" else one) for one in words.CAMPAIGN}
    for name, count in (*counts.items(), (words.UNDER["focus"], focus[0])):
        part = name not in (words.COUNTS["checks"], words.COUNTS["violations"]) and whole[0]
        yield (_COUNTED, name, row.name, *days, count, *(_percent(count, whole[0]) if part else (None,) * 3), "")


def _percent(count: int, of: int) -> tuple[float | None, ...]:
    held = share(count, of)
    return tuple(None if one is None else round(100 * one, 1) for one in (held.rate, held.low, held.high))


def _targets(asked: Asked, row: Campaign) -> Iterator[Row]:
    for target, sums in campaign_figures.targets(asked.scope, row):
        for name in ("checks", "found"):
            count = count_of(sums, "" if name == "checks" else name)
            said = "" if sums[0] else _("not seen yet")
            yield (_TARGETS, words.COUNTS[name], target.key, None, None, count, None, None, None, said)


def _around(effect: Effect) -> Iterator[Row]:
    for side in SIDES:
        for name, span in effect.spans.items():
            cell, days = effect.cells[side, name], (span.since.isoformat(), span.until.isoformat())
            where = words.UNDER[side]
            yield (_AROUND, words.COUNTS["checks"], where, *days, cell.checks, None, None, None, words.SPANS[name])
            for measure in MEASURES:
                count = cell.found if measure == "share" else cell.violations
                told = _ends(measure, estimate(measure, cell))
                said = words.VERDICTS["few"] if cell.few else words.SPANS[name]
                yield (_AROUND, words.MEASURES[measure], where, *days, count, *told, said)


def _changed(effect: Effect) -> Iterator[Row]:
    for one in effect.changes:
        span = effect.spans[one.span]
        days = (span.since.isoformat(), span.until.isoformat())
        sides = ((words.UNDER["in"], one.inside), (words.UNDER["out"], one.outside), (_BOTH, one.difference))
        for where, held in sides:
            said = _verdict(effect, one) if where == _BOTH else words.CHANGES[one.span]
            told = _ends(one.measure, held)
            yield (_CHANGED, words.MEASURES[one.measure], where, *days, None, *told, said)


def _verdict(effect: Effect, one: Change) -> str:
    return words.VERDICTS[one.verdict] if effect.outside else words.VERDICTS["alone"]


def _ends(measure: str, held: Estimate | None) -> tuple[float | None, ...]:
    """Return a value with its ends; shares in per cent. Empty of too few."""
    if held is None:
        return (None, None, None)
    return tuple(round(100 * one, 1) if measure == "share" else round(one, 2) for one in held)


def _caveats(effect: Effect) -> Iterator[Row]:
    for one in words.CAVEATS if effect.spans else ():
        yield (_CANNOT, "", "", None, None, None, None, None, None, one)


LISTS = (
    Listing(
        CAMPAIGN,
        _("campaign"),
        may("export_figures"),
        lambda _asked: _COLUMNS,
        lambda asked: len(_all(asked)),
        _rows,
    ),
)
