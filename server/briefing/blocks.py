"""What a document is set from, one below the other: headings, paragraphs, tables, pictures. Plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; it stays with what follows."""

    text: str


@dataclass(frozen=True)
class Para:
    """A paragraph, its first line indented."""

    text: str


@dataclass(frozen=True)
class Note:
    """A remark in small type."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table: heads, rows, and shares of the width; cells of `texts` columns stand left, all others right."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    texts: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG with what it shows in words, for whoever cannot see it."""

    svg: str
    text: str


Block = Heading | Para | Note | Table | Picture


@dataclass(frozen=True)
class Sheet:
    """A whole document: its office, title, the line below, what stands at the head of each page, and its blocks."""

    office: str
    title: str
    line: str
    mark: str
    blocks: tuple[Block, ...]
