"""Comparing waybill, permits, people, vehicle, tank, signs and load: what a rule reads, and what it may answer.

A rule is a pure function `rule(context) -> results`. It never guesses: what it could not read makes the verdict
`cannot_tell`, what is older than its limit makes it `stale`, and neither is a pass. Which item, violation and clause an
outcome leads to is data (`definitions/rules/`), found by rule and case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from checklists.facts.situation import Situation, clock_text
from checklists.facts.transport import Line
from checklists.goods.editions import HOME, NEWER
from checklists.goods.listing import Goods, Tables, un_digits
from checklists.values import frozen

VERDICTS = ("consistent", "conflict", "cannot_tell", "stale")

MAX_AGE = {"registry": timedelta(days=30)}
"""How old a value of a source may be before it is stale. Ours, not law."""


@frozen
class Value:
    """A value that a rule compared: its path, the value as text (None: not known), and where it came from."""

    name: str
    value: str | None = None
    source: str = ""


@frozen
class Result:
    """A rule's answer about one subject. `case` names what was checked, and with `conflict` what was found.

    `warnings` are values on which editions of the goods list differ: both are shown, and neither decides alone.
    `caveats` name what a pass has not compared; it is never shown as a pass alone.
    """

    rule: str
    case: str
    verdict: str
    subject: str = ""
    values: tuple[Value, ...] = ()
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    warnings: tuple[Value, ...] = ()
    caveats: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What an override of this result names."""
        return ":".join((self.rule, self.case, self.subject))


@frozen
class Loaded:
    """A waybill line with the goods that it may mean: several where the packing group leaves it open."""

    line: Line
    goods: tuple[Goods, ...]


