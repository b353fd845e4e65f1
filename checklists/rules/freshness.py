"""R22: inputs older than their limit. Each rule says so of what it read; this says it once for each source."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.facts.situation import Situation, Source
from checklists.rules.crosscheck import MAX_AGE, Context, Look, Result


def r22_age(context: Context) -> Iterator[Result]:
    """Each kind of source that has a limit, and the paths whose value is older. The limits are ours, not law.

    It warns only: a rule that read none of these paths stands as it is.
    """
    situation = context.situation
    for kind in sorted({one.kind for one in situation.sources.values()} & MAX_AGE.keys()):
        look = Look(context, "R22")
        for path, source in sorted(situation.sources.items()):
            if source.kind == kind and _old(situation, source):
                look.note(path, source.as_of, kind)
                look.stale.append(path)
        yield look.says("old", conflict=False, subject=kind)


def too_old(situation: Situation, path: str) -> bool:
    """Whether the value at the path is older than its source's limit; an unknown age is not."""
    source = situation.source(path)
    return source is not None and _old(situation, source)


def _old(situation: Situation, source: Source) -> bool:
    limit = MAX_AGE.get(source.kind)
    return limit is not None and source.as_of is not None and situation.at - source.as_of > limit
