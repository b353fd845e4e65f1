"""A waybill's bytes and text, taken apart into names and values: JSON, a link's query, or pairs, each value kept.

Bytes first: a QR code says seldom in which code it is written. What is no UTF-8 is GB 18030.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from checklists.facts.waybill_form import LINE_FIELDS, is_known, numbered, split_unit
from checklists.facts.waybill_goods import is_goods_line, is_no_name, names_goods
from checklists.facts.waybill_lines import un_numbers
from checklists.facts.waybill_table import in_pairs
from checklists.patterns import pattern

_DEEPEST = 4
"""So often JSON may hold JSON as text."""

_PAIR = pattern(r"(?<![,，、|｜/\s])[,，、|｜/\s]++(?=(?P<name>[^\s:：＝=,，;；、|｜]{1,20}?)\s*[:：＝=])")
"""Where a comma, a bar or white space may part two pairs: what follows looks like a name."""

_BRACKET = pattern(r"\s*[(（][^()（）]*[)）]\s*$")
_FURTHER = pattern("(?!.*(?:CAS|[%％]|浓度|含量|规格)).*[\u3400-\u9fff]{2}.*")
"""A further name of goods: two Chinese characters or more, and no strength of the one before."""

_GOODS_NAME = pattern("货物?|品名|产品|商品|物品|物料|舱|仓")
"""What a name of goods has in it, where it is none of the fields that are known."""
_COUNT = "[0-9一二三四五六七八九]{1,2}"
_BROKEN = pattern(
    r"<br\s*/?>|\\r?\\?n(?![A-Za-z])|。(?=\s|$|UN)"
    rf"|(?:[,，] ?|\s)(?=(?:货物(?:{_COUNT})?|{_COUNT} ?[#号]? ?[舱仓]) ?[:：])",
    re.IGNORECASE,
)
"""Line breaks that were written as signs, the full stop of a sentence, and what is before the next goods: 2#舱：."""
_INDEXED = pattern(r"\w+(?:\[(?P<at>[0-9]{1,2})\]\[(?P<field>\w+)\]|\.(?P<place>[0-9]{1,2})\.(?P<name>\w+))")

_ESCAPED = pattern("%[0-9A-Fa-f]{2}")
_CHINESE = pattern("[\u3400-\u9fff]")
_SPACES = pattern(r"[^\S\r\n]+")

_HIGH = pattern("[\u0080-\u00ff]")
_LEAST_MENDED = 2


class Pairs(list[tuple[str, Any]]):
    """An object of JSON with every key as often as it was written."""


