"""Cells of a workbook whose formula failed: Excel keeps #N/A in them, and our reader takes them for empty.

That is shown by findings/calamine-takes-a-failed-lookup-for-an-empty-cell.sh.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"""(?:\w+:)?(\w+)\s*=\s*["']([^"'<>]*)["']""")
_FAILED = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]{0,200}\bt=["']e["'][^<>]{0,200})>(?:<(?:\w+:)?f\b[^<>]*>(?:[^<]*</[^<>]*>)?)?<(?:\w+:)?v>([^<]{1,20})<"""
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_CHUNK = 1024 * 1024
_LONGEST = 16 * 1024
"""Bytes of a cell with its formula, which Excel keeps to 8192 signs."""


def of_sheet(content: bytes, name: str) -> dict[tuple[int, int], str]:
    """Return what stands in each cell that failed, by row and column from 0; nothing where the sheet is not found."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        member = _member(packed, name)
        return dict(_failed(packed, member)) if member in packed.namelist() else {}


def _member(packed: zipfile.ZipFile, name: str) -> str:
    """Return where a sheet lies, empty where the workbook does not say so in the usual way."""
    if not {_BOOK, _LINKS} <= set(packed.namelist()):
        return ""
    sheets = {one.get("name", ""): one.get("id", "") for one in _tags(_SHEET, packed.read(_BOOK))}
    links = {one.get("Id", ""): one.get("Target", "") for one in _tags(_LINK, packed.read(_LINKS))}
    return posixpath.normpath(posixpath.join("/xl", links.get(sheets.get(name, ""), "")))[1:]


def _tags(pattern: re.Pattern[str], text: bytes) -> Iterator[Mapping[str, str]]:
    for tag in pattern.findall(text.decode("utf-8", "replace")):
        yield {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(tag)}


def _failed(packed: zipfile.ZipFile, member: str) -> Iterator[tuple[tuple[int, int], str]]:
    tail = b""
    with packed.open(member) as file:
        while chunk := file.read(_CHUNK):
            held = tail + chunk
            for cell, text in _FAILED.findall(held):
                if place := _PLACE.search(cell):
                    yield (int(place[2]) - 1, _column(place[1])), text.decode("ascii", "replace")
            tail = held[-_LONGEST:]


def _column(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number - 1
