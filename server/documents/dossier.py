"""All that a document is made of: the case as the machine sees it, and what the store knows besides. Values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from checklists.definitions.definition import Definitions
from checklists.facts.situation import LAW_ZONE
from server.cases.casefile import CaseFile
from server.cases.documents import SAID_ENDS
from server.cases.ends import day_text
from server.cases.grouping import Group
from server.cases.rules import CaseLaw

LACKING = "未取得"
"""How the state of evidence begins that could not be had, in `Dossier.evidence`."""


@dataclass(frozen=True)
class Told:
    """An event of the case with who let it happen, when, and what was said."""

    event: str
    at: str
    name: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """A document that was issued: what the file's index and other documents name of it."""

    kind: str
    title: str = ""
    number: str = ""
    at: str = ""
    id: str = ""
    side: str = ""
    status: str = "issued"


@dataclass(frozen=True)
class Stop:
    """What the sealed record says of the stop; `record` is its digest."""

    site: str = ""
    vehicles: str = ""
    at: str = ""
    record: str = ""


@dataclass(frozen=True)
class Statement:
    """What the code of a document states: the record behind the case, the digest of the document's words, its kind."""

    record: str
    words: str
    kind: str
    case_number: str


@dataclass(frozen=True)
class Dossier:
    """A case and what belongs to it. `office` are the office's own details by name, `side` the side track meant.

    `stop` is the case's own, `further` are those of cases that were merged into it, by inspection; `as_one` are the
    violations of several stops that were decided to be one act, with the reason. `told` is in order;
    `number` is the number that the document gets, empty as long as that is not known. `prove` makes the text of a
    document's code from what it states; only what is issued has one.
    """

    case: CaseFile
    case_number: str
    groups: tuple[Group, ...]
    definitions: Definitions
    law: CaseLaw
    now: datetime
    told: tuple[Told, ...] = ()
    kept: tuple[Kept, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    office: Mapping[str, str] = field(default_factory=dict)
    stop: Stop = field(default_factory=Stop)
    side: str = ""
    number: str = ""
    prove: Callable[[Statement], str] | None = None
    further: Mapping[str, Stop] = field(default_factory=dict)
    as_one: Mapping[str, str] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        """The agency that issues the document: whoever works on the case, by its own numbers and forms."""
        return self.case.keeper

    @property
    def today(self) -> date:
        """The day of the document."""
        return self.now.astimezone(LAW_ZONE).date()

    @property
    def conduct_day(self) -> date:
        """The day of the conduct, by which its law is chosen; else that of the finding, else today."""
        said = self.case.facts.get("conduct_at") or self.case.facts.get("found_at")
        return date.fromisoformat(day_text(str(said))) if said else self.today

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The case's own stop, and those of cases that were merged into it in the order of time."""
        return (self.stop, *sorted(self.further.values(), key=lambda one: one.at))

    @property
    def load(self) -> Mapping[str, str]:
        """The facts of the load that the office has settled."""
        return dict(self.case.facts.get("load") or {})

    @property
    def standing(self) -> tuple[Group, ...]:
        """The violations of which a document speaks: those of its side track, and none that is not proven."""
        side, spared = self.case.side(self.side), self.case.unproven
        of_side = tuple(side.facts.get("violations") or ()) if side else ()
        meant = (one for one in self.groups if not of_side or one.violation in of_side)
        return tuple(one for one in meant if one.violation not in spared)

    def happened(self, *events: str) -> tuple[Told, ...]:
        """Return what happened of these events in the round that runs."""
        found: list[Told] = []
        for one in self.told:
            past = SAID_ENDS.get(one.event, ())
            found = [held for held in found if held.event not in past]
            found += [one] if one.event in events else []
        return tuple(found)

    def last(self, *events: str) -> Told:
        """Return what happened last of these events in the round that runs, or an empty one."""
        return (*self.happened(*events)[-1:], Told("", ""))[0]

    def document(self, *kinds: str, side: str = "", status: str = "issued") -> Kept:
        """Return the last document of these kinds that stands, or an empty one."""
        found = [one for one in self.kept if one.kind in kinds and one.status == status and side in ("", one.side)]
        return found[-1] if found else Kept("")
