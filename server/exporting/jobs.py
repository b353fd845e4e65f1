"""The thread that makes exports: it takes what waits, writes the file beside, and puts it in place when it is whole."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from checklists import words
from checklists.definitions.citation import agency_short
from checklists.wire import uuid7
from server import clock
from server.accounts import PURPOSES, ROLES, scope_of
from server.background import Background
from server.exporting import (
    briefing_file,
    campaign_list,
    case_file,
    figure_lists,
    fleet_list,
    known_list,
    masks,
    office_lists,
    work_lists,
)
from server.exporting.listing import COMMA, Asked, Column, Listing, local, shown
from server.exporting.workbook import Head, write
from server.folders import private_folder
from server.office import Office
from server.refusals import Refused
from server.store import case_law, case_rows, export_jobs, space, users
from server.store.figure_reads import TooMany
from server.store.office_models import ExportJob, User

_log = logging.getLogger(__name__)

_EVERY_SECONDS = 2.0
_HEARD_SECONDS = 1.5


def _(text: str) -> str:
    return text


LISTS: dict[str, Listing] = {
    one.id: one
    for one in (
        *(*work_lists.LISTS, *office_lists.LISTS, *fleet_list.LISTS),
        *(*figure_lists.LISTS, *known_list.LISTS, *campaign_list.LISTS),
    )
}
"""Every list that can be taken out."""
CASE_FILE = "case_file"
"""The kind of job that makes the whole file of one case."""
BRIEFING = "briefing"
"""The kind of job that makes a document of figures."""
_SUFFIX = {CASE_FILE: ".zip", BRIEFING: ".docx"}

NOT_YOURS = _("Your role may not take this out any more.")
FAILED = _("The export failed; the office's log says why.")
NO_ROOM = _("The office's disk has no room left for files; what is left is kept for records.")
TOO_MANY = _("So many checks are not crossed: choose a shorter span, or narrow one thing less.")
ABOUT = _("about this file")
_SAID = {
    masks.PLAIN: _("nothing is hidden"),
    masks.NUMBERS: _("identity and telephone numbers are hidden"),
    masks.ALL: _("names and numbers of people are hidden"),
}


class Gone(Exception):  # noqa: N818 - not an error: the job was taken back meanwhile
    """The job is not this process's any more."""


class Exporter(Background):
    """The thread that works on exports until it is stopped."""

    def __init__(self, office: Office, stale_seconds: int = export_jobs.STALE_SECONDS) -> None:
        self._office, self._stale = office, stale_seconds
        self.process = uuid7()
        super().__init__("exporter")

    def run(self) -> None:
        """Work until stopped."""
        while not self._stopping.is_set():
            try:
                busy = self.once()
            except Exception:
                _log.exception("exports could not be worked on; it is tried again")
                busy = False
            if not busy:
                self._stopping.wait(_EVERY_SECONDS)

    def once(self) -> bool:
        """Make one export and return whether there was one."""
        job = self._office.store.write_now(lambda: export_jobs.claim(self.process, self._stale))
        if job is None:
            return False
        try:
            self._make(job)
        except (Gone, InterruptedError):
            _log.info("an export was left", extra={"reason": str(job.kind)})
        except (TooMany, briefing_file.NoBriefing) as refused:
            why = TOO_MANY if isinstance(refused, TooMany) else str(refused)
            self._office.store.write_now(lambda: export_jobs.fail(str(job.id), why))
        except Exception as problem:
            if space.is_out(problem) or (isinstance(problem, Refused) and problem.code == "storage_full"):
                _log.error("no space left for an export", extra={"reason": str(job.kind)})
                self._office.store.write_now(lambda: export_jobs.fail(str(job.id), NO_ROOM))
                return True
            _log.exception("an export failed", extra={"reason": str(job.kind)})
            self._office.store.write_now(lambda: export_jobs.fail(str(job.id), FAILED))
        return True

    def _make(self, job: ExportJob) -> None:
        user = self._office.store.read_now(users.by_login, str(job.login))
        if user is None or user.closed_at is not None or not may(str(user.role), str(job.kind)):
            self._office.store.write_now(lambda: export_jobs.fail(str(job.id), NOT_YOURS))
            return
        part = folder(self._office) / f"{job.id}.part"
        self._office.photo_files.check_room()
        try:
            rows = self._write(job, user, part)
            name = f"{job.id}{_SUFFIX.get(str(job.kind), '.xlsx')}"
            sha256 = _durable(part, part.with_name(name))
        finally:
            part.unlink(missing_ok=True)
        if not self._office.store.write_now(lambda: export_jobs.done(str(job.id), self.process, name, sha256, rows)):
            part.with_name(name).unlink(missing_ok=True)

    def _write(self, job: ExportJob, user: User, part: Path) -> int:
        query = export_jobs.query_of(job)
        if job.kind == CASE_FILE:
            scope = scope_of(str(user.role), str(user.agency), str(user.area))
            told = str(query.get("case")), part, str(user.login), scope, self._told(job), str(job.purpose)
            return case_file.export(self._office, *told).files
        if job.kind == BRIEFING:
            return briefing_file.export(self._office, asked_of(user, query), part)
        return make_list(self._office, str(job.kind), asked_of(user, query), part, str(job.purpose), self._told(job))

    def _told(self, job: ExportJob) -> Callable[[int, int], None]:
        """Return what notes how far a job is, not too often.

        Raises Gone, InterruptedError when it is to stop, and Refused storage_full: a reserve is kept for records.
        """
        last = [0.0]

        def told(rows: int, total: int) -> None:
            if self._stopping.is_set():
                raise InterruptedError
            if time.monotonic() - last[0] < _HEARD_SECONDS:
                return
            last[0] = time.monotonic()
            self._office.photo_files.check_room()
            mine = self._office.store.write_now(
                lambda: export_jobs.heard(str(job.id), self.process, rows, max(rows, total))
            )
            if not mine:
                raise Gone

        return told


