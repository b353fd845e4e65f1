"""Which trouble passes by itself, which gets a few tries, and which is a person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobile.link.retries import CLASSES, TRIES, Retry, damaged, retry, stops

FLIPPED = [
    *("receipt_invalid", "malformed", "checksum_mismatch", "photo_differs", "package_invalid", "signature_invalid"),
    *("photo_unknown", "photo_too_large", "tus_version"),
]


@pytest.mark.parametrize("code", FLIPPED)
def test_what_a_flipped_bit_looks_like_gets_a_few_tries(code):
    met = [0]
    while not stops(code, met[-1]):
        met.append(damaged(code, met[-1]))
    assert len(met) - 1 == TRIES


@given(st.lists(st.sampled_from([*CLASSES, "never_heard_of"])))
def test_a_link_that_is_away_neither_clears_nor_counts(codes):
    met = 0
    for code in codes:
        met = damaged(code, met)
    assert met == sum(retry(code) is Retry.FEW for code in codes)
    assert damaged("", met) == 0


def test_a_code_that_nobody_knows_is_tried_for_ever():
    assert not stops("never_heard_of", 10_000) and not stops("answer_malformed", 10_000)


@pytest.mark.parametrize("code", ["device_revoked", "token_invalid", "tls_untrusted", "disk_full", "store_torn"])
def test_what_trying_cannot_heal_stops_at_once(code):
    assert stops(code)
