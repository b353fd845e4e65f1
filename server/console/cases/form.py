"""The form of one step, worked out from its move and the kinds of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.cases.asking import Missing
from server.cases.casefile import CaseFile
from server.cases.fields import FIELDS
from server.cases.moves import Move
from server.cases.words import EVENTS
from server.console.cases import words
from server.console.cases.choices import Choices, Option
from server.console.cases.draft import KEYS, LEAST_PEOPLE, SPARE, Draft, last, rows
from server.console.cases.telling import Teller, Told

_UNSEEN = ("side", "task", "amendment", "template", "template_version", "docx", "words", "law", "says")
"""Fields that no person types: what links and the office's own programs fill in."""

_FEW = 4
"""So many choices stand side by side; more are a list that opens."""


@dataclass(frozen=True)
class Input:
    """One field as it is drawn. `kind` is what draws it, `numbers` are its rows, `faults` stand beside it."""

    name: str
    kind: str
    label: str
    hint: str
    required: bool
    options: Sequence[Option]
    numbers: Sequence[int]
    faults: Sequence[Told]


@dataclass(frozen=True)
class Form:
    """A step's form: its inputs with what was typed, what is missing (at the head), the version it was made from."""

    event: str
    words: str
    side: str
    version: int
    inputs: Sequence[Input]
    draft: Draft
    told: Sequence[Told]
    hidden: Mapping[str, str]
    choices: Choices

    def value(self, name: str) -> str:
        """Return what stands in an input."""
        return last(self.draft, name)

    def has(self, name: str, value: str) -> bool:
        """Whether a value was ticked."""
        return value in self.draft.get(name, ())


def form_of(
    move: Move,
    file: CaseFile,
    choices: Choices,
    draft: Draft,
    missing: Iterable[Missing],
    teller: Teller,
    side: str = "",
) -> Form:
    """Return the form of a move with what was typed and what is missing."""
    names = seen(move)
    told = [teller.told(one, move.event, names) for one in missing]
    inputs = [_input(name, move, file, choices, draft, [one for one in told if one.field == name]) for name in names]
    hidden = {name: last(draft, name) for name in ("task", "amendment") if last(draft, name)}
    if side:
        hidden["side"] = side
    return Form(move.event, EVENTS[move.event], side, file.version, inputs, draft, told, hidden, choices)


def seen(move: Move) -> tuple[str, ...]:
    """Return the fields that a person fills in, in the order drawn."""
    return tuple(one for one in (*move.needs, *move.takes) if one not in _UNSEEN)


def _input(name: str, move: Move, file: CaseFile, choices: Choices, draft: Draft, faults: Sequence[Told]) -> Input:
    kind, required = _kind(name, move), name in move.needs
    return Input(
        name=name,
        kind=kind,
        label=words.label(move.event, name),
        hint=words.hint(move.event, name),
        required=required,
        options=_options(name, move, choices),
        numbers=_numbers(name, kind, draft),
        faults=faults,
    )


def _kind(name: str, move: Move) -> str:
    """Return what draws a field."""
    kind = FIELDS[name].kind
    if kind == "text":
        if name in ("into", "paper"):
            return "select"
        tall = (move.event, name) in words.TALL
        return "tall" if tall else "area" if name in words.LONG else "line"
    if kind == "choice":
        return "radio" if len(FIELDS[name].choices) <= _FEW else "select"
    if kind == "flag":
        settled = name not in move.needs or any(one == f"true:{name}" for one in move.guards)
        return "tick" if settled else "yesno"
    if kind in ("login", "agency", "code"):
        return "host" if name == "host" else "select"
    if name == "evidence" and "wanted" in move.needs:
        return "pieces"
    if kind in ("codes", "rows"):
        return name
    return kind


def _options(name: str, move: Move, choices: Choices) -> Sequence[Option]:
    held = FIELDS[name]
    if held.choices:
        return [Option(one, words.CHOICES[name][one]) for one in held.choices]
    if name == "kind":
        return choices.due if move.event == "document_waived" else choices.issuable
    lists: Mapping[str, Sequence[Option]] = {
        "into": choices.targets,
        "paper": choices.issued,
        "clock": choices.clocks,
        "to": choices.agencies,
        "owner": [Option(one.login, plain=one.name) for one in choices.owners],
        "host": [Option(one.login, plain=one.name) for one in choices.people if one.login],
        "keys": choices.facts,
        "violations": choices.linked,
        "grounds": [Option(code, text_) for code, text_ in words.CHOICES["grounds"].items()],
        "answers": [Option(code, text_) for code, text_ in words.CHOICES["answers"].items()],
    }
    return lists.get(name, ())


def _numbers(name: str, kind: str, draft: Draft) -> list[int]:
    """Return the rows that are drawn: those that were filled, and some empty ones."""
    filled = [number for number in rows(draft, name) if any(last(draft, f"{name}.{number}.{key}") for key in KEYS)]
    held = max(filled, default=-1) + 1
    if kind == "people":
        return list(range(max(LEAST_PEOPLE, held) + SPARE))
    if kind in ("penalties", "evidence", "plan"):
        return list(range(held + SPARE))
    return []
