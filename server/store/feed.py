"""What tablets are to hear of: told in the transaction of the change itself, placed just before that is committed.

Places are given under the lock of one counter, which is held until the commit. So they are committed in their order,
and nobody who read up to a place can find another change below it later: a sequence alone does not promise that.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import Database, fn

from checklists.records.feed_page import URGENT_KINDS
from server import clock
from server.store import bulk, figures
from server.store.feed_models import FeedRow
from server.store.models import Counter
from server.store.rows import tuples

URGENT, REST = 0, 1
COUNTER, DEVICES = "feed", "feed_devices"
"""The counters of places, and of changes of devices."""

NOWHERE = "?"
"""The area of what lies at a place that nobody has named: it goes to those tablets alone that work everywhere."""

KNOWN_LONGER_DAYS = 7
"""An unchanged row that holds as of later is told again after so many days; a tablet calls it stale after thirty."""

_VERSION = 1
_SOME = 200
_SLOW = frozenset({"vehicle", "tank", "carrier", "person", "site", "officer", "carrier_tier"})


class _Here(threading.local):
    told = False


_here = _Here()
_commits = 0


@dataclass(frozen=True)
class Told:
    """What is to be known of a thing: `data` is JSON as text, `agency` and `area` the scope, empty for all."""

    key: str
    data: str
    as_of: str
    agency: str = ""
    area: str = ""
    until: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """The thing in its scope."""
        return self.key, self.agency, self.area

    def line(self, kind: str) -> str:
        """Return the line that is sent, in canonical JSON; `data` must be so already."""
        until = f',"until":{_text(self.until)}' if self.until else ""
        return (
            f'{{"as_of":{_text(self.as_of)},"data":{self.data},"key":{_text(self.key)},"kind":{_text(kind)}'
            f'{until},"v":{_VERSION}}}'
        )


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def tell(kind: str, things: Iterable[Told]) -> None:
    """Tell tablets of things as they are now; what is as it was told is left. A scope that is not named has left."""
    for some in bulk.chunks(things, _SOME):
        each = {one.place: one for one in some}
        held = _standing(kind, {one.key for one in some})
        new = [one for place, one in each.items() if not _is_told(kind, held.get(place), one)]
        left = [place for place in held if place not in each]
        _put(kind, [(one.place, one.line(kind), one.until, 0) for one in new])
        _put(kind, [(place, _gone_line(kind, place[0]), "", 1) for place in left])


def gone(kind: str, keys: Iterable[str]) -> None:
    """Tell tablets that things are not there any more; what they were never told of stays unsaid."""
    for some in bulk.chunks(dict.fromkeys(keys), _SOME):
        held = _standing(kind, some)
        _put(kind, [(place, _gone_line(kind, place[0]), "", 1) for place in held])


def standing_keys(kind: str) -> set[str]:
    """Return the keys of a kind that stand in some scope."""
    query = FeedRow.select(FeedRow.key, FeedRow.gone).where(FeedRow.kind == kind)
    return {key for key, is_gone in tuples(query) if not is_gone}


def standing(kind: str, key: str) -> dict[str, Any] | None:
    """Return what was told last of a thing that is for all, or None."""
    line = _standing(kind, [key]).get((key, "", ""))
    return dict(json.loads(line)["data"]) if line else None


def standing_among(kind: str, keys: Iterable[str]) -> set[str]:
    """Return those of the keys under which something stands that is for all."""
    return {key for key, agency, area in _standing(kind, keys) if not (agency or area)}


def _standing(kind: str, keys: Iterable[str]) -> dict[tuple[str, str, str], str]:
    # Asked for in the query too, `gone` would lead SQLite to an index in which nearly all rows are the same.
    rows = bulk.among(FeedRow, ("key", "agency", "area", "body", "gone"), "key", list(keys), kind=kind)
    return {(key, agency, area): body for key, agency, area, body, is_gone in rows if not is_gone}


def _is_told(kind: str, held: str | None, now: Told) -> bool:
    if held is None:
        return False
    line = now.line(kind)
    if held == line or kind not in _SLOW or held.partition(",")[2] != line.partition(",")[2]:
        return held == line
    before = json.loads(held)["as_of"]
    return clock.read(now.as_of) - clock.read(before) < timedelta(days=KNOWN_LONGER_DAYS)


def _gone_line(kind: str, key: str) -> str:
    return f'{{"gone":true,"key":{_text(key)},"kind":{_text(kind)},"v":{_VERSION}}}'


def _put(kind: str, rows: Sequence[tuple[tuple[str, str, str], str, str, int]]) -> None:
    if not rows:
        return
    at, lane = clock.now(), URGENT if kind in URGENT_KINDS else REST
    told = [
        {
            "kind": kind,
            "key": key,
            "agency": agency,
            "area": area,
            "lane": lane,
            "place": None,
            "gone": is_gone,
            "body": body,
            "until": until,
            "told_at": at,
        }
        for (key, agency, area), body, until, is_gone in rows
    ]
    bulk.put(FeedRow, ("kind", "key", "agency", "area"), told)
    stir()


@contextlib.contextmanager
def transaction(database: Database) -> Iterator[None]:
    """One transaction; before it is committed what it touched is counted, and last what is told gets its places."""
    global _commits  # noqa: PLW0603 - how often this process added to the feed
    with database.atomic():
        yield
        figures.settle_touched()
        stirred, _here.told = _here.told, False
        if stirred:
            give_places()
    _commits += stirred


def stir() -> None:
    """Note that this transaction changes where the feed begins or ends."""
    _here.told = True


def commits() -> int:
    """Return how often this process has changed the feed: who remembers its end looks again when that has grown."""
    return _commits


def give_places() -> int:
    """Give places to everything that has none, and return how many. Until the commit nobody else gives any.

    What has left a scope comes first, so that a tablet in both scopes ends with the thing.
    """
    before = _lock()
    many = int(bulk.run(_placing, before).rowcount)
    if many:
        bulk.run(_reaching, before + many, COUNTER)
    return many


def _placing() -> Any:
    in_order = fn.ROW_NUMBER().over(order_by=[FeedRow.gone.desc(), FeedRow.id]).alias("nth")
    waiting = FeedRow.select(FeedRow.id, in_order).where(FeedRow.place.is_null()).alias("waiting")
    return FeedRow.update(place=0 + waiting.c.nth).from_(waiting).where(FeedRow.id == waiting.c.id)


def _reaching() -> Any:
    return Counter.update(value=0).where(Counter.name == "")


def _lock() -> int:
    """Return the last place given, and hold the counter; who else wants it waits for our commit."""
    return int(bulk.rows(_holding, COUNTER, 0, 0)[0][0])


def _holding() -> Any:
    same = {Counter.value: Counter.value + 0}
    held = Counter.insert(name="", value=0).on_conflict(conflict_target=[Counter.name], update=same)
    return held.returning(Counter.value)


def last_place() -> int:
    """Return the last place that was given; everything up to it is committed."""
    held = Counter.get_or_none(Counter.name == COUNTER)
    return int(held.value) if held is not None else 0


def without_place() -> bool:
    """Whether something was committed without a place, by a way that does not go through `transaction`."""
    return bool(bulk.rows(_placeless, 1))


def _placeless() -> Any:
    return FeedRow.select(FeedRow.id).where(FeedRow.place.is_null()).limit(0)


def drop_old(before: str, day: str) -> tuple[int, int]:
    """Drop what was gone before a time and what nobody needs since a day; return the last place gone, and how many."""
    old = (FeedRow.gone == 1) & (FeedRow.told_at < before)
    last = FeedRow.select(fn.MAX(FeedRow.place)).where(old).scalar()
    past = (FeedRow.until != "") & (FeedRow.until < day)
    many = FeedRow.delete().where(old | past).execute()
    return int(last or 0), int(many)


def counts() -> dict[str, int]:
    """Return how many things of each kind stand in the feed."""
    query = FeedRow.select(FeedRow.kind, fn.COUNT(FeedRow.id)).where(FeedRow.gone == 0).group_by(FeedRow.kind)
    return {str(kind): int(many) for kind, many in tuples(query)}
