"""News from another tablet at the vehicle, and what follows from it at this desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from mobile.navigation import Where
from mobile.refusals import Refusal

if TYPE_CHECKING:
    from mobile.inspecting.inspection import Held
    from mobile.pairing.exchange import Taken
    from mobile.pairing.post import Pairing
    from mobile.sealing.part import Device
    from mobile.store.base import Store


class Workplace(Protocol):
    """What news needs of the desk: where the officer is, what he has in hand, and how he is led and told."""

    refresh: Callable[[], None]
    tell: Callable[[Refusal], None]

    @property
    def store(self) -> Store | None:
        """The open store."""

    @property
    def screen(self) -> str:
        """The screen in front."""

    @property
    def where(self) -> Where:
        """What the screen in front was entered with."""

    @property
    def held(self) -> Held:
        """The inspection in hand."""

    @property
    def device_facts(self) -> Device:
        """What the device says of itself in a sealed part."""

    def holds(self, inspection: str) -> bool:
        """Whether this inspection is in hand."""

    def merge(self) -> None:
        """Take what came into the inspection in hand."""

    def go(self, screen: str) -> None:
        """Bring a screen to the front."""

    def start_sync(self) -> None:
        """Send what waits."""


class News:
    """The front of every pairing of this desk (see `mobile.pairing.post`)."""

    def __init__(self, desk: Workplace) -> None:
        self._desk = desk

    def is_open(self, store: Store) -> bool:
        """Whether this store is still the open one."""
        return self._desk.store is store

    def is_watched(self, inspection: str) -> bool:
        """Whether the officer looks at the pairing of this inspection."""
        return self._desk.screen == "pair" and self._desk.holds(inspection)

    def stands_otherwise(self) -> None:
        """Show the page of the two tablets anew, where it is in front."""
        if self._desk.screen == "pair":
            self._desk.refresh()

    def line_came(self) -> None:
        """Show the queue or the line anew, where one is in front."""
        if self._desk.screen in ("queue", "line"):
            self._desk.refresh()

    def clashed(self, plate: str, name: str) -> None:
        """Tell that another officer checks the same vehicle."""
        self._desk.tell(Refusal("line_taken_twice", plate=plate, name=name))

    def send(self) -> None:
        """Send what was sealed."""
        self._desk.start_sync()

    def came(self, pairing: Pairing, taken: Taken) -> None:
        """Merge what is new, tell what came too late, and close our part once the lead has sealed."""
        desk, name = self._desk, taken.peer.name
        if taken.added and desk.holds(pairing.inspection):
            desk.merge()
            self._seal_if_signed()
        if taken.late and pairing.first_time(f"late:{taken.peer.device}:{taken.late}"):
            desk.tell(Refusal("pair_late", name=name, n=taken.late))
        if not (taken.peer.sealed and pairing.in_progress):
            return
        if not desk.holds(pairing.inspection) or desk.screen in ("pair", "sign"):
            pairing.contribute()
            if desk.holds(pairing.inspection) and desk.screen == "sign":
                desk.go("pair")
        elif pairing.first_time("sealed"):
            # The officer is in the middle of something: it is kept, and he closes his part himself.
            desk.tell(Refusal("pair_lead_sealed", name=name))

    def _seal_if_signed(self) -> None:
        """Where the last signature came from the other tablet while the officers' page is open, seal."""
        from mobile.sealing import signatures

        desk = self._desk
        waits = desk.screen == "sign" and desk.where.get("stage") == "officers" and not desk.where.get("trouble")
        if waits and not signatures.missing(desk.held, desk.device_facts):
            desk.go("papers")
