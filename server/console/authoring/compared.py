"""What a change says beside what holds now, field by field: only what differs, sign by sign. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.console.authoring.fields import CITED, FINE, FORMS
from server.console.wordings import Stretch, changed


def _(words: str) -> str:
    return words


_SHARED: Mapping[str, str] = {
    "applies_when": _("Applies when"),
    "severity_when": _("Heavier while"),
    "basis": _("Basis"),
    "duty": _("Duty"),
    "penalty": _("Penalty"),
    "effective_from": _("First day"),
    "title": _("Title"),
    "input": _("What is put down"),
    "choices": _("Choices"),
    "id": _("Number"),
    "code": _("Violation"),
}
NAMES: Mapping[str, Mapping[str, str]] = {
    **{kind: {**{one.path: one.words for one in fields}, **_SHARED} for kind, fields in FORMS.items()},
    "basis": {one.path: one.words for one in CITED},
    "duty": {one.path: one.words for one in CITED},
    "penalty": {**{one.path: one.words for one in (*FINE, *CITED)}, "basis": _("Basis")},
}
"""The words of a field by its path, for each kind of change and for the rows of each list."""


@dataclass(frozen=True)
class Line:
    """A field that differs: its names from the outside in, what holds and what is drafted; None where there is none."""

    names: tuple[str, ...]
    was: str | None
    now: str | None

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Both in one: what stands in both, only before, only now."""
        return changed(self.was or "", self.now or "")


def compared(kind: str, was: Mapping[str, Any] | None, now: Mapping[str, Any]) -> list[Line]:
    """Return every field that differs, in the order of the new value; of what is new every field."""
    old, new = dict(_flat(was or {})), dict(_flat(now))
    paths = dict.fromkeys((*new, *old))
    return [
        Line(tuple(_names(kind, path)), old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    ]


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, held in value.items():
            yield from _flat(held, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
        for index, held in enumerate(value):
            yield from _flat(held, f"{path}.{index}")
    elif isinstance(value, list | tuple):
        yield path, ", ".join(map(str, value))
    else:
        yield path, str(value)


def _names(kind: str, path: str) -> Iterator[str]:
    """Yield the words of a path from the outside in: of text.zh one name, of basis.0.clause basis, 1 and clause."""
    names, steps = NAMES[kind], path.split(".")
    while steps:
        two = ".".join(steps[:2])
        if len(steps) > 1 and two in names:
            yield names[two]
            steps = steps[2:]
            continue
        yield str(int(steps[0]) + 1) if steps[0].isdecimal() else names.get(steps[0], steps[0])
        names = NAMES.get(steps[0], names) if len(steps) > 2 else names
        steps = steps[1:]
