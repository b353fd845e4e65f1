"""Drafts of checklists and law: written, sent to a reviewer who is somebody else, approved, published, all on record.

What may not happen is refused here, whatever a page shows: nobody approves what he wrote in, what is published is the
very text that was approved, and what it takes the place of is still what its author saw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from checklists.authoring.revision import Change, Reading, Revision, as_text, before, examine
from checklists.definitions.definition import Definitions
from checklists.definitions.publication import from_published
from checklists.wire import canonical, digest, from_plain, to_plain
from checklists.zone import in_law_zone
from server import clock
from server.cases.casefile import Actor
from server.cases.ends import day_in
from server.rights import has
from server.store import audit, packages
from server.store.draft_models import DefinitionDraft, DraftStep, TrialRun

LEAST_REASON, LONGEST = 2, 1000
MOST_CHANGES = 400
SEEN = 100


def _(words: str) -> str:
    return words


FAULTS: Mapping[str, str] = {
    "draft_role": _("Your role may not do this with a draft."),
    "draft_unknown": _("There is no such draft."),
    "draft_state": _("The draft is not in the state for this; look at its history."),
    "draft_moved": _("Somebody else saved this draft meanwhile; what you typed is kept here: compare and save again."),
    "draft_title": _("Give the draft a title: 2 to 120 characters."),
    "draft_day": _("Give the day from which it is to hold: today or later."),
    "draft_empty": _("The draft changes nothing yet."),
    "draft_many": _("A draft holds at most 400 changes; begin another one."),
    "draft_faults": _("The draft has mistakes; each stands beside its field."),
    "draft_reason": _("Give the reason: 2 to 1,000 characters."),
    "draft_four_eyes": _("Somebody who wrote in the draft cannot approve it: a second person must read it."),
    "draft_other": _("This is not the text that you saw: it was changed meanwhile. Read it again."),
    "draft_base": _("What the draft takes the place of was changed meanwhile; it has to be written and read again."),
    "draft_reading": _("A reading lies in the past: give the day on which the clause was read."),
    "draft_waits": _("Another published draft waits for its day and changes the same item; wait until that day."),
    "draft_used": _("The number of a new item was used before; a number is never used again."),
    "draft_untried": _("This very text was not tried on past inspections yet: do that before publishing it."),
    "trial_running": _("This draft is being tried already; wait, or stop that trial."),
    "trial_size": _("Choose on how many past inspections it is tried."),
    "draft_no_package": _("Nothing is published yet that could be changed: publish the packages first."),
}
"""Why something is not done with a draft."""


class DraftError(ValueError):
    """Why something is not done: codes of FAULTS, all that apply."""

    def __init__(self, *codes: str) -> None:
        super().__init__(" ".join(codes))
        self.codes = codes


def base() -> Definitions:
    """Return the definitions in force as their authors and the office wrote them, without what two people confirmed.

    Raises DraftError draft_no_package before anything was published.
    """
    last = packages.latest("definitions")
    if last is None:
        raise DraftError("draft_no_package")
    return _bare(str(last.digest), bytes(last.body))


@lru_cache(maxsize=2)
def _bare(_digest: str, body: bytes) -> Definitions:
    held = json.loads(body)
    held.pop("confirmations", None)
    return from_published(held)


def revision_of(draft: DefinitionDraft) -> Revision:
    """Return what a draft changes."""
    return from_plain(Revision, json.loads(str(draft.content)))


def over_of(draft: DefinitionDraft) -> dict[str, Any] | None:
    """Return what a draft took the place of when it was sent, by the name of each change; None while it is written."""
    return dict(json.loads(str(draft.over))) if draft.over and draft.state != "writing" else None


def draft_of(id_: int) -> DefinitionDraft | None:
    """Return a draft, or None."""
    return DefinitionDraft.get_or_none(DefinitionDraft.id == id_)


def latest(state: str = "", before_id: int | None = None, limit: int = 50) -> list[DefinitionDraft]:
    """Return drafts without their content, the latest first; of one state where it is named."""
    columns = [one for one in DefinitionDraft._meta.sorted_fields if one.name != "content"]
    query = DefinitionDraft.select(*columns).order_by(DefinitionDraft.id.desc()).limit(limit)
    if state:
        query = query.where(DefinitionDraft.state == state)
    return list(query if before_id is None else query.where(DefinitionDraft.id < before_id))


def steps(id_: int) -> list[DraftStep]:
    """Return the last steps of a draft, the latest first."""
    return list(DraftStep.select().where(DraftStep.draft == id_).order_by(DraftStep.id.desc()).limit(SEEN))


def create(title: str, day: str, actor: Actor) -> int:
    """Begin a draft and return its id. Raises DraftError."""
    _need(actor, "drafts_write")
    base()
    codes = _head_faults(title, day)
    if codes:
        raise DraftError(*codes)
    now = clock.now()
    named = {"created_by": actor.login, "created_name": actor.name, "created_at": now, "changed_at": now}
    draft = DefinitionDraft.create(title=title.strip(), day=day, content="{}", digest="", **named)
    _lay(draft, Revision(int(draft.id), date.fromisoformat(day)))
    draft.save()
    _note(draft, actor, "create")
    return int(draft.id)


def save(
    id_: int,
    version: int,
    actor: Actor,
    *,
    title: str = "",
    day: str = "",
    put: Iterable[Change] = (),
    drop: Iterable[str] = (),
    readings: Iterable[Reading] = (),
) -> DefinitionDraft:
    """Put changes and readings into a draft, or take them out by name, and return it. Raises DraftError.

    `version` is the saving that its author saw; an empty title or day leaves what is there. A mistake in a change is
    kept with the draft, which cannot be sent on while it has one.
    """
    draft = _held(id_, actor, "drafts_write", ("writing",))
    if int(draft.version) != version:
        raise DraftError("draft_moved")
    stated = tuple(readings)
    codes = _head_faults(title or str(draft.title), day or str(draft.day))
    codes += ["draft_reading"] if any(one.on > today().isoformat() for one in stated) else []
    if codes:
        raise DraftError(*codes)
    old = revision_of(draft)
    given = {one.name: one for one in put}
    gone = set(drop)
    changes = {one.name: one for one in old.changes if one.name not in gone} | given
    if len(changes) > MOST_CHANGES:
        raise DraftError("draft_many")
    draft.title, draft.day = title.strip() or draft.title, day or draft.day
    read = {(one.law, one.version, one.clause): one for one in (*old.readings, *stated)}
    _lay(draft, replace(old, day=_day(str(draft.day)), changes=tuple(changes.values()), readings=tuple(read.values())))
    draft.version, draft.changed_at = int(draft.version) + 1, clock.now()
    draft.save()
    _note(draft, actor, "write")
    return draft


def submit(id_: int, digest_: str, actor: Actor) -> DefinitionDraft:
    """Send a draft to the reviewer, as it was seen. Raises DraftError where it has mistakes or changes nothing."""
    draft = _held(id_, actor, "drafts_write", ("writing",), digest_)
    revision = revision_of(draft)
    _lay(draft, revision)
    codes = [] if revision.changes else ["draft_empty"]
    codes += ["draft_faults"] if json.loads(str(draft.faults)) else []
    codes += [*_day_faults(str(draft.day)), *_crossing(revision), *_used(revision)]
    if codes:
        raise DraftError(*codes)
    draft.state, draft.over, draft.changed_at = "review", _over(revision), clock.now()
    draft.save()
    _note(draft, actor, "submit", content=True)
    return draft


def approve(id_: int, digest_: str, actor: Actor) -> DefinitionDraft:
    """Agree to the very text, as somebody who did not write in it. Raises DraftError."""
    draft = _held(id_, actor, "drafts_review", ("review",), digest_)
    if is_author(id_, actor):
        raise DraftError("draft_four_eyes")
    _unmoved(draft)
    draft.state, draft.approved_digest, draft.changed_at = "approved", draft.digest, clock.now()
    draft.save()
    _note(draft, actor, "approve", content=True)
    return draft


def send_back(id_: int, digest_: str, why: str, actor: Actor) -> DefinitionDraft:
    """Give a draft back to its author, with the reason. Raises DraftError."""
    draft = _held(id_, actor, "drafts_review", ("review", "approved"), digest_)
    return _again(draft, actor, "send_back", _reason(why))


def reopen(id_: int, actor: Actor) -> DefinitionDraft:
    """Take a draft back to write in it; who approved it has to read it again. Raises DraftError."""
    return _again(_held(id_, actor, "drafts_write", ("review", "approved")), actor, "reopen", "")


def drop(id_: int, why: str, actor: Actor) -> DefinitionDraft:
    """Lay a draft aside for good; it stays to be read. Raises DraftError."""
    draft = _held(id_, actor, "drafts_write", ("writing", "review", "approved"))
    return _settle(draft, actor, "dropped", "drop", _reason(why))


def end(id_: int, why: str, actor: Actor) -> DefinitionDraft:
    """Leave a published draft out from the next full publication on; what was published stays. Raises DraftError."""
    draft = _held(id_, actor, "drafts_write", ("published",))
    return _settle(draft, actor, "ended", "end", _reason(why))


def to_publish(id_: int, digest_: str, actor: Actor) -> DefinitionDraft:
    """Return a draft that may be published: approved by somebody else, unchanged, tried. Raises DraftError."""
    draft = _held(id_, actor, "drafts_write", ("approved",), digest_)
    codes = ["draft_other"] if draft.approved_digest != draft.digest else []
    codes += [] if digest(str(draft.content).encode()) == draft.approved_digest else ["draft_other"]
    codes += [] if _is_agreed(draft) else ["draft_four_eyes"]
    codes += [*_day_faults(str(draft.day)), *_crossing(revision_of(draft))]
    codes += [] if tried(draft) else ["draft_untried"]
    if codes:
        raise DraftError(*dict.fromkeys(codes))
    _unmoved(draft)
    if examine(base(), revision_of(draft)):
        raise DraftError("draft_faults")
    return draft


def published(draft: DefinitionDraft, package: str, actor: Actor, *, is_put: bool) -> None:
    """Note that a draft stands in a package; `is_put`: with its items, and not only with its rows of law."""
    now = clock.now()
    draft.state, draft.package, draft.published_at, draft.changed_at = "published", package, now, now
    draft.put_at = now if is_put else ""
    draft.save()
    _note(draft, actor, "publish", content=True)


def put(draft: DefinitionDraft, package: str) -> None:
    """Note that the day of a draft came and its items stand in a package now."""
    draft.put_at, draft.package = clock.now(), package
    draft.save()
    _note(draft, Actor("office", role="machine"), "put")


def due() -> list[DefinitionDraft]:
    """Return the published drafts whose day came and whose items are not in the package yet, by their day."""
    table = DefinitionDraft
    waiting = table.select().where(table.put_at == "", table.state == "published", table.day <= today().isoformat())
    return list(waiting.order_by(table.day, table.id))


def standing() -> list[DefinitionDraft]:
    """Return every published draft that was not ended, by its day."""
    table = DefinitionDraft
    return list(table.select().where(table.state == "published").order_by(table.day, table.id))


def tried(draft: DefinitionDraft) -> bool:
    """Whether a trial of this very text came to its end."""
    done = TrialRun.draft == draft.id, TrialRun.digest == draft.digest, TrialRun.state == "done"
    return bool(TrialRun.select().where(*done).exists())


def is_author(id_: int, actor: Actor) -> bool:
    """Whether somebody wrote in a draft, by login or by name: one person may have two logins."""
    return _is_among(_authors(id_), str(actor.login), str(actor.name))


def today() -> date:
    """Return the day of the law's zone."""
    return in_law_zone(clock.read(clock.now())).date()


