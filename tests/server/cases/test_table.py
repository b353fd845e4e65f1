"""The table of moves as a whole: nothing dangles, everything is reachable, everything can end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.accounts import ROLES
from server.cases import tables, words
from server.cases.clock_rules import CLOCK_RULES, ends_with, may_run
from server.cases.clockwork import REMEDIES, WHEN
from server.cases.documents import BY_EVENT_ALONE, DOCUMENTS, may_issue
from server.cases.fields import FIELDS
from server.cases.guards import CHOICES, GUARDS
from server.cases.machine import EVENTS, MOVES, NEW
from server.cases.moves import CARRIER, MACHINE
from server.cases.states import MAIN, SIDE_ENDS, SIDES

MAIN_MOVES = [one for one in MOVES if one.track == "main"]


def reachable(start: str, moves: list[tuple[str, str]]) -> set[str]:
    seen, left = {start}, [start]
    while left:
        here = left.pop()
        for source, target in moves:
            if source == here and target not in seen:
                seen.add(target)
                left.append(target)
    return seen


def arrows(track: str = "main") -> list[tuple[str, str]]:
    return [(at, one.to or at) for one in MOVES if one.track == track for at in one.at]


def test_every_state_is_reached_from_the_beginning() -> None:
    assert reachable(NEW, arrows()) == {NEW, *MAIN}


@pytest.mark.parametrize("state", MAIN)
def test_every_state_can_end_in_archived(state: str) -> None:
    assert "archived" in reachable(state, arrows())


@pytest.mark.parametrize("kind", SIDES)
def test_every_state_of_a_side_track_is_reached_and_ends(kind: str) -> None:
    moves = arrows(kind) + [(NEW, one.opens) for one in MOVES if one.opens and kind == "measure"]
    assert reachable(NEW, moves) == {NEW, *SIDES[kind]}
    assert all(reachable(state, moves) & SIDE_ENDS[kind] for state in SIDES[kind])


@pytest.mark.parametrize("agency", ["T", "P"])
def test_each_track_has_a_way_through(agency: str) -> None:
    moves = [(at, one.to or at) for one in MAIN_MOVES if one.agency in ("", agency) for at in one.at]
    for state in reachable(NEW, moves):
        assert state == NEW or "archived" in reachable(state, moves), state


def test_every_name_in_the_table_is_known() -> None:
    for move in MOVES:
        assert {name.partition(":")[0] for name in move.guards} <= set(GUARDS), move.event
        assert {*move.needs, *move.takes} <= set(FIELDS), move.event
        assert {*move.papers, *move.issues} <= set(DOCUMENTS), move.event
        assert set(move.roles) <= {*ROLES, MACHINE, CARRIER}, move.event
        assert not move.when or move.when in CHOICES, move.event
        states = MAIN if move.track == "main" else SIDES[move.track]
        assert set(move.at) - {NEW} <= set(states) and (not move.to or move.to in states), move.event
    named = {name.partition(":")[2] for move in MOVES for name in move.guards if name.startswith("issued:")}
    assert named <= set(DOCUMENTS)


def test_every_guard_and_field_is_used() -> None:
    used = {name.partition(":")[0] for move in MOVES for name in move.guards}
    assert set(GUARDS) - used == {"over"} - used
    assert set(FIELDS) == {name for move in MOVES for name in (*move.needs, *move.takes)}


def test_every_clock_names_events_states_and_predicates_that_exist() -> None:
    for rule in CLOCK_RULES:
        assert {*rule.starts, *rule.ends, *rule.pauses, *rule.resumes} <= set(EVENTS), rule.name
        assert set(rule.states) <= set(MAIN), rule.name
        assert not rule.when or rule.when in WHEN, rule.name
        assert {*rule.start.split(), *rule.until.split()} <= set(FIELDS), rule.name


def test_a_mandatory_clock_can_always_be_stopped() -> None:
    """From each state in which it may run, some event that stops it can still happen."""
    for rule in (one for one in CLOCK_RULES if one.mandatory and not one.track):
        stops = {at for move in MOVES if ends_with(rule, move.event) for at in (*move.at, *move.beside)}
        for state in rule.states:
            assert reachable(state, arrows()) & stops, f"{rule.name} in {state}"


def test_a_document_that_falls_due_can_be_issued_where_it_falls_due() -> None:
    for move in MOVES:
        for kind in (one for one in move.papers if one not in BY_EVENT_ALONE):
            states = [move.to] if move.track == "main" and move.to else move.at if move.track == "main" else move.beside
            wrong = [state for state in states if not may_issue(kind, state) and state not in ("archived",)]
            assert not wrong, f"{kind} after {move.event}: {wrong}"


def test_documents_of_an_event_are_issued_by_some_event() -> None:
    assert {kind for move in MOVES for kind in move.issues} == set(BY_EVENT_ALONE)


def test_four_eyes_are_asked_wherever_somebody_approves() -> None:
    """What approves, reviews, hears or decides names a guard that keeps out who proposed or investigated."""
    eyes = {"not_did", "not_did_side", "not_investigator", "not_issuing_officer", "not_own_proof", "host_free"}
    approving = (
        *("opening_approved", "opening_refused", "review_passed", "review_waived", "hearing_set", "hearing_held"),
        *("hearing_reviewed", "decide", "decide_no_penalty", "decide_to_justice", "transfer_crime"),
        *("measure_approved", "measure_extended", "instalments_granted", "rectification_cleared"),
        *("dispute_taken", "dispute_upheld", "dispute_corrected"),
    )
    for move in MOVES:
        if move.event in approving:
            assert {name.partition(":")[0] for name in move.guards} & eyes, move.event


def test_only_the_machine_begins_a_case() -> None:
    assert [one.roles for one in MAIN_MOVES if NEW in one.at] == [("machine",)]


def test_no_clock_runs_in_the_archive_but_rights_and_disputes() -> None:
    assert {rule.name for rule in CLOCK_RULES if may_run(rule, "archived")} == {*REMEDIES, "dispute_answer"}


def test_every_event_code_and_clock_has_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("server/cases").glob("*.py"))
    codes = {*re.findall(r'Missing\(\s*"(\w+)"', source), *re.findall(r'yield "(field_\w+)"', source)}
    assert codes <= set(words.CODES)
    assert set(EVENTS) == set(words.EVENTS)
    assert {one.name for one in CLOCK_RULES} == set(words.CLOCKS)


def test_the_documentation_has_the_tables_as_they_are() -> None:
    """`python -m server case table` prints what stands between the marks of docs/cases.md."""
    told = Path("docs/cases.md").read_text(encoding="utf-8")
    assert told[told.index(tables.BEGIN) :].strip() == tables.markdown()
