"""R8: how full the tank is, against its plate."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r8_filling(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
