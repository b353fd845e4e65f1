"""The gate behind the receipt: a part of a known format is looked through whole before anything reads it.

The shapes are the kernel's own dataclasses, decoded strictly; unknown keys are carried, unknown formats are not opened.
What does not fit keeps its receipt, because it is evidence, and waits for a person with the place of the fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from checklists.definitions.definition import Item, RuleCase
from checklists.findings.finding import Finding
from checklists.inspection import stop_order
from checklists.inspection.entries import Entry
from checklists.inspection.shift import MOST_PARTS
from checklists.law.model import Violation
from checklists.papers.paper import Notice
from checklists.records.record import FORMAT, PART_KINDS
from checklists.rules.crosscheck import Result
from server import clock
from server.gate import entry_shape, ingest
from server.gate.entry_shape import File, Text
from server.gate.fault import Fault
from server.parts import ReadPart, conduct_at, taken_in

MOST_DEPTH = 32
MOST_TEXT = 20_000
"""Signs of one text. The longest interview has some thousands; ours."""
MOST_ROWS = 20_000
"""Members of one list or mapping; ours."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUL_SIGNS, _NUL = rb"\u0000", re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""U+0000 as JSON writes it, and not a backslash that stands before the letters."""
_LONG = re.compile(rb'"[^"]{%d}' % MOST_TEXT)


class Certificate(msgspec.Struct):
    """Who the device is, by the office."""

    device: str
    key: str
    agency: str
    prefix: str = ""
    issued_at: Text = None


class Clock(msgspec.Struct):
    """What the device knew of its clock."""

    offset_ms: int = 0
    agreed_at: Text = None
    jumps: int | list[Any] = 0


class Used(msgspec.Struct):
    """A package that the part was made with."""

    name: str
    version: str
    digest: str


class Outcome(msgspec.Struct):
    """What was proposed and decided."""

    proposed: Text = None
    decided: Text = None
    reason: Text = None


class Paper(msgspec.Struct):
    """A paper that was printed; `notice` are its words, which parts of before did not carry.

    `way_back` is the digest of the token of the party's link, where one was printed.
    """

    kind: str
    number: str
    digest: str
    void: Text = None
    notice: Notice | None = None
    way_back: Text = None


class Photo(msgspec.Struct):
    """The files of a photo."""

    entry: str
    original: File | None = None
    working: File | None = None
    thumbnail: File | None = None


class Rows(msgspec.Struct):
    """The rows of checklist, law and rules as they were."""

    items: list[Item] = []
    violations: list[Violation] = []
    rules: list[RuleCase] = []


class Statement(msgspec.Struct):
    """The signed word of another device on what it wrote."""

    inspection: str
    device: str
    count: int
    digest: str
    signature: str
    certificate: dict[str, Any]


class Head(msgspec.Struct, kw_only=True):
    """What every part has."""

    format: int
    kind: str
    id: str
    inspection: str
    device: str
    device_seq: int
    sealed_at: str
    certificate: Certificate
    previous: Text = None
    opened_at: Text = None
    site: Text = None
    app: Text = None
    clock: Clock | None = None
    heard: Used | None = None


class Part(Head, kw_only=True):
    """An inspection, a contribution or an amendment."""

    checklist: Text = None
    definitions: list[Used] = []
    rows: Rows | None = None
    entries: list[Entry] = []
    findings: list[Finding] = []
    results: list[Result] = []
    outcome: Outcome | None = None
    papers: list[Paper] = []
    photos: list[Photo] = []
    statements: list[Statement] = []
    invited: list[str] = []
    joined: list[str] = []
    lead: Text = None
    answers: Text = None
    amends: Text = None
    task: Text = None


class Colleague(msgspec.Struct):
    """An officer of a shift."""

    id: str
    name: str = ""
    card: str = ""
    agency: str = ""
    role: str = ""


class Signed(msgspec.Struct):
    """The signature under a shift."""

    officer: str
    digest: str
    name: str = ""
    card: str = ""
    agency: str = ""
    at: Text = None


class Counts(msgspec.Struct):
    """What the officers of a shift counted."""

    inspections: int = 0
    others: int = 0
    outcomes: dict[str, int] = {}
    findings: int = 0
    severities: dict[str, int] = {}
    photos: int = 0


class Unfinished(msgspec.Struct):
    """An inspection that a shift leaves open."""

    inspection: str
    opened_at: Text = None
    plate: Text = None
    lead: Text = None


class Shift(Head, kw_only=True):
    """The closed work of a day."""

    first_seq: int
    parts: list[str]
    counts: Counts
    campaign: Text = None
    officers: list[Colleague] = []
    signatures: list[Signed] = []
    open: list[Unfinished] = []
    unsent: dict[str, int] = {}


class OrderTold(msgspec.Struct):
    """What a leader did about a stop order."""

    do: str
    number: str
    authority: str
    on: str
    key: str
    why: str
    text: str = ""
    days: int = 0
    basis: str = ""


class Order(Head, kw_only=True):
    """A stop order that was given or lifted at a post, with the leader who confirmed it by his PIN."""

    order: OrderTold
    signatures: list[Signed]


