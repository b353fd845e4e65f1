"""The command line: what it prints and how it ends."""

import json

import pytest

from checklists.__main__ import main
from checklists.loading import ROOT

STORY = str(ROOT / "examples" / "waste-acid-tanker.yaml")


def run(capsys, *arguments):
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_goods_come_with_the_keys_of_the_table(capsys):
    code, (entry,) = run(capsys, "goods", "UN1832")
    assert (code, entry["hazard_id"], entry["tank_code"]) == (0, "80", "L4BN")


def test_goods_nobody_knows_end_with_one(capsys):
    assert run(capsys, "goods", "9999") == (1, [])


def test_check_gives_findings_with_rules_values_and_outcome(capsys):
    code, found = run(capsys, "check", STORY)
    assert code == 1
    assert {"R4", "R5", "R10", "R12", "R18", ""} == {one["rule"] for one in found["findings"]}
    assert found["outcome"]["outcome"] == "hold"
    assert all(one["agency"] in "TP" for one in found["findings"])


def test_check_may_judge_by_the_law_of_another_day(capsys):
    _, found = run(capsys, "check", STORY, "--on", "2026-04-30")
    assert next(one for one in found["findings"] if one["item"] == "LIC-11")["verified"] is True


def test_validate_finds_nothing_in_what_is_published(capsys):
    assert run(capsys, "validate") == (0, [])


def test_identify_says_what_is_wrong(capsys):
    code, found = run(capsys, "identify", "91110000600037341M")
    assert (code, found["kind"]) == (1, "uscc")


UNREADABLE = [
    "",
    "title: x",
    "situation: {at: never}",
    "situation: [",
    "situation: {at: 2026-11-21T09:00:00Z, vehicle: {plat: x}}",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_case_file_that_cannot_be_read_says_why_and_ends_with_two(tmp_path, capsys, text):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err.strip()
