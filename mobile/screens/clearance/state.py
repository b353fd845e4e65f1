"""T15: what held a vehicle after its record was sealed, what was seen to be put right since, and that it goes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checklists import words as kernel
from checklists.findings import approval as approvals
from checklists.findings.fault import fault
from checklists.findings.finding import Finding
from checklists.inspection.entries import Entry
from checklists.inspection.recheck import CORRECTED, looked_again, seen_again
from checklists.papers.paragraphs import told_apart
from checklists.zone import LAW_ZONE
from mobile.inspecting.inspection import Held
from mobile.screens.clearance.cosign.state import Choice, CosignState
from mobile.screens.outcome.state import TONES, sentence
from mobile.screens.shared.reasons import is_picked, own_words
from mobile.sealing.supplement import Supplement, lifting_words
from mobile.words import _, words


def _mark(message: str) -> str:
    return message


ALL_MENDED = _mark("Put right and looked at again on the spot")
"""The reason that is true only where every finding was seen to be put right."""
REASONS = (
    ALL_MENDED,
    _mark("The load was transferred; the vehicle goes empty"),
    _mark("The missing papers were brought and compared"),
)
"""Likely reasons for letting go. An officer may write his own."""


@dataclass(frozen=True)
class Row:
    """A finding of the record; `told` says what was seen when somebody looked again, with its tone."""

    fault: str
    text: str
    tone: str
    told: str
    told_tone: str
    chosen: bool


@dataclass(frozen=True)
class ClearanceState:
    """All of T15. `gone` says that nothing is held any more; `lacking` what keeps the decision from its PINs.

    `leader` is what a leader approves, `stays` what somebody else ordered and nothing here lifts.
    """

    plate: str
    stands: str
    sealed: str
    gone: str
    rows: tuple[Row, ...]
    chosen: str
    note: str
    ways: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    own_reason: str
    leader: tuple[str, ...]
    stays: tuple[str, ...]
    lacking: str
    confirming: bool
    cosign: CosignState


def clearance_state(
    made: Supplement,
    heard: Held,
    asked: tuple[str, ...],
    cosign: CosignState,
    *,
    chosen: str = "",
    way: str = "",
    confirming: bool = False,
) -> ClearanceState:
    """Return how the lifting of a hold stands. `asked` is what a leader approves, `chosen` the fault that is looked at.

    `heard` is the inspection by what this tablet knows now, for the stops of others; `way` is the outcome that the
    officer touched, the likeliest one without.
    """
    found, again = made.assessment.findings, looked_again(made.now.entries)
    looked = {name: note for name in map(fault, found) if (note := again.last(name))}
    name = chosen or next((one for one in map(fault, found) if one not in looked), fault(found[0]) if found else "")
    decided, ways = made.decided, made.ways
    way = way if way in ways else str(decided.get("decided") or ways[0])
    reason = str(decided.get("reason") or "")
    if made.left and is_picked(ALL_MENDED, reason):
        reason = ""
    lacking = _lacking(made, found, looked, reason)
    return ClearanceState(
        plate=str(made.held.fact("vehicle.plate") or ""),
        stands=sentence(_(kernel.OUTCOMES.get(made.stands, made.stands))),
        sealed=_sealed(made),
        gone="" if made.holds else _("This record holds no vehicle any more."),
        rows=tuple(
            _row(told_apart(one, found, words.lang), one, looked.get(fault(one)), chosen=fault(one) == name)
            for one in found
        ),
        chosen=name,
        note=str(looked[name].value.get("text") or "") if name in looked else "",
        ways=tuple(Choice(one, sentence(_(kernel.OUTCOMES[one])), one == way) for one in ways),
        reasons=tuple(Choice(_(one), _(one), is_picked(one, reason)) for one in _likely(made)),
        own_reason=own_words(REASONS, reason),
        leader=tuple(lifting_words(made.held, one, words.lang) for one in asked),
        stays=_stays(heard, asked),
        lacking=lacking,
        confirming=confirming and not lacking and made.holds,
        cosign=cosign,
    )


def _likely(made: Supplement) -> tuple[str, ...]:
    """Return the likely reasons that are true."""
    return tuple(one for one in REASONS if one != ALL_MENDED or not made.left)


def _lacking(made: Supplement, found: tuple[Finding, ...], looked: Mapping[str, Entry], reason: str) -> str:
    unseen = sum(fault(one) not in looked for one in found)
    if unseen:
        return _("Say of each finding whether it was put right.")
    return "" if made.decided and reason else _("Choose why the vehicle may go on.")


def _sealed(made: Supplement) -> str:
    at = datetime.fromisoformat(str(made.part["sealed_at"])).astimezone(LAW_ZONE).strftime("%m-%d %H:%M")
    site = str(made.part.get("site") or "")
    return " · ".join(one for one in (_("sealed {time}").format(time=at), site) if one)


def _row(text: str, one: Finding, note: Entry | None, *, chosen: bool) -> Row:
    told, tone = _("not looked at again yet"), "unknown"
    if note is not None:
        told = seen_again(note, words.lang)
        tone = "good" if note.value.get("result") == CORRECTED else "danger"
    return Row(fault(one), text, TONES.get(one.severity, "neutral"), told, tone, chosen)


def _stays(heard: Held, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stops of others that stand against the vehicle: they stay, whatever is decided here."""
    if approvals.AGAINST_STOP not in asked:
        return ()
    found = []
    for one in approvals.stops(heard.assessment):
        row = heard.kit.row(one.rule, one.case)
        found.append(f"{words.pick(row.text) if row else one.case}：{one.subject}")
    return tuple(found)
