"""R13: roads, areas, hours and tunnels closed to these goods."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.crosscheck import Context, Result


def r13_access(context: Context) -> Iterator[Result]:
    """Yield nothing yet."""
    return iter(())
