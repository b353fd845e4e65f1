"""A goods line written as one text: 1，UN1830，硫酸，8，II，罐装，吨，28, or in free order UN 1170 乙醇 3 II 20吨."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from checklists.facts.waybill_form import LINE_FIELDS, numbered
from checklists.facts.waybill_values import PACKED, UNITS, amounts, is_amount, kind_of_amount
from checklists.patterns import pattern

Pair = tuple[str, str]

_PARTS = pattern("[,，|]")
"""What parts the fields, but not a comma inside brackets."""
_POINTS = pattern("、")
_NUMBERED = r"(?:UN\s*(?:NO\b|编号|号)?|联合国编号)[\s.]*"
_UN = pattern(rf"{_NUMBERED}([0-9]{{4}})(?![0-9])", re.IGNORECASE)
_COUNTED = pattern(rf"([0-9])\)(?=\s*{_NUMBERED}[0-9])", re.IGNORECASE)
_BRACKETED = pattern(rf"[(\[]\s*({_NUMBERED}[0-9]{{4}})\s*[)\]]", re.IGNORECASE)
_BEGINS = pattern(rf"[\s\ufeff]*(?:[0-9]{{1,2}}\s*[,，.、)）|]?\s*)?{_NUMBERED}[0-9]{{4}}(?![0-9])", re.IGNORECASE)
_CLASS = pattern(r"第?[1-9](?:\.[1-6])?[A-S]?[类项]?(?:第?[1-6]项)?(?:\([0-9.,+、\s]*\))?")
_COUNT = pattern(r"\(?[0-9]{0,2}\s*[.)、]?")
"""The running number of a line, or nothing."""
_ALSO = pattern(r"\([0-9.,+、\s]+\)")
"""Subsidiary hazards that stand apart from the class."""
_LEVEL = "(?:PG|包装类别|包装等级|包装)"
_GROUP = pattern(rf"{_LEVEL}?\s*I{{1,3}}[类级]?(?:包装)?", re.IGNORECASE)
_NUMBER = pattern(r"[0-9]+(?:\.[0-9]+)?")
_UNITS = pattern(UNITS, re.IGNORECASE)
_THOUSANDS = pattern(rf"[0-9]{{3}}(?:\.[0-9]+)?\s*(?:{UNITS})", re.IGNORECASE)
"""What stands behind a comma that may part the thousands, or two fields."""
_FIGURES = pattern(rf"[0-9].*|.*[0-9]\s*(?:{UNITS})", re.IGNORECASE | re.DOTALL)
"""What is an amount, readable or not: 20蒲式耳, 合计32吨."""
_GLUED = pattern(rf"^(\S*[\u3400-\u9fff])([0-9][0-9.,]*(?:{UNITS}))(?![^\s/(])", re.IGNORECASE)
"""An amount right behind the last character of a name."""
_ENDING = pattern(r"(?<![,、|\s])[,、|\s]++([1-9][0-9]{0,5})\s*[.)]?$")
"""The figure with which a goods line ends."""
_UNIT_ALONE = pattern(rf"[^0-9,、|\s][,、|\s]+(?:{UNITS})$", re.IGNORECASE)
_PACKED = pattern(rf"{PACKED}|/|-|—|无", re.IGNORECASE)
"""How it is packed, and what stands for nothing: no part of a name."""

_FIELD = {"net_mass_kg": "net_mass", "volume_l": "volume", "packages": "packages"}
"""Kind of amount → the name under which a line gives it."""


def is_goods_line(text: str) -> bool:
    """Whether a text begins as a goods line does: a running number or none, then UN and four digits."""
    return bool(_BEGINS.match(text))


def each_goods(text: str) -> tuple[str, ...]:
    """Return the text of each goods line in a text that holds several, or the text itself.

    Lines are parted by a mark between goods that each have their UN number, else before each UN number. Where numbers
    stand side by side and the rest behind them, no one can say what is whose: the text stays one, and is no line.
    """
    plain = _COUNTED.sub(r"\1.", _plain(text))
    if len(_outside(_UN, plain)) <= 1:
        return (text,)
    by_mark = ([part for part in _split(mark, plain) if part.strip()] for mark in (_POINTS, _PARTS))
    parts = next((one for one in by_mark if all(len(_outside(_UN, part)) == 1 for part in one)), _cut(plain))
    bare = [bool(_UN.fullmatch(part.strip())) for part in parts]
    return (text,) if any(bare) and not all(bare) else tuple(parts)


def _plain(text: str) -> str:
    """Return a text in half width, white space as one space each, a number alone in brackets without them."""
    return _BRACKETED.sub(r" \1 ", re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)))


def _outside(shape: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return where a shape stands that is not in brackets: those belong to a name."""
    found = list(shape.finditer(text))
    if not found or (")" not in text and "）" not in text):
        return found
    closes, inside = False, [False]
    for sign in reversed(text):
        closes = sign in ")）" or (closes and sign not in "(（")
        inside.append(closes)
    return [one for one in found if not inside[len(text) - one.end()]]


