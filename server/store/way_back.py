"""What a party sends by its link, and how far each violation is: the same side tracks that clerks work on.

Proof and dispute are events of the case in the name of the role `carrier`; files lie beside them, of a side track each
content once, so that a form sent twice arrives once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from server import clock
from server.cases.casefile import MACHINE, Actor, Side
from server.cases.machine import Refusal
from server.cases.states import finished
from server.store import audit, case_apply, case_files
from server.store.case_models import SideTrack
from server.store.lifted import covers
from server.store.models import Case, CaseViolation
from server.store.rows import tuples
from server.store.way_back_models import WayBackFile, WayBackSent

PARTY = Actor("", "", "carrier")
PROOF, DISPUTE = "proof", "dispute"
TRACKS = {PROOF: "rectification", DISPUTE: "dispute"}
WAITING = ("ordered", "asked_again")
"""States of a correction in which proof moves it on; a re-visit that was ordered is made, whatever comes meanwhile."""
MOST_FILES, MOST_BYTES, MOST_SENT = 60, 200 * 1024 * 1024, 200
"""So much one inspection takes by its link. Ours."""


class WayBackError(ValueError):
    """Why nothing was taken; `code` is a refusal of the page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Brought:
    """A file that is durable already: its digest, type, length and the name that the phone gave it."""

    sha256: str
    type: str
    bytes: int
    name: str


@dataclass(frozen=True)
class Arrived:
    """Something that was sent, with its files."""

    kind: str
    side: str
    text: str
    at: str
    files: Sequence[WayBackFile]


@dataclass(frozen=True)
class Asked:
    """What was ordered of a violation, as far as a machine has to order it so that proof can be taken."""

    by: str
    what: str
    paper: str


def case_of(inspection: str, code: str) -> Case | None:
    """Return the case that works on a violation of an inspection: of several the one that came of a hand-over."""
    held = Case.select().join(CaseViolation, on=(CaseViolation.case == Case.id))
    query = held.where(CaseViolation.inspection == inspection, CaseViolation.violation == code).distinct()
    found = sorted(query, key=lambda one: (int(one.active), str(one.state) != "handed_over", str(one.id)))
    return found[-1] if found else None


def track(case: str, kind: str, code: str) -> Side | None:
    """Return the newest side track of a kind that is about a violation, one that is open before one that is not."""
    query = SideTrack.select().where(SideTrack.case == case, SideTrack.kind == TRACKS[kind])
    held = [case_files.side_of(one) for one in query.order_by(SideTrack.begun_at, SideTrack.id)]
    about = [one for one in held if covers(one.facts, code)]
    open_ = [one for one in about if not finished(one.kind, one.state)]
    return next(reversed([*about[-1:], *open_]), None)


def found_since(inspection: str) -> list[dict[str, Any]]:
    """Return what the office found after the papers were printed, where a side track about it has begun."""
    columns = (CaseViolation.case, CaseViolation.violation, CaseViolation.finding)
    rows = CaseViolation.select(*columns).where(
        CaseViolation.inspection == inspection, CaseViolation.source == "server"
    )
    held = [(str(case), str(code), str(finding)) for case, code, finding in tuples(rows.order_by(CaseViolation.id))]
    return [json.loads(finding) for case, code, finding in held if any(track(case, kind, code) for kind in TRACKS)]


def arrived(inspection: str) -> list[Arrived]:
    """Return everything that was sent, the oldest first."""
    sent = list(WayBackSent.select().where(WayBackSent.inspection == inspection).order_by(WayBackSent.id))
    files: dict[int, list[WayBackFile]] = {}
    for one in WayBackFile.select().where(WayBackFile.sent.in_([one.id for one in sent])).order_by(WayBackFile.id):
        files.setdefault(int(one.sent), []).append(one)
    return [
        Arrived(str(one.kind), str(one.side), str(one.text), str(one.at), files.get(int(one.id), ())) for one in sent
    ]


