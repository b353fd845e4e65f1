"""Any sequence of events: four eyes hold, no mandatory clock and no document is lost, a refusal changes nothing."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.cases.casefile import MACHINE, Actor, CaseFile
from server.cases.clock_rules import BY_NAME, may_run
from server.cases.documents import DOCUMENTS, may_issue
from server.cases.machine import MOVES, NEW, Refusal, Step, advance
from server.cases.moves import Move
from server.cases.states import MAIN
from tests.server.cases.clerks import FILE, START, case, held, law, told

CROWD = [
    *(Actor(login, login, role, agency) for agency in "TP" for login, role in (
        ("wang", "handler"), ("su", "handler"), ("bai", "handler"), ("lead", "leader"), ("wang", "leader"),
        ("head", "leader"), ("he", "reviewer"), ("su", "reviewer"), ("su", "officer"))),
    Actor("area", "area", "supervisor", "X"),
    MACHINE,
    Actor("", "", "carrier"),
]  # fmt: skip
"""A small office: some people have changed their role, and try what they proposed themselves."""

JUDGING = {"review_passed", "review_waived", "review_returned", "hearing_held", "hearing_reviewed", "decide",
           "decide_no_penalty", "sent_back", "decide_to_justice"}  # fmt: skip
SAME_HAND = {
    "opening_approved": "propose_opening",
    "opening_refused": "propose_opening",
    "review_passed": "investigation_ended",
    "transfer_crime": "crime_suspected",
    "instalments_granted": "instalments_asked",
}


ENDINGS = {"withdraw", "discard", "decision_revoked", "archive", "no_penalty_minor", "merge", "result_in"}
"""What ends a walk early is tried less often."""


def begun(agency: str, keeper: str) -> CaseFile:
    return case(agency=agency, keeper=keeper, violations=(held(), held("CN-LIC-05b", severity="III")))


@cache
def fitting(state: str) -> list[Move]:
    """The moves that the state knows, those that lead on several times."""
    known = [one for one in MOVES if one.track != "main" or state in one.at]
    return known + 3 * [one for one in known if one.to and one.track == "main" and one.event not in ENDINGS]


def tries(rng: random.Random, now: CaseFile) -> tuple[Move, Actor]:
    """A move, likelier one that the state knows, and somebody, likelier one whose role fits."""
    move = rng.choice(fitting(now.state) if rng.random() < 0.97 else MOVES)
    able = [one for one in CROWD if one.role in move.roles and one.agency in ("", now.keeper, now.agency)]
    return move, rng.choice(able if able and rng.random() < 0.9 else CROWD)


def said(rng: random.Random, move: Move, now: CaseFile, at: datetime) -> dict[str, object]:
    """What is said: mostly careful, now and then something is left out; a document that is due is preferred."""
    data = told(move.event, move.needs, move.takes, now, at)
    sides = [one for one in now.sides if one.kind == move.track and one.state in move.at]
    if "side" in move.needs and sides:
        data["side"] = rng.choice(sides).id
    if move.event == "document_issued":
        due = [one for one in now.papers_due if may_issue(one.kind, now.state)]
        wanted = [kind for kind in DOCUMENTS if may_issue(kind, now.state)]
        one = rng.choice(due) if due and rng.random() < 0.8 else None
        data["kind"], side = (one.kind, one.side) if one else (rng.choice(wanted or ["other"]), "")
        data.pop("side", None)
        if side:
            data["side"] = side
    if move.event in ("document_voided", "document_waived", "document_served") and now.papers:
        one = rng.choice(now.papers)
        data |= {"kind": one.kind} if move.event == "document_waived" else {"paper": one.id or "x"}
        if move.event == "document_waived" and one.side:
            data["side"] = one.side
    if rng.random() < 0.3 and "waiver" in move.takes:
        data["waiver"] = FILE
    if data and rng.random() < 0.05:
        data.pop(rng.choice(list(data)))
    return data


MENDS = {
    "paper_missing": lambda detail: ("document_issued", {"kind": detail}),
    "statement_unanswered": lambda _detail: ("statement_answered", {}),
    "penalty_not_planned": lambda _detail: ("penalty_planned", {}),
    "party_not_heard": lambda _detail: ("party_heard", {}),
    "hearing_not_set": lambda _detail: ("hearing_set", {}),
    "hearing_not_told": lambda _detail: ("hearing_notice_served", {}),
    "hearing_unreviewed": lambda _detail: ("hearing_reviewed", {}),
    "not_told": lambda _detail: ("person_told", {}),
    "not_asked": lambda _detail: ("instalments_asked", {}),
    "no_suspicion": lambda _detail: ("crime_suspected", {}),
    "owed": lambda detail: ("payment_received", {"amount_fen": int(detail)}),
    "cash_not_in": lambda _detail: ("cash_handed_in", {}),
    "not_discussed": lambda _detail: ("collective_held", {}),
    "supplement_open": lambda _detail: ("supplement_answered", {}),
    "paper_due": lambda detail: ("document_waived", {"kind": detail}),
    "no_statement": lambda _detail: ("statement_received", {}),
    "decision_stands": lambda _detail: ("decision_revoked", {}),
    "clock_open": lambda detail: (STOPS.get(detail.split()[0], "note"), {}),
    "no_hearing_right": lambda _detail: ("note", {}),
}
"""What a careful clerk does about what is missing."""

STOPS = {
    "police_hearing_accept": "hearing_accepted",
    "hearing_notice": "hearing_notice_served",
    "crime_transfer_execution": "crime_sent",
    "crime_transfer_decision": "crime_not",
    "withdraw_publication": "publication_withdrawn",
    "supplement": "supplement_answered",
}


class Walker:
    """Tries events in any order, mostly with care: what is missing is sought for, terms are waited for."""

    def __init__(self, seed: int, agency: str, keeper: str) -> None:
        self.rng, self.now, self.at = random.Random(seed), begun(agency, keeper), START
        self.shown = repr(self.now)
        self.done: list[Step] = []
        self.number = 0

    def walk(self, steps: int) -> list[Step]:
        while self.number < steps:
            self.at += timedelta(hours=self.rng.choice((1, 5, 30, 200)))
            self.goal()
        self.unchanged()
        return self.done

    def goal(self) -> None:
        move, by = tries(self.rng, self.now)
        for _ in range(6):
            refused = self.attempt(move, by)
            if refused is None or not self.mend(refused):
                return
            by = self.somebody(move)

    def mend(self, refused: Refusal) -> bool:
        """Do something about what is missing; False where nothing helps."""
        helped = False
        for code, detail in refused.missing:
            if code == "not_yet":
                self.at = max(self.at, until(detail)) + timedelta(days=1)
                helped = True
            elif code in ("four_eyes", "too_early"):
                self.at += timedelta(days=31 if code == "too_early" else 0)
                helped = True
            elif code in MENDS:
                event, told_ = MENDS[code](detail)
                move = next((one for one in MOVES if one.event == event and self.fits(one)), None)
                helped |= move is not None and self.attempt(move, self.somebody(move), told_) is None
        return helped

    def fits(self, move: Move) -> bool:
        return move.agency in ("", self.now.agency) and (move.track != "main" or self.now.state in move.at)

    def somebody(self, move: Move) -> Actor:
        able = [one for one in CROWD if one.role in move.roles and one.agency in ("", self.now.keeper)]
        return self.rng.choice(able or CROWD)

    def attempt(self, move: Move, by: Actor, more: dict[str, object] | None = None) -> Refusal | None:
        self.number += 1
        data = {**said(self.rng, move, self.now, self.at), **(more or {})}
        if move.event == "document_issued" and more:
            data.pop("side", None)
        done = advance(self.now, move.event, data, by, self.at, law(), f"id-{self.number}")
        if isinstance(done, Refusal):
            assert done.missing, move.event
            return done
        self.unchanged()
        self.done.append(done)
        self.now, self.shown = done.after, repr(done.after)
        return None

    def unchanged(self) -> None:
        """Nothing that was refused or done has changed the case that was asked about."""
        assert repr(self.now) == self.shown


def until(detail: str) -> datetime:
    """The day that a refusal names, so that a walk waits for it and not past the next term."""
    *_rule, day = detail.split()
    return datetime.fromisoformat(day[:10]).replace(tzinfo=UTC) if day[:1] == "2" else START


def walk(seed: int, agency: str, keeper: str, steps: int = 80) -> list[Step]:
    return Walker(seed, agency, keeper).walk(steps)


STARTS = st.sampled_from([("T", "T"), ("P", "P"), ("M", "T"), ("T", "P")])


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), STARTS)
def test_whatever_happens_the_rules_hold(seed: int, who: tuple[str, str]) -> None:
    steps = walk(seed, *who)
    for step in steps:
        four_eyes_hold(step)
        no_clock_is_lost(step)
        no_document_is_lost(step)
        assert step.after.version == step.before.version + 1
        assert step.after.state in MAIN


def four_eyes_hold(step: Step) -> None:
    by, before = step.actor, step.before
    if step.event in JUDGING and by.login:
        assert by.login not in {one.login for one in before.investigated}
    if step.event in SAME_HAND:
        assert by.login not in before.done.get(SAME_HAND[step.event], ())
    side = before.side(step.side)
    if step.event in ("measure_approved", "measure_extended") and side:
        assert by.login not in {side.facts.get(f"by:{name}") for name in ("measure_asked", "measure_urgent")}
    if step.event in ("dispute_taken", "dispute_upheld", "dispute_corrected"):
        assert by.login not in {one.login for one in before.investigated}
    if step.event == "hearing_set":
        assert step.data["host"] not in {one.login for one in before.investigated}
    judges = {login for event in JUDGING for login in step.after.done.get(event, ()) if login}
    new = set(step.after.investigators) - set(before.investigated)
    assert not {one.login for one in new} & judges


def no_clock_is_lost(step: Step) -> None:
    """A mandatory clock runs on, is paused, or was stopped by an event that may stop it or starts it anew."""
    assert len(step.after.clocks) >= len(step.before.clocks)
    for before, after in zip(step.before.clocks, step.after.clocks, strict=False):
        assert (before.rule, before.side, before.started_by) == (after.rule, after.side, after.started_by)
        if not before.open:
            assert before == after
        rule = BY_NAME[before.rule]
        if before.open and not after.open and rule.mandatory:
            assert after.ended_by in (*rule.ends, *rule.starts)
    for clock in step.after.open_clocks:
        assert may_run(BY_NAME[clock.rule], step.after.state) or clock.side
    open_ = [(one.rule, one.side) for one in step.after.open_clocks]
    assert len(open_) == len(set(open_))


def no_document_is_lost(step: Step) -> None:
    """What fell due is due, issued or waived; what a later event voids falls due again or was a decision."""

    def needed(now: CaseFile) -> dict[tuple[str, str], int]:
        counted: dict[tuple[str, str], int] = {}
        for one in now.papers:
            counted[(one.kind, one.side)] = counted.get((one.kind, one.side), 0) + (one.status != "void")
        return counted

    after = needed(step.after)
    for kind, number in needed(step.before).items():
        lost = number - after.get(kind, 0)
        assert lost <= (step.event in ("decision_revoked", "document_voided"))
    for kind in step.move.papers:
        assert any(one.kind == kind and one.status in ("due", "issued", "waived") for one in step.after.papers)


def test_walks_go_deep_enough_to_mean_something() -> None:
    """Every state and nearly every event comes up; a walk that stays at the door would prove nothing."""
    events = {one.event for one in MOVES} - SELDOM
    states = set(MAIN) - {"at_court"}
    for seed, agency in (*FAR, *product(range(200), "TP")):
        for step in walk(seed, agency, agency, 120):
            events.discard(step.event)
            states.discard(step.after.state)
        if not events and not states:
            return
    raise AssertionError(sorted(events), sorted(states))


FAR = [
    *((42, "P"), (121, "T"), (38, "T"), (90, "P"), (82, "P"), (6, "T"), (3, "T"), (48, "P"), (146, "P"), (156, "T")),
    *((21, "T"), (61, "T"), (73, "P")),
]
"""Walks that come by everything together; after a change of the moves the others are tried too."""

SELDOM = {
    *("opened", "clock_set", "keeper_changed", "return_handover", "hearing_reviewed", "sent_back"),
    *("heavier_than_noticed", "court_applied", "court_done", "court_refused", "appeal_revoked"),
}
"""A walk begins with the first; the others are told one by one in `test_courses`."""


@pytest.mark.parametrize("at", [NEW])
def test_a_case_begins_once(at: str) -> None:
    assert {one.event for one in MOVES if at in one.at and one.track == "main"} == {"opened"}
