"""A checklist as the sheets of an XLSForm, and sheets back as changes, with everything said that they cannot carry.

Texts, conditions, choices and our own columns travel. A legal basis, what a comparison leads to, the order and the
leaving out of an item do not: they stay as they are here. Pure; `xlsform_file` reads and writes the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from checklists import words
from checklists.authoring.revision import Change, as_text
from checklists.authoring.spreadsheet import relevant
from checklists.definitions.definition import FACTS, Checklist, Item
from checklists.patterns import pattern
from checklists.values import frozen

ZH, EN = "中文 (zh)", "English (en)"
FACT_GROUP = "facts"
ANSWERS = ("conforms", "does_not_conform", "does_not_apply", "not_verified")
Sheet = list[list[str]]


def _(message: str) -> str:
    return message


SURVEY = (
    *("type", "name", f"label::{ZH}", f"label::{EN}", f"hint::{ZH}", f"hint::{EN}", "relevant", "required"),
    *("constraint", "severity", "severity_when", "agency", "measures", "violation", "duty_holder", "photo"),
    *("source", "note"),
)
CHOICES = ("list_name", "name", f"label::{ZH}", f"label::{EN}")
SETTINGS = ("form_title", "form_id", "version", "default_language")
_TYPES = {"status": "select_one answer", "number": "decimal"}
_INPUTS = {"select_one answer": "status", "decimal": "number", "text": "text", "date": "date", "time": "time"}
_CELLS = ("agency", "measures", "violation")
_PLAIN = ("severity", "duty_holder", "photo", "source", "note")
_KEYS = {"violation": "violations"}
_NO_NEGATIVE = ". >= 0"
_PART = pattern(r"\(\$\{(\w+)\} = ''((?: or selected\(\$\{\w+\}, '[^']*'\))*)\)")
_VALUE = pattern(r"selected\(\$\{(\w+)\}, '([^']*)'\)")
LONGEST = 4000
MOST_ROWS = 3000

LOSSES: Mapping[str, str] = {
    "type": _("{name}: the type {detail} is not carried; the row was left out"),
    "column": _("{name}: the column {detail} is not carried"),
    "relevant": _("{name}: this condition is not one of ours and was left as it is: {detail}"),
    "constraint": _("{name}: the constraint {detail} is not carried"),
    "missing": _("{name}: not in the sheet; an item is not removed by leaving it out"),
    "moved": _("{name}: its place in the list is not carried"),
    "section": _("{name}: in no section of the checklist; the row was left out"),
    "repeated": _("{name}: more than one row; the first was taken"),
    "choices": _("{name}: the list of answers {detail} is not carried"),
    "basis": _("{name}: a new item has no legal basis yet; cite it in its form"),
    "name": _("a row without a name was left out: {detail}"),
    "long": _("{name}: longer than a cell may be; it was cut: {detail}"),
    "title": _("the title of {name} is not carried"),
}
"""What a sheet could not carry, by code."""


@frozen
class Loss:
    """Something of a sheet that was not taken over: a code of LOSSES, the item or list, and what exactly."""

    code: str
    name: str
    detail: str = ""


class FormError(ValueError):
    """The sheets are no XLSForm of this checklist."""


def sheets(checklist: Checklist) -> dict[str, Sheet]:
    """Return the sheets survey, choices and settings of a checklist, each with its head."""
    return {
        "survey": [list(SURVEY), *([row.get(name, "") for name in SURVEY] for row in _survey(checklist))],
        "choices": [list(CHOICES), *_choices(checklist)],
        "settings": [list(SETTINGS), [checklist.title.get("zh", ""), checklist.name, checklist.version, ZH]],
    }


def changes(given: Mapping[str, Sheet], checklist: Checklist) -> tuple[tuple[Change, ...], tuple[Loss, ...]]:
    """Return the items that the sheets have otherwise than the checklist, and what could not be taken over.

    Raises FormError where there is no survey sheet with its columns, or where it is of another checklist.
    """
    survey, settings = list(_rows(given.get("survey") or [])), list(_rows(given.get("settings") or []))
    if not survey or not {"type", "name"} <= survey[0].keys():
        raise FormError("no sheet called survey with the columns type and name")
    form = settings[0].get("form_id", checklist.name) if settings else checklist.name
    if form != checklist.name:
        raise FormError(f"the form is of {form}, not of {checklist.name}")
    return _Taking(checklist, list(_rows(given.get("choices") or []))).take(survey)


def _survey(checklist: Checklist) -> Iterator[dict[str, str]]:
    facts = dict.fromkeys(fact for item in checklist.items() for fact in item.applies_when)
    if facts:  # a group without a question is no XForm
        yield {"type": "begin_group", "name": FACT_GROUP, f"label::{ZH}": "事实", f"label::{EN}": "Facts"}
        yield from map(_fact, facts)
        yield {"type": "end_group", "name": FACT_GROUP}
    for section in checklist.sections:
        yield {"type": "begin_group", "name": section.id, **_labels("label", section.title)}
        yield from map(_question, section.items)
        yield {"type": "end_group", "name": section.id}


def _fact(fact: str) -> dict[str, str]:
    kind = f"select_multiple {fact}" if FACTS.get(fact) else "text"
    return {"type": kind, "name": fact, f"label::{ZH}": fact, f"label::{EN}": fact}


def _question(item: Item) -> dict[str, str]:
    asked = item.input == "status"
    return {
        "type": f"select_one {item.id}" if item.input == "choice" else _TYPES.get(item.input, item.input),
        "name": item.id,
        **_labels("label", item.text),
        **_labels("hint", item.look),
        "relevant": relevant(item.applies_when),
        "required": "no" if item.optional or not asked else "yes",
        "constraint": _NO_NEGATIVE if item.input == "number" else "",
        "severity": item.severity,
        "severity_when": ", ".join(f"{fact}: {level}" for fact, level in item.severity_when.items()),
        "agency": ", ".join(item.agency),
        "measures": ", ".join(item.measures),
        "violation": ", ".join(item.violations),
        "duty_holder": item.duty_holder,
        "photo": item.photo,
        "source": item.source,
        "note": item.note,
    }


def _labels(what: str, text: Mapping[str, str]) -> dict[str, str]:
    return {f"{what}::{ZH}": text.get("zh", ""), f"{what}::{EN}": text.get("en", "")}


def _choices(checklist: Checklist) -> Iterator[list[str]]:
    yield from (["answer", one, words.say("zh_CN")(words.ANSWERS[one]), words.ANSWERS[one]] for one in ANSWERS)
    for fact in dict.fromkeys(fact for item in checklist.items() for fact in item.applies_when):
        yield from ([fact, one, one, one] for one in FACTS.get(fact, ()))
    for item in checklist.items():
        yield from ([item.id, one.value, one.text.get("zh", ""), one.text.get("en", "")] for one in item.choices)


def _rows(sheet: Sheet) -> Iterator[dict[str, str]]:
    """Yield the rows of a sheet by the names of its head; empty rows and cells are left out."""
    head = [one.strip() for one in sheet[0]] if sheet else []
    for row in sheet[1 : MOST_ROWS + 1]:
        held = {name: cell.strip() for name, cell in zip(head, row, strict=False) if name and cell.strip()}
        if held:
            yield {"type": "", "name": "", **held} if {"type", "name"} <= set(head) else held


class _Taking:
    """Takes the rows of a survey over, one after the other, and remembers what it could not."""

    def __init__(self, checklist: Checklist, choices: Sequence[Mapping[str, str]]) -> None:
        self.checklist, self.choices = checklist, choices
        self.losses: list[Loss] = []
        self.sections = {one.id for one in checklist.sections}

    def take(self, survey: Iterable[Mapping[str, str]]) -> tuple[tuple[Change, ...], tuple[Loss, ...]]:
        made: dict[str, Change] = {}
        groups: list[str] = []
        order: list[tuple[str, str]] = []
        for row in survey:
            kind, name = " ".join(row["type"].split()), row["name"]
            if kind in ("begin_group", "begin group"):
                groups.append(name)
                self._section(name, row)
            elif kind in ("end_group", "end group"):
                groups = groups[:-1]
            elif FACT_GROUP not in groups:
                section = next((one for one in reversed(groups) if one in self.sections), "")
                if change := self._item(kind, name, section, row, made):
                    made[name] = change
                    order.append((section, name))
        self._left_out(order)
        self._answers()
        return tuple(one for one in made.values() if self._differs(one)), tuple(dict.fromkeys(self.losses))

    def _lose(self, code: str, name: str, detail: str = "") -> None:
        self.losses.append(Loss(code, name, detail[:120]))

    def _section(self, name: str, row: Mapping[str, str]) -> None:
        held = next((one for one in self.checklist.sections if one.id == name), None)
        given = row.get(f"label::{ZH}", ""), row.get(f"label::{EN}", "")
        if held is not None and given != (held.title.get("zh", ""), held.title.get("en", "")):
            self._lose("title", name)

    def _item(
        self, kind: str, name: str, section: str, row: Mapping[str, str], made: Mapping[str, Change]
    ) -> Change | None:
        is_choice = kind.startswith("select_one ") and kind != "select_one answer"
        old = self.checklist.item(name)
        wrong = {
            "name": not name,
            "type": kind not in _INPUTS and not is_choice,
            "repeated": name in made,
            "section": old is None and not section,
        }
        if code := next((code for code, holds in wrong.items() if holds), ""):
            self._lose(code, name, kind)
            return None
        self._unknown_columns(name, row)
        value: dict[str, Any] = dict(as_text(old)) if old else {"id": name, "agency": [], "measures": []}
        value |= self._texts(name, row) | self._cells(row)
        value |= {"input": "choice" if is_choice else _INPUTS[kind], **self._condition(name, row, old)}
        value["optional"] = "true" if value["input"] == "status" and row.get("required", "yes") == "no" else ""
        if is_choice:
            value["choices"] = list(self._choices_of(kind.partition(" ")[2]))
        if old is None:
            self._lose("basis", name)
        elif value["input"] != "status" and old.optional:
            value["optional"] = "true"  # of a line that is only written down, no column says so
        return Change("item", name, _tidy(value), self.checklist.name, section)

    def _unknown_columns(self, name: str, row: Mapping[str, str]) -> None:
        for column in row.keys() - set(SURVEY):
            self._lose("column", name, column)
        if row.get("constraint", "") not in ("", _NO_NEGATIVE):
            self._lose("constraint", name, row["constraint"])

    def _texts(self, name: str, row: Mapping[str, str]) -> dict[str, dict[str, str]]:
        told = {}
        for key, what in (("text", "label"), ("look", "hint")):
            pair = {"zh": row.get(f"{what}::{ZH}", ""), "en": row.get(f"{what}::{EN}", "")}
            if any(len(one) > LONGEST for one in pair.values()):
                self._lose("long", name, what)
            told[key] = {lang: one[:LONGEST] for lang, one in pair.items() if one}
        return told

    def _cells(self, row: Mapping[str, str]) -> dict[str, Any]:
        told: dict[str, Any] = {name: row.get(name, "")[:LONGEST] for name in _PLAIN}
        told |= {_KEYS.get(name, name): _several(row.get(name, "")) for name in _CELLS}
        pairs = (one.partition(":") for one in _several(row.get("severity_when", "").replace(": ", ":")))
        return told | {"severity_when": {fact.strip(): level.strip() for fact, _colon, level in pairs}}

    def _condition(self, name: str, row: Mapping[str, str], old: Item | None) -> dict[str, Any]:
        text = row.get("relevant", "")
        found = condition(text)
        if found is None:
            self._lose("relevant", name, text)
            return {} if old else {"applies_when": {}}
        return {"applies_when": found}

    def _choices_of(self, list_name: str) -> Iterator[dict[str, Any]]:
        for row in self.choices:
            if row.get("list_name") == list_name:
                text = {"zh": row.get(f"label::{ZH}", ""), "en": row.get(f"label::{EN}", "")}
                yield {"value": row.get("name", ""), "text": {lang: one for lang, one in text.items() if one}}

    def _answers(self) -> None:
        given = tuple(row.get("name", "") for row in self.choices if row.get("list_name") == "answer")
        if given not in ((), ANSWERS):
            self._lose("choices", "answer", ", ".join(given))

    def _left_out(self, order: Sequence[tuple[str, str]]) -> None:
        held = [(section.id, item.id) for section in self.checklist.sections for item in section.items]
        names = {name for _section, name in order}
        for _section, name in held:
            if name not in names:
                self._lose("missing", name)
        known = {name for _section, name in held}
        left, right = [one for one in order if one[1] in known], [one for one in held if one[1] in names]
        for (_one, name), other in zip(left, right, strict=False):
            if (_one, name) != other:
                return self._lose("moved", name)
        return None

    def _differs(self, change: Change) -> bool:
        old = self.checklist.item(change.key)
        return old is None or _tidy(as_text(old)) != change.value


def condition(text: str) -> dict[str, list[str]] | None:
    """Return what a `relevant` of ours says, as `applies_when`; None where it is another expression."""
    found: dict[str, list[str]] = {}
    rest = text.strip()
    while rest:
        part = _PART.match(rest)
        if part is None or part[1] in found:
            return None
        values = _VALUE.findall(part[2])
        if any(fact != part[1] for fact, _value in values):
            return None
        found[part[1]] = [value for _fact, value in values]
        rest = rest[part.end() :]
        if rest and not rest.startswith(" and ("):
            return None
        rest = rest.removeprefix(" and ")
    return found


def _several(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(",") if one.strip()]


def _tidy(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value without what is empty or stands for its default, so that two of them can be compared."""
    defaults = {"input": "status", "photo": "on_deviation"}
    held = {name: one for name, one in value.items() if one not in ("", [], {}) and defaults.get(name) != one}
    return {"agency": [], "measures": [], "text": {}, "look": {}, **held}
