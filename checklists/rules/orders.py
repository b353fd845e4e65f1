"""R17: open orders against vehicle, tank, people or carrier."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r17_orders(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
