"""R21: the same violation again, by the same carrier, vehicle or person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checklists.crosscheck import Result
from checklists.situation import Situation

MONTHS = 12
"""How far back a violation counts as repeated. Ours, not law: each authority may set its own."""


def repeated(situation: Situation, violations: Iterable[str]) -> Iterator[Result]:
    """Yield a conflict for each violation found now that was found before within MONTHS under one of the same keys."""
    return iter(())
