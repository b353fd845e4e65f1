"""T7: what was found, by the authority that gets it; what is proposed and chosen; what keeps it from being signed.

A choice heavier than proposed is free, a lighter one needs a reason. Nothing goes to signing while anything is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from checklists import words as kernel
from checklists.citing import agency_short, measure
from checklists.findings import Finding
from checklists.inspection import standing
from checklists.notices import fact
from checklists.outcome import OUTCOMES, heavier
from mobile import part
from mobile.held import Held
from mobile.states.walk import WalkState, walk_state
from mobile.words import _, n_, words

TONES = {"I": "danger", "II": "unknown", "III": "neutral"}
DEADLINES_DAYS = (3, 7, 15, 30)
"""What is offered as a deadline. Ours; the law leaves it to the authority."""


def _mark(message: str) -> str:
    return message


REASONS = (
    _mark("Put right on site and looked at again"),
    _mark("The load has been taken over by a qualified vehicle"),
    _mark("Approved by the team leader"),
)
"""Likely reasons for a lighter decision. An officer may write his own."""


@dataclass(frozen=True)
class Row:
    """One finding. `pending` says that the basis of a penalty is not verified; `wants_photo` that its case has none."""

    item: str
    text: str
    severity: str
    tone: str
    severity_words: str
    detail: str
    pending: str
    one_act: str
    photos: str
    wants_photo: bool


@dataclass(frozen=True)
class Group:
    """The findings that one authority gets, and what becomes of them there."""

    agency: str
    title: str
    handling: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Choice:
    """One outcome, reason or deadline to pick."""

    key: str
    text: str
    chosen: bool = False
    proposed: bool = False


@dataclass(frozen=True)
class Obstacle:
    """Something open, and the section (and item) where it is dealt with."""

    section: str
    item: str
    text: str


@dataclass(frozen=True)
class Pick:
    """What the officer has touched and not yet taken to signing; empty leaves what stands."""

    outcome: str = ""
    reason: str = ""
    correct_by: str = ""


@dataclass(frozen=True)
class OutcomeState:
    """All of T7. `lacking` says why there is no signing yet; empty when there may be."""

    groups: tuple[Group, ...]
    proposal: str
    why: str
    choices: tuple[Choice, ...]
    measures: str
    reasons: tuple[Choice, ...]
    own_reason: str
    deadlines: tuple[Choice, ...]
    obstacles: tuple[Obstacle, ...]
    missing_evidence: str
    lacking: str
    pick: Pick

    @property
    def may_sign(self) -> bool:
        """Whether one touch leads to signing."""
        return not self.lacking


def outcome_state(held: Held, touched: Pick = Pick()) -> OutcomeState:
    """Return the outcome of an inspection with what the officer has touched so far."""
    pick = chosen(held, touched)
    walk = walk_state(held)
    obstacles = _obstacles(walk)
    lighter = heavier(held.assessment.proposal.outcome, pick.outcome)
    needs_day = _needs_deadline(held, pick.outcome)
    return OutcomeState(
        groups=groups(held),
        proposal=sentence(_(kernel.OUTCOMES[held.assessment.proposal.outcome])),
        why=_why(held),
        choices=_choices(held, pick),
        measures=_measures(held, held.assessment.proposal.measures),
        reasons=tuple(Choice(_(one), _(one), _(one) == pick.reason) for one in REASONS) if lighter else (),
        own_reason=pick.reason if pick.reason not in {_(one) for one in REASONS} else "",
        deadlines=_deadlines(held, pick) if needs_day else (),
        obstacles=obstacles,
        missing_evidence=_missing(held),
        lacking=_lacking(obstacles, no_reason=lighter and not pick.reason, no_day=needs_day and not pick.correct_by),
        pick=pick,
    )


def sentence(text: str) -> str:
    """Return words that begin a line: with a capital where the script has one."""
    return text[:1].upper() + text[1:]


def chosen(held: Held, touched: Pick) -> Pick:
    """Return what would be decided: touched now, else decided before for this very proposal, else as proposed."""
    proposed = held.assessment.proposal.outcome
    stand = part.outcome(held)
    before = stand if stand.get("decided") and stand.get("proposed") == proposed else {}
    return Pick(
        touched.outcome or str(before.get("decided") or proposed),
        touched.reason or str(before.get("reason") or ""),
        touched.correct_by or str(before.get("correct_by") or ""),
    )


def is_decided(held: Held, pick: Pick) -> bool:
    """Whether exactly this stands as decided already, for the proposal as it is now."""
    stand = part.outcome(held)
    made = Pick(str(stand["decided"] or ""), str(stand.get("reason") or ""), str(stand.get("correct_by") or ""))
    proposed = standing(held.entries, "outcome").get("proposal", ())
    same = bool(proposed) and proposed[-1].value.get("proposed") == held.assessment.proposal.outcome
    return same and made == pick


def groups(held: Held) -> tuple[Group, ...]:
    """Return the findings by the authority that gets the case, the gravest first, and the gravest first in each."""
    found = sorted(held.assessment.findings, key=lambda one: (len(one.severity), one.agency != held.officer.agency))
    order = dict.fromkeys(one.agency for one in found)
    return tuple(_group(held, code, [one for one in found if one.agency == code]) for code in order)


def opens_case(one: Finding) -> bool:
    """Whether the office opens a case: a grave finding, or one whose measures say so."""
    return one.severity in ("I", "II") or "C" in one.measures


def _group(held: Held, code: str, found: list[Finding]) -> Group:
    name = agency_short(held.kit.definitions, code, words.lang)
    cases = len({one.party for one in found if opens_case(one)})
    own = code == held.officer.agency
    said = [
        n_("{n} case", "{n} cases", cases) if cases else _("no case: corrected and recorded"),
        "" if own else _("handed over to {agency}").format(agency=name),
    ]
    return Group(code, name, " · ".join(one for one in said if one), tuple(_row(held, one) for one in found))


def _row(held: Held, one: Finding) -> Row:
    return Row(
        item=one.item,
        text=fact(one, words.lang),
        severity=one.severity,
        tone=TONES.get(one.severity, "neutral"),
        severity_words=f"{one.severity} {_(kernel.SEVERITIES.get(one.severity, ''))}".strip(),
        detail=" · ".join(part for part in (one.item, one.violation, _measures(held, one.measures)) if part),
        pending="" if one.verified else _("penalty basis to be verified"),
        one_act=_("may be one act with {codes}").format(codes="、".join(one.acts)) if one.acts else "",
        photos=n_("{n} photo", "{n} photos", len(one.photos)) if one.photos else "",
        wants_photo=not one.photos and opens_case(one),
    )


def _measures(held: Held, codes: tuple[str, ...]) -> str:
    return "；".join(measure(held.kit.definitions, code, words.lang) for code in codes)


def _why(held: Held) -> str:
    found = held.assessment.findings
    worst = held.assessment.proposal.severity
    if not found:
        return _("Nothing was found.")
    reason = next((fact(one, words.lang) for one in found if one.severity == worst), "")
    return f"{worst} {_(kernel.SEVERITIES[worst])}：{reason}" if worst else reason


def _choices(held: Held, pick: Pick) -> tuple[Choice, ...]:
    proposed = held.assessment.proposal.outcome
    return tuple(Choice(key, _(kernel.OUTCOMES[key]), key == pick.outcome, key == proposed) for key in OUTCOMES)


def _needs_deadline(held: Held, outcome: str) -> bool:
    later = any("L" in one.measures and "R" not in one.measures for one in held.assessment.findings)
    return later or outcome == "correct_by_deadline"


def _deadlines(held: Held, pick: Pick) -> tuple[Choice, ...]:
    today = held.assessment.situation.day
    days = [(today + timedelta(days=count), count) for count in DEADLINES_DAYS]
    return tuple(_deadline(day, count, pick) for day, count in days)


def _deadline(day: date, count: int, pick: Pick) -> Choice:
    text = f"{n_('{n} day', '{n} days', count)} · {day.month}-{day.day:02}"
    return Choice(day.isoformat(), text, day.isoformat() == pick.correct_by)


def _obstacles(walk: WalkState) -> tuple[Obstacle, ...]:
    """Return what is open: each point that must be answered, then each section with items that nobody looked at."""
    points = [Obstacle(one.section, one.item, f"{one.text}：{one.why}") for one in walk.points]
    covered = {one.section for one in walk.points}
    tiles = [
        Obstacle(one.section, "", f"{one.title}：{n_('{n} open', '{n} open', one.open)}")
        for one in walk.tiles
        if one.open and one.section not in covered
    ]
    return (*points, *tiles)


def _missing(held: Held) -> str:
    lacking = held.assessment.proposal.missing_evidence
    if not lacking:
        return ""
    return n_(
        "{n} finding opens a case and has no photo yet", "{n} findings open a case and have no photo yet", len(lacking)
    )


def _lacking(obstacles: tuple[Obstacle, ...], *, no_reason: bool, no_day: bool) -> str:
    if obstacles:
        return n_("{n} thing is still open", "{n} things are still open", len(obstacles))
    if no_reason:
        return _("Lighter than proposed: choose a reason")
    return _("Choose the last day of the deadline") if no_day else ""
