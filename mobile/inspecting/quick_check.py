"""The quick check: what one PIN confirms, whether it may, and what then stands in the record. Pure.

A short checklist on which nothing was found, nothing is open and no list warns is sealed by the officer's own PIN.
Two officers are on the post, as at every check: the second is named from the shift, as one who was there and not as one
who signed; once a shift he says so by his own PIN, and the record says when. The driver signs nothing, because nothing
is held against him. Anything else ends as every check does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from checklists.inspection.entries import Entry, standing
from mobile.inspecting import acts, control_photos
from mobile.inspecting.decision import outcome
from mobile.inspecting.inspection import Draft, Held, Officer, write

SECOND = "second_officer"
"""The party entry that names the second officer on the post."""


@dataclass(frozen=True)
class Present:
    """When an officer confirmed that he is on the post, as UTC text, and who vouches for his PIN; empty: he did not."""

    at: str = ""
    identity: str = ""


NOT_PRESENT = Present()
"""Nobody confirmed."""


def is_quick(held: Held) -> bool:
    """Whether this vehicle is asked by a short checklist, one that takes its items from another."""
    return bool(held.kit.definitions.checklists[held.checklist].based_on)


def first_screen(held: Held) -> str:
    """Return where a check begins that is identified."""
    return "quick" if is_quick(held) else "walk"


def confirming(held: Held, dwell_ms: int | None, at: str) -> tuple[Draft, ...]:
    """Return what "no deviation" on every section puts down, section by section; `dwell_ms` is shared among them."""
    sections = held.kit.definitions.checklists[held.checklist].sections
    asked = [one for one in sections if any(state.section == one.id for state in held.assessment.items)]
    drafts: list[Draft] = []
    ids = (f"draft-{number}" for number in count(len(held.entries)))
    for section in asked:
        cleared = acts.clear_section(held, section.id, None if dwell_ms is None else dwell_ms // len(asked))
        held = held.adding(write(held, cleared, at, ids))
        drafts += cleared
    return tuple(drafts)


def confirmed(held: Held, at: str) -> Held:
    """Return the inspection as it would stand when everything was confirmed."""
    ids = (f"draft-{number}" for number in count(len(held.entries)))
    return held.adding(write(held, confirming(held, 0, at), at, ids))


def is_clean(held: Held) -> bool:
    """Whether nothing is open, found, disputed, warned of, not verified or still to be photographed."""
    now = held.assessment
    left = (now.open, now.unverified, now.findings, now.conflicts, now.alerts)
    return not any(left) and not control_photos.pending(held)


def second_named(held: Held) -> Entry | None:
    """Return the entry that names the second officer, if there is one."""
    stand = standing(held.entries, "party").get(SECOND, ())
    return stand[-1] if stand else None


def name_second(officer: Officer, source: str, present: Present = NOT_PRESENT) -> tuple[Draft, ...]:
    """The second officer on the post; `source` is shift, or officer where our officer named him for this shift.

    Where he did not say so himself he stands in the record as one who was named and confirmed nothing.
    """
    who = {"officer": officer.id, "name": officer.name, "card": officer.card, "agency": officer.agency}
    said = {"confirmed_at": present.at, "identity": present.identity} if present.at else {}
    return (Draft("party", SECOND, {"role": SECOND, **who, "source": source, **said}),)


def needs_no_driver(held: Held) -> bool:
    """Whether this is a clean quick check, decided to be released, with a second officer on the post."""
    mine = second_named(held)
    other = mine is not None and mine.value.get("officer") not in ("", None, mine.officer)
    return is_quick(held) and is_clean(held) and other and outcome(held)["decided"] == "release"
