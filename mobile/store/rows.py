"""The rows of a registry package, one after the other: 200,000 of them are never in memory at once."""

from __future__ import annotations

import json
import re
from codecs import utf_8_decode
from collections.abc import Iterator
from typing import Any

_BEGINS = re.compile(rb'\s*\{\s*(?:"(?!rows")[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\w.+-]+)\s*,\s*)*"rows"\s*:\s*\[')
"""Up to the first row; before `rows` may stand what is short, such as a format's number."""
_BETWEEN = re.compile(r"[\s,]*")
_AT_ONCE = 1 << 18
_scan = json.JSONDecoder().raw_decode


def spans(body: bytes) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield first byte, end and value of each row of `{"rows": [...]}`.

    Raises ValueError where it is no such package.
    """
    begun = _BEGINS.match(body)
    if begun is None:
        raise ValueError("no rows")
    read = at = begun.end()
    text, place = "", 0
    while True:
        # What stands between rows is ASCII: as many bytes as signs.
        after = _BETWEEN.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing as well
        at, place = at + after - place, after
        if text[place : place + 1] == "]":
            return
        try:
            row, end = _scan(text, place)
        except ValueError:
            if read >= len(body):
                raise
            last = read + _AT_ONCE >= len(body)
            more, taken = utf_8_decode(body[read : read + _AT_ONCE], "strict", last)
            text, place, read = text[place:] + more, 0, read + taken
            continue
        if not isinstance(row, dict):
            raise ValueError("a row is no object")
        size = len(text[place:end].encode())
        yield at, at + size, row
        at, place = at + size, end
