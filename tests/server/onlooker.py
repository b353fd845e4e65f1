"""Somebody who opens every page that shows a record, follows every link on it, and takes every list out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape

from server.exporting import jobs
from server.exporting.jobs import Exporter
from server.office import Office
from server.store import export_jobs, records, users
from server.store.models import Case
from server.store.office_models import ExportJob
from tests.server.browser import Browser
from tests.server.scene import PASSWORD

PEOPLE = {"area": ("郑督导", "supervisor"), "lead": ("苏队长", "leader")}
_LISTS = ("/console/inbox", "/console/cases?active=all", "/console/handovers", "/console/search?q=1830", "/readyz")
_LINK = re.compile(r'(?:href|src)="(/console/(?!static)[^"#]*)"')
_FILES = 5


class _Broken(logging.Handler):
    """Hears of the pieces of pages that were left out because they could not be made or drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.pieces.append(f"{getattr(record, 'record', '')[:8]} {getattr(record, 'reason', '')}")


class Onlooker:
    """Each answer is a list of what failed: a 5xx, or a piece of a page that could not be shown."""

    def __init__(self, office: Office) -> None:
        self._office = office
        office.store.write_now(_hire)
        self._browsers = {login: Browser(office, login) for login in PEOPLE}
        self._broken = _Broken()
        self._log = logging.getLogger("server.console.apart")
        self._log.addHandler(self._broken)
        self.opened = 0

    def look(self, digest: str, *, follow: bool = False) -> list[str]:
        """Open the pages of a record and of its cases, and where asked all that they link to."""
        record = records.by_digest(digest)
        assert record is not None
        cases = [one.id for one in Case.select(Case.id).where(Case.inspection == record.inspection)]
        failed: list[str] = []
        for path in (f"/console/records/{digest}", *(f"/console/cases/{one}" for one in cases)):
            for browser in self._browsers.values() if follow else (self._browsers["area"],):
                failed += self._open(browser, path, follow=follow)
        return failed + list(self._open(self._browsers["area"], f"/console/records/{digest}/sealed"))

    def lists(self) -> list[str]:
        """Open the pages on which all records and cases stand together."""
        return [one for path in _LISTS for one in self._open(self._browsers["area"], path)]

    def take_out(self) -> list[str]:
        """Take out every list as Excel, and the whole files of the first cases."""
        asked: list[tuple[str, dict[str, str]]] = [(one, {}) for one in jobs.LISTS if jobs.may("supervisor", one)]
        asked += [(jobs.CASE_FILE, {"case": str(one.id)}) for one in Case.select(Case.id).limit(_FILES)]
        return [f"export of {kind}" for kind, query in asked if self._export(kind, query) != "done"]

    def _export(self, kind: str, query: dict[str, str]) -> str:
        write = self._office.store.write_now
        job = write(lambda: export_jobs.ask("area", "T", kind, query, "case"))
        Exporter(self._office).once()
        return str(ExportJob.get_by_id(job.id).state)

    def close(self) -> None:
        """Listen no more."""
        self._log.removeHandler(self._broken)

    def _open(self, browser: Browser, path: str, *, follow: bool = False) -> Iterator[str]:
        answer = browser.get(path)
        self.opened += 1
        if answer.status_code >= 500:
            yield f"{path} {answer.status_code}"
        while self._broken.pieces:
            yield f"{path} without {self._broken.pieces.pop()}"
        if follow and answer.status_code == 200:
            for link in sorted(set(_LINK.findall(answer.text))):
                yield from self._open(browser, unescape(link))


def _hire() -> None:
    for login, (name, role) in PEOPLE.items():
        users.add(login=login, name=name, role=role, agency="T", password=PASSWORD)
