"""A checklist as an XLSForm: ODK itself accepts it, it comes back equal, and what it cannot carry is said."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyxform import xls2xform
from pyxform.validators import odk_validate

from checklists.__main__ import main
from checklists.authoring.revision import as_text
from checklists.authoring.xlsform import EN, SURVEY, ZH, FormError, _tidy, changes, condition, sheets
from checklists.authoring.xlsform_file import pack, unpack
from checklists.definitions.definition import Checklist
from tests.loaded import load_all

NAMES = ("cn-joint", "eu-adr", "eu-adr-2025")


@pytest.fixture(scope="module")
def joint() -> Checklist:
    return load_all().checklists["cn-joint"]


def with_cell(given: dict[str, Any], name: str, column: str, cell: str) -> dict[str, Any]:
    """The sheets with another cell in the row of that name; a new column where there is none."""
    head, *rows = [list(row) for row in given["survey"]]
    if column not in head:
        head, rows = [*head, column], [[*row, ""] for row in rows]
    for row in rows:
        if row[head.index("name")] == name and not row[0].endswith("_group"):
            row[head.index(column)] = cell
    return {**given, "survey": [head, *rows]}


def with_row(given: dict[str, Any], section: str, **cells: str) -> dict[str, Any]:
    """The sheets with one more question at the end of a section."""
    rows = [list(row) for row in given["survey"]]
    place = next(at for at, row in enumerate(rows) if row[:2] == ["end_group", section])
    return {**given, "survey": [*rows[:place], [cells.get(name, "") for name in SURVEY], *rows[place:]]}


def codes(given: dict[str, Any], checklist: Checklist) -> set[tuple[str, str]]:
    return {(one.code, one.name) for one in changes(given, checklist)[1]}


@pytest.mark.parametrize("name", NAMES)
def test_pyxform_takes_it_without_a_warning(name: str) -> None:
    made = xls2xform.convert(pack(sheets(load_all().checklists[name])), file_type=".xlsx")
    assert "<h:html" in made.xform and not made.warnings


JAVA = pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate, in the wheel of pyxform, wants a Java")


def judged(given: dict[str, Any], path: Path) -> Any:
    """What ODK's own validator says of a form: nothing, or that it is wrong."""
    path.write_text(xls2xform.convert(pack(given), file_type=".xlsx").xform)
    return odk_validate.check_xform(str(path))


@JAVA
def test_odk_validate_finds_nothing(tmp_path: Path) -> None:
    assert judged(sheets(load_all().checklists["cn-joint"]), tmp_path / "form.xml") == []


@JAVA
def test_odk_validate_would_find_something(tmp_path: Path) -> None:
    """A group without a question, as the facts of a list without conditions would be."""
    rows = [list(SURVEY), ["begin_group", "facts"], ["end_group", "facts"], ["text", "a", "甲", "a"]]
    with pytest.raises(odk_validate.ODKValidateError):
        judged({"survey": rows}, tmp_path / "form.xml")


@pytest.mark.parametrize("name", NAMES)
def test_out_and_in_again_nothing_differs_and_nothing_is_lost(name: str) -> None:
    checklist = load_all().checklists[name]
    assert changes(unpack(pack(sheets(checklist))), checklist) == ((), ())


def test_all_that_it_carries_comes_back_also_where_nothing_of_it_is_here(joint: Checklist) -> None:
    def bare(item: Any) -> Any:
        kept = {
            "id": item.id,
            "basis": item.basis,
            "text": {},
            "look": {},
            "agency": (),
            "severity": "",
            "measures": (),
        }
        return replace(type(item)(**kept), optional=item.optional and item.input != "status")

    empty = replace(joint, sections=tuple(replace(one, items=tuple(map(bare, one.items))) for one in joint.sections))
    made, losses = changes(unpack(pack(sheets(joint))), empty)
    assert losses == ()
    assert {one.key: one.value for one in made} == {one.id: _tidy(as_text(one)) for one in joint.items()}


