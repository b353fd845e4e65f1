"""Whether a printed paper is genuine, from the code on it: in large words, with what the paper says of itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checklists import words as kernel
from checklists.definitions.citation import agency_short
from checklists.definitions.definition import Definitions
from checklists.papers.release_pass import Load
from checklists.records.paper_proof import OFFICE, Stated, Verdict
from checklists.zone import LAW_ZONE, read_clock
from mobile.words import _, words

PREFIX = "LUJIAN"
TONES = {
    "genuine": "good",
    **dict.fromkeys(("forged", "revoked", "void", "changed", "other_vehicle"), "danger"),
}


AGAINST = ("void", "withdrawn", "order", "held", "alert")
"""What the office may say of a pass after which nobody goes by it."""


@dataclass(frozen=True)
class GenuineState:
    """All of the screen. `compare` asks to hold the paper's own number against the one that is sealed."""

    tone: str
    title: str
    detail: str
    rows: tuple[tuple[str, str], ...]
    compare: str


def paper_code(texts: Iterable[str]) -> str:
    """Return the code of a paper of ours among texts that were scanned, or nothing."""
    return next((one for one in texts if one.startswith(PREFIX)), "")


def waiting_state(trouble: str = "") -> GenuineState:
    """Return what is shown until a code was read, with what was in the way of reading one."""
    return GenuineState(
        tone="unknown" if trouble else "primary",
        title=_("Photograph the code on the paper"),
        detail=trouble or _("A picture that the camera takes is read by itself."),
        rows=(),
        compare="",
    )


def _maker(said: Stated, at: str) -> tuple[tuple[str, str], ...]:
    """Return who made the paper, and when: a tablet seals, the office issues."""
    if said.device == OFFICE:
        return ((_("Issued at"), at),)
    return ((_("Tablet"), f"{said.prefix}  {said.device}"), (_("Sealed at"), at))


def genuine_state(
    verdict: Verdict, office: str, definitions: Definitions | None = None, stands: str = "", status: str = ""
) -> GenuineState:
    """Return what the code amounts to; `office` is the name of the one whose key was pinned.

    `stands` is the plate of the vehicle in hand, with which a pass was compared; without one the officer compares it.
    `status` is how the office says that a pass stands, empty where it was not asked or did not answer.
    """
    said = verdict.stated
    genuine = verdict.state == "genuine"
    titles = {
        "genuine": _("Genuine"),
        "forged": _("Forged or changed"),
        "revoked": _("Device revoked"),
        "void": _("Void"),
        "other_vehicle": _("Of another vehicle"),
        "expired": _("Time is over"),
    }
    title = titles.get(verdict.state, _("Nothing can be said"))
    against = genuine and status in AGAINST
    uncompared = verdict.plate_open and not against
    if against:
        title = _("Counts no more")
    elif uncompared:
        title = _("Genuine, not compared")
    if said is not None and said.plate and verdict.state in ("genuine", "other_vehicle", "expired"):
        title = f"{title}：{said.plate}"
    rows: tuple[tuple[str, str], ...] = ()
    if said is not None:
        at = datetime.fromisoformat(said.sealed_at).astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        agency = agency_short(definitions, said.agency, words.lang) if definitions else said.agency
        rows = (
            (_("Paper"), _(kernel.PAPERS.get(said.kind, said.kind))),
            (_("Number"), said.number),
            *_stands(said, status, verdict.state),
            *_about(said),
            *_office(office, verdict.state),
            (_("Agency"), agency),
            *_maker(said, at),
            (_("Words, digest"), said.text[:16]),
            (_("Record, digest"), said.record[:16]),
        )
    return GenuineState(
        tone="danger" if against else "unknown" if uncompared else TONES.get(verdict.state, "unknown"),
        title=title,
        detail=_(kernel.PASS_STATES[status]) if against else _detail(verdict),
        rows=rows,
        compare=_compare(said, "" if uncompared else stands) if genuine and not against else "",
    )


def _office(office: str, state: str) -> tuple[tuple[str, str], ...]:
    """Return which office vouches for the device; of a forged code none does."""
    if state == "forged":
        return ()
    return ((_("Office"), office if state != "other_office" else _("another one")),)


def _detail(verdict: Verdict) -> str:
    """Return why; of a paper that is no pass also that to be genuine is not to be in order."""
    why = _(kernel.GENUINE_PARTS["plate_open"] if verdict.plate_open else kernel.GENUINE[verdict.state])
    if verdict.state != "genuine" or verdict.stated is None or verdict.stated.kind == "pass":
        return why
    return why + "\n" + _("Genuine does not mean in order: read what the paper says.")


def _stands(said: Stated, status: str, state: str) -> tuple[tuple[str, str], ...]:
    """Return what the office says of a pass now, or that it was not asked."""
    if said.kind != "pass" or state != "genuine":
        return ()
    told = _(kernel.PASS_STATES[status]) if status in kernel.PASS_STATES else _("not asked: no answer from the office")
    return ((_("At the office"), told),)


def _about(said: Stated) -> tuple[tuple[str, str], ...]:
    """Return of which vehicle and goods a pass is, and until when it is shown."""
    until = read_clock(said.until)
    load = Load.of(said.goods)
    rows = (
        (_("Vehicle"), said.plate),
        (_("Trailer"), load.trailer),
        (_("UN numbers"), " ".join(load.goods)),
        (_("Checklist"), _("a short one") if load.short else ""),
        (_("Shown until"), until),
    )
    return tuple(row for row in rows if row[1])


def _compare(said: Stated | None, stands: str) -> str:
    text = _("Compare the kind and the number with those on the paper in your hand.")
    if said is None or not said.plate or stands:
        return text
    return text + _("It holds for this vehicle alone: compare the plate and the goods.")
