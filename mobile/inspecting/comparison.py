"""The rules are run once for each situation that an officer is shown; what was worked out last is remembered. Pure.

A touch asks for the same comparison several times: to freeze what it clears, to show the walk, and to show what the
next touch would confirm. The results are those of `checklists.rules.rulebook.compare`, whichever way they came.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from checklists.facts.situation import Situation, Source
from checklists.goods.listing import Tables
from checklists.rules.context import Context
from checklists.rules.crosscheck import MAX_AGE, Result
from checklists.rules.rulebook import compare

MOST = 6


@dataclass(frozen=True)
class _Known:
    situation: Situation
    tables: Tables
    results: tuple[Result, ...]


_known: deque[_Known] = deque(maxlen=MOST)


def compared(context: Context) -> tuple[Result, ...]:
    """Return the results of every rule, as `compare` does."""
    asked = _timeless(context.situation)
    # A copy, because another thread may add to it.
    for one in tuple(_known):
        if one.tables is context.tables and one.situation == asked:
            return one.results
    results = compare(context)
    _known.appendleft(_Known(asked, context.tables, results))
    return results


def forget() -> None:
    """Forget everything: what was compared names people, and the tablet is locked."""
    _known.clear()


def _timeless(situation: Situation) -> Situation:
    """Return the situation without the times of what officers saw: no rule asks for them, only for the age of data."""
    sources = {path: _source(path, one) for path, one in situation.sources.items()}
    return replace(situation, sources=sources)


def _source(path: str, source: Source) -> Source:
    return source if source.kind in MAX_AGE or path == "terminal" else Source(source.kind)
