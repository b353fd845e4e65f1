"""Rows that name each other, rows that nothing reaches, and what an unverified row owes its reader."""

import shutil
from pathlib import Path

import pytest

from checklists.authoring.inventory import cases_by_rule
from checklists.authoring.loader import ROOT, load_all, validate
from checklists.authoring.text_tree import Problem

CASE = "{rule: R4, case: no_escort, item: LIC-11, violation: CN-OPR-01, text: {zh: 无, en: none}}"


LISTS = """\
name: {name}
version: "1"
regime: {regime}
title: {{zh: 甲, en: A}}
effective_from: 2026-01-01
sections:
  - id: ONE
    title: {{zh: 甲, en: A}}
    items:
      - id: {item}
        text: {{zh: 甲, en: A}}
        look: {{zh: 甲, en: A}}
        agency: [{agency}]
        severity: II
        measures: []
        violations: [CN-OPR-01]
        basis: [{{law: penalty-law, version: ""}}]
"""
LAWS = ("agencies", "measures", "laws", "general", "evidence", "eu-directive")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two regimes with one item each, and the law but for its long catalogue."""
    for folder in ("law", "definitions"):
        (tmp_path / folder).mkdir()
    for name in LAWS:
        shutil.copy(ROOT / f"law/{name}.yaml", tmp_path / f"law/{name}.yaml")
    for name, regime, item, agency in (("cn", "CN", "LIC-11", "T"), ("eu", "EU", "EU-13", "EU")):
        text = LISTS.format(name=name, regime=regime, item=item, agency=agency)
        (tmp_path / f"definitions/{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "law/catalogue.yaml").write_text(row(code="CN-OPR-01", subject="carrier"), "utf-8")
    return tmp_path


def row(**fields: str) -> str:
    held = {"code": "CN-Q-01", "title": "{zh: 甲, en: A}", "agency": "[T]", "note": "why"} | fields
    return "violations:\n  - {{{}}}\n".format(", ".join(f"{key}: {one}" for key, one in held.items() if one))


def problems(root: Path, text: str) -> list[str]:
    (root / "law/more.yaml").write_text(text, "utf-8")
    return [one.message for one in validate(root) if one.file == "law/more.yaml"]


def test_a_row_that_a_rule_can_say_has_no_problem(root):
    assert problems(root, f"rules:\n  - {CASE}\n") == []


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("R4", "R94", "no rule is called 'R94'"),
        ("no_escort", "no_escorts", "R4 never says 'no_escorts'"),
        ("LIC-11", "LIC-99", "unknown item of CN 'LIC-99'"),
        ("LIC-11", "EU-13", "unknown item of CN 'EU-13'"),
        ("CN-OPR-01", "CN-OPR-99", "unknown violation 'CN-OPR-99'"),
        ("rule: R4", "regime: US, rule: R4", "unknown regime 'US'"),
        ("rule: R4", "also: [LIC-99], rule: R4", "unknown item of CN 'LIC-99'"),
        ("rule: R4", "severity: IV, rule: R4", "unknown severity 'IV'"),
        ("rule: R4", "measures: [EU-STOP], rule: R4", "unknown measure of CN 'EU-STOP'"),
        ("item: LIC-11, ", "", "R4 no_escort names a violation without an item"),
        ("zh: 无, ", "", "'text' has no zh"),
        ("en: none", "en: ''", "'text' has no en"),
    ],
)
def test_a_row_of_a_comparison_is_held_against_everything_it_names(root, right, wrong, message):
    assert message in problems(root, f"rules:\n  - {CASE.replace(right, wrong, 1)}\n")


def test_a_row_given_twice_is_told(root):
    assert problems(root, f"rules:\n  - {CASE}\n  - {CASE}\n") == ["rule CN R4 no_escort is defined twice"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("acts: [{violations: [CN-OPR-01, CN-LOD-99]}]", "unknown violation 'CN-LOD-99'"),
        ("agencies: {Q: {zh: 甲, en: A, short_zh: 甲}}", "an agency has no short_en"),
        ("measures: [{code: Q, text: {zh: 甲, en: A}, outcome: fly}]", "unknown outcome 'fly'"),
        ("measures: [{code: R, text: {zh: 甲, en: A}}]", "measure R is defined twice"),
        ("evidence: [{code: q, text: {zh: 甲, en: A}, by: smell}]", "unknown way to get evidence 'smell'"),
        ("evidence: [{code: q, text: {zh: 甲, en: A}, by: fact}]", "q: paths and by do not fit"),
        ("terms: [{id: q, text: {zh: 甲, en: A}, amount: 7, unit: weeks}]", "unknown unit 'weeks'"),
        ("terms: [{id: q, text: {zh: 甲, en: A}, amount: 7}]", "q has an amount without a unit or the reverse"),
        ("terms: [{id: q, text: {zh: 甲, en: A}, amount: 0, unit: days}]", "q lasts less than one of its unit"),
        ("terms: [{id: q, text: {zh: 甲, en: A}, extends: nothing}]", "unknown term 'nothing'"),
        ("terms: [{id: q, text: {zh: 甲, en: A}, track: Q}]", "unknown track 'Q'"),
        ("terms: [{id: q, text: {zh: 甲, en: A}, basis: [{law: no-law, version: ''}]}]", "unknown law 'no-law'"),
        ("general: [{use: q, law: penalty-law, version: '', agency: [Q]}]", "unknown agency 'Q'"),
        ("general: [{use: q, law: penalty-law, version: '', instead_of: nothing}]", "unknown use 'nothing'"),
        ("nothing: []", "_Parts has no 'nothing'"),
    ],
)
def test_the_other_lists_are_held_against_each_other_too(root, text, message):
    assert message in problems(root, text)


LAW = "laws: [{id: q-law, title: {zh: 甲, en: A}, versions: [%s]}]"


@pytest.mark.parametrize(
    ("versions", "message"),
    [
        ("{version: a, verified: true, in_force_from: 2020-01-02, in_force_to: 2020-01-01}", "q-law a begins on"),
        ("{version: a}", "q-law a is not verified and no note says why"),
        (
            "{version: a, note: n, in_force_from: 2020-01-01, in_force_to: 2021-01-01},"
            "{version: b, note: n, in_force_from: 2021-01-01}",
            "q-law: b overlaps a",
        ),
    ],
)
def test_the_versions_of_a_law_follow_each_other(root, versions, message):
    assert any(one.startswith(message) for one in problems(root, LAW % versions))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"note": ""}, "CN-Q-01 is not verified and no note says why"),
        ({"note": ""}, "no item and no rule leads to CN-Q-01"),
        ({"evidence": "[smell]"}, "unknown evidence 'smell'"),
        ({"measures": "[ZZ]"}, "unknown measure 'ZZ'"),
        ({"powers": "[ZZ]"}, "unknown measure 'ZZ'"),
        ({"severity": "IV"}, "unknown severity 'IV'"),
        ({"subject": "nobody"}, "unknown subject 'nobody'"),
        ({"simple": "often"}, "unknown value of simple 'often'"),
        ({"agency": "[]"}, "CN-Q-01 has no competent agency"),
        ({"verified": "true"}, "CN-Q-01 is verified but its penalty is not"),
        ({"superseded_by": "CN-Q-02"}, "CN-Q-01 is superseded by 'CN-Q-02', which is not there"),
        ({"penalty": "[{min_cny: 5, max_cny: 1}]"}, "CN-Q-01: the least amount is above the greatest"),
        ({"penalty": "[{}]"}, "CN-Q-01: a penalty without amount or text"),
    ],
)
def test_a_violation_says_who_what_and_how_sure(root, fields, message):
    assert message in problems(root, row(**fields))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"applies_when": "{hazchm: ['yes']}"}, "unknown fact on which law may depend 'hazchm'"),
        ({"applies_when": "{labels: ['8']}"}, "unknown fact on which law may depend 'labels'"),
        ({"applies_when": "{hazchem: [maybe]}"}, "unknown value of hazchem 'maybe'"),
        ({"applies_when": "{hazchem: ['yes']}"}, "CN-Q-01, hazchem no: no row"),
        (
            {"duty": "[{law: hazchem-law, version: '2025-12-27', clause: '65', in_force_from: 2026-05-01}]"},
            "CN-Q-01 cites a law that only covers hazchem yes",
        ),
        ({"penalty": "[{kind: fine, text: {zh: 罚, en: fine}}]"}, "unknown kind of penalty 'fine'"),
        ({"penalty": "[{subject: boss, text: {zh: 罚, en: fine}}]"}, "unknown subject 'boss'"),
        (
            {"duty": "[{law: order-29, version: 2019 No. 29, clause: '1', in_force_from: 2020-01-01, confidence: F9}]"},
            "unknown confidence 'F9'",
        ),
        (
            {
                "duty": "[{law: order-29, version: 2019 No. 29, clause: '1', in_force_from: 2020-01-01, "
                "verified: true, source: S1, confidence: X}]"
            },
            "verified, but rated X: not read in full",
        ),
    ],
)
def test_a_row_of_law_says_for_which_load_and_how_it_was_read(root, fields, message):
    assert message in problems(root, row(**fields))


def test_each_load_has_its_own_row_on_every_day(root):
    def of(load: str, first: str = "", last: str = "") -> str:
        days = {"effective_from": first, "effective_to": last, "superseded_by": "CN-Q-01" if last else ""}
        return row(applies_when=f"{{hazchem: ['{load}']}}", **days).removeprefix("violations:\n")

    whole = "violations:\n" + of("yes", "", "2026-04-30") + of("yes", "2026-05-01") + of("no")
    assert not [one for one in problems(root, whole) if "row" in one or "period" in one]
    gap = "violations:\n" + of("yes", "", "2026-04-29") + of("yes", "2026-05-01") + of("no")
    assert "CN-Q-01, hazchem yes: no row for 2026-04-30 to 2026-05-01" in problems(root, gap)
    twice = "violations:\n" + of("yes") + of("no") + of("no", "2026-05-01")
    assert "CN-Q-01, hazchem no: this period overlaps the one before" in problems(root, twice)


def test_one_code_is_one_conduct(root):
    other = row(applies_when="{hazchem: ['no']}", title="{zh: 乙, en: B}").removeprefix("violations:\n")
    text = row(applies_when="{hazchem: ['yes']}") + other
    assert "CN-Q-01 has another title than its first row" in problems(root, text)


def test_a_row_that_nothing_reaches_is_a_gap_but_may_be_used(root):
    (root / "law/more.yaml").write_text(row(note="", duty="[{law: penalty-law, version: ''}]"), "utf-8")
    assert len([one for one in validate(root) if one.file == "law/more.yaml"]) == 2
    assert any(one.code == "CN-Q-01" for one in load_all(root).violations)


def test_a_problem_names_file_line_message_and_what_to_do(root):
    (root / "law/more.yaml").write_text(f"rules:\n  - {CASE.replace('no_escort', 'no_escrot')}\n", "utf-8")
    (found,) = [one for one in validate(root) if one.file == "law/more.yaml"]
    told = Problem(
        "law/more.yaml", 2, "R4 never says 'no_escrot'", "correct the case, or remove the row: it is never used"
    )
    assert found == told


def test_every_rule_is_in_the_inventory():
    assert set(cases_by_rule()) == {f"R{number}" for number in range(1, 23)}


@pytest.mark.parametrize(
    ("rule", "case", "said"),
    [
        ("R5", "trailer_permit_expired", True),
        ("R5", "trailer_permit_expird", False),
        ("R5", "house_permit_expired", False),
        ("R3", "escort_category", True),
        ("R3", "cook_category", False),
        ("R12", "drain_seal", True),
        ("R12", "drain_seel", False),
    ],
)
def test_the_inventory_reads_cases_from_the_rules_themselves(rule, case, said):
    assert cases_by_rule()[rule].has(case) is said
