"""Number plates among the lines of text that were read in a picture. Pure.

A reader of pictures confuses signs, and how sure it says it is does not tell when. So a plate is only ever suggested
where every sign of it was read and the whole has the form of a plate; a sign may be exchanged for the one that readers
are known to take for it, and none is ever added. What a colour is, nothing here says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checklists.facts.identifiers.model import SEPARATORS, compact, latin
from checklists.facts.identifiers.plate_forms import FORMS, PROVINCES, form_of

MOST = 3
"""More plates than these would be no help."""

_FIGURES = str.maketrans("OI", "01")
"""Letters that are on no plate, and the figures that were read as them."""
_PROVINCE = {"闫": "闽", "闰": "闽", "音": "晋", "普": "晋"}
_MARK = {"桂": "挂", "掛": "挂"}
"""Signs as they were read, and what stands on a plate in that place, the first or the last."""
_UPPER, _LOWER = 2, 5
"""How many signs stand in the two lines of a plate."""


@dataclass(frozen=True)
class Line:
    """A line of text and the box around it, in pixels from the upper left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class ReadPlate:
    """A plate that a picture shows, as a suggestion. `seen` is what was read, where a sign of it was exchanged."""

    signs: str
    seen: str = ""
    source: str = "picture"


def plates_in(lines: Sequence[Line]) -> tuple[ReadPlate, ...]:
    """Return the plates in a picture, the widest first and each once, at most MOST; those of two lines are joined."""
    found: dict[str, ReadPlate] = {}
    for line in sorted((*lines, *_joined(lines)), key=lambda one: one.left - one.right):
        read = _bare(line.text)
        if signs := plate_of(line.text):
            found.setdefault(signs, ReadPlate(signs, "" if signs == read else read))
    return tuple(found.values())[:MOST]


def plate_of(text: str) -> str:
    """Return the plate that a text is, known confusions undone; nothing where it is none, or may be several.

    Of the Chinese signs one may be exchanged, the province or the mark at the end, where nothing else is amiss.
    """
    read = _bare(text)
    signs = read[:2] + read[2:].translate(_FIGURES)
    if form_of(signs) in FORMS:
        return signs
    meant = [one for one in _exchanged(signs) if form_of(one) in FORMS]
    return meant[0] if len(meant) == 1 else ""


def _bare(text: str) -> str:
    return latin(compact(text, SEPARATORS))


def _exchanged(signs: str) -> Iterator[str]:
    if signs[:1] in _PROVINCE:
        yield _PROVINCE[signs[0]] + signs[1:]
    if signs[-1:] in _MARK:
        yield signs[:-1] + _MARK[signs[-1]]


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines that two others make: province and letter, and five signs right below."""
    lines = tuple(lines)
    lowers = [one for one in lines if len(_bare(one.text)) == _LOWER]
    for upper in (one for one in lines if _heads(_bare(one.text))):
        below = [one for one in lowers if _is_below(one, upper)]
        if below:
            lower = min(below, key=lambda one: abs(one.top - upper.bottom))
            yield Line(_bare(upper.text) + _bare(lower.text), lower.left, upper.top, lower.right, lower.bottom)


def _heads(text: str) -> bool:
    """Whether a line is a province and a letter."""
    known = text[:1] in PROVINCES or text[:1] in _PROVINCE
    return len(text) == _UPPER and known and text[1].isascii() and text[1].isalpha()


def _is_below(lower: Line, upper: Line) -> bool:
    """Whether a line stands right below a shorter one. Boxes of a tilted plate reach into each other."""
    high = lower.bottom - lower.top
    middle = (upper.left + upper.right) / 2
    near = -high / 2 < lower.top - upper.bottom < high / 2
    return near and lower.left < middle < lower.right and upper.right - upper.left < lower.right - lower.left
