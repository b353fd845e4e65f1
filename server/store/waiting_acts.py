"""What a person may do about a record that waits for him; each act has a reason and stands in the audit log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.rights import may
from server.store import audit, conflicts, figures, records
from server.store.models import Record


def _(words: str) -> str:
    return words


DOUBTED = ("clock_off", "seal_unproven", "abandoned")
"""Reasons for which a person has to look before a record is processed; others need something mended, and a retry."""

SEEN = ("released", records.MISTAKEN, records.ACCEPTED)
"""Reasons of a record that a person has looked at already."""

MAY_ACT = may("settle")
"""Roles that decide about records which wait."""


@dataclass(frozen=True)
class Act:
    """An act: what a button says, what it means, what it does to the record of a digest, and when it is possible."""

    words: str
    meaning: str
    run: Callable[[str, str], bool]
    fits: Callable[[Record], bool]


ACTS: dict[str, Act] = {
    "release": Act(
        _("Release"),
        _("process a parked record though its clock or seal is doubted, or it was abandoned"),
        lambda digest, _why: records.release(digest),
        lambda held: held.state == "parked" and held.reason in DOUBTED,
    ),
    "accept": Act(
        _("Was there too"),
        _("let a part count whose tablet the leading one did not name; its agency then sees the whole check"),
        lambda digest, _why: records.accept(digest),
        lambda held: held.state == "parked" and held.reason == "not_named",
    ),
    "rest": Act(
        _("Begun by mistake"),
        _("let an abandoned check rest: it is kept and counted, and no case is opened from it"),
        lambda digest, _why: records.rest(digest),
        lambda held: held.state == "parked" and held.reason == "abandoned",
    ),
    "settle": Act(
        _("Let this record count"),
        _("let this record of a conflict count, and its rivals not"),
        conflicts.settle,
        lambda held: held.state == "conflict" or held.reason == "seal_unproven",
    ),
    "retry": Act(
        _("Try again"),
        _("queue a parked record again as it came"),
        lambda digest, _why: records.retry(digest),
        lambda held: held.state == "parked",
    ),
    "park": Act(
        _("Set aside"),
        _("set a waiting record aside, so that it is not processed"),
        records.park,
        lambda held: held.state == "received",
    ),
}
"""In the order shown."""


FIRST: dict[str, str] = {
    "clock_off": _(
        "Its times lie ahead, before its tablet was enrolled or longer ago than a tablet is out, or the clock was off. "
        "Ask the officers when the check really was: once it is released, law and terms count from the time that it "
        "says."
    ),
    "not_named": _(
        "Ask the officers of the tablet that led who was at the check. Until somebody says so, nothing of this part "
        "counts."
    ),
    "seal_unproven": _(
        "Ask who led the check, and whether a part of it is still on another tablet: it may prove the seal. When it "
        "has come, try again."
    ),
    "abandoned": _(
        "See whether the check was begun by mistake or broken off. Once it is released, what was found may open cases."
    ),
    "definitions_unknown": _(
        "The checklist with which it was made was never published here. Once an administrator has published it, the "
        "record goes on by itself."
    ),
    "format_unknown": _("A newer program wrote it. Once this office has been upgraded, try again."),
    "shape_wrong": _(
        "The tablet's program wrote it wrongly, and trying again helps only after an upgrade. Tell whoever looks after "
        "the programs, and read what was sealed as it came."
    ),
    "processing_failed": _(
        "The office's program failed. Tell its administrator, whose log names this record; then try again."
    ),
    "set_aside": _("Somebody set it aside. Trying again queues it as it came."),
    "sealed_twice": _(
        "Read both, and ask the officers which one they mean; the other one is kept and counts for nothing."
    ),
    "part_differs": _(
        "Read both, and ask the officers which one they mean; the other one is kept and counts for nothing."
    ),
}
"""Reason for which a record waits → what a person sees to before he decides."""


def possible(held: Record, *, whole: bool = True) -> dict[str, Act]:
    """Return the acts that are possible for a record as it stands, for somebody who sees its inspection `whole`.

    Who was there is said by those alone whose inspection it is.
    """
    return {name: one for name, one in ACTS.items() if one.fits(held) and (whole or name != "accept")}


def act(name: str, digest: str, why: str, who: str) -> bool:
    """Do it and log it, within a writing job of the store; False where the record's state does not allow it."""
    held = Record.get_or_none(Record.digest == digest)
    if held is None or not ACTS[name].fits(held):
        return False
    done = ACTS[name].run(digest, why)
    if done:
        figures.touch(str(held.inspection))
        audit.note(who=who, action=f"record_{name}", subject=f"record:{digest}", purpose=why)
    return done
