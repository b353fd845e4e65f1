"""Documents of cases: drafted, issued with their number and their files, read again for ever.

A number is printed into its document, so the files are made with the number that comes next; they are durable before
the transaction that gives the number and names them. Where somebody else was faster, nothing of it happened, and it is
made again. So there is no number without its bytes, and the one writer never waits for a page to be laid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from checklists.records import paper_proof
from checklists.records.paper_proof import OFFICE
from checklists.records.record import certificate
from checklists.wire import digest, instant
from server import clock
from server.cases.asking import Missing
from server.cases.casefile import Actor, CaseFile
from server.cases.documents import BY_EVENT_ALONE, DOCUMENTS
from server.cases.keeping import FIELDS_KEPT
from server.cases.machine import MOVES, Refusal, Step
from server.documents import draft as drafts
from server.documents import values
from server.documents.docx import template_name
from server.documents.dossier import Dossier, Statement, Told
from server.documents.draft import Draft
from server.documents.form import Blank
from server.documents.forms import FORMS
from server.office import Office
from server.refusals import Refused
from server.store import case_apply, case_files, case_law, case_papers, case_scans
from server.store.case_apply import Applied
from server.store.models import Case

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"

FILES = {"pdf": PDF, "docx": DOCX, "words": TEXT}
"""What is kept of a document: two files, and its words alone."""

_TRIES = 8

EVENTS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys(move.event for move in MOVES if kind in move.issues)) for kind in BY_EVENT_ALONE
}
"""Documents that come into being with an event alone → those events."""


class NumberTaken(Exception):  # noqa: N818 - not an error: it is made again with the next number
    """Somebody else got the number that the document was made with."""


class NoFile(Exception):  # noqa: N818 - a state that pages show
    """A document that was issued without a file, or whose file is not what was issued."""


@dataclass(frozen=True)
class Offer:
    """What can be made of a kind now. `refused` says why it could not be issued, `blanks` what a person may fill in.

    `values` has for each blank what the case gives or somebody has begun to fill in; `event` is the event with which it
    comes into being, where it does so alone.
    """

    kind: str
    title: str
    side: str
    event: str
    blanks: tuple[Blank, ...]
    values: Mapping[str, Any]
    missing: tuple[Missing, ...]
    refused: tuple[Missing, ...]


@dataclass(frozen=True)
class Issued:
    """A document that was issued: its id, its number (empty where it gets none), and the draft that it was."""

    document: str
    number: str
    draft: Draft
    applied: Applied


@dataclass(frozen=True)
class Work:
    """What somebody wants: an event of a case with what it is told, and what is filled into the document of it."""

    case: str
    event: str
    data: Mapping[str, Any]
    actor: Actor
    filled: Mapping[str, Any]
    now: datetime
    version: int | None = None

    @property
    def kind(self) -> str:
        """The kind of document that the event issues, or nothing."""
        if self.event == "document_issued":
            return str(self.data.get("kind") or "")
        return next((kind for kind, events in EVENTS.items() if self.event in events), "")

    @property
    def side(self) -> str:
        """The side track that it is about."""
        return str(self.data.get("side") or "")


def work_of(
    case: str,
    kind: str,
    actor: Actor,
    filled: Mapping[str, Any] | None = None,
    *,
    event: str = "",
    data: Mapping[str, Any] | None = None,
    side: str = "",
    version: int | None = None,
    now: datetime | None = None,
) -> Work:
    """Return what somebody wants with a kind of document: issued by itself, or with its event and what that says."""
    told = dict(data or {})
    if kind not in BY_EVENT_ALONE:
        event, told = "document_issued", {"kind": kind, **({"side": side} if side else {}), **told}
        heading = str((filled or {}).get("heading") or "")
        told |= {"title": heading} if kind == "other" and heading else {}
    event = event or EVENTS[kind][0]
    return Work(case, event, told, actor, dict(filled or {}), now or clock.read(clock.now()), version)


def look(work: Work) -> tuple[Offer, Draft] | None:
    """Return what can be made and its draft, from one reading of the case; None without such a case. In a query."""
    held = _dossier(work)
    return None if held is None else (_offer(work, *held), drafts.make(held[0], work.kind, work.filled))


def given(work: Work) -> Mapping[str, Any]:
    """Return what the case itself gives for a kind, by name; nothing without such a case. In a query."""
    held = _dossier(work)
    return {} if held is None else values.values_of(FORMS[work.kind], held[0], {})


def _offer(work: Work, whole: Dossier, step: Step | Refusal) -> Offer:
    form = FORMS[work.kind]
    begun = case_papers.filled_of(work.case, work.kind, work.side) | dict(work.filled)
    told = values.values_of(form, whole, begun)
    named = drafts.law_of(form, whole, told)
    return Offer(
        kind=work.kind,
        title=form.title(whole.issuer),
        side=work.side,
        event=work.event if work.kind in BY_EVENT_ALONE else "",
        blanks=form.blanks,
        values={one.name: begun.get(one.name, told.get(one.name, "")) for one in form.blanks},
        missing=tuple(drafts.lacks(form, whole, told, begun, named)),
        refused=step.missing if isinstance(step, Refusal) else (),
    )


def issue(office: Office, work: Work) -> Issued | Refusal:
    """Issue a document: its event happens, it gets its number, and its files are kept, or nothing of it happens."""
    done = perform(office, work)
    if isinstance(done, Refusal):
        return done
    applied, made = done
    if made is None:
        raise AssertionError(work.event)
    (paper,) = [one for one in applied.step.issued if one.kind == work.kind]
    return Issued(paper.id, applied.numbers.get(paper.id, ""), made, applied)


def perform(office: Office, work: Work) -> tuple[Applied, Draft | None] | Refusal:
    """Let any event happen; the document that it issues is made, numbered and kept with it.

    An event that issues none happens as it is. Raises Refused storage_full, photos_away.
    """
    for _try in range(_TRIES):
        try:
            return _try_once(office, work)
        except NumberTaken:
            continue
    raise NumberTaken(work.kind)


def read(office: Office, document: str, what: str = "pdf") -> tuple[str, str, bytes]:
    """Return name, type and bytes of a document's `pdf`, `docx` or `words` as issued.

    Raises NoFile, Refused photos_away.
    """
    row = office.store.read_now(case_papers.by_id, document)
    wanted = str(getattr(row, what)) if row is not None and what in FILES else ""
    if not wanted:
        raise NoFile(document)
    try:
        content = office.photo_files.read(wanted)
    except Refused as refused:
        if refused.code != "photo_damaged":
            raise
        raise NoFile(document) from refused
    title = (str(row.title) or title_of(str(row.kind), "")) if row is not None else ""
    ending = "txt" if what == "words" else what
    return f"{title}{row.number if row is not None else ''}.{ending}", FILES[what], content


def _try_once(office: Office, work: Work) -> tuple[Applied, Draft | None] | Refusal:
    if not work.kind:
        done = office.store.write_now(lambda: _apply(work, work.data))
        return done if isinstance(done, Refusal) else (done, None)
    held = office.store.read_now(_dossier, work)
    if held is None:
        return Refusal(work.event, (Missing("case_unknown", work.case),))
    whole, step = held
    if work.kind not in FORMS or isinstance(step, Refusal):
        return step if isinstance(step, Refusal) else Refusal(work.event, (Missing("paper_unknown", work.kind),))
    number = office.store.read_now(case_papers.next_number, whole.issuer, work.kind, work.now)
    whole = replace(whole, number=number, prove=_prover(office, whole))
    made = drafts.make(whole, work.kind, work.filled, issued=True)
    if made.missing:
        return Refusal(work.event, made.missing)
    files = _keep(office, made)
    told = {**work.data, **_digests(made, whole.case), "law": [one.plain for one in made.law], **_says(work, made)}

    def job() -> Applied | Refusal:
        for file in files.values():
            case_scans.keep(*file, work.actor.login)
        done = _apply(work, told)
        if isinstance(done, Applied):
            if set(done.numbers.values()) != ({number} if number else set()):
                raise NumberTaken(work.kind)
            case_papers.drop_draft(work.case, work.kind, work.side)
        return done

    done = office.store.write_now(job)
    return done if isinstance(done, Refusal) else (done, made)


def _says(work: Work, made: Draft) -> Mapping[str, Any]:
    """Return what a notice says of the party's rights, by which the case goes on."""
    if work.kind != "notice":
        return {}
    until = str(work.filled.get("answer_until") or "")
    return {"says": {"hearing": "yes" if made.values["hears"] else "no", **({"until": until} if until else {})}}


