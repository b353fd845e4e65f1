"""Paper, office and another tablet: what was voided or revoked does not read genuine on the next tablet's screen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checklists.records.paper_proof import prove
from checklists.wire import digest, instant, uuid7
from mobile.link import sync
from mobile.screens.genuine import flow
from mobile.store import store
from tests.journey.test_handover import Tablet
from tests.mobile.screens.test_lesson import Screen
from tests.server.cast import REGISTRY
from tests.server.serving import Serving


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Serving]:
    held = Serving(tmp_path / "office")
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(REGISTRY))
    held.command("load-registry", str(rows))
    held.start()
    yield held
    held.stop()


def said(reader: Tablet, code: str) -> str:
    """The tone of the screen once the tablet has heard what the office tells."""
    assert sync.run_once(reader.store).code == ""
    screen = Screen()
    flow.enter(reader.desk, screen, text=code)
    return str(screen.state.tone)


def test_a_voided_number_and_a_revoked_tablet_do_not_read_genuine(office: Serving, tmp_path: Path) -> None:
    maker, reader = Tablet(office, tmp_path / "maker"), Tablet(office, tmp_path / "reader")
    made = maker.desk.access.enrolled
    part = maker.sealed()
    prefix, at = str(made.certificate["prefix"]), instant(maker.desk.now())

    def code(number: str) -> str:
        told: dict[str, Any] = {"record": part.digest, "text": digest(b"x"), "kind": "order", "sealed_at": at}
        return prove(made.key, made.certificate, number=number, **told)

    first, second = f"{prefix}-O000001", f"{prefix}-O000002"
    assert [said(reader, code(one)) for one in (first, second)] == ["good", "good"]

    def void(seq: int, previous: str | None) -> dict[str, Any]:
        papers = [{"kind": "order", "number": first, "digest": "0" * 64, "void": "打印损坏"}]
        same = {name: part.part[name] for name in ("format", "inspection", "device", "certificate", "sealed_at")}
        more = {"kind": "amendment", "amends": part.digest, "id": uuid7(), "papers": papers, "entries": []}
        return {**same, **more, "device_seq": seq, "previous": previous, "opened_at": part.part["opened_at"]}

    store.seal_amendment(maker.store, void, made.key)
    assert sync.run_once(maker.store).code == ""
    reached(reader, code(first))
    assert [said(reader, code(one)) for one in (first, second)] == ["danger", "good"]
    office.command("revoke", str(made.device))
    assert [said(reader, code(one)) for one in (first, second)] == ["danger", "danger"]
    for one in (maker, reader):
        one.desk.close()


def reached(reader: Tablet, code: str) -> None:
    """Wait until the office has computed what came, and the tablet has heard of it."""
    while said(reader, code) == "good":
        pass