class Opened(NamedTuple):
    """A part that was looked through: as plain values, or the fault that keeps it closed."""

    part: dict[str, Any]
    fault: Fault | None = None


LATER = Fault("format", f"at most {FORMAT}; a later one is kept unread")

_kinds = {**dict.fromkeys(PART_KINDS, Part), "shift": Shift, "order": Order}


def opened(body: bytes, format_: int) -> Opened:
    """Return a part as plain values where it is what its format says; else empty, with the fault. Never raises."""
    if format_ > FORMAT:
        return Opened({}, LATER)
    try:
        part = ReadPart(msgspec.json.decode(body, type=dict[str, Any]))
        fault = next(_faults(body, part), None)
    except (msgspec.MsgspecError, RecursionError, ValueError) as problem:
        return Opened({}, Fault.of(problem))
    return Opened({}, fault) if fault is not None else Opened(part)


def counted(body: bytes) -> dict[str, Any]:
    """Return a part as it can be counted, whatever its shape; empty where it is no mapping at all."""
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return {}


def _faults(body: bytes, part: ReadPart) -> Iterator[Fault]:
    yield from bounds(body, part)
    kind = _kinds.get(str(part.get("kind")))
    if kind is None:
        yield Fault("kind", f"one of {', '.join(PART_KINDS)}")
        return
    try:
        typed = msgspec.convert(part, taken_in(kind))
    except (msgspec.ValidationError, RecursionError) as problem:
        yield Fault.of(problem)
        return
    yield from _head_faults(typed)
    if isinstance(typed, Part):
        yield from _part_faults(typed, part, body)
    else:
        yield from _order_faults(typed) if isinstance(typed, Order) else _shift_faults(typed)


def bounds(body: bytes, part: dict[str, Any]) -> Iterator[Fault]:
    """Yield what is too deep, too long or too many, and U+0000 in any text."""
    if (_NUL_SIGNS in body and _NUL.search(body)) or (_LONG.search(body) and _too_long(part)):
        yield Fault("", f"texts of at most {MOST_TEXT} signs without U+0000")
    level: list[Any] = [part]
    for _depth in range(MOST_DEPTH):
        if any(len(held) > MOST_ROWS for held in level):
            yield Fault("", f"lists of at most {MOST_ROWS} members")
            return
        level = [one for held in level for one in _members(held) if type(one) in _NESTED]
        if not level:
            return
    yield Fault("", f"at most {MOST_DEPTH} levels")


_NESTED = frozenset({dict, list})


def _members(held: Any) -> Any:
    return held if type(held) is list else held.values()


def _too_long(part: dict[str, Any]) -> bool:
    """Whether any text really is: between two texts there may be many numbers, such as those of a signature."""
    waiting: list[Any] = [part]
    while waiting:
        held = waiting.pop()
        if isinstance(held, str) and len(held) > MOST_TEXT:
            return True
        if isinstance(held, dict):
            waiting += held.keys()
        if isinstance(held, dict | list):
            waiting += held.values() if isinstance(held, dict) else held
    return False


def _head_faults(head: Head) -> Iterator[Fault]:
    for name in ("sealed_at", "opened_at"):
        text = getattr(head, name)
        if text and not is_time(text):
            yield Fault(name, "a time with its zone")
    if head.certificate.issued_at and not is_time(head.certificate.issued_at):
        yield Fault("certificate.issued_at", "a time with its zone")


def _part_faults(typed: Part, part: ReadPart, body: bytes) -> Iterator[Fault]:
    if typed.kind == "inspection" and not typed.checklist:
        yield Fault("checklist", "the name of a checklist")
    yield from entry_shape.faults(tuple(typed.entries), conduct_at(part), lambda: part.situation)
    try:
        list(ingest.wanted(body))
    except ingest.UNREADABLE:
        yield Fault("photos", "files with a digest, a length and a type")


def _shift_faults(shift: Shift) -> Iterator[Fault]:
    if not 1 <= shift.first_seq <= shift.device_seq:
        yield Fault("first_seq", "a number of the device's chain")
    if len(shift.parts) > MOST_PARTS or not all(_SHA256.fullmatch(one) for one in shift.parts):
        yield Fault("parts", f"at most {MOST_PARTS} digests")


def _order_faults(part: Order) -> Iterator[Fault]:
    told = part.order
    if told.do not in stop_order.ACTS or told.on not in stop_order.ON:
        yield Fault("order", f"do is one of {', '.join(stop_order.ACTS)}, on one of {', '.join(stop_order.ON)}")
    if not 0 <= told.days <= stop_order.MOST_DAYS:
        yield Fault("order.days", f"0 to {stop_order.MOST_DAYS}")
    texts = (told.number, told.authority, told.key, told.why, told.text, told.basis)
    if any(len(one) > stop_order.MOST_TEXT for one in texts):
        yield Fault("order", f"texts of at most {stop_order.MOST_TEXT} signs")
    if len(part.signatures) != 1 or not is_time(part.signatures[0].at or ""):
        yield Fault("signatures", "the one leader's, with its time")


def is_time(text: str) -> bool:
    """Whether a text is a time with its zone."""
    try:
        clock.read(text)
    except ValueError:
        return False
    return True
