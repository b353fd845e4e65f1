"""A number as it was read, what is wrong with it, and how any text is brought into the form that is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import field

from checklists.facts.texts import is_unseen
from checklists.values import frozen

SEPARATORS = "-‐‑‒–—−_·•・･‧⋅∙.．。,、'"
"""What is written between the parts of a number and is no part of it."""

_LOOKS_LATIN = str.maketrans("×✕✖АВЕЅКМНОРСТУХІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "XXXABESKMHOPCTYXIJABEZHIKMNOPTYX")
"""Signs that a keyboard or a reader of pictures gives for Latin capitals: signs of multiplication, Cyrillic, Greek."""
_LOOKS_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")


@frozen
class Problem:
    """What is wrong: a code, `error` or `warn`, what its words need; `overridden`: an error that a reason may keep."""

    code: str
    severity: str
    params: Mapping[str, str] = field(default_factory=dict)
    overridden: bool = False


@frozen
class Check:
    """A number as it is kept, and what is wrong with it. `form` says which of its kind it is (plate: trailer, ...).

    `colour` is the plate's where it was written with the signs.
    """

    kind: str
    value: str
    problems: tuple[Problem, ...] = ()
    form: str = ""
    colour: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong, not even a warning."""
        return not self.problems


def compact(text: str, without: str = "") -> str:
    """Return text in half-width capitals without white space, unseen signs and the signs in `without`."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
    return "".join(one for one in plain if not one.isspace() and one not in without and not is_unseen(one))


def latin(value: str) -> str:
    """Return the value with the signs that only look Latin made Latin."""
    return value.translate(_LOOKS_LATIN)


def cyrillic(value: str) -> str:
    """Return the value with the Latin letters that look Cyrillic made Cyrillic."""
    return value.translate(_LOOKS_CYRILLIC)


def in_form(value: str, fits: Callable[[str], bool]) -> str:
    """Return the value, or what it looks like in Latin letters where that has the form and the value has not."""
    if value.isascii() or fits(value):
        return value
    other = latin(value)
    return other if fits(other) else value


def one_problem(
    kind: str, value: str, code: str, severity: str, params: Mapping[str, str], *, overridden: bool = False
) -> Check:
    """Return the check of a number with that one problem; of an empty one, that it is empty."""
    problem = Problem(code if value else "empty", severity, params if value else {}, overridden)
    return Check(kind, value, (problem,))
