"""Registry rows taken from a file or a program: each change kept, old and new; all of a file, or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checklists.facts.registry import row_key
from checklists.wire import canonical, uuid7
from server import accounts, clock
from server.importing.comparing import Preview
from server.importing.registry_rows import DIVISION
from server.store import audit, import_plans, registry, registry_changes, site_areas
from server.store.administration_models import ImportDraft, RegistryChange
from server.store.import_plans import Plan
from server.store.registry_changes import Change


def _(words: str) -> str:
    return words


STALE = _("The registry was changed since this preview; look at it again.")
REFUSED = _("The file has faults; nothing of it is taken.")
NOT_WAITING = _("This file was applied or dropped already.")


class ImportingError(ValueError):
    """Why a file is not applied, as words of the catalogue; nothing was written."""


@dataclass(frozen=True)
class File:
    """A file that was brought, by the digest of its bytes; `as_of` holds for its rows without a time of their own."""

    digest: str
    name: str
    bytes: int
    as_of: str


@dataclass(frozen=True)
class Loaded:
    """What became of rows that were given whole."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ignored: int = 0

    @property
    def rows(self) -> int:
        """How many rows hold now as they were given."""
        return self.added + self.changed + self.unchanged


def keep(preview: Preview, file: File, who: str, agency: str) -> ImportDraft:
    """Keep that a file waits to be applied, with the digest of the preview that was shown."""
    told = {"kind": preview.kind.id, "file": file.digest, **preview.counts}
    audit.note(who=who, action="import.draft", subject=f"import:{file.name}", detail=told)
    return ImportDraft.create(
        id=uuid7(),
        digest=file.digest,
        kind=preview.kind.id,
        name=file.name.replace("\0", "")[:200],
        bytes=file.bytes,
        as_of=file.as_of,
        who=who,
        agency=agency,
        made_at=clock.now(),
        preview=preview.digest,
        counts=canonical(preview.counts).decode(),
        state="draft",
    )


def apply(draft: str, plan: Plan, who: str, shown: str = "") -> None:
    """Write all that a file changes, or nothing. `shown` is the digest of the preview that somebody agreed to.

    Raises ImportingError where it was dealt with, has faults, or where the registry is another than in that preview.
    """
    held = _fitting(draft, plan, shown)
    if not import_plans.still_holds(plan):
        raise ImportingError(STALE)
    import_plans.write(plan, who, str(held.agency))
    registry_changes.keep(draft, who, plan.changes, _told(held, plan), f"import:{held.name}")
    _end(draft, "applied", who)


def agree(draft: str, plan: Plan, who: str, shown: str = "") -> None:
    """Say that all that a file changes is to be written, in parts. Raises ImportingError as `apply`."""
    held = _fitting(draft, plan, shown)
    audit.note(who=who, action="registry.load", subject=f"import:{held.name}", detail=_told(held, plan))
    _end(draft, "applied", who)


def write_part(part: Mapping[str, Any], who: str) -> Loaded:
    """Write a part of a file that was agreed to, with its changes in a batch of their own: `changes_of`.

    A row that it leaves, because somebody else has changed it since, counts as ignored from then on.
    """
    changes, left = import_plans.write_part(part)
    told = {"file": part["file"], **({"left": len(left)} if left else {})}
    registry_changes.keep(f"{part['draft']}/{part['number']}", who, changes, told, f"import:{part['name']}")
    draft = by_id(part["draft"]) if left else None
    if draft is not None:
        counts = Counter(counts_of(draft))
        counts.subtract("changed" if one.old else "added" for one in left)
        counts["ignored"] += len(left)
        ImportDraft.update(counts=canonical(dict(counts)).decode()).where(ImportDraft.id == draft.id).execute()
    return Loaded(changed=len(changes), ignored=len(left))


def changes_of(draft: str, limit: int = 500) -> list[RegistryChange]:
    """Return what a file changed, in its order, written at once or in parts."""
    return registry_changes.of_batches([draft, *(f"{draft}/{number}" for number in range(limit))], limit)


def _fitting(draft: str, plan: Plan, shown: str) -> ImportDraft:
    held: ImportDraft | None = ImportDraft.get_or_none(ImportDraft.id == draft, ImportDraft.state == "draft")
    if held is None:
        raise ImportingError(NOT_WAITING)
    if plan.preview.digest != (shown or held.preview):
        raise ImportingError(STALE)
    if not plan.preview.can_apply:
        raise ImportingError(REFUSED)
    return held


