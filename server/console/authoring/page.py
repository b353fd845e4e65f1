"""What the pages of a draft show: its changes beside what holds, what else can be changed, trials and history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from checklists.authoring.revision import Change, Fault, Reading, Revision, as_text, before, row_name
from checklists.definitions.definition import Definitions, Item
from checklists.law.model import Violation
from checklists.wire import from_plain
from server.cases.casefile import Actor
from server.console.authoring.compared import Line, compared
from server.rights import has
from server.store import drafts, trial_runs
from server.store.draft_models import DefinitionDraft, DraftStep, TrialRun

ADDRESS = "/console/drafts"
Text = Mapping[str, str]
_MOST_FOUND = 40


@dataclass(frozen=True)
class Shown:
    """A change as the page shows it: its title, what differs, its mistakes, the address of its form."""

    change: Change
    title: Text
    lines: Sequence[Line]
    faults: Sequence[Fault]
    address: str
    is_new: bool


@dataclass(frozen=True)
class Place:
    """Something that a draft can change: its kind, number, title, and the address of its form."""

    kind: str
    name: str
    title: Text
    address: str
    drafted: bool = False


@dataclass(frozen=True)
class DraftPage:
    """All that the template of a draft draws. `faults` are mistakes elsewhere: what no longer fits around the draft."""

    draft: DefinitionDraft
    revision: Revision
    shown: Sequence[Shown]
    faults: Sequence[Fault]
    steps: Sequence[DraftStep]
    runs: Sequence[TrialRun]
    found: Sequence[Place]
    sections: Sequence[tuple[str, Text]]
    lists: Mapping[str, Text]
    text: str
    may: Mapping[str, bool]
    tried: bool
    moved: bool
    told: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)


def draft_page(id_: int, actor: Actor, text: str = "", told: Sequence[str] = (), typed: Any = None) -> DraftPage | None:
    """Return the page of a draft, or None; `text` narrows what can be changed, `told` are refusals."""
    draft = drafts.draft_of(id_)
    if draft is None:
        return None
    base, revision = drafts.base(), drafts.revision_of(draft)
    faults = faults_of(draft)
    shown = [_shown(base, draft, revision, one, faults) for one in revision.changes]
    names = {one.name for one in revision.changes}
    return DraftPage(
        draft=draft,
        revision=revision,
        shown=shown,
        faults=[one for one in faults if not one.change],
        steps=drafts.steps(id_),
        runs=trial_runs.of_draft(id_),
        found=list(_found(base, id_, revision, text, names)) if text else [],
        sections=list(_sections(base)),
        lists={one.name: one.title for one in base.checklists.values() if not one.based_on},
        text=text,
        may=_may(draft, actor),
        tried=drafts.tried(draft),
        moved=draft.state in ("review", "approved") and drafts.is_moved(draft),
        told=told,
        typed=typed or {},
    )


def faults_of(draft: DefinitionDraft) -> list[Fault]:
    """Return the mistakes that were found in a draft when it was saved."""
    return [from_plain(Fault, one) for one in json.loads(str(draft.faults))]


def change_of(base: Definitions, revision: Revision, kind: str, name: str, place: str = "") -> Change | None:
    """Return the change of that name as it is drafted, else as what holds would be changed; None for what is not there.

    A new item names its `place`, checklist and section: cn-joint/tank.
    """
    drafted = next((one for one in revision.changes if (one.kind, one.name) == (kind, name)), None)
    if drafted is not None:
        return drafted
    if kind == "item":
        held = next((one for one in _items(base) if one.id == name), None)
        if held is not None:
            return Change("item", name, as_text(held))
        checklist, _slash, section = place.partition("/")
        fresh = {"id": name, "text": {}, "look": {}, "agency": [], "severity": "II", "measures": []}
        return Change("item", name, fresh, checklist, section) if section else None
    if kind == "violation":
        row = next((one for one in _rows(base, revision) if row_name(one.code, one.applies_when) == name), None)
        return None if row is None else _as_row(row)
    if kind == "law" and name.partition("@")[0] in base.laws:
        return Change("law", name.partition("@")[0], {})
    return None


def title_of(base: Definitions, change: Change) -> Text:
    """Return what a change is called."""
    if change.kind == "law":
        law = base.laws.get(change.key)
        return law.title if law else {"zh": change.key}
    drafted = change.value.get("title" if change.kind == "violation" else "text")
    held = next((one.text for one in _items(base) if one.id == change.key), None) if change.kind == "item" else None
    return dict(held or drafted or {"zh": change.key})


def form_address(id_: int, kind: str, name: str) -> str:
    """Return the address of the form of a change."""
    return f"{ADDRESS}/{id_}/change?{urlencode({'kind': kind, 'name': name})}"


def reading_of(revision: Revision, law: str, version: str, clause: str) -> Reading | None:
    """Return the reading that is stated of a clause."""
    named = (law, version, clause)
    return next((one for one in revision.readings if (one.law, one.version, one.clause) == named), None)


def _as_row(row: Violation) -> Change:
    return Change("violation", row.code, as_text(row))


def _shown(
    base: Definitions, draft: DefinitionDraft, revision: Revision, change: Change, faults: Sequence[Fault]
) -> Shown:
    held = before(base, change, revision.day)
    now = dict(change.value)
    if change.kind == "violation":
        now["effective_from"] = revision.day.isoformat()
    sent = drafts.over_of(draft)
    was = as_text(held) if held is not None else None
    if sent is not None and change.kind != "law":  # also once it is published, the page shows what it changed
        was = sent.get(change.name)
    lines = compared(change.kind, was, now)
    mine = [one for one in faults if one.change == change.name]
    address = form_address(int(draft.id), change.kind, change.name)
    return Shown(change, title_of(base, change), lines, mine, address, was is None)


def _found(base: Definitions, id_: int, revision: Revision, text: str, names: set[str]) -> Iterator[Place]:
    """Yield what fits a text, by its number or its words: items first, then rows that hold on the day, then laws."""
    wanted, count = text.strip().casefold(), 0
    for kind, name, title in _places(base, revision):
        if wanted in name.casefold() or any(wanted in one.casefold() for one in title.values()):
            yield Place(kind, name, title, form_address(id_, kind, name), name in names)
            count += 1
            if count >= _MOST_FOUND:
                return


def _places(base: Definitions, revision: Revision) -> Iterator[tuple[str, str, Text]]:
    yield from (("item", one.id, one.text) for one in _items(base))
    yield from (("violation", row_name(row.code, row.applies_when), row.title) for row in _rows(base, revision))
    yield from (("law", key, law.title) for key, law in base.laws.items())


def _rows(base: Definitions, revision: Revision) -> Iterator[Violation]:
    """Yield the rows that hold on the day before the draft does: those that it can follow."""
    return (row for row in base.violations if row.effective(revision.day - timedelta(days=1)))


def _items(base: Definitions) -> Iterator[Item]:
    for one in base.checklists.values():
        if not one.based_on:
            yield from one.items()


def _sections(base: Definitions) -> Iterator[tuple[str, Text]]:
    for checklist in base.checklists.values():
        if not checklist.based_on:
            yield from ((f"{checklist.name}/{one.id}", one.title) for one in checklist.sections)


def _may(draft: DefinitionDraft, actor: Actor) -> dict[str, bool]:
    """Return the acts that somebody has now; the store asks again."""
    state, writes = str(draft.state), has(actor.role, "drafts_write")
    reviews = has(actor.role, "drafts_review")
    wrote = drafts.is_author(int(draft.id), actor)
    clean = draft.faults == "[]"
    return {
        "write": writes and state == "writing",
        "submit": writes and state == "writing" and clean,
        "approve": reviews and state == "review" and not wrote,
        "own": reviews and state == "review" and wrote,
        "send_back": reviews and state in ("review", "approved"),
        "reopen": writes and state in ("review", "approved"),
        "publish": writes and state == "approved",
        "drop": writes and state in ("writing", "review", "approved"),
        "end": writes and state == "published",
        "try": has(actor.role, "drafts_try") and state in ("writing", "review", "approved") and clean,
    }
