"""Comparing waybill, permits, people, vehicle, tank, signs and load: what a rule reads, and what it may answer.

A rule is a pure function `rule(context) -> results`. It never guesses: what it could not read makes the verdict
`cannot_tell`, what is older than its limit makes it `stale`, and neither is a pass. Which item, violation and clause an
outcome leads to is data (`definitions/rules/`), found by rule and case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from checklists.goods import Goods, Tables
from checklists.situation import Situation
from checklists.transport import Line

VERDICTS = ("consistent", "conflict", "cannot_tell", "stale")

MAX_AGE = {"registry": timedelta(days=30)}
"""How old a value of a source may be before it is stale. Ours, not law."""


@dataclass(frozen=True)
class Value:
    """A value that a rule compared: its path, the value as text (None: not known), and where it came from."""

    name: str
    value: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Result:
    """A rule's answer about one subject. `case` names what was checked, and with `conflict` what was found.

    `warnings` are values on which editions of the goods list differ: both are shown, and neither decides alone.
    """

    rule: str
    case: str
    verdict: str
    subject: str = ""
    values: tuple[Value, ...] = ()
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    warnings: tuple[Value, ...] = ()

    @property
    def id(self) -> str:
        """What an override of this result names."""
        return ":".join((self.rule, self.case, self.subject))


@dataclass(frozen=True)
class Loaded:
    """A waybill line with the goods that it may mean: several where the packing group leaves it open."""

    line: Line
    goods: tuple[Goods, ...]


@dataclass(frozen=True)
class Context:
    """What a rule may look at: one situation and the reference tables."""

    situation: Situation
    tables: Tables

    @cached_property
    def declared(self) -> tuple[Loaded, ...] | None:
        """The goods on the waybill, or None where there is no waybill or no line on it."""
        bill = self.situation.waybill
        if bill is None or not bill.lines:
            return None
        return tuple(Loaded(line, self.goods(line.un, line.packing_group)) for line in bill.lines)

    @cached_property
    def regulated(self) -> tuple[Loaded, ...] | None:
        """The declared lines that do not travel as ordinary goods; None where that is not known.

        Limited quantities up to EXEMPT_KG gross together and up to EXEMPT_PACKAGES packages of excepted ones do.
        """
        if self.declared is None:
            return None
        exempt = {kind: self._exempt(kind) for kind in ("limited", "excepted", "full")}
        if None in exempt.values():
            return None
        return tuple(one for one in self.declared if not exempt.get(one.line.quantity))

    @cached_property
    def on_board(self) -> tuple[Goods, ...] | None:
        """The regulated goods really loaded: as the officers established, else as declared; None where any is open.

        Nothing where it is empty and clean; an uncleaned empty tank counts as loaded.
        """
        if self.situation.seen.loaded == "empty":
            return ()
        if self.situation.seen.goods:
            return self.goods(self.situation.seen.goods) or None
        if self.regulated is None or any(not one.goods for one in self.regulated):
            return None
        return tuple(goods for one in self.regulated for goods in one.goods)

    def _exempt(self, kind: str) -> bool | None:
        """Whether the declared lines of this kind travel as ordinary goods, or None where an amount is missing."""
        lines = [one.line for one in self.declared or () if one.line.quantity == kind]
        if not lines or kind == "full":
            return False
        limited = kind == "limited"
        amounts = [line.gross_mass_kg if limited else line.packages for line in lines]
        known = [amount for amount in amounts if amount is not None and 0 < amount <= ABSURD_KG]
        if len(known) < len(lines):
            return None
        return sum(known) <= (EXEMPT_KG if limited else EXEMPT_PACKAGES)

    @property
    def has_trailer(self) -> bool:
        """Whether a trailer is there: known, or named on the waybill."""
        bill = self.situation.waybill
        return self.situation.trailer is not None or bool(bill and bill.trailer_plate)

    @property
    def has_tank(self) -> bool:
        """Whether a tank is there: known, named on the waybill, or seen."""
        bill, seen = self.situation.waybill, self.situation.seen
        return self.situation.tank is not None or bool(bill and bill.tank) or seen.containment == "tank"

    def goods(self, un: str | None, packing_group: str | None = None) -> tuple[Goods, ...]:
        """Return the entries of a UN number and packing group; all groups where the table has not that one."""
        if not un:
            return ()
        return self.tables.goods.lookup(un, packing_group or None) or self.tables.goods.lookup(un)

    @cached_property
    def labels(self) -> frozenset[str] | None:
        """Every label on board, subsidiary hazards included, or None where it is not known."""
        return None if self.on_board is None else frozenset(one for goods in self.on_board for one in goods.labels)

    @cached_property
    def states(self) -> frozenset[str] | None:
        """The physical states on board (solid, liquid, gas), or None where any of them is not known."""
        states = [goods.states for goods in self.on_board or ()]
        known = [one for one in states if one is not None]
        return frozenset().union(*known) if known and len(known) == len(states) else None


Rule = Callable[[Context], Iterable[Result]]


@dataclass
class Look:
    """Reads values for one result and remembers each, so that no rule can forget to show its inputs."""

    context: Context
    rule: str
    values: list[Value] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    warnings: list[Value] = field(default_factory=list)

    def number(self, path: str) -> int | None:
        """Return the whole number at the path, or None and remember that it is missing."""
        found = self._read(path)
        return found if isinstance(found, int) else None

    def mass(self, path: str) -> int | None:
        """Return the mass in kg at the path; one that no road vehicle can have is not known."""
        found = self.number(path)
        if found is None or 0 < found <= ABSURD_KG:
            return found
        self.missing.append(path)
        return None

    def text(self, path: str) -> str | None:
        """Return the text at the path, or None and remember that it is missing."""
        found = self._read(path)
        return found if isinstance(found, str) else None

    def day(self, path: str) -> date | None:
        """Return the day at the path, or None and remember that it is missing."""
        found = self._read(path)
        return found if isinstance(found, date) else None

    def texts(self, path: str) -> tuple[str, ...] | None:
        """Return the texts at the path, or None and remember that they are missing."""
        found = self._read(path)
        return found if isinstance(found, tuple) else None

    def has(self, path: str) -> bool:
        """Whether anything is known at the path; remembers nothing."""
        return reach(self.context.situation, path) is not None

    def note(self, name: str, value: object, source: str = "") -> None:
        """Remember a value that was worked out rather than read."""
        self.values.append(Value(name, None if value is None else str(value), source))

    def lack(self, *names: str) -> None:
        """Remember that something is missing that is no plain path."""
        self.missing.extend(names)

    def warn(self, name: str, value: str) -> None:
        """Remember a value on which editions differ."""
        self.warnings.append(Value(name, value, "editions"))

    def says(self, case: str, *, conflict: bool, subject: str = "") -> Result:
        """Return the result: missing inputs outweigh a pass, stale ones outweigh everything but a lack."""
        verdict = "conflict" if conflict else "consistent"
        if self.missing and not conflict:
            verdict = "cannot_tell"
        elif self.stale:
            verdict = "stale"
        held = (tuple(self.values), tuple(self.missing), tuple(self.stale), tuple(self.warnings))
        return Result(self.rule, case, verdict, subject, *held)

    def _read(self, path: str) -> Any:
        found = reach(self.context.situation, path)
        source = self.context.situation.source(path)
        if found is None:
            self.missing.append(path)
        elif source and source.as_of and self.context.situation.at - source.as_of > MAX_AGE.get(source.kind, FOREVER):
            self.stale.append(path)
        self.values.append(Value(path, shown(found), source.kind if source else ""))
        return found


ABSURD_KG = 1_000_000
"""More than this is a slip of the finger, not a mass."""

EXEMPT_KG = 8000
"""Gross mass of limited quantities on a transport unit up to which it carries no mark. ADR 3.4.14, JT/T 617."""

EXEMPT_PACKAGES = 1000
"""Packages of excepted quantities that a vehicle may carry. ADR 3.5.5, JT/T 617."""

FOREVER = timedelta(days=36500)


def reach(value: Any, path: str) -> Any:
    """Return what stands at a dotted path of dataclasses and mappings, or None where the way ends."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
        if value is None:
            return None
    return value


def shown(value: Any) -> str | None:
    """Return a value as the text that stands in a record."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset):
        return "、".join(str(one) for one in value)
    return str(value)
