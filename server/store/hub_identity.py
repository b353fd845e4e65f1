"""What makes this office a hub: its parent, the token by which it is let in there, and its certificate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from server.store import feed, meta
from server.store.models import Device, Record

_NAME = "hub"
_ENDED = "hub_ended"
_TROUBLE, _OFF = "hub_trouble_", "hub_clock_off"
UP, DOWN = "uplink", "follower"
"""The two ways to the parent, by the names of the threads that take them."""
_NOTICED_S = 60


@dataclass(frozen=True)
class Joined:
    """A hub's place under its parent. `sealing` is the parent's signed key for what only it may open."""

    parent: str
    hub: str
    label: str
    office: str
    server_key: str
    certificate: Mapping[str, Any]
    sealing: Mapping[str, Any]
    token: str = field(repr=False)
    ca_file: str = ""

    @property
    def agency(self) -> str:
        """The agency whose rows it sees; empty is every one."""
        return str(self.certificate["agency"])

    @property
    def area(self) -> str:
        """The division whose rows it sees; empty is everywhere."""
        return str(self.certificate["area"])


def joined() -> Joined | None:
    """Return what this database is a hub by, or None where it is an office."""
    held = meta.held(_NAME)
    return Joined(**json.loads(held)) if held else None


def join(told: Joined) -> None:
    """Make this database a hub's. What it has heard of a former parent stays only where the parent is the same."""
    meta.put(_NAME, json.dumps(asdict(told), ensure_ascii=False))
    meta.put(_ENDED, "")


def end(code: str) -> None:
    """Note that the parent lets this hub in no more, and why; empty: it does again."""
    if ended() != code:
        meta.put(_ENDED, code)
        meta.number(feed.DEVICES)  # who waits for the feed is asked again who he is
        feed.stir()


def ended() -> str:
    """Return why the parent lets this hub in no more; empty while it does."""
    return meta.held(_ENDED)


def trouble(code: str, way: str) -> None:
    """Note why one of the ways to the parent, up or down, does not go through; empty: it does."""
    if meta.held(f"{_TROUBLE}{way}") != code:
        meta.put(f"{_TROUBLE}{way}", code)


def troubles() -> list[str]:
    """Return why the ways to the parent do not go through, each reason once; none where they do."""
    return list(dict.fromkeys(filter(None, (meta.held(f"{_TROUBLE}{way}") for way in (DOWN, UP)))))


def clock_off(seconds: int) -> None:
    """Note by how much this machine's clock is ahead of the parent's."""
    if abs(seconds - off_by()) >= _NOTICED_S:
        meta.put(_OFF, str(seconds))


def off_by() -> int:
    """Return by how many seconds this machine's clock is ahead of the parent's, as far as that is known."""
    return int(meta.held(_OFF) or 0)


def is_fresh() -> bool:
    """Whether nothing is in this database that would make it an office's."""
    return not Record.select().exists() and not Device.select().exists()
