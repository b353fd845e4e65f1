"""The post at which a pairing runs: what it needs of its own tablet, and the front whom it tells what came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mobile.inspecting.inspection import Held, Officer
from mobile.link.background import Later
from mobile.link.enrolment import Enrolment
from mobile.pairing.exchange import Taken
from mobile.sealing.part import Device
from mobile.store.base import Store


class Pairing(Protocol):
    """A pairing as the front sees it: what it may ask of it when something came."""

    @property
    def inspection(self) -> str:
        """The inspection at which the tablets are."""

    @property
    def in_progress(self) -> bool:
        """Whether the inspection, or our part of it, is not sealed here yet."""

    def contribute(self) -> None:
        """Seal what this tablet wrote, and send it."""

    def first_time(self, what: str) -> bool:
        """Whether this was not asked before."""


class Front(Protocol):
    """Who acts at the desk on what a pairing says; called on the app's own thread."""

    def is_open(self, store: Store) -> bool:
        """Whether this store is still the open one: the officer may have locked the tablet meanwhile."""

    def is_watched(self, inspection: str) -> bool:
        """Whether the officer looks at the pairing of this inspection."""

    def came(self, pairing: Pairing, taken: Taken) -> None:
        """Hear what another tablet sent."""

    def stands_otherwise(self) -> None:
        """Hear that a pairing stands otherwise than it was shown."""

    def line_came(self) -> None:
        """Hear that another tablet of the post told something."""

    def clashed(self, plate: str, name: str) -> None:
        """Hear that another officer has in hand what is in hand here."""

    def send(self) -> None:
        """Hear that something was sealed that is to be sent."""


@dataclass(frozen=True)
class Post:
    """An open store with its officer. `look` gives an inspection as it stands now, `facts` what its part says of us."""

    store: Store
    enrolment: Enrolment
    officer: Officer
    look: Callable[[str], Held]
    facts: Callable[[], Device]
    now: Callable[[], datetime]
    later: Later
    front: Front
    practising: bool = False
