"""R11: every pair of goods on board, whatever their quantity."""

from itertools import permutations

import pytest

from checklists import words
from checklists.facts.situation import situation
from checklists.findings.assessment import judge
from checklists.rules.context import Context
from checklists.rules.mixing import r11_segregation


@pytest.fixture
def mixed(tables):
    """Return R11's results for waybill lines (UN number, or a mapping) and things seen."""

    def judge(*lines, regime="CN", **seen):
        held = {"at": "2026-11-21T09:30:00Z", "seen": seen}
        if lines:
            held["waybill"] = {"lines": [{"un": one} if isinstance(one, str) else one for one in lines]}
        return list(r11_segregation(Context(situation(held), tables, regime)))

    return judge


def brief(results):
    return [(one.subject, one.verdict) for one in results]


def limited(un):
    return {"un": un, "quantity": "limited", "gross_mass_kg": 100}


def excepted(un):
    return {"un": un, "quantity": "excepted", "packages": 10}


def test_a_forbidden_pair_conflicts_and_shows_both_with_the_rule(mixed):
    (one,) = mixed("1203", "0081")
    assert (one.case, one.subject, one.verdict) == ("incompatible", "0081+1203", "conflict")
    assert [(value.name, value.value) for value in one.values] == [
        ("goods.un", "0081"), ("goods.labels", "1.1D"), ("goods.un", "1203"), ("goods.labels", "3"),
        ("goods.rule", "JT/T 617.6; ADR 7.5.2.1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "approved", "trailer", "verdict"),
    [
        ("truck", 8000, {}, "cannot_tell"),
        ("truck", 8000, None, "conflict"),
        ("tractor", 8000, {}, "conflict"),
        (None, None, {}, "conflict"),
    ],
)
def test_a_lorry_and_its_trailer_are_two_vehicles(tables, kind, approved, trailer, verdict):
    held = {
        "at": "2026-11-21T09:30:00Z",
        "waybill": {"lines": [{"un": "1203"}, {"un": "0081"}]},
        "vehicle": {"kind": kind, "approved_mass_kg": approved},
        "trailer": trailer,
    }
    (one,) = r11_segregation(Context(situation(held), tables))
    assert (one.verdict, "goods.same_vehicle" in one.missing) == (verdict, verdict == "cannot_tell")


def test_goods_that_may_travel_together_give_one_result_for_all(mixed):
    (one,) = mixed("1203", "1202", "1830", "1017")
    assert (one.subject, one.verdict) == ("", "consistent")
    assert one.caveats == ("goods.chemistry",), "the tables compare labels alone"


def test_goods_alone_are_consistent(mixed):
    (one,) = mixed("0081")
    assert (one.verdict, one.caveats) == ("consistent", ())


def test_each_forbidden_pair_is_told_by_itself(mixed):
    assert brief(mixed("1203", "0081", "1830")) == [("0081+1203", "conflict"), ("0081+1830", "conflict")]


@pytest.mark.parametrize("order", list(permutations(["1203", "0081", "1942", {"un": "1263", "quantity": "excepted"}])))
def test_the_order_of_lines_does_not_matter(mixed, order):
    assert mixed(*order) == mixed("0081", "1203", {"un": "1263", "quantity": "excepted"}, "1942")


def test_a_condition_waits_for_the_officer_and_is_named(mixed):
    (one,) = mixed("0081", "1942")
    assert (one.verdict, one.missing) == ("cannot_tell", ("goods.mixing_condition",))
    assert "硝酸铵" in {value.name: value.value for value in one.values}["goods.mixing_condition"]


def test_class_1_goes_by_groups(mixed):
    assert brief(mixed("0081", "0012")) == [("", "consistent")]  # 1.1D and 1.4S
    assert brief(mixed("0081", "0029")) == [("0029+0081", "cannot_tell")]  # 1.1B and 1.1D
    assert brief(mixed("0081", "0224")) == [("0081+0224", "conflict")]  # 1.1A and 1.1D


def test_two_lots_of_group_l_may_be_different_articles(mixed):
    assert brief(mixed("0354", "0354")) == [("0354+0354", "cannot_tell")]
    assert brief(mixed("0081", "0081")) == [("", "consistent")]


def test_1_4s_may_travel_with_other_classes(mixed):
    assert brief(mixed("0012", "1203")) == [("", "consistent")]


def test_subsidiary_labels_count(mixed):
    assert brief(mixed("3101", "1203")) == [("1203+3101", "conflict")]  # 5.2+1


def test_limited_quantities_never_travel_with_explosives_even_of_1_4s(mixed):
    assert brief(mixed(limited("1263"), "0081")) == [("0081+1263", "conflict")]
    (one,) = mixed(limited("1263"), "0012")
    assert one.verdict == "conflict"
    assert [value.value for value in one.values if value.name == "goods.rule"] == ["29号令 20"]


@pytest.mark.parametrize("un", ["0336", "0337", "0012", "0161", "0499"])
def test_by_adr_limited_quantities_may_stand_beside_1_4_and_two_others(mixed, un):
    assert brief(mixed(limited("1263"), un, regime="EU")) == [("", "consistent")]
    assert brief(mixed(limited("1263"), un)) == [(f"{un}+1263", "conflict")]


def test_by_adr_other_explosives_are_forbidden_beside_limited_quantities_by_its_own_rule(mixed):
    (one,) = mixed(limited("1263"), "0081", regime="EU")
    assert one.verdict == "conflict"
    assert [value.value for value in one.values if value.name == "goods.rule"] == ["ADR 7.5.2.4"]


def test_by_adr_no_order_of_china_is_named(mixed):
    (one,) = mixed(excepted("1263"), "0081", regime="EU")
    assert (one.verdict, [value.value for value in one.values if value.name == "goods.rule"]) == (
        "cannot_tell",
        ["JT/T 617.6; ADR 7.5.2.1"],
    )


def test_limited_quantities_travel_with_other_goods(mixed):
    assert brief(mixed(limited("1263"), "1830", limited("1950"))) == [("", "consistent")]


def test_excepted_packages_beside_explosives_are_for_the_officer(mixed):
    (one,) = mixed(excepted("1263"), "0081")
    assert (one.verdict, one.missing) == ("cannot_tell", ("goods.packed_small",))


def test_the_same_goods_in_both_quantities_are_judged_by_the_worse_line(mixed):
    assert brief(mixed(excepted("1263"), "1263", "0081")) == [("0081+1263", "conflict")]


def test_no_waybill_or_unknown_goods_cannot_be_told(mixed):
    assert brief(mixed()) == [("", "cannot_tell")]
    assert brief(mixed("1203", "9999")) == [("", "cannot_tell")]
    assert brief(mixed("1203", {"name": "汽油"})) == [("", "cannot_tell")]


def test_unknown_goods_do_not_hide_a_forbidden_pair(mixed):
    assert brief(mixed("1203", "0081", "9999")) == [("0081+1203", "conflict"), ("", "cannot_tell")]


def test_an_open_packing_group_is_no_obstacle_where_all_of_them_are_forbidden(mixed):
    assert brief(mixed("1993", "0081")) == [("0081+1993", "conflict")]


def test_goods_found_besides_those_declared_have_to_be_looked_at(mixed):
    (one,) = mixed("1203", "1202", goods="0081")[:1]
    assert (one.subject, one.verdict, one.missing) == ("0081+1202", "cannot_tell", ("goods.both_aboard",))
    assert brief(mixed("1203", goods="1202")) == [("", "consistent")]


def test_declared_goods_that_were_found_are_compared_as_declared(mixed):
    assert brief(mixed("1203", "0081", goods="0081")) == [("0081+1203", "conflict")]


def test_nothing_is_compared_where_it_is_empty_and_clean(mixed):
    assert mixed("1203", "0081", loaded="empty") == []
    assert brief(mixed("1203", "0081", loaded="uncleaned")) == [("0081+1203", "conflict")]


def test_values_on_which_editions_differ_are_shown_as_a_warning(mixed):
    (one,) = mixed("3507", "0081")  # 7 beside 6.1 and 8 in one edition
    assert [warning.name for warning in one.warnings] == ["goods.labels"]


def test_twelve_lines_give_only_what_is_to_be_told(mixed):
    many = ["1203", "1202", "1830", "1789", "1017", "1950", "2794", "1805", "1824", "1230", "1832", "0012"]
    assert brief(mixed(*many)) == [("", "consistent")]
    assert brief(mixed(*many, "1791", "1005")) == [
        ("1005+1017", "cannot_tell"), ("1005+1791", "cannot_tell"), ("1789+1791", "cannot_tell"),
        ("1791+1805", "cannot_tell"), ("1791+1830", "cannot_tell"), ("1791+1832", "cannot_tell"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "danger"),
    [
        ("1680", "1789", "氰化氢"),
        ("1689", "1830", "氰化氢"),
        ("1791", "1789", "氯气"),
        ("2031", "1203", "剧烈"),
        ("1687", "1789", "叠氮酸"),
        ("1849", "1830", "硫化氢"),
        ("1495", "1830", "爆炸"),
        ("1005", "1017", "三氯化氮"),
    ],
)
def test_goods_that_react_are_for_the_officer_though_their_labels_may_travel_together(mixed, one, other, danger):
    (found,) = mixed(one, other)
    assert (found.verdict, found.missing) == ("cannot_tell", ("goods.chemistry",))
    said = {value.name: value.value for value in found.values}["goods.chemistry"]
    assert danger in said and ("Prudent" in said or "CFR" in said or "Chemical Society" in said or "practice" in said)


def test_a_known_reaction_is_also_named_beside_a_forbidden_pair(mixed):
    (found,) = mixed("0224", "1789")  # barium azide and an acid
    assert found.verdict == "conflict"
    assert "goods.chemistry" in {value.name for value in found.values}


@pytest.mark.parametrize(
    ("one", "other"),
    [("0143", "0072"), ("0209", "0076"), ("0027", "0143"), ("0015", "0009"), ("0303", "0336"), ("0018", "0301")],
)
def test_class_1_among_itself_goes_by_groups_whatever_other_labels_it_bears(mixed, one, other):
    assert brief(mixed(one, other)) == [("", "consistent")]


def test_the_type_c_blasting_explosive_never_travels_with_ammonium_nitrate(mixed):
    assert brief(mixed("0083", "1942")) == [("0083+1942", "conflict")]
    assert brief(mixed("0082", "1942")) == [("0082+1942", "cannot_tell")]


def test_a_forbidden_pair_is_a_finding_on_the_item_of_mixed_loads(definitions, tables):
    held = {"at": "2026-11-21T09:30:00Z", "waybill": {"lines": [{"un": "1203"}, {"un": "0081"}, {"un": "1830"}]}}
    made = judge(definitions, tables, (), situation(held), definitions.checklists["cn-joint"])
    (one,) = [one for one in made.findings if one.rule == "R11"]
    assert (one.item, one.violation, one.agency) == ("LOD-11", "CN-LOD-10", "T")
    assert one.subject == "0081+1203、0081+1830"


def test_everything_that_is_shown_or_missing_has_words(mixed):
    every = [
        *mixed("0081", "1942"),
        *mixed("1680", "1789"),
        *mixed(excepted("1263"), "0081"),
        *mixed("1203", goods="0081"),
        *mixed("9999"),
    ]
    names = {name for one in every for name in (*one.missing, *one.caveats, *(value.name for value in one.values))}
    chinese = {name: words.label(name, words.say("zh_CN")) for name in names}
    assert [name for name, said in chinese.items() if any("a" <= letter <= "z" for letter in said)] == []
