"""T11: shows every record's way to the office; exports, reads receipts; sends again what a person decided on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from checklists.inspection.entries import Entry, facts_tree
from checklists.wire import from_plain
from mobile.desk import Desk
from mobile.device import camera, scanner, volumes
from mobile.inspecting.pictures import Watch
from mobile.link import hubs, line, receipts
from mobile.link.background import apart
from mobile.lock import vault
from mobile.refusals import Refusal
from mobile.screens.shared.trouble import trouble_words
from mobile.screens.sync.state import Left, Sent, SentPhoto, Waiting, receipts_words, sync_state
from mobile.screens.wiped.state import export_words
from mobile.store import clear_copies, export, remains
from mobile.store import store as stores
from mobile.store.store import Delivery
from mobile.words import words

MOST_DELIVERED = 40
"""Of those that the office holds, the newest; what it holds for long needs no place here. What waits is all shown."""


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the sync centre."""
    _Sync(desk, screen)


class _Sync:
    """The sync centre's flow; a sealed part is read once, because it never changes."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.vehicles: dict[str, tuple[str, str, str, Mapping[str, str]]] = {}
        self.opened, self.busy, self.notice = "", False, ("good", "")
        since, self.expects = desk.now(), False
        self.watching = Watch(partial(camera.arrived, desk.camera), desk.pictures_seen, lambda: since)
        screen.bind(
            on_send=lambda _screen: desk.start_sync(),
            on_retry=self.retry,
            on_photos=self.open,
            on_export=lambda _screen: self.apart(self.export),
            on_receipts=lambda _screen: self.apart(self.receipts),
            on_originals=lambda _screen: self.originals(),
            on_hub=lambda _screen: desk.attempt(self.hub),
            on_watch=lambda _screen: self.watch(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what the store holds now."""
        desk = self.desk
        sent = [self._sent(one) for one in _newest(stores.deliveries(desk.open_store))]
        packages = [(one.name, one.version, one.applied_at) for one in desk.backlog.packages]
        state = sync_state(
            desk.courier.state,
            sent,
            packages,
            desk.backlog.unsent,
            desk.now(),
            kept=[_waiting(one) for one in remains.all_kept(desk.folder)],
            opened=self.opened,
            busy=self.busy,
            notice=self.notice,
            hub=known.label if (known := hubs.known(desk.open_store)) else "",
            left=Left(desk.backlog.size, desk.backlog.originals, desk.backlog.held_back),
        )
        self.screen.show(state)

    def retry(self, _screen: Any, digest: str) -> None:
        """Put a refused record and its refused photos back in the outbox, and send."""
        stores.try_again(self.desk.open_store, digest)
        self.desk.start_sync()
        self.show()

    def open(self, _screen: Any, digest: str) -> None:
        """Show the photos of a record one by one, or no longer."""
        self.opened = "" if self.opened == digest else digest
        self.show()

    def hub(self) -> None:
        """Have the code of a hub read, or leave the one that is known."""
        if hubs.known(self.desk.open_store) is None:
            self.desk.photograph(self.scan)
        else:
            hubs.forget(self.desk.open_store)
            self.show()

    def scan(self) -> None:
        """Read the code of a hub in the newest picture that came since this screen is open, else in the next one.

        Raises Refusal `code_awaited` where none has come yet, or `no_new_picture` where this device takes one now.
        """
        new = self.watching.newest()
        if new is None:
            self.expects = True
            camera.opened(self.desk.camera)
            raise Refusal("code_awaited" if self.desk.lens is None else "no_new_picture")
        self.expects = False
        self.read(new)

    def watch(self) -> None:
        """Read a picture that was waited for."""
        desk = self.desk
        if self.expects and desk.screen == "sync" and desk.store is not None and (path := self.watching.arrived()):
            self.expects = False
            desk.attempt(lambda: self.read(path))

    def read(self, path: Path) -> None:
        """Take the hub whose code is on a picture. Raises Refusal."""
        desk = self.desk
        texts = scanner.read_qr(path)
        hubs.keep(desk.open_store, desk.access.enrolled, next((one for one in texts if "hub" in one), ""), desk.at)
        clear_copies.took_code(desk.open_store, path, "")
        desk.start_sync()
        self.show()

    def originals(self) -> None:
        """Let pictures in full size go over this line, or have them wait."""
        line.let_originals(self.desk.open_store, wait=not self.desk.backlog.held_back)
        self.desk.recount()
        self.desk.start_sync()

    def apart(self, job: Callable[[], tuple[str, str]]) -> None:
        """Make or read files apart from the screen."""
        if self.busy:
            return
        opened = self.desk.open_store

        def work() -> tuple[str, str]:
            try:
                return job()
            finally:
                stores.release(opened)

        self.busy, self.notice = True, ("good", "")
        self.show()
        apart(work, self._finished, self.desk.later)

    def export(self) -> tuple[str, str]:
        """Write everything that waits into a file on the stick, and what was kept beside it."""
        desk, opened = self.desk, self.desk.open_store
        if desk.practising:
            raise Refusal("link_practice")
        stick, office = volumes.stick(), vault.entrusted(desk.access.keys)
        contents, waiting = export.outbox(opened), remains.all_kept(desk.folder)
        if contents.empty and not waiting:
            raise Refusal("nothing_to_export")
        made: list[Path] = [export.copy(one.path, stick) for one in waiting]
        if not contents.empty:
            if office is None:
                raise Refusal("office_key_missing")
            made.append(export.save(opened, office, contents, stick, desk.now()))
        records = len(contents.records) + sum(one.records for one in waiting)
        photos = len(contents.photos) + sum(one.photos for one in waiting)
        return "good", export_words(records, photos, ", ".join(path.name for path in made))

    def receipts(self) -> tuple[str, str]:
        """Read the receipts that came back on a stick."""
        volumes.stick()
        taken = receipts.read(self.desk.open_store, receipts.found(volumes.removable()))
        return "stale" if taken.refused else "good", receipts_words(taken.records, taken.photos, taken.refused)

    def _finished(self, found: tuple[str, str] | Refusal) -> None:
        self.busy = False
        self.notice = ("danger", trouble_words(found)) if isinstance(found, Refusal) else found
        # The officer may have gone on, or locked the tablet, while the file was made.
        if self.desk.store is not None:
            self.desk.recount()

    def _sent(self, one: Delivery) -> Sent:
        plate, colour, sealed_at, items = self._vehicle(one.digest)
        photos = stores.photos(self.desk.open_store, one.inspection) if one.photos else ()
        files = [
            SentPhoto(
                self._words(items.get(each.entry, "")),
                each.role,
                each.state,
                each.sent,
                each.size,
                each.problem,
                each.entry,
                str((each.receipt or {}).get("received_at", "")),
            )
            for each in photos
            if each.state != "local"
        ]
        return Sent(one.digest, plate, colour, sealed_at, one.state, one.receipt, one.problem, files, one.on_hub)

    def _words(self, item: str) -> str:
        """Return what an item is about; its id where the checklists are not there."""
        found = self.desk.kit.item(item) if item and self.desk.backlog.ready else None
        return words.pick(found.text) if found else item

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


def _newest(sent: tuple[Delivery, ...]) -> list[Delivery]:
    """Return everything that is not done, and the newest of what is."""
    done = [one for one in sent if one.state in ("delivered", "conflict") and one.photos_received == one.photos]
    old = {one.digest for one in done[MOST_DELIVERED:]}
    return [one for one in sent if one.digest not in old]


def _waiting(one: remains.Kept) -> Waiting:
    return Waiting(one.path.name, one.made_at, one.records, one.photos, tuple(one.refused.values()))
