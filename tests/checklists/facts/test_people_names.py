"""A name that says nothing is no name."""

import pytest

from checklists.facts.parties import party_of
from checklists.facts.people import is_name, names_several
from checklists.facts.situation import situation


@pytest.mark.parametrize("text", ["张建国", "阿拉坦·巴特尔", "Бат-Эрдэнэ", "王五?"])
def test_a_name_names_somebody(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text", [None, "", " ", "?", "？", "—", "***", "123", "驾驶人", " 押运员 ", "driver", "不详", "未知"]
)
def test_a_question_mark_or_the_word_for_his_role_names_nobody(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    "text", ["张建国/王五", "张建国、王五", "驾驶员张建国 驾驶员王五", "张建国 王五", "张建国(王五)"]
)
def test_several_names_are_several_people(text):
    assert names_several(text)


@pytest.mark.parametrize(
    "text", [None, "", "张建国", "张建国(驾驶员) 13800000000", "阿拉坦·巴特尔", "LI JIANGUO", "张 明"]
)
def test_a_name_with_what_is_beside_it_is_one_person(text):
    assert not names_several(text)


@pytest.mark.parametrize(("named", "key"), [("张建国", "15062419800101001X"), ("张建国/王五", "张建国")])
def test_the_number_beside_several_names_is_not_taken_for_his(named, key):
    driver = {"name": named, "id_number": "15062419800101001X"}
    aboard = [{"role": "driver", "name": "张建国"}]
    held = situation({"at": "2026-11-21T01:30:00Z", "waybill": {"driver": driver}, "seen": {"aboard": aboard}})
    assert party_of("driver", held).key == key
