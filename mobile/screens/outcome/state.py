"""T7: what was found, by the authority that gets it; what is proposed and chosen; what keeps it from being signed.

A choice heavier than proposed is free, a lighter one needs a reason. Nothing goes to signing while anything is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checklists import words as kernel
from checklists.findings.approval import TERM as REPORT
from checklists.findings.approval import Approval
from checklists.findings.outcome import OUTCOMES, heavier
from checklists.inspection.entries import standing
from checklists.law.clocks import calendar_of, due, is_workday
from checklists.papers.notices import fact
from checklists.papers.paragraphs import told_apart
from checklists.zone import LAW_ZONE
from mobile.inspecting import conclusion, decision
from mobile.inspecting.inspection import Held, Officer
from mobile.screens.outcome.rows.state import TONES, Group, Row, groups, measure_words, opens_case
from mobile.screens.shared.ages import clock_words
from mobile.screens.shared.reasons import is_picked, own_words
from mobile.screens.walk.state import WalkState, walk_state
from mobile.words import _, n_, words

__all__ = ["TONES", "Group", "OutcomeState", "Pick", "Row", "groups", "opens_case", "outcome_state"]

DEADLINES_DAYS = (3, 7, 15, 30)
"""What is offered as a deadline. Ours; the law leaves it to the authority."""


def _mark(message: str) -> str:
    return message


CORRECTED = _mark("Put right on site and looked at again")
REASONS = (
    CORRECTED,
    _mark("The load has been taken over by a qualified vehicle"),
)
"""Likely reasons for a lighter decision. An officer may write his own."""


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
    approval: str = ""
    approved: bool = True
    terms: tuple[str, ...] = ()
    seconds: tuple[Choice, ...] = ()
    nameless: str = ""

    @property
    def may_sign(self) -> bool:
        """Whether one touch leads to signing."""
        return not self.lacking

    @property
    def go_words(self) -> str:
        """What the touch that goes on means: the leader first, else the cards are shown and it is explained."""
        return _("Show cards and explain") if self.approved else _("To approval")


def outcome_state(
    held: Held, touched: Pick = Pick(), *, others: Iterable[Officer] = (), second: str = ""
) -> OutcomeState:
    """Return the outcome of an inspection with what the officer has touched so far.

    `others` may confirm as second officers, of whom `second` does; a choice is offered where there are several.
    """
    others = tuple(others)
    pick = chosen(held, touched)
    walk = walk_state(held)
    obstacles = _obstacles(walk)
    lighter = heavier(held.assessment.proposal.outcome, pick.outcome)
    needs_day = _needs_deadline(held, pick.outcome)
    needed = conclusion.needed(held, pick.outcome)
    stands = conclusion.approval_of(held) if is_decided(held, pick) else Approval(needed)
    return OutcomeState(
        groups=groups(held),
        proposal=sentence(_(kernel.OUTCOMES[held.assessment.proposal.outcome])),
        why=_why(held),
        choices=_choices(held, pick),
        measures=measure_words(held, held.assessment.proposal.measures),
        reasons=_reasons(held, pick) if lighter else (),
        own_reason=own_words(REASONS, pick.reason),
        deadlines=_deadlines(held, pick) if needs_day else (),
        obstacles=obstacles,
        missing_evidence=_missing(held),
        lacking=_lacking(obstacles, no_reason=lighter and not pick.reason, no_day=needs_day and not pick.correct_by)
        or _fallen(held),
        pick=pick,
        approval=_approval(held, stands),
        approved=not stands.lacking,
        terms=_terms(held, stands),
        seconds=tuple(Choice(one.id, one.name, one.id == second) for one in others) if len(others) > 1 else (),
        nameless=_nameless(held),
    )


def _reasons(held: Held, pick: Pick) -> tuple[Choice, ...]:
    """Return the likely reasons that may be true."""
    return tuple(Choice(_(one), _(one), is_picked(one, pick.reason)) for one in REASONS if _true(held, one))


def _nameless(held: Held) -> str:
    """Warn of those who will sign and whom nobody has named, while the officers have the tablet."""
    people = [_(kernel.ROLES[one.role]) for one in conclusion.signers(held) if one.must and not one.name]
    said = _("No name is known of: {people}. It is asked before they sign; without it the record names nobody.")
    return said.format(people="、".join(people)) if people else ""


def sentence(text: str) -> str:
    """Return words that begin a line: with a capital where the script has one."""
    return text[:1].upper() + text[1:]


def chosen(held: Held, touched: Pick) -> Pick:
    """Return what would be decided: touched now, else decided before for this very proposal, else as proposed."""
    proposed = held.assessment.proposal.outcome
    stand = decision.outcome(held)
    before = stand if stand.get("decided") and stand.get("proposed") == proposed else {}
    outcome = touched.outcome or str(before.get("decided") or proposed)
    needs_day = _needs_deadline(held, outcome)
    # Why something else was decided is no reason of this, nor is the last day of a deadline that is not asked any more.
    same = outcome == before.get("decided")
    reason = touched.reason or (str(before.get("reason") or "") if same else "")
    day = str(before.get("correct_by") or "") if same or needs_day else ""
    return Pick(
        outcome,
        _true(held, reason) or _own_reason(held, touched.outcome),
        (touched.correct_by if needs_day else "") or day,
    )


def _true(held: Held, reason: str) -> str:
    """Return a reason unless it says that all was looked at again, and it was not, or is not so any more."""
    return "" if is_picked(CORRECTED, reason) and not conclusion.all_corrected(held) else reason


def _own_reason(held: Held, outcome: str) -> str:
    """Where everything was put right and looked at again, that is why it is lighter, without a touch."""
    lighter = bool(outcome) and heavier(held.assessment.proposal.outcome, outcome)
    return _(CORRECTED) if lighter and conclusion.all_corrected(held) else ""


def is_decided(held: Held, pick: Pick) -> bool:
    """Whether exactly this stands as decided already, for the proposal as it is now."""
    stand = decision.outcome(held)
    made = Pick(str(stand["decided"] or ""), str(stand.get("reason") or ""), str(stand.get("correct_by") or ""))
    proposed = standing(held.entries, "outcome").get("proposal", ())
    same = bool(proposed) and proposed[-1].value.get("proposed") == held.assessment.proposal.outcome
    return same and made == pick


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
    return tuple(_deadline(held, day, count, pick) for day, count in days)


def _deadline(held: Held, day: date, count: int, pick: Pick) -> Choice:
    """A last day on which nobody works is marked; whether it may stand is for the officer to decide."""
    rests = is_workday(day, calendar_of(held.kit.tables)) is False
    mark = f" {_('day off')}" if rests else ""
    text = f"{n_('{n} day', '{n} days', count)} · {day.month}-{day.day:02}{mark}"
    return Choice(day.isoformat(), text, day.isoformat() == pick.correct_by)


def _approval(held: Held, stands: Approval) -> str:
    """Return which measures a leader approves, and whether he did or it is urgent."""
    if not stands.needed:
        return ""
    asked = measure_words(held, stands.needed)
    if stands.leader is not None:
        said = _("{measures}: approved by {name} at {time}")
        return said.format(measures=asked, name=stands.leader.value.get("name", ""), time=clock_words(stands.leader.at))
    if stands.urgent is not None:
        by = _stamp(datetime.fromisoformat(str(stands.urgent.value.get("report_by"))))
        return _("{measures}: urgent, to be reported by {time}").format(measures=asked, time=by)
    return _("{measures}: a leader approves first").format(measures=asked)


def _terms(held: Held, stands: Approval) -> tuple[str, ...]:
    """Return the terms of the law that this decision begins, counted in working days where the law says so."""
    ids = ["simple_report"] if conclusion.penalties(held) else []
    ids += ["seizure"] if stands.measures else []
    ids += [REPORT] if stands.urgent is not None else []
    at, calendar = datetime.fromisoformat(held.opened_at), calendar_of(held.kit.tables)
    lines = []
    for term in (held.kit.definitions.terms[one] for one in ids if one in held.kit.definitions.terms):
        start = datetime.fromisoformat(stands.urgent.value["begun_at"]) if term.id == REPORT and stands.urgent else at
        found = due(term, start, calendar)
        last = found.last
        if last is not None:
            said = _stamp(last) if isinstance(last, datetime) else f"{last.month}-{last.day:02}"
            marks = [] if term.verified else [_("to be verified")]
            marks += [_("provisional")] if found.status == "provisional" else []
            mark = f"（{'、'.join(marks)}）" if marks else ""
            lines.append(f"{words.pick(term.text)}：{said}{mark}")
    return tuple(lines)


def _stamp(at: datetime) -> str:
    local = at.astimezone(LAW_ZONE)
    return f"{local.month}-{local.day:02} {clock_words(at)}"


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


def _fallen(held: Held) -> str:
    """Ask for a fine that may not stand any more to be taken back, by the same touch that gave it."""
    fallen = [told_apart(one, held.assessment.findings, words.lang) for one in conclusion.fallen_fines(held)]
    said = _("This fine may not be given here any more: touch it to take it back: {what}")
    return said.format(what="；".join(fallen)) if fallen else ""


def _lacking(obstacles: tuple[Obstacle, ...], *, no_reason: bool, no_day: bool) -> str:
    if obstacles:
        return n_("{n} thing is still open", "{n} things are still open", len(obstacles))
    if no_reason:
        return _("Lighter than proposed: choose a reason")
    return _("Choose the last day of the deadline") if no_day else ""
