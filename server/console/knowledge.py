"""Definitions and tables as they were published, for showing records by the versions that they used."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from checklists.definitions.definition import Definitions
from checklists.definitions.publication import from_published
from checklists.goods.listing import Goods, Tables
from server.store import packages, reading

T = TypeVar("T")

_NONE = Definitions()


class Knowledge:
    """Reads a package once and keeps it; published versions never change. Its functions read the store."""

    def __init__(self, keep: int = 6) -> None:
        self._keep = keep
        self._held: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    def definitions(self, part: Mapping[str, Any] | None = None) -> Definitions:
        """Return the definitions that a part used, else those in force; empty where this office has none.

        A part that was parked may name them in any shape: what is none names nothing.
        """
        said = (part or {}).get("definitions")
        named = [one for one in said if isinstance(one, Mapping)] if isinstance(said, list | tuple) else []
        used = next((one.get("version") for one in named if one.get("name") == "definitions"), None)
        for version in (used, reading.latest_version("definitions")):
            if version:
                held = self._package("definitions", str(version), from_published)
                if held is not None:
                    return held
        return _NONE

    def tables(self) -> Tables | None:
        """Return the reference tables now in force, or None where this office has none."""
        version = reading.latest_version("reference")
        return self._package("reference", version, Tables.from_plain) if version else None

    def _package(self, name: str, version: str, read: Callable[[Any], T]) -> T | None:
        held: T | None = self._held.get((name, version))
        if held is None:
            package = packages.version(name, version)
            if package is None:
                return None
            with self._lock:
                held = self._held.setdefault((name, version), read(packages.content(package)))
                while len(self._held) > self._keep:
                    self._held.pop(next(iter(self._held)))
        return held


def goods_of(tables: Tables | None, un: str | None, packing_group: str | None = None) -> Goods | None:
    """Return the entry of a UN number: the first where several share it, or None."""
    if tables is None or not un:
        return None
    found = tables.goods.lookup(un, packing_group or None) or tables.goods.lookup(un)
    return found[0] if found else None