def _prover(office: Office, whole: Dossier) -> Callable[[Statement], str]:
    """Return what makes a document's code: the papers' own proof, with the office in the place of a tablet."""
    at, key = instant(whole.now), office.key
    named = certificate(key, device=OFFICE, public=key.public, agency=whole.issuer, prefix="", issued_at=at)

    def prove(said: Statement) -> str:
        kind, number = said.kind, said.case_number
        return paper_proof.prove(
            key, named, record=said.record, text=said.words, kind=kind, number=number, sealed_at=at
        )

    return prove


def _apply(work: Work, data: Mapping[str, Any]) -> Applied | Refusal:
    return case_apply.apply_event(work.case, work.event, data, work.actor, work.version, work.now)


def _dossier(work: Work) -> tuple[Dossier, Step | Refusal] | None:
    """Return what the document is made of as the event would leave the case, and whether the event is possible."""
    row = Case.get_or_none(Case.id == work.case)
    step = case_apply.check_event(work.case, work.event, work.data, work.actor, work.now)
    if row is None or step is None:
        return None
    bench = case_law.current()
    file = step.after if isinstance(step, Step) else _as_if(case_files.load(row, bench).file, work)
    more = () if work.event == "document_issued" else (_told(work),)
    return case_papers.dossier(row, file, bench, work.now, work.side, more), step


def _as_if(file: CaseFile, work: Work) -> CaseFile:
    """Return a case with what an event would leave behind that is not possible yet: what a draft shows."""
    kept = {fact: work.data[name] for name, fact in FIELDS_KEPT.get(work.event, {}).items() if work.data.get(name)}
    return case_files.with_facts(file, **kept)


def _told(work: Work) -> Told:
    return Told(work.event, instant(work.now), work.actor.name, work.data)


def _keep(office: Office, made: Draft) -> dict[str, tuple[str, str, int, str]]:
    """Make the files of a document durable, and return what the store is told of each."""
    told = {}
    said = made.sheet.text.encode()
    for what, content, type_ in (("pdf", made.pdf, PDF), ("docx", made.docx, DOCX), ("txt", said, TEXT)):
        office.photo_files.put(digest(content), content)
        told[what] = (digest(content), type_, len(content), f"{made.sheet.title}{made.sheet.number}.{what}")
    return told


def _digests(made: Draft, file: CaseFile) -> dict[str, str]:
    form = FORMS[made.kind]
    return {
        "pdf": digest(made.pdf),
        "docx": digest(made.docx),
        "words": made.words,
        "template": template_name(form, file.keeper),
        "template_version": form.version,
    }


def title_of(kind: str, agency: str) -> str:
    """Return the printed title of a kind of document."""
    return FORMS[kind].title(agency) if kind in FORMS else DOCUMENTS[kind].title
