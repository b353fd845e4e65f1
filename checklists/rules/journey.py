"""R14: time, route, driving time and speed of the trip."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r14_journey(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
