"""The table of rights is the one that the documents have."""

from __future__ import annotations

from pathlib import Path

from server.accounts import ROLES
from server.cases.machine import MOVES
from server.rights import RIGHTS, has, may, table

RUNNING = Path(__file__).parents[2] / "docs" / "running.md"


def test_the_documents_have_the_table() -> None:
    assert "\n".join(table(ROLES)) in RUNNING.read_text("utf-8")


def test_every_right_names_roles_that_there_are() -> None:
    assert {role for right in RIGHTS.values() for role in right.roles} == set(ROLES)


def test_whoever_may_take_a_step_of_a_case_sees_cases() -> None:
    people = {role for move in MOVES for role in move.roles} - {"machine", "carrier"}
    assert people <= set(may("cases"))


def test_no_two_roles_may_the_same() -> None:
    told = {role: frozenset(name for name in RIGHTS if has(role, name)) for role in ROLES}
    moves = {role: frozenset(move.event for move in MOVES if role in move.roles) for role in ROLES}
    assert len({(told[role], moves[role]) for role in ROLES}) == len(ROLES)
