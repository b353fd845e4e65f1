"""A likely reason that was picked stays picked when the tablet's language is switched, and means the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mobile.screens.shared.reasons import is_picked, own_words
from mobile.screens.sign.refusal.state import ABSENT, how
from mobile.screens.withdraw.state import OF_PHOTO, photo_state
from mobile.words import _, words


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    words.lang = "zh_CN"
    yield
    words.lang = "zh_CN"


def test_a_reason_is_known_in_every_language_and_own_words_are_no_reason_of_the_list() -> None:
    picked = _(OF_PHOTO[2])
    words.lang = "en"
    assert is_picked(OF_PHOTO[2], picked) and not is_picked(OF_PHOTO[1], picked)
    assert (own_words(OF_PHOTO, picked), own_words(OF_PHOTO, "lens cap")) == ("", "lens cap")
    assert not is_picked(ABSENT, "")


def test_what_was_picked_is_still_ticked_in_the_other_language() -> None:
    picked = _(OF_PHOTO[2])
    words.lang = "en"
    state = photo_state(picked)
    assert ([one.key for one in state.reasons if one.chosen], state.own, state.may_do) == ([OF_PHOTO[2]], "", True)


def test_who_is_not_there_has_not_refused_in_the_other_language_either() -> None:
    picked = _(ABSENT)
    words.lang = "en"
    assert how(picked) == {"refused": True, "absent": True}
