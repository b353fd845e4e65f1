"""What authors get told: all mistakes at once, with file, line and what to do."""

import shutil
from pathlib import Path

import pytest

from checklists.loading import ROOT, DefinitionError, load_all, load_checklist, validate

CHECKLIST = """\
name: tiny
version: "1"
regime: CN
title: {zh: 小表, en: Tiny}
effective_from: 2026-01-01
sections:
  - id: LIC
    title: {zh: 证件, en: Licences}
    items:
      - id: LIC-01
        text: {zh: 行驶证, en: Licence}
        look: {zh: 看, en: look}
        agency: [P]
        severity: II
        measures: [R, "T:P"]
        violations: [CN-LIC-11]
        basis:
          - {law: order-29, version: 2019 No. 29, clause: 5.10, in_force_from: 2020-01-01, source: S17}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "law", tmp_path / "law")
    (tmp_path / "definitions").mkdir()
    return tmp_path


def problems(root: Path, text: str) -> list[tuple[int, str]]:
    (root / "definitions/tiny.yaml").write_text(text, "utf-8")
    return [(one.line, one.message) for one in validate(root) if one.file == "definitions/tiny.yaml"]


def test_a_well_formed_checklist_has_no_problem(root):
    assert problems(root, CHECKLIST) == []


def test_a_clause_stays_the_text_it_was_written_as(root):
    assert problems(root, CHECKLIST) == []
    item = load_all(root).checklists["tiny"].item("LIC-01")
    assert item is not None and item.basis[0].clause == "5.10"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "message"),
    [
        ("severity: II", "severity: 2", 10, "unknown severity '2'"),
        ("agency: [P]", "agency: [Q]", 10, "unknown agency 'Q'"),
        ("agency: [P]", "agency: P", 13, "a list is expected here"),
        ("agency: [P]", "agncy: [P]", 13, "Item has no 'agncy'"),
        ("agency: [P]", "agency: [P]\n        optional: yes", 14, "bool is expected, not 'yes'"),
        ('"T:P"', '"T:Q"', 10, "unknown agency 'Q'"),
        ("[R,", "[Z,", 10, "unknown measure 'Z'"),
        ("CN-LIC-11", "CN-LIC-99", 10, "unknown violation 'CN-LIC-99'"),
        ("[CN-LIC-11]", "[]", 10, "LIC-01 leads to no violation"),
        ("zh: 行驶证, ", "", 11, "'text' has no zh"),
        ("2026-01-01\nsec", "soon\nsec", 5, "'soon' is no date (2026-11-21)"),
        ("law: order-29", "law: order-30", 18, "unknown law 'order-30'"),
        ("version: 2019 No. 29", "version: 2018", 18, "order-29 has no version '2018'"),
        ("in_force_from: 2020-01-01, ", "", 18, "in force outside the days of order-29 2019 No. 29"),
        ("clause: 5.10", 'clause: "", verified: true', 18, "verified, but clause, version or source is missing"),
        ("look: {", "applies_when: {colour: [red]}\n        look: {", 10, "unknown fact 'colour'"),
        ("look: {", "applies_when: {trailer: [maybe]}\n        look: {", 10, "unknown value of trailer 'maybe'"),
        ("name: tiny", "name: tiny\nname: tiny", 1, "'name' is given twice"),
        ("name: tiny", "name: [tiny", 2, "not YAML: "),
    ],
)
def test_a_mistake_is_told_with_its_line(root, right, wrong, line, message):
    assert right in CHECKLIST
    found = problems(root, CHECKLIST.replace(right, wrong, 1))
    assert (line, message) in [(at, text[: len(message)]) for at, text in found]


def test_all_mistakes_are_told_at_once_with_what_to_do(root):
    text = CHECKLIST.replace("severity: II", "severity: X").replace("CN-LIC-11", "CN-LIC-1").replace("[R,", "[ZZ,")
    (root / "definitions/tiny.yaml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_all(root)
    assert len(raised.value.problems) == 3
    assert any(one.hint.startswith("did you mean CN-LIC-1") for one in raised.value.problems)


def test_a_repeated_item_and_a_repeated_checklist_are_told(root):
    item = CHECKLIST[CHECKLIST.index("      - id: LIC-01") :]
    (root / "definitions/copy.yaml").write_text(CHECKLIST, "utf-8")
    found = problems(root, CHECKLIST + item)
    assert (19, "item LIC-01 is defined twice") in found
    assert (1, "checklist tiny is defined twice") in found


def violation(code: str, first: str, last: str) -> str:
    dates = "".join(f", {key}: {day}" for key, day in (("effective_from", first), ("effective_to", last)) if day)
    return f"  - {{code: {code}, title: {{zh: 甲, en: A}}, agency: [T], note: n{dates}}}\n"


@pytest.mark.parametrize(
    ("periods", "message"),
    [
        ([("", "2026-04-30"), ("2026-05-01", "")], ""),
        ([("", "2026-04-30"), ("2026-05-02", "")], "X-1: no row for 2026-05-01 to 2026-05-02"),
        ([("", "2026-04-30"), ("2026-04-30", "")], "X-1: this period overlaps the one before"),
        ([("", ""), ("2026-05-01", "")], "X-1: this period overlaps the one before"),
        ([("", "2026-04-30")], "X-1 ends on 2026-04-30 and nothing follows"),
    ],
)
def test_the_periods_of_a_violation_leave_no_gap_and_no_overlap(root, periods, message):
    text = "violations:\n" + "".join(violation("X-1", first, last) for first, last in periods)
    assert [found for _, found in problems(root, text)] == ([message] if message else [])


def test_one_file_alone_is_read_as_a_checklist(tmp_path):
    (tmp_path / "tiny.yaml").write_text(CHECKLIST, "utf-8")
    assert load_checklist(tmp_path / "tiny.yaml").name == "tiny"
    with pytest.raises(DefinitionError):
        load_checklist(ROOT / "law/acts.yaml")
