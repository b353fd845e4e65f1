"""What authors get told: all mistakes at once, with file, line and what to do."""

import shutil
from pathlib import Path

import pytest

from checklists.authoring.loader import ROOT, DefinitionError, load_all, load_law, validate

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

SHORT = """\
name: quick
version: "1"
title: {zh: 快检, en: Quick}
effective_from: 2026-01-01
based_on: tiny
only:
  - LIC-01
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "law", tmp_path / "law")
    (tmp_path / "definitions").mkdir()
    return tmp_path


def problems(root: Path, text: str, name: str = "tiny") -> list[tuple[int, str]]:
    (root / f"definitions/{name}.yaml").write_text(text, "utf-8")
    return [(one.line, one.message) for one in validate(root) if one.file == f"definitions/{name}.yaml"]


def test_a_well_formed_checklist_has_no_problem(root):
    assert problems(root, CHECKLIST) == []


def test_a_clause_stays_the_text_it_was_written_as(root):
    assert problems(root, CHECKLIST) == []
    item = load_all(root).checklists["tiny"].item("LIC-01")
    assert item is not None and item.basis[0].clause == "5.10"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "message"),
    [
        ("severity: II", "severity: 2", 14, "unknown severity '2'"),
        ("agency: [P]", "agency: [Q]", 13, "unknown agency 'Q'"),
        ("agency: [P]", "agency: P", 13, "a list is expected here"),
        ("agency: [P]", "agncy: [P]", 13, "Item has no 'agncy'"),
        ("agency: [P]", "agency: [P]\n        optional: yes", 14, "bool is expected, not 'yes'"),
        ("agency: [P]", "agency: [P]\n        photo: twice", 14, "unknown photo rule 'twice'"),
        ("agency: [P]", "agency: [P]\n        severity_when: {wet: I}", 14, "unknown fact 'wet'"),
        ("agency: [P]", "agency: [P]\n        severity_when: {leaking: IV}", 14, "unknown severity 'IV'"),
        ("agency: [P]", "agency: [P]\n        input: colour", 14, "unknown input 'colour'"),
        ("agency: [P]", "agency: [P]\n        input: choice", 10, "LIC-01: choices and input do not fit"),
        ("agency: [P]", "agency: [P]\n        input: text", 10, "LIC-01 is only written down and cannot fail"),
        ("agency: [P]", "agency: []", 10, "LIC-01 has no agency"),
        ("agency: [P]", "agency: [P]\n        duty_holder: nobody", 14, "unknown duty holder 'nobody'"),
        ('"T:P"', '"T:Q"', 15, "unknown agency 'Q'"),
        ("[R,", "[Z,", 15, "unknown measure of CN 'Z'"),
        ("[R,", "[EU-STOP,", 15, "unknown measure of CN 'EU-STOP'"),
        ("CN-LIC-11", "CN-LIC-99", 16, "unknown violation 'CN-LIC-99'"),
        ("[CN-LIC-11]", "[]", 10, "LIC-01 leads to no violation"),
        ("zh: 行驶证, ", "", 11, "'text' has no zh"),
        ("2026-01-01\nsec", "soon\nsec", 5, "'soon' is no date (2026-11-21)"),
        ("2026-01-01\nsec", "2026-01-01\nstatus: perhaps\nsec", 6, "unknown status 'perhaps'"),
        ("law: order-29", "law: order-30", 18, "unknown law 'order-30'"),
        ("version: 2019 No. 29", "version: 2018", 18, "order-29 has no version '2018'"),
        ("in_force_from: 2020-01-01, ", "", 18, "in force outside the days of order-29 2019 No. 29"),
        (
            "in_force_from: 2020-01-01, ",
            "in_force_from: 2020-01-02, in_force_to: 2020-01-01, ",
            18,
            "order-29 5.10 begins",
        ),
        ("clause: 5.10", 'clause: "", verified: true', 18, "verified, but clause, version or source is missing"),
        ("look: {", "applies_when: {colour: [red]}\n        look: {", 12, "unknown fact 'colour'"),
        ("look: {", "applies_when: {trailer: [maybe]}\n        look: {", 12, "unknown value of trailer 'maybe'"),
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
    assert all(one.hint for one in raised.value.problems)
    assert any(one.hint.startswith("did you mean CN-LIC-1") for one in raised.value.problems)


def test_a_repeated_item_and_a_repeated_checklist_are_told(root):
    item = CHECKLIST[CHECKLIST.index("      - id: LIC-01") :]
    (root / "definitions/copy.yaml").write_text(CHECKLIST, "utf-8")
    found = problems(root, CHECKLIST + item)
    assert (19, "item LIC-01 is defined twice") in found
    assert (1, "checklist tiny is defined twice") in found


def test_an_item_id_is_not_used_again_in_another_file(root):
    (root / "definitions/copy.yaml").write_text(CHECKLIST.replace("name: tiny", "name: copy"), "utf-8")
    assert problems(root, CHECKLIST) == [(10, "item LIC-01 is defined twice")]


def test_a_short_checklist_picks_items_of_another_and_keeps_its_own_name(root):
    assert problems(root, CHECKLIST) + problems(root, SHORT, "quick") == []
    quick = load_all(root).checklists["quick"]
    assert (quick.title["en"], quick.regime, quick.based_on) == ("Quick", "CN", "tiny@1")
    assert [item.id for item in quick.items()] == ["LIC-01"]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "message"),
    [
        ("based_on: tiny", "based_on: tinny", 5, "unknown checklist 'tinny'"),
        ("  - LIC-01", "  - LIC-01\n  - LIC-02", 8, "tiny has no item 'LIC-02'"),
        ("  - LIC-01", "  - LIC-01\n  - LIC-01", 8, "item LIC-01 is picked twice"),
        ("only:\n  - LIC-01", "only: []", 6, "quick picks no item"),
        ("version:", "verzion:", 2, "Template has no 'verzion'"),
    ],
)
def test_a_short_checklist_tells_its_mistakes_with_their_lines(root, right, wrong, line, message):
    assert problems(root, CHECKLIST) == []
    assert (line, message) in problems(root, SHORT.replace(right, wrong, 1), "quick")


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
        ([("2026-05-01", "2026-04-30"), ("2026-05-01", "")], "X-1 begins on 2026-05-01, after it ends on 2026-04-30"),
    ],
)
def test_the_periods_of_a_violation_leave_no_gap_and_no_overlap(root, periods, message):
    text = "violations:\n" + "".join(violation("X-1", first, last) for first, last in periods)
    assert [found for _, found in problems(root, text)] == ([message] if message else [])


def test_law_alone_is_read_without_any_checklist():
    assert load_law().checklists == {} and load_law().laws
