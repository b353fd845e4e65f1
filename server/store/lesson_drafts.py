"""Lesson packs written in the office: drafts, who proposed them, and the second person who lets them out.

A pack is what its author and one other person agree on; nobody agrees to what he wrote or changed himself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from checklists.definitions.lesson import Lesson
from checklists.wire import canonical, from_plain, to_plain
from server import clock
from server.cases.casefile import Actor
from server.cases.ends import day_text
from server.rights import may
from server.store import audit
from server.store.education_models import LessonDraft

PREFIX = "office-"
"""How the names of packs written in the office begin, so that none hides a pack of the product."""
MOST_LISTED = 100


def _(words: str) -> str:
    return words


STATES: Mapping[str, str] = {
    "draft": _("draft"),
    "proposed": _("proposed: a second person looks at it"),
    "published": _("published to the tablets"),
    "ended": _("replaced by a later version"),
}

NO_WRITER = _("Your role writes no lesson packs.")
NO_SECOND = _("Your role does not let lesson packs out.")
OWN = _("You wrote or changed this pack: somebody else must agree to it.")
LATE = _("Somebody changed this pack meanwhile: look at it again. What you typed stands below and is not kept yet.")
NO_REASON = _("Say what is to be changed.")


class DraftError(ValueError):
    """What cannot be done with a draft; `words` are for the page."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def listing() -> list[LessonDraft]:
    """Return the drafts and packs, the latest first."""
    return list(LessonDraft.select().order_by(LessonDraft.id.desc()).limit(MOST_LISTED))


def by_id(number: str) -> LessonDraft | None:
    """Return a draft, or None."""
    plain = number.isascii() and number.isdecimal() and len(number) < 10
    held: LessonDraft | None = LessonDraft.get_or_none(LessonDraft.id == int(number)) if plain else None
    return held


def fields_of(row: LessonDraft) -> dict[str, str]:
    """Return a draft as it was typed."""
    return dict(json.loads(str(row.body))["fields"])


def authors_of(row: LessonDraft) -> set[str]:
    """Return who wrote or changed a draft."""
    return set(json.loads(str(row.body))["authors"])


def begin(actor: Actor, of: LessonDraft | None = None) -> LessonDraft:
    """Begin a pack, or a new version of one. Raises DraftError."""
    if actor.role not in may("lessons_write"):
        raise DraftError(NO_WRITER)
    body = _body(fields_of(of) if of is not None else {}, {actor.login})
    made = LessonDraft.create(
        lesson=of.lesson if of is not None else "", version="", body=body, state="draft", made_by=actor.login,
        made_at=clock.now(),
    )  # fmt: skip
    if of is None:
        LessonDraft.update(lesson=f"{PREFIX}{made.id}").where(LessonDraft.id == made.id).execute()
    _note(actor, "begin", made, of=str(of.id) if of is not None else "")
    return LessonDraft.get_by_id(made.id)


def save(actor: Actor, row: LessonDraft, fields: Mapping[str, str], edited: str) -> None:
    """Keep what was typed, unless somebody else did meanwhile. Raises DraftError."""
    if actor.role not in may("lessons_write"):
        raise DraftError(NO_WRITER)
    body = _body(fields, authors_of(row) | {actor.login})
    changed = {"body": body, "edited": int(row.edited) + 1}
    _move(row, {"draft"}, edited, changed)
    _note(actor, "save", row)


def propose(actor: Actor, row: LessonDraft, edited: str) -> None:
    """Propose a draft that has no faults. Raises DraftError."""
    if actor.role not in may("lessons_write"):
        raise DraftError(NO_WRITER)
    _move(row, {"draft"}, edited, {"state": "proposed", "proposed_by": actor.login, "proposed_at": clock.now()})
    _note(actor, "propose", row)


def send_back(actor: Actor, row: LessonDraft, why: str) -> None:
    """Give a proposed pack back to its author. Raises DraftError."""
    if actor.role not in may("lessons_approve"):
        raise DraftError(NO_SECOND)
    if not why.strip():
        raise DraftError(NO_REASON)
    told = {"state": "draft", "why": why.strip()[:300], "decided_by": actor.login, "decided_at": clock.now()}
    _move(row, {"proposed"}, str(row.edited), told)
    _note(actor, "back", row, why=why.strip()[:300])


def approve(actor: Actor, row: LessonDraft, lesson: Lesson) -> None:
    """Let a proposed pack out; an earlier version of it ends. Raises DraftError. The caller publishes the packages."""
    if actor.role not in may("lessons_approve"):
        raise DraftError(NO_SECOND)
    if actor.login in authors_of(row) | {str(row.proposed_by)}:
        raise DraftError(OWN)
    held = json.loads(str(row.body))
    body = canonical({**held, "lesson": to_plain(lesson)}).decode()
    told = {"state": "published", "version": lesson.version, "body": body}
    told |= {"decided_by": actor.login, "decided_at": clock.now(), "why": ""}
    earlier = (LessonDraft.lesson == row.lesson, LessonDraft.state == "published", LessonDraft.id != row.id)
    LessonDraft.update(state="ended").where(*earlier).execute()
    _move(row, {"proposed"}, str(row.edited), told)
    _note(actor, "publish", row, version=lesson.version)


def version_of(row: LessonDraft) -> str:
    """Return the version that a pack gets when it is let out today."""
    return f"{day_text(clock.now()).replace('-', '.')}.{row.id}"


def published() -> list[Lesson]:
    """Return the packs that are out."""
    query = LessonDraft.select().where(LessonDraft.state == "published").order_by(LessonDraft.lesson)
    return [from_plain(Lesson, json.loads(str(one.body))["lesson"]) for one in query]


def _body(fields: Mapping[str, str], authors: Iterable[str]) -> str:
    return canonical({"fields": dict(fields), "authors": sorted(authors)}).decode()


def _move(row: LessonDraft, states: set[str], edited: str, changed: Mapping[str, Any]) -> None:
    mine = (LessonDraft.id == row.id, LessonDraft.state.in_(states), LessonDraft.edited == row.edited)
    if edited != str(row.edited) or not LessonDraft.update(**changed).where(*mine).execute():
        raise DraftError(LATE)


def _note(actor: Actor, what: str, row: LessonDraft, **detail: Any) -> None:
    told = {"lesson": str(row.lesson), **{name: one for name, one in detail.items() if one}}
    audit.note(who=actor.login, action=f"lesson.{what}", subject=f"lesson:{row.id}", detail=told)
