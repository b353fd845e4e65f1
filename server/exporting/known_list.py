"""Carriers by tier, and what is known of one carrier, vehicle, person or tank: the rows of their pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from checklists import words as kernel
from checklists.definitions.carrier_formula import CARRIER_LEVELS
from server.cases.words import TIERS
from server.exporting import work_lists
from server.exporting.figure_lists import violation_titles
from server.exporting.listing import SOME, Asked, Column, Listing, Read
from server.rights import may
from server.store import carrier_tiers, check_briefs, known, known_lists, reading
from server.store.known import Subject
from server.store.known_lists import LISTS as NAMES
from server.store.known_lists import MOST, Found, Place
from server.store.office_models import StopOrder, Task
from server.store.tier_models import CarrierTier


def _(words: str) -> str:
    return words


_TIERS = (
    Column(_("carrier"), width=34),
    Column(_("credit code"), width=22),
    Column(_("level"), "code", 14),
    Column(_("points"), width=8),
    Column(_("reasons"), width=80),
    Column(_("checks in the year"), width=12),
    Column(_("last check"), "time", 20),
    Column(_("in this level since"), width=14),
    Column(_("by hand until"), width=14),
    Column(_("reason of who set it"), "text", 30),
    Column(_("formula"), width=10),
)
_CHECKS = (
    Column(_("checked"), "time", 20),
    Column(_("plate number")),
    Column(_("plate colour"), "code", 10),
    Column(_("carrier"), width=34),
    Column(_("site"), width=30),
    Column(_("outcome"), "code", 20),
    Column(_("digest of the record"), width=66),
)
_FINDINGS = (
    Column(_("checked"), "time", 20),
    Column(_("severity"), width=10),
    Column(_("violation"), width=16),
    Column(_("in words"), width=60),
    Column(_("who answers"), "code", 14),
    Column(_("digest of the record"), width=66),
)
_ALERTS = (
    Column(_("arisen"), "time", 20),
    Column(_("tier"), "code", 10),
    Column(_("state"), "code", 16),
)
_OPEN, _CLOSED = _("open"), _("no longer open")


def _tier_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    level, text = _level(asked)
    after: tuple[int, str] | None = None
    while some := read(partial(carrier_tiers.page, level, text, after=after, limit=SOME)):
        yield from (_tier_row(one, asked) for one in some)
        after = (int(some[-1].points), str(some[-1].key))


def _level(asked: Asked) -> tuple[str, str]:
    """Return the level and the text of the list, as its page understands them."""
    level = asked.filters.get("level", "")
    return (level if level in CARRIER_LEVELS else CARRIER_LEVELS[0]), asked.filters.get("text", "").strip()[:60]


def _tier_row(one: CarrierTier, asked: Asked) -> Sequence[Any]:
    reasons = (kernel.carrier_reason(str(held["code"]), held, asked.say) for held in json.loads(str(one.reasons)))
    told = (one.name, one.key, kernel.CARRIER_LEVELS[str(one.level)], one.points, "; ".join(reasons), one.checks)
    return (*told, one.last_check, one.since, one.hand_until, one.hand_reason, one.formula)


def _subject(asked: Asked) -> tuple[Subject | None, str]:
    """Return what is asked about, None where nothing is known of it, and which of its lists."""
    name = asked.filters.get("list", "")
    one = known.subject(asked.filters.get("kind", ""), asked.filters.get("sign", ""))
    return one, name if name in NAMES else NAMES[0]


def _known_columns(asked: Asked) -> Sequence[Column]:
    name = asked.filters.get("list", "")
    held = {"findings": _FINDINGS, "cases": work_lists.CASES, "decided": work_lists.CASES}
    return {**held, "orders": work_lists.ORDERS, "alerts": _ALERTS}.get(name, _CHECKS)


def _known_count(asked: Asked) -> int:
    one, name = _subject(asked)
    return min(known_lists.figures(one, asked.scope)[name], MOST) if one is not None else 0


def _known_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    one, name = read(partial(_subject, asked))
    after: Place | None = None
    while one is not None:
        page = read(partial(known_lists.page, one, asked.scope, name, after, SOME))
        yield from _MADE[name](read, asked, page.rows)
        if page.after is None:
            return
        after = page.after


def _checks(read: Read, _asked: Asked, inspections: Sequence[str]) -> Iterator[Sequence[Any]]:
    held = read(check_briefs.by_ids, inspections)
    for one in (held[ref] for ref in inspections if ref in held):
        colour = kernel.COLOURS.get(str(one.colour), one.colour)
        outcome = kernel.OUTCOMES.get(str(one.outcome), one.outcome)
        yield (one.at, one.plate, colour, one.carrier, one.site, outcome, one.digest)


def _findings(read: Read, asked: Asked, rows: Sequence[Found]) -> Iterator[Sequence[Any]]:
    held, titles = read(check_briefs.by_ids, [one.inspection for one in rows]), read(violation_titles)
    lang = asked.filters.get("lang") or "zh_CN"
    for one in rows:
        told, code = one.finding, str(one.finding.get("violation") or "")
        said = titles.get(code) or told.get("text") or {}
        role = str((told.get("party") or {}).get("role") or "")
        record = held.get(one.inspection)
        digest = record.digest if record is not None else ""
        yield (one.at, told.get("severity"), code, kernel.pick(said, lang), kernel.ROLES.get(role, role), digest)


def _cases(read: Read, _asked: Asked, ids: Sequence[str]) -> Iterator[Sequence[Any]]:
    found = read(reading.violations, ids)
    for one in read(known_lists.cases_by_id, ids):
        yield work_lists.case_row(one, found.get(str(one.id), ()))


def _orders(_read: Read, _asked: Asked, rows: Iterable[StopOrder]) -> Iterator[Sequence[Any]]:
    return (work_lists.order_row(one) for one in rows)


def _alerts(_read: Read, _asked: Asked, rows: Iterable[Task]) -> Iterator[Sequence[Any]]:
    for one in rows:
        tier = TIERS.get(str(one.tier), one.tier)
        yield (one.created_at, tier, _CLOSED if one.state == "closed" else _OPEN)


_MADE: Mapping[str, Callable[[Read, Asked, Any], Iterator[Sequence[Any]]]] = {
    **{"checks": _checks, "findings": _findings, "cases": _cases, "decided": _cases},
    **{"orders": _orders, "alerts": _alerts},
}

LISTS = (
    Listing(
        "tiers",
        _("carriers by tier"),
        may("export_known"),
        lambda _asked: _TIERS,
        lambda asked: carrier_tiers.count(*_level(asked)),
        _tier_rows,
    ),
    Listing("known", _("what is known of one"), may("export_known"), _known_columns, _known_count, _known_rows),
)