def may(role: str, kind: str) -> bool:
    """Whether a role may take a list out, or the file of a case."""
    alone = {CASE_FILE: case_file.ROLES, BRIEFING: briefing_file.ROLES}
    return role in (alone[kind] if kind in alone else LISTS[kind].roles if kind in LISTS else ())


def asked_of(user: User, query: dict[str, str]) -> Asked:
    """Return what somebody asks for, with what he may see now."""
    role, agency = str(user.role), str(user.agency)
    say = words.catalogue(str(query.get("lang") or "zh_CN"), "server").gettext
    return Asked(str(user.login), role, agency, scope_of(role, agency, str(user.area)), say, query)


def _names(lang: str) -> dict[str, str]:
    """Return what agencies and violations are called."""
    definitions = case_law.current().definitions
    agencies = {code: agency_short(definitions, code, lang) for code in definitions.agencies}
    return {one.code: words.pick(one.title, lang) for one in definitions.violations} | agencies


def make_list(
    office: Office, kind: str, asked: Asked, path: Path, purpose: str, heard: Callable[[int, int], None]
) -> int:
    """Write a list as Excel and return how many rows it has."""
    held, read = LISTS[kind], office.store.read_now
    asked = replace(asked, names=read(_names, asked.filters.get("lang") or "zh_CN"), people=read(case_rows.names))
    columns, total = held.columns(asked), int(read(held.count, asked))
    heard(0, total)
    rows = (shown(columns, asked, row) for row in held.rows(read, asked))
    heads = [Head(asked.say(one.words), one.width) for one in columns]
    about = [*_about(office, held, asked, columns, purpose), (asked.say(_("rows")), str(total))]
    return write(
        path,
        heads,
        rows,
        title=asked.say(held.words),
        about=about,
        about_title=asked.say(ABOUT),
        heard=lambda count: heard(count, total),
    )


def _about(
    office: Office, held: Listing, asked: Asked, columns: Sequence[Column], purpose: str
) -> list[tuple[str, str]]:
    say = asked.say
    filters = "; ".join(
        f"{name}={value}" for name, value in asked.filters.items() if value and name not in ("lang", "for")
    )
    personal = any(one.kind in ("name", "number", "text") for one in columns)
    return [
        (say(_("list")), say(held.words)),
        (say(_("office")), office.config.office),
        (say(_("taken out by")), _taker(asked)),
        (say(_("at")), local(clock.now())),
        (say(_("purpose")), " ".join((say(PURPOSES.get(purpose, purpose)), asked.filters.get("for", ""))).strip()),
        (say(_("area")), asked.scope.area or "–"),
        (say(_("narrowed to")), filters or "–"),
        (say(_("personal data")), say(_SAID[asked.hidden]) if personal else "–"),
    ]


def _taker(asked: Asked) -> str:
    role, agency = asked.say(ROLES.get(asked.role, asked.role)), asked.names.get(asked.agency, asked.agency)
    return f"{asked.people.get(asked.login, asked.login)} {asked.login} ({COMMA.join(filter(None, (role, agency)))})"


def folder(office: Office) -> Path:
    """Return the folder of the files, made where it is not there; with the photos, so that all processes share it."""
    path = office.config.photos / "exports"
    private_folder(path)
    return path


def remove(office: Office, job: str, who: str) -> bool:
    """Take a job back, or its file away; returns whether there was one."""
    held = export_jobs.by_id(job)
    if held is None or held.state == "removed":
        return False
    name = office.store.write_now(lambda: export_jobs.remove(job, who))
    if name:
        (folder(office) / Path(name).name).unlink(missing_ok=True)
    return True


def tidy(office: Office, days: int) -> int:
    """Take away the files that are past their days and what a dead process left half-written; returns how many."""
    gone = sum(remove(office, job, "office") for job in office.store.read_now(export_jobs.past, days))
    old = time.time() - 24 * 3600
    for part in folder(office).iterdir():
        if part.suffix not in (".xlsx", *_SUFFIX.values()) and part.stat().st_mtime < old:
            part.unlink(missing_ok=True)
    return gone


def _durable(part: Path, whole: Path) -> str:
    """Put a file in its place, whole and durable, and return its digest."""
    made = hashlib.sha256()
    with part.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            made.update(chunk)
        os.fsync(file.fileno())
    part.replace(whole)
    return made.hexdigest()
