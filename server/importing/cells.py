"""From a cell to a plain value, one function for each kind of column. Raises CellError.

Excel keeps 15 figures of a number: a longer one that was entered as a number is damaged, and nobody can tell its end.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from checklists import words
from checklists.facts.identifiers.checks import (
    check_id,
    check_phone,
    check_plate,
    check_uscc,
    check_vin,
)
from checklists.facts.identifiers.keys import number_key, un_key
from checklists.facts.identifiers.model import Check
from checklists.facts.registry import key_fault
from checklists.facts.texts import is_garbled, tidy
from server import accounts
from server.importing.faults import BAR, CellError
from server.importing.sheets import Cell

LONGEST = 500
_EXACT = 10**15
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{2,3}")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_WITH_CLOCK = re.compile(r"(.*?)(?:[ T]+|(?<=日))(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?")
_BROKEN = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z/0]+[!?])|#{3,}|(?i:N/A|NULL)|nan|NaN|None|<NA>")
"""What Excel writes for a formula that failed or a column too narrow, and programs for what they lack."""
_PLACEHOLDERS = ("0", "/", "\\", "-", "—", "–", "无", "暂无", "没有", "不详", "未知")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[\s,'_][0-9]{3})+")
_MOST = 2**53 - 1

Known = Mapping[str, str]
"""Code → words of a choice."""


def is_empty(cell: Cell) -> bool:
    """Whether nothing is entered."""
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u00a0\u3000"))


def is_placeholder(value: object) -> bool:
    """Whether what was read only stands in the place of a value, as a stroke or 无; the 0 of a failed look-up too."""
    return (value[0] if isinstance(value, list) and len(value) == 1 else value) in _PLACEHOLDERS


def text(cell: Cell) -> str:
    """Return text as it was entered, tidy; a whole number of up to 15 figures as its figures."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise CellError("not_text", given=shown(cell))
    if isinstance(cell, str):
        held = tidy(cell)
        if _SHORTENED.fullmatch(held):
            raise CellError("damaged")
        if is_garbled(held):
            raise CellError("garbled")
        if _BROKEN.fullmatch(unicodedata.normalize("NFKC", held)):
            raise CellError("broken", given=held)
        if len(held) > LONGEST:
            raise CellError("too_long", most=str(LONGEST))
        return held
    if not abs(cell) < _EXACT:
        raise CellError("damaged")
    if cell != int(cell):
        raise CellError("decimals")
    return str(int(cell))


def whole(cell: Cell) -> int:
    """Return a whole number that is not negative; 12,000 and 12 000 and 12000 are one, and 12,5 is none."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise CellError("not_number", given=shown(cell))
    if isinstance(cell, str):
        held = unicodedata.normalize("NFKC", cell).strip()
        held = re.sub("[^0-9]", "", held) if _GROUPED.fullmatch(held) else held
        if not re.fullmatch("[0-9]{1,12}", held):
            raise CellError("not_number", given=shown(cell))
        return int(held)
    if not math.isfinite(cell) or cell != int(cell) or not 0 <= cell <= _MOST:
        raise CellError("not_number", given=shown(cell))
    return int(cell)


def percent(cell: Cell) -> int:
    """Return a whole number from 1 to 100."""
    held = whole(cell)
    if not 1 <= held <= 100:
        raise CellError("out_of_range", given=str(held), least="1", most="100")
    return held


def day(cell: Cell) -> str:
    """Return a day as 2026-11-28: from a date, or from text in the usual forms."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell < 10**7:
        raise CellError("date_as_number", given=shown(cell))
    held = unicodedata.normalize("NFKC", text(cell))
    held = found[1] if (found := _WITH_CLOCK.fullmatch(held)) else held
    parts = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", held) or _DAY.fullmatch(held)
    try:
        return date(*(int(one) for one in parts.groups())).isoformat() if parts else _no_day(cell)
    except ValueError as problem:
        raise CellError("not_date", given=shown(cell)) from problem