def decode(data: bytes) -> str:
    """Return the text of bytes: UTF-8, else GB 18030, else what of it can be read, with the sign � for the rest."""
    for code in ("utf-8", "gb18030"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def mended(text: str) -> str:
    """Return what was meant by a text whose bytes were read as Latin-1 (ÃÉK12345 is 蒙K12345), else the text itself."""
    if not _HIGH.search(text):
        return text
    try:
        other = decode(text.encode("latin-1"))
    except UnicodeEncodeError:
        return text
    chinese = re.findall("[\u4e00-\u9fff]", other)
    return other if len(chinese) >= _LEAST_MENDED and not _HIGH.search(other) and "\ufffd" not in other else text


def pairs_of(text: str) -> Pairs:
    """Return the names and values of a text, in its order; nothing where it has no form that is known."""
    plain = mended(text).lstrip("\ufeff").strip()
    held = as_object(plain)
    if held is not None:
        return held
    if plain[:1] == '"' and isinstance(inner := _json(plain), str):
        return pairs_of(inner)
    if re.match(r"[\w.-]+\.[a-z]{2,}(?:/[^\s?]*)?\?[\w.\[\]-]+=\S", plain, re.IGNORECASE):
        plain = f"http://{plain}"
    if re.match(r"[a-z][a-z0-9+.-]*://", plain, re.IGNORECASE):
        return Pairs(pair for name, value in _query(plain) for pair in _inside(name, value))
    if _ESCAPED.search(plain) and not _CHINESE.search(plain):
        return pairs_of(_unquoted(plain))
    return Pairs(_parts(_SPACES.sub(" ", in_pairs(_BROKEN.sub("\n", plain)))))


def _inside(name: str, value: str) -> Pairs:
    """Return the pairs that a value of a link holds under a name that is none of a waybill's, or the pair itself."""
    if is_known(name) or as_object(value) is not None:
        return Pairs([(name, value)])
    within = _unquoted(value) if _ESCAPED.search(value) else value
    held = pairs_of(within) if within != value or re.search("[：＝:=]", within) else Pairs()
    return held if any(is_known(str(one)) for one, _value in held) else Pairs([(name, value)])


def _unquoted(text: str) -> str:
    """Return what percent signs hide; one that hides nothing goes, so that it is not asked for again."""
    return decode(unquote_to_bytes(text)).replace("%", "％")


def as_object(value: Any, depth: int = _DEEPEST) -> Pairs | None:
    """Return the object that a value is or holds: JSON as text, a list of one; several become one with all pairs."""
    if isinstance(value, Pairs):
        return value
    if isinstance(value, str):
        held = _json(value) if depth and value.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", '"') else None
        return None if held is None else as_object(held, depth - 1)
    if not isinstance(value, list) or not value:
        return None
    each = [as_object(one, depth - 1) if depth else None for one in value]
    known = [one for one in each if one is not None]
    if len(known) < len(each):
        return None
    if all(split_unit(name)[0] in LINE_FIELDS for one in known for name, _value in one):
        return Pairs([("lines", list(known))])
    return Pairs(pair for one in known for pair in one)


def _json(text: str) -> Any:
    try:
        return json.loads(
            text.strip("\ufeff \t\r\n"), parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=Pairs
        )
    except (ValueError, RecursionError):
        return None


def _query(text: str) -> Pairs:
    """Return a link's query, its own or that behind the #; percent signs hide bytes, in either code."""
    try:
        link = urlsplit(text)
    except ValueError:
        return Pairs()
    query = link.query or link.fragment.partition("?")[2]
    readers: tuple[Callable[[], list[tuple[str, str]]], ...] = (
        lambda: parse_qsl(query, encoding="utf-8", errors="strict"),
        lambda: parse_qsl(query, encoding="gb18030", errors="strict"),
        lambda: parse_qsl(query),
    )
    for read in readers:
        try:
            return Pairs((_unindexed(name), value) for name, value in read())
        except ValueError:
            continue
    return Pairs()


def _unindexed(name: str) -> str:
    """Return the name of a field of a list in a link: un[] is un, goods[0][un] and goods.0.un are un1."""
    found = _INDEXED.fullmatch(name)
    if not found:
        return name.removesuffix("[]")
    return f"{found['field'] or found['name']}{int(found['at'] or found['place']) + 1}"


def _parts(text: str) -> list[tuple[str, str]]:
    """Return names and values; a UN number alone behind another one is a further one of that field.

    So is any text behind a semicolon without a name of its own, where a field of the goods stands before it.
    """
    found: list[tuple[str, str]] = []
    for mark, part in _marked(text):
        field = LINE_FIELDS.get(numbered(found[-1][0])[0]) if found else None
        if field and (un_numbers(part)[0] if field == "un" else mark in ";；" and _is_further(part, field)):
            glue = "" if field == "name" and _BRACKET.match(part) else ";"
            found[-1] = (found[-1][0], f"{found[-1][1]}{glue}{part.strip()}")
            continue
        between = _behind_goods if is_goods_line(part) else _between
        for pair in _PAIR.sub(between, part).split("\n"):
            if is_goods_line(pair):
                found.append(("lines", pair))
                continue
            name, *value = re.split("[：＝:=]", pair, maxsplit=1)
            if value and value[0].strip():
                found.append(_named(name.strip("\ufeff \t"), value[0].strip()))
            elif not value and names_goods(pair):
                found.append(("lines", pair))
    return found


def _named(name: str, value: str) -> tuple[str, str]:
    """Return a pair; goods under a name of no field, such as 货物一 or 1#舱, are a goods line."""
    called = _GOODS_NAME.search(name) if not is_known(name) and names_goods(value) else None
    if not called:
        return name, value
    return "lines", f"{value} 舱号:{name}" if called[0] in "舱仓" else value


def _marked(text: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a text with the mark before it."""
    parts = re.split(r"([;；&\r\n])", f"\n{text}")
    return zip(parts[1::2], parts[2::2], strict=True)


def _is_further(part: str, field: str) -> bool:
    """Whether a part is a value alone: no pair, no goods line, no name of a field whose value is left out.

    What says how goods are packed, how many they are, or how strong is no further name, nor what no Chinese names.
    """
    bare = part.strip()
    other = re.search("[：＝:=]", bare) or is_goods_line(bare) or is_known(bare)
    no_name = field == "name" and not _BRACKET.match(part) and (is_no_name(bare) or not _FURTHER.fullmatch(bare))
    return bool(bare) and not other and not no_name


def _between(found: re.Match[str]) -> str:
    """Part two pairs only where what follows is a name that is known: a time has colons as well."""
    return "\n" if is_known(found["name"]) else found[0]


def _behind_goods(found: re.Match[str]) -> str:
    """Part behind a goods line only what is none of its fields: those stay with it."""
    return found[0] if numbered(found["name"])[0] in LINE_FIELDS else _between(found)
