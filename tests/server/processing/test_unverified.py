"""What officers could not verify becomes a task of their agency, and the record page says so."""

from server import clock
from server.processing.worker import Worker
from server.publishing import publish_all
from server.store import tasks as held_tasks
from server.store.models import Record
from tests.server.cast import batch
from tests.server.story import FACTS, entries, open_tasks, seal_story, shown


def part_with(tablet, packages, *said, **changes):
    inspection = changes.pop("inspection", "019a0000-0000-7000-8000-00000000000a")
    held = entries(tablet, inspection, FACTS)
    for item, why in said:
        value = {"result": "not_verified", "why": why}
        held.append(tablet.entry(inspection, len(held) + 1, "answer", item, value))
    at = clock.now()
    return seal_story(tablet, packages, inspection=inspection, entries=held, findings=shown(held, at), opened_at=at)


def verify_tasks(agency="T"):
    return [one for one in open_tasks(agency) if one["kind"] == "verify"]


def test_the_agency_gets_one_task_that_names_each_item_and_why(client, tablet, office):
    part = part_with(tablet, publish_all(office), ("TNK-05", "not_reachable"), ("LIC-08", "not_shown"))
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(part))
    Worker(office).drain()
    (task,) = verify_tasks()
    assert (task["tier"], task["plate"], task["inspection"]) == ("medium", "蒙K12345", part.part["inspection"])
    assert all(one in task["text"]["zh"] for one in ("LIC-08", "（未出示）", "TNK-05", "（无法查看）"))
    assert not Record.get().alarm


def test_without_anything_unverified_there_is_no_task(client, tablet, office):
    part = part_with(tablet, publish_all(office))
    client.simulate_post("/v1/records", headers=tablet.bearer, body=batch(part))
    Worker(office).drain()
    assert verify_tasks() == []


def test_computed_again_it_stays_one_and_goes_when_it_says_something_else(office):
    row = {"id": "verify-1", "kind": "verify", "tier": "medium", "created_at": "2026-11-21T01:30:00.000Z"}

    def settle(rows):
        office.store.write_now(lambda: held_tasks.settle("i", "verify-", rows))

    settle({"T": row})
    settle({"T": row})
    assert [one["id"] for one in verify_tasks()] == ["verify-1"]
    settle({"T": {**row, "id": "verify-2"}})
    assert [one["id"] for one in verify_tasks()] == ["verify-2"]
    settle({})
    assert verify_tasks() == []
