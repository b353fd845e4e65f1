"""What a link shows: what was found in one inspection, what clears it, what came of it. Few personal data.

Nobody's name, number or address, no words of officers or drivers, no photo: whoever finds the paper learns no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checklists import words
from checklists.definitions.citation import measure
from checklists.definitions.definition import Definitions
from checklists.definitions.forms import form_on
from checklists.findings.finding import Finding
from checklists.law.clocks import day_of
from checklists.papers.paragraphs import duties, fact
from checklists.wire import WireError, from_plain
from server import clock
from server.cases.casefile import MACHINE, Side
from server.cases.states import finished
from server.console.knowledge import Knowledge
from server.parts import conduct_at
from server.store import case_history, hold_lifts, records, way_back
from server.store.hold_lifts import Standing
from server.store.models import Record
from server.store.way_back import Arrived, Asked


def _(text: str) -> str:
    return text


SAYS: Mapping[str, str] = {
    "rectification_ordered": _("To be put right"),
    "rectification_proof": _("Proof is in: the office looks at it"),
    "rectification_cleared": _("Accepted: put right"),
    "rectification_asked_again": _("The office asks for more"),
    "revisit_ordered": _("Officers will look at it again"),
    "rectification_not_done": _("The office found it not put right"),
    "rectification_dropped": _("The order was withdrawn"),
    "dispute_filed": _("Your dispute is in"),
    "dispute_taken": _("Somebody who did not find it looks at your dispute"),
    "dispute_upheld": _("Answer to your dispute: the finding stands"),
    "dispute_corrected": _("Answer to your dispute: the finding is overturned"),
}
"""Event of a side track → what the party reads; other events of the case are none of the link's."""
_WITH_REASON = (
    *("rectification_asked_again", "revisit_ordered", "rectification_not_done", "rectification_dropped"),
    *("dispute_upheld", "dispute_corrected"),
)
_WITH_DAY = ("rectification_ordered", "rectification_asked_again", "revisit_ordered")
STATES: Mapping[str, tuple[str, str]] = {
    "": ("open", _("proof is awaited")),
    "ordered": ("open", _("proof is awaited")),
    "proof_in": ("in", _("proof is in, not looked at yet")),
    "asked_again": ("open", _("the office asks for more")),
    "revisit": ("in", _("officers will look at it again")),
    "cleared": ("done", _("put right")),
    "not_done": ("bad", _("not put right")),
    "dropped": ("done", _("order withdrawn")),
    "filed": ("in", _("dispute is in")),
    "with_other": ("in", _("dispute is being looked at")),
    "upheld": ("", _("finding stands")),
    "corrected": ("done", _("finding overturned")),
}
"""State of a side track → how it is drawn, and its words for the party."""


@dataclass(frozen=True)
class Event:
    """Something that the office said of a point."""

    at: str
    words: str
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Point:
    """One violation, with every finding of it; `code` empty where nobody follows it up and nothing can be sent."""

    number: int
    code: str
    title: str
    facts: Sequence[str]
    rules: Sequence[str]
    measures: Sequence[str]
    party: str
    by: str
    at_once: bool
    state: str
    dispute: str
    told: Sequence[Event]
    sent: Sequence[Arrived]
    may_send: bool
    may_dispute: bool

    @property
    def done(self) -> bool:
        """Whether nothing is asked of it any more."""
        return self.state == "cleared" or self.dispute == "corrected"


@dataclass(frozen=True)
class WayBackPage:
    """All that the page of a link draws. `remedies` is the printed order's sentence, empty where there was none."""

    at: str
    site: str
    plate: str
    papers: Sequence[tuple[str, str]]
    points: Sequence[Point]
    hold: Standing | None
    remedies: str
    until: str

    @property
    def more(self) -> bool:
        """Whether something holds the vehicle that is none of the points: the office found it since."""
        return self.hold is not None and bool(set(self.hold.left) - {one.code for one in self.points})


def way_back_page(knowledge: Knowledge, inspection: str, until: str, lang: str) -> WayBackPage | None:
    """Return what the link of an inspection shows; None where its record cannot be read. Reads the store."""
    found = _sealed(inspection)
    if found is None:
        return None
    record, part = found
    definitions = knowledge.definitions(part)
    return WayBackPage(
        at=conduct_at(part),
        site=str(record.site or part.get("site") or ""),
        plate=masked(str(record.plate or "")),
        papers=[(_title(one), str(one.get("number") or "")) for one in _papers(part)],
        points=list(_points(definitions, inspection, part, lang)),
        hold=hold_lifts.standing(inspection),
        remedies=_remedies(definitions, part, lang),
        until=until,
    )


def asked(inspection: str, code: str) -> Asked | None:
    """Return what the papers of an inspection asked of a violation; None where they name no such violation."""
    found = _sealed(inspection)
    if found is None:
        return None
    _record, part = found
    held = [one for one in _findings(inspection, part) if one.violation == code]
    if not held:
        return None
    order = next((str(one.get("number")) for one in _papers(part) if one.get("kind") == "order"), "")
    what = "；".join(dict.fromkeys(fact(one, "zh_CN") for one in held))
    return Asked(_by(part, held) or day_of(clock.read(str(part["sealed_at"]))).isoformat(), what, order)