def _told(held: ImportDraft, plan: Plan) -> dict[str, Any]:
    return {"kind": str(held.kind), "file": str(held.digest), **plan.preview.counts}


def show(draft: ImportDraft, preview: Preview) -> None:
    """Keep that this preview is the one that was shown last."""
    told = {"preview": preview.digest, "counts": canonical(preview.counts).decode()}
    ImportDraft.update(**told).where(ImportDraft.id == draft.id, ImportDraft.state == "draft").execute()


def drop(draft: str, who: str) -> bool:
    """Give up a file that waits; returns whether it waited."""
    held = by_id(draft)
    if held is None or not _end(draft, "dropped", who):
        return False
    audit.note(who=who, action="import.drop", subject=f"import:{held.name}", detail={"file": str(held.digest)})
    return True


def by_id(draft: str) -> ImportDraft | None:
    """Return a file that was read, or None."""
    return ImportDraft.get_or_none(ImportDraft.id == draft)


def listing(limit: int = 50, *, agency: str = "") -> list[ImportDraft]:
    """Return the files that were read, of an agency or of all, the latest first."""
    query = ImportDraft.select().where(ImportDraft.agency == agency) if agency else ImportDraft.select()
    return list(query.order_by(ImportDraft.made_at.desc()).limit(limit))


def forgotten(before: str) -> list[str]:
    """Drop what waits since before a time and return the digests of files that nobody needs any more."""
    old = (ImportDraft.state == "draft") & (ImportDraft.made_at < before)
    ImportDraft.update(state="dropped", ended_at=clock.now(), ended_by="office").where(old).execute()
    needed = ImportDraft.select(ImportDraft.digest).where(ImportDraft.state != "dropped")
    query = ImportDraft.select(ImportDraft.digest).where(ImportDraft.digest.not_in(needed)).distinct()
    return [str(one.digest) for one in query]


def counts_of(draft: ImportDraft) -> dict[str, int]:
    """Return how many rows of each status the preview had."""
    return dict(json.loads(str(draft.counts)))


def load(rows: Iterable[Mapping[str, Any]], who: str) -> Loaded:
    """Add or replace whole rows that have no faults; older ones are left, and told. Every change is kept."""
    each: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        key = row_key(row["kind"], row["key"])
        mine = each.setdefault(str(row["kind"]), {})
        if key not in mine or row["as_of"] >= mine[key]["as_of"]:
            mine[key] = row
    told = [one for kind, mine in each.items() for one in _judged(kind, mine)]
    areas = {
        (kind, key): accounts.division(area)
        for kind, mine in each.items()
        if kind != "site"
        for key, area in _divisions(mine).items()
    }
    moved = registry.place(areas)
    registry.put_columns([_columns(change) for status, change in told if status != "ignored"], areas)
    placed = site_areas.put_many(_divisions(each.get("site", {})))
    counts = Counter(status for status, _change in told)
    changes = [change for status, change in told if status in ("added", "changed")]
    if changes or placed or moved:
        more = {name: many for name, many in (("divisions", len(placed)), ("areas", moved)) if many}
        registry_changes.keep(uuid7(), who, changes, {**counts, **more}, "import:rows")
    return Loaded(**counts)


def _columns(change: Change) -> dict[str, str]:
    return {"kind": change.kind, "key": change.key, "data": change.new, "as_of": change.as_of}


def _judged(kind: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Change]]:
    """Yield for each row what becomes of it, and the change."""
    found = registry.held(kind, rows)
    for key, row in rows.items():
        before, old_as_of = found.get(key, ("", ""))
        after = registry.plain_text(import_plans.inside(row["data"]))
        status = _status(before, after, old_as_of, str(row["as_of"]))
        yield status, Change(kind, key, before, after, old_as_of, str(row["as_of"]))


def _divisions(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {key: str(row["data"][DIVISION]) for key, row in rows.items() if DIVISION in row["data"]}


def _status(before: str, after: str, old_as_of: str, as_of: str) -> str:
    if not old_as_of:
        return "added"
    if before == after:
        return "unchanged"
    return "ignored" if as_of < old_as_of else "changed"


def _end(draft: str, state: str, who: str) -> bool:
    query = ImportDraft.update(state=state, ended_at=clock.now(), ended_by=who)
    return bool(query.where(ImportDraft.id == draft, ImportDraft.state == "draft").execute())
