"""Tables in a waybill's text, and elements of XML: taken apart into lines of names and values.

A first row of names is the head of the rows that follow, by tab, bar, comma or white space; a row of two cells, the
first of them a name, is a pair.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from checklists.facts.waybill_form import is_known
from checklists.patterns import pattern

_MARKS = ("\t", "|", ",", "，", " ")
_ELEMENT = pattern(r"<([^\s<>/]+)[^<>]*>([^<>]*)</\1\s*>")
_OTHER = pattern("[^0-9:：=＝]{0,12}")
"""The name of a column that is no field of ours, or none: it has no figures, and no value behind it."""
_RULE = pattern(r"[\s|+:=-]*")


def in_pairs(text: str) -> str:
    """Return a text with each row of its tables, and each element, as pairs with a colon; all else stays as it is."""
    if "</" in text:
        text = _ELEMENT.sub(lambda found: f"\n{found[1]}:{found[2]}\n", text)
    return "\n".join(_rows(text.splitlines()))


def _rows(lines: list[str]) -> Iterator[str]:
    head: tuple[str, ...] = ()
    mark = ""
    for line in lines:
        cells = _cells(line, mark) if head and not _RULE.fullmatch(line) else ()
        if len(cells) > 1 and (len(cells) == len(head) or (mark != " " and len(cells) < len(head))):
            yield from (f"{name}:{cell}" for name, cell in zip(head, cells, strict=False) if cell and is_known(name))
        elif not (head and _RULE.fullmatch(line)):
            head, mark = _head(line)
            yield from () if head else (_pair(line),)


def _cells(line: str, mark: str) -> tuple[str, ...]:
    """Return the cells of a row, those of a list by commas without their quotes."""
    if mark == " ":
        return tuple(line.split())
    cells = next(csv.reader([line]), []) if mark == "," and '"' in line else line.split(mark)
    return tuple(one.strip() for one in cells)


def _head(line: str) -> tuple[tuple[str, ...], str]:
    """Return the names of a table's head and the mark between them; nothing where it is none."""
    for mark in _MARKS:
        cells = _cells(line, mark)
        known = sum(map(is_known, cells))
        others = all(is_known(one) or (mark != " " and _OTHER.fullmatch(one)) for one in cells)
        if known > 1 and known * 2 >= len(cells) and others:
            return cells, mark
    return (), ""


def _pair(line: str) -> str:
    """Return a row of names and values by turns with a colon between each name and its value."""
    for mark in _MARKS[:2]:
        cells = _cells(line, mark)
        if len(cells) > 1 and len(cells) % 2 == 0 and all(map(is_known, cells[::2])):
            return "\n".join(f"{name}:{value}" for name, value in zip(cells[::2], cells[1::2], strict=True))
    return line
