"""A case as the machine sees it: everything that a guard may ask for and an event may change. Values only.

Days are text of the law's zone (2026-11-28), times are UTC text; money of a penalty is in whole yuan, money that was
paid or is owed in fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.cases.ends import day_text
from server.cases.fields import UNPROVEN

DECIDING = ("decide", "decide_no_penalty", "simple_decided")
"""Events that make a decision."""


@dataclass(frozen=True)
class Actor:
    """Who acts. The role `machine` is the office's own program, `carrier` whoever answers by a signed link."""

    login: str
    name: str = ""
    role: str = "handler"
    agency: str = ""


MACHINE = Actor("", "", "machine")


@dataclass(frozen=True)
class Investigator:
    """One of the two or more who investigate (处罚法 42); `card` is the number of the enforcement card."""

    login: str
    name: str
    card: str


@dataclass(frozen=True)
class Party:
    """Who answers. `kind` is person or unit, empty where it is not known; `unknown` says that a clerk marked it so."""

    role: str = ""
    name: str = ""
    number: str = ""
    kind: str = ""
    address: str = ""
    phone: str = ""
    electronic: bool = False
    unknown: bool = False


@dataclass(frozen=True)
class Held:
    """A violation of the case, once, whatever number of findings shows it.

    `missing` are the kinds of evidence that it still lacks, `ranges` the amounts in yuan of its verified penalties on
    the day of the conduct (an open end is None), `verified` whether a basis may be printed at all. `hangs_on` are the
    facts of the load on which its law depends, each with the values that it may have; `answers` are the roles of those
    who answer for it by the law of the load that the office has settled, none where it has settled nothing.
    """

    code: str
    keys: tuple[str, ...] = ()
    severity: str = ""
    verified: bool = False
    ranges: tuple[tuple[int | None, int | None], ...] = ()
    simple: str = "unknown"
    missing: tuple[str, ...] = ()
    hangs_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """A running, paused or ended term of the case.

    `due` is the last day (or time) by the law, empty where a person must say it; `due_at` the instant after which it is
    over; `sure` is sure, provisional or manual. `side` is the side track that it belongs to, empty for the main line.
    """

    rule: str
    term: str
    law: str
    started: str
    started_by: str
    due: str = ""
    due_at: str = ""
    sure: str = "manual"
    why: str = ""
    side: str = ""
    paused_from: str = ""
    paused_days: int = 0
    ended_at: str = ""
    ended_by: str = ""

    @property
    def open(self) -> bool:
        """Whether it has not ended; it may be paused."""
        return not self.ended_at


@dataclass(frozen=True)
class Paper:
    """A document. `status`: due, issued, past (of an earlier round), void or waived."""

    kind: str
    status: str
    by_event: str = ""
    number: str = ""
    side: str = ""
    id: str = ""
    reason: str = ""
    issued_at: str = ""


@dataclass(frozen=True)
class Side:
    """A side track: a measure, a registration of evidence, a rectification, an appeal or a dispute."""

    id: str
    kind: str
    state: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseFile:
    """All that is known of a case when an event is asked for.

    `agency` is the competent one, `keeper` the one that works on it: they differ where the competent agency has nobody
    here and the case waits to be handed over. `links` are pairs of violations that may be one act and were not decided
    yet; a violation with itself was found at several stops. `done` gives for each event who did it, in order. `facts`
    is what earlier events left behind; `around` is what the store knows besides the case: `handlers` (logins who may
    own it), `merge_targets` (cases into which it may go), `fined_elsewhere` (violations whose act another case has
    fined), `same_acts` (pairs decided to be one act), `repeated` (violations found at several stops, with what was
    decided of them), `taken_there` (the receiver of a hand-over works on it), `agencies` (those that there are),
    `found_by` (the officers of its sealed records, while a dispute is open). A name that is not there is not known.
    """

    id: str
    agency: str
    keeper: str
    state: str
    version: int = 0
    owner: str = ""
    tier: str = "low"
    party: Party = field(default_factory=Party)
    violations: tuple[Held, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    investigators: tuple[Investigator, ...] = ()
    investigated: tuple[Investigator, ...] = ()
    done: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clocks: tuple[Clock, ...] = ()
    papers: tuple[Paper, ...] = ()
    sides: tuple[Side, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    around: Mapping[str, Any] = field(default_factory=dict)

    @property
    def open_clocks(self) -> tuple[Clock, ...]:
        """The clocks that have not ended."""
        return tuple(one for one in self.clocks if one.open)

    @property
    def papers_due(self) -> tuple[Paper, ...]:
        """The documents that events asked for and nobody has issued or waived."""
        return tuple(one for one in self.papers if one.status == "due")

    @property
    def unproven(self) -> frozenset[str]:
        """The violations that are spared because they are not proven: no fact of them is found."""
        rows = self.facts.get("penalties") or self.facts.get("planned") or ()
        return frozenset(str(one.get("violation")) for one in rows if one.get("ground") == UNPROVEN)

    @property
    def decisions(self) -> int:
        """How many decisions were made in this case, also those that were revoked."""
        return sum(len(self.done.get(one, ())) for one in DECIDING)

    @property
    def appeals(self) -> tuple[Side, ...]:
        """The appeals against the decision that was made last, not those against one before it."""
        return tuple(one for one in self.sides if one.kind == "appeal" and self.is_appealed_by(one))

    def is_appealed_by(self, side: Side) -> bool:
        """Whether an appeal is one against the decision that was made last; where it is not said, its day tells."""
        said, since = side.facts.get("decision"), self.facts.get("decided_at")
        if said is not None or not since:
            return said in (None, self.decisions)
        return day_text(str(side.facts.get("at") or since)) >= day_text(str(since))

    def has(self, kind: str) -> bool:
        """Whether a document of that kind was issued in this round, and none is outstanding."""
        states = {one.status for one in self.papers if one.kind == kind}
        return "issued" in states and "due" not in states

    def side(self, id_: str) -> Side | None:
        """Return a side track, or None."""
        return next((one for one in self.sides if one.id == id_), None)
