"""The thread that tries drafts on past inspections: one inspection after the other, read apart from any writing.

It rests as long as it works, so that pages and the taking in of records go before it, and it holds no record.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from checklists.authoring.revision import as_if_always
from checklists.definitions.definition import Definitions
from checklists.findings.assessment import Assessment, assess
from checklists.goods.listing import Tables
from checklists.wire import to_plain, uuid7
from server.accounts import Scope, scope_of
from server.background import Background
from server.office import Office
from server.parts import Part, conduct_at, judge_parts
from server.processing.recompute import Unknown
from server.store import drafts, feed_history, published, records, trial_runs, users
from server.store.draft_models import TrialRun
from server.store.models import Record
from server.trials.differences import differences, is_as_shown

_log = logging.getLogger(__name__)

_EVERY_SECONDS = 2.0
_HEARD_SECONDS = 1.0
_PAGE = 50
MOST_SHOWN = 300
"""How many inspections a trial names; all are counted."""


def _tables() -> Tables:
    """Return the reference tables in force. Raises Unknown where none are."""
    digest = published.latest("reference")
    if not digest:
        raise Unknown("reference")
    return published.tables(digest)


class Stopped(Exception):  # noqa: N818 - not an error: somebody stopped the trial, or the server ends
    """The trial is not this process's any more."""


@dataclass
class Found:
    """What a trial found so far. `unread` could not be worked out: of these nothing is known."""

    tried: int = 0
    differing: int = 0
    unread: int = 0
    moved: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    named: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    shown: list[dict[str, Any]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """Return it as it is kept."""
        named = [{"kind": kind, "item": item, "violation": code, "count": count} for (kind, item, code), count in
                 sorted(self.named.items())]  # fmt: skip
        told = {"tried": self.tried, "differing": self.differing, "unread": self.unread, "moved": self.moved}
        return {**told, "kinds": dict(self.kinds), "named": named, "shown": self.shown}


class TrialRunner(Background):
    """The thread that works on trials until it is stopped."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.process = uuid7()
        super().__init__("trials")

    def run(self) -> None:
        """Work until stopped."""
        while not self._stopping.is_set():
            try:
                busy = self.once()
            except Exception:
                _log.exception("trials could not be worked on; it is tried again")
                busy = False
            if not busy:
                self._stopping.wait(_EVERY_SECONDS)

    def once(self) -> bool:
        """Make one trial and return whether there was one."""
        run = self._office.store.write_now(lambda: trial_runs.claim(self.process))
        if run is None:
            return False
        number = int(run.id)
        try:
            found = self._make(run)
            told = found.plain()
            self._office.store.write_now(lambda: trial_runs.finish(number, self.process, told, found.tried))
        except Stopped:
            _log.info("a trial was left")
        except Exception:
            _log.exception("a trial failed")
            self._office.store.write_now(lambda: trial_runs.fail(number))
        return True

    def _make(self, run: TrialRun) -> Found:
        read = self._office.store.read_now
        user, draft = read(users.by_login, str(run.login)), read(trial_runs.draft_of, run)
        if user is None or user.closed_at is not None or draft is None:  # who asked is gone, or the text is another
            self._office.store.write_now(lambda: trial_runs.fail(int(run.id)))
            raise Stopped
        scope = scope_of(str(user.role), str(user.agency), str(user.area))
        base, revision = read(drafts.base), drafts.revision_of(draft)
        tables = read(_tables)
        trial = Trial(self._office, base, as_if_always(base, revision), tables)
        found, told = Found(), self._told(run)
        for record in self._newest(scope, int(run.asked)):
            self._pause(lambda record=record: trial.add(record, found))  # type: ignore[misc] # bound at once
            told(found.tried, int(run.asked))
        return found

    def _pause(self, work: Callable[[], None]) -> None:
        """Work, then rest as long as that took."""
        began = time.perf_counter()
        work()
        self._stopping.wait(time.perf_counter() - began)

    def _newest(self, scope: Scope, most: int) -> Iterator[Record]:
        before: int | None = None
        while most > 0:
            page = self._office.store.read_now(trial_runs.newest, scope, before, min(_PAGE, most))
            yield from page
            if len(page) < min(_PAGE, most):
                return
            most, before = most - len(page), int(page[-1].id)

    def _told(self, run: TrialRun) -> Callable[[int, int], None]:
        """Return what notes how far a trial is, not too often. Raises Stopped."""
        last, number = [0.0], int(run.id)

        def told(done: int, total: int) -> None:
            if self._stopping.is_set():
                raise Stopped
            if time.monotonic() - last[0] < _HEARD_SECONDS:
                return
            last[0] = time.monotonic()
            if not self._office.store.write_now(lambda: trial_runs.heard(number, self.process, done, total)):
                raise Stopped

        return told


@dataclass(frozen=True)
class Trial:
    """What a trial works with: the definitions in force, those of the draft as if they had held, and the tables."""

    office: Office
    base: Definitions
    drafted: Definitions
    tables: Tables

    def add(self, record: Record, found: Found) -> None:
        """Work an inspection out by both, and add what differs."""
        found.tried += 1
        try:
            held, drafted, shown = self._both(record)
        except (Unknown, ValueError, KeyError, TypeError):  # also WireError: of a shape that cannot be read here
            found.unread += 1
            return
        found.moved += not is_as_shown(shown, held)
        told = differences(held, drafted)
        if not told:
            return
        found.differing += 1
        for one in told:
            found.kinds[one.kind] += 1
            found.named[one.kind, one.item, one.violation] += 1
        if len(found.shown) < MOST_SHOWN:
            seen = {
                "digest": str(record.digest),
                "plate": str(record.plate or ""),
                "at": str(record.inspected_at or ""),
            }
            found.shown.append({**seen, "colour": str(record.colour or ""), "told": to_plain(told)})

    def _both(self, record: Record) -> tuple[Assessment, Assessment, list[Any]]:
        parts = self.office.store.read_now(_parts, str(record.inspection))
        sealed = next((one for one in parts if one["kind"] == "inspection"), None)
        if sealed is None:
            raise Unknown(str(record.digest))
        judged = self.office.store.read_now(judge_parts, parts, feed_history.lookup, self.office.key.public)
        at, name = conduct_at(sealed), str(sealed["checklist"])
        shown = [one for part in parts for one in part.get("findings") or ()]
        first, second = (assess(one, self.tables, judged.entries, at, name) for one in (self.base, self.drafted))
        return first, second, shown


def _parts(inspection: str) -> list[Part]:
    late = records.late_amendments(inspection)
    return [one for digest, one in records.parts_of(inspection).items() if digest not in late]
