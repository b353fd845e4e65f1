from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from mobile.widgets.base import Text
from mobile.words import Words, in_english, words
from tools.kvwords import extract

PO = Path("mobile/locale/zh_CN/LC_MESSAGES/mobile.po")
METHODS = [("**.py", "python"), ("**.kv", "tools.kvwords:extract")]


def test_every_word_of_the_tablet_is_in_chinese():
    catalogue = read_po(PO.open("rb"))
    found = extract_from_dir("mobile", METHODS, keywords={"_": None, "n_": (1, 2)})
    messages = {m[0] if isinstance(m, tuple) else m for _file, _line, m, _comments, _context in found}
    assert {m for m in messages if not (m in catalogue and catalogue[m].string)} == set()


def test_words_follow_the_language():
    words = Words("zh_CN")
    assert words.say("Conforms") == "符合"
    words.lang = "en"
    assert words.say("Conforms") == "Conforms"


def test_listeners_hear_a_switch_once():
    words, heard = Words("en"), []
    words.listen(heard.append)
    words.lang = "zh_CN"
    words.lang = "zh_CN"
    assert heard == ["zh_CN"]


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="zh_CN"):
        Words().lang = "fr"


def test_numbers_take_their_plural():
    assert [Words("en").say_n("{n} item", "{n} items", n) for n in (1, 2)] == ["1 item", "2 items"]


def test_data_are_picked_in_the_language_else_in_chinese():
    text = {"zh": "罐体", "en": "Tank"}
    assert (Words("en").pick(text), Words("en").pick({"zh": "罐体"})) == ("Tank", "罐体")


def test_words_are_found_in_kv_with_their_lines(tmp_path):
    path = tmp_path / "a.kv"
    path.write_text('A:\n    text: _("Save") + n_("{n} photo", "{n} photos", 2)\n    b: self.own_("no")\n')
    found = [(line, message) for line, _function, message, _comments in extract(path.open("rb"), {}, [], {})]
    assert found == [(2, "Save"), (2, ("{n} photo", "{n} photos"))]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("front、rear", "front, rear"),
        ("Measures：Correct on site；Open a case", "Measures: Correct on site; Open a case"),
        ("valid until 2026-11-09，day of the check", "valid until 2026-11-09, day of the check"),
        ("driver 张建国、escort 李卫东", "driver 张建国, escort 李卫东"),
        ("UN 1830 sulphuric acid（硫酸、浓硫酸）", "UN 1830 sulphuric acid (硫酸、浓硫酸)"),
        ("The driver said 我不同意，没有超载。", "The driver said 我不同意，没有超载。"),
        ("王志强（交通执法，15240001）；李海峰", "王志强（交通执法，15240001）；李海峰"),
        ("front、\nrear。", "front,\nrear."),
        ("80/1832", "80/1832"),
    ],
)
def test_an_english_text_is_drawn_with_the_marks_of_english(given, shown):
    assert in_english(given) == shown


def test_a_label_keeps_its_text_and_draws_it_in_the_language_in_use(driver):
    label = Text(text="front、rear")
    assert label._label.text == "front、rear"
    words.lang = "en"
    try:
        label = driver.show(Text(text="front、rear"))
        assert (label.text, label._label.text) == ("front、rear", "front, rear")
    finally:
        words.lang = "zh_CN"
