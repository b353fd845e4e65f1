"""Build `goods/reference/initials.csv`: the pinyin initial of every character in what is searched by initials.

The names of the goods list, and the words of violations and checklist items that its names do not have.
`python -m tools.build_initials`: run it when names, violations or items are added. Readings come from pypinyin, which
is needed here alone; what it reads otherwise than chemists do (findings/pypinyin-reads-acetylene-as-yigui.sh), and what
is read in two ways, stands in `READINGS`.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from pypinyin import Style, pinyin

from checklists.authoring.loader import load_all

TARGET = Path(__file__).parent.parent / "checklists" / "goods" / "reference"

READINGS = {
    "炔": "q",  # 乙炔 yǐquē
    "咯": "l",  # 吡咯 bǐluò
    "重": "zc",  # 重铬酸: zhòng and chóng are both said; 重氢 zhòng, 重氮 chóng
    "粘": "zn",  # 胶粘 zhān, as 黏 also nián
    "吡": "bp",  # bǐ; pǐ is often heard
    "吖": "ay",  # 吖啶 ā, the character itself also yā
    "刨": "bp",  # 刨屑 bào, the verb páo
}
"""The initial that stands in the names of the list, then any other that is in use."""

_CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


def main() -> int:
    """Write the table from the names in `checklists/goods/reference`; returns the number of problems, each printed."""
    names = [row["name_zh"] for row in _rows("dangerous_goods")] + [row["name"] for row in _rows("everyday_names")]
    found = initials(names)
    problems = [
        f"{character} is read {sorted(letters)}" for character, letters in found.items() if not _single(letters)
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        more = {one: letters for one, letters in readings(_words_of_law()).items() if one not in found}
        (TARGET / "initials.csv").write_text(table(found, more), encoding="utf-8", newline="")
        print(f"{len(found) + len(more)} characters in {TARGET / 'initials.csv'}")
    return len(problems)


def initials(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """The first letters with which each character is read in the names, each run of characters read as a whole."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for run in _CHINESE.findall(name):
            readings = pinyin(run, style=Style.NORMAL)
            for character, (reading, *_) in zip(run, readings, strict=True):
                found[character].add(READINGS.get(character, reading)[0])
    return {character: frozenset(letters) for character, letters in sorted(found.items())}


def readings(texts: Iterable[str]) -> dict[str, str]:
    """The first letters with which each character is read in running words, the usual one first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for run in _CHINESE.findall(text):
            for character, (reading, *_) in zip(run, pinyin(run, style=Style.NORMAL), strict=True):
                found[character][reading[0]] += 1
    return {one: "".join(letter for letter, _ in counted.most_common()) for one, counted in sorted(found.items())}


def _words_of_law() -> Iterable[str]:
    definitions = load_all()
    yield from (row.title.get("zh", "") for row in definitions.violations)
    for checklist in definitions.checklists.values():
        yield from (text.get("zh", "") for item in checklist.items() for text in (item.text, item.look))


def table(found: dict[str, frozenset[str]], more: dict[str, str] | None = None) -> str:
    """The CSV text: for each letter the characters read with it, and those that are also read with it."""
    read, also = defaultdict(list), defaultdict(list)
    for character, letters in (more or {}).items():
        read[letters[0]].append(character)
        for other in letters[1:]:
            also[other].append(character)
    for character, (letter,) in found.items():
        read[letter].append(character)
        for other in READINGS.get(character, "")[1:]:
            also[other].append(character)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("initial", "characters", "also"))
    writer.writerows((letter, "".join(read[letter]), "".join(also[letter])) for letter in sorted({*read, *also}))
    return text.getvalue()


def _single(letters: frozenset[str]) -> bool:
    return len(letters) == 1 and all("a" <= letter <= "z" for letter in letters)


def _rows(name: str) -> list[dict[str, str]]:
    with (TARGET / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


if __name__ == "__main__":
    raise SystemExit(1 if main() else 0)
