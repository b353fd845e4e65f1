"""A lesson as authors write it: what is read in a minute, a real case, what to look at, and questions."""

from __future__ import annotations

from collections.abc import Mapping

from checklists.law.model import Citation
from checklists.values import frozen

ASKED = 3
"""How many questions one person is asked. Ours: one touch each."""


@frozen
class Option:
    """One answer that a question offers."""

    text: Mapping[str, str]
    right: bool = False


@frozen
class Question:
    """One question and why its answer is right. What was found draws it: an item, a violation, or a label on board.

    `general` questions fit everyone. `basis` is shown only as far as it is verified and in force; `source` says where
    the answer comes from, whether or not a clause of it can be cited.
    """

    id: str
    text: Mapping[str, str]
    options: tuple[Option, ...]
    explanation: Mapping[str, str]
    source: str
    items: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    general: bool = False
    basis: tuple[Citation, ...] = ()

    @property
    def right(self) -> int:
        """The place of the right answer as it was written."""
        return next(place for place, one in enumerate(self.options) if one.right)


@frozen
class Look:
    """One of the things to look at before a trip: a word to remember, and what it means."""

    title: Mapping[str, str]
    text: Mapping[str, str]


@frozen
class Statement:
    """One thing that a slide says, and where that comes from; without `verified` it is shown as not yet verified."""

    text: Mapping[str, str]
    source: str
    verified: bool = False
    basis: tuple[Citation, ...] = ()


@frozen
class Slide:
    """A page of a lesson that is shown in a room. `answers` names the questions that it answers."""

    title: Mapping[str, str]
    statements: tuple[Statement, ...]
    answers: tuple[str, ...] = ()


@frozen
class Lesson:
    """A lesson pack. `brief` is read aloud in a minute, `story` tells a real case, `formula` is what is remembered.

    `slides` are shown where people sit together; a pack that has some answers each of its questions on one.
    """

    lesson: str
    version: str
    title: Mapping[str, str]
    brief: Mapping[str, str]
    story: Mapping[str, str]
    formula: tuple[Look, ...]
    questions: tuple[Question, ...]
    source: str
    note: str = ""
    slides: tuple[Slide, ...] = ()