def _split(mark: re.Pattern[str], text: str) -> list[str]:
    """Return what stands between the marks that are not in brackets."""
    cuts = _outside(mark, text)
    begins, ends = [0, *(one.end() for one in cuts)], [*(one.start() for one in cuts), len(text)]
    return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]


def _cut(text: str) -> list[str]:
    """Return a text cut before each UN number but the first; whole where something else begins it."""
    if not is_goods_line(text):
        return [text]
    starts = [found.start() for found in _outside(_UN, text)]
    parts = [text[a:b].rstrip(" ,、|/+\t和及与") for a, b in pairwise((*starts, len(text)))]
    if not re.match(r"[\s\ufeff]*1(?![0-9])", text):
        return parts
    return [*(_without_next(part, place) for place, part in enumerate(parts[:-1], 2)), parts[-1]]


def _without_next(text: str, number: int) -> str:
    """Return a goods line without the running number of the next; a figure behind a unit of its own is an amount."""
    found = _ENDING.search(text)
    before = text[: found.start()] if found and int(found[1]) == number else ""
    return before if before and not _UNIT_ALONE.search(before) else text


def names_goods(text: str) -> bool:
    """Whether a text has the UN number of goods in it, wherever: 硫酸(UN1830)10吨."""
    return bool(_UN.search(_plain(text)))


def goods_line(text: str) -> tuple[Pair, ...]:
    """Return the fields of a goods line, each with its name; nothing where it has no UN number, or several.

    Between UN number and class stands the name, commas and all, or before the UN number. An amount is taken with its
    unit, which stands before or behind it; a mass, a volume and a number of packages are three fields.
    """
    parts = _parts(text)
    first = next(((place, number) for place, part in enumerate(parts) if (number := _UN.search(part))), None)
    if first is None or len({found for part in parts for found in _UN.findall(part)}) > 1:
        return ()
    start, number = first
    before = [*parts[:start], parts[start][: number.start()].strip()]
    rest = [part for part in (parts[start][number.end() :].strip(), *parts[start + 1 :]) if part]
    if not rest or is_no_name(rest[0]):
        rest = _uncounted(before) + rest
    labelled = [pair for part in rest if (pair := _label(part))]
    rest = [part for part in rest if not _label(part)]
    classes = [place for place in range(len(rest)) if _is_class(rest, place)]
    # The figure in front is the 3 of 3,4-二氯苯胺, unless no other can be the class.
    end = next((place for place in classes if place), next(iter(classes), None))
    named, told = (rest[:1], rest[1:]) if end is None else (rest[:end], rest[end + 1 :])
    told += [part for part in named[1:] if is_amount(part) or _GROUP.fullmatch(part)]
    others = set(told)
    named = [part for part in named if part not in others]
    if end == 0:
        # The class before the name: the first part that says nothing else is the name.
        named = [part for part in told if not is_no_name(part)][:1]
        told = [part for part in told if part not in named]
    if end is None and named and is_no_name(named[0]):
        named, told = [], rest
    found: list[Pair] = [("un", f"UN{number[1]}")]
    found += [("name", "，".join(named))] if named else []
    found += [("class", rest[end])] if end is not None else []
    return (*found, *_fields(told), *labelled)


def _uncounted(parts: list[str]) -> list[str]:
    """Return parts without the running number in front; the 3 of 3,4-二氯苯胺 is none."""
    counted = len(parts) < 2 or not re.match("[0-9]+-", parts[1])
    held = parts[1:] if parts and counted and _COUNT.fullmatch(parts[0]) else parts
    return [one for part in held if (one := re.sub(r"^\(?[0-9]{1,2}\s*[、)]\s*(?=[^\W\d])", "", part))]


def _parts(text: str) -> list[str]:
    """Return what commas part, else enumeration commas, else the mark behind the number, else white space.

    Where white space parts, words that name the goods stay one.
    """
    plain = _plain(text).strip("\ufeff \t")
    for mark in (_PARTS, _POINTS):
        if len(parts := [part.strip() for part in _split(mark, plain)]) > 2:
            number = next((found for part in parts if (found := _UN.search(part))), None)
            start = number[0] if number else ""
            return [one for part in _placed(_thousands(parts)) for one in _apart(part, start)]
    number = _UN.search(plain)
    if number is None:
        return [plain]
    before, behind = plain[: number.start()].strip(" ,，、:/-_"), plain[number.end() :].strip()
    first = next(_words(behind), "")
    if not first and not _COUNT.fullmatch(before):
        return [number[0], *_words(" ".join((*_uncounted([before]), behind)))]
    if behind[:1] and behind[0] in "/-_#^~@" and behind.count(behind[0]) > 1:
        return [number[0], *(one.strip(" #^~@") for one in behind[1:].split(behind[0]))]
    return [number[0], *_words(behind.lstrip("/-_:,、"))]


