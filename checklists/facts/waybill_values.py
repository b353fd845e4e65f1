"""The values of a waybill's fields as text: masses, volumes, days and words, each refused where it cannot be true."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.registry import COLOURS
from checklists.facts.situation import LAW_ZONE
from checklists.goods.labels import group_of
from checklists.patterns import pattern

MOST_MASS_KG = 100_000
"""No road vehicle carries more; ours, not law. What is heavier was misread or mistyped."""

MOST_VOLUME_L = 100_000
"""No road tank holds more; ours, not law."""

_FIRST_YEAR, _LAST_YEAR = 2015, 2099
"""Years in which a waybill may say that it departs: 1970 is a zero, 2126 a slip. Ours."""

PACKED = "[罐桶瓶袋箱散]装|罐车|集装罐|吨桶|IBC"
"""Words for how goods are packed: they stand beside amounts."""

_NUMBER = pattern(
    r"([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(.*?)\s*"
    rf"(?:\((?:{PACKED}|净重?)\)|整)?",
    re.DOTALL | re.IGNORECASE,
)
"""Figures, with a comma after the thousands or none, the unit, and in brackets how it is packed."""

_KG: dict[str, int | Decimal] = {
    "kg": 1,
    "kgs": 1,
    "千克": 1,
    "公斤": 1,
    "t": 1000,
    "吨": 1000,
    "公吨": 1000,
    "mt": 1000,
    "噸": 1000,
    "g": Decimal("0.001"),
    "克": Decimal("0.001"),
}
_LITRES = {
    "l": 1,
    "升": 1,
    "公升": 1,
    "kl": 1000,
    "千升": 1000,
    "m3": 1000,
    "m^3": 1000,
    "立方米": 1000,
    "立方": 1000,
    "方": 1000,
}
_KG_M3 = {"kg/m3": 1, "千克/立方米": 1, "t/m3": 1000, "g/cm3": 1000, "g/ml": 1000, "kg/l": 1000}
_DIVISION = pattern("第?([1-9])类?[第.]?([1-6])项")
_COMPARTMENT = pattern(
    r"(?:第|NO\.?|#|隔?[舱仓])?\s*([0-9]{1,2}|[一二三四五六七八九十]|I{1,3}|I[VX]|VI{0,3}|X)\s*"
    "(?:号|#)?(?:隔|罐)?(?:舱|仓|室)?",
    re.IGNORECASE,
)
_FIGURES = ("一二三四五六七八九十", ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"))
_PIECES = "(?:钢瓶|气瓶|吨桶|[铁钢塑纸]桶|塑料桶|纸箱|木箱|托盘|[件桶箱袋瓶罐个盒筒只支包捆盘托])"

UNITS = "|".join([_PIECES, *map(re.escape, sorted((*_KG, *_LITRES), key=len, reverse=True))])
"""An expression for every unit that an amount may have, in lower case."""
_PIECES_BEHIND = pattern(rf"\(\s*([0-9]{{1,6}}\s*{_PIECES})\s*\)$")

_NONE = ("", "无", "none", "null")
_STATUS = {
    "valid": ("valid", "有效", "正常", "运输中", "在途", "执行中", "已发车", "待运输", "未开始", "已装货", "运输"),
    "cancelled": ("cancelled", "canceled", "作废", "已作废", "已取消", "取消", "已撤销", "撤销"),
    "finished": (
        "finished",
        "completed",
        "已完成",
        "完成",
        "已结束",
        "结束",
        "已办结",
        "已签收",
        "已卸货",
        "运输完成",
        "已关闭",
    ),
}
_QUANTITY = {
    "full": ("full", "否", "无", "正常"),
    "limited": ("limited", "lq", "有限数量"),
    "excepted": ("excepted", "eq", "例外数量"),
}

_STATED = pattern(
    r"(?P<number>.*\w)\s*[(（\[【]\s*(?P<status>"
    + "|".join(re.escape(one) for words in _STATUS.values() for one in words)
    + r")\s*[)）\]】]"
)


class UnreadableError(ValueError):
    """A value that cannot be true or cannot be read; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def text_of(value: Any) -> str:
    """Return a plain value as text. Raises UnreadableError for objects, lists and truth values."""
    if isinstance(value, Mapping | list | bool):
        raise UnreadableError("field_unreadable")
    return str(value).strip()


