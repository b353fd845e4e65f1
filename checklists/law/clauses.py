"""Numbers of clauses as law texts and papers write them: 第四十四条、第四十五条."""

from __future__ import annotations

import re

from checklists.patterns import pattern

_NUMBERS = r"\d+(?:[、–]\d+)*"
CLAUSE = pattern(rf"({_NUMBERS})(?:¶({_NUMBERS}))?((?:\(\d+\))*)(\d*)")
"""An article, or several, with paragraph, items and sub-item: 44, 44–45, 63(3), 97(3)(4), 109¶1(4), 67¶1–2, 8(1)6."""

_DIGITS = "零一二三四五六七八九"


def clause_text(clause: str) -> str:
    """Return article, paragraph, item and sub-item in words; what does not fit stands as written."""
    found = CLAUSE.fullmatch(clause)
    if found is None:
        return clause
    items = "、".join(f"第（{numeral(int(one))}）项" for one in re.findall(r"\((\d+)\)", found[3]))
    sub = f"第{numeral(int(found[4]))}目" if items and found[4] else ""
    return _counted(found[1], "条") + (_counted(found[2], "款") if found[2] else "") + items + sub


def numeral(number: int) -> str:
    """Return a whole number below ten thousand as law texts write it: 十, 一百零九, 一千一百七十五."""
    said, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            one = "" if place == 10 and digit == 1 and not said else _DIGITS[digit]
            said += ("零" if gap and said else "") + one + unit
        gap = not digit
    return said or "零"


def _counted(numbers: str, unit: str) -> str:
    """Return 44–45 as two, 44–49 as from and to, 5、7 each."""
    said = []
    for part in numbers.split("、"):
        first, _, last = part.partition("–")
        ends = [f"第{numeral(int(one))}{unit}" for one in (first, last) if one]
        near = bool(last) and int(last) - int(first) == 1
        said.append(("、" if near else "至").join(ends))
    return "、".join(said)
