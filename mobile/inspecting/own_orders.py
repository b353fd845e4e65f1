"""Stop orders that were given or lifted on this tablet count here at once, before its office has heard of them.

What the office made of an act it says itself; from then on its own list decides, here as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from checklists.facts.registry import Lookup, Row, row_key
from checklists.inspection.stop_order import ANSWER, GIVEN, OrderAct
from checklists.zone import in_law_zone
from mobile.inspecting.order_book import LIST, Book, Given, OwnAct, laid_over
from mobile.store import deliveries, feed
from mobile.store import store as stores
from mobile.store.outbox import STOPS
from mobile.store.store import Store

_SEEN, _MOST_SEEN = "stops_seen", 100
"""The setting that names the refusals which somebody has read."""


class OwnOrders:
    """The look-up of a store, with the orders that were given or lifted here; a part is read once."""

    def __init__(self, store: Store, below: Lookup) -> None:
        self._store, self._below = store, below
        self._acts: dict[str, OwnAct] = {}
        self._sealed = -1

    def lookup(self, kind: str, key: str) -> Row | None:
        """Return the row `{"data", "as_of"}` for this key, however it is written, or None."""
        found = self._below(kind, key)
        if kind == "feed" and key == LIST and found is None and (acts := self.acts()):
            # An office that gives no list at all: nobody can say what else stands.
            return {"data": {"complete": False}, "as_of": acts[0].at}
        if kind != LIST or not (acts := self.acts()):
            return found
        rows = laid_over(found["data"].get("rows") or () if found else (), acts, row_key(kind, key))
        if not rows and found is None:
            return None
        return {"data": {"rows": rows}, "as_of": str(found["as_of"] if found else acts[0].at)}

    def acts(self) -> list[OwnAct]:
        """Return what was given and lifted here as it stands now, in the order in which it was sealed."""
        sealed, _digest = stores.chain_head(self._store)
        if self._sealed != sealed:
            for digest in deliveries.of_priority(self._store, STOPS):
                if digest not in self._acts:
                    self._acts[digest] = _act(digest, stores.sealed(self._store, digest).part)
            self._sealed = sealed
        heard_at = feed.heard(self._store).at if self._acts else ""
        return [self._now(one, heard_at) for one in self._acts.values()]

    def _now(self, one: OwnAct, heard_at: str) -> OwnAct:
        state, received_at, problem = deliveries.standing(self._store, one.digest)
        told = self._below(ANSWER, one.digest)
        stands = replace(one, state=state, received_at=received_at, problem=problem or {}, heard_at=heard_at)
        return replace(stands, answer=told["data"]) if told else stands


def _act(digest: str, part: Mapping[str, Any]) -> OwnAct:
    at, offset_ms = datetime.fromisoformat(str(part["sealed_at"])), int((part.get("clock") or {}).get("offset_ms") or 0)
    first = in_law_zone(at + timedelta(milliseconds=offset_ms)).date()
    said = part["signatures"][0]
    return OwnAct(digest, OrderAct.of(part["order"]), str(said.get("name") or ""), str(part["sealed_at"]), first)


def book(store: Store, today: date) -> Book:
    """Return all that is known today."""
    given = [Given.of(row["data"]) for row in stores.of_kind(store, GIVEN)]
    acts = OwnOrders(store, lambda kind, key: stores.lookup(store, kind, key)).acts()
    standing = [one for one in given if not one.until or one.until >= today.isoformat()]
    return Book(standing, acts, tuple(stores.setting(store, _SEEN, ())), today)


def read(store: Store, digest: str) -> None:
    """Note that a refusal was read."""
    held = stores.setting(store, _SEEN, [])
    stores.keep_setting(store, _SEEN, [*(one for one in held if one != digest), digest][-_MOST_SEEN:])


def unread(store: Store) -> int:
    """Return how many refusals nobody has read yet."""
    return len(book(store, date.min).unread)
