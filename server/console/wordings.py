"""Where two wordings of one article differ, sign by sign: what was typed beside what the product carries. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby


@dataclass(frozen=True)
class Stretch:
    """Signs that stand in both, were only typed, or stand only in the product: `kind` is same, typed or carried."""

    kind: str
    text: str


def compared(typed: str, carried: str) -> tuple[Stretch, ...]:
    """Return both wordings in one, stretch by stretch; spaces and line ends count for nothing.

    Nothing where nothing was typed: there is nothing to compare then.
    """
    ours, theirs = _signs(typed), _signs(carried)
    if not ours:
        return ()
    found = [one for one in _stretches(ours, theirs) if one.text]
    return tuple(
        Stretch(kind, "".join(one.text for one in some)) for kind, some in groupby(found, key=lambda one: one.kind)
    )


def differ(stretches: tuple[Stretch, ...]) -> bool:
    """Whether anything differs."""
    return any(one.kind != "same" for one in stretches)


def _stretches(ours: str, theirs: str) -> Iterator[Stretch]:
    for what, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            yield Stretch("same", ours[i:j])
        else:
            yield Stretch("typed", ours[i:j])
            yield Stretch("carried", theirs[k:m])


def _signs(text: str) -> str:
    return "".join(text.split())


def changed(was: str, now: str) -> tuple[Stretch, ...]:
    """Return both wordings in one with their spaces: `typed` stood only before, `carried` stands only now."""
    return tuple(one for one in _stretches(was, now) if one.text)