@frozen
class Context:
    """What a rule may look at: one situation and the reference tables, the goods list as in force on its day.

    `regime` decides with the day which editions of the goods list answer (see `goods.editions.in_force`).
    """

    situation: Situation
    tables: Tables
    regime: str = HOME

    def __post_init__(self) -> None:
        """Take the tables of the day: whatever a rule looks up is then what was in force."""
        object.__setattr__(self, "tables", self.tables.on(self.regime, self.situation.day))

    @property
    def by_adr(self) -> bool:
        """Whether ADR 2025 alone is in force: only then what no other edition has, such as its gas table, accuses."""
        return all(one.id == NEWER for one in self.tables.goods.editions)

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
        if self.declared is None or None in self._exemptions.values():
            return None
        return tuple(one for one in self.declared if not self._exemptions.get(one.line.quantity))

    @cached_property
    def exempt(self) -> bool | None:
        """Whether everything declared travels as ordinary goods; None where an amount that decides it is missing."""
        if not self.declared or self._established:
            return False
        held = {self._exemptions.get(one.line.quantity, False) for one in self.declared}
        return None if None in held and False not in held else held == {True}

    @cached_property
    def ordinary(self) -> bool | None:
        """Whether what holds for dangerous goods alone has no object: all of it is exempt, or it is empty and clean."""
        return True if self.situation.seen.loaded == "empty" else self.exempt

    @cached_property
    def loads(self) -> tuple[tuple[Goods, ...], ...] | None:
        """What is really loaded, for each kind the goods that it may mean; None where any of it is open.

        As declared, unless the officers established goods that the waybill does not name. Only what is regulated
        counts: nothing where all is exempt or it is empty and clean. An uncleaned empty tank counts as loaded.
        """
        if self.situation.seen.loaded == "empty":
            return ()
        if self._established:
            found = self.goods(self._established)
            return (found,) if found else None
        if self.regulated is None or any(not one.goods for one in self.regulated):
            return None
        return tuple(one.goods for one in self.regulated)

    @cached_property
    def certain(self) -> tuple[tuple[Goods, ...], ...]:
        """Of what is really loaded the part that is known to be regulated, whatever else is open."""
        if self.loads is not None:
            return self.loads
        held = [one for one in self.declared or () if self._exemptions.get(one.line.quantity, False) is False]
        return () if self._established else tuple(one.goods for one in held if one.goods)

    @cached_property
    def on_board(self) -> tuple[Goods, ...] | None:
        """The regulated goods really loaded, all that they may mean (see `loads`); None where any is open."""
        return None if self.loads is None else tuple(goods for load in self.loads for goods in load)

    @cached_property
    def amounts(self) -> Mapping[str, int | None]:
        """What decides whether lines are exempt, by EXEMPT_PATHS: their sum, or None where one of them is missing."""
        found = {}
        for kind, path in EXEMPT_PATHS.items():
            lines = self._lines(kind)
            held = [_amount(getattr(line, path.rpartition(".")[2])) for line in lines]
            known = [one for one in held if one is not None]
            if lines:
                found[kind] = sum(known) if len(known) == len(lines) else None
        return found

    @cached_property
    def _exemptions(self) -> Mapping[str, bool | None]:
        return {kind: self._exemption(kind) for kind in self.amounts}

    def _exemption(self, kind: str) -> bool | None:
        """Whether lines of this kind are exempt. What is known of them may already be too much."""
        limit = EXEMPT_LIMITS[kind]
        total = self.amounts[kind]
        if total is not None:
            return total <= limit
        lines = self._lines(kind)
        least = [line.packages if kind == "excepted" else line.gross_mass_kg or line.net_mass_kg for line in lines]
        return False if sum(_amount(one) or 0 for one in least) > limit else None

    def _lines(self, kind: str) -> list[Line]:
        return [one.line for one in self.declared or () if one.line.quantity == kind]

    @property
    def _established(self) -> str:
        """The UN number that the officers established and that no line of the waybill names.

        Of an uncleaned tank without a waybill it is what it carried last: it counts as loaded with it. ADR 5.3.2.1.7.
        """
        tank, seen = self.situation.tank, self.situation.seen
        left = tank.last_goods if tank and seen.loaded == "uncleaned" and self.declared is None else None
        goods = un_digits(seen.goods or left or "")
        return "" if goods in {un_digits(one.line.un or "") for one in self.declared or ()} else goods

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
        return None if self.on_board is None else frozenset(one for goods in self.on_board for one in goods.every_label)

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
    caveats: list[str] = field(default_factory=list)
    undecided: bool = False

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

    def flag(self, path: str) -> bool | None:
        """Return the yes or no at the path, or None and remember that it is missing."""
        found = self._read(path)
        return found if isinstance(found, bool) else None

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
        self.values.append(Value(name, shown(value), source))

    def lack(self, *names: str) -> None:
        """Remember that something is missing that is no plain path."""
        self.missing.extend(names)

    def warn(self, name: str, value: str) -> None:
        """Remember a value on which editions differ."""
        self.warnings.append(Value(name, value, "editions"))

    def leave_open(self, name: str) -> None:
        """Remember what a pass does not compare."""
        self.caveats.append(name)

    def exemption(self) -> None:
        """Remember the amounts that decide whether the load is exempt; where they do not, no conflict is certain.

        For what holds of dangerous goods alone, and only where limited or excepted quantities are declared.
        """
        for kind, total in self.context.amounts.items():
            self.note(f"{kind}.{EXEMPT_PATHS[kind].rpartition('.')[2]}", total, "waybill")
            if self.context.exempt is None and total is None:
                self.lack(EXEMPT_PATHS[kind])
        self.undecided = self.context.exempt is None

    def says(self, case: str, *, conflict: bool, subject: str = "") -> Result:
        """Return the result: missing inputs outweigh a pass, stale ones outweigh everything but a lack."""
        conflict = conflict and not self.undecided
        verdict = "conflict" if conflict else "consistent"
        if self.missing and not conflict:
            verdict = "cannot_tell"
        elif self.stale:
            verdict = "stale"
        held = (tuple(self.values), tuple(self.missing), tuple(self.stale), tuple(self.warnings), tuple(self.caveats))
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

EXEMPT_LIMITS = {"limited": EXEMPT_KG, "excepted": EXEMPT_PACKAGES}
EXEMPT_PATHS = {"limited": "waybill.lines.gross_mass_kg", "excepted": "waybill.lines.packages"}
"""What each kind is counted by."""

FOREVER = timedelta(days=36500)


def _amount(value: int | None) -> int | None:
    """Return an amount that can be true, else None."""
    return value if value is not None and 0 < value <= ABSURD_KG else None


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
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return clock_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset):
        return "、".join(str(one) for one in value)
    return str(value)
