import threading
from datetime import UTC, datetime

import pytest

from mobile.link import crew, enrolment
from mobile.link.lanes import FIRST_BYTES, LEAST_BYTES, MOST, MOST_BYTES, Lanes
from mobile.link.office import Office
from mobile.link.run import Run, SyncReport
from mobile.refusals import Refusal


@pytest.fixture
def run(tablet):
    made = enrolment.enrolment(tablet)
    with Office(made.link) as held:
        yield Run(tablet, held, made, lambda: datetime.now(UTC), SyncReport(), lambda _: None, last_try=False)


def some(count):
    left = iter(range(count))
    return lambda: next(left, None)


def test_a_good_line_has_one_lane_and_requests_that_grow():
    line = Lanes()
    for _ in range(10):
        line.learn(line.size, 0.1)
    assert (line.count, line.size) == (1, MOST_BYTES)


def test_small_requests_tell_nothing_of_how_much_a_large_one_may_carry():
    line = Lanes()
    line.learn(100, 0.0)
    assert (line.count, line.size) == (1, FIRST_BYTES)


def test_a_thin_line_has_several_lanes_and_small_requests():
    line = Lanes()
    for _ in range(10):
        line.learn(line.size, line.size / 8000)
    assert line.count == MOST and LEAST_BYTES <= line.size <= FIRST_BYTES


def test_lanes_work_side_by_side_and_do_each_thing_once(run):
    run.office.lanes.count = 3
    together, done = threading.Barrier(3), []

    def work(_run, one):
        together.wait(30)
        done.append(one)

    crew.each(run, some(6), work)
    assert sorted(done) == list(range(6))


def test_lanes_open_while_the_first_request_is_still_on_its_way(run):
    other = threading.Event()

    def work(mine, one):
        if one == 0:
            mine.office.lanes.watch(FIRST_BYTES, 60.0)
            assert other.wait(30)
        other.set()

    crew.each(run, some(2), work)
    assert other.is_set()


def test_each_lane_has_a_connection_of_its_own(run):
    run.office.lanes.count = 2
    together, seen = threading.Barrier(2), set()

    def work(mine, _one):
        seen.add(mine.office)
        together.wait(30)

    crew.each(run, some(2), work)
    assert len(seen) == 2


def test_what_got_stuck_is_done_again_at_once(run):
    done = []

    def work(_run, one):
        done.append(one)
        if len(done) == 1:
            raise Refusal("link_timeout")

    crew.each(run, some(2), work)
    assert done == [0, 0, 1]


@pytest.mark.parametrize(("code", "tried"), [("link_broken", 2), ("link_refused", 1), ("link_busy", 1)])
def test_a_line_that_is_lost_ends_the_run(run, code, tried):
    done = []

    def work(_run, one):
        done.append(one)
        raise Refusal(code)

    with pytest.raises(Refusal, match=code):
        crew.each(run, some(5), work)
    assert done == [0] * tried


def test_a_refusal_in_one_lane_ends_the_others_and_is_told(run):
    run.office.lanes.count = 2
    together = threading.Barrier(2)
    done = []

    def work(_run, one):
        if one < 2:
            together.wait(30)
        done.append(one)
        if one == 1:
            raise Refusal("device_revoked")

    with pytest.raises(Refusal, match="device_revoked"):
        crew.each(run, some(10_000), work)
    assert len(done) < 10_000
