"""The end of an inspection: who signs, who showed his card, what was corrected, decided on the spot and approved.

Drafts of entries and what the entries say of it; pure, as `acts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists.facts.earlier import RELEASING
from checklists.facts.people import is_name
from checklists.findings import approval as approvals
from checklists.findings.approval import Approval
from checklists.findings.assessment import Finding
from checklists.findings.fault import fault
from checklists.findings.lifting import unmended
from checklists.inspection.entries import Entry, standing
from checklists.inspection.recheck import CORRECTED, NOT_CORRECTED, NOTE, item_of, looked_again
from checklists.papers.spot_decision import on_the_spot
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
    """Return the driver, and the escort where one is aboard; nothing was found: his signature may be left out.

    A name that says nothing, such as `?` or the word for the role, is none.
    """
    situation = held.assessment.situation
    aboard = {one.role: one.name or "" for one in situation.seen.aboard or ()}
    found = []
    for role in PEOPLE:
        known = getattr(situation, role) or (getattr(situation.waybill, role) if situation.waybill else None)
        # Whom the papers name is not whom somebody met without asking his name.
        name = aboard.get(role, known and known.name) or ""
        name = name if is_name(name) else ""
        if role == "driver" or role in aboard:
            found.append(Signer(role, name, role == "driver" or bool(held.assessment.findings)))
    return tuple(found)


def name_him(held: Held, role: str, name: str) -> tuple[Draft, ...]:
    """The name of a driver or escort whom nobody had named: of who is aboard, else of whom the papers tell."""
    aboard = held.fact("seen.aboard")
    if not any(one.get("role") == role for one in aboard or ()):
        return (Draft("fact", f"{role}.name", {"data": name, "source": "officer"}),)
    people = [{**one, "name": name} if one.get("role") == role else dict(one) for one in aboard]
    return (Draft("fact", "seen.aboard", {"data": people, "source": "officer"}),)


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


def look_again(one: Finding, photo: Mapping[str, Any]) -> tuple[Draft, ...]:
    """The fault was put right and looked at again, with a photo of how it is now (its manifest)."""
    return mended(fault(one), photo, about=one.note)


def all_corrected(held: Held) -> bool:
    """Whether every finding was put right and looked at again."""
    return bool(held.assessment.findings) and not unmended(held.assessment, looked_again(held.entries))


# -- decided on the spot


def penalise(one: Finding, amount_cny: int) -> tuple[Draft, ...]:
    """The fine that the officer chose for a finding; nothing takes it back."""
    value = {"violation": one.violation, "procedure": "simple", "amount_cny": amount_cny}
    return (Draft("outcome", PENALTY + fault(one), value),)


def penalties(held: Held) -> dict[str, int]:
    """Return by fault the fines that stand, in yuan, for the violation that is still found.

    One that names its item alone, as before, is of the first fault of the item that is this violation.
    """
    outcomes = standing(held.entries, "outcome").items()
    told = {name.removeprefix(PENALTY): rivals[-1].value for name, rivals in outcomes if name.startswith(PENALTY)}
    amounts: dict[str, int] = {}
    for one in held.assessment.findings:
        before = told.pop(one.item) if told.get(one.item, {}).get("violation") == one.violation else {}
        value = told.get(fault(one)) or before
        if value.get("amount_cny") and value.get("violation") == one.violation:
            amounts[fault(one)] = int(value["amount_cny"])
    return amounts


def fined_alike(held: Held, one: Finding) -> bool:
    """Whether another fault of the same violation of the same party is fined here: it is one act, and fined once."""
    fined = penalties(held)
    alike = (each for each in held.assessment.findings if (each.violation, each.party) == (one.violation, one.party))
    return any(fault(each) in fined for each in alike if fault(each) != fault(one))


def fallen_fines(held: Held) -> tuple[Finding, ...]:
    """Return the findings whose fine may not stand any more: by the law of what is known now, or as one act twice."""
    definitions, day = held.kit.definitions, held.assessment.situation.day

    def stands(one: Finding, amount: int) -> bool:
        # Who fined was of the competent authority; the tablet that seals may be another's.
        spot = on_the_spot(definitions, one, one.agency, day)
        return spot.range_of(amount) is not None and not fined_alike(held, one)

    fined = penalties(held)
    found = [one for one in held.assessment.findings if fault(one) in fined]
    return tuple(one for one in found if not stands(one, fined[fault(one)]))


# -- a leader's approval


def needed(held: Held, decided: str) -> tuple[str, ...]:
    """Return the measures that a leader approves before this outcome is carried out."""
    regime = held.kit.definitions.checklists[held.checklist].regime
    return approvals.needed(held.kit.definitions, held.assessment, regime, decided)


def approval_of(held: Held) -> Approval:
    """Return how the decision that stands is approved."""
    decided = outcome(held)
    return approvals.approval(held.entries, needed(held, str(decided["decided"] or "")), decided)


def approve(held: Held, leader: Officer, **how: Any) -> tuple[Draft, ...]:
    """The leader's signature under the decision that stands; it names the digest of exactly that.

    `how` are `pin_set_now`: he set his PIN on this tablet just now, so that no earlier PIN of his own let him in;
    `pin_by_code`: by a code of the office; `identity`: who vouches for it. All as in an officer's signature.
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
        **how,
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


