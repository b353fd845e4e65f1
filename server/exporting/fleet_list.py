"""How tablets stand, as Excel: a row a tablet, the worst first, narrowed as the page was."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from checklists.wire import instant
from checklists.words import listed
from server import fleet as rules
from server.exporting.listing import COMMA, Asked, Column, Listing, Read
from server.fleet import MARKS, Mark, Said, Tablet
from server.rights import may
from server.store import fleet
from server.store.fleet import SPANS, Fleet
from server.store.usage import Used


def _(words: str) -> str:
    return words


_PLAIN = (
    Column(_("label"), width=10),
    Column(_("name of the tablet"), width=20),
    Column(_("agency"), "named", 12),
    Column(_("area"), width=14),
    Column(_("what to look at"), width=40),
    Column(_("last heard of"), "time", 20),
    Column(_("told by the tablet at"), "time", 20),
    Column(_("version"), width=10),
    Column(_("records that wait"), width=10),
    Column(_("files that wait"), width=10),
    Column(_("refused by the office"), width=10),
    Column(_("oldest waits since"), "time", 20),
    Column(_("changes behind at most"), width=12),
    Column(_("has all as of"), "time", 20),
    Column(_("packages"), width=50),
    Column(_("free bytes"), width=16),
    Column(_("clock behind by milliseconds"), width=14),
)
_FAST = {
    "timed": _("records with a known time, {days} days"),
    "within_5m": _("of these within 5 minutes, {days} days"),
    "within_1h": _("of these within 1 hour, {days} days"),
    "within_24h": _("of these within 24 hours, {days} days"),
    "doubted": _("not counted, clock doubted, {days} days"),
}


def _columns(asked: Asked) -> Sequence[Column]:
    named = (asked.say(words).format(days=days) for days in SPANS for words in _FAST.values())
    return (*_PLAIN, *(Column(one, width=14) for one in named))


def _seen(asked: Asked) -> tuple[Fleet, list[tuple[Tablet, Sequence[Mark]]]]:
    """Return the fleet as somebody sees it, and the tablets that he asked for, with what is wrong with each."""
    seen = fleet.look().seen_in(rules.scope_of(asked.role, asked.scope))
    told, mark = asked.filters, asked.filters.get("mark", "")
    held = [(one, rules.marks(one, seen.newest)) for one in seen.narrowed(told.get("agency", ""), told.get("area", ""))]
    chosen = [(one, found) for one, found in held if not mark or mark in {each.code for each in found}]
    return seen, sorted(chosen, key=lambda each: (*rules.rank(each[1]), each[0].label))


def _rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    seen, tablets = read(functools.partial(_seen, asked))
    for one, found in tablets:
        marks = listed((asked.say(MARKS[mark.code]) for mark in found), asked.say)
        own = (one.label, one.name, one.agency, one.area, marks, one.seen_at)
        fast = [getattr(seen.brought[days].get(one.id, Used()), name) for days in SPANS for name in _FAST]
        yield (*own, *_said(one, one.said, seen), *fast)


def _said(one: Tablet, said: Said | None, seen: Fleet) -> tuple[Any, ...]:
    """Return what a tablet told; one that told nothing has empty cells, never zeros."""
    if said is None:
        return (None, one.app, *(None,) * 9)
    oldest = rules.oldest_of(said)
    return (
        said.at,
        one.app,
        said.records,
        said.files,
        said.refused,
        instant(oldest) if oldest else None,
        seen.newest.place - (said.feed_place or 0) if rules.is_behind(said, seen.newest) else None,
        said.feed_at,
        COMMA.join(f"{each.name} {each.version}" for each in said.packages),
        said.free_bytes,
        said.offset_ms,
    )


LISTS = (
    Listing(
        "fleet", _("state of the tablets"), may("export_fleet"), _columns, lambda asked: len(_seen(asked)[1]), _rows
    ),
)
