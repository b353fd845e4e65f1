"""R22: inputs too old or not understood, and a list that was replaced. Each rule says itself what it could not use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checklists.rules.context import Context
from checklists.rules.crosscheck import MAX_AGE, Look, Result, is_ahead, is_old


def r22_age(context: Context) -> Iterator[Result]:
    """Each kind of source that has a limit, and the paths whose value is older, or later than the tablet's own clock.

    The limits are ours, not law. It warns only: a rule that read none of these paths stands as it is.
    """
    yield from _outdated(context)
    yield from _unplaced(context)
    situation = context.situation
    for kind in sorted({one.kind for one in situation.sources.values()} & MAX_AGE.keys()):
        look = Look(context, "R22")
        for path, source in sorted(situation.sources.items()):
            if source.kind == kind and (is_old(source, situation.at) or is_ahead(source)):
                look.note(path, source.as_of, kind)
                look.stale.append(path)
        yield look.says("old", conflict=False, subject=kind)


def _outdated(context: Context) -> Iterator[Result]:
    """A checklist of the regime that another one replaced by the day of the conduct, with what is known of that."""
    for row in context.tables.outdated_lists:
        if row["regime"] == context.regime and context.situation.day >= date.fromisoformat(row["replaced_on"]):
            look = Look(context, "R22")
            look.note("checklist", row["list"])
            look.note("checklist.replaced_on", row["replaced_on"])
            look.note("checklist.by", row["by"])
            look.note("checklist.known", f"{row['note_zh']} ({row['note_en']})")
            look.stale.append("checklist")
            yield look.says("list_outdated", conflict=False, subject=row["by"])


def _unplaced(context: Context) -> Iterator[Result]:
    """Facts that a tablet of a newer version stated: they stay in the record, and nothing here has read them."""
    if context.situation.unplaced:
        look = Look(context, "R22")
        look.lack(*context.situation.unplaced)
        yield look.says("unplaced", conflict=False)
