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
from server.store import devices, records
from server.store.models import Package
from tests.server.cast import Tablet, batch
from tests.server.oddities import Path_, changed, rich, sealed_of
from tests.server.onlooker import Onlooker
from tests.server.story import used

_REFUSED = ("malformed", "not_canonical", "device_mismatch")


@dataclass
class Trial:
    """An office under trial, and what was seen: `wrong` names what got no proper answer or no proper state.

    Of every `follow_every` records that are shown one has all its links followed; 0 is none.
    """

    office: Office
    follow_every: int = 0
    packages: list[Package] = field(default_factory=list)
    tablet: Tablet = field(default_factory=Tablet)
    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    _shown: int = 0

    def __post_init__(self) -> None:
        self.packages = publish_all(self.office)
        self.client = TestClient(create_app(self.office))
        code = self.office.store.write_now(lambda: devices.new_code("T", 24))
        self.tablet.enrolled = self.client.simulate_post("/v1/devices", json=self.tablet.ask(code)).json
        self.onlooker = Onlooker(self.office)
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
        self.failed += [f"{odd[0][0]} and {len(odd) - 1} more: {one}" for one in self.onlooker.lists()]

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
        if state not in ("processed", "parked", "conflict") or (record and record.reason == "processing_failed"):
            self.wrong.append(f"{name}: {state} {record.detail if record else ''}")
        self._look(name, digest, whole=state == "processed" or not self.tried % 7)

    def _look(self, name: str, digest: str, *, whole: bool) -> None:
        """Open the pages that show the record; of some, all that they link to."""
        told = self.client.simulate_get(f"/v1/records/{digest}", headers=self.tablet.bearer)
        self.failed += [f"{name}: api {told.status_code}"] if told.status_code >= 500 else []
        if whole:
            self._shown += 1
            follow = self.follow_every > 0 and self._shown % self.follow_every == 1
            seen = self.onlooker.look(digest, follow=follow)
            self.failed += [f"{name}: {one}" for one in seen]

    def finish(self) -> None:
        """Publish over all that came, let the tablet pull it, and take every list out."""
        for package in publish_all(self.office):
            told = self.client.simulate_get(
                f"/v1/packages/{package.name}@{package.version}", headers=self.tablet.bearer
            )
            self.failed += [] if told.status_code == 200 else [f"package {package.name} {told.status_code}"]
        self.failed += self.onlooker.take_out()
        self.onlooker.close()
