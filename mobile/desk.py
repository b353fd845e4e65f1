"""The officer's desk: the open store, the inspection in hand and the screen in front. No Kivy here.

Screens know nothing of it. For each screen a module of `mobile.flow` has `enter(desk, screen, **where)`: it connects
the screen's events to acts and shows the first state; `desk.put` writes entries and has the screen in front shown anew.

What unlocking needs (peewee, cryptography, requests) is imported then, because the first frame comes before it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checklists.wire import instant, uuid7
from mobile.link.courier import Courier, Later, at_once
from mobile.lock import lock_status, vault
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from checklists.definitions.definition import Item
    from mobile.inspecting.inspection import Draft, Held, Kit, Officer
    from mobile.link.enrolment import Enrolment
    from mobile.link.sync import SyncReport
    from mobile.pairing.near import Pairings
    from mobile.sealing.part import Device
    from mobile.store.store import Package, Store

Show = Callable[[str, Mapping[str, Any]], None]
Where = Mapping[str, Any]

OF_INSPECTION = (
    *("identify", "snapshot", "quick", "walk", "section", "deviation", "annotate", "pair"),
    *("compare", "outcome", "approve", "sign", "papers", "lesson"),
)
"""The screens that show the inspection in hand."""

OF_LEAD = ("quick", "outcome", "approve", "sign", "papers")
"""The screens on which an inspection is decided and sealed."""


def utc_now() -> datetime:
    """The device's clock; what it says is a statement of the device, never an order of entries."""
    return datetime.now(UTC)


