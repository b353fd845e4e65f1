"""A number as it was read, what is wrong with it, and how any text is brought into the form that is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import field

from checklists.values import frozen

_LOOKS_LATIN = str.maketrans("×АВЕКМНОРСТУХ", "XABEKMHOPCTYX")
"""Signs that a keyboard or a reader of pictures gives for Latin capitals: the multiplication sign, Cyrillic letters."""


@frozen
class Problem:
    """What is wrong: a code, `error` or `warn`, what its words need; `overridden`: an error that a reason may keep."""

    code: str
    severity: str
    params: Mapping[str, str] = field(default_factory=dict)
    overridden: bool = False


@frozen
class Check:
    """A number as it is kept, and what is wrong with it. `form` says which of its kind it is (plate: trailer, ...)."""

    kind: str
    value: str
    problems: tuple[Problem, ...] = ()
    form: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong, not even a warning."""
        return not self.problems


def compact(text: str, without: str = "") -> str:
    """Return text in half-width Latin capitals without white space, unseen signs and the signs in `without`."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper()).translate(_LOOKS_LATIN)
    return "".join(one for one in plain if not one.isspace() and one not in without and not _unseen(one))


def one_problem(
    kind: str, value: str, code: str, severity: str, params: Mapping[str, str], *, overridden: bool = False
) -> Check:
    """Return the check of a number with that one problem; of an empty one, that it is empty."""
    problem = Problem(code if value else "empty", severity, params if value else {}, overridden)
    return Check(kind, value, (problem,))


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs")