def send(inspection: str, code: str, kind: str, text: str, files: Iterable[Brought], asked: Asked) -> bool:
    """Take what a party sends of a violation; False where all of it was here already. In a writing job.

    Raises WayBackError: way_back_nothing, way_back_no_case, way_back_closed, way_back_full.
    """
    brought = list({one.sha256: one for one in files}.values())
    if not text and (kind == DISPUTE or not brought):
        raise WayBackError("way_back_nothing")
    row = case_of(inspection, code)
    if row is None:
        raise WayBackError("way_back_no_case")
    case = str(row.id)
    case_apply.locked(case)
    side = _open_side(case, kind, code, asked)
    if side is not None:
        known = {one.sha256 for one in WayBackFile.select().where(WayBackFile.side == side.id)}
        said = WayBackSent.select().where(WayBackSent.side == side.id, WayBackSent.text == text).exists()
        brought = [one for one in brought if one.sha256 not in known]
        if not brought and (said or not text):
            return False
    _check_room(inspection, [one.bytes for one in brought])
    named = _move(case, kind, code, side, text, brought)
    sent = WayBackSent.create(
        inspection=inspection, case=case, side=named, kind=kind, violation=code, text=text, at=clock.now()
    )
    for one in brought:
        WayBackFile.create(sent=sent.id, side=named, **vars(one))
    audit.note(who="way-back", action=f"way_back.{kind}", subject=f"case:{case}", detail={"files": len(brought)})
    return True


def _open_side(case: str, kind: str, code: str, asked: Asked) -> Side | None:
    """Return the open track of a violation; None where a dispute is to begin.

    A correction that the papers ordered and no clerk has written down yet is written down now.
    """
    side = track(case, kind, code)
    if side is not None and not finished(side.kind, side.state):
        return side
    if side is not None:  # a dispute is answered once; after that the ways of the law are open
        raise WayBackError("way_back_closed")
    if kind == DISPUTE:
        return None
    told: dict[str, Any] = {"by": asked.by, "what": asked.what, "violations": [code]}
    done = case_apply.apply_event(
        case, "rectification_ordered", told | ({"paper_number": asked.paper} if asked.paper else {}), MACHINE
    )
    if isinstance(done, Refusal):
        raise WayBackError("way_back_closed")
    return track(case, kind, code)


def _check_room(inspection: str, lengths: Sequence[int]) -> None:
    sums = fn.COUNT(WayBackFile.id), fn.COALESCE(fn.SUM(WayBackFile.bytes), 0)
    held = WayBackFile.select(*sums).join(WayBackSent, on=(WayBackSent.id == WayBackFile.sent))
    ((count, size),) = tuples(held.where(WayBackSent.inspection == inspection))
    sent = WayBackSent.select().where(WayBackSent.inspection == inspection).count()
    if count + len(lengths) > MOST_FILES or int(size) + sum(lengths) > MOST_BYTES or sent >= MOST_SENT:
        raise WayBackError("way_back_full")


def _move(case: str, kind: str, code: str, side: Side | None, text: str, brought: Sequence[Brought]) -> str:
    """Let the case hear of it and return the side track; what comes while it is being looked at only lies beside."""
    if side is not None and (kind == DISPUTE or side.state not in WAITING):
        return side.id
    said = text or f"见随附文件 {len(brought)} 件"
    data: dict[str, Any] = {"text": said, **_proof(brought)}
    data |= {"side": side.id} if side is not None else {"violations": [code]}
    event = "rectification_proof" if kind == PROOF else "dispute_filed"
    done = case_apply.apply_event(case, event, data, PARTY)
    if isinstance(done, Refusal):
        raise WayBackError("way_back_closed")
    return done.step.side


def _proof(brought: Sequence[Brought]) -> Mapping[str, str]:
    return {"proof": brought[0].sha256} if brought else {}


def refused(inspection: str, code: str, kind: str, lengths: Sequence[int]) -> str:
    """Return why nothing would be taken of files of these lengths, empty where it would be; asked before."""
    row = case_of(inspection, code)
    if row is None:
        return "way_back_no_case"
    side = track(str(row.id), kind, code)
    if side is not None and finished(side.kind, side.state):
        return "way_back_closed"
    try:
        _check_room(inspection, lengths)
    except WayBackError as problem:
        return problem.code
    return ""
