"""From the definitions and tables of this office to the packages that tablets pull, and rows for its registry."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from checklists.authoring.consistency import check
from checklists.authoring.loader import DefinitionError, load_all
from checklists.authoring.revision import revised
from checklists.authoring.text_tree import Problem, Report
from checklists.definitions.definition import Definitions
from checklists.definitions.lesson import Lesson
from checklists.definitions.publication import publish
from checklists.facts.registry import row_key
from checklists.goods.listing import load_tables, with_holidays
from checklists.wire import to_plain
from server import registry_load
from server.cases.casefile import Actor
from server.cases.machine import Refusal
from server.importing import registry_rows
from server.office import Office
from server.store import (
    audit,
    case_law,
    drafts,
    law_confirmations,
    lesson_drafts,
    packages,
    records,
)
from server.store.draft_models import DefinitionDraft
from server.store.education_models import LessonDraft
from server.store.imports import Loaded
from server.store.lesson_drafts import PREFIX
from server.store.models import Package
from server.store.paper_models import LawConfirmation

_TRIES = 20
"""So often others may publish in between before it is no accident any more."""


def publish_all(office: Office, by: str = "office") -> list[Package]:
    """Publish what has changed of the two packages, queue what waited for definitions, and return the packages.

    They are made before anything is written, so that records come in meanwhile, and made anew where that is no longer
    what would be made. Raises checklists.authoring.loader.DefinitionError with every fault of the authors; then nothing
    is published.
    """
    written, reference = load_all(), load_tables().to_plain()
    for _again in range(_TRIES):
        with contextlib.suppress(packages.OvertakenError):
            return _published(office, written, reference, by)
    return _published(office, written, reference, by)


def _published(office: Office, written: Definitions, reference: Mapping[str, Any], by: str) -> list[Package]:
    """Make both packages, and write them. Raises OvertakenError and DefinitionError."""
    read = office.store.read_now
    added = read(_added)
    made = [
        read(lambda: packages.draft(office.key, "definitions", _layered(publish(_with_drafts(written))))),
        read(lambda: packages.draft(office.key, "reference", with_holidays(reference, case_law.holidays_added()))),
    ]

    def job() -> list[int]:
        before = packages.versions()
        if _added() != added:
            raise packages.OvertakenError
        ids = packages.write(made)
        if told := audit.changed(before, packages.versions()):
            audit.note(who=by, action="packages.publish", subject="packages", detail=told)
        records.unpark("definitions_unknown")
        return ids

    ids = office.store.write_now(job)
    return [office.store.read_now(packages.by_id, one) for one in ids]


def _added() -> tuple[Any, ...]:
    """Return what this office adds itself: drafts, what is confirmed of the law, lesson packs, days of holidays."""
    put = [(one.id, one.digest, one.put_at) for one in drafts.standing()]
    return put, law_confirmations.in_force(), lesson_drafts.published(), case_law.holidays_added()


def publish_draft(office: Office, id_: int, digest: str, actor: Actor) -> str:
    """Publish the very text of a draft that was approved and return the package's version. Raises DraftError.

    Its rows of law go to the tablets at once, since they are dated; its items on their day, by `put_due`.
    """

    def job() -> str:
        draft = drafts.to_publish(id_, digest, actor)
        is_due = drafts.today() >= drafts.revision_of(draft).day
        made = revised(drafts.base(), drafts.revision_of(draft), _kinds(is_due=is_due))
        package = packages.publish(office.key, "definitions", _layered(publish(made)))
        drafts.published(draft, str(package.version), actor, is_put=is_due)
        return str(package.version)

    return office.store.write_now(job)


def put_due(office: Office) -> int:
    """Put the items of drafts whose day came into the package, and return how many drafts those were."""
    if not office.store.read_now(drafts.due):
        return 0

    def job() -> int:
        held = drafts.due()
        for draft in held:
            made = revised(drafts.base(), drafts.revision_of(draft), ("item",))
            package = packages.publish(office.key, "definitions", _layered(publish(made)))
            drafts.put(draft, str(package.version))
        return len(held)

    return office.store.write_now(job)


def _kinds(*, is_due: bool) -> tuple[str, ...]:
    return ("law", "violation", "item") if is_due else ("law", "violation")


def _with_drafts(written: Definitions) -> Definitions:
    """Return the product's definitions with what the office published over them. Raises DefinitionError."""
    held, now = drafts.standing(), written
    for draft in held:
        now = revised(now, drafts.revision_of(draft), _kinds(is_due=bool(draft.put_at)))
    report = Report()
    if held:
        check(now, report)
    if report.problems:
        raise DefinitionError([_of_drafts(one, held) for one in report.problems])
    return now


