"""Who has signed this very draft, and what still keeps an inspection from its seal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklists.inspection.entries import PERSONAL, Entry, standing
from mobile.inspecting import conclusion, control_photos, decision, quick_check
from mobile.inspecting.inspection import Held, Officer
from mobile.sealing import part


@dataclass(frozen=True)
class Signed:
    """The signatures that hold for this draft: of driver and escort (or their refusals), and those of the officers."""

    driver: Entry | None
    officers: tuple[Entry, ...]
    escort: Entry | None = None

    @property
    def everybody(self) -> tuple[Entry, ...]:
        """All of them, in the order of a paper."""
        return tuple(one for one in (self.driver, self.escort, *self.officers) if one is not None)


def signed(held: Held, draft: str) -> Signed:
    """Return the signatures that were given to this very draft."""
    stand = [one for rivals in standing(held.entries, "signature").values() for one in rivals]
    officers = [one for one in stand if one.value.get("role") == "officer" and one.value.get("digest") == draft]
    people = conclusion.given(held.entries, draft)
    return Signed(people.get("driver"), tuple(officers), people.get("escort"))


def pair_of(
    held: Held, others: Iterable[Officer], second: str, given: Signed, unknown: frozenset[str] = frozenset()
) -> tuple[Officer, ...]:
    """Return our officer and the second: who signed already, who was chosen, who showed his card, else the likeliest.

    That is one of the other agency, and one whom this tablet knows.
    """
    known = sorted(others, key=lambda one: one.id in unknown)
    by_id = {one.id: one for one in known}
    done = next((by_id[one.officer] for one in given.officers if one.officer in by_id), None)
    shown = next(
        (by_id[one["id"]] for one in conclusion.cards_shown(held).get("officers", ()) if one["id"] in by_id), None
    )
    mixed = sorted(known, key=lambda one: one.agency == held.officer.agency)
    other = done or by_id.get(second) or shown or (mixed[0] if mixed else None)
    return (held.officer, other) if other else (held.officer,)


def earlier(held: Held, role: str, officer: str = "") -> str | None:
    """Return the signature that this person gave before; his next one withdraws it. A seal refuses stale ones.

    An officer is his id, not his name: two may be called 张伟. Driver and escort sign once, whatever name they gave.
    """
    given = [
        one
        for one in held.all_of("signature")
        if one.value.get("role") == role and (role not in PERSONAL or one.officer == officer)
    ]
    return given[-1].id if given else None


def missing(held: Held, device: part.Device) -> tuple[str, ...]:
    """Return what keeps the inspection from its seal, empty when nothing does.

    open, undecided, fine (one that may not stand any more), approval (a leader's, or that it was urgent), driver,
    escort, officers, lead (it is another tablet's). A clean quick check is signed by its own officer alone: see
    `mobile.inspecting.quick_check`.
    """
    now = held.assessment
    given = signed(held, part.draft(held, device))
    alone = quick_check.needs_no_driver(held)
    must = {one.role for one in conclusion.signers(held) if one.must}
    lacking = {
        "open": bool(now.open or now.conflicts or control_photos.pending(held)),
        "undecided": not decision.outcome(held)["decided"],
        "fine": bool(conclusion.fallen_fines(held)),
        "approval": conclusion.approval_of(held).lacking,
        "driver": given.driver is None and not alone,
        "escort": given.escort is None and "escort" in must and not alone,
        "officers": len({one.officer for one in given.officers}) < (1 if alone else 2),
        "lead": not held.leads,
    }
    return tuple(code for code, lacks in lacking.items() if lacks)
