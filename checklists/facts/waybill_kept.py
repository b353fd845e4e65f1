"""What of a waybill is kept: values that can be true, each once. What cannot is named with its field and its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from typing import Any

from checklists.facts.identifiers.checks import (
    Check,
    Problem,
    check_id,
    check_permit,
    check_plate,
    check_un,
    check_uscc,
)
from checklists.facts.identifiers.masks import is_masked
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.texts import is_garbled, tidy
from checklists.facts.waybill_values import CONVERSIONS, LISTS, UnreadableError, text_of, with_status
from checklists.patterns import pattern

Field = tuple[str, Any, str]
"""Path, value, and the unit that stood behind the field's name."""

_TOLD = 80
"""So much of a value is told in a problem."""

_LEAST_SIGNS = {"driver.id_number": 6, "escort.id_number": 6, "carrier_uscc": 8, "vehicle_permit": 5}
"""A number with fewer letters and figures, or without any figure, cannot be one."""

_WITH_PHONE = pattern(
    r"(?P<name>[^/、,，;|]*[^\W\d])[\s(（,，]*(?:电话|手机|tel)?[:：.]?\s*(?P<phone>1[3-9][0-9]{9})\s*[)）]?",
    re.IGNORECASE,
)
"""One name with a mobile number of eleven figures beside it."""


class Keeper:
    """Collects the fields that can be true, and the problems of the others."""

    def __init__(self, known_un: Container[str] | None) -> None:
        self.data: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._first: dict[str, tuple[Any, str]] = {}
        self._checks: dict[str, Callable[[str], Check]] = {
            "plate": check_plate,
            "trailer_plate": check_plate,
            "carrier_uscc": check_uscc,
            "driver.id_number": check_id,
            "escort.id_number": check_id,
            "vehicle_permit": check_permit,
            "un": lambda text: check_un(text, known_un),
        }

    def field(self, path: str, value: Any, unit: str = "") -> None:
        """Take one field of the waybill; an empty one is not known, one that another value disputes is not either.

        The telephone number beside a person's name is his.
        """
        if path.endswith(".name") and (beside := _WITH_PHONE.fullmatch(tidy(str(value)))):
            self.field(path.replace(".name", ".phone"), beside["phone"])
            value = beside["name"]
        if path == "number" and isinstance(value, str):
            value, said = with_status(value)
            self.field("status", said)
        kept = self._kept(path, value, unit)
        if kept is None:
            return
        if path in self._first:
            first, written = self._first[path]
            if both := _both_colours(path, first, kept):
                self._first[path] = (both, written)
                self._place(path, both)
            elif first != kept:
                self._drop(path)
                self.trouble("given_twice", path, f"{written} / {value}")
            return
        self._first[path] = (kept, str(value))
        self._place(path, kept)
        if path in ("plate", "trailer_plate") and (colours := read_plate(str(value)).colours):
            self.field(f"{path}_colour", "|".join(colours))

    def line(self, fields: Iterable[Field]) -> bool:
        """Take one goods line; whether it says anything."""
        line = self._line(fields, {})
        if line:
            self.data.setdefault("lines", []).append(line)
        return bool(line)

    def adds_to_line(self, fields: Iterable[Field]) -> bool:
        """Take fields that stand beside the only line, as its own."""
        lines = self.data.get("lines") or []
        if len(lines) == 1:
            lines[0] = self._line(fields, lines[0])
        return len(lines) == 1

    def trouble(self, code: str, field: str, value: str) -> None:
        """Remember what is wrong with a field, and its text."""
        self.problems.append(Problem(code, "error", {"field": field, "value": value[:_TOLD]}, overridden=True))

    def _line(self, fields: Iterable[Field], before: dict[str, Any]) -> dict[str, Any]:
        line, disputed, written = dict(before), set[str](), {path: str(one) for path, one in before.items()}
        for path, value, unit in fields:
            kept = self._kept(path, value, unit) if path else None
            if kept is None:
                continue
            if line.setdefault(path, kept) != kept:
                disputed.add(path)
                self.trouble("given_twice", path, f"{written[path]} / {value}")
            written.setdefault(path, str(value))
        return {path: one for path, one in line.items() if path not in disputed}

    def _place(self, path: str, kept: Any) -> None:
        *parents, leaf = path.split(".")
        held = self.data
        for name in parents:
            held = held.setdefault(name, {})
        held[leaf] = kept

    def _drop(self, path: str) -> None:
        *parents, leaf = path.split(".")
        held = self.data
        for name in parents:
            held = held.get(name, {})
        held.pop(leaf, None)
        if parents and not held:
            self.data.pop(parents[0], None)
        if path in ("plate", "trailer_plate"):
            self.data.pop(f"{path}_colour", None)

    def _kept(self, path: str, value: Any, unit: str = "") -> Any:
        """Return the value as the waybill keeps it, or None with the problem remembered."""
        if value is None or value == "":
            return None
        try:
            if path in LISTS:
                return LISTS[path](value)
            text = tidy(text_of(value))
            if is_garbled(text):
                raise UnreadableError("field_unreadable")
            return CONVERSIONS[path](text, unit) if path in CONVERSIONS else self._checked(path, text)
        except UnreadableError as problem:
            self.trouble(problem.code, path, str(value))
            # A status in other words is none that is known: it stays, so that nobody takes the waybill for a valid one.
            return tidy(str(value)) if path == "status" and isinstance(value, str) else None

    def _checked(self, path: str, text: str) -> str | None:
        check = self._checks.get(path)
        if check is None or not text:
            return text or None
        found = check(text)
        if _cannot_be(path, found):
            raise UnreadableError("field_unreadable")
        masked = path.endswith("id_number") and is_masked(text)
        problems = () if masked else found.problems
        self.problems.extend(replace(one, params={**one.params, "field": path}) for one in problems)
        return text if masked else found.value


def _both_colours(path: str, one: Any, other: Any) -> str:
    """Return the colours that two statements of one plate's leave open; nothing for other fields, or for none."""
    if not path.endswith("_colour"):
        return ""
    return "|".join(each for each in one.split("|") if each in other.split("|"))


def _cannot_be(path: str, check: Check) -> bool:
    """Whether a text can be no number of that kind, however it was misread."""
    value = check.value
    if path == "un":
        return not re.fullmatch("[0-9]{4}", value)
    if path in ("plate", "trailer_plate"):
        return check.form == "none" or (not check.form and not _may_be_plate(value))
    signs = re.sub(r"\W", "", value)
    return path in _LEAST_SIGNS and (len(signs) < _LEAST_SIGNS[path] or not re.search("[0-9]", signs))


def _may_be_plate(value: str) -> bool:
    """Whether signs of no known form may be a plate: four to ten, figures and letters among them."""
    return bool(re.fullmatch(r"(?=.*[0-9])\w{4,10}", value))
