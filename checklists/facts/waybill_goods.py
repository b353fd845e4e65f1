"""A goods line written as one text, as the waybill's form has it: 1，UN1830，硫酸，8，II，罐装，吨，28."""

from __future__ import annotations

import re
import unicodedata

_PARTS = re.compile(r"[,，|](?![^(（]*[)）])")
"""What parts the fields, but not a comma inside brackets."""
_UN = re.compile(r"UN\s*[0-9]{4}", re.IGNORECASE)
_CLASS = re.compile(r"第?[1-9](?:\.[1-6])?[A-S]?[类项]?(?:第?[1-6]项)?(?:\([0-9.,+、\s]*\))?")
_GROUP = re.compile(r"(?:PG|包装类别|包装)?\s*I{1,3}类?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[^0-9\s.].*")
_UNITS = re.compile("kg|千克|公斤|t|吨|l|升|m3|立方米?|方|[件桶箱袋瓶罐个盒筒]", re.IGNORECASE)


def is_goods_line(text: str) -> bool:
    """Whether a text begins as a goods line does: a running number or none, then UN and four digits."""
    return bool(re.match(r"\s*(?:[0-9]{1,2}\s*[,，.、)）|]?\s*)?UN\s*[0-9]{4}(?![0-9])", text, re.IGNORECASE))


def goods_line(text: str) -> dict[str, str]:
    """Return the fields of a goods line by name; nothing where it has no UN number.

    Between UN number and class stands the name, commas and all. An amount is taken with its unit, which stands before
    or behind it.
    """
    parts = [unicodedata.normalize("NFKC", part).strip() for part in _PARTS.split(text)]
    start = next((place for place, part in enumerate(parts) if _UN.search(part)), None)
    if start is None:
        return {}
    found = {"un": str(_UN.search(parts[start])[0])}  # type: ignore[index]
    rest = parts[start + 1 :]
    end = next((place for place, part in enumerate(rest) if place and _CLASS.fullmatch(part)), None)
    if end is None:
        return found | ({"name": rest[0]} if rest and rest[0] else {})
    found |= {"name": "，".join(rest[:end]), "class": rest[end]}
    return found | _amounts(rest[end + 1 :])


def _amounts(parts: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, part in enumerate(parts):
        if _GROUP.fullmatch(part.upper()):
            found.setdefault("packing_group", part)
        elif _NUMBER.fullmatch(part):
            beside = [parts[at] for at in (place - 1, place + 1) if 0 <= at < len(parts)]
            unit = next((one for one in beside if _UNITS.fullmatch(one)), "")
            found.setdefault("net_mass", part + unit)
        elif _AMOUNT.fullmatch(part) and _UNITS.fullmatch(re.sub(r"[0-9.\s]", "", part)):
            found.setdefault("net_mass", part)
    return found
