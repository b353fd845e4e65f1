"""How often and how much at once somebody may do something: counts held in memory, because they need not survive.

Three shapes: a count in a minute, places that are taken and given back, and a wait that grows with each wrong try.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from server.refusals import Refused

_MINUTE = 60.0
SOON = {"Retry-After": "5"}
"""Where places are taken: they are given back within seconds."""

_FORGET = 900.0
_MOST_KEYS = 10_000


class Window:
    """Counts by key in fixed minutes; one more than `limit` is refused with the code."""

    def __init__(self, limit: int, code: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._code, self._clock = limit, code, clock
        self._minute = -1
        self._counts: dict[str, int] = {}

    def count(self, key: str) -> None:
        """Count once more. Raises Refused with Retry-After."""
        self.check(key)
        self._counts[key] = self._counts.get(key, 0) + 1

    def check(self, key: str) -> None:
        """Raise Refused where the key has used up this minute."""
        minute, into = divmod(self._clock(), _MINUTE)
        if int(minute) != self._minute:
            self._minute, self._counts = int(minute), {}
        if self._counts.get(key, 0) >= self._limit:
            raise Refused(self._code, "", {"Retry-After": str(max(1, int(_MINUTE - into)))})


class Places:
    """Places for what is in hand at once, `total` of them and of those `each` for one key; entered on one thread."""

    def __init__(self, total: int, each: int | None = None) -> None:
        self._total, self._each = total, total + 1 if each is None else each
        self._taken = 0
        self._by_key: dict[str, int] = {}

    def enter(self, key: str = "") -> Callable[[], None]:
        """Take a place and return what gives it back, once. Raises Refused busy, too_many_at_once."""
        self.check(key)
        self._taken += 1
        self._by_key[key] = self._by_key.get(key, 0) + 1
        held = [key]

        def leave() -> None:
            if held:
                self._leave(held.pop())

        return leave

    def check(self, key: str = "") -> None:
        """Raise Refused busy, too_many_at_once where no place is free."""
        if self._by_key.get(key, 0) >= self._each:
            raise Refused("too_many_at_once", "", SOON)
        if self._taken >= self._total:
            raise Refused("busy", "", SOON)

    def _leave(self, key: str) -> None:
        self._taken -= 1
        self._by_key[key] -= 1
        if not self._by_key[key]:
            del self._by_key[key]

    @contextmanager
    def one(self, key: str = "") -> Iterator[None]:
        """Hold a place until the block ends. Raises Refused busy, too_many_at_once."""
        leave = self.enter(key)
        try:
            yield
        finally:
            leave()


class Room:
    """Bytes of bodies that are held in memory together; who would go beyond is refused until others are done."""

    def __init__(self, most: int) -> None:
        self._left = most

    def take(self, count: int) -> None:
        """Take room. Raises Refused busy."""
        if count > self._left:
            raise Refused("busy", "too much is being sent at once", SOON)
        self._left -= count

    def give_back(self, count: int) -> None:
        """Give room back."""
        self._left += count


@dataclass
class _Tries:
    wrong: int = 0
    last: float = 0.0
    free_at: float = 0.0


class Slowdown:
    """Makes wrong tries slow: after `free` of them each next try waits for longer, up to `longest` seconds.

    Tries of one key stand in a line, so that a hundred at once are no faster than one after the other. A quarter of an
    hour without a wrong one forgets them.
    """

    def __init__(self, free: int, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._free, self._longest, self._clock = free, longest, clock
        self._tries: dict[str, _Tries] = {}

    def ahead(self, key: str) -> float:
        """Return in how many seconds the key's next try may be made."""
        held = self._held(key)
        return max(0.0, held.free_at - self._clock()) if held else 0.0

    def book(self, key: str) -> float:
        """Take the next place in the key's line and return in how many seconds that is."""
        held, wait = self._held(key), self.ahead(key)
        if held is not None and held.wrong >= self._free:
            held.free_at = self._clock() + wait + min(self._longest, 0.25 * 2 ** min(held.wrong - self._free, 10))
        return wait

    def wrong(self, key: str) -> None:
        """Count a wrong try."""
        if self._held(key) is None:
            self._make_room()
            self._tries[key] = _Tries()
        held = self._tries[key]
        held.wrong, held.last = held.wrong + 1, self._clock()

    def right(self, key: str) -> None:
        """Forget the wrong tries of a key."""
        self._tries.pop(key, None)

    def _held(self, key: str) -> _Tries | None:
        held = self._tries.get(key)
        if held is not None and self._clock() - held.last > _FORGET:
            del self._tries[key]
            return None
        return held

    def _make_room(self) -> None:
        if len(self._tries) >= _MOST_KEYS:
            del self._tries[min(self._tries, key=lambda one: self._tries[one].last)]


def retry_after(seconds: float) -> dict[str, str]:
    """Return the header that says when to come again."""
    return {"Retry-After": str(max(1, math.ceil(seconds)))}


def client_of(peer: str, forwarded: str, hops: int) -> str:
    """Return who asks: the peer, or with `hops` proxies of ours in front what the outermost of them saw.

    Each proxy adds at the end of `X-Forwarded-For` whom it saw; what stands further left anybody may have written. A
    request that names fewer did not come through all of them, and its peer counts.
    """
    seen = [one.strip() for one in forwarded.split(",") if one.strip()] if hops else []
    return seen[-hops] if 0 < hops <= len(seen) else peer


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""In which a network without IPv4 shows everybody who has one (RFC 6052): they are not one subscriber."""


@lru_cache(maxsize=4096)
def neighbourhood(address: str) -> str:
    """Return what is counted as one sender: an IPv4 address, or the /64 that one IPv6 subscriber has."""
    plain = address.partition(":")[0] if address.count(":") == 1 else address  # some proxies add the port
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    try:
        told = ipaddress.ip_address(plain.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(told, ipaddress.IPv4Address):
        return str(told)
    if told in _NAT64:
        return str(ipaddress.IPv4Address(int(told) & 0xFFFFFFFF))
    if told.ipv4_mapped is not None:
        return str(told.ipv4_mapped)
    return str(ipaddress.ip_network((told, 64), strict=False))
