"""The officer's desk: it wires the access, the inspection in hand, the navigation, the courier and the pairings.

Screens know nothing of it. Each screen's flow has `enter(desk, screen, **where)`: it connects the screen's events to
acts and shows the first state; `desk.put` writes entries and has the screen in front shown anew. No Kivy here, and what
only unlocking needs is imported then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checklists.wire import instant
from mobile.access import Access
from mobile.device import printer
from mobile.device.location import Receiver
from mobile.device.receivers import Post
from mobile.inspecting.hand import PICTURED, Follow, Hand
from mobile.link import backlog
from mobile.link.background import Later, at_once
from mobile.link.backlog import Backlog
from mobile.link.courier import Courier
from mobile.lock import lock_status
from mobile.navigation import Navigation, Show, Where
from mobile.news import News
from mobile.office_news import OfficeNews
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.device.camera import Seen
    from mobile.device.live_camera import Lens
    from mobile.device.plate_reader import PlateReader
    from mobile.inspecting.camera_photo import Shutter
    from mobile.inspecting.inspection import Draft, Held, Kit, Officer
    from mobile.link.enrolment import Enrolment
    from mobile.pairing.pairings import Pairings
    from mobile.sealing.part import Device
    from mobile.store.store import Store


def utc_now() -> datetime:
    """The device's clock; what it says is a statement of the device, never an order of entries."""
    return datetime.now(UTC)


