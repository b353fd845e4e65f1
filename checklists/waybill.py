"""The text of a waybill's QR code, read into the fields of `transport.Waybill`.

No national format is published, so the raw text is always kept and nothing is guessed: JSON, `key=value` pairs and
links are understood with Chinese or English names. A value that cannot be true is left out, and the problem says which.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from checklists.identifiers import Check, Problem, check_id, check_plate, check_un, check_uscc
from checklists.situation import LAW_ZONE

MOST_MASS_KG = 100_000
"""No road vehicle carries more; ours, not law. What is heavier was misread or mistyped."""

_NAMES: dict[str, str] = {
    "number": "number 运单编号 运单号 waybill no ydbh id",
    "plate": "plate 车牌号 车牌号码 车牌 牵引车 牵引车号牌 车辆号牌 cph",
    "trailer_plate": "trailer_plate trailer 挂车车牌号 挂车号牌 挂车",
    "tank": "tank 罐体编号 罐体",
    "carrier": "carrier 承运人 承运单位",
    "carrier_uscc": "carrier_uscc uscc 承运人统一社会信用代码 统一社会信用代码",
    "consignor": "consignor 托运人 托运单位",
    "loader": "loader 装货人 充装单位",
    "consignee": "consignee 收货人 收货单位",
    "origin": "origin 起运地 装货地",
    "destination": "destination 目的地 卸货地",
    "start_at": "start_at 起运日期 起运时间",
    "driver.name": "driver driver_name 驾驶员 驾驶人 驾驶员姓名",
    "driver.id_number": "driver_id driver_id_number 驾驶员身份证号 驾驶人身份证号",
    "driver.phone": "driver_phone 驾驶员电话",
    "escort.name": "escort escort_name 押运员 押运人员 押运员姓名",
    "escort.id_number": "escort_id escort_id_number 押运员身份证号 押运人员身份证号",
    "escort.phone": "escort_phone 押运员电话",
    "lines": "lines goods 货物 货物明细",
}
_LINE_NAMES: dict[str, str] = {
    "un": "un UN编号 UN号 联合国编号",
    "name": "name goods_name 品名 货物名称 正式运输名称",
    "class": "class 类别 类项 项别",
    "packing_group": "packing_group pg 包装类别",
    "net_mass_kg": "net_mass_kg net_mass mass 净重 净质量 质量 总质量 数量",
    "packages": "packages 件数",
    "quantity": "quantity",
    "technical_name": "technical_name 技术名称",
}


def _by_alias(names: Mapping[str, str]) -> dict[str, str]:
    return {alias.lower(): path for path, aliases in names.items() for alias in aliases.split(" ")}


_FIELDS, _LINE_FIELDS = _by_alias(_NAMES), _by_alias(_LINE_NAMES)
_MASS = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?)\s*(kg|千克|公斤|t|吨)?", re.IGNORECASE)
_KG = {"kg": 1, "千克": 1, "公斤": 1, "t": 1000, "吨": 1000}
_PERSON = ("driver", "escort")


@dataclass(frozen=True)
class Reading:
    """A waybill as read: plain fields of `transport.Waybill` with the `raw` text, and what is wrong with it.

    Every problem names its field in `params["field"]`; `nothing_known` stands alone where only the text could be kept.
    """

    data: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


def read(text: str, known_un: Container[str] | None = None) -> Reading:
    """Return the waybill that a text holds; `known_un` is the goods list to check UN numbers against."""
    reader = _Reader(known_un)
    given = dict(_given(text))
    if isinstance(lines := given.pop("lines", None), list):
        reader.lines(lines)
    elif flat := {name: value for name, value in given.items() if name.startswith("lines.")}:
        reader.lines([{name.removeprefix("lines."): value for name, value in flat.items()}])
    for path, value in given.items():
        if not path.startswith("lines."):
            reader.field(path, value)
    if not reader.data:
        reader.problems = [Problem("nothing_known", "warn", {"field": "raw"})]
    return Reading({**reader.data, "raw": text}, tuple(reader.problems))


def _given(text: str) -> Iterator[tuple[str, Any]]:
    """Return what the text gives, by the field's path; unknown names stay in the raw text only."""
    for name, value in _pairs(text):
        plain, unit = _split_unit(name)
        if plain in _PERSON and isinstance(value, Mapping):
            yield from ((f"{plain}.{key}", one) for key, one in value.items() if f"{plain}.{key}" in _NAMES)
        elif plain in _FIELDS:
            yield _FIELDS[plain], value
        elif plain in _LINE_FIELDS:
            yield f"lines.{plain}", f"{value}{unit}" if unit and str(value)[-1:].isdigit() else value


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
            name, mark, value = re.sub("[：＝]", "=", part).partition("=")
            if mark and value.strip():
                yield name, value.strip()


