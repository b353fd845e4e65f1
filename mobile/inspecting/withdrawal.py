"""What was put down wrongly and is taken back with a reason: a photo, or a whole check that was begun by mistake. Pure.

Nothing is deleted: the entry stays, a further one says who took it back, when and why, and both go to the office.
"""

from __future__ import annotations

from checklists.findings.outcome import ABANDONED
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import CORRECTED, NOTE, item_of
from mobile.inspecting.inspection import Draft, Held


def may_withdraw(held: Held, entry: Entry) -> bool:
    """Whether this tablet may take a photo back: one that it took itself."""
    return entry.kind in ("photo", "control_photo") and entry.device == held.device


def withdraw(held: Held, entry: Entry, reason: str) -> tuple[Draft, ...]:
    """Take a photo back. Of a finding that was looked at again the photo is the proof: that falls with it.

    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("what is taken back needs a reason")
    falls = [entry]
    if entry.value.get("evidence") == CORRECTED:
        notes = (one for one in held.all_of("note") if item_of((one.item or "").removeprefix(NOTE)) == entry.item)
        falls += [one for one in notes if one.value.get("photo") == entry.value.get("sha256")]
    return tuple(Draft("withdrawn", one.item, {"reason": reason.strip()}, withdraws=one.id) for one in falls)


def why_not(held: Held) -> str:
    """Return why a check cannot be abandoned: `lead` (another tablet leads it) or `signed`; empty where it can.

    What somebody has signed is no mistake any more: it is sealed, or goes on.
    """
    if not held.leads:
        return "lead"
    return "signed" if held.all_of("signature") else ""


def abandon(held: Held, reason: str) -> tuple[Draft, ...]:
    """Decide that a check was begun by mistake. Raises ValueError without a reason, or where it cannot be abandoned."""
    if not reason.strip() or why_not(held):
        raise ValueError("a check is abandoned with a reason, by the tablet that leads it, before anybody has signed")
    return (Draft("outcome", "decision", {"decided": ABANDONED, "reason": reason.strip()}),)
