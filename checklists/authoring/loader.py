"""YAML → definitions, or every mistake of the authors at once. The only module that reads YAML.

Every scalar is read as text: plain YAML turns clause 5.10 into 5.1 and UN 0336 into 222. Truth values, dates and whole
numbers are made only where the field is declared so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from checklists.authoring.completeness import complete
from checklists.authoring.consistency import check
from checklists.authoring.formula_check import check_formulas
from checklists.authoring.lesson_check import check_lessons
from checklists.authoring.text_tree import Node, Problem, Report, bind, close_to
from checklists.definitions.carrier_formula import CarrierFormula
from checklists.definitions.definition import CheckedBefore, Checklist, Definitions, RuleCase, Template, TierRow
from checklists.definitions.forms import Form
from checklists.definitions.lesson import Lesson
from checklists.law.model import Evidence, GeneralRule, Law, Measure, Term, Violation

ROOT = Path(__file__).parent.parent

_ALL = ("law", "definitions")

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where PyYAML was built with it: ten times as fast, the same nodes."""


class DefinitionError(ValueError):
    """The definitions have mistakes; `problems` are all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class _Act:
    violations: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class _Parts:
    """What one file may hold besides a checklist: any of these lists."""

    laws: tuple[Law, ...] = ()
    violations: tuple[Violation, ...] = ()
    rules: tuple[RuleCase, ...] = ()
    acts: tuple[_Act, ...] = ()
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    general: tuple[GeneralRule, ...] = ()
    terms: tuple[Term, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    tiers: tuple[TierRow, ...] = ()
    carrier_tiers: tuple[CarrierFormula, ...] = ()
    papers: tuple[Form, ...] = ()
    checked_before: CheckedBefore | None = None


def load_law() -> Definitions:
    """Return the laws, violations, acts, agencies, measures and general rules, without any checklist or rule."""
    return _load(ROOT, ("law",))


def load_all(root: Path = ROOT) -> Definitions:
    """Return everything under `law/` and `definitions/`. Raises DefinitionError with all problems."""
    return _load(root, _ALL)


def validate(root: Path = ROOT) -> list[Problem]:
    """Return every problem of the files under `law/` and `definitions/`, by file and line.

    Besides what makes definitions unusable, these are gaps that a reviewer must close or explain.
    """
    return _gather(root, _ALL, whole=True)[1]


def read_plain(path: Path) -> Any:
    """Return a YAML file as mappings, lists and text, every scalar as text. Raises OSError and DefinitionError."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), PLAIN_LOADER)  # noqa: S506 - makes nothing but text
    except (yaml.YAMLError, UnicodeError) as wrong:
        problem = Problem(path.name, 1, f"not YAML: {wrong}", "check indents, dashes and quotes")
        raise DefinitionError([problem]) from wrong


def _load(root: Path, folders: tuple[str, ...]) -> Definitions:
    definitions, problems = _gather(root, folders)
    if problems:
        raise DefinitionError(problems)
    return definitions


def _gather(root: Path, folders: tuple[str, ...], *, whole: bool = False) -> tuple[Definitions, list[Problem]]:
    report = Report()
    paths = [path for folder in folders for path in sorted((root / folder).rglob("*.yaml"))]
    found = [_read(path, path.relative_to(root).as_posix(), report) for path in paths]
    checklists = [one for one in found if isinstance(one, Checklist)]
    parts = [one for one in found if isinstance(one, _Parts)]
    checklists += _resolved([one for one in found if isinstance(one, Template)], checklists, report)
    lessons = [one for one in found if isinstance(one, Lesson)]
    definitions = replace(_join(parts, checklists), lessons={one.lesson: one for one in lessons})
    acts = [one for part in parts for one in part.acts]
    for codes, act in zip(definitions.acts, acts, strict=True):
        report.places[id(codes)] = report.places[id(act)]
    _report_repeated(checklists, parts, report)
    _report_lessons(lessons, report)
    check(definitions, report)
    check_lessons(definitions, report)
    check_formulas(definitions, report)
    if whole:
        complete(definitions, report)
    return definitions, sorted(set(report.problems))


def _report_lessons(lessons: list[Lesson], report: Report) -> None:
    names = [one.lesson for one in lessons]
    for place, lesson in enumerate(lessons):
        if lesson.lesson in names[:place]:
            report.about(lesson, f"lesson {lesson.lesson} is defined twice", "keep one of them", "lesson")