def _query(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(text).query)
    except ValueError:
        return []


def _split_unit(name: str) -> tuple[str, str]:
    """Return a field's name in plain form, and the unit that stood in brackets behind it: 净重(t)."""
    plain = unicodedata.normalize("NFKC", str(name)).strip().lower()
    found = re.fullmatch(r"(.+?)\s*\((kg|t|吨|千克|公斤)\)", plain)
    return (found[1], found[2]) if found else (plain, "kg" if plain == "net_mass_kg" else "")


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
            "un": lambda text: check_un(text, known_un),
        }

    def field(self, path: str, value: Any) -> None:
        """Take one field of the waybill; empty ones are not known."""
        kept = self._kept(path, value)
        if kept is None:
            return
        person, _, part = path.partition(".")
        if part:
            self.data.setdefault(person, {})[part] = kept
        else:
            self.data[path] = kept

    def lines(self, given: list[Any]) -> None:
        """Take the goods lines; what is no line is a problem."""
        lines = []
        for one in given:
            line = self._line(one) if isinstance(one, Mapping) else {}
            if line:
                lines.append(line)
            else:
                self._trouble("line_unreadable", "lines", str(one))
        if lines:
            self.data["lines"] = lines

    def _line(self, given: Mapping[str, Any]) -> dict[str, Any]:
        line: dict[str, Any] = {}
        for name, value in given.items():
            plain, unit = _split_unit(name)
            path = _LINE_FIELDS.get(plain)
            kept = self._kept(path, value, unit) if path else None
            if path and kept is not None:
                line[path] = kept
        return line

    def _kept(self, path: str, value: Any, unit: str = "") -> Any:
        """Return the value as the waybill keeps it, or None with the problem remembered."""
        if value is None or value == "":
            return None
        try:
            text = _text(value)
            if path == "net_mass_kg":
                return _mass(text, unit)
            return _CONVERSIONS[path](text) if path in _CONVERSIONS else self._checked(path, text)
        except _UnreadableError as problem:
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


class _UnreadableError(ValueError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _text(value: Any) -> str:
    if isinstance(value, Mapping | list | bool):
        raise _UnreadableError("field_unreadable")
    return str(value).strip()


def _mass(text: str, unit: str) -> int:
    found = _MASS.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        raise _UnreadableError("number_unreadable")
    factor = _KG.get((found[2] or unit).lower())
    if factor is None:
        raise _UnreadableError("unit_missing")
    mass = Decimal(found[1]) * factor
    if not 0 < mass <= MOST_MASS_KG:
        raise _UnreadableError("mass_impossible")
    return int(mass.to_integral_value())


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text):
        raise _UnreadableError("number_unreadable")
    return int(text)


def _day(text: str) -> str:
    try:
        at = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError as problem:
        raise _UnreadableError("date_unreadable") from problem
    return (at if at.tzinfo else at.replace(tzinfo=LAW_ZONE)).isoformat()


def _quantity(text: str) -> str:
    if text not in ("full", "limited", "excepted"):
        raise _UnreadableError("field_unreadable")
    return text


def _group(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper().removeprefix("PG").strip()


_CONVERSIONS: dict[str, Callable[[str], Any]] = {
    "start_at": _day,
    "packages": _count,
    "quantity": _quantity,
    "packing_group": _group,
}
