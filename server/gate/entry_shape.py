"""What an entry of each kind holds, as far as anything reads it; a kind that this version does not know is carried.

Facts are held against the kernel's own situation, by its own decoding: what passes here it can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from checklists.facts.situation import Situation
from checklists.inspection.capture import Position, Taken
from checklists.inspection.entries import Entry, keys_of, place, standing
from checklists.wire import WireError, from_plain
from server import clock
from server.gate.fault import Fault
from server.parts import taken_in

Text = str | None


class File(msgspec.Struct):
    """One file of a photo."""

    sha256: str
    bytes: int
    type: str


class Said(msgspec.Struct):
    """What any entry may say in words."""

    text: Text = None
    reason: Text = None
    result: Text = None
    name: Text = None
    role: Text = None
    note: Text = None


class Fact(msgspec.Struct):
    """A value with where it came from and as of when."""

    source: Text = None
    as_of: Text = None


class Answer(Said):
    """An answer to an item."""

    severity: Text = None
    violation: Text = None
    measures: list[str] | None = None


class Place(Said):
    """Where the tablet was, or why nobody knows."""

    position: Position | None = None
    no_position: Text = None


class Stamped(msgspec.Struct):
    """Whose plate and whose name stand on a photo's working copy."""

    plate: Text = None
    officer: Text = None


class Shot(Place):
    """A photo, or why there is none."""

    taken: Taken | None = None
    stamp: Stamped | None = None
    sha256: Text = None
    bytes: int | None = None
    type: Text = None
    working: File | None = None
    thumbnail: File | None = None
    evidence: Text = None
    section: Text = None


class Override(Said):
    """A rule that was set aside."""

    rule: Text = None
    case: Text = None


class Cleared(Said):
    """A section without deviation, and the items that this answers."""

    items: list[str] = []
    dwell_ms: int | None = None


class Signature(Said):
    """Who signed what, how."""

    card: Text = None
    digest: Text = None
    witness: Any = None
    recorder: Text = None
    identity: Text = None
    nothing_stated: bool | None = None
    absent: bool | None = None
    statement: Text = None
    decision: Text = None
    strokes: list[list[Any]] | None = None


class Statement(Said):
    """What somebody states, or that he was asked and states nothing."""

    nothing: bool | None = None


class Outcome(Said):
    """A proposal or a decision."""

    proposed: Text = None
    decided: Text = None


class Note(Said):
    """A note; what nobody reads by name is free."""

    photo: Text = None
    decision: Text = None


class Question(msgspec.Struct):
    """One question of a lesson and whether it was answered rightly."""

    id: str
    right: bool


class Lesson(msgspec.Struct):
    """How somebody of the crew answered."""

    person: Text = None
    role: Text = None
    pack: Text = None
    version: Text = None
    score: int = 0
    of: int = 0
    questions: list[Question] = []


_VALUES: Mapping[str, type[msgspec.Struct]] = {
    "fact": Fact,
    "answer": Answer,
    "sign_seen": Said,
    "party": Said,
    "photo": Shot,
    "control_photo": Shot,
    "note": Note,
    "override": Override,
    "section_clear": Cleared,
    "statement": Statement,
    "signature": Signature,
    "takeover": Said,
    "outcome": Outcome,
    "position": Place,
    "withdrawn": Said,
}
_MOST = 2**53 - 1


def faults(entries: tuple[Entry, ...], opened_at: str, situation: Callable[[], Situation]) -> Iterator[Fault]:
    """Yield what is wrong with the entries of a part; `situation` is what all of them together describe."""
    try:
        situation()
        unfit = None
    except (WireError, TypeError, ValueError, AttributeError) as problem:
        unfit = Fault(_known_path(problem), "facts that fit together")
    proven = frozenset() if unfit else _whole(entries)
    for number, entry in enumerate(entries):
        where = f"entries[{number}]"
        if not 0 <= entry.seq <= _MOST:
            yield Fault(f"{where}.seq", "a sequence number")
        if not _is_time(entry.at):
            yield Fault(f"{where}.at", "a time with its zone")
        yield from _value_faults(entry, where, opened_at, proven=entry.id in proven)
    if unfit:
        yield unfit


def _whole(entries: tuple[Entry, ...]) -> frozenset[str]:
    """Return the facts that stand whole in the situation, nothing laid upon them: who read that has read them."""
    stand = {keys: held[-1] for path, held in standing(entries, "fact").items() if (keys := keys_of(path))}
    under = {keys[:size] for keys in stand for size in range(1, len(keys))}
    return frozenset(one.id for keys, one in stand.items() if keys not in under)


def _value_faults(entry: Entry, where: str, opened_at: str, *, proven: bool) -> Iterator[Fault]:
    kind = Lesson if (entry.kind, entry.item) == ("note", "lesson") else _VALUES.get(entry.kind)
    if kind is not None:
        try:
            msgspec.convert(entry.value, taken_in(kind))
        except (msgspec.ValidationError, RecursionError) as problem:
            yield Fault.of(problem, f"{where}.value")
    if entry.kind == "fact" and entry.item:
        yield from _fact_faults(entry, where, opened_at, proven=proven)


def _fact_faults(entry: Entry, where: str, opened_at: str, *, proven: bool) -> Iterator[Fault]:
    if (entry.item or "").partition(".")[0] in ("at", "sources"):
        yield Fault(f"{where}.item", "a fact that is known here")
        return
    as_of = entry.value.get("as_of")
    if as_of is not None and not _is_time(as_of):
        yield Fault(f"{where}.value.as_of", "a time with its zone")
    if proven:
        return
    tree: dict[str, Any] = {}
    place(tree, str(entry.item), entry.value.get("data"))
    try:
        from_plain(Situation, {**tree, "at": opened_at})
    except (WireError, TypeError, ValueError, AttributeError, RecursionError) as problem:
        yield Fault(f"{where}.value.data", f"what {_known_path(problem)} holds")


def _is_time(text: Any) -> bool:
    try:
        clock.read(text)
    except (ValueError, TypeError):
        return False
    return True


def _known_path(problem: BaseException) -> str:
    """Return the path of a fact without anything that a sender chose: names that the kernel has, and no others."""
    path = problem.path if isinstance(problem, WireError) else ""
    parts = [one.partition("[")[0] for one in path.split(".")]
    return ".".join(one if one in _names() else "…" for one in parts) or "facts"


@cache
def _names() -> frozenset[str]:
    found: set[str] = set()
    seen: set[Any] = set()

    def walk(kind: Any) -> None:
        if is_dataclass(kind) and kind not in seen:
            seen.add(kind)
            found.update(one.name.removesuffix("_") for one in fields(kind))
            for inner in get_type_hints(kind).values():
                walk(inner)
        for inner in get_args(kind):
            walk(inner)

    walk(Situation)
    return frozenset(found)
