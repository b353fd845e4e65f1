"""R11: goods that may not travel together."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r11_segregation(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
