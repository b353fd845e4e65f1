"""The text of a waybill's QR code, read into the fields of `transport.Waybill`.

No national format is published, so the raw text is always kept and nothing is guessed: JSON, `key=value` pairs and
links are understood with Chinese or English names. A value that cannot be true is left out, and the problem says which.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from checklists.facts.identifiers.checks import (
    Check,
    Problem,
    check_id,
    check_permit,
    check_plate,
    check_un,
    check_uscc,
)
from checklists.facts.waybill_form import FIELDS, GROUP_FIELDS, GROUPS, LINE_FIELDS, split_unit
from checklists.facts.waybill_goods import goods_line, is_goods_line
from checklists.facts.waybill_values import CONVERSIONS, LISTS, MOST_MASS_KG, UnreadableError, kind_of_amount, text_of
from checklists.values import frozen

__all__ = ["MOST_MASS_KG", "Reading", "read"]


@frozen
class Reading:
    """A waybill as read: plain fields of `transport.Waybill` with the `raw` text, and what is wrong with it.

    Every problem names its field in `params["field"]`; `nothing_known` stands alone where no field was recognised.
    """

    data: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


def read(text: str, known_un: Container[str] | None = None) -> Reading:
    """Return the waybill that a text holds; `known_un` is the goods list to check UN numbers against."""
    reader = _Reader(known_un)
    flat: dict[str, Any] = {}
    lines: list[Any] = []
    for path, name, value in _given(_pairs(text), FIELDS):
        if path == "lines":
            lines.extend(value if isinstance(value, list) else [value])
        elif path:
            reader.field(path, value)
        else:
            flat[name] = value
    if lines or flat:
        reader.lines(lines or [flat])
    if not reader.data and not reader.problems:
        reader.problems = [Problem("nothing_known", "warn", {"field": "raw"})]
    return Reading({**reader.data, "raw": text}, tuple(reader.problems))


def _given(pairs: Iterator[tuple[str, Any]], fields: Mapping[str, str]) -> Iterator[tuple[str, str, Any]]:
    """Yield path, name and value of what the text gives; no path for a goods line's. Unknown names stay in the raw.

    An object inside (驾驶员: {姓名: ...}) gives the fields that its name makes of them.
    """
    for name, value in pairs:
        bare, _ = split_unit(str(name))
        if isinstance(value, Mapping) and bare in GROUPS:
            group = GROUPS[bare]
            inner = GROUP_FIELDS[group]
            yield from (one for one in _given(iter(value.items()), inner) if one[0] or group == "waybill")
        elif bare in fields:
            yield fields[bare], str(name), value
        elif bare in LINE_FIELDS:
            yield "", str(name), value


def _pairs(text: str) -> Iterator[tuple[str, Any]]:
    """Return names and values of a JSON object, a link's query, or pairs set apart by ; & or line breaks."""
    text = text.strip()
    try:
        held = json.loads(text, parse_float=str, parse_int=str)
    except ValueError:
        held = None
    if isinstance(held, Mapping):
        yield from held.items()
    elif re.match(r"https?://", text, re.IGNORECASE):
        yield from _query(text)
    else:
        for part in re.split(r"[;；&\n]", text):
            name, *value = re.split("[：＝:=]", part, maxsplit=1)
            if is_goods_line(part):
                yield "lines", part
            elif value and value[0].strip():
                yield name, value[0].strip()


def _query(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(text).query)
    except ValueError:
        return []


class _Reader:
    """Collects the fields that can be true, and the problems of the others."""

    def __init__(self, known_un: Container[str] | None) -> None:
        self.data: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._checks: dict[str, Callable[[str], Check]] = {
            "plate": check_plate,
            "trailer_plate": check_plate,
            "carrier_uscc": check_uscc,
            "driver.id_number": check_id,
            "escort.id_number": check_id,
            "vehicle_permit": check_permit,
            "un": lambda text: check_un(text, known_un),
        }

    def field(self, path: str, value: Any) -> None:
        """Take one field of the waybill; empty ones are not known."""
        kept = self._kept(path, value)
        if kept is None:
            return
        *parents, leaf = path.split(".")
        held = self.data
        for name in parents:
            held = held.setdefault(name, {})
        held[leaf] = kept

    def lines(self, given: list[Any]) -> None:
        """Take the goods lines, objects or texts (1，UN1830，硫酸，8，II，…); what is no line is a problem."""
        lines = []
        for one in (part for whole in given for part in _split_lines(whole)):
            line = self._line(goods_line(one) if isinstance(one, str) else one if isinstance(one, Mapping) else {})
            if line:
                lines.append(line)
            else:
                self._trouble("line_unreadable", "lines", str(one))
        if lines:
            self.data["lines"] = lines

    def _line(self, given: Mapping[str, Any]) -> dict[str, Any]:
        line: dict[str, Any] = {}
        for name, value in given.items():
            bare, unit = split_unit(str(name))
            path = LINE_FIELDS.get(bare)
            if path == "net_mass_kg" and isinstance(value, str):
                path = kind_of_amount(value, unit)
            kept = self._kept(path, value, unit) if path else None
            if path and kept is not None:
                line[path] = kept
        return line

    def _kept(self, path: str, value: Any, unit: str = "") -> Any:
        """Return the value as the waybill keeps it, or None with the problem remembered."""
        if value is None or value == "":
            return None
        try:
            if path in LISTS:
                return LISTS[path](value)
            text = text_of(value)
            return CONVERSIONS[path](text, unit) if path in CONVERSIONS else self._checked(path, text)
        except UnreadableError as problem:
            self._trouble(problem.code, path, str(value))
            return None

    def _checked(self, path: str, text: str) -> str:
        check = self._checks.get(path)
        if check is None:
            return text
        found = check(text)
        self.problems.extend(replace(one, params={**one.params, "field": path}) for one in found.problems)
        return found.value

    def _trouble(self, code: str, field: str, value: str) -> None:
        self.problems.append(Problem(code, "error", {"field": field, "value": value[:80]}, overridden=True))


def _split_lines(given: Any) -> list[Any]:
    """Return the goods lines of a text one by one; anything else is one line."""
    return [one for one in re.split(r"[;；\n]", given) if one.strip()] if isinstance(given, str) else [given]
