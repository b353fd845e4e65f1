"""The command line: what it prints and how it ends."""

import json
import subprocess
import sys

import pytest

from checklists.__main__ import main
from checklists.authoring.loader import ROOT

STORY = str(ROOT / "examples" / "waste-acid-tanker.yaml")


def run(capsys, *arguments):
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_goods_come_with_the_keys_of_the_table(capsys):
    code, (entry,) = run(capsys, "goods", "UN1832")
    assert (code, entry["hazard_id"], entry["tank_code"]) == (0, "80", "L4BN")


def test_goods_nobody_knows_end_with_one(capsys):
    assert run(capsys, "goods", "9999") == (1, [])


def test_goods_given_by_name_are_searched_for(capsys):
    assert run(capsys, "goods", "次氯酸钡") == run(capsys, "goods", "--search", "次氯酸钡")
    assert run(capsys, "goods", "没有的货") == (1, [])


def test_no_law_is_named_for_conduct_before_it_was_made(capsys):
    assert main(["check", STORY, "--on", "2019-06-01"]) == 1
    told = capsys.readouterr().out
    assert "29号令" not in told and "当日有效的依据未录入" in told


def test_check_gives_findings_with_rules_values_and_outcome(capsys):
    code, found = run(capsys, "check", STORY)
    assert code == 1
    assert {"R4", "R5", "R10", "R12", "R18", ""} == {one["rule"] for one in found["findings"]}
    assert found["outcome"]["outcome"] == "hold"
    assert all(one["agency"] in "TP" for one in found["findings"])


def test_check_may_judge_by_the_law_of_another_day(capsys):
    _, found = run(capsys, "check", STORY, "--on", "2026-04-30")
    listed, _ = next(one for one in found["findings"] if one["item"] == "LIC-11")["cases"]
    assert (listed["when"], listed["penalty"][0]["basis"]["law"]) == ({"hazchem": ["yes"]}, "hazchem-regulation")


STABLE = {
    "rule",
    "case",
    "item",
    "violation",
    "agency",
    "severity",
    "measures",
    "values",
    "basis",
    "verified",
    "simple",
}


@pytest.mark.parametrize("regime", ["cn", "eu"])
def test_the_keys_that_readers_rely_on_are_always_there(capsys, regime):
    _, found = run(capsys, "check", STORY, "--regime", regime)
    assert found["findings"] and all(one.keys() >= STABLE for one in found["findings"])
    assert found.keys() >= {"findings", "outcome", "results", "alerts", "open"}


@pytest.mark.parametrize("regime", ["eu", "EU"])
def test_check_judges_the_same_situation_under_the_other_regime(capsys, regime):
    code, found = run(capsys, "check", STORY, "--regime", regime)
    assert (code, found["regime"], found["checklist"]) == (1, "EU", "eu-adr")
    assert {one["agency"] for one in found["findings"]} == {"EU"}
    assert found["outcome"]["outcome"] == "hold"
    assert "R4" not in {one["rule"] for one in found["results"]}


def test_check_may_use_another_checklist(capsys):
    _, found = run(capsys, "check", STORY, "--checklist", "fast-lane")
    assert found["checklist"] == "fast-lane"
    assert "LIC-11" in {one["item"] for one in found["findings"]}


def text(capsys, *arguments):
    main(["check", STORY, *arguments])
    return capsys.readouterr().out


def test_the_text_names_law_authority_party_and_what_is_not_verified(capsys):
    told = text(capsys)
    assert "29号令（2019 No. 29）第四十四条" in told
    assert "处理机关：公安机关交通管理部门" in told
    assert "当事人：承运人 鄂尔多斯市路安危货运输有限公司" in told
    assert "道路危货规定（2026-02-06）第五十五条第（二）项 [待核]" in told
    assert (
        "如果：列入目录的危险化学品：是" in told
        and "危化安全法（2025-12-27）第一百一十二条第（二）项 50000–100000元" in told
    )
    assert "建议处理结果：引导至安全地点停放，暂停行驶" in told


def test_a_release_that_still_waits_for_answers_says_so(capsys):
    main(["check", str(ROOT / "examples/unknown-everything.yaml"), "--regime", "eu"])
    assert "建议处理结果：放行（19项尚未答复）" in capsys.readouterr().out


def test_the_text_gives_each_value_with_its_name_and_source(capsys):
    assert "现场所见 · 矩形标志牌 · 前部：80/1832（执法人员所见）" in text(capsys)


def test_the_text_says_what_evidence_and_answers_are_missing(capsys):
    told = text(capsys)
    assert "尚缺证据：" in told and "尚未答复：LIC-01" in told


def test_the_text_may_be_english(capsys):
    told = text(capsys, "--lang", "en")
    assert "Handled by: Traffic police" in told
    assert "art. 44" in told and "[to be verified]" in told
    assert not set("：；（）") & set(told)


@pytest.mark.parametrize(
    "arguments",
    [["--on", "tomorrow"], ["--on", "2026-02-30"], ["--checklist", "nobody"]],
)
def test_what_cannot_be_understood_ends_with_two_and_says_why(capsys, arguments):
    assert main(["check", STORY, *arguments]) == 2
    assert arguments[1] in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--regime", "us"], ["--lang", "fr"], ["--regime", "eu", "--checklist", "x"]])
def test_an_option_nobody_knows_ends_with_two(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(["check", STORY, *arguments])
    assert ended.value.code == 2


def test_validate_finds_nothing_in_what_is_published(capsys):
    assert run(capsys, "validate") == (0, [])


def test_validate_lists_file_line_message_and_hint_and_ends_with_one(tmp_path, capsys):
    (tmp_path / "law").mkdir()
    (tmp_path / "law/acts.yaml").write_text("acts:\n  - {violations: [CN-X]}\n", "utf-8")
    code, (problem,) = run(capsys, "validate", "--root", str(tmp_path))
    assert (code, problem["file"], problem["line"]) == (1, "law/acts.yaml", 2)
    assert problem["message"] == "unknown violation 'CN-X'" and "hint" in problem


def test_validate_refuses_a_folder_that_holds_no_definitions(tmp_path, capsys):
    assert main(["validate", "--root", str(tmp_path)]) == 2
    assert "law/" in capsys.readouterr().err


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


def test_whoever_reads_may_stop_reading():
    done = subprocess.run(
        f"{sys.executable} -m checklists table | head -1", shell=True, executable="/bin/bash", capture_output=True
    )
    assert done.stdout.startswith(b"type,name") and done.stderr == b""
