"""Shares of a long work: at least one thing, no more than there is time for, and nothing left out or done twice."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from server.store import shares
from server.store.shares import breath, share


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    return lambda many: monkeypatch.setattr(shares, "SECONDS", many)


def test_all_is_done_where_there_is_time(seconds: Callable[[float], None]) -> None:
    seconds(60)
    assert list(share(range(5))) == [0, 1, 2, 3, 4]
    assert list(share([])) == []


def test_one_thing_is_done_where_there_is_none(seconds: Callable[[float], None]) -> None:
    seconds(0)
    assert list(share(range(5))) == [0]


def test_it_ends_after_the_thing_in_which_the_time_ran_out(seconds: Callable[[float], None]) -> None:
    seconds(60)
    done = []
    for one in share(range(5)):
        done.append(one)
        if one == 2:
            seconds(0)
    assert done == [0, 1, 2, 3, 4], "what began has its time"
    seconds(0.02)
    slow = [time.sleep(0.03) or one for one in share(range(5))]
    assert slow == [0]


def test_others_are_left_alone_for_twice_as_long_as_it_took() -> None:
    assert 6 <= breath(time.monotonic() - 3) < 7
    assert 0 < breath(time.monotonic()) < 0.5
