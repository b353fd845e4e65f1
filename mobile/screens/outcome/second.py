"""Who the second officer of an inspection is, before he has confirmed it, and that both show their cards."""

from __future__ import annotations

from mobile.desk import Desk
from mobile.inspecting import conclusion
from mobile.inspecting.inspection import Officer
from mobile.sealing import part, shifts, signatures
from mobile.store import store

SECOND = "second_officer"
"""The setting that keeps with whom the last record was confirmed."""
CHOSEN = "second_chosen"
"""The setting that keeps whom our officer chose for the inspection in hand."""


def choose_second(desk: Desk, officer: str) -> None:
    """Take this second officer for the inspection in hand, before the tablet is given to the driver."""
    store.keep_setting(desk.open_store, CHOSEN, {"inspection": desk.held.inspection, "officer": officer})


def likely_second(desk: Desk) -> str:
    """Return who was chosen for this inspection, else who is on the shift, else who confirmed last.

    Two who work together do so all day. Empty where cards were shown already: those stay.
    """
    chosen = store.setting(desk.open_store, CHOSEN) or {}
    if chosen.get("inspection") == desk.held.inspection:
        return str(chosen.get("officer") or "")
    if conclusion.cards_shown(desk.held):
        return ""
    return shifts.colleague(desk.open_store, desk.access.me.id) or str(store.setting(desk.open_store, SECOND, ""))


def pair(desk: Desk, second: str) -> tuple[Officer, ...]:
    """Return our officer and the second as it stands, with `second` where nobody has confirmed yet."""
    held, officers = desk.held, desk.access.colleagues()
    given = signatures.signed(held, part.draft(held, desk.device_facts))
    others = [one for one in officers if one.id != held.officer.id]
    unknown = frozenset(one.id for one in officers) - set(desk.access.officers())
    return signatures.pair_of(held, others, second, given, unknown)


def show_cards(desk: Desk, second: str) -> None:
    """Write down that the two officers show their cards, unless exactly they did."""
    both = pair(desk, second)
    if not conclusion.has_shown(desk.held, both):
        desk.put(conclusion.show_cards(both, conclusion.signers(desk.held)))
