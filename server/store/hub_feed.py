"""The parent's feed as a hub keeps it: each line as it came, in its scope and at the parent's own place.

So a place means the same at the parent and at every hub of it, and a tablet goes from one to the other without
starting again. What a hub gives holds as of when it had last heard everything: a hub that is cut off says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from server import clock
from server.parts import taken_in
from server.store import bulk, feed, feed_pages, meta
from server.store.feed_models import FeedRow
from server.store.models import Counter, Package
from server.store.rows import tuples

_CURSOR, _AT = "hub_cursor", feed_pages.HEARD
_SOME = 200


class _Line(msgspec.Struct):
    agency: str
    area: str
    lane: int
    place: int
    change: msgspec.Raw


class _Change(msgspec.Struct):
    kind: str
    key: str
    gone: bool = False
    until: str = ""


@dataclass(frozen=True)
class Heard:
    """One line of the parent's feed for hubs: the change as it came, in which scope it is, and where it stands.

    The lane is the parent's to say: a later one may know more kinds that are urgent.
    """

    agency: str
    area: str
    lane: int
    place: int
    line: str
    change: _Change


def read(lines: Iterable[bytes]) -> Iterator[Heard]:
    """Yield the lines of a page for hubs. Raises ValueError for what is none."""
    for one in lines:
        line = msgspec.json.decode(one, type=taken_in(_Line))
        body = bytes(line.change)
        yield Heard(
            line.agency,
            line.area,
            line.lane,
            line.place,
            body.decode(),
            msgspec.json.decode(body, type=taken_in(_Change)),
        )


def cursor() -> str:
    """Return how far this hub has its parent's feed; empty before it began."""
    return meta.held(_CURSOR)


def complete_at() -> str:
    """Return the parent's time as of which everything is here; empty before that was ever so."""
    return meta.held(_AT)


def begin_anew() -> None:
    """Drop everything, because the parent has started anew; until all of it is here again nobody is told anything."""
    FeedRow.delete().execute()
    for name, value in ((_CURSOR, ""), (_AT, ""), (feed_pages.EPOCH, ""), (feed_pages.DROPPED, "0")):
        meta.put(name, value)
    _place_at(0)
    feed.stir()


def keep(heard: Iterable[Heard], head: Mapping[str, Any]) -> None:
    """Keep a page with its cursor, in one transaction. `head` is the page's, with what the parent tells hubs alone."""
    for some in bulk.chunks(heard, _SOME):
        FeedRow.insert_many([_row(one, str(head["at"])) for one in some]).on_conflict(
            conflict_target=[FeedRow.kind, FeedRow.key, FeedRow.agency, FeedRow.area],
            preserve=[FeedRow.lane, FeedRow.place, FeedRow.gone, FeedRow.body, FeedRow.until, FeedRow.told_at],
        ).execute()
    told = head["hub"]
    meta.put(feed_pages.EPOCH, str(told["epoch"]))
    feed_pages.dropped_up_to(int(told["dropped"]))
    _place_at(int(told["place"]))
    meta.put(_CURSOR, str(head["cursor"]))
    if not head["more"]:
        meta.put(_AT, str(head["at"]))
    feed.stir()


def _row(one: Heard, told_at: str) -> dict[str, Any]:
    return {
        "kind": one.change.kind,
        "key": one.change.key,
        "agency": one.agency,
        "area": one.area,
        "lane": one.lane,
        "place": one.place,
        "gone": int(one.change.gone),
        "body": one.line,
        "until": one.change.until,
        "told_at": told_at,
    }


def _place_at(place: int) -> None:
    told = {Counter.value: place}
    Counter.insert(name=feed.COUNTER, value=place).on_conflict(conflict_target=[Counter.name], update=told).execute()


def packages_named(heard: Iterable[Heard]) -> list[dict[str, Any]]:
    """Return the packages that lines offer and that are not here; the registry's rows come by the feed itself."""
    offers = [json.loads(one.line)["data"] for one in heard if one.change.kind == "package" and not one.change.gone]
    held = set(tuples(Package.select(Package.name, Package.version, Package.digest)))
    named = [(one, (one["name"], one["version"], one["digest"])) for one in offers]
    return [one for one, key in named if one["name"] != "registry" and key not in held]


def keep_package(offer: Mapping[str, Any], body: bytes, packed: bytes) -> None:
    """Keep a package as it came; its signature was looked at before.

    An office that was brought back from a backup may give a version a second time to other content.
    """
    Package.delete().where(Package.name == offer["name"], Package.version == offer["version"]).execute()
    columns = {name: offer[name] for name in ("name", "version", "digest", "signature")}
    Package.insert(**columns, body=body, packed=packed, published_at=clock.now()).execute()
