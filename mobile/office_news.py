"""What the office told in a run with it, and what follows from it at this desk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.access import Access
    from mobile.inspecting.hand import Hand
    from mobile.inspecting.inspection import Draft, Held
    from mobile.link.backlog import Backlog
    from mobile.link.courier import Courier
    from mobile.link.run import SyncReport
    from mobile.sealing.part import Device
    from mobile.store.base import Store


class Workplace(Protocol):
    """What such news needs of the desk."""

    access: Access
    hand: Hand | None
    courier: Courier
    backlog: Backlog
    carrying: Callable[[bool], None]
    refresh: Callable[[], None]
    tell: Callable[[Refusal], None]
    on_status: Callable[[], None]
    now: Callable[[], datetime]

    @property
    def store(self) -> Store | None:
        """The store, while it is open."""

    @property
    def open_store(self) -> Store:
        """The open store."""

    @property
    def screen(self) -> str:
        """The screen in front."""

    @property
    def site(self) -> str:
        """The place of the post."""

    @property
    def device_facts(self) -> Device:
        """What the device says of itself in a sealed part."""

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something, and tell where it is refused."""

    def wipe(self, why: str) -> bool:
        """Take the PINs away."""

    def put(self, drafts: Iterable[Draft]) -> None:
        """Write the drafts of one act."""

    def recount(self) -> None:
        """Count anew what waits, and have it shown."""


class OfficeNews:
    """What a run with the office brought; each is told once."""

    def __init__(self, desk: Workplace) -> None:
        self._desk = desk
        self._last: tuple[SyncReport | None, int] = None, 0

    def heard(self, report: SyncReport | None) -> None:
        """Take what a run has brought so far; without a report only the link's state changed."""
        desk = self._desk
        link = desk.courier.state
        desk.carrying(link.running and any(desk.backlog.unsent))
        if link.code == "device_revoked" and not link.running and desk.store is not None and desk.wipe("revoked"):
            return
        if report is not None and report.packages and desk.hand is not None:
            desk.hand.kit = None
        if desk.store is None:
            desk.on_status()
            return
        if report is not None and self._is_new(report):
            if "officer" in report.heard:
                desk.access.renew()
            desk.attempt(lambda: self._tell(report.heard))
            self._tell_refused(report.heard)
        desk.recount()

    def _is_new(self, report: SyncReport) -> bool:
        """Whether it has heard something since it was told last; a run tells of itself at every file that went."""
        (last, seen), self._last = self._last, (report, report.news)
        return bool(report.heard) and (last is not report or seen != report.news)

    def _tell(self, kinds: Collection[str]) -> None:
        """Put down what the office has just told about the vehicle in hand."""
        from mobile.inspecting import fresh, watching

        desk, held = self._desk, self._in_progress()
        if held is None:
            return
        drafts = fresh.news(held, desk.site, kinds, signing=self._is_signed(held))
        if drafts:
            desk.put(drafts)
        if "campaign" in kinds and desk.screen == "snapshot":
            desk.refresh()
        watched = "watch" in kinds and watching.unheard(held, watching.day_of(desk.now(), self._offset_ms()))
        if watched and desk.screen == "snapshot":
            desk.refresh()
        if watched or any(one.item in fresh.URGENT for one in drafts):
            desk.tell(Refusal("news_of_vehicle"))

    def _is_signed(self, held: Held) -> bool:
        """Whether somebody signs or has signed what stands, whatever screen was opened since."""
        from mobile.sealing import part, signatures

        desk = self._desk
        if desk.screen == "sign" or not held.all_of("signature"):
            return desk.screen == "sign"
        return bool(signatures.signed(held, part.draft(held, desk.device_facts)).everybody)

    def _tell_refused(self, kinds: Collection[str]) -> None:
        """Say that the office refused a stop order that was given or lifted here."""
        from checklists.inspection.stop_order import ANSWER
        from mobile.inspecting.own_orders import unread

        if ANSWER in kinds and unread(self._desk.open_store):
            self._desk.tell(Refusal("stop_refused"))

    def _in_progress(self) -> Held | None:
        """Return the inspection in hand while it is not sealed."""
        from mobile.store import store

        held = self._desk.hand.held if self._desk.hand else None
        if held is None or store.inspection_state(self._desk.open_store, held.inspection) != "in_progress":
            return None
        return held

    def _offset_ms(self) -> int:
        from mobile.link import agreed_clock

        return int(agreed_clock.clock(self._desk.open_store)["offset_ms"])
