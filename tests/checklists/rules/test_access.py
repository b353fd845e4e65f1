"""R13: a ban holds by road, area, hour, day and goods; what is open about any of them cannot be told."""

import pytest

from checklists.facts.situation import situation
from checklists.goods.listing import load_tables
from checklists.goods.tunnels import closed
from checklists.rules.access import r13_access
from checklists.rules.context import Context
from checklists.rules.roads import is_kind, on_road, within

BAN = {"id": "b1"}


def judge(verdicts, ban, **changes):
    return verdicts("R13", place__bans=[{**BAN, **ban}], **changes)


HOLDS, FREE, OPEN = [("closed", "conflict")], [("closed", "consistent")], [("closed", "cannot_tell")]


def test_a_site_that_gave_no_bans_leaves_it_open(verdicts):
    assert verdicts("R13", place__bans=None) == OPEN


def test_a_site_without_bans_closes_nothing(verdicts):
    assert verdicts("R13", place__bans=[]) == FREE


@pytest.mark.parametrize(
    ("ban", "answer"),
    [
        ({}, HOLDS),
        ({"roads": ["G65"]}, HOLDS),
        ({"roads": ["G6"]}, FREE),
        ({"roads": ["G65包茂高速"]}, HOLDS),
        ({"roads": ["全省高速公路"]}, HOLDS),
        ({"roads": ["包茂高速"]}, OPEN),
        ({"areas": ["鄂尔多斯市"]}, HOLDS),
        ({"areas": ["内蒙古自治区鄂尔多斯市东胜区"]}, OPEN),
        ({"areas": ["包头市"]}, FREE),
        ({"areas": ["内蒙古自治区"]}, OPEN),
        ({"areas": ["内蒙古"]}, OPEN),
        ({"areas": ["东胜区", "陕西省"]}, OPEN),
        ({"classes": ["8"]}, HOLDS),
        ({"classes": ["第3类", "6.1"]}, FREE),
        ({"classes": ["UN 1830"]}, HOLDS),
        ({"classes": ["剧毒化学品"]}, OPEN),
        ({"exempt": ["1830"]}, FREE),
        ({"exempt": ["蒙K·12345"]}, FREE),
        ({"exempt": ["保供车辆"]}, OPEN),
        ({"valid_from": "2026-11-22"}, FREE),
        ({"valid_until": "2026-11-21"}, HOLDS),
        ({"valid_until": "2026-11-20"}, FREE),
        ({"dates": ["2026-11-20/2026-11-21"]}, HOLDS),
        ({"dates": ["2026-11-22"]}, FREE),
        ({"dates": ["端午节"]}, OPEN),
        ({"hours": ["00:00-06:00"]}, FREE),
        ({"hours": ["09:30-10:00"]}, HOLDS),
        ({"hours": ["08:00-09:30"]}, FREE),
        ({"hours": ["夜间"]}, OPEN),
    ],
)
def test_each_part_of_a_ban_has_to_hold(verdicts, ban, answer):
    assert judge(verdicts, ban) == answer


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-11-21T18:59:00+08:00", FREE),
        ("2026-11-21T19:00:00+08:00", HOLDS),
        ("2026-11-22T05:59:00+08:00", HOLDS),
        ("2026-11-22T06:00:00+08:00", FREE),
        ("2026-11-21T15:00:00Z", HOLDS),
    ],
)
def test_hours_are_those_of_beijing_and_may_pass_midnight(verdicts, at, answer):
    assert judge(verdicts, {"hours": ["19:00-06:00"]}, at=at) == answer


@pytest.mark.parametrize(
    ("at", "answer"),
    [("2026-10-01T03:00:00+08:00", FREE), ("2026-10-01T20:00:00+08:00", HOLDS), ("2026-10-02T03:00:00+08:00", HOLDS)],
)
def test_a_night_belongs_to_the_day_on_which_it_began(verdicts, at, answer):
    assert judge(verdicts, {"hours": ["19:00-06:00"], "dates": ["2026-10-01"]}, at=at) == answer


@pytest.mark.parametrize(
    ("days", "at", "answer"),
    [
        ("workdays", "2026-09-30T10:00:00+08:00", HOLDS),
        ("workdays", "2026-10-01T10:00:00+08:00", FREE),
        ("workdays", "2026-10-10T10:00:00+08:00", HOLDS),
        ("holidays", "2026-10-01T10:00:00+08:00", HOLDS),
        ("holidays", "2026-09-30T10:00:00+08:00", FREE),
        ("holidays", "2026-11-21T10:00:00+08:00", OPEN),
        ("workdays", "2031-03-03T10:00:00+08:00", OPEN),
        ("market days", "2026-11-21T10:00:00+08:00", OPEN),
    ],
)
def test_days_follow_the_published_calendar_and_are_open_beyond_it(verdicts, days, at, answer):
    assert judge(verdicts, {"days": days}, at=at) == answer


@pytest.mark.parametrize(
    ("path", "ban"),
    [("place__road", {"roads": ["G65"]}), ("place__area", {"areas": ["鄂尔多斯市"]}), ("waybill__lines", {})],
)
def test_what_is_not_known_of_place_or_goods_leaves_the_ban_open(verdicts, path, ban):
    assert judge(verdicts, ban, **{path: None}) == OPEN


def test_nothing_is_closed_to_an_empty_and_cleaned_vehicle(verdicts):
    assert judge(verdicts, {}, seen__loaded="empty") == FREE


