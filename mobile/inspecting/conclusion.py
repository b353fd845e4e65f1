"""The end of an inspection: who signs, who showed his card, what was corrected, decided on the spot and approved.

Drafts of entries and what the entries say of it; pure, as `acts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists.facts.earlier import RELEASING
from checklists.findings import approval as approvals
from checklists.findings.approval import Approval
from checklists.findings.assessment import Finding
from checklists.inspection.entries import Entry, standing
from checklists.inspection.recheck import CORRECTED, NOTE, corrected
from checklists.wire import instant
from mobile.inspecting.decision import outcome
from mobile.inspecting.inspection import Draft, Held, Officer

CARDS = "cards_shown"
PENALTY = "penalty:"
PEOPLE = ("driver", "escort")
"""Who signs beside the officers, in the order in which they are asked."""


@dataclass(frozen=True)
class Signer:
    """A person who is told, speaks and signs. `must` is False where nothing waits for him: a clean check's escort."""

    role: str
    name: str
    must: bool = True


def signers(held: Held) -> tuple[Signer, ...]:
    """Return the driver, and the escort where one is aboard; nothing was found: his signature may be left out."""
    situation = held.assessment.situation
    aboard = {one.role: one.name or "" for one in situation.seen.aboard or ()}
    found = []
    for role in PEOPLE:
        known = getattr(situation, role) or (getattr(situation.waybill, role) if situation.waybill else None)
        name = aboard.get(role) or (known and known.name) or ""
        if role == "driver" or role in aboard:
            found.append(Signer(role, name, role == "driver" or bool(held.assessment.findings)))
    return tuple(found)


# -- cards


def show_cards(officers: Iterable[Officer], people: Iterable[Signer]) -> tuple[Draft, ...]:
    """These officers showed their enforcement cards to these people (行政处罚法 55)."""
    shown = [{"id": one.id, "name": one.name, "card": one.card, "agency": one.agency} for one in officers]
    seen = [{"role": one.role, "name": one.name} for one in people]
    return (Draft("note", CARDS, {"officers": shown, "to": seen}),)


def cards_shown(held: Held) -> Mapping[str, Any]:
    """Return the note that stands about the cards; empty where nobody showed any."""
    notes = standing(held.entries, "note").get(CARDS, ())
    return notes[-1].value if notes else {}


def has_shown(held: Held, officers: Sequence[Officer]) -> bool:
    """Whether exactly these officers showed their cards to everybody who signs."""
    note = cards_shown(held)
    given = {one.get("id") for one in note.get("officers", ())}
    to = {one.get("role") for one in note.get("to", ())}
    return given == {one.id for one in officers} and to >= {one.role for one in signers(held)}


# -- put right on the spot


def look_again(held: Held, item: str, photo: Mapping[str, Any]) -> tuple[Draft, ...]:
    """The finding was put right and looked at again, with a photo of how it is now (its manifest)."""
    value = {"result": CORRECTED, "photo": photo["sha256"]}
    return (
        Draft("photo", item, {**photo, "evidence": CORRECTED}),
        Draft("note", NOTE + item, value),
    )


def all_corrected(held: Held) -> bool:
    """Whether every finding was put right and looked at again."""
    done = corrected(held.entries)
    return bool(held.assessment.findings) and all(one.item in done for one in held.assessment.findings)


# -- decided on the spot


def penalise(one: Finding, amount_cny: int) -> tuple[Draft, ...]:
    """The fine that the officer chose for a finding; nothing takes it back."""
    value = {"violation": one.violation, "procedure": "simple", "amount_cny": amount_cny}
    return (Draft("outcome", PENALTY + one.item, value),)


def penalties(held: Held) -> dict[str, int]:
    """Return by item the fines that stand, in yuan, for the violation that is still found."""
    found = {one.item: one.violation for one in held.assessment.findings}
    held_ = {}
    for name, rivals in standing(held.entries, "outcome").items():
        item, value = name.removeprefix(PENALTY), rivals[-1].value
        if name.startswith(PENALTY) and value.get("amount_cny") and found.get(item) == value.get("violation"):
            held_[item] = int(value["amount_cny"])
    return held_


# -- a leader's approval


def needed(held: Held, decided: str) -> tuple[str, ...]:
    """Return the measures that a leader approves before this outcome is carried out."""
    regime = held.kit.definitions.checklists[held.checklist].regime
    return approvals.needed(held.kit.definitions, held.assessment, regime, decided)


