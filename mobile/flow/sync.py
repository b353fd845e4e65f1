"""T11: shows every record's way to the office; sends now; puts back in the outbox what a person decided on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.inspection import Entry, facts_tree
from checklists.wire import from_plain
from mobile import store as stores
from mobile.desk import Desk
from mobile.states.sync import Sent, SentPhoto, sync_state
from mobile.store import Delivery

MOST_RECORDS = 100
"""The newest; what the office holds for long needs no place here."""


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the sync centre."""
    _Sync(desk, screen)


class _Sync:
    """The sync centre's flow; a sealed part is read once, because it never changes."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.vehicles: dict[str, tuple[str, str, str, Mapping[str, str]]] = {}
        screen.bind(on_send=lambda _screen: desk.start_sync(), on_retry=self.retry)
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what the store holds now."""
        desk = self.desk
        sent = [self._sent(one) for one in stores.deliveries(desk.open_store)[:MOST_RECORDS]]
        packages = [(one.name, one.version, one.applied_at) for one in desk.packages]
        self.screen.show(sync_state(desk.courier.state, sent, packages, desk.unsent, desk.now()))

    def retry(self, _screen: Any, digest: str) -> None:
        """Put a refused record and its refused photos back in the outbox, and send."""
        stores.try_again(self.desk.open_store, digest)
        self.desk.start_sync()
        self.show()

    def _sent(self, one: Delivery) -> Sent:
        plate, colour, sealed_at, items = self._vehicle(one.digest)
        photos = stores.photos(self.desk.open_store, one.inspection) if one.photos else ()
        files = [
            SentPhoto(items.get(each.entry, ""), each.role, each.state, each.sent, each.size, each.problem)
            for each in photos
        ]
        return Sent(one.digest, plate, colour, sealed_at, one.state, one.receipt, one.problem, files)

    def _vehicle(self, digest: str) -> tuple[str, str, str, Mapping[str, str]]:
        """Return plate, colour and time of a sealed part, and the item of each of its photo entries."""
        if digest not in self.vehicles:
            part = stores.sealed(self.desk.open_store, digest).part
            entries = [from_plain(Entry, one) for one in part.get("entries", ())]
            vehicle = facts_tree(entries).get("vehicle") or self._before(str(part.get("inspection", "")))
            items = {one.id: one.item or "" for one in entries if one.kind == "photo"}
            known = str(vehicle.get("plate") or ""), str(vehicle.get("colour") or ""), str(part.get("sealed_at", ""))
            self.vehicles[digest] = (*known, items)
        return self.vehicles[digest]

    def _before(self, inspection: str) -> Mapping[str, Any]:
        """Return the vehicle of an inspection to which an amendment only adds."""
        return dict(facts_tree(stores.entries(self.desk.open_store, inspection)).get("vehicle") or {})
