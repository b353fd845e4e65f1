"""What a wiped tablet says: why, what is gone, and that what the office did not have is kept for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mobile.screens.shared.ages import day_words
from mobile.store.wipe_status import Wiped
from mobile.words import _, n_

MOST_NAMES = 6


@dataclass(frozen=True)
class WipedState:
    """The screen of a wiped tablet. `facts` are (tone, words); `busy` while evidence is being put aside."""

    title: str
    why: str
    facts: tuple[tuple[str, str], ...]
    next: str
    busy: str = ""
    notice: str = ""
    notice_tone: str = "good"
    may_save: bool = False
    may_enrol: bool = False
    may_retry: bool = False


def wiped_state(
    wiped: Wiped, left: int, now: datetime, *, aside: int = 0, busy: str = "", notice: str = "", trouble: str = ""
) -> WipedState:
    """Return the screen; `left` are the checks that are still kept here, `trouble` why something could not be done.

    `aside` of them stand in damaged stores, which no file for the office can hold.
    """
    done = wiped.done
    return WipedState(
        title=_title(wiped, left),
        why=_("{why} ({time})").format(why=_why(wiped), time=day_words(wiped.at, now)),
        facts=tuple(_facts(wiped, left)) if done else (),
        next=_next(wiped, left, aside),
        busy=busy,
        notice=trouble or notice,
        notice_tone="danger" if trouble else "good",
        may_save=done and left > aside and not busy,
        may_enrol=done and not busy,
        may_retry=not done and not busy,
    )


def export_words(records: int, photos: int, name: str) -> str:
    """Return what was saved, under which name, and that it does not count as delivered yet."""
    what = f"{n_('{n} record', '{n} records', records)} · {n_('{n} photo file', '{n} photo files', photos)}"
    said = _(
        "Saved for the office: {what} (file {name}). They count as delivered once its receipts are read back here."
    )
    return said.format(what=what, name=name)


def _title(wiped: Wiped, left: int) -> str:
    if not wiped.done:
        return _("Putting evidence aside for the office …")
    if not left:
        return _("Nothing on this tablet waits for the office")
    return n_("Evidence of {n} check is kept for the office", "Evidence of {n} checks is kept for the office", left)


def _why(wiped: Wiped) -> str:
    if wiped.why == "revoked":
        return _("The office has revoked this tablet, so it wiped itself.")
    return _("Too many wrong PINs were entered in a row, so this tablet wiped itself.")


def _facts(wiped: Wiped, left: int) -> list[tuple[str, str]]:
    gone = _("Removed: registry, checklists, delivered records and their photos, papers, every PIN.")
    stayed = [("danger", _stayed(wiped.remaining))] if wiped.remaining else []
    if wiped.others:
        said = n_(
            "{n} other picture lies in the camera's folder and can be read. Look whether it shows a check.",
            "{n} other pictures lie in the camera's folder and can be read. Look whether they show a check.",
            wiped.others,
        )
        stayed.append(("stale", said))
    if not left:
        return [*stayed, ("neutral", gone)]
    kept = [n_("{n} sealed record", "{n} sealed records", wiped.records)] if wiped.records else []
    kept += [n_("{n} unfinished check", "{n} unfinished checks", wiped.unfinished)] if wiped.unfinished else []
    kept += [n_("{n} photo file", "{n} photo files", wiped.photos)] if wiped.photos else []
    sealed = _("Kept, sealed so that only {office} can open it: {what}.")
    return [*stayed, ("good", sealed.format(office=wiped.office.office, what=" · ".join(kept))), ("neutral", gone)]


def _stayed(names: tuple[str, ...]) -> str:
    """Name what could not be removed, so that somebody does it by hand."""
    shown = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    said = n_(
        "{n} file could not be removed and can be read. Remove it by hand:",
        "{n} files could not be removed and can be read. Remove them by hand:",
        len(names),
    )
    return f"{said} {shown}"


def _next(wiped: Wiped, left: int, aside: int) -> str:
    if not wiped.done:
        return _("Do not switch the tablet off. If you must: it goes on at the next start, and nothing is lost.")
    told = []
    if aside:
        told.append(_("What is kept was damaged and cannot be sent: hand the tablet itself to the office."))
    if left > aside:
        told.append(
            _(
                "Enrol this tablet again with a one-time code from the office and it sends what is kept; or bring the"
                " file on a USB stick."
            )
        )
    return "\n".join(told) or _("Ask the office for a new one-time code to use this tablet again.")
