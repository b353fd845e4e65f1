"""Every refusal has words, in both languages, and no fact that is missing hides them."""

import pytest

from mobile.refusals import CODES, Refusal
from mobile.screens.shared.trouble import trouble_words
from mobile.words import words

TOLD_ELSEWHERE = {"store_salvaged"}
"""A notice of the queue, not a failure."""

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


def test_an_unknown_code_is_named_with_its_detail() -> None:
    assert "teapot short and stout" in trouble_words(Refusal("teapot", "short and stout"))


def test_a_wait_is_told_in_minutes_once_it_is_long() -> None:
    assert "5" in trouble_words(Refusal("pin_wait", wait_s=270))
    assert "30" in trouble_words(Refusal("pin_wait", wait_s=30))
