"""The bytes of packages, read once for all who fetch them."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from dataclasses import dataclass

from server.store import packages
from server.store.engine import Store

Key = tuple[str, str, bool, str]
"""Name and version of a package, whether it is packed, and its digest: a hub may get other content of a version."""

_KEPT_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Whole:
    """A package as it is sent, with a check of these very bytes."""

    body: bytes
    check: int


class PackageBytes:
    """What was read last, up to some bytes; what goes beyond them is held only as long as somebody fetches it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[Key, asyncio.Future[Whole]] = {}
        self._sizes: dict[Key, int] = {}

    async def get(self, name: str, version: str, *, packed: bool, digest: str = "") -> Whole:
        """Return a version that is here, packed or not; who asks while it is read waits for that."""
        key = (name, version, packed, digest)
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = asyncio.ensure_future(self._make(key))
        return await asyncio.shield(held)

    async def _make(self, key: Key) -> Whole:
        try:
            made = await self._store.read(_whole, *key[:3])
        except BaseException:
            self._held.pop(key, None)
            raise
        self._sizes[key] = len(made.body)
        while sum(self._sizes.values()) > _KEPT_BYTES and len(self._sizes) > 1:
            oldest = next(iter(self._sizes))
            del self._held[oldest], self._sizes[oldest]
        return made


def _whole(name: str, version: str, packed: bool) -> Whole:
    body = packages.packed(name, version)
    body = body if packed else gzip.decompress(body)
    return Whole(body, zlib.crc32(body))
