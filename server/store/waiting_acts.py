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
