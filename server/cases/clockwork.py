"""How an event turns the clocks of a case, and how open clocks are counted again when the calendar changes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from server.cases.asking import Ask, Missing
from server.cases.casefile import CaseFile, Clock
from server.cases.clock_rules import BY_NAME, CLOCK_RULES, ClockRule, ends_with, is_met, may_run
from server.cases.ends import End, begins_at, day_text, days_between, end_of, end_on
from server.cases.money import fine_of, sum_of
from server.cases.rules import CaseLaw

PAY_BY = ("payment", "instalments")
REMEDIES = ("review", "suit", "suit_after_review", "suit_appeal")

SAID = ("by_document", "by_hand")
"""Why an end is not counted: a document or a person says it."""


def left_open(ask: Ask) -> Iterator[Missing]:
    """Yield the mandatory clocks that an event would leave open in a state in which they may not run."""
    for clock in ask.case.open_clocks:
        rule = BY_NAME[clock.rule]
        if rule.mandatory and not may_run(rule, ask.target) and not ends_with(rule, ask.event):
            yield Missing("clock_open", f"{clock.rule} {clock.due}".strip())


def turned(ask: Ask, case: CaseFile, side: str) -> CaseFile:
    """Return the case after an event with its clocks stopped, paused, resumed and started.

    What becomes of an appeal against a decision that was replaced since moves no clock of the one in its place.
    """
    if is_of_the_past(ask):
        return case
    clocks = tuple(_after(ask, one, case.state, side) for one in case.clocks)
    clocks = _add(clocks, _started(ask, replace(case, clocks=clocks), side))
    case = replace(case, clocks=clocks)
    if ask.event in ("served", "simple_decided"):
        case = _with_remedies(ask, case)
    return case


def _after(ask: Ask, clock: Clock, state: str, side: str) -> Clock:
    """Return a clock as the event leaves it."""
    if not clock.open:
        return clock
    if ask.event == "clock_set":
        return _said_by_hand(ask, clock)
    rule = BY_NAME[clock.rule]
    own = not rule.track or clock.side == side
    over = not clock.due_at or clock.due_at <= ask.at
    if own and (ends_with(rule, ask.event) or not may_run(rule, state) or is_met(rule, state, over=over)):
        return replace(clock, ended_at=ask.at, ended_by=ask.event, paused_from="")
    if rule.track and not may_run(rule, state):
        return replace(clock, ended_at=ask.at, ended_by=ask.event, paused_from="")
    if own and ask.event in rule.pauses and not clock.paused_from:
        return replace(clock, paused_from=day_text(_said(ask, ("at",)) or ask.at))
    if own and ask.event in rule.resumes and clock.paused_from:
        return _resumed(ask, clock, rule)
    return clock


def _said_by_hand(ask: Ask, clock: Clock) -> Clock:
    """Return a clock with the end that a person gave it, where it is the one that was meant."""
    if (clock.rule, clock.side) != (ask.data["clock"], str(ask.data.get("side") or "")):
        return clock
    found = end_on(str(ask.data["until"]))
    return replace(clock, due=found.due, due_at=found.due_at, sure="manual", why="by_hand")


def _resumed(ask: Ask, clock: Clock, rule: ClockRule) -> Clock:
    days = max(0, days_between(clock.paused_from, _said(ask, ("at", "received_at")) or ask.at))
    moved = replace(clock, paused_from="", paused_days=clock.paused_days + days)
    return counted(moved, ask.law, rule)


def _started(ask: Ask, case: CaseFile, side: str) -> list[Clock]:
    """Return the clocks that begin with the event."""
    begun = []
    for rule in CLOCK_RULES:
        wanted = ask.event in rule.starts and rule.agency in ("", ask.case.agency) and may_run(rule, case.state)
        if wanted and (not rule.when or WHEN[rule.when](ask, case)) and (not rule.until or _until(ask, rule)):
            begun.append(_begun(ask, case, rule, side if rule.track else ""))
    return begun


def _until(ask: Ask, rule: ClockRule) -> bool:
    """A clock whose end a document names begins only where it is named, unless a term of its own gives it."""
    return bool(ask.data.get(rule.until)) or "{" in rule.term


def _begun(ask: Ask, case: CaseFile, rule: ClockRule, side: str) -> Clock:
    police = rule.police and ask.track == "P"
    term = rule.police if police else rule.term.replace("{tier}", str(ask.data.get("tier") or case.tier))
    started = _start(ask, case, rule, side)
    clock = Clock(rule.name, term, ask.law.version, started or day_text(ask.at), ask.event, side=side)
    until = ask.data.get(rule.until) if rule.until else None
    if until:
        return _with(clock, end_on(str(until)))
    if not started:
        return replace(clock, why="start_unknown")
    return counted(clock, ask.law, rule)


def _start(ask: Ask, case: CaseFile, rule: ClockRule, side: str) -> str:
    """Return when a clock begins: what was said, what is known from before, else now. Empty where it is not known."""
    said = _said(ask, rule.start.split())
    if said:
        return said
    if rule.fact == "seizure_end":
        held = [one for one in case.clocks if one.rule == "seizure" and one.side == side]
        return held[-1].due if held else ""
    if rule.fact:
        return str(case.facts.get(rule.fact) or "")
    return ask.at


def _said(ask: Ask, names: Iterable[str]) -> str:
    return next((str(ask.data[name]) for name in names if ask.data.get(name)), "")


def _add(clocks: tuple[Clock, ...], begun: list[Clock]) -> tuple[Clock, ...]:
    """Return the clocks with those that begin; one that runs already is ended by the event that starts it anew."""
    anew = {(one.rule, one.side): one for one in begun}

    def ended(clock: Clock) -> Clock:
        new = anew.get((clock.rule, clock.side))
        if new is None or not clock.open:
            return clock
        return replace(clock, ended_at=new.started, ended_by=new.started_by, paused_from="")

    return (*map(ended, clocks), *begun)


def _with_remedies(ask: Ask, case: CaseFile) -> CaseFile:
    """Return the case with the day on which the party's remedies end, and the court's three months from there."""
    ends = [one.due for one in case.open_clocks if one.rule in REMEDIES]
    if not ends or not all(ends):
        return case
    case = replace(case, facts={**case.facts, "remedies_end": max(ends)})
    rule = BY_NAME["court_application"]
    unsure = any(one.sure != "sure" for one in case.open_clocks if one.rule in REMEDIES)

    def begun(clock: Clock) -> Clock:
        if clock.rule != rule.name or not clock.open:
            return clock
        again = counted(replace(clock, started=max(ends)), ask.law, rule)
        return replace(again, sure="provisional", why="notice_not_out") if unsure and again.due else again

    return replace(case, clocks=tuple(map(begun, case.clocks)))


def counted(clock: Clock, law: CaseLaw, rule: ClockRule) -> Clock:
    """Return a clock with its end by the law and the calendar; one that a document ended keeps its day."""
    if clock.why in SAID:
        return clock
    found = end_of(law, clock.term, clock.started, rule.kind, clock.paused_days)
    if clock.paused_days and not rule.by_law and found.sure == "sure":
        found = End(found.due, found.due_at, "provisional", "pause_not_verified")
    return _with(replace(clock, law=law.version), found)


def _with(clock: Clock, found: End) -> Clock:
    return replace(clock, due=found.due, due_at=found.due_at, sure=found.sure, why=found.why)


@dataclass(frozen=True)
class Change:
    """A clock whose end is another after counting again."""

    before: Clock
    after: Clock


def recounted(clocks: Iterable[Clock], law: CaseLaw) -> tuple[tuple[Clock, ...], tuple[Change, ...]]:
    """Return the clocks counted by this law and calendar, and what changed. Ended clocks stay as they were.

    An end that a document or a person says stays too, and one whose beginning nobody knows.
    """
    now, changes = [], []
    for clock in clocks:
        again = _again(clock, law)
        if (again.due, again.sure, again.why) != (clock.due, clock.sure, clock.why):
            changes.append(Change(clock, again))
        now.append(again)
    return tuple(now), tuple(changes)


def _again(clock: Clock, law: CaseLaw) -> Clock:
    rule = BY_NAME.get(clock.rule)
    if not clock.open:
        return clock
    if rule is None or clock.why in ("start_unknown", *SAID):
        return replace(clock, law=law.version)
    return counted(clock, law, rule)


def _plans(ask: Ask, case: CaseFile, kind: str) -> bool:
    return any(one.get("kind") == kind for one in case.facts.get("planned") or ())


def _untried(case: CaseFile) -> bool:
    """Whether no appeal against this decision was decided: what was tried is not asked for again once it is served."""
    return not any(one.state in ("upheld", "changed", "revoked") for one in case.appeals)


def is_of_the_past(ask: Ask) -> bool:
    """Whether an event is one of an appeal against a decision that was replaced by another."""
    return ask.side is not None and ask.side.kind == "appeal" and not ask.case.is_appealed_by(ask.side)


def is_of_first_instance(ask: Ask) -> bool:
    """Whether the end of an appeal is a judgment that may be appealed (行政诉讼法 85)."""
    return ask.side is not None and ask.side.facts.get("appeal") == "suit" and ask.data.get("final") is not True


def _running(case: CaseFile, *rules: str) -> bool:
    return any(one.rule in rules for one in case.open_clocks)


WHEN: Mapping[str, Callable[[Ask, CaseFile], bool]] = {
    "conduct_told": lambda ask, case: ask.event == "opened" or bool(ask.data.get("conduct_at")),
    "own_case": lambda ask, case: case.agency == case.keeper,
    "not_own_case": lambda ask, case: case.agency != case.keeper,
    "kept_by_police": lambda ask, case: case.keeper == "P" and case.agency != "P",
    "not_yet_opened": lambda ask, case: not case.facts.get("opened"),
    "no_time_to_decide": lambda ask, case: not _running(case, "decision", "decision_extended"),
    "hearing_offered": lambda ask, case: ask.data.get("hearing_right") is True,
    "by_public_notice": lambda ask, case: ask.data.get("method") == "public_notice",
    "in_cash": lambda ask, case: ask.data.get("cash") is True,
    "fine_given": lambda ask, case: bool(fine_of(case.facts.get("penalties") or ())),
    "money_due": lambda ask, case: bool(sum_of(case.facts.get("penalties") or ())),
    "after_review": lambda ask, case: ask.side is not None and ask.side.facts.get("appeal") == "review",
    "of_first_instance": lambda ask, case: is_of_first_instance(ask),
    "untried": lambda ask, case: _untried(case),
    "was_published": lambda ask, case: bool(case.facts.get("published_at") or ask.data.get("published")),
    "plans_suspension": lambda ask, case: _plans(ask, case, "suspension"),
    "plans_revocation": lambda ask, case: _plans(ask, case, "revocation"),
    "measure_begins": lambda ask, case: ask.side is None or ask.side.state == "asked",
    "takes_vehicle": lambda ask, case: ask.data.get("object") == "vehicle",
}
"""Name → whether a clock starts. The case is as the event leaves it, its clocks already stopped."""


def pending(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """Return the clocks on which the office acts next, what comes due first.

    A right of the party is none of them. A wait is, because then the office may act: after a demand that is only when
    the party's remedies have run out as well (行政强制法 53). Money that is late asks for nothing more once it was
    demanded.
    """
    every = tuple(clocks)
    held = [
        _with_remedies_over(one, every) if one.rule == "demand_wait" else one
        for one in every
        if one.open and one.due_at and not one.paused_from and BY_NAME[one.rule].kind != "window"
        if one.rule not in PAY_BY or not _was_demanded(one, every)
    ]
    return tuple(sorted(held, key=lambda one: (one.due_at, one.rule)))


def _was_demanded(clock: Clock, clocks: Iterable[Clock]) -> bool:
    return any(one.rule == "demand_wait" and begins_at(one.started) >= clock.due_at for one in clocks)


def _with_remedies_over(wait: Clock, clocks: Iterable[Clock]) -> Clock:
    """Return the wait after a demand as the time from which the court may be asked, where that is known."""
    held = [one for one in clocks if one.open and one.rule in REMEDIES]
    if any(not one.due_at for one in held):
        return wait
    last = max((wait, *held), key=lambda one: one.due_at)
    return replace(wait, due=last.due, due_at=last.due_at, sure=last.sure, why=last.why)


def next_due(clocks: Iterable[Clock]) -> tuple[str, str]:
    """Return the instant and the rule of what comes due first; empty where nothing does."""
    first = next(iter(pending(clocks)), None)
    return (first.due_at, first.rule) if first is not None else ("", "")


def duty_due(clocks: Iterable[Clock]) -> str:
    """Return the instant at which the first duty runs out, the office's or the party's; empty where none does."""
    return next((one.due_at for one in pending(clocks) if BY_NAME[one.rule].kind != "wait"), "")


def is_overdue(clock: Clock, now: str) -> bool:
    """Whether a duty of the office, or what the party owed, has run out."""
    duty = BY_NAME[clock.rule].kind in ("duty", "party")
    return clock.open and duty and bool(clock.due_at) and not clock.paused_from and clock.due_at <= now


def needs_a_day(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """Return the open clocks whose end a person must say."""
    return tuple(one for one in clocks if one.open and not one.due_at and not one.paused_from)
