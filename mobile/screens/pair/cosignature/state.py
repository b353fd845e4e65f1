"""What a joined officer co-signs: what the lead will seal, and whether it is time. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklists import words as kernel
from checklists.papers.notices import fact
from mobile.inspecting import decision
from mobile.inspecting.inspection import Held
from mobile.pairing.cosignature import in_lead_terms
from mobile.pairing.session import Session
from mobile.screens.pair.peers.state import Tone
from mobile.sealing import part
from mobile.sealing.signatures import missing, signed
from mobile.words import _, words


@dataclass(frozen=True)
class Told:
    """One thing that is sealed, as the officer reads it before he co-signs."""

    number: str
    text: str
    tone: Tone


def cosigning(held: Held, device: part.Device, session: Session | None) -> tuple[bool, bool]:
    """Return whether only officers are missing from what the lead will seal, and whether ours has confirmed it."""
    theirs, facts = in_lead_terms(held, device, session)
    if held.leads or not theirs.leads:
        return False, False
    given = signed(theirs, part.draft(theirs, facts)).officers
    return set(missing(theirs, facts)) <= {"officers"}, any(one.officer == held.officer.id for one in given)


def to_sign(held: Held) -> tuple[Told, ...]:
    """Return what the lead will seal: the findings in order, then the decision."""
    found = [
        Told(f"{number}.", fact(one, words.lang), "danger" if one.severity == "I" else "unknown")
        for number, one in enumerate(held.assessment.findings, start=1)
    ]
    decided = decision.outcome(held)
    outcome = str(decided["decided"] or decided["proposed"])
    said = [_(kernel.OUTCOMES.get(outcome, outcome)), str(decided.get("reason") or "")]
    if decided.get("correct_by"):
        said.append(_("Put right by {day}").format(day=decided["correct_by"]))
    return (
        *(found or [Told("", _("Nothing was found."), "good")]),
        Told("", _("Outcome") + "：" + " · ".join(one for one in said if one), "neutral"),
    )