def _apart(part: str, number: str) -> Iterator[str]:
    """Yield the UN number of a part that begins with it, then the words of the rest."""
    before, found, behind = part.partition(number) if number else ("", "", part)
    yield from (before + found,) if found else ()
    yield from (word for word in _words(behind if found else part) if word)


def _words(text: str) -> Iterator[str]:
    """Yield the words that name the goods as one, then each of the others; a bracket is not broken."""
    joined = re.sub(rf"([0-9])\s+({UNITS})(?=[\s/(]|$)", r"\1\2", text, flags=re.IGNORECASE)
    joined = re.sub(rf"\b({_LEVEL})\s+(?=I{{1,3}})", r"\1", joined, flags=re.IGNORECASE)
    joined = re.sub(rf"([0-9](?:{UNITS}))\s*/\s*(?=[0-9])", r"\1/", joined, flags=re.IGNORECASE)
    joined = _GLUED.sub(r"\1 \2", re.sub(r"\s*:\s*", ":", joined))
    words = [one for word in re.findall(r"(?:\([^()]*\)|\S)+", joined) for one in amounts(word)]
    said = [place for place, word in enumerate(words) if is_no_name(word)]
    # Figures behind class or amount are no name but an amount, if one that nobody can read.
    behind = said[0] if said else len(words)
    says = set(said)
    other = {at for at, word in enumerate(words) if at in says or (at > behind and _FIGURES.fullmatch(word))}
    yield " ".join(word for at, word in enumerate(words) if at not in other)
    yield from (words[at] for at in sorted(other))


def _thousands(parts: list[str]) -> Iterator[str]:
    """Yield the parts with an amount put together again whose comma can only be that of its thousands: 20,000kg."""
    held = ""
    for part in (*parts, ""):
        if _THOUSANDS.fullmatch(part) and part.startswith("0") and re.fullmatch("[1-9][0-9]{0,2}", held):
            held += part
            continue
        if held:
            yield held
        held = part


def _placed(parts: Iterable[str]) -> list[str]:
    """Return the parts with a name put together again whose commas part the places of its groups: 2,4,6-三硝基甲苯.

    What begins with another figure may be a class and a name: 3, 4-甲基吡啶.
    """
    return _PLACES.sub(lambda found: found[0].replace("\0", ","), "\0".join(parts)).split("\0")


_PLACES = pattern(r"(?<![^\0])(?:1(?:\0[1-9])*\0(?=[1-9]'?-)|2(?:\0[2-9])*\0(?=[2-9]'?-))")


def _is_class(parts: list[str], place: int) -> bool:
    """Whether a part is the class; a bare figure beside a unit is an amount."""
    beside = [parts[at] for at in (place - 1, place + 1) if 0 <= at < len(parts)]
    return bool(_CLASS.fullmatch(parts[place].upper())) and not any(_UNITS.fullmatch(one) for one in beside[1:])


def is_no_name(part: str) -> bool:
    """Whether a part is class, subsidiary hazard, packing group, amount, unit or packing, and so no name."""
    shapes = (_CLASS, _ALSO, _GROUP, _NUMBER, _UNITS, _PACKED)
    return (
        is_amount(part)
        or bool(_label(part))
        or any(shape.fullmatch(part) or shape.fullmatch(part.upper()) for shape in shapes)
    )


def _label(part: str) -> Pair | None:
    """Return the field that a part gives under its name (净重:22吨), or None."""
    name, _colon, value = part.partition(":")
    return (name, value) if value and numbered(name)[0] in LINE_FIELDS else None


def _fields(parts: list[str]) -> Iterator[Pair]:
    """Yield packing group, subsidiary hazards and amounts; figures that are none of them, a mass."""
    for place, part in enumerate(parts):
        if _GROUP.fullmatch(part):
            yield "packing_group", part
        elif _ALSO.fullmatch(part):
            yield "subsidiary", part
        elif is_amount(part):
            yield _FIELD[kind_of_amount(part)], part
        elif _FIGURES.fullmatch(part):
            yield from _bare_amount(parts, place)


def _bare_amount(parts: list[str], place: int) -> Iterator[Pair]:
    """Yield the amount of a figure whose unit stands beside it; one before 500kg may be its thousands or another."""
    part, behind = parts[place], parts[place + 1] if place + 1 < len(parts) else ""
    beside = [parts[at] for at in (place - 1, place + 1) if 0 <= at < len(parts)]
    unit = next((one for one in beside if _UNITS.fullmatch(one)), "")
    if not unit and re.fullmatch("[1-9][0-9]{0,2}", part) and _THOUSANDS.fullmatch(behind):
        unit = behind
    yield _FIELD[kind_of_amount(part + unit)], part + unit
