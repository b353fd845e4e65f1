"""Hands odd records to an office, each followed by a good one, and looks at everything that shows them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from falcon.testing import TestClient

from checklists.records.record import receipt_holds
from server.app import create_app
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import devices, records, users
from server.store.models import Case, Package
from tests.server.browser import Browser
from tests.server.cast import Tablet, batch
from tests.server.oddities import Path_, changed, rich, sealed_of
from tests.server.scene import PASSWORD
from tests.server.story import used

_REFUSED = ("malformed", "not_canonical", "device_mismatch")


@dataclass
class Trial:
    """An office under trial, and what was seen: `wrong` names what got no proper answer or no proper state."""

    office: Office
    packages: list[Package] = field(default_factory=list)
    tablet: Tablet = field(default_factory=Tablet)
    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.packages = publish_all(self.office)
        self.client = TestClient(create_app(self.office))
        code = self.office.store.write_now(lambda: devices.new_code("T", 24))
        self.tablet.enrolled = self.client.simulate_post("/v1/devices", json=self.tablet.ask(code)).json
        told = {"name": "郑督导", "role": "supervisor", "agency": "T", "password": PASSWORD}
        self.office.store.write_now(lambda: users.add(login="area", **told))
        self.browser = Browser(self.office, "area")
        self.worker = Worker(self.office)

    def run(self, kind: str, odd: Iterable[Sequence[tuple[Path_, Any]]], *, group: int = 20) -> None:
        """Try parts of a kind, each with these values in these places."""
        waiting: list[tuple[str, bytes]] = []
        for changes in odd:
            record = sealed_of(self.tablet, changed(rich(self.tablet, self.packages, kind), changes))
            if record is not None:  # what has no canonical form no tablet can seal
                waiting.append((f"{kind} {[(path, str(value)[:20]) for path, value in changes]}", record))
            if len(waiting) >= group:
                self._deliver(waiting)
                waiting = []
        self._deliver(waiting)

    def _deliver(self, odd: list[tuple[str, bytes]]) -> None:
        if not odd:
            return
        self.tried += len(odd)
        good = self.tablet.seal(definitions=used(self.packages))
        raw = [record for _name, record in odd]
        answer = self.client.simulate_post("/v1/records", headers=self.tablet.bearer, body=batch(*raw, good))
        if answer.status_code != 200:
            self.wrong += [f"{name}: {answer.status_code}" for name, _record in odd]
            return
        self.worker.drain()
        held = records.by_digest(good.digest)
        if held is None or held.state != "processed":
            self.stopped += [name for name, _record in odd]
        for (name, record), result in zip(odd, answer.json["results"], strict=False):
            self._judge(name, json.loads(record)["digest"], result)

    def _judge(self, name: str, digest: str, result: dict[str, Any]) -> None:
        if result["status"] == "rejected":
            self.states["rejected"] += 1
            self.wrong += [] if result["code"] in _REFUSED else [f"{name}: {result['code']}"]
            return
        if not receipt_holds(result["receipt"], digest_=digest, server_key=self.tablet.enrolled["server_key"]):
            self.wrong.append(f"{name}: no receipt")
        record = records.by_digest(digest)
        state = "lost" if record is None else str(record.state)
        self.states[f"{state} {record.reason if record else ''}".strip()] += 1
        if state not in ("processed", "parked", "conflict"):
            self.wrong.append(f"{name}: {state}")
        self._look(name, digest, whole=state == "processed" or not self.tried % 7)

    def _look(self, name: str, digest: str, *, whole: bool) -> None:
        """Open the pages that show the record; the inbox, where all are together, now and then."""
        told = self.client.simulate_get(f"/v1/records/{digest}", headers=self.tablet.bearer)
        seen = [("api", told.status_code)]
        if whole:
            seen.append(("page", self.browser.get(f"/console/records/{digest}").status_code))
            seen.append(("sealed", self.browser.get(f"/console/records/{digest}/sealed").status_code))
            for case in Case.select(Case.id).where(Case.inspection == records.by_digest(digest).inspection):  # type: ignore[union-attr]
                seen.append(("case", self.browser.get(f"/console/cases/{case.id}").status_code))
        if self.tried % 5 == 0:
            seen.append(("inbox", self.browser.get("/console/inbox").status_code))
        self.failed += [f"{name}: {where} {status}" for where, status in seen if status >= 500]
