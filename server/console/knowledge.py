"""Definitions and tables as they were published, for showing records by the versions that they used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.goods.listing import Goods, Tables
from server.store import published

_NONE = Definitions()


class Knowledge:
    """What pages draw with: the same in memory as what records are worked out by. Its functions read the store."""

    def definitions(self, part: Mapping[str, Any] | None = None) -> Definitions:
        """Return the definitions that a part used, else those in force; empty where this office has none.

        A part that was parked may name them in any shape: what is none names nothing.
        """
        said = (part or {}).get("definitions")
        named = [one for one in said if isinstance(one, Mapping)] if isinstance(said, list | tuple) else []
        used = next((one.get("version") for one in named if one.get("name") == "definitions"), None)
        digest = (used and published.exact("definitions", str(used))) or published.latest("definitions")
        return published.definitions(digest) if digest else _NONE

    def tables(self) -> Tables | None:
        """Return the reference tables now in force, or None where this office has none."""
        digest = published.latest("reference")
        return published.tables(digest) if digest else None


def goods_of(tables: Tables | None, un: str | None, packing_group: str | None = None) -> Goods | None:
    """Return the entry of a UN number: the first where several share it, or None."""
    if tables is None or not un:
        return None
    found = tables.goods.lookup(un, packing_group or None) or tables.goods.lookup(un)
    return found[0] if found else None
