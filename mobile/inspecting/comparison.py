"""The rules are run once for each situation that an officer is shown; what was worked out last is remembered. Pure.

A touch asks for the same comparison several times: to freeze what it clears, to show the walk, and to show what the
next touch would confirm. Each is what `checklists.findings.assessment.comparison_of` says of the facts, whichever way
it came.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from checklists.facts.situation import Situation, Source
from checklists.findings.assessment import Comparison, comparison_of
from checklists.goods.listing import Tables
from checklists.inspection.entries import Entry, facts_tree
from checklists.rules.context import Context
from checklists.rules.crosscheck import MAX_AGE
from checklists.wire import from_plain

MOST = 12
"""Now, if all were in order, and for each section if it were."""


@dataclass(frozen=True, eq=False)
class _Known:
    """What was compared: the facts as they were put down, with the tables and the regime by which they were.

    `timeless` are the facts without the times of what officers saw.
    """

    facts: Mapping[str, Any]
    timeless: Mapping[str, Any]
    tables: Tables
    comparison: Comparison


_known: deque[_Known] = deque(maxlen=MOST)


def compared(entries: tuple[Entry, ...], at: str, tables: Tables, regime: str) -> Comparison:
    """Return what the facts among the entries decide, as of `at` (UTC text). Raises what `situation_of` raises."""
    facts = {**facts_tree(entries), "at": at}
    context, asked = Context(_situation(facts), tables, regime), _timeless(facts)
    # A copy, because another thread may add to it.
    for one in tuple(_known):
        same = one.tables is tables and one.comparison.context.regime == regime
        if same and one.timeless == asked:
            _renew(one)
            return replace(one.comparison, context=context)
    comparison = comparison_of(context)
    _known.appendleft(_Known(facts, asked, tables, comparison))
    return comparison


def _renew(known: _Known) -> None:
    """Keep what was asked for again before what was not."""
    with suppress(ValueError):  # another thread may have renewed or dropped it
        _known.remove(known)
    _known.appendleft(known)


def forget() -> None:
    """Forget everything: what was compared names people, and the tablet is locked."""
    _known.clear()


def _situation(facts: Mapping[str, Any]) -> Situation:
    """Return the situation; the parts that are as they were last compared need not be read again."""
    last = next(iter(tuple(_known)), None)
    if last is None:
        return from_plain(Situation, facts)
    same = [part for part, plain in facts.items() if part in last.facts and last.facts[part] == plain]
    kept = {part: getattr(last.comparison.context.situation, part) for part in same if part != "at"}
    kept["sources"] = {
        path: _source(str(one["kind"]), str(one["as_of"]), ahead="ahead" in one)
        for path, one in facts["sources"].items()
    }
    return replace(from_plain(Situation, {part: one for part, one in facts.items() if part not in kept}), **kept)


@lru_cache(maxsize=256)
def _source(kind: str, as_of: str, *, ahead: bool = False) -> Source:
    """Return a source; there are few, and each stands beside many facts."""
    return from_plain(Source, {"kind": kind, "as_of": as_of, "ahead": ahead})


def _timeless(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts without the times of what officers saw: no rule asks for them, only for the age of data."""
    sources = {
        path: one if one["kind"] in MAX_AGE or path == "terminal" else one["kind"]
        for path, one in facts["sources"].items()
    }
    return {**facts, "sources": sources}
