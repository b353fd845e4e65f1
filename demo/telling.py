"""What the office would have told a tablet, laid before its look-up: rows of the feed, by any of their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from checklists.wire import instant
from demo.stage import Stage


@contextmanager
def told(stage: Stage, **rows: list[dict[str, Any]]) -> Iterator[None]:
    """Let the tablet know of earlier checks and entries of the watch list, as the feed tells them."""
    desk = stage.app.desk
    kit, as_of = desk.kit, instant(stage.now - timedelta(minutes=3))

    def lookup(kind: str, key: str) -> Any:
        if kind == "feed" and key in rows:
            return {"data": {}, "as_of": as_of}
        found = [one for one in rows.get(kind, ()) if key in (*one.get("about", {}).values(), one.get("key"))]
        return {"data": {"rows": found}, "as_of": as_of} if found else kit.lookup(kind, key)

    desk.hand.kit = replace(kit, lookup=lookup)
    yield
    desk.hand.kit = kit