class Desk:
    """What the tablet has open. `show(screen, where)` brings a screen to the front; the app gives it.

    `later` runs something on the app's own thread; `refresh` shows the screen in front anew, and each flow sets it;
    `on_status` is called when the link, the outbox or the packages changed; `tell` shows a refusal on a strip below the
    bar. `camera` is the folder where pictures arrive; `practise` changes over to the practice mode.
    """

    practising = False
    """Whether this is the practice mode's desk."""

    def __init__(self, folder: Path, show: Show, now: Callable[[], datetime] = utc_now, later: Later = at_once) -> None:
        self.folder = folder
        self.now, self.later = now, later
        self._show = show
        self.screen = ""
        self.where: Where = {}
        self.store: Store | None = None
        self.officer: Officer | None = None
        self.enrolment: Enrolment | None = None
        self.device = ""
        self.office_url = self.ca_file = ""
        self.camera = folder / "camera"
        self.pictures_seen: set[Path] = set()
        self.packages: tuple[Package, ...] = ()
        self.unsent = (0, 0)
        self.troubled = 0
        self.courier = Courier(now, later, self._heard)
        self.refresh: Callable[[], None] = lambda: None
        self.on_status: Callable[[], None] = lambda: None
        self.tell: Callable[[Refusal], None] = lambda refusal: None
        self.practise: Callable[[], None] = lambda: None
        self._kit: Kit | None = None
        self._held: Held | None = None
        self._places: dict[str, dict[str, Any]] = {}
        self._pairings: Pairings | None = None

    @property
    def keys(self) -> Path:
        """Where the wrapped keys are."""
        return self.folder / "keys.json"

    @property
    def held(self) -> Held:
        """The inspection in hand. It is a mistake of the flow to ask while there is none."""
        assert self._held is not None, "no inspection in hand"  # noqa: S101 - a bug, not a refusal
        return self._held

    @property
    def has_inspection(self) -> bool:
        """Whether an inspection is in hand."""
        return self._held is not None

    @property
    def plate(self) -> str:
        """The plate of the vehicle in hand, empty where there is none or it is not known."""
        return str(self._held.fact("vehicle.plate") or "") if self._held else ""

    @property
    def open_store(self) -> Store:
        """The store of the officer who unlocked it. It is a mistake of the flow to ask while it is locked."""
        assert self.store is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        return self.store

    @property
    def kit(self) -> Kit:
        """What is judged with; loaded once after each change of packages. Raises Refusal `packages_missing`."""
        if self._kit is None:
            from mobile.inspecting import kit as kits

            self._kit = kits.load(self.open_store)
        return self._kit

    @property
    def pairings(self) -> Pairings:
        """The other tablets, by inspection."""
        if self._pairings is None:
            from mobile.pairing.near import Pairings

            self._pairings = Pairings(self)
        return self._pairings

    @property
    def ready(self) -> bool:
        """Whether the packages that every inspection needs are there."""
        return {"definitions", "reference"} <= {one.name for one in self.packages}

    @property
    def at(self) -> str:
        """Now, as UTC text."""
        return instant(self.now())

    # -- the lock

    def officers(self) -> dict[str, str]:
        """Return who can unlock this tablet, id to name; empty before it is enrolled."""
        return vault.officers(self.keys) if vault.exists(self.keys) else {}

    def unlock(self, officer: str, pin: str) -> None:
        """Open the store and go on where the officer stood. Raises the vault's and the store's refusals."""
        from mobile.link import enrolment as enrol
        from mobile.sealing import shifts
        from mobile.store import store

        try:
            key = vault.unlock(self.keys, officer, pin, self.now())
        except Refusal as refusal:
            if refusal.code == "pin_spent" and self.wipe("tries"):
                return
            raise
        opened = store.open_store(self.folder, key)
        made = enrol.enrolment(opened)
        if made is None:
            raise Refusal("not_enrolled")
        self._open(opened, made, officer)
        self.resume(otherwise=shifts.first_screen(opened))
        self.start_sync()

    def lock(self) -> None:
        """Close the store and go to the lock screen."""
        self.close()
        self.go("unlock")

    def wipe(self, why: str) -> bool:
        """Take the PINs away and say so; False, with nothing changed, where no office could open what is not sent."""
        from mobile.store import wipe as wiping

        if wiping.begin(self.folder, why, self.now()) is None:
            return False
        self.close()
        self.unsent, self.troubled, self.packages = (0, 0), 0, ()
        self.go("wiped")
        return True

    def close(self) -> None:
        """Close the store and forget its key; what was written stays, and a run with the office ends by itself."""
        if self._pairings is not None:
            self._pairings.stop()
            self._pairings = None
        if self.store is not None:
            from mobile.store import store

            store.release(self.store)
        self.store = self.officer = self.enrolment = self._kit = self._held = None
        from mobile.inspecting import comparison

        comparison.forget()
        self.refresh = lambda: None

    def check_pin(self, officer: str, pin: str) -> None:
        """Confirm that it is this officer. Raises the vault's refusals."""
        vault.confirm(self.keys, officer, pin, self.now())

    def add_officer(self, officer: str, pin: str) -> None:
        """Let one more of the office's officers unlock this tablet, or give him a new PIN."""
        vault.add_officer(self.keys, self.open_store.vault, officer, pin, self._officer(officer).name)

    def enrol(self, made: Enrolment, officer: str, pin: str) -> None:
        """Keep what the office answered under a new vault with its first officer, and go on to the packages.

        Raises Refusal `pin_too_short`, and `officer_unknown` where the office did not name him.
        """
        from mobile.link import enrolment as enrol
        from mobile.store import store
        from mobile.store import wipe as wiping

        named = next((one for one in made.officers if one["id"] == officer), None)
        if named is None:
            raise Refusal("officer_unknown", officer)
        fresh = not (self.folder / "data").exists()
        key = vault.create(self.keys, officer, pin, named["name"])
        try:
            opened = store.open_store(self.folder, key)
            enrol.keep(opened, made)
        except Refusal:
            # Nothing was kept under this key yet; left behind, it would lock out the next try.
            self.keys.unlink()
            if fresh:
                shutil.rmtree(self.folder / "data", ignore_errors=True)
            raise
        self._open(opened, made, officer)
        wiping.over(self.folder)
        self.start_sync()

    # -- inspections

    def begin(self) -> None:
        """Open a new inspection and go to identify the vehicle. Raises Refusal `packages_missing`."""
        from mobile.inspecting.inspection import Held
        from mobile.store import store

        inspection, at = uuid7(), self.at
        kit = self.kit
        store.open_inspection(self.open_store, inspection, self._me().id, at)
        self._held = Held(inspection, at, self.device, self._me(), kit)
        self.go("identify")

    def resume(self, inspection: str = "", otherwise: str = "queue") -> None:
        """Take an inspection in hand where it stood; without a name, the view in which the app was left.

        Where there is none, go to the screen `otherwise`.
        """
        from mobile.store import store

        view = store.view(self.open_store)
        inspection = inspection or str(view.get("inspection") or "")
        open_ones = {inspection, *(one.id for one in store.in_progress(self.open_store))}
        self._places = {one: place for one, place in dict(view.get("places") or {}).items() if one in open_ones}
        place = self._places.get(inspection) or {}
        state = store.inspection_state(self.open_store, inspection) if inspection else None
        closed = state == "sealed" and place.get("screen") in ("papers", "lesson")
        if self.ready and (state == "in_progress" or closed):
            self._take(inspection)
            self.go(str(place.get("screen") or "identify"), **dict(place.get("where") or {}))
        else:
            self._held = None
            self.go(otherwise)

    def join(self, inspection: str, opened_at: str, lead: str, lead_device: str) -> None:
        """Take the inspection that another tablet opened in hand here. Raises Refusal `packages_missing`."""
        from mobile.store import store

        assert self.kit is not None  # noqa: S101 - raises where the packages are missing
        store.open_inspection(self.open_store, inspection, lead, opened_at, lead_device)
        self._take(inspection)

    def look(self, inspection: str) -> Held:
        """Return an inspection of this tablet as it stands, without taking it in hand."""
        from mobile.inspecting.inspection import Held
        from mobile.store import store

        opened = next(one for one in store.inspections(self.open_store) if one.id == inspection)
        entries = store.entries(self.open_store, inspection)
        return Held(inspection, opened.opened_at, self.device, self._me(), self.kit, entries, opened.lead_device)

    def merge(self) -> None:
        """Take what another tablet wrote into the inspection in hand, and show the screen in front anew."""
        from mobile.store import store

        self._held = self.held.adding(store.entries(self.open_store, self.held.inspection))
        self.refresh()
        self.on_status()

    def place(self, inspection: str) -> str:
        """Return the screen on which an open inspection stands."""
        return str((self._places.get(inspection) or {}).get("screen") or "identify")

    def show_papers(self, inspection: str) -> None:
        """Take a sealed inspection in hand to see its papers again."""
        self._take(inspection)
        self.go("papers")

    def put_down(self) -> None:
        """Lay the inspection aside, with all that is in it, and go to the queue. One in which nothing is goes away."""
        from mobile.store import store

        held, self._held = self._held, None
        if held is not None and held.leads and not held.entries and self._pairings is None:
            with suppress(Refusal):
                store.abandon(self.open_store, held.inspection)
        self.go("queue")

    def put(self, drafts: Iterable[Draft], officer: Officer | None = None) -> None:
        """Write the drafts of one act, durable together or not at all, then show the screen in front anew.

        `officer` is who puts them down where it is not the officer at the desk: a colleague who confirmed by his PIN.
        """
        from mobile.inspecting.inspection import write
        from mobile.store import store

        drafts = tuple(drafts)
        writer = replace(self.held, officer=officer or self.held.officer)
        entries = write(writer, drafts, self.at, (uuid7() for _ in drafts))
        store.append(self.open_store, *entries)
        self._held = self.held.adding(entries)
        self.refresh()
        self.on_status()

    @property
    def device_facts(self) -> Device:
        """What the device says of itself in a sealed part."""
        from mobile.link import sync
        from mobile.sealing import part

        assert self.enrolment is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        return part.Device(self.enrolment.certificate, sync.clock(self.open_store), self.site)

    @property
    def site(self) -> str:
        """The place of the post as it was written at the shift's start; empty where nobody did."""
        from mobile.store import store

        return str(store.setting(self.open_store, "site", ""))

    # -- screens

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something; where it is refused, tell it on the strip and leave everything as it is."""
        try:
            act()
        except Refusal as refusal:
            self.tell(refusal)

    def go(self, screen: str, **where: Any) -> None:
        """Bring a screen to the front and remember it, so that a restart goes on there. `where` is plain JSON.

        What the lead alone decides leads a joined tablet to the page of the two tablets. Where the screen cannot be
        remembered, on a full disk, that is told and the officer still gets where he wants to go.
        """
        if screen in OF_LEAD and self._held is not None and not self._held.leads:
            screen, where = "pair", {}
        self.screen, self.where = screen, where
        problem: Refusal | None = None
        if self.store is not None:
            try:
                self._remember(screen, where)
            except Refusal as refusal:
                problem = refusal
        self._show(screen, where)
        if problem is not None:
            self.tell(problem)

    def back_to_inspection(self) -> None:
        """Go back to where the inspection in hand stands, or to the queue where there is none."""
        if self._held is None:
            self.put_down()
        else:
            self.resume(self._held.inspection)

    # -- the link

    def start_sync(self) -> None:
        """Send and fetch in the background; while a run goes on, another follows it."""
        if self.store is not None:
            self.courier.start(self.store)

    def tick(self) -> None:
        """Try the office and the other tablets again when it is time; the app calls this every second."""
        if self._pairings is not None:
            self._pairings.tick()
        if self.store is not None and self.courier.due():
            self.start_sync()

    def recount(self) -> None:
        """Count anew what waits, after something else than the link changed it, and have it shown."""
        self._count()
        self.on_status()

    def item(self, item: str) -> Item | None:
        """Return an item of the checklists on this tablet, or None where it is not known here."""
        held = self.kit.definitions.checklists.values() if self.ready else ()
        return next((found for one in held if (found := one.item(item)) is not None), None)

    def _heard(self, report: SyncReport | None) -> None:
        link = self.courier.state
        if link.code == "device_revoked" and not link.running and self.store is not None and self.wipe("revoked"):
            return
        if report is not None and report.packages:
            self._kit = None
        if self.store is not None:
            self._count()
        self.on_status()

    def _open(self, opened: Store, made: Enrolment, officer: str) -> None:
        self.store, self.enrolment, self.device, self._kit = opened, made, made.device, None
        self._entrust(opened, made)
        self.officer = self._officer(officer)
        self._count()

    def _entrust(self, opened: Store, made: Enrolment) -> None:
        """Have the vault's key sealed for the office, once; a tablet that was cut off while enrolling does it now."""
        from mobile.link import enrolment as enrol

        if vault.entrusted(self.keys) is None and (office := enrol.trustee(made, opened.vault)) is not None:
            vault.entrust(self.keys, office)

    def _officer(self, officer: str) -> Officer:
        from mobile.inspecting.inspection import Officer

        assert self.enrolment is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        named = next((one for one in self.enrolment.officers if one["id"] == officer), None)
        if named is None:
            raise Refusal("officer_unknown", officer)
        return Officer(named["id"], named["name"], str(named.get("card", "")), str(named.get("agency", "")))

    def _me(self) -> Officer:
        assert self.officer is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        return self.officer

    def _take(self, inspection: str) -> None:
        self._held = self.look(inspection)
        self.pairings.attach(inspection)

    def _remember(self, screen: str, where: Where) -> None:
        from mobile.store import store

        inspection = self._held.inspection if self._held else None
        if inspection and screen in OF_INSPECTION:
            self._places[inspection] = {"screen": screen, "where": where}
        view = {"screen": screen, "where": where, "inspection": inspection, "places": self._places}
        store.remember_view(self.open_store, view)

    def _count(self) -> None:
        from mobile.store import remains, store

        opened = self.open_store
        sent = store.deliveries(opened)
        lacking = [one.inspection for one in sent if one.photos_received < one.photos]
        refused = sum(photo.state == "refused" for one in lacking for photo in store.photos(opened, one))
        waiting = remains.all_kept(self.folder)
        records, files = store.unsent(opened)
        self.packages = store.packages(opened)
        self.unsent = records + sum(one.records for one in waiting), files + sum(one.photos for one in waiting)
        self.troubled = (
            refused + sum(one.state == "rejected" for one in sent) + sum(len(one.refused) for one in waiting)
        )
        ages = {one.name: one.applied_at for one in self.packages}
        lock_status.keep(self.folder, ages, self.unsent, self.enrolment.office if self.enrolment else "")