def mended(
    name: str, photo: Mapping[str, Any], text: str = "", before: Entry | None = None, about: str = ""
) -> tuple[Draft, ...]:
    """A fault was put right and looked at again: a photo of how it is now (its manifest), and what is said of it.

    `name` is that of the fault, `about` its words as the officer found it, for whoever reads the record. `before` is
    what somebody said of it earlier on this tablet; who looks again takes that back.
    """
    photographed = Draft("photo", item_of(name), {**photo, "evidence": CORRECTED, "fault": name})
    return (photographed, _looked(name, {"result": CORRECTED, "photo": photo["sha256"]}, text, before, about))


def not_mended(name: str, text: str = "", before: Entry | None = None, about: str = "") -> tuple[Draft, ...]:
    """A fault of a sealed record was looked at again and is as it was; the arguments are as in `mended`."""
    return (_looked(name, {"result": NOT_CORRECTED}, text, before, about),)


def _looked(name: str, seen: Mapping[str, Any], text: str, before: Entry | None, about: str) -> Draft:
    said = {key: value for key, value in (("text", text.strip()), ("note", about.strip())) if value}
    return Draft("note", NOTE + name, {**seen, **said}, before.id if before else None)


def let_go(outcome_: str, reason: str, correct_by: str = "") -> tuple[Draft, ...]:
    """What an amendment says of a vehicle that was held and goes on: it lifts the hold wherever that was told.

    `correct_by` is the last day of what is left to be put right. Raises ValueError for an outcome that holds, and
    without a reason.
    """
    if outcome_ not in RELEASING or not reason.strip():
        raise ValueError("a hold is lifted by an outcome that lets go, with a reason")
    last = {"correct_by": correct_by} if outcome_ == "correct_by_deadline" and correct_by else {}
    return (Draft("outcome", "decision", {"decided": outcome_, "reason": reason.strip(), **last}),)


def approve_letting_go(
    decided: Mapping[str, Any], asked: tuple[str, ...], leader: Officer, draft: str, **how: Any
) -> tuple[Draft, ...]:
    """The leader's signature under the decision that lifts a hold, and under the amendment in which it stands.

    `how` is as of `approve`.
    """
    value = {
        "role": approvals.ROLE,
        "name": leader.name,
        "card": leader.card,
        "strokes": [],
        "digest": draft,
        "outcome": decided.get("decided"),
        "measures": list(asked),
        "decision": approvals.decision(decided, asked),
        **how,
    }
    return (Draft("signature", f"{approvals.ROLE}:{leader.name}", value),)


# -- what people say


def state(held: Held, draft: str, role: str, name: str, text: str) -> tuple[Draft, ...]:
    """What the driver or the escort says, in his own words.

    Once somebody else has signed this draft, the words become part of the speaker's own signature, which he then gives
    (again): what another signed must not change behind him.
    """
    return _spoken(held, draft, role, name, {"text": text}, {"statement": text})


def state_nothing(held: Held, draft: str, role: str, name: str) -> tuple[Draft, ...]:
    """That this person was asked and stated nothing; somebody touched it, it is never taken from silence."""
    return _spoken(held, draft, role, name, {"text": "", "nothing": True}, {"nothing_stated": True})


def _spoken(
    held: Held, draft: str, role: str, name: str, before: Mapping[str, Any], within: Mapping[str, Any]
) -> tuple[Draft, ...]:
    if not any(one.value.get("role") != role for one in _signed(held.entries, draft)):
        return (Draft("statement", role, before),)
    value = {"role": role, "name": name, "strokes": [], **within}
    return (Draft("signature", f"{role}:{name}", value, _last(held, role)),)


def unstate(held: Held, role: str, name: str) -> tuple[Draft, ...]:
    """What was put down as this person's words, or as his silence, was not his: nothing is recorded of it again.

    Where it is part of his signature he gives that anew.
    """
    stand = standing(held.entries, "statement").get(role, ())
    drafts = tuple(Draft("withdrawn", role, {}, withdraws=one.id) for one in stand)
    if not _within(held, role):
        return drafts
    bare = {"role": role, "name": name, "strokes": []}
    return (*drafts, Draft("signature", f"{role}:{name}", bare, _last(held, role)))


def said(held: Held, role: str = "driver") -> str:
    """Return what this person stated last, with his signature or apart from it, or nothing."""
    if within := said_in_signature(held, role):
        return str(within.get("statement") or "")
    stand = standing(held.entries, "statement").get(role, ())
    return str(stand[-1].value.get("text", "")) if stand else ""


def said_nothing(held: Held, role: str = "driver") -> bool:
    """Whether somebody put down that this person stated nothing."""
    if within := said_in_signature(held, role):
        return "nothing_stated" in within
    stand = standing(held.entries, "statement").get(role, ())
    return bool(stand) and stand[-1].value.get("nothing") is True


def said_in_signature(held: Held, role: str) -> Mapping[str, Any]:
    """Return what this person stated as part of his signature, or that he stated nothing; it goes into his next one.

    Empty where he said something else since.
    """
    within, stand = _within(held, role), standing(held.entries, "statement").get(role, ())
    if within is None or any(one.order > within.order for one in stand):
        return {}
    return {key: within.value[key] for key in _WITHIN if within.value.get(key)}


_WITHIN = ("statement", "nothing_stated")
"""What a signature says of the words of the one who gave it."""


def _within(held: Held, role: str) -> Entry | None:
    """Return the last signature of this person that says what he stated."""
    mine = (one for one in _stand(held.entries) if one.value.get("role") == role)
    told = [one for one in mine if any(one.value.get(key) for key in _WITHIN)]
    return max(told, key=lambda one: one.order, default=None)


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
