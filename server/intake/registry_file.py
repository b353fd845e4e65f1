"""A registry file that a clerk brings: read, compared, kept as a draft by its digest, and applied as a whole or not."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from checklists.wire import digest, instant
from server import clock, registry_load
from server.folders import private_folder
from server.importing import entries, sheets
from server.importing.comparing import Preview
from server.importing.entries import Parsed
from server.importing.faults import CellError, Fault, SheetError
from server.importing.kinds import KINDS, Kind, with_agencies
from server.office import Office
from server.store import case_law, import_plans, imports
from server.store.administration_models import ImportDraft

MOST_BYTES = 32 * 1024 * 1024
_DRAFT_DAYS = 14


def draft(
    office: Office, kind: str, name: str, content: bytes, *, who: str, agency: str = "", as_of: str = "", own: str = ""
) -> tuple[ImportDraft, Preview]:
    """Read a file, keep it and return it with what applying it would do.

    `as_of` is a day or time for rows without one, by itself now. `own` is the one agency whose officers may be named.
    Raises SheetError where the file cannot be read at all.
    """
    now = clock.now()
    held = _moment(as_of, now) if as_of.strip() else now
    parsed = _parsed(office, kind, content, held, own)
    preview = office.store.read_now(import_plans.preview_of, parsed)
    name_ = digest(content)
    _keep_file(office, name_, content)
    file = imports.File(name_, name, len(content), held)
    return office.store.write_now(lambda: imports.keep(preview, file, who, agency)), preview


def look(office: Office, held: ImportDraft, own: str = "") -> Preview:
    """Return what applying a file would do now; others may have changed the registry since it was brought."""
    return office.store.read_now(import_plans.preview_of, _read_again(office, held, own))


def apply(office: Office, held: ImportDraft, who: str, *, shown: str = "", own: str = "") -> Preview:
    """Write all that the file changes. Raises imports.ImportingError: then nothing is written."""
    plan = office.store.read_now(import_plans.plan, _read_again(office, held, own))
    _ = plan.preview.digest  # worked out here, not while nothing else is written
    registry_load.apply(office.store, held, plan, who, shown)
    return plan.preview


def tidy(office: Office) -> int:
    """Drop drafts that nobody applied for two weeks, with their files, and return how many files went."""
    before = instant(datetime.now(UTC) - timedelta(days=_DRAFT_DAYS))
    gone = 0
    for one in office.store.write_now(lambda: imports.forgotten(before)):
        path = _path(office, one)
        if path.exists():
            path.unlink()
            gone += 1
    return gone


def kind_of(office: Office, kind: str, own: str = "") -> Kind:
    """Return a kind with the agencies that the published law names, or with one's own alone. Raises KeyError."""
    known = office.store.read_now(lambda: list(case_law.current().definitions.agencies))
    named = [own] if own else known
    return with_agencies(KINDS[kind], named) if named else KINDS[kind]


def _parsed(office: Office, kind: str, content: bytes, as_of: str, own: str) -> Parsed:
    if len(content) > MOST_BYTES:
        raise SheetError(Fault(0, "", "too_large"))
    return entries.parse(kind_of(office, kind, own), sheets.read(content), as_of, clock.now())


def _read_again(office: Office, held: ImportDraft, own: str) -> Parsed:
    content = _path(office, str(held.digest)).read_bytes()
    return _parsed(office, str(held.kind), content, str(held.as_of), own)


def _moment(given: str, now: str) -> str:
    try:
        held = entries.moment(given.strip())
    except CellError as fault:
        raise SheetError(Fault(0, "", fault.code, fault.params)) from fault
    if held > now:
        raise SheetError(Fault(0, "", "as_of_ahead", {"given": given.strip()}))
    return held


def _keep_file(office: Office, name: str, content: bytes) -> None:
    """Keep a file under its digest, whole or not at all."""
    path = _path(office, name)
    if path.exists():
        return
    private_folder(path.parent)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _path(office: Office, name: str) -> Path:
    return office.config.photos / "imports" / name
