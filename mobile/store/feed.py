"""The office's feed in the store: a page laid down with the cursor that it leads to, in one transaction or not at all.

From the start, or after the office said that a cursor is too old, rows are laid beside those in use, as the generation
that is coming. What is urgent is used as soon as all of it is there, the rest when the end was reached: a list that is
half there would tell that something does not stand in it.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import chunked

from checklists.facts.registry import row_key
from checklists.records import feed_page
from checklists.records.feed_page import URGENT_KINDS, PageError
from checklists.wire import read_json
from mobile.refusals import Refusal
from mobile.store.base import Store, many, one, run, run_sql, setting, transaction
from mobile.store.models import FeedPlace, FeedRow, FeedWay
from mobile.store.registry import of_kind

_ROWS_AT_ONCE = 180
"""A row has five of SQLite's variables, of which the oldest builds allow 999."""

_KEYS_AT_ONCE = 900
_SOME = 500
"""Dropped together."""

_STILL_S = 60
"""Where nothing changed, how long this tablet has heard the office is written down at most so often."""

_UNITS = ("trailer", "tank")
"""What a vehicle is permitted with: from it the way `units` leads back to the vehicle."""

_PUT = 'INSERT OR REPLACE INTO "feed_row" ("generation", "kind", "name", "until", "line") VALUES '
_LEAD = 'INSERT OR IGNORE INTO "feed_way" ("generation", "way", "name") VALUES '
"""As peewee writes them; making the query anew for each batch costs more than running it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """How far this tablet is: the cursor to go on from, and whether all up to the last page is in use (`whole`).

    `at` is the office's time of the last page, `heard_at` this device's, `page` the digest of its signed head; they are
    empty before the first whole state. `coming` says that rows are laid beside those in use, which stand at
    `used_cursor`.
    """

    cursor: str = ""
    whole: bool = False
    coming: bool = False
    at: str = ""
    heard_at: str = ""
    page: str = ""
    used_cursor: str = ""


@dataclass(frozen=True)
class Laid:
    """What a page brought: how many things of each kind, whether more waits, and when the office wrote it."""

    kinds: Mapping[str, int]
    more: bool
    at: str


def heard(store: Store) -> Heard:
    """Return how far this tablet is."""
    held = _place(store)
    cursor = held.coming_cursor if held.coming else held.cursor
    return Heard(cursor, bool(held.used), bool(held.coming), held.at, held.heard_at, held.page, held.cursor)


def lay(store: Store, body: bytes, since: str, heard_at: str, now: str = "") -> Laid:
    """Lay down the page that was asked for from `since` on, and go on from where it leads.

    A hub's page is taken where its certificate covers `now` (UTC text; empty where this clock was never agreed).
    Raises Refusal `page_invalid` where it is not the office's or not that page, `page_passed` where another page was
    laid down since it was asked for, and `disk_full`; then nothing is changed.
    """
    made = setting(store, "enrolment")
    if made is None:
        raise Refusal("not_enrolled")
    try:
        page = feed_page.opened(body, made["server_key"], since, now=now, revoked=revoked(store))
    except PageError as fault:
        raise Refusal("page_invalid", str(fault)) from fault
    changes = list(_changes(page.lines))
    with transaction(store):
        held = _place(store)
        if since != (held.coming_cursor if held.coming else held.cursor):
            raise Refusal("page_passed", since)
        if changes:
            _write(store, held.coming or held.used, changes)
        elif not held.coming and page.cursor == since and not _grown(held.heard_at, heard_at):
            return Laid({}, page.more, page.at)
        _go_on(store, held, page, heard_at, [kind for kind, _key, _change, _line in changes])
        if held.hubs and revoked(store).intersection(held.hubs.split("|")):
            # What rests on the word of a hub that counts no more is asked from the office anew.
            held.hubs = ""
            _begin_beside(store, held)
    return Laid(Counter(kind for kind, _key, _change, _line in changes), page.more, page.at)


def begin_again(store: Store) -> None:
    """Begin at the feed's start, beside what is in use; what was coming is dropped."""
    with transaction(store):
        held = _place(store)
        if held.id and held.coming and not held.coming_cursor:
            return
        _begin_beside(store, held)
    sweep(store)


def sweep(store: Store, today: str = "") -> None:
    """Drop what no look-up sees any more, some at a time; once a day also what is of no use since before `today`."""
    held = _place(store)
    needed = {held.used, held.urgent, held.coming}
    _drop(store, needed)
    if today <= held.swept:
        return
    while old := many(store, FeedRow.select().where(FeedRow.until < today).limit(_SOME)):
        with transaction(store):
            for generation in {row.generation for row in old}:
                some = [(row.kind, bytes(row.name)) for row in old if row.generation == generation]
                _leave(store, generation, some)
    run(store, FeedPlace.update(swept=today))


def _place(store: Store) -> Any:
    held = one(store, FeedPlace.select())
    return FeedPlace(coming=1) if held is None else held


def _begin_beside(store: Store, held: Any) -> None:
    held.coming, held.coming_cursor = max(held.used, held.urgent, held.coming) + 1, ""
    _keep(store, held)


def _keep(store: Store, held: Any) -> None:
    row = {**held.__data__, "id": 1}
    run(store, FeedPlace.insert(row).on_conflict_replace())


def revoked(store: Store) -> frozenset[str]:
    """Return the devices of which the office said that they count no more, hubs among them."""
    return frozenset(str(one["key"]) for one in of_kind(store, "revoked"))


