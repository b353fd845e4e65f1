"""A name that says nothing is no name."""

import pytest

from checklists.facts.people import is_name


@pytest.mark.parametrize("text", ["张建国", "阿拉坦·巴特尔", "Бат-Эрдэнэ", "王五?"])
def test_a_name_names_somebody(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text", [None, "", " ", "?", "？", "—", "***", "123", "驾驶人", " 押运员 ", "driver", "不详", "未知"]
)
def test_a_question_mark_or_the_word_for_his_role_names_nobody(text):
    assert not is_name(text)
