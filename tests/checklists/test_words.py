"""Every word that a person reads has its Chinese; coded reasons have words for every code."""

from __future__ import annotations

import re
import string

import pytest

from checklists import words
from checklists.definitions.definition import SEVERITIES
from checklists.facts.identifiers import checks
from checklists.findings.outcome import OUTCOMES
from checklists.goods import tanks
from checklists.goods.equipment import demands, required
from checklists.goods.listing import Tables
from checklists.inspection.entries import ANSWERS
from checklists.law.model import SIMPLE, SUBJECTS
from checklists.rules.rulebook import RULES as COMPARISONS
from tools.words import PACKAGES, catalogue, messages, missing

EN, ZH = words.say("en"), words.say("zh_CN")


@pytest.mark.parametrize("package", PACKAGES)
def test_no_word_lacks_its_chinese(package: str) -> None:
    assert missing(package) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_translation_is_marked_as_unsure(package: str) -> None:
    assert [one.id for one in catalogue(package) if one.fuzzy and one.id] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_translation_fills_in_what_its_source_fills_in(package: str) -> None:
    held = [(one.id, one.string) for one in catalogue(package) if one.id]
    pairs = [
        (key if isinstance(key, str) else key[1], text if isinstance(text, str) else text[0]) for key, text in held
    ]
    assert [key for key, text in pairs if _fields(key) != _fields(text)] == []


def test_words_in_f_strings_and_in_kv_files_are_found() -> None:
    assert "Handled by" in messages("checklists")
    assert "No deviation" in messages("mobile")


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.SEVERITIES, SEVERITIES),
        (words.ANSWERS, ANSWERS),
        (words.SIMPLE, SIMPLE),
        (words.OUTCOMES, OUTCOMES),
        (words.ROLES, SUBJECTS),
    ],
)
def test_every_code_has_words(table: dict[str, str], codes: tuple[str, ...]) -> None:
    assert set(codes) <= set(table)


def test_every_comparison_has_a_name() -> None:
    assert {rule.__name__.partition("_")[0].upper() for rule in COMPARISONS} <= set(words.RULES)


def test_every_reason_about_tanks_has_words() -> None:
    named = set(re.findall(r"\b[a-z_]{4,}\b", (tanks.Fit.__doc__ or "").partition("`because`:")[2]))
    assert named == set(words.TANK_REASONS)


def test_every_problem_with_a_number_has_words() -> None:
    wrong = [
        checks.check_plate("蒙KI2345", "blue"),
        checks.check_plate("", ""),
        checks.check_plate("蒙K12345", "green"),
        checks.check_id("00000020261301001X"),
        checks.check_uscc("123456789012345"),
        checks.check_un("9999", known={"1830"}),
        checks.check_hazard_id("99", known={"80"}),
        checks.check_hazard_id("99", of_goods=("80",)),
    ]
    problems = [problem for one in wrong for problem in one.problems]
    said = [words.reason(one.code, one.params, ZH) for one in problems]
    assert {one.code for one in problems} <= set(words.NUMBER_PROBLEMS)
    assert not [text for text in said if "{" in text or re.fullmatch("[a-z_]+", text)]


def test_an_unknown_reason_stays_a_code() -> None:
    assert words.reason("of_a_later_version", {}, ZH) == "of_a_later_version"


def test_compared_values_are_said_in_words() -> None:
    assert words.value(None, ZH) == "未知"
    assert words.value("driver 张建国、escort 李卫东", ZH) == "驾驶人 张建国、押运员 李卫东"
    assert words.value("80/1832", ZH) == "80/1832"


def test_what_is_listed_stands_apart_as_the_reader_s_language_has_it() -> None:
    assert words.value("driver 张建国、escort 李卫东", EN) == "driver 张建国, escort 李卫东"
    assert (words.value("8、6.1", EN), words.value("8、6.1", ZH)) == ("8, 6.1", "8、6.1")
    assert words.value("涂料(包括色漆、喷漆)", EN) == "涂料(包括色漆、喷漆)", "goods stay as they were written"
    assert words.tier_reason("order", 1, ["甲", "乙"], "", EN).find("、") < 0


def test_a_path_is_said_in_words() -> None:
    assert words.label("trailer.permit.valid_until", EN) == "trailer · operating permit · valid until"
    assert words.label("trailer.permit.valid_until", ZH) == "挂车 · 道路运输证 · 有效期至"


def test_what_an_equipment_rule_lacks_is_said_in_words(tables: Tables) -> None:
    needs = required(None, None, None, None, exempt=False, asked=demands(tables), vehicles=None)
    lacking = {name for need in needs for name in (need.missing, *need.assumed) if name}
    assert lacking == {"crew", "vehicles", "labels", "state", "mass"}
    assert not [name for name in lacking if name in (words.label(name, EN), words.label(name, ZH))]
    assert words.label("crew", ZH) == "车上人数"


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}
