"""R15: tractor, trailer and tank as permitted."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r15_pairing(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
