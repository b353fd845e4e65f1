"""R16: the safety card is aboard and for these goods."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r16_safety_card(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
