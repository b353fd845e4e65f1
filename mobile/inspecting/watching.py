"""The watch list at this vehicle: what stands about it today, and what the record says of it. Pure.

An entry asks for a look and nothing else: it makes no finding, holds nobody and stands on no paper. What the record
keeps is its id and whether it was on the screen or done, so that who asked hears of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from checklists.facts.watch import DONE, KIND, SHOWN, Watch
from checklists.findings.watched import watched
from checklists.zone import in_law_zone
from mobile.inspecting.inspection import Draft, Held


def day_of(now: datetime, offset_ms: int) -> date:
    """Return today in Beijing by this device's clock with the offset to the office's that is known."""
    return in_law_zone(now + timedelta(milliseconds=offset_ms)).date()


def about(held: Held, day: date) -> tuple[Watch, ...]:
    """Return the entries that stand that day about what is here, those that end first before the others."""
    return watched(held.kit.lookup, held.assessment.situation, day)


def said(held: Held) -> Mapping[str, frozenset[str]]:
    """Return by entry what this record says of it."""
    found: dict[str, frozenset[str]] = {}
    for note in held.all_of("note"):
        if note.item == KIND:
            named = str(note.value.get("watch"))
            found[named] = found.get(named, frozenset()) | {str(note.value.get("did"))}
    return found


def shown(held: Held, day: date) -> tuple[Draft, ...]:
    """Return the notes that the entries were on the screen when the check began, each once."""
    known = said(held)
    return tuple(_note(one.id, SHOWN) for one in about(held, day) if not known.get(one.id))


def done(held: Held, entry: str) -> tuple[Draft, ...]:
    """Return the note that the team did what an entry asks for; none where that was said."""
    return () if DONE in said(held).get(entry, frozenset()) else (_note(entry, DONE),)


def unheard(held: Held, day: date) -> bool:
    """Whether an entry stands of which this record says nothing yet."""
    known = said(held)
    return any(one.id not in known for one in about(held, day))


def _note(entry: str, did: str) -> Draft:
    return Draft("note", KIND, {"watch": entry, "did": did})
