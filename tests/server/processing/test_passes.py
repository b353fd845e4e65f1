"""A pass that a record names is kept with it, and the checklist of the check is told with the history."""

from __future__ import annotations

import json
from datetime import timedelta

from falcon.testing import TestClient

from checklists.wire import instant
from server import clock
from server.office import Office
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import feed, feed_history, release_passes
from server.store.feed_models import FeedRow
from server.store.models import Record
from server.store.steering_models import ReleasePass
from tests.server.cast import Tablet, batch
from tests.server.story import PLATE, seal_story

PAPER = {"kind": "pass", "number": "T0001-C000001", "digest": "ab" * 32}


def test_the_pass_of_a_record_is_kept_once_and_asked_for_by_its_number(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    sealed = seal_story(tablet, publish_all(office), papers=[PAPER, {**PAPER, "kind": "record", "number": "x"}])
    for _again in range(2):
        client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
        Worker(office).drain()
    (held,) = ReleasePass.select()
    assert (held.number, held.plate, held.digest) == ("T0001-C000001", PLATE, sealed.digest)
    assert held.until == instant(clock.read(str(sealed.part["sealed_at"])) + timedelta(hours=24))
    # The story's check found something grave: whatever the paper says, it is no pass.
    assert release_passes.of_number("T0001-C000001").state == "alert"
    asked = client.simulate_get("/v1/passes/T0001-C000001", headers=tablet.bearer)
    assert (asked.status_code, asked.json["state"]) == (200, "alert")


def test_a_number_of_another_tablet_is_no_pass_of_this_one(client: TestClient, tablet: Tablet, office: Office) -> None:
    foreign = {**PAPER, "number": "T0002-C000001"}
    sealed = seal_story(tablet, publish_all(office), papers=[foreign, PAPER])
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    Worker(office).drain()
    assert [one.number for one in ReleasePass.select()] == ["T0001-C000001"]


def test_the_checklist_is_told_with_the_check(client: TestClient, tablet: Tablet, office: Office) -> None:
    sealed = seal_story(tablet, publish_all(office), checklist="fast-lane")
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(sealed))
    Worker(office).drain()
    assert Record.get().checklist == "fast-lane"
    row = FeedRow.get(FeedRow.kind == feed_history.KIND)
    assert json.loads(row.body)["data"]["checklist"] == "fast-lane" and feed.last_place() > 0
