"""How the office stands, line by line: fine, to be looked at, or wrong, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

GRADES = ("ok", "look", "wrong")
"""From best to worst; the place of the worst is the exit code of `doctor`."""


def _(words: str) -> str:
    """Mark words that the catalogue translates."""
    return words


GRADE_WORDS = {"ok": _("in order"), "look": _("look"), "wrong": _("wrong")}
ABOUT_WORDS = {
    "office": _("settings"),
    "clock": _("clock"),
    "disk": _("disk"),
    "rights": _("rights of files"),
    "tls": _("encryption"),
    "database": _("database"),
    "queue": _("queue"),
    "backup": _("backup"),
    "service": _("service"),
}


@dataclass(frozen=True)
class Line:
    """One thing that was looked at. `words` and `todo` are keys of the catalogue; `values` stand in both."""

    about: str
    grade: str
    words: str
    values: Mapping[str, Any] = field(default_factory=dict)
    todo: str = ""

    def said(self, say: Callable[[str], str]) -> str:
        """Return what was found, in the language of `say`."""
        return say(self.words) % self.values

    def asked(self, say: Callable[[str], str]) -> str:
        """Return what is to be done, empty where nothing is."""
        return say(self.todo) % self.values if self.todo else ""


def look(checks: Iterable[tuple[str, Callable[[], Iterable[Line]]]]) -> Iterator[Line]:
    """Yield the lines of every check; one that itself fails is a line too, since unknown is never fine."""
    for about, check in checks:
        try:
            yield from check()
        except Exception as problem:
            told = {"problem": f"{type(problem).__name__}: {problem}".splitlines()[0][:300]}
            words = _("could not be looked at: %(problem)s")
            yield Line(about, "wrong", words, told, _("Set right what the message names, then look again."))


def worst(lines: Iterable[Line]) -> int:
    """Return the exit code: 0 where all is fine, 1 where something is to be looked at, 2 where something is wrong."""
    return max((GRADES.index(one.grade) for one in lines), default=0)


def text(lines: Iterable[Line], say: Callable[[str], str]) -> Iterator[str]:
    """Yield the lines for a terminal, each with what to do below it."""
    for one in lines:
        yield f"[{say(GRADE_WORDS[one.grade])}] {say(ABOUT_WORDS[one.about])}: {one.said(say)}"
        if asked := one.asked(say):
            yield f"    → {asked}"


def plain(lines: Iterable[Line], say: Callable[[str], str]) -> list[dict[str, str]]:
    """Return the lines for a program."""
    return [{"about": one.about, "grade": one.grade, "said": one.said(say), "todo": one.asked(say)} for one in lines]


def language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of who sits at the terminal, by the first of the usual variables that is set."""
    named = next((environment[one] for one in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(one)), "")
    return "zh_CN" if named.startswith("zh") else "en"
