"""A link, what comes by it, and the end of a hold, on either engine."""

from __future__ import annotations

from typing import Any

import pytest
from falcon.testing import TestClient

from checklists.facts.earlier import HOLDING
from checklists.papers.way_back import new_token, token_digest
from server.accounts import scope_of
from server.cases.casefile import Actor
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import case_apply, case_archive, case_scans, feed_history, hold_lifts, way_back, way_back_links
from server.store.models import CaseViolation
from server.store.way_back import Asked, Brought, WayBackError
from server.store.way_back_models import WayBackFile
from tests.server.cast import Tablet, batch
from tests.server.story import seal_story

ASKED = Asked("2099-01-02", "补齐", "T0001-O000001")
FILE = "ab" * 32


@pytest.fixture
def inspection(office: Office, client: TestClient, tablet: Tablet) -> str:
    packages, link = publish_all(office), new_token()
    paper = {"kind": "order", "number": "T0001-O000001", "digest": "0" * 64, "way_back": token_digest(link)}
    outcome = {"proposed": "hold", "decided": "hold", "reason": None}
    sealed = seal_story(tablet, packages, papers=[paper], outcome=outcome)
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    Worker(office).drain()
    held = way_back_links.of_token(link)
    assert held is not None and way_back_links.opens(held)
    return str(held.inspection)


def clear(office: Office, inspection: str, code: str) -> None:
    def job() -> Any:
        sent = [Brought(FILE, "image/jpeg", 3, "1.jpg")] * 2
        assert way_back.send(inspection, code, "proof", "已整改", sent, ASKED)
        assert not way_back.send(inspection, code, "proof", "已整改", sent, ASKED)
        case = way_back.case_of(inspection, code)
        side = way_back.track(str(case.id), "proof", code)  # type: ignore[union-attr]
        assert WayBackFile.select().where(WayBackFile.side == side.id).count() == 1  # type: ignore[union-attr]
        who = Actor("lead", "另一人", "leader", str(case.keeper))  # type: ignore[union-attr]
        data = {"side": side.id, "text": "看过"}  # type: ignore[union-attr]
        return case_apply.apply_event(str(case.id), "rectification_cleared", data, who)  # type: ignore[union-attr]

    assert isinstance(office.store.write_now(job), case_apply.Applied)


def test_the_hold_ends_with_the_last_violation(office: Office, inspection: str) -> None:
    office.store.write_now(lambda: case_scans.keep(FILE, "image/jpeg", 3, "1.jpg", "x"))
    rows = CaseViolation.select(CaseViolation.violation).where(CaseViolation.inspection == inspection)
    codes = sorted({str(one.violation) for one in rows})
    for code in codes:
        now = hold_lifts.standing(inspection)
        assert now is not None and now.holds and code in now.left
        assert feed_history.of([inspection])[0]["outcome"] in HOLDING
        clear(office, inspection, code)
    case = way_back.case_of(inspection, codes[0])
    held = case_archive.gather(scope_of("supervisor", "T", ""), str(case.id))  # type: ignore[union-attr]
    assert held is not None and [one["sha256"] for one in held.files] == [FILE], "the whole file has what was sent"
    (row,) = feed_history.of([inspection])
    assert (row["outcome"], row["outcome_before"]) == ("release_after_correction", "hold")
    assert hold_lifts.standing(inspection).lifted_at == row["outcome_at"]  # type: ignore[union-attr]


def test_what_was_sent_of_a_closed_point_is_refused_and_nothing_is_kept(office: Office, inspection: str) -> None:
    def job() -> None:
        with pytest.raises(WayBackError) as told:
            way_back.send(inspection, "CN-NONE-01", "proof", "x", (), ASKED)
        assert told.value.code == "way_back_no_case" and way_back.arrived(inspection) == []
        with pytest.raises(WayBackError) as told:
            way_back.send(inspection, "CN-EQP-01", "dispute", "", [Brought(FILE, "image/jpeg", 3, "")], ASKED)
        assert told.value.code == "way_back_nothing"

    office.store.write_now(job)
