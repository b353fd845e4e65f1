"""Several vehicles, and cards that were shown: what is offered, and that nothing is taken by itself."""

from datetime import UTC, datetime

import pytest

from checklists.facts.matches import Match
from mobile.inspecting import acts
from mobile.screens.identify.matches.state import matches_state, takes_itself
from mobile.screens.identify.person.state import card_number, person_state, take_person
from mobile.screens.identify.state import ask_registry, identify_state, unambiguous
from mobile.words import words
from tests.mobile import story

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
AT = "2026-11-20T00:00:00.000Z"
DRIVER = story.situation()["driver"]


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def match(plate="蒙K12345", colour="yellow", why="exact", **more) -> Match:
    return Match(plate, colour, why, "路安", as_of=AT, **more)


def test_a_vehicle_says_whose_it_is_in_which_colour_and_how_old_that_is() -> None:
    (card,) = matches_state([match(last_found_on="2026-10-02")], "蒙K12345", "yellow", NOW).cards
    assert (card.carrier, card.why) == ("路安", "as entered")
    assert card.detail == "yellow · last violation 2026-10-02 · registry · 1 day old"


def test_at_most_six_are_shown_and_the_rest_is_counted() -> None:
    state = matches_state([match(f"蒙K1234{n}", why="missing") for n in range(9)], "蒙K1234", "yellow", NOW)
    assert (len(state.cards), state.more) == (6, "3 more: read one sign more")
    assert state.keep == ("", "")


def test_what_was_entered_may_stand_although_others_look_like_it() -> None:
    assert matches_state([match(why="alike")], "蒙K12345", "blue", NOW).keep == ("蒙K12345", "blue")


def test_only_the_very_vehicle_is_taken_without_asking() -> None:
    assert takes_itself([match(), match("蒙KL2345", why="alike")], "yellow")
    assert not takes_itself([match(), match(colour="blue")], "yellow")
    assert not takes_itself([match(why="colour")], "blue")
    assert not takes_itself([match("蒙K1234挂"), match(why="unit")], "yellow")
    assert not takes_itself([], "yellow")


def test_nothing_found_says_so() -> None:
    assert "no vehicle" in matches_state([], "蒙K1234", "yellow", NOW).nothing


def test_a_card_is_looked_up_as_soon_as_it_is_whole() -> None:
    lookup = story.kit().lookup
    assert not person_state(story.nothing(), DRIVER["id_number"][:17], lookup, NOW).may_take
    state = person_state(story.nothing(), DRIVER["id_number"], lookup, NOW)
    assert (state.title, state.may_take, state.source) == (DRIVER["name"], True, "registry · 1 day old")
    assert ("category", "driver") in state.rows


def test_a_number_that_nobody_knows_is_said_and_a_wrong_sign_too() -> None:
    state = person_state(story.nothing(), "150624198001010011", story.kit().lookup, NOW)
    assert "does not know" in state.title and state.tone == "unknown"
    assert any("check sign" in one for one in state.problems)


def test_a_qualification_that_is_over_or_revoked_is_red() -> None:
    for paper in ({"valid_until": "2026-01-01"}, {"status": "revoked", "valid_until": "2030-01-01"}):
        row = {"data": {"name": "甲", "qualification": paper}, "as_of": AT}
        assert person_state(story.nothing(), DRIVER["id_number"], lambda *_, row=row: row, NOW).tone == "danger"


def test_what_a_code_says_is_a_persons_number_only_where_it_is_one() -> None:
    goods = story.kit().tables.goods
    assert card_number(DRIVER["id_number"], goods) == DRIVER["id_number"]
    assert card_number("https://example.com/", goods) == card_number("1830", goods) == ""


def test_another_person_than_the_waybill_names_is_said_and_only_the_number_is_put_down() -> None:
    escort = "150624198203030035"
    held = story.after(story.arrived(), take_person("driver", escort))
    held = story.after(held, ask_registry(held))
    assert held.fact("driver")["name"] == "李卫东"
    assert held.assessment.situation.seen.aboard is None
    assert any("another driver" in one for one in identify_state(held, NOW).plate_problems)


def test_nothing_is_left_to_ask_only_where_waybill_and_registry_agree() -> None:
    raw = {"raw": "车牌号=蒙K12345;UN编号=1830;品名=硫酸;净重=28.0 t"}
    assert unambiguous(story.arrived(**raw))
    assert not unambiguous(story.arrived(raw="车牌号=蒙K12345;净重=900 t"))
    assert not unambiguous(story.arrived(**raw, plate="蒙K99999"))
    assert not unambiguous(story.arrived(**raw, lines=None))
    held = story.after(story.nothing(), acts.waybill({**story.situation()["waybill"], **raw}))
    assert not unambiguous(held)
