"""Whether a printed paper is genuine, from the code on it: in large words, with what the paper says of itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checklists import words as kernel
from checklists.definitions.citation import agency_short
from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from checklists.records.paper_proof import OFFICE, Stated, Verdict
from mobile.words import _, words

PREFIX = "LUJIAN"
TONES = {"genuine": "good", "forged": "danger", "revoked": "danger", "changed": "danger"}


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


def genuine_state(verdict: Verdict, office: str, definitions: Definitions | None = None) -> GenuineState:
    """Return what the code amounts to; `office` is the name of the one whose key was pinned."""
    said = verdict.stated
    genuine = verdict.state == "genuine"
    titles = {"genuine": _("Genuine"), "forged": _("Forged or changed"), "revoked": _("Device revoked")}
    rows: tuple[tuple[str, str], ...] = ()
    if said is not None:
        at = datetime.fromisoformat(said.sealed_at).astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        agency = agency_short(definitions, said.agency, words.lang) if definitions else said.agency
        rows = (
            (_("Paper"), _(kernel.PAPERS.get(said.kind, said.kind))),
            (_("Number"), said.number),
            (_("Office"), office if verdict.state != "other_office" else _("another one")),
            (_("Agency"), agency),
            *_maker(said, at),
            (_("Words, digest"), said.text[:16]),
            (_("Record, digest"), said.record[:16]),
        )
    return GenuineState(
        tone=TONES.get(verdict.state, "unknown"),
        title=titles.get(verdict.state, _("Nothing can be said")),
        detail=_(kernel.GENUINE[verdict.state]),
        rows=rows,
        compare=_("Compare the kind and the number with those on the paper in your hand.") if genuine else "",
    )