def _is_agreed(draft: DefinitionDraft) -> bool:
    """Whether the last approval is by somebody who did not write in it, and of this text."""
    agreed = DraftStep.draft == draft.id, DraftStep.act == "approve"
    last = DraftStep.select().where(*agreed).order_by(DraftStep.id.desc()).first()
    if last is None or last.digest != draft.digest:
        return False
    return not _is_among(_authors(int(draft.id)), str(last.who), str(last.name))


def _authors(id_: int) -> list[tuple[str, str]]:
    wrote = DraftStep.draft == id_, DraftStep.act.in_(("create", "write", "submit"))
    query = DraftStep.select(DraftStep.who, DraftStep.name).where(*wrote).distinct()
    return [(str(one.who), str(one.name)) for one in query]


def _is_among(people: Iterable[tuple[str, str]], login: str, name: str) -> bool:
    return any(login == who or (name and name == named) for who, named in people)


def _held(id_: int, actor: Actor, right: str, states: tuple[str, ...], digest_: str | None = None) -> DefinitionDraft:
    _need(actor, right)
    draft = draft_of(id_)
    if draft is None:
        raise DraftError("draft_unknown")
    if draft.state not in states:
        raise DraftError("draft_state")
    if digest_ is not None and digest_ != draft.digest:
        raise DraftError("draft_other")
    return draft


