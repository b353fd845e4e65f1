"""Labels and groups that may stand together, from the rows that are published."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.goods.listing import Tables, load_tables
from checklists.goods.segregation import (
    RESULTS,
    Marked,
    between,
    between_groups,
    read,
    worst,
)

TABLES = load_tables()
LABELS = sorted({row["label_a"] for row in TABLES.segregation} | {row["label_b"] for row in TABLES.segregation})
GROUPS = sorted({row["group_a"] for row in TABLES.segregation_class1})
DIVISION, GROUP = (TABLES.goods.columns.index(name) for name in ("division", "compatibility_group"))
CODES = sorted({row[DIVISION] + row[GROUP] for row in TABLES.goods.rows if row[GROUP] not in ("", "K")})


def between_labels(one, other):
    return between(read(one, TABLES), read(other, TABLES), TABLES)


def between_goods(one, other, tables=TABLES):
    return between(Marked.of(one), Marked.of(other), tables)


def labels(one, other):
    return between_labels(one, other).result


def groups(one, other):
    return between_groups(one, other, TABLES).result


def goods(one, other):
    first, second = (TABLES.goods.lookup(un)[0] for un in (one, other))
    return between_goods(first, second).result


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ("3", "5.1", "allowed"), ("3", "8", "allowed"), ("2.3", "6.1", "allowed"), ("1", "3", "prohibited"),
        ("1.1D", "3", "prohibited"), ("4.1+1", "3", "prohibited"), ("4.1+1", "4.1+1", "allowed"),
        ("5.2+1", "5.2", "allowed"), ("1.1D", "5.1", "condition"), ("7", "3", "allowed"),
        ("7X", "1.1D", "prohibited"),
    ],
)  # fmt: skip
def test_two_labels_go_by_the_table(one, other, result):
    assert labels(one, other) == result


def test_every_row_of_the_table_answers_as_it_stands():
    for row in TABLES.segregation:
        assert labels(row["label_a"], row["label_b"]) == row["result"]
    for row in TABLES.segregation_class1:
        assert groups(row["group_a"], row["group_b"]) == row["result"]


@pytest.mark.parametrize("one", LABELS)
def test_the_order_of_two_labels_does_not_matter(one):
    assert [between_labels(one, other) for other in LABELS] == [between_labels(other, one) for other in LABELS]


@pytest.mark.parametrize("one", GROUPS)
def test_the_order_of_two_groups_does_not_matter(one):
    assert [between_groups(one, other, TABLES) for other in GROUPS] == [
        between_groups(other, one, TABLES) for other in GROUPS
    ]


def test_1_4s_travels_with_what_other_1_4_does_not():
    assert (labels("1.4S", "3"), labels("1.4G", "3"), labels("1.4", "3")) == ("allowed", "prohibited", "condition")
    assert labels("1.4S", "4.1+1") == "prohibited"


def test_class_1_against_class_1_goes_by_groups():
    assert labels("1.1B", "1.1D") == groups("B", "D") == "condition"
    assert (labels("1.1D", "1.4S"), labels("1.1A", "1.4S"), labels("1.3G", "1.1C")) == (
        "allowed",
        "prohibited",
        "allowed",
    )


def test_class_1_without_its_group_has_to_be_looked_at():
    found = between_labels("1", "1.4S")
    assert found.result == "condition"
    assert "配装组" in found.conditions[0]["zh"]


def test_a_condition_carries_its_footnote_in_both_languages_and_its_rule():
    found = between_groups("B", "D", TABLES)
    assert "隔离" in found.conditions[0]["zh"]
    assert "compartments" in found.conditions[0]["en"]
    assert found.rule == "JT/T 617.6; ADR 7.5.2.2"


@pytest.mark.parametrize("text", ["3", "第3类", "3类", " 3 ", "３", "class 3", "label 3"])
def test_a_label_is_read_as_it_is_typed_in_the_field(text):
    assert read(text, TABLES) == Marked(("3",))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("1.1D", Marked(("1",), "1.1D")), ("1 1.4S", Marked(("1.4",), "1.4S")),
        ("第1类 1.4S项", Marked(("1.4",), "1.4S")),
        ("1.4s", Marked(("1.4",), "1.4S")), ("4.1+1", Marked(("4.1", "1"))), ("2 2.1", Marked(("2.1",))),
        ("1.5D", Marked(("1.5",), "1.5D")),
    ],
)  # fmt: skip
def test_divisions_are_read_with_their_groups(text, marked):
    assert read(text, TABLES) == marked


@pytest.mark.parametrize("text", ["", "2", "12", "X", "3.1", "4", "1.1K", "7E", "3 8", "１.７", "MARK_LQ"])
def test_what_the_table_has_not_is_no_label(text):
    with pytest.raises(ValueError, match=r"label|group"):
        read(text, TABLES)


def test_a_group_that_the_table_has_not_is_unknown():
    assert (groups("K", "B"), groups("", "B"), groups("b", "d")) == ("unknown", "unknown", "condition")


def test_goods_are_compared_by_all_their_labels_and_the_worst_wins():
    assert labels("6.1+3", "1.1D") == "prohibited"
    assert goods("0081", "1203") == "prohibited"
    assert goods("0012", "1203") == "allowed"
    assert goods("0018", "0081") == "allowed", "tear-producing ammunition also bears 6.1 and 8: G and D decide"
    assert goods("0018", "1203") == "prohibited"


def test_goods_with_labels_4_1_and_1_are_a_column_of_their_own():
    assert (goods("3221", "1203"), goods("3222", "3221"), goods("3101", "1203")) == (
        "prohibited",
        "allowed",
        "prohibited",
    )


def test_goods_with_the_same_labels_are_kept_apart_by_their_groups_alone():
    assert goods("0018", "0018") == "allowed"
    assert goods("0354", "0354") == "condition"
    assert goods("0354", "0355") == "prohibited", "two UN numbers of group L are two types of goods"


def test_life_saving_appliances_may_travel_with_explosives_and_other_class_9_may_not():
    assert (goods("0081", "3268"), goods("0503", "3268")) == ("allowed", "allowed")
    assert (goods("0081", "3077"), goods("0503", "3077")) == ("prohibited", "prohibited")
    assert labels("1.1D", "9") == "condition"


def test_ammonium_nitrate_with_a_blasting_explosive_stays_a_condition():
    assert goods("0081", "1942") == "condition"


@pytest.mark.parametrize(
    ("explosive", "other", "result"),
    [
        ("0082", "2067", "condition"),
        ("0241", "1498", "condition"),  # sodium nitrate
        ("0081", "1479", "condition"),  # an oxidizing solid, n.o.s., may be a nitrate
        ("0241", "1477", "condition"),  # rubidium nitrate is one of these
        ("0241", "1446", "condition"),  # barium nitrate is named, though it bears 6.1 too
        ("0084", "2464", "condition"),
        ("0241", "1469", "prohibited"),  # lead nitrate is neither alkali nor alkaline earth
        ("0241", "1493", "prohibited"),  # silver nitrate
        ("0241", "1461", "prohibited"),  # chlorates, n.o.s.
        ("0081", "1450", "prohibited"),  # bromates, n.o.s.
        ("0331", "1942", "prohibited"),  # the note stands at label 1, not at 1.5
        ("0083", "1942", "prohibited"),
        ("0083", "3375", "prohibited"),
        ("0027", "1942", "prohibited"),  # black powder is no blasting explosive of types A to E
        ("0081", "1495", "prohibited"),  # sodium chlorate
        ("0081", "2014", "prohibited"),  # hydrogen peroxide
    ],
)
def test_note_d_holds_for_the_goods_that_it_names_and_for_no_others(explosive, other, result):
    assert goods(explosive, other) == result


UN, CLASS = (TABLES.goods.columns.index(name) for name in ("un", "class"))
EXPLOSIVES = sorted({row[UN] for row in TABLES.goods.rows if row[CLASS] == "1"})
OTHERS = sorted({row[UN] for row in TABLES.goods.rows if row[CLASS] != "1"})
WITHOUT_NOTES = Tables.from_plain({**TABLES.to_plain(), "segregation_notes": {"columns": ["note"], "rows": []}})


@given(st.sampled_from(EXPLOSIVES), st.sampled_from(EXPLOSIVES))
def test_other_labels_change_nothing_among_class_1(one, other):
    sides = [Marked.of(TABLES.goods.lookup(un)[0]) for un in (one, other)]
    plain = [replace(side, labels=side.labels[:1]) for side in sides]
    assert between(sides[0], sides[1], TABLES).result == between(plain[0], plain[1], TABLES).result


@given(st.sampled_from(EXPLOSIVES), st.sampled_from(OTHERS))
def test_a_note_never_allows_more_than_it_names(one, other):
    explosive, rest = (TABLES.goods.lookup(un)[0] for un in (one, other))
    plain, noted = (between_goods(explosive, rest, tables).result for tables in (WITHOUT_NOTES, TABLES))
    assert plain != "prohibited" or noted == "prohibited" or other in ("1446", "2464")
    if noted == "allowed":
        assert code_of(explosive) == "1.4S" or other in {"2990", "3072", "3268"}
    if noted == "condition" and "5.1" in rest.labels and code_of(explosive) != "1.4S":
        assert one in {"0081", "0082", "0084", "0241", "0331", "0332"}


def code_of(one):
    return f"{one.division}{one.compatibility_group}"


def test_goods_without_labels_are_not_known_to_be_allowed():
    assert goods("1845", "1203") == "unknown"


def test_radioactive_goods_count_whatever_their_category_is():
    seven = [[labels(each, other) for other in LABELS if other[0] != "7"] for each in ("7A", "7B", "7C")]
    assert seven[0] == seven[1] == seven[2]
    assert goods("2977", "1203") == "allowed"


def test_a_label_that_the_table_lacks_is_unknown_even_between_goods():
    assert between(Marked(("3", "99")), Marked(("8",)), TABLES).result == "unknown"
    assert between(Marked(("1", "99"), "1.1D"), Marked(("3",)), TABLES).result == "prohibited"


SIDES = st.one_of(st.sampled_from(LABELS), st.sampled_from(CODES))


@given(SIDES, SIDES, SIDES)
def test_a_further_label_never_makes_a_pair_milder(one, other, more):
    alone = RESULTS.index(labels(one, other))
    both = worst([between_labels(one, other), between_labels(more, other)])
    assert RESULTS.index(both.result) >= alone


@given(st.sampled_from(range(len(TABLES.goods))), st.sampled_from(range(len(TABLES.goods))))
def test_any_two_goods_have_an_answer_that_is_the_same_both_ways(one, other):
    uns = [TABLES.goods.rows[place][TABLES.goods.columns.index("un")] for place in (one, other)]
    first, second = (TABLES.goods.lookup(un)[0] for un in uns)
    assert between_goods(first, second) == between_goods(second, first)


def run(capsys, *arguments):
    code = main(["segregate", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "code", "result"),
    [
        (["3", "5.1"], 0, "allowed"),
        (["1.4S", "3"], 0, "allowed"),
        (["1.1D", "3"], 1, "prohibited"),
        (["--groups", "B", "D"], 1, "condition"),
        (["--groups", "S", "D"], 0, "allowed"),
        (["0143", "0072"], 0, "allowed"),
        (["0083", "1942"], 1, "prohibited"),
        (["1680", "1789"], 1, "allowed"),
        (["UN1203", "UN1202"], 0, "allowed"),
    ],
)
def test_the_command_says_whether_and_why(capsys, arguments, code, result):
    ended, found = run(capsys, *arguments)
    assert (ended, found["result"]) == (code, result)
    assert found["because"]
    assert found["rule"]


def test_the_command_never_says_by_labels_alone_that_goods_may_be_mixed(capsys):
    _, found = run(capsys, "1680", "1789")
    assert "氰化氢" in found["chemistry"]["known"][0]["zh"] and found["chemistry"]["known"][0]["source"]
    assert run(capsys, "3", "8")[1]["chemistry"] == {"compared": "no", "known": []}
    main(["segregate", "1203", "1202"])
    assert "化学相忌" in capsys.readouterr().out


def test_every_pair_of_the_short_table_names_groups_that_it_has_and_its_source():
    rows = TABLES.incompatible_groups
    groups = {row["key"] for row in rows if row["kind"] == "group"}
    pairs = [row for row in rows if row["kind"] == "pair"]
    assert all({row["key"], row["other"]} <= groups and row["source"] and row["evidence"] for row in pairs)
    assert all(un in TABLES.goods for row in rows for un in row["uns"].split(";") if un)


@pytest.mark.parametrize("arguments", [["3"], ["3", "99"], ["--groups", "B", "K"], ["3", "8", "9"], []])
def test_the_command_ends_with_two_where_it_was_not_understood(capsys, arguments):
    assert main(["segregate", *arguments]) == 2
    assert capsys.readouterr().err.strip()
