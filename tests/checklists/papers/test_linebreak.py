from hypothesis import given
from hypothesis import strategies as st

from checklists.papers.linebreak import wrap


def lines(text, limit):
    return list(wrap(text, len, limit))


def test_chinese_breaks_between_characters_and_words_at_spaces():
    assert lines("危险货物运输", 4) == ["危险货物", "运输"]
    assert lines("spent sulphuric acid", 15) == ["spent sulphuric", "acid"]
    assert lines("净质量 28.0 t 超出", 8) == ["净质量 28.0", "t 超出"]


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket():
    assert lines("危险货物，运输", 4) == ["危险货", "物，运输"]
    assert lines("危险货《办法》", 4) == ["危险货", "《办法》"]


def test_a_year_in_its_brackets_and_an_amount_with_its_sign_stay_together():
    assert lines("示交强〔2026〕2号", 8) == ["示交强", "〔2026〕2号"]
    assert lines("罚款五万元￥50000元", 6) == ["罚款五万元", "￥50000", "元"]
    assert lines("【注】见「表」", 4) == ["【注】见", "「表」"]


def test_a_word_longer_than_a_line_is_broken_all_the_same():
    assert lines("x" * 9, 4) == ["xxxx", "xxxx", "x"]


def test_a_plate_a_date_and_a_number_with_hyphens_stay_on_one_line_where_they_fit():
    assert lines("车辆蒙K-0217", 7) == ["车辆", "蒙K-0217"]
    assert lines("牵引蒙K12345和蒙K1234挂", 8) == ["牵引", "蒙K12345和", "蒙K1234挂"]
    assert lines("有效期至2027-03-20", 10) == ["有效期至", "2027-03-20"]
    assert lines("罐体G2019-0815", 10) == ["罐体", "G2019-0815"]
    assert lines("2027-03-20", 9) == ["2027-03-", "20"]
    assert lines("蒙K-0217", 6) == ["蒙K-", "0217"]


def test_paragraphs_stay_paragraphs():
    assert lines("一\n\n二", 9) == ["一", "", "二"]


@given(st.text("危险，。（）《》ab 12蒙K挂-", max_size=60), st.integers(4, 20))
def test_nothing_but_spaces_is_lost_and_no_line_is_too_long(text, limit):
    found = lines(text, limit)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= limit for line in found)
