"""A few characters of a TrueType font, cut out of its file as a small font of its own.

Our fonts have thirty thousand glyphs and a paper needs some hundred: only the bytes of those are read.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

_KEPT = ("OS/2", "cvt ", "fpgm", "gasp", "name", "prep")
"""Tables carried over as they are; those that only lay out other scripts are left behind."""

_EVERY_CHARACTER = (3, 10)
"""Platform and encoding of the character map that goes beyond the first 65,536."""


class OddFontError(ValueError):
    """A font that is not laid out as `tools.build_fonts` lays ours out."""


def cut(font: Path, codes: Collection[int]) -> bytes:
    """Return a font of those of the characters that a font has, their glyphs in its order after the sign for none.

    Checksums are left out, because whoever embeds the font writes it anew. Raises OddFontError.
    """
    with font.open("rb") as file:
        tables = _Tables(file)
        held = _glyphs(tables.read("cmap"), set(codes))
        kept = sorted({0, *held.values()})
        at = {glyph: place for place, glyph in enumerate(kept)}
        outlines = _outlines(tables, kept)
        return _file(
            {name: tables.read(name) for name in _KEPT if name in tables.places}
            | {
                "cmap": _character_map({code: at[glyph] for code, glyph in held.items()}),
                "glyf": b"".join(outlines),
                "head": tables.read("head", 0, 50) + struct.pack(">H", 1) + tables.read("head", 52),
                "hhea": tables.read("hhea")[:34] + struct.pack(">H", len(kept)),
                "hmtx": _metrics(tables, kept),
                "loca": _offsets(outlines),
                "maxp": tables.read("maxp", 0, 4) + struct.pack(">H", len(kept)) + tables.read("maxp", 6),
                "post": struct.pack(">L", 0x30000) + tables.read("post", 4, 28),
            }
        )


class _Tables:
    """The tables of a font file by name."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        (count,) = struct.unpack(">4xH6x", file.read(12))
        records = struct.iter_unpack(">4s4xLL", file.read(16 * count))
        self.places = {name.decode("latin-1"): (start, length) for name, start, length in records}

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Return a table, or some bytes of it."""
        first, whole = self.places[name]
        self.file.seek(first + start)
        return self.file.read(whole - start if length is None else length)


def _glyphs(table: bytes, codes: set[int]) -> dict[int, int]:
    """Return the number of the glyph of each character that a character map has."""
    (count,) = struct.unpack_from(">2xH", table)
    maps = {(platform, kind): at for platform, kind, at in struct.iter_unpack(">HHL", table[4 : 4 + 8 * count])}
    start = maps.get(_EVERY_CHARACTER)
    if start is None or struct.unpack_from(">H", table, start) != (12,):
        raise OddFontError("it has no map of every character")
    (runs,) = struct.unpack_from(">12xL", table, start)
    found = {}
    for first, last, glyph in struct.iter_unpack(">LLL", table[start + 16 : start + 16 + 12 * runs]):
        found.update({code: glyph + code - first for code in codes.intersection(range(first, last + 1))})
    return found


def _outlines(tables: _Tables, glyphs: Sequence[int]) -> list[bytes]:
    """Return what is drawn for each glyph; empty for a space."""
    (long,) = struct.unpack(">H", tables.read("head", 50, 2))
    places, unit = tables.read("loca"), 1 if long else 2
    ends = [struct.unpack_from(">LL" if long else ">HH", places, glyph * 4 // unit) for glyph in glyphs]
    drawn = [tables.read("glyf", unit * start, unit * (end - start)) for start, end in ends]
    if any(one[:1] >= b"\x80" for one in drawn):
        raise OddFontError("a glyph is put together of others")
    return drawn


def _metrics(tables: _Tables, glyphs: Sequence[int]) -> bytes:
    """Return width and left side of each glyph; behind the last width that is written down, it holds for all."""
    (wide,) = struct.unpack(">H", tables.read("hhea", 34, 2))
    table = tables.read("hmtx")
    sides = 4 * wide
    return b"".join(
        table[4 * one : 4 * one + 4]
        if one < wide
        else table[sides - 4 : sides - 2] + table[sides + 2 * (one - wide) :][:2]
        for one in glyphs
    )


def _character_map(glyphs: Mapping[int, int]) -> bytes:
    runs = b"".join(struct.pack(">LLL", code, code, glyph) for code, glyph in sorted(glyphs.items()))
    return struct.pack(">HHHHL", 0, 1, *_EVERY_CHARACTER, 12) + struct.pack(
        ">HHLLL", 12, 0, 16 + len(runs), 0, len(glyphs)
    ) + runs  # fmt: skip


def _offsets(outlines: Sequence[bytes]) -> bytes:
    places = [0]
    for one in outlines:
        places.append(places[-1] + len(one))
    return struct.pack(f">{len(places)}L", *places)


def _file(tables: Mapping[str, bytes]) -> bytes:
    """Return the tables as a font file, each on a border of four bytes."""
    head, body = struct.pack(">LHHHH", 0x10000, len(tables), 0, 0, 0), b""
    start = len(head) + 16 * len(tables)
    for name, table in sorted(tables.items()):
        head += struct.pack(">4sLLL", name.encode("latin-1"), 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
