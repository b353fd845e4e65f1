"""A name that says nothing is no name."""

import pytest

from checklists.facts.identifiers.likeness import compare
from checklists.facts.parties import party_of
from checklists.facts.people import compare_names, is_name, names_several
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
    "text",
    [
        *("无名氏", "某某", "XXX", "N/A", "司机师傅", "当事人", "车主", "拒不提供", "拒签", "不知道", "未填写"),
        *("无法核实", "待查", "见附件", "见身份证", "详见运单", "同驾驶员", "没有", "女"),
    ],
)
def test_what_stands_where_nobody_wrote_a_name_is_nobody_and_not_another_person(text):
    assert not is_name(text)
    assert compare_names("李卫东", text) == compare_names(text, "李卫东") == "may_be"


@pytest.mark.parametrize(
    "text", ["未来", "不花", "师傅来", "见智勇", "无双", "同德", "某娜", "车主恩", "老板凳", "驾云"]
)
def test_a_name_that_begins_like_such_a_word_is_a_name(text):
    assert is_name(text)


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


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("宝音德力格尔", "宝音", "may_be"),
        ("阿依古丽·吐尔逊", "古丽·吐尔逊", "may_be"),
        ("乌云其其格", "乌云琪琪格", "may_be"),
        ("欧阳建国", "欧阳", "may_be"),
        ("张建国", "建国", "may_be"),
        ("张建国", "张总", "may_be"),
        ("张建国", "王总", "different"),
        ("张建国", "张建国签字", "same"),
        ("李卫东", "本人", "may_be"),
        ("李卫东", "无押运员", "may_be"),
        ("李卫东", "同上", "may_be"),
        ("张建国", "张建军", "different"),
        ("张建国", "李建国", "different"),
        ("宝音德力格尔", "巴特尔", "different"),
    ],
)
def test_a_short_form_a_title_or_a_word_for_nobody_is_not_another_person(one, other, said):
    assert compare_names(one, other) == compare_names(other, one) == said


@pytest.mark.parametrize(
    ("kind", "one", "other", "said"),
    [
        ("tank", "G2019-0815", "第0815号罐", "may_be"),
        ("tank", "G2019-0815", "LA99FRG30K0815001", "may_be"),
        ("tank", "G2019-0815", "第0816号罐", "different"),
        ("tank", "LA99FRG30K0815002", "LA99FRG30K0815001", "different"),
        ("uscc", "91150600MA0N3K4P0Q", "统一社会信用代码：91150600MA0N3K4P0Q", "same"),
    ],
)
def test_a_number_of_another_kind_or_with_its_word_is_not_another(kind, one, other, said):
    assert compare(kind, one, other) == compare(kind, other, one) == said