def _no_day(cell: Cell) -> str:
    raise CellError("not_date", given=shown(cell))


def flag(cell: Cell) -> bool:
    """Return yes or no."""
    if isinstance(cell, bool):
        return cell
    return choice(cell, {"yes": "yes", "no": "no"}, {"true": "yes", "false": "no", "1": "yes", "0": "no"}) == "yes"


def choice(cell: Cell, known: Known, more: Known | None = None) -> str:
    """Return the code of a choice that was entered as its code, or as its words in either language."""
    held = _same(text(cell))
    if (code := _choices(tuple(known.items())).get(held)) is not None:
        return code
    if more and held in more:
        return more[held]
    raise CellError("not_choice", given=shown(cell), known=BAR.join(known.values()))


@lru_cache(maxsize=64)
def _choices(known: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return the code of a choice for each way in which it is entered; of two that are entered alike, the first."""
    say, found = words.catalogue("zh_CN", "server").gettext, dict[str, str]()
    for code, said in known:
        for one in (code, said, say(said)):
            found.setdefault(_same(one), code)
    return found


def _same(told: str) -> str:
    """Return a choice as it is compared: 黄, 黄色 and 黄牌 are one colour, and width and case are nothing."""
    return unicodedata.normalize("NFKC", told).lower().strip().rstrip("色牌")


def several(cell: Cell) -> list[str]:
    """Return texts that are parted by commas, semicolons or 、, each once."""
    parts = [one.strip() for one in re.split("[,，;；、\n]", text(cell))]
    return list(dict.fromkeys(one for one in parts if one))


def plate(cell: Cell) -> str:
    """Return a plate's signs; what is not whole is refused, because nobody could look it up."""
    held = text(cell)
    _refuse(key_fault("vehicle", held.partition("|")[0]))
    return number_key(held)


def identity(cell: Cell) -> str:
    """Return an identity number, whole and with its check sign right."""
    held = text(cell)
    _refuse(key_fault("person", held))
    return check_id(held).value


def tank_number(cell: Cell) -> str:
    """Return the number of a tank as it is written on it."""
    held = text(cell)
    _refuse(key_fault("tank", held))
    return held


def credit_code(cell: Cell) -> str:
    """Return a credit code; a wrong check sign is told as a doubt, because such papers exist."""
    held = text(cell)
    _refuse(key_fault("carrier", held))
    return number_key(held)


def uns(cell: Cell) -> list[str]:
    """Return UN numbers as four figures each."""
    found = several(cell)
    for one in found:
        if not un_key(one):
            raise CellError("number", why="format", expected="4")
    return [un_key(one) for one in found]


def division(cell: Cell) -> str:
    """Return the code of a division without the zeros that mean all of it."""
    held = text(cell)
    if accounts.division_fault(held):
        raise CellError("division", given=shown(cell))
    return accounts.division(held)


@lru_cache(maxsize=4096)
def doubts(kind: str, value: str) -> Check | None:
    """Return what is odd about a number without being refused: a warning of the kernel's own checks.

    The same carrier stands in many rows, so what was found is kept for a while.
    """
    check: Callable[[str], Check] | None = _DOUBTED.get(kind)
    found = check(value) if check else None
    return found if found is not None and found.problems else None


_DOUBTED: Mapping[str, Callable[[str], Check]] = {
    "plate": check_plate,
    "identity": check_id,
    "credit_code": check_uscc,
    "vin": check_vin,
    "phone": check_phone,
}


def shown(cell: Cell) -> str:
    """Return what stands in a cell so that somebody finds it."""
    if isinstance(cell, float) and abs(cell) < _EXACT and cell == int(cell):
        return str(int(cell))
    return str(cell)[:40]


def _refuse(problem: object) -> None:
    if problem is not None:
        raise CellError("number", **{**getattr(problem, "params", {}), "why": getattr(problem, "code", "")})
