"""Records and photos by way of a hub: each once at the office, and none lost, whichever link or machine breaks."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import requests

from checklists.inspection.tasks import sign_act
from checklists.records import hub as kernel
from server.store.engine import beside
from server.store.models import Device
from tests.server.cast import JPEG, REGISTRY, manifest, now, photo_file
from tests.server.hub.conftest import BOTH, NewHub, NewTablet
from tests.server.hub.posts import Traveller, wait
from tests.server.serving import Serving

SMALL = JPEG[:2000]


def at_office(parent: Serving) -> dict[str, int]:
    """How many records of each state the office has."""
    return dict(requests.get(f"{parent.url}/readyz", timeout=30).json()["records"])


@BOTH
def test_a_record_with_photos_passes_through_while_the_office_is_away(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    sealed = tablet.tablet.seal(photos=manifest(JPEG, SMALL))
    (result,) = tablet.push(hub, sealed)
    assert (result["status"], result["receipt"]) == ("held", None)
    for content in (JPEG, SMALL):
        answer = tablet.photo(hub, content)
        assert (answer.status_code, answer.headers["Lujian-Held"]) == (201, hub.id)
        assert "Lujian-Receipt" not in answer.headers
    assert tablet.ask(hub, sealed, photos=(JPEG,))["photos"][0]["status"] == "held"
    hub.link.mend()
    wait(lambda: hub.waiting() == 0)
    tablet.ask(hub, sealed, photos=(JPEG, SMALL))
    assert (len(tablet.receipts), len(tablet.photo_receipts)) == (1, 2)
    (again,) = tablet.push(parent, sealed)
    assert (again["status"], again["receipt"]) == ("duplicate", tablet.receipts[sealed.digest])
    assert sum(at_office(parent).values()) == 1


def test_an_office_that_was_brought_back_gets_again_what_a_hub_still_has(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet, tmp_path: Path
) -> None:
    (parent.folder / "rows.json").write_text(json.dumps(REGISTRY))
    parent.command("load-registry", str(parent.folder / "rows.json"))
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    parent.command("backup", str(tmp_path / "backup"))
    sealed = tablet.tablet.seal(photos=manifest(SMALL))
    tablet.push(hub, sealed)
    tablet.photo(hub, SMALL)
    act = {"id": "act-1", "officer": "T-001", "did": "read", "at": now(), "note": ""}
    _act(tablet, hub, sign_act(tablet.tablet.key, act, task="task-1", device=str(tablet.tablet.enrolled["device"])))
    wait(lambda: hub.waiting() == 0)
    parent.stop()
    parent.command("restore", str(next((tmp_path / "backup").glob("2*"))), "--replace")
    parent.start()
    assert not at_office(parent)
    wait(lambda: sum(at_office(parent).values()) == 1 and hub.waiting() == 0)
    told = tablet.ask(parent, sealed, photos=(SMALL,))
    assert [one["status"] for kind in ("records", "photos") for one in told[kind]] == ["duplicate"] * 2
    again = tablet.ask(hub, sealed, photos=(SMALL,))
    assert (again["records"], again["photos"]) == (told["records"], told["photos"])
    asked = {"acts": ["act-1", "act-2"]}
    known = requests.post(f"{parent.url}/v1/receipts", json=asked, headers=tablet.bearer(parent), timeout=30).json()
    assert [one["status"] for one in known["acts"]] == ["duplicate", "unknown"]


@BOTH
def test_what_a_tablet_sealed_that_the_office_s_backup_lacks_is_taken_from_a_hub(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet, database: str
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    sealed = tablet.tablet.seal()
    assert tablet.push(hub, sealed)[0]["status"] == "held"
    parent.stop()
    device = str(tablet.tablet.enrolled["device"])
    with beside(database or parent.folder / "office.sqlite3"):
        Device.delete().where(Device.id == device).execute()
    parent.start()
    hub.link.mend()
    wait(lambda: sum(at_office(parent).values()) == 1 and hub.waiting() == 0)
    assert str(tablet.tablet.enrolled["certificate"]["prefix"]) in parent.command("devices")


def test_a_photo_that_a_hub_lost_holds_up_no_other(parent: Serving, new_hub: NewHub, new_tablet: NewTablet) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    sealed = tablet.tablet.seal(photos=manifest(JPEG, SMALL))
    tablet.push(hub, sealed)
    for content in (JPEG, SMALL):
        tablet.photo(hub, content)
    (lost,) = (hub.folder / "photos" / "whole").rglob(photo_file(JPEG)["sha256"])
    lost.unlink()
    hub.link.mend()
    wait(lambda: hub.waiting() == 1)
    later = tablet.tablet.seal()
    tablet.push(hub, later)
    wait(lambda: sum(at_office(parent).values()) == 2)
    tablet.ask(hub, sealed, later, photos=(JPEG, SMALL))
    assert list(tablet.photo_receipts) == [photo_file(SMALL)["sha256"]]


def test_a_hub_that_is_killed_between_two_steps_goes_on_where_it_was(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    first = tablet.tablet.seal(photos=manifest(JPEG))
    tablet.push(hub, first)
    hub.kill()
    hub.start()
    tablet.photo(hub, JPEG)
    hub.kill()
    hub.start()
    second = tablet.tablet.seal()
    tablet.push(hub, second)
    hub.link.mend()
    wait(lambda: at_office(parent).get("processed", 0) + at_office(parent).get("parked", 0) > 0)
    hub.kill()
    hub.start()
    wait(lambda: hub.waiting() == 0)
    tablet.ask(hub, first, second, photos=(JPEG,))
    assert set(tablet.receipts) == {first.digest, second.digest}
    assert set(tablet.photo_receipts) == {photo_file(JPEG)["sha256"]}
    assert sum(at_office(parent).values()) == 2


def test_a_hub_that_burns_is_replaced_and_the_tablet_sends_again(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, burnt = new_tablet(parent), new_hub(parent)
    burnt.knows(tablet)
    passed = tablet.tablet.seal()
    tablet.push(burnt, passed)
    wait(lambda: burnt.waiting() == 0)
    burnt.link.cut()
    lost = tablet.tablet.seal(photos=manifest(SMALL))
    tablet.push(burnt, lost)
    tablet.photo(burnt, SMALL)
    burnt.kill()
    another = new_hub(parent)
    another.knows(tablet)
    assert [one["status"] for one in tablet.ask(another, passed, lost)["records"]] == ["unknown", "unknown"]
    assert not tablet.receipts, "what a hub held is no receipt"
    tablet.push(another, passed, lost)
    assert tablet.photo(another, SMALL).headers["Lujian-Held"] == another.id
    wait(lambda: another.waiting() == 0)
    tablet.ask(another, passed, lost, photos=(SMALL,))
    assert set(tablet.receipts) == {passed.digest, lost.digest} and len(tablet.photo_receipts) == 1
    assert sum(at_office(parent).values()) == 2


@BOTH
def test_two_hubs_with_the_same_record_get_the_same_receipt(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hubs = new_tablet(parent), (new_hub(parent), new_hub(parent))
    sealed, given = tablet.tablet.seal(photos=manifest(SMALL)), []
    for hub in hubs:
        hub.knows(tablet)
        hub.link.cut()
        tablet.push(hub, sealed)
        tablet.photo(hub, SMALL)
    for hub in hubs:
        hub.link.mend()
    for hub in hubs:
        wait(lambda hub=hub: hub.waiting() == 0)
        told = tablet.ask(hub, sealed, photos=(SMALL,))
        given.append((told["records"][0]["receipt"], told["photos"][0]["receipt"]))
    assert given[0] == given[1] and None not in given[0]
    assert sum(at_office(parent).values()) == 1


def test_a_link_that_breaks_in_the_middle_of_a_photo_loses_nothing_of_it(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    large = JPEG * 8
    hub.link.most = 1024 * 1024
    tablet.push(hub, tablet.tablet.seal(photos=manifest(large)))
    tablet.photo(hub, large)
    wait(lambda: any((parent.folder / "photos" / "parts").rglob("*")) or hub.waiting() == 0)
    wait(lambda: hub.waiting() == 0)
    tablet.ask(hub, photos=(large,))
    assert list(tablet.photo_receipts) == [photo_file(large)["sha256"]]
    whole = parent.folder / "photos" / "whole"
    assert [one.read_bytes() for one in whole.rglob("*") if one.is_file()] == [large]


def test_a_tablet_that_delivers_to_the_office_itself_meanwhile_is_told_the_same(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    sealed = tablet.tablet.seal()
    tablet.push(hub, sealed)
    (own,) = tablet.push(parent, sealed)
    hub.link.mend()
    wait(lambda: hub.waiting() == 0)
    (told,) = tablet.ask(hub, sealed)["records"]
    assert (own["status"], told["status"], told["receipt"]) == ("accepted", "duplicate", own["receipt"])


@BOTH
def test_a_conflict_is_told_as_the_office_tells_it(parent: Serving, new_hub: NewHub, new_tablet: NewTablet) -> None:
    tablet, other, hub = new_tablet(parent), new_tablet(parent), new_hub(parent)
    hub.knows(tablet, other)
    first = tablet.tablet.seal()
    inspection = json.loads(first.body)["inspection"]
    tablet.push(hub, first)
    wait(lambda: hub.waiting() == 0)
    second = other.tablet.seal(inspection=inspection)
    assert other.push(hub, second)[0]["status"] == "held", "which of two counts is the office's to say"
    wait(lambda: hub.waiting() == 0)
    (told,) = other.ask(hub, second)["records"]
    assert (told["status"], told["code"]) == ("conflict", "sealed_twice")
    assert second.digest in other.receipts


def test_what_was_done_about_a_task_is_receipted_by_the_office(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    (parent.folder / "rows.json").write_text(json.dumps(REGISTRY))
    parent.command("load-registry", str(parent.folder / "rows.json"))
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    device, key = str(tablet.tablet.enrolled["device"]), str(tablet.tablet.enrolled["server_key"])
    act = {"id": "act-1", "officer": "T-001", "did": "read", "at": now(), "note": "x"}
    signed = sign_act(tablet.tablet.key, act, task="task-1", device=device)
    answer = _act(tablet, hub, signed)
    assert (answer["held"], answer.get("receipt")) == (True, None)
    hub.link.mend()
    wait(lambda: hub.waiting() == 0)
    for at in (hub, parent):
        told = _act(tablet, at, signed)
        assert kernel.act_receipt_holds(told["receipt"], act="act-1", device=device, server_key=key)
    refused = {**signed, "officer": "T-002"}
    assert _post(tablet, hub, refused).json()["code"] == "signature_invalid"


def test_an_act_that_the_office_refuses_is_told_so_and_holds_up_nothing(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    device = str(tablet.tablet.enrolled["device"])
    act = {"id": "act-1", "officer": "T-404", "did": "read", "at": now(), "note": ""}
    signed = sign_act(tablet.tablet.key, act, task="task-1", device=device)
    _act(tablet, hub, signed)
    wait(lambda: hub.waiting() == 0)
    assert _post(tablet, hub, signed).json()["code"] == "act_officer_unknown"
    assert "posts: 1 refused" in hub.command("hub", "status")
    assert hub.command("hub", "retry").startswith("1 ")


def _post(tablet: Traveller, at: Serving, act: dict[str, str]) -> requests.Response:
    return requests.post(f"{at.url}/v1/tasks/task-1/acts", json=act, headers=tablet.bearer(at), timeout=30)


def _act(tablet: Traveller, at: Serving, act: dict[str, str]) -> dict[str, object]:
    answer = _post(tablet, at, act)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_a_tablet_said_of_itself_last_is_passed_on(
    parent: Serving, new_hub: NewHub, new_tablet: NewTablet
) -> None:
    tablet, hub = new_tablet(parent), new_hub(parent)
    hub.knows(tablet)
    hub.link.cut()
    for free in (100, 200):
        assert _say(tablet, hub, free).status_code == 200
    hub.link.mend()
    wait(lambda: _said(parent) == [200])
    assert _say(tablet, parent, 300).status_code == 200 and _said(parent) == [300]
    strange = {"app": "x", "at": now(), "device": str(tablet.tablet.enrolled["device"])}
    other = new_tablet(parent)
    requests.post(f"{parent.url}/v1/devices/status", json=strange, headers=other.tablet.bearer, timeout=30)
    assert sorted(_said(parent), key=str) == [300, None], "a tablet speaks for itself alone"


def _say(tablet: Traveller, at: Serving, free: int) -> requests.Response:
    told = {"app": "0.1.0", "at": now(), "free_bytes": free}
    return requests.post(f"{at.url}/v1/devices/status", json=told, headers=tablet.bearer(at), timeout=30)


def _said(parent: Serving) -> list[int | None]:
    link = sqlite3.connect(parent.folder / "office.sqlite3", timeout=30)
    try:
        return [free for (free,) in link.execute("SELECT free_bytes FROM device_status").fetchall()]
    finally:
        link.close()
