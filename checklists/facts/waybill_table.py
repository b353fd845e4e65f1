"""Tables in a waybill's text, and elements of XML: taken apart into lines of names and values.

A first row of names alone, by tab, bar or comma, is the head of the rows that follow with as many cells; a row of two
cells, the first of them a name, is a pair.
"""

from __future__ import annotations

from collections.abc import Iterator

from checklists.facts.waybill_form import is_known
from checklists.patterns import pattern

_MARKS = ("\t", "|", ",", "，")
_COUNTED = ("序号", "编号", "no", "#")
"""Names of the column that only counts the rows."""
_ELEMENT = pattern(r"<([^\s<>/]+)[^<>]*>([^<>]*)</\1\s*>")


def in_pairs(text: str) -> str:
    """Return a text with each row of its tables, and each element, as pairs with a colon; all else stays as it is."""
    if "</" in text:
        text = _ELEMENT.sub(lambda found: f"\n{found[1]}:{found[2]}\n", text)
    return "\n".join(_rows(text.splitlines())) if any(mark in text for mark in _MARKS) else text


def _rows(lines: list[str]) -> Iterator[str]:
    head: tuple[str, ...] = ()
    mark = ""
    for line in lines:
        cells = tuple(one.strip() for one in line.split(mark)) if mark else ()
        if head and len(cells) == len(head):
            yield from (f"{name}:{cell}" for name, cell in zip(head, cells, strict=True) if cell and is_known(name))
            continue
        head, mark = _head(line)
        if not head:
            yield _pair(line)


def _head(line: str) -> tuple[tuple[str, ...], str]:
    """Return the names of a table's head and the mark between them; nothing where it is none."""
    for mark in _MARKS:
        cells = tuple(one.strip() for one in line.split(mark))
        named = [one for one in cells if one.lower() not in _COUNTED]
        if len(named) > 1 and all(map(is_known, named)):
            return cells, mark
    return (), ""


def _pair(line: str) -> str:
    """Return a row of names and values by turns with a colon between each name and its value."""
    for mark in _MARKS[:2]:
        cells = [one.strip() for one in line.split(mark)]
        names = cells[::2]
        if len(cells) > 1 and len(cells) % 2 == 0 and all(is_known(one) for one in names):
            return "\n".join(f"{name}:{value}" for name, value in zip(names, cells[1::2], strict=True))
    return line