def _need(actor: Actor, right: str) -> None:
    if not has(actor.role, right):
        raise DraftError("draft_role")


def _again(draft: DefinitionDraft, actor: Actor, act: str, why: str) -> DefinitionDraft:
    draft.approved_digest = ""
    return _settle(draft, actor, "writing", act, why)


def _settle(draft: DefinitionDraft, actor: Actor, state: str, act: str, why: str) -> DefinitionDraft:
    draft.state, draft.changed_at = state, clock.now()
    draft.save()
    _note(draft, actor, act, why)
    return draft


def _lay(draft: DefinitionDraft, revision: Revision) -> None:
    """Give a draft its content with its digest and its mistakes."""
    body = canonical(to_plain(revision))
    draft.content, draft.digest, draft.changes = body.decode(), digest(body), len(revision.changes)
    faults = examine(base(), revision) if revision.changes else ()
    draft.faults = canonical([to_plain(one) for one in faults]).decode()


def _over(revision: Revision) -> str:
    """Return what the changes take the place of, by their names, as canonical JSON."""
    held = base()
    over: dict[str, Any] = {}
    for one in revision.changes:
        found = before(held, one, revision.day)
        over[one.name] = as_text(held.laws.get(one.key)) if one.kind == "law" else found and as_text(found)
    return canonical(over).decode()