class Desk:
    """What the tablet has open. `show(screen, where)` brings a screen to the front; the app gives it.

    `later` runs something on the app's own thread; `refresh` shows the screen in front anew, and each flow sets it;
    `on_status` is called when the link, the outbox or the packages changed; `tell` shows a refusal on a strip below the
    bar. `camera` is the folder where pictures arrive, `receiver` tells where the tablet is, `lens` opens this device's
    own camera, if it has one, and `plate_reader` suggests plates from pictures, if it can; `practise` changes over to
    the practice mode. `settle` gives words that are being typed to their owner; it comes before the officer goes
    anywhere. `set_aside` is called when what is judged with was loaded: it stays for long.
    """

    practising = False
    """Whether this is the practice mode's desk."""

    def __init__(self, folder: Path, show: Show, now: Callable[[], datetime] = utc_now, later: Later = at_once) -> None:
        self.folder, self.now, self.later = folder, now, later
        self.access = Access(folder, now)
        self.access.near = lambda: (self.plate,)
        self.hand: Hand | None = None
        self.navigation = Navigation(show)
        self.office_news = OfficeNews(self)
        self.courier = Courier(now, later, self.office_news.heard)
        self.backlog = Backlog()
        self.office_url = self.ca_file = ""
        self.camera = folder / "camera"
        self.pictures_seen: set[Seen] = set()
        self.receiver: Receiver = Post(now)
        self.lens: Lens | None = None
        self.plate_reader: PlateReader | None = None
        self.carrying: Callable[[bool], None] = lambda on: None
        self.waits_for_picture: Callable[[], None] | None = None
        self.refresh: Callable[[], None] = lambda: None
        self.on_status: Callable[[], None] = lambda: None
        self.tell: Callable[[Refusal], None] = lambda refusal: None
        self.practise: Callable[[], None] = lambda: None
        self.settle: Callable[[], None] = lambda: None
        self.set_aside: Callable[[], None] = lambda: None
        self.touched: dict[tuple[str, str], Any] = {}
        """What was touched or typed and is not decided yet, by inspection and screen; it does not outlive the lock."""
        self.usual_order = False
        """Whether items stand as the checklist has them; else those of the officer's own agency come first."""
        self.role = ""
        """What the officer does in the open shift, as `checklists.inspection.shift.ROLES`."""
        self._told_left: set[Path] = set()
        self._ticked = now()
        self._pairings: Pairings | None = None

    @property
    def at(self) -> str:
        """Now, as UTC text."""
        return instant(self.now())

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something; where it is refused, tell it on the strip and leave everything as it is."""
        try:
            act()
        except Refusal as refusal:
            self.tell(refusal)

    # -- the access

    @property
    def store(self) -> Store | None:
        """The store, while it is open."""
        return self.access.store

    @property
    def open_store(self) -> Store:
        """The store of the officer who unlocked it. It is a mistake of the flow to ask while it is locked."""
        return self.access.open_store

    @property
    def site(self) -> str:
        """The place of the post as it was written at the shift's start; empty where nobody did."""
        from mobile.store import store

        return str(store.setting(self.open_store, "site", ""))

    @property
    def device_facts(self) -> Device:
        """What the device says of itself in a sealed part."""
        from mobile.link import agreed_clock
        from mobile.sealing import part
        from mobile.store import packages

        store = self.open_store
        heard = next((one.named for one in packages.packages(store) if one.name == packages.REGISTRY), None)
        return part.Device(self.access.enrolled.certificate, agreed_clock.clock(store), self.site, heard)

    def unlock(self, officer: str, pin: str) -> None:
        """Open the store and go on where the officer stood. Raises the vault's and the store's refusals."""
        try:
            self.access.unlock(officer, pin)
        except Refusal as refusal:
            if refusal.code == "pin_spent" and self.wipe("tries"):
                return
            raise
        self._opened()
        self.resume(otherwise="")
        self.start_sync()

    def enrol(self, made: Enrolment, officer: str, pin: str) -> None:
        """Keep what the office answered, with this officer's PIN as the first, and fetch the packages.

        Raises Refusal `pin_length`, and `officer_unknown` where the office did not name him.
        """
        self.access.enrol(made, officer, pin)
        self._opened()
        self.start_sync()

    def lock(self) -> None:
        """Close the store and go to the lock screen."""
        self.attempt(self.settle)
        self.close()
        self.go("unlock")

    def wipe(self, why: str) -> bool:
        """Take the PINs away and say so; False, with nothing changed, where no office could open what is not sent."""
        if not self.access.wipe(why):
            return False
        self.close()
        self.backlog = Backlog()
        self.go("wiped")
        return True

    def close(self) -> None:
        """Close the store and forget its key; what was written stays, and a run with the office ends by itself."""
        from mobile.inspecting import comparison

        if self._pairings is not None:
            self._pairings.stop()
            self._pairings = None
        self.courier.stop()
        self.access.close()
        self.hand = None
        self.touched.clear()
        self.usual_order = False
        comparison.forget()
        self.refresh = lambda: None

    def _opened(self) -> None:
        # What was printed when the tablet went off lies in the open still.
        printer.forget((self.folder / "papers").glob("*"))
        self.hand = Hand(self.open_store, self.access.device, self.access.me, lambda: self.later(self.set_aside))
        self._clear()
        self._count()
        from mobile.store import line

        if line.paired(self.open_store):
            # Tablets that were paired at this post hear each other again.
            _ = self.pairings.beside

    def _clear(self) -> None:
        """Remove the clear copies of pictures that are safe in the vault; what stays is told once."""
        from mobile.store import clear_copies

        left = {one for one in clear_copies.remove(self.open_store) if one not in self._told_left}
        self._told_left |= left
        if left:
            self.tell(Refusal("clear_copy_left", name=", ".join(sorted(one.name for one in left))))

    # -- the inspection in hand

    @property
    def held(self) -> Held:
        """The inspection in hand. It is a mistake of the flow to ask while there is none."""
        held = self._held
        assert held is not None, "no inspection in hand"  # noqa: S101 - a bug, not a refusal
        return held

    @property
    def has_inspection(self) -> bool:
        """Whether an inspection is in hand."""
        return self._held is not None

    @property
    def plate(self) -> str:
        """The plate of the vehicle in hand, empty where there is none or it is not known."""
        held = self._held
        return str(held.fact("vehicle.plate") or "") if held else ""

    @property
    def kit(self) -> Kit:
        """What is judged with. Raises Refusal `packages_missing`."""
        return self._open_hand.kit

    def holds(self, inspection: str) -> bool:
        """Whether this inspection is in hand."""
        held = self._held
        return held is not None and held.inspection == inspection

    def begin(self) -> None:
        """Open a new inspection and go to identify the vehicle. Raises Refusal `packages_missing`."""
        from checklists.records.belonging import new_inspection

        self.attempt(self.settle)
        self._open_hand.begin(new_inspection(self.access.enrolled.key.public), self.at)
        self.shutter().opened()
        self.go("identify")

    def resume(self, inspection: str = "", otherwise: str = "queue") -> None:
        """Take an inspection in hand where it stood; without a name, the view in which the app was left.

        Where there is none, go to the screen `otherwise`, or without one to where the officer's work begins.
        """
        self.attempt(self.settle)
        inspection = self.navigation.recall(self.open_store, inspection)
        if self.backlog.ready and self.navigation.goes_on(self.open_store, inspection):
            screen, where = self.navigation.place(inspection)
            self._take(inspection)
            self.go(screen, **where)
        else:
            self._open_hand.held = None
            self.go(otherwise) if otherwise else self.start_work()

    def start_work(self) -> None:
        """Go where the officer's work begins: by his role in the open shift, or to begin one."""
        from mobile.sealing import shifts

        screen = shifts.first_screen(self.open_store, self.access.me.id)
        if screen == "identify":
            self.attempt(self.begin)
            screen = "" if self.has_inspection else "queue"
        if screen:
            self.go(screen)

    def back_to_inspection(self) -> None:
        """Go back to where the inspection in hand stands, or to the queue where there is none."""
        held = self._held
        if held is None:
            self.put_down()
        else:
            self.resume(held.inspection)

    def show_papers(self, inspection: str, number: str = "") -> None:
        """Take a sealed inspection in hand to see its papers again, the one of that number first."""
        self.attempt(self.settle)
        self._take(inspection)
        self.go("papers", **({"number": number} if number else {}))

    def put_down(self) -> None:
        """Lay the inspection aside, with all that is in it, and go to the queue. One in which nothing is goes away."""
        self.attempt(self.settle)
        held = self._held
        alone = self._pairings is None or held is None or not self._pairings.runs(held.inspection)
        self._open_hand.lay_down(alone=alone)
        self.go("queue")

    def put(
        self,
        drafts: Iterable[Draft],
        officer: Officer | None = None,
        follow: Follow = lambda held: (),
        *,
        leaving: bool = False,
    ) -> None:
        """Write the drafts of one act, durable together or not at all, then show the screen in front anew.

        `leaving`: the screen is left by this act, so that it is shown anew only where it is refused.

        What follows from them is written with them: what `follow` says, and which trailer and tank are here by this
        tablet's registry. `officer` is who puts them down where it is not the officer at the desk: a colleague who
        confirmed by his PIN.
        """
        from mobile.inspecting import fresh

        put, site = tuple(drafts), self.site
        follows = follow, lambda held: fresh.read_here(held, site, put)
        self._open_hand.put(self.held, put, self.at, officer, self.receiver.where, follows)
        if self._told_left or any(one.kind in PICTURED for one in put):
            self._clear()
        if not leaving:
            self.refresh()
        self.on_status()

    def shutter(self, held: Held | None = None, of: str = "") -> Shutter:
        """Return what takes pictures for the inspection in hand, or for another and what `of` it they are."""
        from mobile.inspecting.camera_photo import Shutter

        return Shutter(self.open_store, self.camera, held or self.held, self.now(), self.receiver.where, of)

    def photograph(self, take: Callable[[], None], **here: Any) -> None:
        """Take a picture; where none is new and this device has a camera, look through it first, then take that one.

        `here` is what the screen in front is to be entered with when it comes back. Raises what `take` raises.
        """
        try:
            take()
        except Refusal as refusal:
            from mobile.inspecting.camera_photo import NONE_NEW

            if self.lens is None or refusal.code not in NONE_NEW:
                raise
            self.waits_for_picture = take
            self.go("camera", back=self.screen, back_where={**self.where, **here})

    @property
    def registers(self) -> bool:
        """Whether the officer takes down papers here and others check: what he leads is then handed over to them."""
        return self.role == "register" and self.has_inspection and self.held.leads

    @property
    def _held(self) -> Held | None:
        return self.hand.held if self.hand else None

    @property
    def _open_hand(self) -> Hand:
        assert self.hand is not None, "the store is locked"  # noqa: S101 - a bug, not a refusal
        return self.hand

    def _take(self, inspection: str) -> None:
        self._open_hand.take(inspection)
        self.attempt(lambda: self.shutter().opened())
        self.pairings.attach(inspection)

    # -- the screens

    @property
    def screen(self) -> str:
        """The screen in front."""
        return self.navigation.screen

    @property
    def where(self) -> Where:
        """What the screen in front was entered with."""
        return self.navigation.where

    def go(self, screen: str, **where: Any) -> None:
        """Bring a screen to the front and remember it, so that a restart goes on there. `where` is plain JSON."""
        self.attempt(self.settle)
        self._note_role()
        problem = self.navigation.go(screen, where, self.store, self._held)
        if problem is not None:
            self.tell(problem)

    def _note_role(self) -> None:
        if self.store is None:
            self.role = ""
        elif self.screen in ("", "unlock", "shift"):
            from mobile.sealing import shifts

            self.role = shifts.role_of(self.store, self.access.me.id)

    # -- the other tablets

    @property
    def pairings(self) -> Pairings:
        """The other tablets, by inspection."""
        if self._pairings is None:
            from mobile.pairing.pairings import Pairings
            from mobile.pairing.post import Post

            access = self.access
            self._pairings = Pairings(
                Post(
                    access.open_store,
                    access.enrolled,
                    access.me,
                    look=self.look,
                    facts=lambda: self.device_facts,
                    now=self.now,
                    later=self.later,
                    front=News(self),
                    practising=self.practising,
                )
            )
        return self._pairings

    def join(self, inspection: str, opened_at: str, lead: str, lead_device: str) -> None:
        """Take the inspection that another tablet opened in hand here. Raises Refusal `packages_missing`."""
        self.attempt(self.settle)
        self._open_hand.join(inspection, opened_at, lead, lead_device)
        self.shutter().opened()
        self.pairings.attach(inspection)

    def look(self, inspection: str) -> Held:
        """Return an inspection of this tablet as it stands, in hand or not."""
        return self.held if self.holds(inspection) else self._open_hand.look(inspection)

    def merge(self) -> None:
        """Take what another tablet wrote into the inspection in hand, and show the screen in front anew."""
        self._open_hand.merge(self.held, self.at)
        self.refresh()
        self.on_status()

    # -- the link

    def start_sync(self) -> None:
        """Send and fetch in the background; while a run goes on, another follows it."""
        if self.store is not None:
            self.courier.start(self.store)

    def tick(self) -> None:
        """Look where the tablet is, and try the office and the other tablets when it is time; called every second."""
        if self._pairings is not None:
            self._pairings.tick()
        before, self._ticked = self._ticked, self.now()
        if self.store is not None:
            if self._ticked < before and self.has_inspection:
                self.attempt(lambda: self.shutter().opened())
            self.receiver.look()
            if self.courier.due():
                self.start_sync()

    def recount(self) -> None:
        """Count anew what waits, and have it shown."""
        self._count()
        self.on_status()

    def _count(self) -> None:
        self.backlog = backlog.count(self.open_store, self.folder)
        told = self.backlog.ages, self.backlog.unsent, self.access.office
        # What the lock screen says holds up nothing that was done.
        self.attempt(lambda: lock_status.keep(self.folder, *told))
