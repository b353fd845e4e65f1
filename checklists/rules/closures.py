"""R19: closing devices and emergency shut-off valve."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r19_closures(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