def _grown(before: str, now: str) -> bool:
    """Whether a minute has passed, by texts of one form; a clock that was turned back counts as well."""
    return not before or abs((datetime.fromisoformat(now) - datetime.fromisoformat(before)).total_seconds()) >= _STILL_S


def _go_on(store: Store, held: Any, page: feed_page.Page, heard_at: str, kinds: Iterable[str]) -> None:
    """Write down where the page leads; where it ends what was coming, that is in use from now on."""
    urgent_is_whole = not page.more or any(kind not in URGENT_KINDS for kind in kinds)
    if held.coming:
        held.coming_cursor = page.cursor
        if urgent_is_whole:
            held.urgent = held.coming
        if not page.more:
            held.used, held.cursor, held.coming, held.coming_cursor = held.coming, page.cursor, 0, ""
    else:
        held.cursor = page.cursor
    if not held.coming:
        held.page = str(page.head["digest"])
        # A hub may know less than was heard already; the office's own word always counts, whatever its clock says.
        if not page.more and (not page.hub or page.at >= held.at):
            held.at, held.heard_at = page.at, heard_at
    if page.hub and page.hub not in held.hubs.split("|"):
        held.hubs = f"{held.hubs}|{page.hub}"
    _keep(store, held)


Change = tuple[str, str, Mapping[str, Any], bytes]
"""Kind, folded key, the change as it was read, and its line as it came."""


def _changes(lines: Sequence[bytes]) -> Iterator[Change]:
    """Yield the changes; a line of which nothing can be said about anything is passed over, and logged."""
    unread = 0
    for line in lines:
        try:
            told = read_json(line)
            kind, key = told["kind"], told["key"]
            known = isinstance(kind, str) and isinstance(key, str)
            holds = told.get("gone") is True or (isinstance(told["data"], dict) and isinstance(told["as_of"], str))
        except (ValueError, KeyError, TypeError, AttributeError):
            known = holds = False
        if known and holds:
            yield kind, row_key(kind, key), told, line
        else:
            unread += 1
    if unread:
        _log.warning("changes that this version cannot read", extra={"count": unread})


def _write(store: Store, generation: int, changes: Iterable[Change]) -> None:
    """Bring a generation up to what the changes say; of two changes of one thing the later counts."""
    latest = {(kind, _name(store, kind, key)): (told, line) for kind, key, told, line in changes}
    _leave(store, generation, list(latest))
    rows, ways = [], []
    for (kind, name), (told, line) in latest.items():
        if told.get("gone") is True:
            continue
        until = told.get("until") if isinstance(told.get("until"), str) else None
        rows.append((generation, kind, name, until, store.vault.hide(line, "feed", kind, name.hex())))
        ways += [(generation, _name(store, *way), name) for way in ways_to(kind, told["data"])]
    _insert(store, _PUT, rows)
    _insert(store, _LEAD, ways)


def _leave(store: Store, generation: int, things: Sequence[tuple[str, bytes]]) -> None:
    """Take away what stands of things, and the ways that lead to it."""
    by_kind: dict[str, list[bytes]] = {}
    for kind, name in things:
        by_kind.setdefault(kind, []).append(name)
    for kind, names in by_kind.items():
        for some in chunked(names, _KEYS_AT_ONCE):
            which = (FeedRow.generation == generation) & (FeedRow.kind == kind) & FeedRow.name.in_(some)
            held = many(store, FeedRow.select(FeedRow.id, FeedRow.name, FeedRow.line).where(which))
            for row in held if kind in _LED else ():
                told = json.loads(store.vault.reveal(row.line, "feed", kind, bytes(row.name).hex()))
                for way in ways_to(kind, told["data"]):
                    gone = (FeedWay.generation == generation) & (FeedWay.way == _name(store, *way))
                    run(store, FeedWay.delete().where(gone, FeedWay.name == bytes(row.name)))
            for ids in chunked([row.id for row in held], _KEYS_AT_ONCE):
                run(store, FeedRow.delete().where(FeedRow.id.in_(ids)))


_LED = ("vehicle", "history", "watch")
"""Kinds that have ways beside their key."""


def ways_to(kind: str, data: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return the ways (kind, folded number) that lead to a row: to a vehicle by its units, to a check by its numbers.

    A check of a plate with a colour is found by the plate alone as well, and so is what watches one.
    """
    if kind == "vehicle":
        numbers = {row_key("units", str(data[name])) for name in _UNITS if data.get(name)}
        return {("units", number) for number in numbers if number}
    about = {"history": data.get("about"), "watch": {"key": data.get("key")}}.get(kind)
    found = [str(number) for number in about.values() if number] if isinstance(about, Mapping) else []
    return {(kind, key) for number in found for key in (number, number.partition("|")[0])}


def _insert(store: Store, begin: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for some in chunked(rows, _ROWS_AT_ONCE):
        marks = ", ".join([f"({', '.join('?' * len(some[0]))})"] * len(some))
        run_sql(store, begin + marks, [value for row in some for value in row])


def _drop(store: Store, needed: set[int]) -> None:
    """Drop the rows and ways of other generations."""
    for model, key in ((FeedRow, FeedRow.id), (FeedWay, FeedWay.way)):
        others = model.generation.not_in(needed)
        while run(store, model.delete().where(others, key.in_(model.select(key).where(others).limit(_SOME)))):
            continue


def _name(store: Store, kind: str, key: str) -> bytes:
    return bytes.fromhex(store.vault.name(kind, key))
