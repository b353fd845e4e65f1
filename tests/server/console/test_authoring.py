"""The pure parts of drafts' pages: forms as values, mistakes at their fields and in words, differences."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from checklists import words
from checklists.authoring import completeness, consistency, periods, text_tree
from checklists.authoring.revision import Fault, as_text
from server.console.authoring import fields, telling
from server.console.authoring.compared import compared
from server.console.posted import Posted
from tests.loaded import load_all

NOT_OF_DRAFTS = re.compile(r"_check_(rule|term|evidence|general|form|measure|case)$|^check$|^known$")
"""Checks of what no draft changes."""


def posted(**told: str) -> Posted:
    return Posted({name: (value,) for name, value in told.items()})


def form(value: Any, kind: str) -> dict[str, str]:
    """Every field of a form as its page gives it."""
    told = {one.path: str(fields.value_at(value, one.path) or one.default) for one in fields.FORMS[kind]}
    for name in fields.LISTS[kind]:
        for index, row in enumerate(value.get(name) or []):
            lead = f"{name}.{index}."
            if name == "penalty":
                told |= {f"{lead}{one.path}": str(fields.value_at(row, one.path) or one.default) for one in fields.FINE}
                lead += "basis."
            cited = (row.get("basis") or {}) if name == "penalty" else row
            told |= {f"{lead}{one.path}": str(fields.value_at(cited, one.path)) for one in fields.CITED}
    for name in ("applies_when", "severity_when") if kind == "item" else ():
        for index, (fact, held) in enumerate((value.get(name) or {}).items()):
            told |= {
                f"{name}.{index}.fact": fact,
                f"{name}.{index}.values": held if isinstance(held, str) else ", ".join(held),
            }
    return told


def test_a_form_sent_untouched_changes_nothing() -> None:
    held = load_all()
    rows = [("violation", one.code, as_text(one)) for one in held.violations]
    items = [("item", one.id, as_text(one)) for one in held.checklists["cn-joint"].items()]
    for kind, key, value in (*items, *rows):
        read, readings = fields.read(kind, key, value, posted(**form(value, kind)))
        assert (read, readings) == (value, ())


def test_what_is_typed_becomes_the_value_and_a_reading_is_told() -> None:
    value = as_text(load_all().checklists["cn-joint"].item("TNK-05"))
    told = form(value, "item") | {
        "text.zh": " 罐体完好 ",
        "measures": "N，H;T:M",
        "optional": "true",
        "basis.0.remove": "1",
        "basis.9.law": "hazchem-law",
        "basis.9.version": "2025-12-27",
        "basis.9.clause": "67¶1–2",
        "basis.9.verified": "true",
        "basis.9.read_by": "周文",
        "basis.9.read_on": "2026-11-29",
        "basis.9.read_source": "flk.npc.gov.cn",
    }
    read, readings = fields.read("item", "TNK-05", value, posted(**told))
    assert (read["text"]["zh"], read["measures"], read["optional"]) == ("罐体完好", ["N", "H", "T:M"], "true")
    assert [one["law"] for one in read["basis"]] == [one["law"] for one in value["basis"][1:]] + ["hazchem-law"]
    (reading,) = readings
    assert (reading.law, reading.clause, reading.by, reading.on) == ("hazchem-law", "67¶1–2", "周文", "2026-11-29")


def test_a_penalty_row_with_nothing_typed_is_none() -> None:
    read, _readings = fields.read("violation", "X", {"code": "X"}, posted(**{"penalty.0.kind": "penalty"}))
    assert read == {"code": "X", "title": {}}


def test_each_mistake_stands_at_its_field_or_above_the_form() -> None:
    value = as_text(load_all().checklists["cn-joint"].item("TNK-05"))
    faults = [Fault("TNK-05", path, path) for path in ("severity", "basis.0.clause", "agency.0", "id", "basis")]
    found = fields.placed(faults, fields.paths_of("item", value))
    assert {path: [one.field for one in held] for path, held in found.items()} == {
        "severity": ["severity"],
        "basis.0.clause": ["basis.0.clause"],
        "agency": ["agency.0"],
        "": ["id"],
        "basis": ["basis"],
    }


def test_only_what_differs_is_told_with_the_names_of_its_fields() -> None:
    was = {"text": {"zh": "甲"}, "basis": [{"law": "a", "clause": "1"}], "agency": ["T"]}
    now = {"text": {"zh": "乙"}, "basis": [{"law": "a", "clause": "2"}], "agency": ["T"], "optional": "true"}
    lines = compared("item", was, now)
    assert [(one.names, one.was, one.now) for one in lines] == [
        (("Text, Chinese",), "甲", "乙"),
        (("Basis", "1", "Clause"), "1", "2"),
        (("Not asked, only found",), None, "true"),
    ]
    assert [(one.kind, one.text) for one in lines[0].stretches] == [("typed", "甲"), ("carried", "乙")]
    penalty = compared("violation", {"penalty": [{"max_cny": "1"}]}, {"penalty": [{"basis": {"clause": "3"}}]})
    assert [one.names for one in penalty] == [("Penalty", "1", "Basis", "Clause"), ("Penalty", "1", "Highest, yuan")]


def sentences() -> list[str]:
    """What the validator can say of a draft, with something in the place of each name."""
    found = []
    for module in (consistency, periods, completeness, text_tree):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
            if NOT_OF_DRAFTS.search(function.name) or function.name.startswith("_report_repeated"):
                continue
            for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
                if isinstance(call.func, ast.Attribute) and call.func.attr in ("about", "at"):
                    texts = itertools.chain.from_iterable(map(ast.walk, call.args[1:3]))
                    found += [_filled(one) for one in texts if isinstance(one, ast.JoinedStr)]
                    found += [one.value for one in call.args[1:3] if isinstance(one, ast.Constant)]
    return [one for one in found if isinstance(one, str) and " " in one and not one.startswith("X ")]


def unknowns() -> set[str]:
    """What the validator can call unknown in a draft: the fourth word of each call of `known`."""
    tree = ast.parse(Path(str(consistency.__file__)).read_text(encoding="utf-8"))
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    mine = [one for one in functions if not NOT_OF_DRAFTS.search(one.name)]
    calls = [one for held in mine for one in ast.walk(held) if isinstance(one, ast.Call)]
    named = [one.args[3] for one in calls if isinstance(one.func, ast.Name) and one.func.id == "known"]
    return {_filled(one) if isinstance(one, ast.JoinedStr) else str(getattr(one, "value", "")) for one in named}


def _filled(text: ast.JoinedStr) -> str:
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "X1" for one in text.values)


def test_every_sentence_of_the_validator_has_words() -> None:
    told = sentences()
    assert len(told) > 30
    assert len(unknowns()) > 10
    told += [f"unknown {one} 'X1'" for one in unknowns()]
    assert {one for one in told if telling.taken_apart(one)[0] == one and "X1" in one} == set()


@pytest.mark.parametrize("text", [*telling.MESSAGES, *telling.HINTS])
def test_a_sentence_is_taken_apart_by_its_own_row(text: str) -> None:
    filled = re.sub(r"\{(\w+)\}", lambda found: f"'{found[1].upper()}-1'", text)
    found, told = telling.taken_apart(filled)
    assert found == text and set(told) == set(re.findall(r"\{(\w+)\}", text))


def test_a_mistake_is_said_in_chinese_and_what_no_row_fits_as_it_is() -> None:
    say = words.catalogue("zh_CN", "server").gettext
    assert telling.said(say, "TNK-05 has no agency") == "TNK-05 没有检查机关"
    assert telling.said(say, "unknown severity 'IV'") == "没有这个严重程度：IV"
    assert telling.said(say, "did you mean II?") == "是否为 II？"
    assert telling.said(say, "something else entirely, friend") == "something else entirely, friend"
