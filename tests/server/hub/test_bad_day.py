"""A bad day at a post: links that break, hubs and the office killed at any moment, and tablets that only send again."""

from __future__ import annotations

import contextlib
import os
import random
import signal

import requests

from checklists.records.record import Sealed
from tests.server.cast import JPEG, manifest, photo_file
from tests.server.hub.conftest import NewHub, NewTablet
from tests.server.hub.posts import Hub, Traveller, wait
from tests.server.serving import Serving

STEPS = int(os.environ.get("BAD_DAY_STEPS", "60"))


class Day:
    """Who is there, what was sealed, and what has happened to the machines."""

    def __init__(self, parent: Serving, hubs: list[Hub], tablets: list[Traveller], seed: int) -> None:
        self.parent, self.hubs, self.tablets, self.chance = parent, hubs, tablets, random.Random(seed)
        self.sealed: dict[str, tuple[Traveller, Sealed, bytes]] = {}
        self.down: set[str] = set()

    def step(self) -> None:
        acts = {self.seal: 10, self.send: 30, self.cut: 4, self.mend: 6, self.kill: 4, self.start: 8, self.office: 1}
        (act,) = self.chance.choices([*acts], [*acts.values()])
        act()

    def seal(self) -> None:
        one = self.chance.choice(self.tablets)
        photo = JPEG + bytes(str(len(self.sealed)), "ascii") * self.chance.randrange(1, 5000)
        sealed = one.tablet.seal(photos=manifest(photo))
        self.sealed[sealed.digest] = one, sealed, photo

    def send(self) -> None:
        """Let a tablet try some place with what it has no receipt for; most often a hub."""
        at = self.chance.choice([*self.hubs, *self.hubs, self.parent])
        one = self.chance.choice(self.tablets)
        with contextlib.suppress(requests.RequestException, AssertionError):
            self.bring(one, at)

    def bring(self, one: Traveller, at: Serving) -> None:
        mine = [(part, photo) for who, part, photo in self.sealed.values() if who is one]
        one.ask(at, *(part for part, _photo in mine), photos=tuple(photo for _part, photo in mine))
        lacking = [(part, photo) for part, photo in mine if not self.is_delivered(one, part, photo)]
        if lacking:
            one.push(at, *(part for part, _photo in lacking))
        for _part, photo in lacking:
            one.photo(at, photo)

    def is_delivered(self, one: Traveller, part: Sealed, photo: bytes) -> bool:
        return part.digest in one.receipts and photo_file(photo)["sha256"] in one.photo_receipts

    def cut(self) -> None:
        self.chance.choice(self.hubs).link.cut()

    def mend(self) -> None:
        self.chance.choice(self.hubs).link.mend()

    def kill(self) -> None:
        hub = self.chance.choice(self.hubs)
        hub.kill()
        self.down.add(hub.url)

    def start(self) -> None:
        for hub in self.hubs:
            if hub.url in self.down:
                hub.start()
                self.down.discard(hub.url)

    def office(self) -> None:
        self.parent.stop(signal.SIGKILL)
        self.parent.start()

    def end(self) -> None:
        """Everything works again; each tablet tries the first hub alone until the office has receipted all."""
        self.start()
        for hub in self.hubs:
            hub.link.mend()

        def is_done() -> bool:
            for one in self.tablets:
                self.bring(one, self.hubs[0])
            return all(self.is_delivered(*one) for one in self.sealed.values())

        self.hubs[0].knows(*self.tablets)
        wait(is_done, 120)


def test_after_a_bad_day_everything_is_there_once_and_receipted(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    hubs, tablets = [new_hub(parent) for _ in range(2)], [new_tablet(parent) for _ in range(3)]
    day = Day(parent, hubs, tablets, seed=7)
    for _step in range(STEPS):
        day.step()
    day.end()
    told = requests.get(f"{parent.url}/readyz", timeout=30).json()["records"]
    assert len(day.sealed) > 5 and sum(told.values()) == len(day.sealed), told
    assert "conflict" not in told
    files = [one for one in (parent.folder / "photos" / "whole").rglob("*") if one.is_file()]
    assert len(files) == len(day.sealed)
