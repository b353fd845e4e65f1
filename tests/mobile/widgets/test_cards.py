import pytest

from mobile.widgets.bars import ScrollList, TopBar
from mobile.widgets.base import Text
from mobile.widgets.cards import VERDICTS, Notice, Steps, SyncPill, VerdictLight, VerdictMark
from mobile.widgets.theme import theme
from mobile.words import words


def texts(widget):
    return [one.text for one in widget.walk(restrict=True) if getattr(one, "text", "")]


@pytest.mark.parametrize(("verdict", "word"), [("consistent", "一致"), ("conflict", "不一致"), ("stale", "数据过期")])
def test_a_verdict_is_said_in_words(driver, verdict, word):
    assert word in texts(driver.show(VerdictLight(verdict=verdict)))


def test_only_consistent_is_green(driver):
    fills = {}
    for verdict in VERDICTS:
        light = driver.show(VerdictLight(verdict=verdict))
        fills[verdict] = next(m.fill for m in light.walk(restrict=True) if isinstance(m, VerdictMark))
    assert [v for v, fill in fills.items() if fill == theme.good] == ["consistent"]


def test_every_verdict_has_a_sign_of_its_own():
    assert len({sign for _tone, sign in VERDICTS.values()}) == len(VERDICTS)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({"online": True}, "在线 · 已全部送达"),
        ({"waiting": 2}, "离线 · 2 条待上传"),
        ({"waiting": 2, "troubled": 1}, "离线 · 1 条待您处理"),
    ],
)
def test_the_sync_pill_says_what_is_not_delivered(driver, state, says):
    assert driver.show(SyncPill(**state)).text == says


def test_a_notice_grows_with_its_words(driver):
    short, long = Notice(text="短"), Notice(text="很长的一句话" * 60)
    heights = [driver.show(one).height for one in (short, long)]
    assert heights[1] > 2 * heights[0]


def test_a_step_that_is_not_reached_cannot_be_pressed(driver, heard):
    steps = Steps(names=["识别", "检查", "签字"], current=1, reached=1)
    driver.show(steps)
    said = heard(steps, "on_step")
    driver.tap_text("识别")
    with pytest.raises(AssertionError, match="disabled"):
        driver.tap_text("3  签字")
    assert said == [(0,)]


def test_theme_and_language_are_one_touch_away(driver):
    driver.show(TopBar(title="检查", size_hint_y=None))
    driver.tap_text("EN")
    driver.tap_id("night")
    assert (words.lang, theme.night, driver.touches) == ("en", True, 2)


def test_rows_of_a_list_stand_in_the_order_they_came(driver):
    rows = ScrollList()
    for name in "甲乙丙":
        rows.add_widget(Text(text=name))
    driver.show(rows)
    assert texts(rows) == ["甲", "乙", "丙"]


def test_a_screen_that_comes_to_the_front_begins_at_its_top(driver):
    from kivy.uix.boxlayout import BoxLayout
    from kivy.uix.label import Label

    from mobile.screens.frame.view import Frame
    from mobile.widgets.bars import ScrollList

    frame, screen, rows = driver.show(Frame()), BoxLayout(), ScrollList()
    for _ in range(40):
        rows.add_widget(Label(text="x", size_hint_y=None, height=100))
    screen.add_widget(rows)
    frame.put(screen)
    driver.step(3)
    rows.scroll_y = 0
    driver.step(3)
    frame.put(screen)
    driver.step(3)
    assert (rows.scroll_y, rows.effect_y.velocity) == (1, 0)
