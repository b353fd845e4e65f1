"""The text of a waybill's QR code, read into the fields of `transport.Waybill`.

No national format is published, so the raw text is always kept and nothing is guessed: JSON, `key=value` pairs and
links are understood with Chinese or English names. A value that cannot be true is left out, and so is what a text gives
twice with other content; the problem says which.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from checklists.facts.identifiers.checks import Problem
from checklists.facts.waybill_form import (
    FIELDS,
    GROUP_FIELDS,
    GROUPS,
    LINE_FIELDS,
    PERSON_FIELDS,
    TELLING,
    WEAK,
    numbered,
    split_unit,
)
from checklists.facts.waybill_goods import each_goods, goods_line
from checklists.facts.waybill_kept import Keeper
from checklists.facts.waybill_lines import Pair, gathered, parted, several_names, un_numbers
from checklists.facts.waybill_text import Pairs, as_object, decode, mended, pairs_of
from checklists.facts.waybill_values import MOST_MASS_KG, amounts, is_amount, kind_of_amount
from checklists.patterns import pattern
from checklists.values import frozen

__all__ = ["MOST_MASS_KG", "Reading", "read"]

Given = tuple[str, str, Any]
"""Path of the waybill (empty for a goods line's field), name as written, value."""


@frozen
class Reading:
    """A waybill as read: plain fields of `transport.Waybill` with the `raw` text, and what is wrong with it.

    Every problem names its field in `params["field"]`; `nothing_known` stands alone where no field was recognised.
    """

    data: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


def read(source: str | bytes, known_un: Container[str] | None = None) -> Reading:
    """Return the waybill that a text or its bytes hold; `known_un` is the goods list to check UN numbers against.

    Bytes that the text does not give back are kept beside it, in base64: they are the evidence.
    """
    text = source if isinstance(source, str) else decode(source)
    keeper = Keeper(known_un)
    flat: list[Pair] = []
    lines: list[Any] = []
    for path, name, value in _strongest(_given(pairs_of(text), FIELDS)):
        if path == "lines":
            lines.extend(_each_line(value))
        elif path:
            keeper.field(path, value, split_unit(name)[1])
        else:
            flat.append((name, value))
    if lines or flat:
        _read_lines(keeper, lines, flat)
    _tell_unread(keeper, text, known_un)
    problems = keeper.problems or ([] if keeper.data else [Problem("nothing_known", "warn", {"field": "raw"})])
    return Reading({**keeper.data, "raw": text, **_bytes_of(source, text)}, tuple(problems))


def _tell_unread(keeper: Keeper, text: str, known_un: Container[str] | None) -> None:
    """Name each UN number that stands in the text and in no line: no goods are lost in silence."""
    told = {str(line.get("un")) for line in keeper.data.get("lines", ())}
    told |= {one for problem in keeper.problems for one in re.findall("[0-9]{4}", problem.params.get("value", ""))}
    for un in dict.fromkeys(_MENTIONED.findall(unicodedata.normalize("NFKC", mended(text)))):
        if un not in told and (known_un is None or un in known_un):
            keeper.trouble("line_unclear", "un", un)


_MENTIONED = pattern(r"(?<![A-Z])UN\s*(?:NO\.?|编号|号)?[\s.:]*([0-9]{4})(?![0-9])", re.IGNORECASE)


def _bytes_of(source: str | bytes, text: str) -> dict[str, str]:
    if isinstance(source, str) or text.encode("utf-8", "surrogatepass") == source:
        return {}
    return {"raw_base64": base64.b64encode(source).decode()}


def _strongest(given: Iterator[Given]) -> Iterator[Given]:
    """Leave out what only a general name (id, no) gives where a telling one gives the same field."""
    held = list(given)
    named = {path for path, name, _value in held if split_unit(name)[0] not in WEAK}
    return (one for one in held if one[0] not in named or split_unit(one[1])[0] not in WEAK)


def _given(pairs: Pairs, fields: Mapping[str, str]) -> Iterator[Given]:
    """Yield path, name and value of what the text gives; no path for a goods line's. Unknown names stay in the raw.

    An object inside (驾驶员: {姓名: ...}) gives the fields that its name makes of them; one of another name is looked
    into where it holds what only a waybill has. A person's number behind his name is his.
    """
    person = ""
    for name, value in pairs:
        bare, _ = numbered(str(name))
        inner = as_object(value) if bare not in LINE_FIELDS or bare in GROUPS else None
        if inner is not None and bare in GROUPS:
            group = GROUPS[bare]
            yield from (one for one in _given(inner, GROUP_FIELDS[group]) if one[0] or group == "waybill")
        elif bare in fields:
            person = fields[bare].partition(".")[0] if "." in fields[bare] else person
            yield fields[bare], str(name), value
        elif person and bare in PERSON_FIELDS:
            yield f"{person}.{PERSON_FIELDS[bare]}", str(name), value
        elif bare in LINE_FIELDS:
            yield "", str(name), value
        elif inner is not None and any(numbered(one)[0] in TELLING for one, _value in inner):
            yield from _given(inner, FIELDS)


def _each_line(value: Any) -> Iterator[Any]:
    """Yield the goods lines that a value holds: objects, texts of objects, or texts set apart by ; and line breaks."""
    whole = as_object(value) if isinstance(value, str) else None
    if whole is not None:
        yield from (
            (one for name, held in whole for one in held) if [name for name, _ in whole] == ["lines"] else [whole]
        )
    elif isinstance(value, list) and not isinstance(value, Pairs):
        for one in value:
            yield from _each_line(one)
    elif isinstance(value, str):
        for part in value.replace("；", ";").replace("\n", ";").split(";"):
            yield from each_goods(part) if part.strip() else ()
    else:
        yield value


def _read_lines(keeper: Keeper, lines: list[Any], flat: list[Pair]) -> None:
    """Take the goods lines; what is no line, or belongs to none for certain, is a problem."""
    for one in lines:
        pairs = goods_line(one) if isinstance(one, str) else tuple(one) if isinstance(one, Pairs) else ()
        if not _take(keeper, pairs):
            keeper.trouble("line_unreadable", "lines", str(one))
    if not lines:
        _take(keeper, tuple(flat))
    elif flat and (len(lines) > 1 or any(map(_number, flat)) or not keeper.adds_to_line(_fields(flat))):
        # Beside lines of their own, single fields say which line they mean only where there is one.
        _leave(keeper, flat, of_all=not any(_number(pair) or _path(pair) in ("un", "name") for pair in flat))


def _take(keeper: Keeper, pairs: tuple[Pair, ...]) -> bool:
    """Take the lines that pairs make; whether there were any. An amount beside goods that share a field is of all."""
    pairs = tuple(_opened(pairs))
    given = tuple(pair for pair in pairs if _path(pair))
    known = several_names(parted(given, _path), _path, _number)
    told = ((name, one) for name, value in known.lines[0] for one in _each_amount(name, value))
    found = gathered(told, _path, _number)
    taken = [keeper.line(_fields(line)) for line in (*found.lines, *known.lines[1:])]
    _leave(keeper, (*found.left, *known.left), of_all=len(known.lines[0]) > len(given) or len(known.lines) > 1)
    _leave(keeper, found.totals, of_all=True)
    return any(taken)


def _opened(pairs: tuple[Pair, ...]) -> Iterator[Pair]:
    """Yield the pairs with a name that is a goods line (硫酸，UN1830，28吨) as its fields.

    Where the pairs give that number themselves, the name alone is left.
    """
    given = {digits for pair in pairs if _path(pair) == "un" for digits in un_numbers(pair[1])[0]}
    for name, value in pairs:
        named = re.split("[;；]", value) if _path((name, value)) == "name" and isinstance(value, str) else []
        parts = [one for part in named for one in each_goods(part)]
        lines = [goods_line(part) for part in parts]
        if not parts or not all(lines) or (given and not {line[0][1][-4:] for line in lines} <= given):
            yield name, value
        elif given:
            yield name, "；".join(said for line in lines for field, said in line if field == "name") or value
        else:
            yield from (pair for line in lines for pair in line)


_OF_ALL = {"net_mass_kg": "total_mass_kg", "packages": "total_packages"}
"""What of a line there is of all goods together."""


def _leave(keeper: Keeper, pairs: Iterable[Pair], *, of_all: bool) -> None:
    for name, value in pairs:
        path = _path((name, value))
        if of_all and path in _OF_ALL:
            keeper.field(_OF_ALL[path], value, split_unit(name)[1])
        else:
            keeper.trouble("line_unclear", path, str(value))


def _fields(pairs: Any) -> list[tuple[str, Any, str]]:
    return [(_path(pair), pair[1], split_unit(pair[0])[1]) for pair in pairs]


def _path(pair: Pair) -> str:
    """Return the field of a line that a pair gives; an amount's by its unit."""
    (bare, _number_of), (_bare, unit) = numbered(str(pair[0])), split_unit(str(pair[0]))
    path, value = LINE_FIELDS.get(bare, ""), pair[1]
    if isinstance(value, str) and (path == "net_mass_kg" or (path == "quantity" and is_amount(value))):
        return kind_of_amount(value, unit)
    return path


def _number(pair: Pair) -> str:
    return numbered(str(pair[0]))[1]


def _each_amount(name: str, value: Any) -> tuple[Any, ...]:
    """Return the amounts of a mass or quantity one by one: 数量 9吨/12.3m³ is a mass and a volume."""
    return amounts(value) if _path((name, value)) == "net_mass_kg" and isinstance(value, str) else (value,)