def test_an_uncleaned_tank_counts_as_loaded(verdicts):
    assert judge(verdicts, {}, seen__loaded="uncleaned") == HOLDS


def test_of_many_bans_only_those_that_may_hold_are_shown(verdicts):
    bans = [{"id": f"b{number}", "roads": [f"G{number}"]} for number in (6, 65, 7)]
    assert verdicts("R13", place__bans=bans) == HOLDS
    assert verdicts("R13", place__bans=bans[::-1]) == HOLDS


def test_a_tunnel_is_closed_by_the_code_of_the_goods(verdicts):
    assert judge(verdicts, {"tunnel": "E"}) == [("tunnel_closed", "conflict")]
    assert judge(verdicts, {"tunnel": "D"}) == FREE


@pytest.mark.parametrize(
    ("regime", "gross", "most", "tunnel", "answer"),
    [
        ("EU", "8001", "18000", "E", [("tunnel_closed", "conflict")]),
        ("EU", "8000", "18000", "E", FREE),
        ("EU", "8001", "12000", "E", FREE),
        ("EU", "8001", "18000", "D", FREE),
        ("EU", "8001", None, "E", [("tunnel_closed", "cannot_tell")]),
        ("EU", None, "18000", "E", [("tunnel_closed", "cannot_tell")]),
        ("CN", "8000", "18000", "E", FREE),
    ],
)
def test_limited_quantities_that_bear_their_mark_may_not_pass_a_tunnel_of_category_e(
    regime, gross, most, tunnel, answer
):
    line = {"un": "1263", "packing_group": "II", "quantity": "limited", "gross_mass_kg": gross}
    held = {"at": "2026-11-21T01:30:00Z", "waybill": {"lines": [line]}, "vehicle": {"gross_limit_kg": most}}
    held |= {"seen": {"containment": "packages"}, "place": {"bans": [{**BAN, "tunnel": tunnel}]}}
    found = r13_access(Context(situation(held), load_tables(), regime))
    assert [(one.case, one.verdict) for one in found] == answer


@pytest.mark.parametrize(
    ("code", "category", "in_tank", "answer"),
    [
        ("B/D", "C", True, True), ("B/D", "C", False, False), ("B/D", "D", False, True), ("B/D", "C", None, None),
        ("B/D", "E", None, True), ("C/E", "D", True, True), ("C/E", "D", False, False), ("D", "C", True, False),
        ("(D/E)", "D", True, True), ("D/E", "D", False, False), ("E", "E", None, True), ("-", "E", None, False),
        ("", "E", None, None), ("E", "A", None, False),
    ],
)  # fmt: skip
def test_the_first_letter_counts_in_tanks(code, category, in_tank, answer):
    assert closed(code, category, in_tank=in_tank) is answer


@pytest.mark.parametrize(
    ("code", "category", "mass", "answer"),
    [
        ("B1000C", "B", 1001, True), ("B1000C", "B", 1000, False), ("B1000C", "B", None, None),
        ("B1000C", "C", None, True), ("C5000D", "C", 5000, False), ("C5000D", "C", 5001, True),
    ],
)  # fmt: skip
def test_explosives_are_counted_by_their_net_mass(code, category, mass, answer):
    assert closed(code, category, in_tank=False, explosive_mass_kg=mass) is answer


@pytest.mark.parametrize(
    ("named", "road", "answer"),
    [
        ("G65", "G65 包茂高速 K1021+300", True), ("G6", "G65", False), ("包茂高速公路", "G65包茂高速", True),
        ("京藏高速", "包茂高速", False), ("包茂高速", "G65", None), ("Ｇ６５", "g65", True),
        ("国道110线", "国道210线", False), ("国道110线", "G110 K12+300", True), ("省道214", "S215", False),
        ("经3路", "经5路", False), ("经3路", "经3路", True), ("环城路", "东环城路", None),
        ("京藏高速", "京藏高速辅路", None), ("京藏高速", "京藏高速公路 K481+20", True),
        ("包茂高速", "包茂高速33公里", True),
    ],
)  # fmt: skip
def test_a_road_is_known_by_number_or_name(named, road, answer):
    assert on_road(named, road) is answer


@pytest.mark.parametrize(
    ("ban", "at", "answer"),
    [
        ({"valid_from": "2026-11-21"}, "2026-11-21T02:00:00+08:00", FREE),
        ({"valid_from": "2026-11-21"}, "2026-11-21T22:00:00+08:00", HOLDS),
        ({"valid_until": "2026-11-20"}, "2026-11-21T05:59:00+08:00", HOLDS),
        ({"valid_until": "2026-11-20"}, "2026-11-21T22:00:00+08:00", FREE),
        ({"valid_until": "2026-11-19"}, "2026-11-21T02:00:00+08:00", FREE),
    ],
)
def test_the_first_and_the_last_night_of_a_ban_belong_to_the_evening_on_which_they_begin(verdicts, ban, at, answer):
    assert judge(verdicts, {"hours": ["22:00-06:00"], **ban}, at=at) == answer


def test_all_expressways_are_a_kind_and_one_is_not():
    assert [is_kind(one) for one in ("高速公路", "境内高速公路", "expressway", "包茂高速")] == [True, True, True, False]


def test_an_area_lies_in_the_one_whose_name_or_code_it_continues():
    assert within("鄂尔多斯市", "内蒙古自治区鄂尔多斯市达拉特旗")
    assert within("150600", "150621")
    assert not within("1502", "150621")
