from itertools import pairwise

import pytest

from checklists.wire import digest
from mobile.link.lanes import FIRST_BYTES, MOST_BYTES
from mobile.link.office import Link, Office
from mobile.link.tus import send_photo
from mobile.refusals import Refusal
from tests.mobile.fake_office import FakeOffice, cut, fails, keep_half_then_cut, serving
from tests.mobile.field import noise

LARGE = noise(3_000_000)


@pytest.fixture
def fake():
    with serving(FakeOffice()) as fake:
        yield fake


def send(fake, content, **more):
    with Office(Link(fake.url, "t0")) as office:
        return send_photo(office, digest(content), "image/jpeg", content, **more)


def passes(_handler):
    return False


def test_a_small_photo_costs_one_request(fake):
    assert send(fake, b"small")["sha256"] == digest(b"small")
    assert len(fake.requests) == 1


def test_a_photo_that_is_there_costs_one_request(fake):
    send(fake, LARGE)
    fake.requests.clear()
    assert send(fake, LARGE)["bytes"] == len(LARGE)
    assert [one.split()[0] for one in fake.requests] == ["POST"]


def test_steps_grow_and_the_office_has_every_byte(fake):
    seen = []
    send(fake, LARGE, progress=seen.append)
    assert fake.photos[digest(LARGE)] == LARGE
    assert seen[:3] == [FIRST_BYTES, 3 * FIRST_BYTES, 7 * FIRST_BYTES] and seen[-1] == len(LARGE)
    assert max(after - before for before, after in pairwise(seen)) == MOST_BYTES


def test_half_a_piece_that_arrived_is_not_sent_again(fake):
    fake.faults = [passes, keep_half_then_cut]
    seen = []
    send(fake, LARGE, progress=seen.append)
    assert fake.photos[digest(LARGE)] == LARGE
    assert 2 * FIRST_BYTES in seen, "half of the second piece, which is twice the first"
    assert any(one.startswith("HEAD") for one in fake.requests)


def test_a_damaged_photo_is_sent_again_from_its_start(fake):
    content = LARGE[:400_000]

    def spoil(handler):
        fake.photos[digest(content)] = b"\0" * len(fake.photos[digest(content)])
        return False

    fake.faults = [passes, passes, spoil]
    assert send(fake, content)["sha256"] == digest(content)
    assert fake.photos[digest(content)] == content
    assert [one.split()[0] for one in fake.requests].count("POST") == 2


def test_a_link_that_keeps_breaking_ends_the_run(fake):
    fake.faults = [passes] + [cut] * 40
    with pytest.raises(Refusal, match="link_broken"):
        send(fake, LARGE)


def test_a_refusal_by_the_office_is_not_tried_again(fake):
    fake.faults = [fails(403, "photo_unknown")]
    with pytest.raises(Refusal, match="photo_unknown"):
        send(fake, LARGE)
    assert len(fake.requests) == 1