def _of_drafts(problem: Problem, held: list[DefinitionDraft]) -> Problem:
    named = ", ".join(str(one.id) for one in held)
    hint = f"the drafts that this office published ({named}) no longer fit: end the one that is meant"
    return replace(problem, file="drafts", hint=hint)


def confirm_law(office: Office, id_: int, text_digest: str, actor: Actor) -> LawConfirmation | Refusal:
    """Agree to a proposed row of law; from now on it is verified here, and on the tablets with their package."""
    return _republished(office, lambda: law_confirmations.confirm(id_, text_digest, actor))


def end_law(office: Office, id_: int, why: str, actor: Actor) -> LawConfirmation | Refusal:
    """End a confirmation; what was issued by it stands, from this moment on nothing is printed by it."""
    return _republished(office, lambda: law_confirmations.end(id_, why, actor))


def _republished(office: Office, act: Callable[[], LawConfirmation | Refusal]) -> LawConfirmation | Refusal:
    """Let something happen to the confirmations and publish the definitions with it, in one transaction."""

    def job() -> LawConfirmation | Refusal:
        done, last = act(), packages.latest("definitions")
        if not isinstance(done, Refusal) and last is not None:
            packages.publish(office.key, "definitions", _layered(packages.content(last)))
        return done

    return office.store.write_now(job)


def publish_lesson(office: Office, row: LessonDraft, lesson: Lesson, actor: Actor) -> None:
    """Let a pack out that was written here, and publish the definitions with it; in a writing job.

    Raises lesson_drafts.DraftError; then nothing is published.
    """
    lesson_drafts.approve(actor, row, lesson)
    last = packages.latest("definitions")
    if last is not None:
        packages.publish(office.key, "definitions", _layered(packages.content(last)))


def _layered(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the authors' definitions with what this office has added to them."""
    return _with_lessons(_with_confirmations(definitions))


def _with_lessons(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return definitions with the lesson packs of this office; without any they are as their authors wrote them."""
    given = lesson_drafts.published()
    if not given and not any(one["lesson"].startswith(PREFIX) for one in definitions.get("lessons", [])):
        return dict(definitions)
    lessons = [one for one in definitions.get("lessons", []) if not one["lesson"].startswith(PREFIX)]
    slides = {name: one for name, one in definitions.get("slides", {}).items() if not name.startswith(PREFIX)}
    lessons += [to_plain(replace(one, slides=())) for one in given]
    slides |= {one.lesson: to_plain(one.slides) for one in given}
    bare = {name: one for name, one in definitions.items() if name not in ("lessons", "slides")}
    return {**bare, "lessons": lessons, **({"slides": slides} if slides else {})}


def _with_confirmations(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return definitions with what is confirmed of the law now; without any they are as their authors wrote them."""
    given = to_plain(law_confirmations.in_force())
    bare = {name: value for name, value in definitions.items() if name != "confirmations"}
    return {**bare, "confirmations": given} if given else bare


class RegistryError(ValueError):
    """Registry rows that cannot be used; the message lists every fault."""


def load_registry(office: Office, rows: Iterable[Any], by: str = "office") -> Loaded:
    """Add or replace registry rows and return what became of them; each change is kept, old and new.

    Raises RegistryError with all faults; then nothing changes.
    """
    held, seen, faults = list(rows), dict[tuple[str, str], tuple[int, str]](), []
    for number, row in enumerate(held, 1):
        found = registry_rows.faults(row)
        if not found:
            key = row_key(row["kind"], row["key"])
            first, written = seen.setdefault((row["kind"], key), (number, row["key"]))
            found = [] if first == number else [_twice(row, first, written)]
        faults += [f"row {number}: {one}" for one in found]
    if faults:
        raise RegistryError("\n".join(faults))
    return registry_load.load(office.store, [registry_rows.plain(row) for row in held], by)


def _twice(row: Mapping[str, Any], first: int, written: str) -> str:
    """Say which row has the same key, and how it is written there: the two are one number to whoever looks it up."""
    other = "" if written == row["key"] else f", written {written}"
    return f"{row['kind']} {row['key']} stands in row {first} already{other}"
