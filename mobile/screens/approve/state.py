"""T7, a heavy measure: what a leader approves, on which footing; or why it cannot wait, and when it is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checklists import words as kernel
from checklists.definitions.citation import agency_short, citable, cite
from checklists.findings import approval as approvals
from checklists.findings.approval import AGAINST_STOP, report_due
from checklists.findings.assessment import Finding
from checklists.law.cases import candidates, common
from checklists.law.model import Citation, bases, rows_on
from checklists.papers.notices import fact
from checklists.zone import LAW_ZONE
from mobile.inspecting import conclusion, decision
from mobile.inspecting.inspection import Held, Officer
from mobile.screens.code.state import needs_code
from mobile.screens.outcome.rows.state import measure_words
from mobile.screens.outcome.state import sentence
from mobile.screens.shared.reasons import is_picked, own_words
from mobile.words import _, words


def _mark(message: str) -> str:
    return message


REASONS = (
    _mark("Danger now; no leader can be reached by telephone"),
    _mark("No network and no telephone at this place"),
    _mark("The vehicle or the evidence would be gone"),
)
"""Likely reasons for going on without a leader. An officer may write his own."""


@dataclass(frozen=True)
class Choice:
    """A leader or a reason to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Asked:
    """One measure to approve, the clauses that may be cited for it, and whether a power to take it is verified."""

    text: str
    basis: str
    pending: str


@dataclass(frozen=True)
class ApproveState:
    """All of the screen. `urgent` shows the way without a leader; `report_by` says until when it is reported.

    `code` says why the office's code comes before the leader's PIN. Without `may_be_urgent` nothing goes on without
    him: the vehicle can stay.
    """

    outcome: str
    asked: tuple[Asked, ...]
    found: tuple[str, ...]
    leaders: tuple[Choice, ...]
    prompt: str
    trouble: str
    ready: bool
    urgent: bool
    reasons: tuple[Choice, ...]
    own_reason: str
    report_by: str
    code: str = ""
    may_be_urgent: bool = True

    @property
    def pending(self) -> str:
        """What is to be found out before the PIN, each with the measures that it is about where there are several."""
        about = {one.pending: [each.text for each in self.asked if each.pending == one.pending] for one in self.asked}
        named = len(self.asked) > 1
        return "\n".join(f"{'、'.join(of)}：{said}" if named else said for said, of in about.items() if said)

    @property
    def may_go_on(self) -> bool:
        """Whether a reason stands for going on without a leader."""
        return any(one.chosen for one in self.reasons) or bool(self.own_reason)


def approve_state(
    held: Held,
    leaders: Iterable[Officer],
    now: datetime,
    *,
    chosen: str = "",
    new: bool = False,
    unproven: bool = False,
    again: bool = False,
    urgent: bool = False,
    reason: str = "",
    trouble: str = "",
) -> ApproveState:
    """Return what is to be approved. `new` leaders set a PIN on this tablet, `again` a second time.

    Those `unproven` give the office's code before that.
    """
    known = list(leaders)
    one = next((each for each in known if each.id == chosen), known[0] if len(known) == 1 else None)
    decided = str(decision.outcome(held)["decided"] or "")
    due = report_due(held.kit.definitions, held.kit.tables, now)
    against = AGAINST_STOP in conclusion.needed(held, decided)
    return ApproveState(
        outcome=sentence(_(kernel.OUTCOMES.get(decided, decided))),
        asked=tuple(_asked(held, code) for code in conclusion.needed(held, decided)),
        found=(*_stops(held, against=against), *_findings(held, decided)),
        leaders=tuple(Choice(each.id, _leader(held, each), each is one) for each in known),
        prompt=_prompt(known, one, new=new, again=again),
        trouble=trouble,
        ready=one is not None,
        urgent=not against and (urgent or not known),
        reasons=tuple(Choice(_(each), _(each), is_picked(each, reason)) for each in REASONS),
        own_reason=own_words(REASONS, reason),
        report_by=due.astimezone(LAW_ZONE).strftime("%m-%d %H:%M") if due else "",
        code=needs_code(one.name) if one and unproven else "",
        may_be_urgent=not against,
    )


def _leader(held: Held, one: Officer) -> str:
    return f"{one.name} · {agency_short(held.kit.definitions, one.agency, words.lang)}"


def _prompt(known: list[Officer], one: Officer | None, *, new: bool, again: bool) -> str:
    if not known:
        return _("The office has named no leader for this tablet.")
    if one is None:
        return _("Choose the leader first")
    if not new:
        return _("PIN of {name}").format(name=one.name)
    said = _("{name}: the same PIN again") if again else _("{name}: set a PIN of 6 to 12 digits")
    return said.format(name=one.name)


def _findings(held: Held, decided: str) -> Iterable[str]:
    return (f"{each.item} {fact(each, words.lang)}" for each in _behind(held, decided))


def _stops(held: Held, *, against: bool) -> Iterable[str]:
    """Yield what stands against letting go: which order or earlier check, and who gave it."""
    for one in approvals.stops(held.assessment) if against else ():
        row = held.kit.row(one.rule, one.case)
        yield f"{words.pick(row.text) if row else one.case}：{one.subject}"


def _behind(held: Held, decided: str) -> list[Finding]:
    """Return the findings that ask for one of the measures; where none does, all of them stand behind the decision."""
    needed = set(conclusion.needed(held, decided))
    asking = [one for one in held.assessment.findings if needed & set(one.measures)]
    return list(asking or held.assessment.findings)


def _asked(held: Held, code: str) -> Asked:
    if code == AGAINST_STOP:
        said = _("Whoever ordered the stop lifts it. Ask there first, and compare plate, colour and unit on the spot.")
        return Asked(measure_words(held, (code,)), "", said)
    definitions, day = held.kit.definitions, held.assessment.situation.day
    row = definitions.measures.get(code)
    how = citable(definitions, row.basis if row else (), day)
    powers: list[Citation] = []
    for one in held.assessment.findings:
        rows = candidates(rows_on(definitions.violations, one.violation, day), held.assessment.known)
        if rows and code in common(rows).powers:
            powers += bases(one.penalty, "measure") or bases(one.penalty)
    power = citable(definitions, powers, day)
    cited = "；".join(cite(definitions, one, words.lang) for one in (*power, *how))
    pending = "" if power else _("Power not verified for what was found: check before approving")
    return Asked(measure_words(held, (code,)), cited or "—", pending)
