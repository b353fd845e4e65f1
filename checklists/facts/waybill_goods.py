"""A goods line written as one text: 1，UN1830，硫酸，8，II，罐装，吨，28, or in free order UN 1170 乙醇 3 II 20吨."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from checklists.facts.waybill_values import kind_of_amount
from checklists.patterns import pattern

Pair = tuple[str, str]

_PARTS = pattern(r"[,，|](?![^(（]*[)）])")
"""What parts the fields, but not a comma inside brackets."""
_POINTS = pattern(r"、(?![^(（]*[)）])")
_UN = pattern(r"UN\s*[0-9]{4}(?![0-9])", re.IGNORECASE)
_CLASS = pattern(r"第?[1-9](?:\.[1-6])?[A-S]?[类项]?(?:第?[1-6]项)?(?:\([0-9.,+、\s]*\))?")
_GROUP = pattern(r"(?:PG|包装类别|包装)?\s*I{1,3}类?")
_NUMBER = pattern(r"[0-9]+(?:\.[0-9]+)?")
_UNIT = r"kg|千克|公斤|t|吨|l|升|m3|立方米?|方|[件桶箱袋瓶罐个盒筒]"
_UNITS = pattern(_UNIT, re.IGNORECASE)
_AMOUNT = pattern(rf"([0-9]+(?:\.[0-9]+)?)\s*({_UNIT})", re.IGNORECASE)
_PACKED = pattern("[罐桶瓶袋箱散]装|罐车|集装罐|吨桶|IBC|/|-|—|无", re.IGNORECASE)
"""How it is packed, and what stands for nothing: no part of a name."""

_FIELD = {"net_mass_kg": "net_mass", "volume_l": "volume", "packages": "packages"}
"""Kind of amount → the name under which a line gives it."""


def is_goods_line(text: str) -> bool:
    """Whether a text begins as a goods line does: a running number or none, then UN and four digits."""
    return bool(re.match(r"[\s\ufeff]*(?:[0-9]{1,2}\s*[,，.、)）|]?\s*)?UN\s*[0-9]{4}(?![0-9])", text, re.IGNORECASE))


def goods_line(text: str) -> tuple[Pair, ...]:
    """Return the fields of a goods line, each with its name; nothing where it has no UN number.

    Between UN number and class stands the name, commas and all. An amount is taken with its unit, which stands before
    or behind it; a mass, a volume and a number of packages are three fields.
    """
    parts = _parts(text)
    start = next((place for place, part in enumerate(parts) if _UN.search(part)), None)
    if start is None:
        return ()
    number = _UN.search(parts[start])
    rest = [part for part in (parts[start][number.end() :].strip(), *parts[start + 1 :]) if part]  # type: ignore[union-attr]
    classes = [place for place in range(len(rest)) if _is_class(rest, place)]
    # The figure in front is the 1 of 1,2-二氯乙烷, unless no other can be the class.
    end = next((place for place in classes if place), next(iter(classes), None))
    named, told = (rest[:1], rest[1:]) if end is None else (rest[:end], rest[end + 1 :])
    told += [part for part in named[1:] if _AMOUNT.fullmatch(part) or _GROUP.fullmatch(part.upper())]
    named = [part for part in named if part not in told]
    if end == 0:
        # The class before the name: the first part that says nothing else is the name.
        named = [part for part in told if not _says(part)][:1]
        told = [part for part in told if part not in named]
    if end is None and named and _says(named[0]):
        named, told = [], rest
    found: list[Pair] = [("un", number[0])]  # type: ignore[index]
    found += [("name", "，".join(named))] if named else []
    found += [("class", rest[end])] if end is not None else []
    return (*found, *_amounts(told))


def _parts(text: str) -> list[str]:
    """Return what commas part, else enumeration commas, else white space: there, words that name the goods stay one."""
    plain = unicodedata.normalize("NFKC", text.replace("，", ",")).strip("\ufeff \t")
    for mark in (_PARTS, _POINTS):
        if len(parts := [part.strip() for part in mark.split(plain)]) > 2:
            return parts
    number = _UN.search(plain)
    if number is None:
        return [plain]
    words = re.sub(rf"([0-9])\s+({_UNIT})(?=\s|$)", r"\1\2", plain[number.end() :], flags=re.IGNORECASE).split()
    return [number[0], " ".join(one for one in words if not _says(one)), *filter(_says, words)]


def _is_class(parts: list[str], place: int) -> bool:
    """Whether a part is the class; a bare figure beside a unit is an amount."""
    beside = [parts[at] for at in (place - 1, place + 1) if 0 <= at < len(parts)]
    return bool(_CLASS.fullmatch(parts[place])) and not any(_UNITS.fullmatch(one) for one in beside[1:])


def _says(part: str) -> bool:
    """Whether a part is class, packing group, amount, unit or packing, and so no name."""
    shapes = (_CLASS, _GROUP, _AMOUNT, _NUMBER, _UNITS, _PACKED)
    return any(shape.fullmatch(part) or shape.fullmatch(part.upper()) for shape in shapes)


def _amounts(parts: list[str]) -> Iterator[Pair]:
    for place, part in enumerate(parts):
        if _GROUP.fullmatch(part.upper()):
            yield "packing_group", part
        elif _NUMBER.fullmatch(part):
            beside = [parts[at] for at in (place - 1, place + 1) if 0 <= at < len(parts)]
            unit = next((one for one in beside if _UNITS.fullmatch(one)), "")
            yield _FIELD[kind_of_amount(part + unit)], part + unit
        elif _AMOUNT.fullmatch(part):
            yield _FIELD[kind_of_amount(part)], part
