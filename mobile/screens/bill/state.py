"""T2: a waybill on paper, or one whose code cannot be read, as the officer copies it. Pure.

Nothing is filled in from the registry or the goods list: what is not copied is not known, and never a pass. What is
known already is offered beside a field, and taking it says that the paper says the same.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checklists import words as kernel
from checklists.facts import waybill
from checklists.facts.identifiers.checks import Problem
from checklists.goods.listing import Goods
from checklists.zone import clock_text
from mobile.inspecting.inspection import Held
from mobile.screens.identify.state import goods_words
from mobile.screens.shared.problems import FIELDS, problem_words
from mobile.words import _

COPIED = (
    "number",
    "start_at",
    "plate",
    "trailer_plate",
    "tank",
    "carrier",
    "driver.name",
    "driver.id_number",
    "escort.name",
    "escort.id_number",
    "consignor",
    "loader",
    "consignee",
    "route",
)
"""The fields of `transport.Waybill` that are copied, as the form has them; those that rules compare come first."""

OF_LINE = ("name", "class", "subsidiary", "packing_group", "net_mass_kg")


@dataclass(frozen=True)
class BillField:
    """One field: what stands in it, what is known already (empty: nothing else), and what is wrong with it."""

    path: str
    label: str
    text: str
    known: str
    trouble: str


@dataclass(frozen=True)
class BillLine:
    """One line of goods, with what is wrong with it."""

    words: str
    trouble: str


@dataclass(frozen=True)
class BillState:
    """The form as it stands."""

    fields: tuple[BillField, ...]
    lines: tuple[BillLine, ...]


@dataclass(frozen=True)
class LineField:
    """A field of a goods line; `listed` is what the goods list has in its place, `hint` how it is written."""

    path: str
    label: str
    text: str
    listed: str
    hint: str = ""


def bill_state(held: Held, refused: Mapping[str, str]) -> BillState:
    """Return the form; `refused` are texts by field that cannot be true and were not taken."""
    bill, goods = held.fact("waybill") or {}, held.kit.tables.goods
    texts = {path: refused.get(path, text_at(bill, path)) for path in COPIED}
    known = _known(held)
    fields = (
        BillField(path, _label(path), text, _other(known.get(path), text), _said(read_field(path, text, goods)[1]))
        for path, text in texts.items()
    )
    lines = (BillLine(goods_words(one), _said(read_line(one, goods)[1])) for one in bill.get("lines") or ())
    return BillState(tuple(fields), tuple(lines))


def read_field(path: str, text: str, goods: Container[str]) -> tuple[Any, tuple[Problem, ...]]:
    """Return the value that a text gives, None where it cannot be true or is empty, and what is wrong with it."""
    if not text.strip():
        return None, ()
    read = waybill.read(json.dumps(_nested(path, text)), goods)
    return _at(read.data, path), read.problems


def read_line(line: Mapping[str, Any], goods: Container[str]) -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    """Return a goods line as its texts give it, with what is wrong; a value that cannot be true is left out."""
    read = waybill.read(json.dumps({"lines": [dict(line)]}), goods)
    lines = read.data.get("lines") or [{}]
    return lines[0], read.problems


def with_field(bill: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return the waybill with a value in its place; None takes it away."""
    head, _dot, leaf = path.partition(".")
    if leaf:
        value = with_field(bill.get(head) or {}, leaf, value) or None
    rest = {name: one for name, one in bill.items() if name != head}
    return rest if value is None else {**rest, head: value}


def with_line(bill: Mapping[str, Any], number: int, line: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the waybill with a goods line in its place, the first is 0; None takes it away."""
    lines = list(bill.get("lines") or ())
    lines[number : number + 1] = [] if line is None else [dict(line)]
    return with_field(bill, "lines", lines or None)


def text_at(bill: Mapping[str, Any], path: str) -> str:
    """Return the text of a field as it is read and written."""
    value = _at(bill, path)
    return clock_text(datetime.fromisoformat(value)) if path == "start_at" and value else _text(value)


def line_trouble(line: Mapping[str, Any], goods: Container[str]) -> str:
    """Return why a line cannot be taken as it is written; empty where it can, though something may be doubtful."""
    return _said(one for one in read_line(line, goods)[1] if "value" in one.params)


def line_fields(line: Mapping[str, Any], listed: Goods | None) -> tuple[LineField, ...]:
    """Return the fields of a goods line, each with what the goods list has."""
    says = {
        "name": listed.name_zh or listed.name_en,
        "class": (listed.division or listed.class_) + listed.compatibility_group,
        "subsidiary": "+".join(listed.subsidiary),
        "packing_group": listed.packing_group,
    } if listed else {}  # fmt: skip
    hints = {"net_mass_kg": _("kg; or with its unit, 27.5 t")}
    return tuple(
        LineField(path, _label_of_line(path), _text(line.get(path)), says.get(path, ""), hints.get(path, ""))
        for path in OF_LINE
    )


def line_of(un: str, held: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return a goods line with the texts of its fields in place of what it held; a bare mass is in kilograms."""
    kept = {name: one for name, one in held.items() if name not in texts}
    return {"un": un, **kept, **{path: text.strip() for path, text in texts.items() if text.strip()}}


def _known(held: Held) -> dict[str, str]:
    one = held.assessment.situation
    named = {
        "plate": one.vehicle.plate,
        "trailer_plate": one.trailer.plate if one.trailer else None,
        "tank": one.tank.number if one.tank else None,
        "carrier": one.carrier.name,
    }
    for role, person in (("driver", one.driver), ("escort", one.escort)):
        named |= {f"{role}.name": person.name, f"{role}.id_number": person.id_number} if person else {}
    return {path: value for path, value in named.items() if value}


def _other(known: str | None, text: str) -> str:
    return known if known and known != text else ""


def _label(path: str) -> str:
    role, _dot, part = path.partition(".")
    if part == "name":
        return _(FIELDS[role])
    if path in FIELDS:
        return _(FIELDS[path])
    return kernel.label(path, _)


def _label_of_line(path: str) -> str:
    return kernel.label("goods.name" if path == "name" else path, _).rpartition(" · ")[2]


def _said(problems: Iterable[Problem]) -> str:
    return "\n".join(dict.fromkeys(problem_words(one) for one in problems))


def _nested(path: str, value: Any) -> dict[str, Any]:
    head, _dot, leaf = path.partition(".")
    return {head: _nested(leaf, value) if leaf else value}


def _at(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
