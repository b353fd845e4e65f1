"""A tablet closes its shift and a real office, on either engine, counts for itself over the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from checklists.wire import uuid7
from mobile.inspecting.inspection import Officer
from mobile.link import agreed_clock, enrolment, sync
from mobile.link.enrolment import Enrolment
from mobile.sealing import shifts
from mobile.sealing.part import Device
from mobile.sealing.shift import Shift, draft, signature
from mobile.store import store
from mobile.store.store import Store
from tests.server.cast import REGISTRY, now
from tests.server.serving import Serving

WANG = Officer("T-001", "王某", "15060001", "T")


@dataclass
class Post:
    """A tablet at its post, with a shift open."""

    store: Store
    made: Enrolment
    shift: Shift

    def seal(self, **more: Any) -> str:
        inspection, at = uuid7(), now()
        store.open_inspection(self.store, inspection, WANG.id, at)
        told = {"format": 1, "kind": "inspection", "id": uuid7(), "inspection": inspection, "opened_at": at}
        device = {"device": self.made.device, "certificate": self.made.certificate, "app": "0.1.0", "sealed_at": at}
        rest = {"clock": agreed_clock.clock(self.store), "checklist": "cn-joint", "definitions": [], "entries": []}
        more = {"findings": [], "papers": [], "photos": [], "outcome": {"decided": "release"}, **more}

        def build(seq: int, previous: str | None) -> dict[str, Any]:
            return {**told, **device, **rest, **more, "device_seq": seq, "previous": previous}

        return store.seal_inspection(self.store, inspection, build, self.made.key).digest

    def close(self) -> str:
        signed = draft(self.shift, shifts.tally(self.store, self.shift))
        device = Device(self.made.certificate, agreed_clock.clock(self.store), "G18")
        given = [signature(WANG, signed, now())]
        return shifts.close(self.store, self.shift, device, self.made, given, datetime.now(UTC)).digest

    def ask(self, digest: str) -> dict[str, Any]:
        return shifts.ask(self.made.link, digest)


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Serving]:  # type: ignore[override]
    held = Serving(tmp_path, database)
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(REGISTRY))
    held.command("load-registry", str(rows))
    held.start()
    yield held
    held.stop()


@pytest.fixture
def post(office: Serving, tmp_path: Path) -> Iterator[Post]:
    from mobile.lock.vault import Vault

    made = enrolment.enrol(office.url, office.command("enrol-code", "--agency", "T"), "平板一", app="0.1.0")
    held = store.open_store(tmp_path / "tablet", Vault(b"k" * 32))
    enrolment.keep(held, made)
    shift = Shift(uuid7(), now(), "G18", officers=(WANG.id,))
    shifts.begin(held, shift)
    yield Post(held, made, shift)
    store.release(held)


def test_the_office_counts_for_itself_and_names_what_it_lacks(office: Serving, post: Post) -> None:
    post.seal()
    lost = post.seal(findings=[{"severity": "I"}])
    # A record that a person still has to decide on stays on the tablet while the rest goes.
    store.mark_rejected(post.store, lost, "signature_invalid", "")
    office.stop()
    closed = post.close()
    assert sync.run_once(post.store).code == "link_refused"
    office.start()
    assert sync.run_once(post.store).code == ""
    told = post.ask(closed)
    assert (told["equal"], told["named"], told["held"], told["lacking"]) == (False, 2, 1, [lost])
    assert told["differs"] == ["findings", "inspections", "outcomes", "severities"]
    store.try_again(post.store, lost)
    sync.run_once(post.store)
    told = post.ask(closed)
    assert (told["equal"], told["held"], told["counts"]) == (True, 2, store.sealed(post.store, closed).part["counts"])
    delivered = {one.digest: one.receipt for one in store.deliveries(post.store)}
    assert delivered[closed]["digest"] == closed
