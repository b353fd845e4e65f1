from __future__ import annotations

import pytest

from server.hub.retries import FIRST_DELAY_S, LONGEST_DELAY_S, closes, delay_s, ends, for_good
from server.refusals import REFUSALS


@pytest.mark.parametrize(
    ("code", "status", "closed"),
    [
        ("link_refused", 0, True),
        ("storage_full", 507, True),
        ("busy", 503, True),
        ("too_many_requests", 429, True),
        ("device_revoked", 403, True),
        ("day_full", 429, False),
        ("photo_unknown", 403, False),
        ("internal", 500, False),
        ("signature_invalid", 400, False),
    ],
)
def test_what_closes_the_way_for_everything_and_what_concerns_one_thing(code: str, status: int, closed: bool) -> None:
    assert closes(code, status) is closed


def test_nothing_that_may_pass_by_itself_is_refused_for_good() -> None:
    passing = [code for code, one in REFUSALS.items() if one.status in (401, 408, 429, 503, 507) or one.status >= 500]
    assert not [code for code in passing if for_good(code)]
    assert not [code for code in REFUSALS if for_good(code) and ends(code)]


def test_waits_grow_and_are_bounded() -> None:
    waits = [delay_s(failures, 0.5) for failures in range(1, 20)]
    assert waits == sorted(waits) and waits[0] == FIRST_DELAY_S
    assert delay_s(99, 0.999) <= LONGEST_DELAY_S