def _resolved(templates: list[Template], checklists: list[Checklist], report: Report) -> list[Checklist]:
    """Return the short checklists with the items that they pick; one whose base is unknown is reported and left out."""
    bases = {one.name: one for one in checklists}
    made = []
    for template in templates:
        base = bases.get(template.based_on)
        if base is None:
            hint = close_to(template.based_on, bases)
            report.about(template, f"unknown checklist {template.based_on!r}", hint, at="based_on")
            continue
        _report_picks(template, base, report)
        made.append(report.same(template, template.resolve(base)))
    return made


def _report_picks(template: Template, base: Checklist, report: Report) -> None:
    known = {item.id for item in base.items()}
    for index, name in enumerate(template.only):
        if name not in known:
            report.about(template.only, f"{base.name} has no item {name!r}", close_to(name, known), at=str(index))
        elif name in template.only[:index]:
            report.about(template.only, f"item {name} is picked twice", "keep one of them", at=str(index))
    if not template.only:
        report.about(template, f"{template.name} picks no item", "name them under only:", at="only")


def _join(parts: list[_Parts], checklists: list[Checklist]) -> Definitions:
    return Definitions(
        checklists={one.name: one for one in checklists},
        laws={one.id: one for part in parts for one in part.laws},
        violations=tuple(one for part in parts for one in part.violations),
        rules={one.key: one for part in parts for one in part.rules},
        acts=tuple(frozenset(one.violations) for part in parts for one in part.acts),
        agencies={code: one for part in parts for code, one in part.agencies.items()},
        measures={one.code: one for part in parts for one in part.measures},
        general=tuple(one for part in parts for one in part.general),
        terms={one.id: one for part in parts for one in part.terms},
        evidence={one.code: one for part in parts for one in part.evidence},
        tiers=tuple(one for part in parts for one in part.tiers),
        carrier_tiers=tuple(one for part in parts for one in part.carrier_tiers),
        forms=tuple(one for part in parts for one in part.papers),
        checked_before=next((one.checked_before for one in parts if one.checked_before), CheckedBefore()),
    )


def _report_repeated(checklists: list[Checklist], parts: list[_Parts], report: Report) -> None:
    """Report what would hide another of the same name once all files are joined."""
    seen: set[tuple[str, ...]] = set()
    named: list[tuple[tuple[str, ...], Any]] = [(("checklist", one.name), one) for one in checklists]
    named += [(("item", item.id), item) for one in checklists if not one.based_on for item in one.items()]
    named += [(("law", one.id), one) for part in parts for one in part.laws]
    named += [(("agency", code), one) for part in parts for code, one in part.agencies.items()]
    named += [(("rule", *one.key), one) for part in parts for one in part.rules]
    named += [(("measure", one.code), one) for part in parts for one in part.measures]
    named += [(("general rule", one.use), one) for part in parts for one in part.general]
    named += [(("term", one.id), one) for part in parts for one in part.terms]
    named += [(("evidence", one.code), one) for part in parts for one in part.evidence]
    named += [(("paper", one.kind, one.version), one) for part in parts for one in part.papers]
    for name, thing in named:
        if name in seen:
            report.about(thing, f"{' '.join(name)} is defined twice", "keep one; an id or name is never used again")
        seen.add(name)


def _read(path: Path, name: str, report: Report) -> Any:
    report.file = name
    try:
        with path.open(encoding="utf-8") as stream:
            root = yaml.compose(stream, LOADER)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        return report.at(line, f"not YAML: {wrong.problem or wrong}", "check indents, dashes and quotes")
    except (OSError, UnicodeError, yaml.YAMLError) as wrong:
        return report.at(1, f"cannot be read: {wrong}")
    if not isinstance(root, yaml.MappingNode):
        return report.at(1, "the file must be a mapping", "begin with name: or violations:")
    node = _node(root)
    assert isinstance(node.value, Mapping)  # noqa: S101 - a mapping node gives a mapping
    return bind(_kind(node.value), node, report)


def _kind(keys: Mapping[str, Node]) -> type:
    """Return what a file holds, by its keys: a checklist, a short one, a lesson, or lists of parts."""
    if "based_on" in keys:
        return Template
    if "questions" in keys:
        return Lesson
    return Checklist if "sections" in keys else _Parts


def _node(node: Any) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(str(node.value), line)
    if isinstance(node, yaml.SequenceNode):
        return Node(tuple(_node(one) for one in node.value), line)
    keys = [str(key.value) for key, _ in node.value]
    repeated = tuple(sorted({key for key in keys if keys.count(key) > 1}))
    return Node({str(key.value): _node(one) for key, one in node.value}, line, repeated)
