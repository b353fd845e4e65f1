"""Lines of Chinese and Latin text, broken where a reader expects it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from checklists.facts.identifiers.plate_forms import PROVINCES
from checklists.patterns import pattern

_PARTS = pattern(r"[^-/]*[-/]+|[^-/]+")
_PLATE = pattern(rf"[{PROVINCES}][A-Z](?:[·.-]?[A-Z0-9]){{4,6}}(?:[挂学警领港澳]|应急)?")
"""A number plate as it is written: it stays on one line where it fits, as dates and numbers with hyphens do."""
_NOT_FIRST = "，。；：、！？）》〉」』】〕〗”’％‰℃…,.;:!?)]}%"
_NOT_LAST = "（《〈「『【〔〖“‘￥([{"


def wrap(text: str, width: Callable[[str], float], limit: float) -> Iterator[str]:
    """Yield the lines of a text no wider than the limit: Chinese breaks between characters, words at spaces."""
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for piece in _fitted(_pieces(paragraph), width, limit):
            if line and used + width(piece.rstrip()) > limit:
                yield line.rstrip()
                line, used = "", 0.0
            line, used = line + piece, used + width(piece)
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield what stays together: a Latin word with its space, a plate, a Chinese character with its punctuation."""
    within = {place for plate in _PLATE.finditer(text) for place in range(plate.start() + 1, plate.end())}
    piece = ""
    for place, character in enumerate(text):
        if piece and place not in within and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return character >= "⺀"


def _fitted(pieces: Iterable[str], width: Callable[[str], float], limit: float) -> Iterator[str]:
    """Yield the pieces; one that is wider than a whole line falls apart after its hyphens, else into its characters."""
    for piece in pieces:
        if width(piece.rstrip()) <= limit:
            yield piece
            continue
        for part in _PARTS.findall(piece):
            yield from part if width(part.rstrip()) > limit else (part,)
