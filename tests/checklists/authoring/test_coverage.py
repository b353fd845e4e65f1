"""Every item, violation and rule case has an example, or a reason why it needs none."""

import json

import pytest

from checklists.__main__ import main
from checklists.authoring.coverage import covered, read_exceptions, shown_by


@pytest.fixture(scope="module")
def found(definitions, tables):
    shown = shown_by(definitions, tables, "cn-joint")
    return covered(definitions, definitions.checklists["cn-joint"], shown, read_exceptions())


def test_nothing_is_missing_without_a_reason_and_no_reason_is_idle(found):
    assert (found.missing, found.needless) == ((), ())


def test_all_ninety_items_fail_in_one_example_and_pass_in_another(found):
    assert len(found.items) == 90
    assert [name for name, ways in found.items.items() if not (ways["fail"] and ways["pass"])] == []


def test_a_violation_is_only_excepted_where_no_item_and_no_comparison_leads_to_it(found, definitions):
    named = {code for item in definitions.checklists["cn-joint"].items() for code in item.violations}
    named |= {row.violation for row in definitions.rules.values()}
    excepted = {name.partition(" ")[2] for name in found.excepted if name.startswith("violation ")}
    assert excepted & named == set()
    assert all(why["zh"] and why["en"] for why in found.excepted.values())


def test_without_examples_everything_is_missing_but_what_is_excepted(definitions):
    bare = covered(definitions, definitions.checklists["cn-joint"], (), {"item EDU-04 fail": {"zh": "x", "en": "x"}})
    assert "item EDU-04 fail" in bare.excepted
    assert {"item EDU-04 pass", "violation CN-OPR-01", "rule CN R4 no_escort"} <= set(bare.missing)


def test_an_exception_for_what_is_shown_or_does_not_exist_is_needless(definitions, tables):
    why = {"zh": "x", "en": "x"}
    wrong = {"violation CN-OPR-01": why, "violation CN-NO-01": why, "item LIC-11 fail": why, "rule EU R1 x": why}
    shown = shown_by(definitions, tables, "cn-joint")
    found = covered(definitions, definitions.checklists["cn-joint"], shown, wrong)
    assert set(found.needless) == set(wrong) - {"rule EU R1 x"}


def test_the_command_says_it_all(capsys):
    assert main(["coverage", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"items", "violations", "rules", "missing", "excepted"} <= set(found)
    assert len(found["violations"]) == 69
    assert found["missing"] == []


def test_a_folder_without_examples_ends_with_one(capsys, tmp_path):
    assert main(["coverage", "--examples", str(tmp_path)]) == 1
    assert "missing: item LIC-01 fail" in capsys.readouterr().out


def test_the_law_of_a_day_is_counted_and_every_gap_has_its_reason(capsys):
    assert main(["coverage", "--on", "2026-11-28", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["on"], told["violations"], told["violations_with_basis"]) == ("2026-11-28", 69, 55)
    assert len(told["with_basis"]) + len(told["without_basis"]) == 69
    assert all(told["without_basis"].values())
    assert {"CN-PLA-01", "CN-VEH-03", "CN-LOD-08"} <= set(told["partly"])


def test_the_law_of_a_day_reads_line_by_line(capsys):
    assert main(["coverage", "--on", "2026-11-28"]) == 0
    told = capsys.readouterr().out
    assert "violations_with_basis on 2026-11-28: 55 of 69" in told
    assert "without basis: CN-LOD-11:" in told and "第一百一十一条第（一）项" in told


def test_a_day_that_is_none_is_refused(capsys):
    assert main(["coverage", "--on", "28.11."]) == 2
    assert "--on 28.11." in capsys.readouterr().err
