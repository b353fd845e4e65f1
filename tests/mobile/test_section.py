from dataclasses import replace

import pytest

from mobile import acts
from mobile.states.observed import hazards_for, mass_words
from mobile.states.section import section_state
from mobile.words import words
from tests.mobile.story import LI, after, arrived, cleared, nothing, seen, situation, valid


@pytest.fixture(autouse=True)
def english():
    words.lang = "en"
    yield
    words.lang = "zh_CN"


def row(held, item):
    section = item.partition("-")[0].replace("VEH", "TNK")
    return next(one for one in section_state(held, section).rows if one.item == item)


def test_an_item_that_a_rule_checked_comes_marked_with_reason_values_and_sources():
    permit = row(seen(), "LIC-07")
    assert (permit.answer, permit.tone, permit.words) == (
        *("does_not_conform", "danger"),
        "does not conform · by comparison",
    )
    light = permit.lights[0]
    assert light.verdict == "conflict" and light.title == "Trailer permit has expired"
    assert ("trailer · operating permit · valid until", "2026-10-31", "registry") in light.rows


def test_an_item_that_cannot_be_told_is_amber_says_what_is_missing_and_must_be_answered():
    weight = row(arrived(), "LOD-05")
    assert (weight.tone, weight.must_answer, weight.answer) == ("unknown", True, "")
    assert "gross mass" in weight.lights[0].missing


@pytest.mark.parametrize("held", [nothing(), arrived(), seen(), cleared(nothing()), cleared(seen())])
def test_no_row_with_a_light_that_cannot_tell_is_ever_green(held):
    for section in ("LIC", "PLA", "TNK", "EQP", "LOD", "OPR", "EDU"):
        for one in section_state(held, section).rows:
            if any(light.verdict in ("cannot_tell", "stale") for light in one.lights):
                assert one.tone != "good", one.item


def test_an_officers_word_where_the_rule_cannot_tell_stands_but_stays_amber():
    answered = row(after(arrived(), acts.answer("LOD-05", "conforms")), "LOD-05")
    assert (answered.answer, answered.tone, answered.must_answer) == ("conforms", "unknown", False)


def test_two_officers_who_differ_show_both_answers_and_the_item_is_open():
    mine = after(arrived(), acts.answer("TNK-06", "conforms"))
    theirs = after(replace(mine, officer=LI, device="tablet-2"), acts.answer("TNK-06", "does_not_conform"))
    disputed = row(theirs, "TNK-06")
    assert disputed.answer == "" and disputed.words == "officers differ"
    assert disputed.dispute == "Transport officer-1 conforms；Police officer-2 does not conform"


def test_who_is_aboard_is_offered_as_the_waybill_names_them():
    crew = section_state(arrived(), "LIC").observed
    assert [one.text for one in crew.options] == ["driver 张建国 + escort 李卫东", "only the driver 张建国"]
    assert crew.options[0].people[1]["id_number"] == "150624198203030038"
    assert crew.aboard is None


def test_the_choice_that_was_made_is_marked():
    crew = section_state(seen(), "LIC").observed
    assert [one.chosen for one in crew.options] == [False, True]
    assert [one.plain for one in crew.aboard] == situation()["seen"]["aboard"]


def test_plates_as_seen_stand_beside_what_the_waybill_asks_for():
    signs = section_state(seen(), "PLA").observed
    assert [(one.side, one.hazard, one.un) for one in signs.panels] == [("front", "80", "1832"), ("rear", "80", "1832")]
    assert signs.expected == (("80", "1830"),) and signs.labels == ("8",)


def test_the_table_gives_the_hazard_numbers_of_a_un_number_that_was_read():
    assert hazards_for(arrived().context, "1203") == ("33",)
    assert hazards_for(arrived().context, "9999") == ()


def test_equipment_counts_short_of_what_is_asked_are_told():
    pieces = {one.key: one for one in section_state(seen(), "EQP").observed.pieces}
    assert pieces["drain_seal"].verdict == "conflict"
    assert pieces["wheel_chock"].verdict == "consistent"
    unseen = {one.key: one for one in section_state(arrived(), "EQP").observed.pieces}
    assert {one.verdict for one in unseen.values()} == {"cannot_tell"}


def test_unknown_goods_ask_for_no_equipment_and_say_that_they_are_not_known():
    assert not section_state(nothing(), "EQP").observed.known


def test_the_weighbridge_stands_in_kg_and_tonnes_beside_what_the_papers_say():
    mass = section_state(seen(), "LOD").observed
    assert (mass.gross_kg, mass.expected_kg, mass.words) == (44920, 43800, "44,920 kg = 44.92 t")
    assert mass_words(49000) == "49,000 kg = 49 t"


def test_clearing_a_section_leaves_only_what_must_be_answered_one_by_one():
    state = section_state(cleared(valid(arrived())), "LOD")
    assert state.open == 1
    assert [one.item for one in state.rows if not one.answer] == ["LOD-05"]


def test_a_disputed_fact_is_shown_in_the_section_where_it_is_entered():
    held = after(arrived(), acts.see_aboard(situation()["seen"]["aboard"]))
    theirs = after(replace(held, officer=LI, device="tablet-2"), acts.see_aboard([]))
    assert "people aboard" in section_state(theirs, "LIC").disputes[0]
    assert section_state(theirs, "EQP").disputes == ()
