"""Every refusal has words, in both languages, and no fact that is missing hides them."""

import pytest

from mobile.link.retries import CLASSES
from mobile.refusals import CODES, Refusal
from mobile.screens.shared.trouble import code_words, trouble_words
from mobile.words import words

TOLD_ELSEWHERE = {"store_salvaged"}
"""A notice of the queue, not a failure."""

FROM_THE_OFFICE = (
    *("busy", "clock_moved", "cut_short", "database_away", "day_full", "hub_behind", "hub_ended", "internal"),
    *("not_found", "photos_away", "storage_full", "too_many_at_once", "too_many_requests", "too_slow"),
)
"""What an office or a hub answers to a tablet's requests, beside what its sending is classed by."""

FACTS = {
    "name": "李敏",
    "n": 2,
    "least": 6,
    "most": 9,
    "left": 3,
    "wait_s": 30,
    "value": "12",
    "unit": "mm",
    "kind": "HEIC",
    "time": "2026-11-21 09:30",
    "plate": "蒙K12345",
}


@pytest.mark.parametrize("code", sorted(CODES - TOLD_ELSEWHERE))
def test_each_code_is_put_into_words_in_both_languages(code) -> None:
    words.lang = "zh_CN"
    zh = trouble_words(Refusal(code, **FACTS))
    words.lang = "en"
    en = trouble_words(Refusal(code, **FACTS))
    words.lang = "zh_CN"
    assert zh != en
    assert code not in zh + en
    assert "{" not in zh + en


@pytest.mark.parametrize("code", sorted({*CLASSES, *FROM_THE_OFFICE}))
def test_what_the_office_answers_is_said_in_words(code) -> None:
    words.lang = "en"
    said = code_words(code)
    words.lang = "zh_CN"
    assert not code_words(code).endswith(code) and not said.endswith(code)


def test_an_unknown_code_is_named_with_its_detail() -> None:
    assert "teapot short and stout" in trouble_words(Refusal("teapot", "short and stout"))


def test_a_wait_is_told_in_minutes_once_it_is_long() -> None:
    assert "5" in trouble_words(Refusal("pin_wait", wait_s=270))
    assert "30" in trouble_words(Refusal("pin_wait", wait_s=30))
