"""What every shelf of the reference gives: rows that were found, and the card of one of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from checklists.goods.listing import Goods

MOST = 50
"""Rows of one search; whoever sees as many types one more sign."""


@dataclass(frozen=True)
class Row:
    """One thing that was found. `mark` is a word in a pill with its `tone`, empty for none."""

    key: str
    title: str
    detail: str = ""
    mark: str = ""
    tone: str = "neutral"
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A piece of a card: a name and what is said; `tone` other than neutral makes it stand out."""

    name: str
    text: str
    tone: str = "neutral"


@dataclass(frozen=True)
class Card:
    """All that is known of one thing. `hazard` and `un` draw an orange plate, `labels` diamonds."""

    key: str
    title: str
    subtitle: str = ""
    mark: str = ""
    tone: str = "neutral"
    hazard: str = ""
    un: str = ""
    labels: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


class Shelf(Protocol):
    """One kind of thing to look up; `aboard` are the goods in hand, which come first where nothing is typed."""

    def find(self, text: str, aboard: Sequence[Goods]) -> tuple[Row, ...]:
        """Return what fits the text, nearest first, at most MOST rows."""

    def card(self, key: str, aboard: Sequence[Goods]) -> Card | None:
        """Return the card of a row, or None where it is not there any more."""


def blocks(*pairs: tuple[str, str]) -> tuple[Block, ...]:
    """Return a block for each pair that says something."""
    return tuple(Block(name, text) for name, text in pairs if text)
