"""Records that claim the same thing: which of them counts is decided by a person, and every one is kept."""

from __future__ import annotations

from collections.abc import Iterable

from server.store.models import Claim, Record

SEALS = ("inspection", "shift")
"""Kinds of which an inspection (or a shift) has one alone."""


def claims(part: str, kind: str, inspection: str, *, strangers: bool = False) -> list[str]:
    """Return what a record of this part id, kind and inspection claims for itself.

    The seal of a stranger, whom the inspection's id does not name, holds it against nobody: behind the receipt it is
    judged by what it proves, and by whether another one counts already.
    """
    return [f"part:{part}", *([f"seal:{inspection}"] if kind in SEALS and not strangers else [])]


def rivals(held: Record) -> list[Record]:
    """Return the other records that claim what this one claims, oldest first."""
    same = (Record.part == held.part) & (Record.device == held.device)
    if held.kind in SEALS:
        same |= (Record.inspection == held.inspection) & (Record.kind == held.kind)
    return list(Record.select().where(same, Record.id != held.id).order_by(Record.id))


def settle(digest: str, _why: str) -> bool:
    """Let this record have what it claims and be processed, and put its rivals in conflict; False where it has it.

    Cases that a rival opened stay: evidence and its consequences are never taken back without a person.
    """
    held = Record.get_or_none(Record.digest == digest)
    if held is None or not (held.state == "conflict" or held.reason == "seal_unproven"):
        return False
    against = rivals(held)
    for name in claims(str(held.part), str(held.kind), str(held.inspection)):
        Claim.update(digest=digest).where(Claim.name == name).execute()
    _put_in_conflict(against, digest)
    Record.update(state="received", reason="released", detail=None, tries=None).where(Record.id == held.id).execute()
    return True


def _put_in_conflict(against: Iterable[Record], winner: str) -> None:
    for one in against:
        if one.state != "conflict":
            code = "sealed_twice" if one.kind in SEALS else "part_differs"
            told = {"state": "conflict", "reason": code, "detail": f"a person decided for {winner[:12]}"}
            Record.update(**told).where(Record.id == one.id).execute()
