"""R1: the waybill exists and is this vehicle's, for this trip, now."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r1_waybill(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
