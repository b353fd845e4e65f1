"""Comparing waybill, permits, people, vehicle, tank, signs and load: what a rule reads, and what it may answer.

A rule is a pure function `rule(context) -> results`. It never guesses: what it could not read makes the verdict
`cannot_tell`, what is older than its limit makes it `stale`, and neither is a pass. Which item, violation and clause an
outcome leads to is data (`definitions/rules/`), found by rule and case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from checklists.facts.situation import Source, clock_text
from checklists.rules.context import ABSURD_KG, EXEMPT_PATHS, PROVISIONS, Context
from checklists.values import frozen

VERDICTS = ("consistent", "conflict", "cannot_tell", "stale")

OTHERWISE = "registry"
"""The caveat of a pass by a paper that the registry contradicts."""

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


Rule = Callable[[Context], Iterable[Result]]


@dataclass(slots=True)
class Look:
    """Reads values for one result and remembers each, so that no rule can forget to show its inputs."""

    context: Context
    rule: str
    values: list[Value] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    warnings: list[Value] = field(default_factory=list)
    caveats: list[str] = field(default_factory=list)
    otherwise: list[Value] = field(default_factory=list)
    undecided: bool = False

    def number(self, path: str) -> int | None:
        """Return the whole number at the path, or None and remember that it is missing."""
        found = self._read(path)
        return found if isinstance(found, int) else None

    def amount(self, path: str) -> int | None:
        """Return the whole number at the path; one below 0 is not known."""
        found = self.number(path)
        if found is None or found >= 0:
            return found
        self.missing.append(path)
        return None

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

    def mind(self, path: str) -> None:
        """Let an old value make the result stale without showing it: what is shown is a part of it."""
        if self.has(path):
            self._mind_age(path)

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
        """Remember what decides whether the load is exempt; where it does not, no conflict is certain.

        For what holds of dangerous goods alone: the amounts where limited or excepted quantities are declared, and the
        provisions of goods that have their own.
        """
        for kind, total in self.context.amounts.items():
            self.note(f"{kind}.{EXEMPT_PATHS[kind].rpartition('.')[2]}", total, "waybill")
            if self.context.exempt is None and total is None:
                self.lack(EXEMPT_PATHS[kind])
        if self.context.exempt is None and self.context.by_provisions:
            self.lack(PROVISIONS)
        self.undecided = self.context.exempt is None

    def says(self, case: str, *, conflict: bool, subject: str = "") -> Result:
        """Return the result: missing inputs outweigh a pass, stale ones outweigh everything but a lack.

        By a clock that was set back nothing passes: what has expired still stands for it. A conflict is one by it too.

        What the registry says against a paper that was read stands beside it, and no pass is then one alone; what
        conflicts by the paper does so whatever the registry says.
        """
        conflict = conflict and not self.undecided
        verdict = "conflict" if conflict else "consistent"
        if self.missing and not conflict:
            verdict = "cannot_tell"
        elif self.stale or (self.ahead and not conflict):
            verdict = "stale"
        if self.otherwise and not conflict:
            self.values += self.otherwise
            self.caveats.append(OTHERWISE)
        stale = self.stale if conflict else self.stale + self.ahead
        held = (tuple(self.values), tuple(self.missing), tuple(stale), tuple(self.warnings), tuple(self.caveats))
        return Result(self.rule, case, verdict, subject, *held)

    def _read(self, path: str) -> Any:
        found = reach(self.context.situation, path)
        source = self.context.situation.source(path)
        if found is None:
            self.missing.append(path)
        else:
            self._mind_age(path)
        self.values.append(Value(path, shown(found), source.kind if source else ""))
        if path in self.context.situation.differing:
            self.otherwise.append(Value(path, self.context.situation.differing[path], "registry"))
        return found

    def _mind_age(self, path: str) -> None:
        source = self.context.situation.source(path)
        if is_old(source, self.context.situation.at):
            self.stale.append(path)
        elif is_ahead(source):
            self.ahead.append(path)


def is_old(source: Source | None, at: datetime) -> bool:
    """Whether a value is older than its source's limit; an unknown age is not."""
    limit = MAX_AGE.get(source.kind) if source else None
    return source is not None and limit is not None and source.as_of is not None and at - source.as_of > limit


def is_ahead(source: Source | None) -> bool:
    """Whether a value of a source that has a limit is of later than the clock by which its age would be told."""
    return source is not None and source.kind in MAX_AGE and source.ahead


def reach(value: Any, path: str) -> Any:
    """Return what stands at a dotted path of dataclasses and mappings, or None where the way ends."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
        if value is None:
            return None
    return value


def shown(value: Any) -> str | None:
    """Return a value as the text that stands in a record."""
    if value is None or type(value) is str:
        return value
    if type(value) is int:
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return clock_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset):
        return "、".join(str(one) for one in value)
    return str(value)
