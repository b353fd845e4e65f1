"""The plain forms of an item, a row of law and a version of a law: their fields, and what was typed as a value. Pure.

A value is the text tree that YAML would hold. What a form does not show of a value stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.authoring.revision import Fault, Reading
from checklists.authoring.text_tree import BILINGUAL
from checklists.definitions.definition import FACTS, SEVERITIES, Definitions
from checklists.law.model import CONFIDENCE, PENALTIES, SIMPLE, SUBJECTS
from server.console.posted import Posted


def _(words: str) -> str:
    return words


Plain = Mapping[str, Any]
MOST_ROWS = 60
LONGEST = 4000
_SPLIT = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Field:
    """A field of a form by its path. `kind`: line, area, choice, codes (several, in one line), flag, date, number.

    `default` is what a value without it means; the form shows it, and it is left out of the value again.
    """

    path: str
    words: str
    kind: str = "line"
    options: tuple[str, ...] = ()
    hint: str = ""
    most: int = 300
    default: str = ""


PHOTOS = ("on_deviation", "always", "never")
_SEVERITY = ("", *SEVERITIES)
_HINT_CODES = _("several: with a comma between")

ITEM: tuple[Field, ...] = (
    Field("text.zh", _("Text, Chinese"), "area", most=LONGEST),
    Field("text.en", _("Text, English"), "area", most=LONGEST),
    Field("look.zh", _("How to look, Chinese"), "area", most=LONGEST),
    Field("look.en", _("How to look, English"), "area", most=LONGEST),
    Field("severity", _("Severity"), "choice", SEVERITIES),
    Field("agency", _("Agencies that look, the owner first"), "codes", hint=_HINT_CODES),
    Field("measures", _("Measures"), "codes", hint=_("several: with a comma between; T:M hands over to agency M")),
    Field("violations", _("Violations"), "codes", hint=_HINT_CODES),
    Field("duty_holder", _("Duty holder"), "choice", ("", *SUBJECTS), _("empty: as its violations say")),
    Field("photo", _("Photo"), "choice", PHOTOS, default="on_deviation"),
    Field("optional", _("Not asked, only found"), "flag"),
    Field("source", _("Source")),
    Field("note", _("Note"), "area", most=LONGEST),
)
ROW: tuple[Field, ...] = (
    Field("subject", _("Who answers"), "choice", ("", *SUBJECTS)),
    Field("agency", _("Competent agencies, first the one that gets the case"), "codes", hint=_HINT_CODES),
    Field("simple", _("On-the-spot procedure"), "choice", SIMPLE, default="unknown"),
    Field("severity", _("Severity"), "choice", _SEVERITY, _("empty: as the item says")),
    Field("measures", _("Measures"), "codes", hint=_HINT_CODES),
    Field("powers", _("Measures for which its clauses give the power"), "codes", hint=_HINT_CODES),
    Field("evidence", _("Kinds of evidence"), "codes", hint=_HINT_CODES),
    Field("points", _("Points on the licence")),
    Field("effective_to", _("Last day; empty: open"), "date"),
    Field("verified", _("Verified"), "flag"),
    Field("source", _("Source")),
    Field("note", _("Note"), "area", most=LONGEST),
)
VERSION: tuple[Field, ...] = (
    Field("version", _("Version, usually the day of its adoption")),
    Field("in_force_from", _("In force from"), "date"),
    Field("in_force_to", _("In force to; empty: open"), "date"),
    Field("confidence", _("How it was read"), "choice", ("", *CONFIDENCE)),
    Field("verified", _("Verified"), "flag"),
    Field("source", _("Source")),
    Field("note", _("Note"), "area", most=LONGEST),
)
CITED: tuple[Field, ...] = (
    Field("law", _("Law"), "choice"),
    Field("version", _("Version")),
    Field("clause", _("Clause"), hint="109¶1(4)"),
    Field("in_force_from", _("In force from"), "date"),
    Field("in_force_to", _("In force to; empty: open"), "date"),
    Field("confidence", _("How it was read"), "choice", ("", *CONFIDENCE)),
    Field("source", _("Source")),
    Field("note", _("Note")),
    Field("verified", _("Verified"), "flag"),
)
FINE: tuple[Field, ...] = (
    Field("min_cny", _("Least, yuan"), "number"),
    Field("max_cny", _("Highest, yuan"), "number"),
    Field("text.zh", _("What follows, Chinese")),
    Field("text.en", _("What follows, English")),
    Field("kind", _("Kind"), "choice", PENALTIES, default="penalty"),
    Field("subject", _("Fined, where it is somebody else"), "choice", ("", *SUBJECTS)),
)
READ: tuple[Field, ...] = (
    Field("read_by", _("Read by")),
    Field("read_on", _("Read on"), "date"),
    Field("read_source", _("Read where")),
)
FORMS: Mapping[str, tuple[Field, ...]] = {"item": ITEM, "violation": ROW, "law": VERSION}
LISTS: Mapping[str, tuple[str, ...]] = {"item": ("basis",), "violation": ("duty", "penalty"), "law": ()}
"""The lists of rows in each form: citations, and penalties with a citation each."""
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "item": {"text": {}, "look": {}, "agency": [], "measures": [], "severity": ""},
    "violation": {"title": {}},
    "law": {"version": ""},
}
"""What a value always has, be it empty: a list without anything is also something that was said."""


def read(kind: str, key: str, old: Plain, form: Posted) -> tuple[dict[str, Any], tuple[Reading, ...]]:
    """Return what a form makes of a value, and the readings that it states. Empty fields are left out."""
    value = {**_with(old, FORMS[kind], "", form)}
    readings: list[Reading] = []
    for name in LISTS[kind]:
        rows = [_row(name, index, _at(old, name, index), form) for index in _indices(form, name)]
        value[name] = [row for row in rows if row]
        readings += [found for index in _indices(form, name) if (found := _reading(form, name, index))]
    if kind == "item":
        value["applies_when"] = dict(_pairs(form, "applies_when", split=True))
        value["severity_when"] = dict(_pairs(form, "severity_when", split=False))
    if kind == "law" and (by := _said(form, "read_by")):
        on, source = _said(form, "read_on"), _said(form, "read_source")
        readings.append(Reading(key, _said(form, "version"), "", by, on, source))
    needed = NEEDED[kind]
    told = {name: held for name, held in value.items() if held not in ("", [], {}) or name in needed}
    return {**{name: empty for name, empty in needed.items() if name not in told}, **told}, tuple(readings)


def value_at(value: Any, path: str) -> Any:
    """Return what stands at a path, empty where nothing does; a list of codes as one line."""
    for name in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(name, "")
        elif isinstance(value, list | tuple) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def placed(faults: Iterable[Fault], shown: Iterable[str]) -> dict[str, list[Fault]]:
    """Return the faults by the shown path under which each belongs; the empty one holds those that have none."""
    paths, found = set(shown), dict[str, list[Fault]]()
    for fault in faults:
        steps = fault.field.split(".")
        if steps[-1] in BILINGUAL:  # it lacks a language: the field of that one
            steps.append(fault.message.rpartition(" ")[2])
        ways = (".".join(steps[:count]) for count in range(len(steps), 0, -1))
        found.setdefault(next((way for way in ways if way in paths), ""), []).append(fault)
    return found


def paths_of(kind: str, value: Plain) -> Iterator[str]:
    """Yield every path at which the form of a value shows mistakes."""
    yield from (one.path for one in FORMS[kind])
    yield from ("applies_when", "severity_when", *LISTS[kind])
    for name in LISTS[kind]:
        for index in range(len(value.get(name) or ()) + 1):
            fields = (*(f"basis.{one.path}" for one in CITED), *(one.path for one in FINE), "basis")
            yield from (f"{name}.{index}.{one}" for one in (fields if name == "penalty" else [f.path for f in CITED]))
            yield f"{name}.{index}"


def facts() -> dict[str, tuple[str, ...]]:
    """Return the facts that a condition may name, with their values; none listed: any text."""
    return dict(FACTS)


def laws_of(definitions: Definitions) -> dict[str, str]:
    """Return the laws by their key with a short name."""
    return {key: one.short or one.title.get("zh", key) for key, one in sorted(definitions.laws.items())}


def _with(old: Plain, fields: Iterable[Field], prefix: str, form: Posted) -> dict[str, Any]:
    value: dict[str, Any] = {name: dict(held) if isinstance(held, Mapping) else held for name, held in old.items()}
    for one in fields:
        name = f"{prefix}{one.path}"
        if name not in form.values:
            continue
        typed = _said(form, name)
        told: Any = [part for part in _SPLIT.split(typed) if part] if one.kind == "codes" else typed
        if one.kind == "flag":
            told = "true" if typed == "true" else ""
        if one.default and told == one.default:
            told = ""
        first, _dot, second = one.path.partition(".")
        if second:
            inner = {**(value.get(first) or {}), second: told}
            value[first] = {key: held for key, held in inner.items() if held}
        else:
            value[first] = told
    return {name: held for name, held in value.items() if held not in ("", [], {})}


def _row(name: str, index: int, old: Plain, form: Posted) -> dict[str, Any]:
    """Return a row of a list; nothing where it is taken out, or where nothing was typed in it."""
    lead = f"{name}.{index}."
    if _said(form, f"{lead}remove"):
        return {}
    if name != "penalty":
        return _citation(old, lead, form)
    fine = _with({key: held for key, held in old.items() if key != "basis"}, FINE, lead, form)
    if basis := _citation(old.get("basis") or {}, f"{lead}basis.", form):
        fine["basis"] = basis
    return {} if set(fine) <= {"kind"} else fine  # a kind alone says nothing


def _citation(old: Plain, lead: str, form: Posted) -> dict[str, Any]:
    """Return a citation; nothing where no law is named. Its version may be unknown, and is then said to be empty."""
    made = _with(old, CITED, lead, form)
    return {"version": "", **made} if made.get("law") else {}


def _reading(form: Posted, name: str, index: int) -> Reading | None:
    lead = f"{name}.{index}.basis." if name == "penalty" else f"{name}.{index}."
    by = _said(form, f"{lead}read_by")
    if not by:
        return None
    named = {one: _said(form, f"{lead}{one}") for one in ("law", "version", "clause")}
    return Reading(**named, by=by, on=_said(form, f"{lead}read_on"), source=_said(form, f"{lead}read_source"))


def _pairs(form: Posted, name: str, *, split: bool) -> Iterator[tuple[str, Any]]:
    for index in _indices(form, name):
        fact, told = _said(form, f"{name}.{index}.fact"), _said(form, f"{name}.{index}.values")
        if fact and told:
            yield fact, [part for part in _SPLIT.split(told) if part] if split else told


def _indices(form: Posted, name: str) -> list[int]:
    """Return the numbers of the rows of a list that a form has."""
    begin = f"{name}."
    found = {one[len(begin) :].partition(".")[0] for one in form.values if one.startswith(begin)}
    return sorted(int(one) for one in found if one.isascii() and one.isdecimal() and len(one) < 3)[:MOST_ROWS]


def _at(old: Plain, name: str, index: int) -> Plain:
    rows = old.get(name) or ()
    held = rows[index] if index < len(rows) else {}
    return held if isinstance(held, Mapping) else {}


def _said(form: Posted, name: str) -> str:
    return form.get(name)[:LONGEST]
