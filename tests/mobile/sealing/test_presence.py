"""The second officer's own word that he is on the post: once a shift, and no longer than it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mobile.inspecting.quick_check import NOT_PRESENT, Present
from mobile.sealing import presence, shifts
from mobile.sealing.shift import Shift
from mobile.store import store as stores
from tests.mobile.field import opened

NOW = datetime(2026, 11, 21, 1, 40, tzinfo=UTC)
BEGAN = "2026-11-21T01:00:00.000Z"
SAID = "2026-11-21T01:30:00.000Z"


@pytest.fixture
def store(tmp_path):
    made = opened(tmp_path)
    yield made
    stores.release(made)


def test_who_confirmed_in_this_shift_is_there_and_nobody_else_is(store):
    shifts.begin(store, Shift("shift-1", BEGAN))
    presence.confirm(store, "officer-2", SAID, "code")
    assert presence.confirmed(store, "officer-2", NOW) == Present(SAID, "code")
    assert presence.confirmed(store, "officer-3", NOW) == NOT_PRESENT == presence.confirmed(store, "", NOW)


def test_the_next_shift_asks_again(store):
    presence.confirm(store, "officer-2", SAID, "code")
    shifts.begin(store, replace(Shift("shift-2", BEGAN), began_at="2026-11-21T01:35:00.000Z"))
    assert presence.confirmed(store, "officer-2", NOW) == NOT_PRESENT


def test_without_a_shift_it_counts_for_half_a_day(store):
    presence.confirm(store, "officer-2", SAID, "code")
    assert presence.confirmed(store, "officer-2", NOW).at == SAID
    assert presence.confirmed(store, "officer-2", NOW + timedelta(hours=12)) == NOT_PRESENT


def test_a_clock_that_was_set_neither_takes_a_confirmation_away_nor_keeps_it(store):
    presence.confirm(store, "officer-2", SAID, "code")
    assert presence.confirmed(store, "officer-2", NOW - timedelta(days=730)) == NOT_PRESENT
    shifts.begin(store, Shift("shift-1", BEGAN))
    assert presence.confirmed(store, "officer-2", NOW) == NOT_PRESENT
    before = "2024-11-21T01:30:00.000Z"
    presence.confirm(store, "officer-2", before, "code")
    assert presence.confirmed(store, "officer-2", NOW) == Present(before, "code")
