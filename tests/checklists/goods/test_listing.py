"""The dangerous goods list as it is published: look-ups, names, and what it does not know."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.goods.listing import GoodsTable, Tables, load_tables
from checklists.goods.names import same_name

TABLES = load_tables()
GOODS = TABLES.goods


def only(un: str, group: str | None = None):
    (goods,) = GOODS.lookup(un, group)
    return goods


def test_acid_and_spent_acid_differ_in_nothing_but_number_and_name():
    acid, spent = only("1830"), only("1832")
    for name in ("class_", "packing_group", "hazard_id", "tank_code", "labels", "tunnel_code", "transport_category"):
        assert getattr(acid, name) == getattr(spent, name)
    assert (spent.name_zh, spent.hazard_id, spent.tank_code, spent.labels) == ("硫酸废液", "80", "L4BN", ("8",))


def test_only_spent_acid_stands_for_a_waste_and_the_row_is_not_verified():
    assert TABLES.waste("1830") is None
    row = TABLES.waste("UN 1832")
    assert row is not None
    assert (row["waste_category"], row["verified"]) == ("HW34 废酸", "false")


@pytest.mark.parametrize("un", ["1017", "UN1017", "un 1017", "ＵＮ １０１７", "UN-1017"])
def test_chlorine_is_found_however_its_number_is_written(un):
    chlorine = only(un)
    assert (chlorine.hazard_id, chlorine.division, chlorine.labels) == ("265", "2.3", ("2.3", "5.1", "8"))
    assert chlorine.states == {"gas"}
    assert un in GOODS


def test_all_groups_come_back_until_one_is_named():
    assert [goods.packing_group for goods in GOODS.lookup("2811")] == ["I", "II", "III"]
    assert only("2811", "Ⅱ").hazard_id == "60"
    assert only("2811", "I").hazard_id == "66"
    assert GOODS.lookup("2811", "") == ()
    assert GOODS.lookup("2811", variant=3)[0].packing_group == "III"


@pytest.mark.parametrize("un", ["9999", "", "18300", "硫酸"])
def test_an_unknown_number_finds_nothing(un):
    assert GOODS.lookup(un) == ()
    assert un not in GOODS


@pytest.mark.parametrize(
    ("un", "labels"),
    [("0511", ("1",)), ("0513", ("1.4",)), ("3553", ("2.1",)), ("3560", ("6.1", "8")), ("3556", ("9",))],
)
def test_a_package_without_newer_editions_takes_labels_from_the_national_class(un, labels):
    plain = {name: table for name, table in TABLES.to_plain().items() if not name.startswith("goods_")}
    (goods,) = Tables.from_plain(plain).goods.lookup(un)
    assert goods.labels == labels
    assert (goods.adr_edition, goods.tank_code, goods.hazard_id) == ("", "", "")
    assert goods.conflicts == ("adr_fields_missing",)


def test_a_vehicle_shows_9_for_lithium_batteries_and_7d_for_radioactive_goods():
    assert only("3090").labels == ("9A",)
    assert only("3090").placards == ("9",)
    assert only("3324").placards == ("7D",)


def test_the_state_is_told_by_class_tank_code_or_name_and_else_unknown():
    assert only("1832").states == {"liquid"}
    assert only("2811", "I").states == {"solid", "liquid"}
    assert only("3550").states == {"solid"}
    assert only("3509").states is None


def test_a_search_ranks_the_name_itself_first():
    assert [goods.un for goods in GOODS.search("硫酸")[:2]] == ["1830", "2796"]
    assert GOODS.search("chlorine")[0].un == "1017"
    assert GOODS.search("spent SULPHURIC")[0].un == "1832"
    assert len(GOODS.search("酸", limit=3)) == 3


@pytest.mark.parametrize(("words", "un"), [("废硫酸", "1832"), ("盐酸", "1789"), ("lng", "1972"), ("废酸液硫", "1832")])
def test_everyday_names_and_another_order_of_characters_are_found(words, un):
    assert GOODS.search(words)[0].un == un


@pytest.mark.parametrize("words", ["", "   ", "，", "不存在的货物"])
def test_a_search_for_nothing_finds_nothing(words):
    assert GOODS.search(words) == ()


def test_goods_answer_to_their_short_technical_and_everyday_names():
    assert only("1830").is_named("硫酸")
    assert not only("1832").is_named("硫酸")
    assert only("1832").is_named("废硫酸")
    assert only("2811", "I").is_named("有毒固体，有机的，未另作规定的（氰乙酸）")


def test_every_entry_answers_to_its_own_names():
    for un in {row[0] for row in GOODS.rows}:
        for goods in GOODS.lookup(un):
            assert goods.is_named(goods.name_en)
            assert not goods.name_zh or goods.is_named(goods.name_zh)


def test_the_tables_survive_the_package_that_carries_them():
    plain = json.loads(json.dumps(TABLES.to_plain()))
    again = Tables.from_plain(plain)
    assert again.to_plain() == TABLES.to_plain()
    assert again.goods.lookup("1832")[0].row == only("1832").row
    assert again.goods.search("盐酸")[0].un == "1789"


def test_torn_rows_are_refused_and_an_unknown_column_is_carried_through():
    columns, row = (*GOODS.columns, "new"), (*GOODS.rows[0], "kept")
    assert GoodsTable.from_rows(columns, [row]).lookup(row[0])[0].row["new"] == "kept"
    with pytest.raises(ValueError, match="length"):
        GoodsTable.from_rows(columns, [row[:-1]])
    with pytest.raises(ValueError, match="labels"):
        GoodsTable.from_rows(["un"], [["1830"]])


def test_importing_the_list_reads_no_table():
    watch = "import sys; seen = []; sys.addaudithook(lambda e, a: e == 'open' and seen.append(str(a[0])))"
    look = "import checklists.goods.listing; assert not [p for p in seen if p.endswith('.csv')], seen"
    again = "checklists.goods.listing.load_tables().goods; assert any(p.endswith('.csv') for p in seen)"
    subprocess.run([sys.executable, "-c", f"{watch}\n{look}\n{again}"], check=True)


def test_what_a_tablet_imports_reads_neither_yaml_nor_csv():
    kernel = ("findings.assessment", "goods.listing", "inspection.entries", "definitions.publication")
    kernel += ("records.record", "goods.response", "rules.rulebook", "facts.transport", "wire")
    imports = ", ".join(f"checklists.{name}" for name in kernel)
    look = "import sys; assert not {'yaml', 'csv', 'cryptography'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", f"import {imports}\n{look}"], check=True)


@given(st.text())
def test_any_text_may_be_looked_up_searched_and_compared(text):
    GOODS.lookup(text)
    GOODS.search(text, limit=1)
    assert same_name(text, text) or not same_name(text, "硫酸")


def printed(capsys, *arguments):
    code = main(["goods", *arguments])
    return code, capsys.readouterr().out


def test_the_command_prints_what_an_entry_is(capsys):
    code, text = printed(capsys, "UN 1830")
    assert code == 0
    for part in ("UN 1830", "硫酸，含酸高于51%", "SULPHURIC ACID", "L4BN", "危险性识别号 80", "包装类别 II"):
        assert part in text
    assert "⚠" not in text


def test_the_command_warns_where_editions_differ(capsys):
    assert "⚠ 各版本不一致：罐式车辆类型 FL / AT" in printed(capsys, "1392")[1]
    assert "⚠" not in printed(capsys, "1392", "--regime", "eu")[1]


def test_the_command_says_what_changed_and_since_when(capsys):
    text = printed(capsys, "1891")[1]
    for part in ("类别项别 3", "罐式车辆类型 FL", "自2025-10-01起：类别项别 3，此前 6.1", "GB 12268-2025"):
        assert part in text
    (before,) = json.loads(printed(capsys, "1891", "--on", "2025-09-30", "--json")[1])
    (now,) = json.loads(printed(capsys, "1891", "--on", "2025-10-01", "--json")[1])
    assert [(one["class"], one["hazard_id"], one["vehicle_for_tank"]) for one in (before, now)] == [
        ("6.1", "60", "AT"),
        ("3", "336", "FL"),
    ]
    assert {"column": "hazard_id", "before": "60", "now": "336", "still_in_force": False, "since": "2025-10-01"} in (
        now["changes"]
    )
    assert printed(capsys, "1891", "--on", "yesterday")[0] == 2


def test_the_command_tells_none_from_not_known(capsys):
    assert "罐体代码 无" in printed(capsys, "0004")[1]
    assert "罐体代码 无" in printed(capsys, "0511")[1]
    assert "隧道限制代码 未知" in printed(capsys, "3097")[1]


def test_a_search_shows_so_many_and_says_how_many_are_left(capsys):
    assert len(json.loads(printed(capsys, "--search", "ls", "--json")[1])) == 20
    code, text = printed(capsys, "--search", "ls", "--limit", "1")
    assert (code, text.count("UN 1830")) == (0, 1)
    assert "另有" in text


def test_a_search_may_be_narrowed_to_a_packing_group(capsys):
    found = json.loads(printed(capsys, "--search", "盐酸", "--pg", "III", "--json")[1])
    assert found[0]["un"] == "1789"
    assert {one["packing_group"] for one in found} == {"III"}


@pytest.mark.parametrize("arguments", [(), ("--search", "ls", "--limit", "0")])
def test_a_question_without_sense_ends_with_two(capsys, arguments):
    assert printed(capsys, *arguments)[0] == 2


def test_a_package_from_before_the_initials_is_still_read():
    plain = {name: table for name, table in TABLES.to_plain().items() if name != "initials"}
    goods = Tables.from_plain(plain).goods
    assert goods.search("硫酸")[0].un == "1830"
    assert "1830" not in [one.un for one in goods.search("ls")]
    with pytest.raises(KeyError):
        Tables.from_plain({name: table for name, table in plain.items() if name != "equipment"})


@pytest.mark.parametrize(("half", "un"), [("203", "1203"), ("83", "1830"), ("０３", "1203"), ("830", "1830")])
def test_a_number_of_which_the_beginning_is_gone_is_found_behind_those_that_begin_so(half, un):
    found = [goods.un for goods in GOODS.search(half, 500)]
    assert un in found
    begun = [one.startswith(half) for one in found if half in one]
    assert begun == sorted(begun, reverse=True)
    assert un not in [goods.un for goods in GOODS.search(f"UN{half}", 500)]
