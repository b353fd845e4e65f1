"""The spreadsheet view that law officers review: every item, dated row and comparison, safe to open."""

import csv
import io
import json

import pytest

from checklists.__main__ import main
from checklists.authoring.spreadsheet import items, relevant, rules, safe, violations, write


@pytest.fixture
def joint(definitions):
    return definitions.checklists["cn-joint"]


def named(rows, key):
    return {row[key]: row for row in rows}


def test_every_item_stands_in_the_columns_of_an_xlsform(definitions, joint):
    rows = named(items(definitions, joint), "name")
    assert len([row for row in rows.values() if row["type"] == "select_one answer"]) == 90
    assert rows["TNK-07"]["label::中文"] == "紧急切断阀关闭且有效"
    assert (rows["TNK-07"]["severity"], rows["TNK-07"]["violation"]) == ("I", "CN-TNK-06")
    assert (rows["LIC-01"]["required"], rows["LIC-08"]["required"]) == ("yes", "no")


def test_sections_are_groups_that_begin_and_end(definitions, joint):
    types = [row["type"] for row in items(definitions, joint)]
    assert types.count("begin_group") == types.count("end_group") == 7
    assert (types[0], types[-1]) == ("begin_group", "end_group")


def test_a_condition_keeps_an_item_whose_fact_is_not_known():
    assert relevant({"outlet": ("bottom",)}) == "(${outlet} = '' or selected(${outlet}, 'bottom'))"
    assert " and " in relevant({"trailer": ("yes",), "loaded": ("loaded", "uncleaned")})


def test_an_item_is_verified_only_where_each_of_its_clauses_is(definitions, joint):
    rows = named(items(definitions, joint), "name")
    assert (rows["LIC-05"]["verified"], rows["LIC-12"]["verified"]) == ("yes", "no")
    assert "待核" in rows["LIC-12"]["basis"] and "待核" not in rows["LIC-05"]["basis"]


def test_each_dated_row_of_a_violation_is_a_row_with_its_days(definitions, joint):
    rows = [row for row in violations(definitions, joint) if row["code"] == "CN-TNK-01"]
    assert [(row["effective_from"], row["effective_to"]) for row in rows] == [("", "2026-03-19"), ("2026-03-20", "")]
    assert [row["verified"] for row in rows] == ["no", "yes"]
    assert "50000–200000 CNY" in rows[0]["penalty::中文"] and "(manager)" in rows[0]["penalty::中文"]


def test_a_row_of_law_says_for_which_load_it_holds(definitions, joint):
    rows = [row for row in violations(definitions, joint) if row["code"] == "CN-EQP-02"]
    assert [row["relevant"] for row in rows] == [relevant({"hazchem": (one,)}) for one in ("yes", "yes", "no")]


def test_the_violations_of_one_regime_are_not_those_of_another(definitions, joint):
    ours = {row["code"] for row in violations(definitions, joint)}
    theirs = {row["code"] for row in violations(definitions, definitions.checklists["eu-adr"])}
    assert not ours & theirs
    assert ours | theirs == {one.code for one in definitions.violations}


def test_a_comparison_shows_what_it_leads_to(definitions):
    rows = {(row["rule"], row["case"]): row for row in rules(definitions, definitions.checklists["eu-adr"])}
    assert rows["R1", "line_technical_name"]["severity"] == "III"
    assert rows["R3", "driver_expired"]["measures"] == "EU-STOP"
    assert ("R4", "no_escort") not in rows


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\tx", "\r=x"])
def test_no_cell_can_be_taken_for_a_formula(cell):
    assert safe(cell) == f"'{cell}"
    assert safe(f"a{cell}") == f"a{cell}"


def test_what_is_written_is_read_back_as_it_was(definitions, joint):
    stream = io.StringIO(newline="")
    rows = list(items(definitions, joint))
    assert write(rows, stream) == len(rows)
    stream.seek(0)
    assert list(csv.DictReader(stream)) == rows


def test_a_file_begins_with_the_mark_by_which_excel_knows_chinese(tmp_path, capsys):
    path = tmp_path / "items.csv"
    assert main(["table", "--checklist", "fast-lane", "--out", str(path)]) == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbftype,name,")
    assert "104 rows" in capsys.readouterr().out


def test_the_command_prints_csv_or_the_rows(capsys):
    assert main(["table", "--what", "rules"]) == 0
    assert capsys.readouterr().out.startswith("rule,case,label::中文")
    assert main(["table", "--what", "violations", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["code"] == "CN-LIC-01"


def test_a_checklist_nobody_knows_ends_with_two(capsys):
    assert main(["table", "--checklist", "nobody"]) == 2
    assert "cn-joint" in capsys.readouterr().err
