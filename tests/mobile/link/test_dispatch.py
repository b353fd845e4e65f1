from hypothesis import given
from hypothesis import strategies as st

from mobile.link import dispatch
from mobile.store.outbox import WaitingPhoto, WaitingRecord, priority

records = st.builds(
    WaitingRecord,
    digest=st.uuids().map(str),
    device_seq=st.integers(1, 1000),
    priority=st.integers(1, 4),
    size=st.integers(1, 6_000_000),
)


@given(st.lists(records, max_size=60))
def test_a_batch_holds_the_most_urgent_within_its_bounds(waiting):
    batch = dispatch.next_batch(waiting)
    assert bool(batch) == bool(waiting)
    assert len(batch) <= dispatch.BATCH_PARTS
    assert len(batch) <= 1 or sum(one.size for one in batch) <= dispatch.BATCH_BYTES
    left = [one for one in waiting if one not in batch]
    assert all(mine.priority <= other.priority for mine in batch for other in left)


def test_thumbnails_go_before_originals_and_serious_ones_first():
    def photo(role, priority):
        return WaitingPhoto(f"{role}{priority}", role, 1, priority, 1)

    waiting = [photo("original", 1), photo("working", 1), photo("thumbnail", 4), photo("thumbnail", 1)]
    ordered = [one.sha256 for one in dispatch.photo_order(waiting)]
    assert ordered == ["thumbnail1", "thumbnail4", "working1", "original1"]


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_waiting_stays_between_fifteen_seconds_and_five_minutes(failures, chance):
    assert 15 <= dispatch.delay_s(failures, chance) <= 300


def test_waiting_grows_and_chance_spreads_it():
    assert [dispatch.delay_s(n, 0) for n in (1, 3, 5, 9)] == [15, 30, 120, 150]
    assert dispatch.delay_s(9, 0.999) > 299


def test_the_worst_finding_makes_the_priority():
    found = [{"severity": "III"}, {"severity": "I"}]
    assert priority({"findings": found}) == 1
    assert priority({"findings": []}) == priority({}) == 4
    assert priority({"findings": [{"severity": "new"}]}) == 3


def test_a_bare_403_from_something_between_is_not_a_revoked_device():
    assert dispatch.code_of_status(403, "device_revoked") == "device_revoked"
    assert not dispatch.stops(dispatch.code_of_status(403, ""))