def approval_of(held: Held) -> Approval:
    """Return how the decision that stands is approved."""
    decided = outcome(held)
    return approvals.approval(held.entries, needed(held, str(decided["decided"] or "")), decided)


def approve(held: Held, leader: Officer, *, pin_set_now: bool = False, pin_by_code: bool = False) -> tuple[Draft, ...]:
    """The leader's signature under the decision that stands; it names the digest of exactly that.

    `pin_set_now`: he set his PIN on this tablet just now, so that no earlier PIN of his own let him in;
    `pin_by_code`: a code of the office proved him then.
    """
    decided, measures = outcome(held), needed(held, str(outcome(held)["decided"] or ""))
    value = {
        "role": approvals.ROLE,
        "name": leader.name,
        "card": leader.card,
        "strokes": [],
        "outcome": decided["decided"],
        "measures": list(measures),
        "decision": approvals.decision(decided, measures),
        **({"pin_set_now": True} if pin_set_now else {}),
        **({"pin_by_code": True} if pin_by_code else {}),
    }
    return (Draft("signature", f"{approvals.ROLE}:{leader.name}", value),)


def go_on_urgently(held: Held, reason: str, begun: datetime, due: datetime) -> tuple[Draft, ...]:
    """No leader can be reached and it cannot wait: why, since when, and until when it is reported."""
    if not reason.strip():
        raise ValueError("going on without a leader needs a reason")
    decided, measures = outcome(held), needed(held, str(outcome(held)["decided"] or ""))
    if approvals.AGAINST_STOP in measures:
        raise ValueError("nothing lets go against a stop without a leader")
    value = {
        "urgent": True,
        "reason": reason.strip(),
        "outcome": decided["decided"],
        "measures": list(measures),
        "begun_at": instant(begun),
        "report_by": instant(due),
        "decision": approvals.decision(decided, measures),
    }
    return (Draft("note", approvals.NOTE, value),)


# -- after the seal


def let_go(outcome_: str, reason: str) -> tuple[Draft, ...]:
    """What an amendment says of a vehicle that was held and goes on: it lifts the hold wherever that was told.

    Raises ValueError for an outcome that holds, and without a reason.
    """
    if outcome_ not in RELEASING or not reason.strip():
        raise ValueError("a hold is lifted by an outcome that lets go, with a reason")
    return (Draft("outcome", "decision", {"decided": outcome_, "reason": reason.strip()}),)


# -- what people say


def state(held: Held, draft: str, role: str, name: str, text: str) -> tuple[Draft, ...]:
    """What the driver or the escort says, in his own words.

    Once somebody else has signed this draft, the words become part of the speaker's own signature, which he then gives
    (again): what another signed must not change behind him.
    """
    others = [one for one in _signed(held.entries, draft) if one.value.get("role") != role]
    if not others:
        return (Draft("statement", role, {"text": text}),)
    value = {"role": role, "name": name, "strokes": [], "statement": text}
    return (Draft("signature", f"{role}:{name}", value, _last(held, role)),)


def said(held: Held, role: str = "driver") -> str:
    """Return what this person stated, with his signature or before it, or nothing."""
    signed = [one for one in _stand(held.entries) if one.value.get("role") == role and one.value.get("statement")]
    if signed:
        return str(signed[-1].value["statement"])
    stand = standing(held.entries, "statement").get(role, ())
    return str(stand[-1].value.get("text", "")) if stand else ""


def said_in_signature(held: Held, role: str) -> str:
    """Return the words that are part of this person's signature and go into his next one."""
    signed = [one for one in _stand(held.entries) if one.value.get("role") == role and one.value.get("statement")]
    return str(signed[-1].value["statement"]) if signed else ""


def given(entries: Iterable[Entry], draft: str) -> dict[str, Entry]:
    """Return by role the signatures of driver and escort (or their refusals) that hold for this draft."""
    return {str(one.value.get("role")): one for one in _signed(entries, draft)}


def _signed(entries: Iterable[Entry], draft: str) -> list[Entry]:
    return [one for one in _stand(entries) if one.value.get("digest") == draft]


def _stand(entries: Iterable[Entry]) -> list[Entry]:
    return [one for rivals in standing(entries, "signature").values() for one in rivals]


def _last(held: Held, role: str) -> str | None:
    """Return the signature that this person gave before, which his next one withdraws."""
    mine = [one for one in held.all_of("signature") if one.value.get("role") == role]
    return mine[-1].id if mine else None
