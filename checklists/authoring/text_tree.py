"""A tree of text with line numbers → dataclasses, with every mistake of the author at once."""

from __future__ import annotations

import difflib
import functools
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from typing import Any

from checklists.wire import WireError, from_plain

BILINGUAL = frozenset({"text", "title", "look", "brief", "story", "explanation"})


@dataclass(frozen=True)
class Node:
    """A scalar as text, a list or a mapping, and the line it stands on; `repeated` are keys that were given twice."""

    value: str | tuple[Node, ...] | Mapping[str, Node]
    line: int
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a definition file: where it is, what is wrong, what to do."""

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f" ({self.hint})" if self.hint else "")


@dataclass
class Report:
    """What binding found: problems, and the file and line of each object that it made, by `id()`.

    `lines` are the lines of its fields by name, of a list's entries by their index. `made` keeps those objects alive,
    so that no id is given twice.
    """

    problems: list[Problem] = field(default_factory=list)
    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    lines: dict[int, Mapping[str, int]] = field(default_factory=dict)
    made: list[Any] = field(default_factory=list)
    file: str = ""

    def at(self, line: int, message: str, hint: str = "") -> None:
        """Add a problem in the file being read."""
        self.problems.append(Problem(self.file, line, message, hint))

    def about(self, thing: object, message: str, hint: str = "", at: str = "") -> None:
        """Add a problem about an object that was read, on the line of its field `at` where it has one."""
        file, line = self.places.get(id(thing), (self.file, 0))
        self.problems.append(Problem(file, self.lines.get(id(thing), {}).get(at, line), message, hint))

    def keep(self, thing: Any, line: int, lines: Mapping[str, int] | None = None) -> Any:
        """Remember where the object was read."""
        self.places[id(thing)] = (self.file, line)
        self.lines[id(thing)] = lines or {}
        self.made.append(thing)
        return thing

    def same(self, read: Any, made: Any) -> Any:
        """Remember that an object was made from one that was read."""
        self.places[id(made)], self.lines[id(made)] = self.places[id(read)], self.lines[id(read)]
        self.made.append(made)
        return made


def bind(kind: Any, node: Node, report: Report) -> Any:
    """Return the node as that type, or None where a problem was reported."""
    if is_dataclass(kind):
        return _bind_dataclass(typing.cast(type, kind), node, report)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return _bind_list(typing.get_args(kind)[0], node, report)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _bind_mapping(typing.get_args(kind)[1], node, report)
    inner = [one for one in typing.get_args(kind) if is_dataclass(one)]
    return bind(inner[0], node, report) if inner else _bind_scalar(kind, node, report)


def _bind_scalar(kind: Any, node: Node, report: Report) -> Any:
    if not isinstance(node.value, str):
        return report.at(node.line, "a single value is expected here, not a list or a mapping")
    try:
        return from_plain(kind, node.value)
    except WireError as wrong:
        return report.at(node.line, wrong.problem)


def _bind_list(kind: Any, node: Node, report: Report) -> Any:
    if not isinstance(node.value, tuple):
        return report.at(node.line, "a list is expected here", "write [a, b] or lines that begin with a dash")
    found = [(made, one.line) for one in node.value if (made := bind(kind, one, report)) is not None]
    if not found:
        return ()
    lines = {str(index): line for index, (_, line) in enumerate(found)}
    return report.keep(tuple(made for made, _ in found), node.line, lines)


def _bind_mapping(kind: Any, node: Node, report: Report) -> Any:
    if not isinstance(node.value, Mapping):
        return report.at(node.line, "a mapping is expected here", "write {key: value}")
    _report_repeated(node, report)
    found = {key: bind(kind, one, report) for key, one in node.value.items()}
    lines = {key: one.line for key, one in node.value.items()}
    return report.keep({key: one for key, one in found.items() if one is not None}, node.line, lines)


def _bind_dataclass(kind: type, node: Node, report: Report) -> Any:
    if not isinstance(node.value, Mapping):
        return report.at(node.line, f"{kind.__name__} is expected here as a mapping")
    _report_repeated(node, report)
    known = {one.name: one for one in fields(kind)}
    _report_keys(kind, known, node, report)
    hints = _hints(kind)
    held = {key: bind(hints[key], one, report) for key, one in node.value.items() if key in known}
    for key in BILINGUAL & held.keys():
        _report_language(key, node.value[key], report)
    if any(_required(one) and held.get(name) is None for name, one in known.items()):
        return None
    lines = {key: one.line for key, one in node.value.items()}
    return report.keep(kind(**{key: one for key, one in held.items() if one is not None}), node.line, lines)


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields; worked out once, for every file has thousands of such nodes."""
    return typing.get_type_hints(kind)


def _report_repeated(node: Node, report: Report) -> None:
    for key in node.repeated:
        report.at(node.line, f"{key!r} is given twice", "keep one of them")


def _report_keys(kind: type, known: Mapping[str, Field[Any]], node: Node, report: Report) -> None:
    assert isinstance(node.value, Mapping)  # noqa: S101 - the caller has looked; this tells the type checker
    for key in node.value.keys() - known.keys():
        report.at(node.value[key].line, f"{kind.__name__} has no {key!r}", close_to(key, known))
    for name in (name for name, one in known.items() if _required(one) and name not in node.value):
        report.at(node.line, f"{kind.__name__} needs {name!r}", f"add {name}:")


def _report_language(key: str, node: Node, report: Report) -> None:
    languages = node.value if isinstance(node.value, Mapping) else {}
    for language in ("zh", "en"):
        if language not in languages or not languages[language].value:
            report.at(node.line, f"{key!r} has no {language}", "every text that people read is in zh and en")


def _required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def close_to(word: str, known: Iterable[str]) -> str:
    """Return a hint with the known word that looks most like it, or all that are known where none does."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, 1)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(names[:12])}"
