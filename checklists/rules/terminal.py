"""R20: the satellite terminal is on line."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r20_terminal(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
