"""R22: inputs older than their limit."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r22_age(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
