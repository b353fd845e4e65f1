"""T12: every shelf finds and tells, goods in hand first, and unverified law says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mobile.library.shapes import MOST
from mobile.library.shelves import shelves
from mobile.screens.reference import flow
from mobile.screens.reference.state import TABS, aboard, no_reference, reference_state
from mobile.words import words
from tests.mobile import story, tablet
from tests.mobile.screens.test_lesson import Screen

DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def chinese():
    words.lang = "zh_CN"


@pytest.fixture(scope="module")
def held() -> Any:
    return shelves(story.kit(), DAY)


def found(held: Any, tab: str, text: str, goods: Any = ()) -> Any:
    return reference_state(held, tab, text, "", goods)


def told(state: Any) -> str:
    return "\n".join(f"{one.name} {one.text}" for one in state.card.blocks)


@pytest.mark.parametrize(
    ("tab", "text", "title"),
    [
        ("goods", "1830", "硫酸，含酸高于51%"),
        ("goods", "ls", "硫酸，含酸高于51%"),
        ("goods", "UN1832", "硫酸废液"),
        ("law", "lic05b", "使用失效、伪造、变造、被注销等无效道路运输证，或者使用无道路运输证的车辆从事危货运输"),
        ("law", "yyywzg", "押运员无资格"),
        ("law", "escort unqualified", "押运员无资格"),
        ("mixing", "1203 1830", "UN 1203  ×  UN 1830"),
        ("tanks", "l4bn 1830", "L4BN"),
        ("response", "1005", "无水氨"),
        ("items", "eqp14", "防泄漏、堵漏器材及吸附材料"),
        ("items", "jjqdf", "紧急切断阀关闭且有效"),
    ],
)
def test_what_is_typed_is_found_first(held: Any, tab: str, text: str, title: str) -> None:
    assert found(held, tab, text).card.title == title


def test_goods_stand_with_plate_and_diamonds(held: Any) -> None:
    card = found(held, "goods", "1830").card
    assert (card.hazard, card.un, card.labels) == ("80", "1830", ("8",))


def test_law_that_was_not_read_says_so_and_names_who_is_competent(held: Any) -> None:
    state = found(held, "law", "CN-LOD-02")
    assert (state.rows[0].mark, state.card.mark) == ("待核", "待核")
    assert "交通" in told(state)
    assert "LOD-01" in told(state)


def test_law_that_depends_on_the_load_stands_once_with_each_of_its_rows(held: Any) -> None:
    state = found(held, "law", "CN-OPR-01")
    assert [one.key for one in state.rows].count("CN-OPR-01") == 1
    assert state.card.mark == ""
    for said in ("列入目录的危险化学品：是", "列入目录的危险化学品：否", "第一百一十二条第（二）项", "公安", "LIC-11"):
        assert said in told(state)
    assert "《中华人民共和国道路运输条例》第二十七条" in told(state)


def test_a_penalty_that_was_read_stands_with_its_clause(held: Any) -> None:
    state = found(held, "law", "CN-OPR-09")
    assert state.card.mark == ""
    assert "第九十一条" in told(state)


def test_what_may_not_travel_together_is_said_and_what_is_unknown_too(held: Any) -> None:
    assert found(held, "mixing", "1 3").card.mark == "禁止混装"
    assert found(held, "mixing", "3 8").card.mark == "标志未禁止混装"
    assert found(held, "mixing", "3 77").card.mark == "无法判定"
    assert len(found(held, "mixing", "3").rows) > 10


def test_a_tank_that_is_too_weak_may_not_carry_the_goods(held: Any) -> None:
    state = found(held, "tanks", "LGBF 1830")
    assert state.rows[0].mark == "不能装"
    assert "最小计算压力" in told(state)
    assert found(held, "tanks", "SGAN").card.blocks[0].text.startswith("固体罐体")


def test_distances_stand_first_and_the_unknown_load_has_guide_111(held: Any) -> None:
    assert found(held, "response", "1005").card.blocks[0].text.endswith(" m")
    state = reference_state(held, "response", "", "?")
    assert state.card.title == "货物不明"
    assert "111" in told(state)


def test_the_goods_in_hand_come_first_as_declared_and_as_signed(held: Any) -> None:
    kit = story.kit()
    goods = aboard(story.seen(), kit.tables)
    assert [one.un for one in goods] == ["1830", "1832"]
    assert [one.title for one in found(held, "goods", "", goods).rows] == ["UN 1830  PG II", "UN 1832  PG II"]
    assert found(held, "mixing", "", goods).card.title == "UN 1830  ×  UN 1832"
    assert found(held, "response", "", goods).card.title == "车上全部货物合并"
    assert found(held, "tanks", "L4BN", goods).rows[0].mark == "可以装"
    assert aboard(None, kit.tables) == ()


def test_no_shelf_gives_more_than_fifty_rows_and_each_row_has_its_card(held: Any) -> None:
    for tab in TABS:
        for text in ("", "a", "1", "y", "酸", "L", "车", "3 8 1 9"):
            state = found(held, tab, text)
            assert len(state.rows) <= MOST
            for row in state.rows[:8]:
                assert row.key.startswith("=") or held[tab].card(row.key, ()), (tab, row)


@pytest.mark.parametrize("text", ["((", "|||", "~", "\\d", "🚚", "a" * 500, "~~ 3", "UN", "0000"])
def test_nothing_that_is_typed_breaks_a_shelf(held: Any, text: str) -> None:
    for tab in TABS:
        found(held, tab, text)
        held[tab].card(text, ())


def test_it_speaks_english_too(held: Any) -> None:
    words.lang = "en"
    assert found(held, "goods", "1830").card.title.startswith("SULPHURIC ACID")
    # The table is still to be verified: what it allows is not shown as good.
    mixed = found(held, "mixing", "3 8").card
    assert (mixed.mark, mixed.tone) == ("labels do not forbid it", "neutral")


def test_a_tablet_without_packages_says_so() -> None:
    state = no_reference("law")
    assert (state.ready, state.rows) == (False, ())
    assert state.empty.startswith("本平板尚无检查表")


def test_it_opens_with_and_without_an_inspection_and_a_label_is_a_touch(tmp_path: Path) -> None:
    desk, _shown = tablet.shown(tablet.made(tmp_path))
    desk.unlock("officer-1", tablet.PIN)
    screen = Screen()
    flow.enter(desk, screen)
    assert screen.state.rows
    screen("on_tab", "mixing")
    screen("on_row", screen.state.rows[4].key)
    assert screen.state.text == "3"
    assert screen.state.card.title == "3  ×  1"
    screen("on_tab", "goods")
    screen("on_search", "1005")
    screen("on_tab", "response")
    assert screen.state.card.un == "1005"
    screen("on_tab", "law")
    assert screen.state.text == ""
    desk.begin()
    flow.enter(desk, screen, tab="no such shelf")
    assert screen.state.tabs[0].chosen
    desk.close()


def test_goods_that_react_are_never_green_in_the_reference(held: Any) -> None:
    card = found(held, "mixing", "1680 1789").card
    assert card.tone == "unknown" and "氰化氢" in str(card.blocks)
    assert "化学相忌" in str(found(held, "mixing", "3 8").card.blocks)


def test_a_tank_code_is_found_by_what_is_left_of_it(held: Any) -> None:
    rows = [one.title for one in found(held, "tanks", "4bn").rows]
    assert "L4BN" in rows and all("4BN" in one for one in rows)
