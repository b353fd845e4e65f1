"""R16: a safety card is aboard and is for all goods that are."""

import pytest

LINE = {"un": "1830", "name": "硫酸", "class": "8", "packing_group": "II", "net_mass_kg": 28000}


@pytest.mark.parametrize(
    ("card", "answer"),
    [
        (None, ("card_absent", "cannot_tell")),
        ({"present": "false"}, ("card_absent", "conflict")),
        ({}, ("card_other_goods", "cannot_tell")),
        ({"goods": ["1789"]}, ("card_other_goods", "conflict")),
        ({"goods": []}, ("card_other_goods", "conflict")),
        ({"goods": ["1789", "UN 1830"]}, ("card_other_goods", "consistent")),
        ({"goods": ["硫酸"]}, ("card_other_goods", "consistent")),
        ({"goods": ["UN1830 硫酸"]}, ("card_other_goods", "consistent")),
        ({"goods": ["8类"]}, ("card_other_goods", "cannot_tell")),
        ({"goods": ["废硫酸"]}, ("card_other_goods", "cannot_tell")),
        ({"goods": ["甲醇"]}, ("card_other_goods", "conflict")),
    ],
)
def test_the_card_is_for_these_goods(verdicts, card, answer):
    assert verdicts("R16", seen__safety_card=card) == [answer]


def test_the_card_is_for_what_is_really_loaded(verdicts):
    assert verdicts("R16", seen__goods="1832") == [("card_other_goods", "conflict")]


def test_without_a_waybill_it_is_not_known_what_the_card_is_for(verdicts):
    assert verdicts("R16", waybill__lines=None) == [("card_other_goods", "cannot_tell")]


def test_every_line_needs_its_card(verdicts):
    lines = [LINE, {**LINE, "un": "1789", "name": "盐酸"}]
    assert verdicts("R16", waybill__lines=lines) == [("card_other_goods", "conflict")]


def test_goods_that_travel_exempt_need_none(verdicts):
    lines = [{**LINE, "quantity": "limited", "gross_mass_kg": 500}]
    assert verdicts("R16", waybill__lines=lines, seen__safety_card={"present": "false"}) == []