def mass(text: str, unit: str = "") -> int:
    """Return kilograms; the unit stands behind the number or, in `unit`, behind the field's name."""
    return _amount(text, unit, _KG, MOST_MASS_KG, "mass_impossible")


def volume(text: str, unit: str = "") -> int:
    """Return litres."""
    return _amount(text, unit, _LITRES, MOST_VOLUME_L, "field_unreadable")


def density(text: str, unit: str = "") -> int:
    """Return kilograms per cubic metre, from 1 to 25,000."""
    return _amount(text, unit, _KG_M3, 25_000, "field_unreadable")


def count(text: str, _unit: str = "") -> int:
    """Return a number of pieces, with or without their word."""
    found = re.fullmatch(rf"([0-9]{{1,6}})\s*{_PIECES}?", unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise UnreadableError("number_unreadable")
    return int(found[1])


def kind_of_amount(text: str, unit: str = "") -> str:
    """Return the field that an amount belongs to by its unit: a 数量 may be a mass, a volume or a number of pieces."""
    said = (_measured(text) or ("", ""))[1] or unicodedata.normalize("NFKC", unit).strip().lower()
    if said in _LITRES:
        return "volume_l"
    return "packages" if re.fullmatch(_PIECES, said) else "net_mass_kg"


def is_amount(text: str) -> bool:
    """Whether a text is figures with a unit behind them, and perhaps how it is packed."""
    found = _measured(text)
    return found is not None and bool(re.fullmatch(UNITS, found[1]))


def amounts(text: str) -> tuple[str, ...]:
    """Return the amounts that stand in one text (9吨/12.3m³), or the text itself where it is not several of them.

    Pieces in brackets are how many there are; a mass or volume there may be that of one piece: 20桶(200L).
    """
    plain = _PIECES_BEHIND.sub(r"/\1", unicodedata.normalize("NFKC", text))
    parts = [part.strip() for part in re.split("[/、+;,]", plain)]
    return tuple(parts) if len(parts) > 1 and all(map(is_amount, parts)) else (text,)


def _measured(text: str) -> tuple[str, str] | None:
    """Return figures and unit of an amount, the unit empty where none stands behind them."""
    found = _NUMBER.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    return (found[1].replace(",", ""), found[2].lower()) if found else None


def _amount(text: str, unit: str, units: Mapping[str, int | Decimal], most: int, impossible: str) -> int:
    found = _measured(text)
    if found is None:
        raise UnreadableError("number_unreadable")
    figures, behind = found
    if behind and behind not in units:
        raise UnreadableError("number_unreadable")
    said = behind or unicodedata.normalize("NFKC", unit).strip().lower()
    if said not in units:
        raise UnreadableError("unit_missing")
    value = Decimal(figures) * units[said]
    if not 0 < value <= most:
        raise UnreadableError(impossible)
    return max(int(value.to_integral_value()), 1)


def moment(text: str, _unit: str = "") -> str:
    """Return a time as ISO text; without a zone it is Beijing's, without an hour midnight."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        at = _digits(plain) if plain.isdigit() else _written(plain)
    except (ValueError, OverflowError, OSError) as problem:
        raise UnreadableError("date_unreadable") from problem
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise UnreadableError("date_unreadable")
    return (at if at.tzinfo else at.replace(tzinfo=LAW_ZONE)).isoformat()


def _digits(text: str) -> datetime:
    """Read 20261121, 202611210930, 20261121093000, or seconds or milliseconds since 1970."""
    if len(text) in (10, 13) and not text.startswith("20"):
        return datetime.fromtimestamp(int(text[:10]), UTC).astimezone(LAW_ZONE)
    if len(text) not in (8, 10, 12, 14):
        raise ValueError(text)
    parts = [text[:4], *(text[place : place + 2] for place in range(4, len(text), 2))]
    return datetime(*map(int, parts))  # type: ignore[arg-type]  # noqa: DTZ001 - the zone is set by the caller


def _written(text: str) -> datetime:
    found = re.fullmatch(
        r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?\s*"
        r"(?:([0-9]{1,2})[:时点](?:([0-9]{1,2})分?)?(?::?([0-9]{1,2})秒?)?)?",
        text,
    )
    if found is None:
        return datetime.fromisoformat(text)
    return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001


def route(value: Any) -> list[str]:
    """Return the roads and places of a route in order."""
    given = [text_of(one) for one in value] if isinstance(value, list) else [text_of(value)]
    parts = (part.strip() for one in given for part in re.split(r"[、,，;；→~～]|-+>?|—+>?|>", one))
    return [part for part in parts if part]


def hazards(value: Any) -> list[str]:
    """Return subsidiary hazards one by one, 6类1项 as 6.1; a dash or 无 is none."""
    given = [text_of(one) for one in value] if isinstance(value, list) else [text_of(value)]
    divided = (_DIVISION.sub(r"\1.\2", unicodedata.normalize("NFKC", one)) for one in given)
    parts = (re.sub("[第类项]", "", part).strip() for one in divided for part in re.split(r"[+、,;/\s()]", one))
    return [part for part in parts if part.strip("-—") not in _NONE]


def compartment(text: str, _unit: str = "") -> str:
    """Return the number of a compartment in plain figures (1号, 01, 第一舱, Ⅰ, No.1), or as it stands.

    A letter is none: whether A is the first compartment, nobody can tell.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _COMPARTMENT.fullmatch(plain)
    if found is None:
        return plain
    figure = found[1].upper()
    return next((str(row.index(figure) + 1) for row in _FIGURES if figure in row), figure.lstrip("0") or "0")


def status(text: str, _unit: str = "") -> str:
    """Return valid, cancelled or finished."""
    return _word(text, _STATUS)


def with_status(text: str) -> tuple[str, str]:
    """Return a waybill's number, and the status that stands behind it: YD1(作废)."""
    found = _STATED.fullmatch(text)
    return (found["number"], found["status"]) if found else (text, "")


def quantity(text: str, _unit: str = "") -> str:
    """Return full, limited or excepted."""
    return _word(text, _QUANTITY)


def _word(text: str, words: Mapping[str, tuple[str, ...]]) -> str:
    found = next((one for one, said in words.items() if text.strip().lower() in said), None)
    if found is None:
        raise UnreadableError("field_unreadable")
    return found


def group(text: str, _unit: str = "") -> str:
    """Return the packing group as I, II or III, or as it stands where it is none of them."""
    return group_of(text) or unicodedata.normalize("NFKC", text).strip()


def colour(text: str, _unit: str = "") -> str:
    """Return the colours that a plate's may be, joined by a bar: a word says one, a figure may say several."""
    if set(text.split("|")) <= set(COLOURS):
        return text
    found = next(
        (one.colours for form in ("蒙A12345_{}", "蒙A12345{}") if (one := read_plate(form.format(text))).colours), ()
    )
    if not found:
        raise UnreadableError("field_unreadable")
    return "|".join(found)


CONVERSIONS: Mapping[str, Callable[[str, str], Any]] = {
    "start_at": moment,
    "plate_colour": colour,
    "trailer_plate_colour": colour,
    "status": status,
    "compartment": compartment,
    "packages": count,
    "quantity": quantity,
    "packing_group": group,
    "net_mass_kg": mass,
    "total_mass_kg": mass,
    "total_packages": count,
    "gross_mass_kg": mass,
    "explosive_mass_kg": mass,
    "volume_l": volume,
    "density_kg_m3": density,
}
LISTS: Mapping[str, Callable[[Any], list[str]]] = {"route": route, "subsidiary": hazards}