def masked(plate: str) -> str:
    """Return a plate by which its owner knows it and nobody else: 蒙K***45."""
    return f"{plate[:2]}***{plate[-2:]}" if len(plate) > 5 else "***" if plate else ""


def _sealed(inspection: str) -> tuple[Record, Mapping[str, Any]] | None:
    for record in records.of_inspection(inspection):
        if record.kind == "inspection" and record.state == "processed":
            part, fault = records.opened(record)
            return None if fault is not None else (record, part)
    return None


def _papers(part: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in part.get("papers") or () if one.get("way_back") and not one.get("void")]


def _title(paper: Mapping[str, Any]) -> str:
    return str((paper.get("notice") or {}).get("title") or words.PAPERS.get(str(paper.get("kind")), ""))


def _findings(inspection: str, part: Mapping[str, Any]) -> list[Finding]:
    """Return the findings as they were printed, and those found since of which a clerk has begun a side track.

    What was found since and nobody has told the party yet is for the case's own ways. What a later version wrote
    otherwise is left out.
    """
    found = []
    for one in (*(part.get("findings") or ()), *way_back.found_since(inspection)):
        try:
            found.append(from_plain(Finding, one))
        except (WireError, TypeError, ValueError):
            continue
    return found


def _by(part: Mapping[str, Any], held: Iterable[Finding]) -> str:
    """Return the last day of a correction; empty where it is at once."""
    if any("R" in one.measures for one in held):
        return ""
    return str((part.get("outcome") or {}).get("correct_by") or "")


def _points(definitions: Definitions, inspection: str, part: Mapping[str, Any], lang: str) -> Iterator[Point]:
    grouped: dict[str, list[Finding]] = {}
    for one in _findings(inspection, part):
        grouped.setdefault(one.violation or f"item {one.item}", []).append(one)
    sent, day = way_back.arrived(inspection), day_of(clock.read(conduct_at(part)))
    for number, (key, held) in enumerate(grouped.items(), start=1):
        yield _point(definitions, inspection, part, (number, key), held, sent, day, lang)


def _point(
    definitions: Definitions,
    inspection: str,
    part: Mapping[str, Any],
    named: tuple[int, str],
    held: Sequence[Finding],
    sent: Sequence[Arrived],
    day: date,
    lang: str,
) -> Point:
    number, key = named
    row = way_back.case_of(inspection, key)
    case = str(row.id) if row is not None else ""
    proof, dispute = (way_back.track(case, kind, key) if case else None for kind in (way_back.PROOF, way_back.DISPUTE))
    sides = {one.id for one in (proof, dispute) if one is not None}
    live = row is not None and bool(row.active)
    overturned = dispute is not None and dispute.state == "corrected"
    return Point(
        number=number,
        code=key if row is not None else "",
        title=words.pick(held[0].violation_title, lang),
        facts=list(dict.fromkeys(fact(one, lang) for one in held)),
        rules=list(dict.fromkeys(rule for one in held for rule in duties(definitions, one, day, lang))),
        measures=list(dict.fromkeys(_wanted(definitions, held, lang))),
        party=held[0].party.role,
        by=_latest_by(proof) or _by(part, held),
        at_once=any("R" in one.measures for one in held) and not _latest_by(proof),
        state=_state(proof),
        dispute=_state(dispute),
        told=list(_told(case, sides)),
        sent=[one for one in sent if one.side in sides],
        may_send=not overturned and (_open(proof) if proof is not None else live),
        may_dispute=row is not None and (dispute is None or _open(dispute)) and row.state != "archived",
    )


def _wanted(definitions: Definitions, held: Iterable[Finding], lang: str) -> Iterator[str]:
    """Yield what the party has to do or bear on the road; that a case is opened is no correction."""
    for code in (code for one in held for code in one.measures):
        row = definitions.measures.get(code.partition(":")[0])
        if row is None or row.outcome:
            yield measure(definitions, code, lang)


def _state(side: Side | None) -> str:
    return side.state if side is not None else ""


def _open(side: Side) -> bool:
    return not finished(side.kind, side.state)


def _latest_by(side: Side | None) -> str:
    return str(side.facts.get("by") or "") if side is not None and side.state in ("asked_again", "revisit") else ""


def _told(case: str, sides: set[str]) -> Iterator[Event]:
    """Yield what the office said on these side tracks, the oldest first.

    That the paper's own order was written into the case is nothing that the office said.
    """
    for row in case_history.of_case(case) if sides else ():
        own = row.event == "rectification_ordered" and row.role == MACHINE.role
        if str(row.side) not in sides or row.event not in SAYS or own:
            continue
        data = case_history.data_of(row)
        reason = str(data.get("reason") or "") if row.event in _WITH_REASON else ""
        by = str(data.get("by") or "") if row.event in _WITH_DAY else ""
        yield Event(str(row.at), SAYS[str(row.event)], reason, by)


def _remedies(definitions: Definitions, part: Mapping[str, Any], lang: str) -> str:
    """Return how the printed order says that it may be contested; empty where none was printed."""
    if not any(one.get("kind") == "order" and not one.get("void") for one in part.get("papers") or ()):
        return ""
    form = form_on(definitions.forms, "order", day_of(clock.read(str(part["sealed_at"]))))
    return words.pick(form.texts.get("remedies", {}), lang) if form else ""