def test_a_changed_text_a_condition_and_a_new_item_are_changes(joint: Checklist) -> None:
    given = with_cell(sheets(joint), "TNK-05", f"label::{ZH}", "罐体完好")
    given = with_cell(given, "TNK-05", "relevant", "(${containment} = '' or selected(${containment}, 'bulk'))")
    section = joint.sections[0].id
    new = {"type": "select_one answer", "name": "TNK-90", f"label::{ZH}": "新项", f"label::{EN}": "New"}
    made, losses = changes(with_row(given, section, **new, severity="II", agency="T"), joint)
    first, second = sorted(made, key=lambda one: one.key)
    assert (first.key, first.value["text"]["zh"], first.value["applies_when"]) == (
        "TNK-05",
        "罐体完好",
        {"containment": ["bulk"]},
    )
    assert first.value["basis"] == as_text(joint.item("TNK-05"))["basis"]
    assert (second.key, second.checklist, second.section, second.value["severity"]) == (
        "TNK-90",
        "cn-joint",
        section,
        "II",
    )
    assert [(one.code, one.name) for one in losses] == [("basis", "TNK-90")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("calculation", "1 + 1", "column"),
        ("relevant", "${loaded} = 'yes' and count(${x}) > 2", "relevant"),
        ("constraint", ". < 5", "constraint"),
        ("type", "geopoint", "type"),
        (f"label::{ZH}", "长" * 5000, "long"),
    ],
)
def test_what_it_cannot_carry_is_said(joint: Checklist, column: str, cell: str, code: str) -> None:
    given = with_cell(sheets(joint), "TNK-05", column, cell)
    assert (code, "TNK-05") in codes(given, joint)
    held = [one for one in changes(given, joint)[0] if one.key == "TNK-05"]
    assert not held or held[0].value["applies_when"] == as_text(joint.item("TNK-05"))["applies_when"]


def test_leaving_out_moving_and_doubling_rows_is_said_and_changes_nothing(joint: Checklist) -> None:
    rows = sheets(joint)["survey"]
    place = next(at for at, row in enumerate(rows) if row[1] == "TNK-05")
    without = {"survey": [row for row in rows if row[1] != "TNK-05"]}
    assert changes(without, joint)[0] == () and codes(without, joint) == {("missing", "TNK-05")}
    swapped = {"survey": [*rows[:place], rows[place + 1], rows[place], *rows[place + 2 :]]}
    assert changes(swapped, joint)[0] == () and {code for code, _name in codes(swapped, joint)} == {"moved"}
    doubled = {"survey": [*rows[:place], rows[place], *rows[place:]]}
    assert codes(doubled, joint) == {("repeated", "TNK-05")}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "no sheet called survey"),
        ({"survey": [["a", "b"], ["c", "d"]]}, "no sheet called survey"),
        ({"survey": [["type", "name"], ["text", "x"]], "settings": [["form_id"], ["other"]]}, "the form is of other"),
    ],
)
def test_another_form_is_refused(joint: Checklist, given: dict[str, Any], words: str) -> None:
    with pytest.raises(FormError, match=words):
        changes(given, joint)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"type,name\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(FormError):
        unpack(content)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("(${a} = '' or selected(${a}, 'x') or selected(${a}, 'y'))", {"a": ["x", "y"]}),
        ("(${a} = '' or selected(${a}, 'x')) and (${b} = '' or selected(${b}, 'y'))", {"a": ["x"], "b": ["y"]}),
        ("(${a} = '' or selected(${b}, 'x'))", None),
        ("(${a} = '' or selected(${a}, 'x')) or (${b} = '' or selected(${b}, 'y'))", None),
        ("selected(${a}, 'x')", None),
    ],
)
def test_a_condition_is_read_only_where_it_is_one_of_ours(text: str, found: Any) -> None:
    assert condition(text) == found


def test_the_command_writes_a_form_and_says_what_one_changes(
    joint: Checklist, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.xlsx"
    assert main(["xlsform", "--out", str(path)]) == 0 and main(["xlsform", str(path)]) == 0
    assert "nothing differs" in capsys.readouterr().out
    path.write_bytes(pack(with_cell(sheets(joint), "TNK-05", "severity", "IV")))
    assert main(["xlsform", str(path)]) == 1
    told = capsys.readouterr().out
    assert "TNK-05 severity: II → IV" in told and "mistake: TNK-05 severity: unknown severity 'IV'" in told
    assert main(["xlsform"]) == 2
