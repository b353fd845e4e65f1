"""Shares of a long work: at least one thing, no more than there is time for, and nothing left out or done twice."""

from __future__ import annotations

import time

from server.store.shares import share


def test_all_is_done_where_there_is_time() -> None:
    assert list(share(range(5), 60)) == [0, 1, 2, 3, 4]
    assert list(share([], 60)) == []


def test_one_thing_is_done_where_there_is_none() -> None:
    assert list(share(range(5), 0)) == [0]
    assert list(share(range(5), -1)) == [0]


def test_it_ends_after_the_thing_in_which_the_time_ran_out() -> None:
    done = []
    for one in share(range(5), 0.05):
        if one == 2:
            time.sleep(0.06)
        done.append(one)
    assert done[:1] == [0] and len(done) <= 3