def _crossing(revision: Revision) -> list[str]:
    """Return a fault where an item is changed of which a published draft holds a later text that nobody here saw."""
    table = DefinitionDraft
    waiting = table.select().where(table.put_at == "", table.state == "published")
    items = {one.name for held in waiting for one in revision_of(held).changes if one.kind == "item"}
    return ["draft_waits"] if items & {one.name for one in revision.changes} else []


def _used(revision: Revision) -> list[str]:
    """Return a fault where a new item has the number of one that an earlier draft brought, though it is gone by now."""
    new = {one.key for one in revision.changes if one.kind == "item" and before(base(), one, revision.day) is None}
    if not new:
        return []
    table = DefinitionDraft
    earlier = table.select().where(table.state.in_(("published", "ended")), table.id != revision.number)
    used = {one.key for held in earlier for one in revision_of(held).changes if one.kind == "item"}
    return ["draft_used"] if new & used else []


def is_moved(draft: DefinitionDraft) -> bool:
    """Whether what a draft takes the place of is not any more what it was when it was sent to the reviewer."""
    return _over(revision_of(draft)) != draft.over


def _unmoved(draft: DefinitionDraft) -> None:
    if is_moved(draft):
        raise DraftError("draft_base")


def _head_faults(title: str, day: str) -> list[str]:
    titled = LEAST_REASON <= len(title.strip()) <= 120
    return [*([] if titled else ["draft_title"]), *_day_faults(day)]


def _day_faults(day: str) -> list[str]:
    held = day_in(day)
    return [] if held is not None and today() <= held <= date(2100, 1, 1) else ["draft_day"]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _reason(why: str) -> str:
    if not LEAST_REASON <= len(why.strip()) <= LONGEST:
        raise DraftError("draft_reason")
    return why.strip()


def _note(draft: DefinitionDraft, actor: Actor, act: str, why: str = "", *, content: bool = False) -> None:
    who = {"who": actor.login, "name": actor.name, "role": actor.role}
    kept = str(draft.content) if content else ""
    told = {"draft": draft.id, "act": act, "digest": draft.digest, "why": why, "content": kept}
    DraftStep.create(at=clock.now(), **who, **told)
    detail = {"digest": str(draft.digest), "state": str(draft.state)} | ({"why": why} if why else {})
    audit.note(who=actor.login, action=f"draft.{act}", subject=f"draft:{draft.id}", purpose="law", detail=detail)
