"""The real tablet at a real hub: nothing counts as delivered until the office has spoken, and then everything does."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from checklists.crypto import new_signing_key, sign_mapping
from checklists.records.record import sign_return
from checklists.wire import canonical
from mobile.link import enrolment, hubs, sending, sync
from mobile.link.office import Office
from mobile.link.run import Run, SyncReport
from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from mobile.store import answers, base, feed, store
from mobile.store.models import PackageRow
from mobile.store.store import Store
from mobile.store.task_act import Act
from tests.journey.test_link_tablet import sealed
from tests.server.cast import REGISTRY, now
from tests.server.hub.conftest import NewHub, NewTablet
from tests.server.hub.posts import Hub, wait
from tests.server.serving import Serving


@pytest.fixture
def tablet(parent: Serving, tmp_path: Path) -> Iterator[Store]:
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(REGISTRY))
    parent.command("load-registry", str(rows))
    parent.command("publish")
    held = store.open_store(tmp_path / "tablet", Vault(b"k" * 32))
    enrolment.keep(held, enrolment.enrol(parent.url, parent.command("enrol-code", "--agency", "T"), "一", app="0.1.0"))
    yield held
    store.release(held)


def invitation(hub: Hub) -> str:
    told = {"lujian": "hub", "v": 1, "url": hub.url, "ca": "", "certificate": hub.told()["certificate"]}
    return canonical(told).decode()


def meets(held: Store, hub: Hub) -> None:
    """Scan the hub's code, once the hub knows this tablet."""
    made = enrolment.enrolment(held)
    assert made is not None
    hubs.keep(held, made, invitation(hub), now())


def run(held: Store) -> Any:
    return sync.run_once(held)


def away(parent: Serving, act: Callable[[], Any]) -> Any:
    """Do something while nobody answers at the office's address."""
    parent.stop()
    try:
        return act()
    finally:
        parent.start()


def test_what_a_hub_holds_waits_on_until_the_office_has_it_and_is_not_sent_again(
    parent: Serving, new_hub: NewHub, tablet: Store
) -> None:
    hub = new_hub(parent)
    meets(tablet, hub)
    assert run(tablet).code == ""
    part = sealed(tablet, photos=1)
    wait(lambda: run_away(parent, tablet).held == [part.digest] or bool(store.on_hubs(tablet)[0]))
    report = run_away(parent, tablet)
    assert (report.code, report.delivered, report.held) == ("link_refused", [], [])
    assert report.by_hub and report.hub_trouble == ""
    assert [(one.state, one.on_hub) for one in store.deliveries(tablet)] == [("waiting", True)]
    assert store.unsent_bytes(tablet)[0] > 0, "all of it still has to go to the office"
    assert len(store.on_hubs(tablet)[1]) == 3, "its photos are held as well"
    wait(lambda: hub.waiting() == 0)
    report = run(tablet)
    assert (report.code, report.delivered, len(report.photos), report.unsent) == ("", [part.digest], 3, (0, 0))


def run_away(parent: Serving, tablet: Store) -> Any:
    return away(parent, lambda: run(tablet))


def test_a_hub_that_burns_takes_nothing_with_it(parent: Serving, new_hub: NewHub, tablet: Store) -> None:
    hub = new_hub(parent)
    meets(tablet, hub)
    assert run(tablet).code == ""
    hub.link.cut()
    part = sealed(tablet, photos=1)
    wait(lambda: bool(run_away(parent, tablet).by_hub and store.on_hubs(tablet)[0]))
    hub.kill()
    report = run(tablet)
    assert (report.code, report.delivered, report.unsent) == ("", [part.digest], (0, 0))


def test_photos_of_a_record_that_the_office_has_go_by_a_hub(parent: Serving, new_hub: NewHub, tablet: Store) -> None:
    """The line was lost behind the record, or another hub was, which held the photos."""
    hub = new_hub(parent)
    meets(tablet, hub)
    assert run(tablet).code == ""
    part, made = sealed(tablet, photos=1), enrolment.enrolment(tablet)
    assert made is not None
    with Office(made.link) as office:
        sending.records(Run(tablet, office, made, lambda: datetime.now(UTC), SyncReport(), bool, last_try=False))
    assert store.unsent(tablet) == (0, 3)
    dials_nobody(tablet)
    wait(lambda: run(tablet).unsent == (0, 0))
    (delivery,) = store.deliveries(tablet)
    assert (delivery.digest, delivery.state, delivery.photos_received) == (part.digest, "delivered", 1)


def test_a_hub_that_knows_less_than_the_tablet_takes_what_it_brings(
    parent: Serving, new_hub: NewHub, tablet: Store, tmp_path: Path
) -> None:
    hub = new_hub(parent)
    meets(tablet, hub)
    wait(lambda: bool(hub.told()["heard_at"]))
    hub.link.cut()
    orders(parent, tmp_path)
    assert run(tablet).code == "" and store.lookup(tablet, "orders", "蒙K99999") is not None
    part = sealed(tablet, photos=1)
    dials_nobody(tablet)
    report = run(tablet)
    assert (report.held, report.hub_trouble, len(store.on_hubs(tablet)[1])) == ([part.digest], "", 3)


def orders(parent: Serving, folder: Path) -> None:
    """The office stops a vehicle."""
    order = {"number": "7", "kind": "stop", "on": "vehicle", "key": "蒙K99999", "authority": "县局", "text": "停运"}
    rows = folder / "order.json"
    rows.write_text(json.dumps([{"kind": "orders", "key": "蒙K99999", "data": {"rows": [order]}, "as_of": now()}]))
    parent.command("load-registry", str(rows))


def dials_nobody(held: Store) -> None:
    """The tablet alone is cut off from its office: it dials a number that nobody has."""
    store.keep_setting(held, "enrolment", {**store.setting(held, "enrolment"), "url": "http://127.0.0.1:9"})


def test_the_receipts_of_the_office_come_back_by_the_hub(parent: Serving, new_hub: NewHub, tablet: Store) -> None:
    hub = new_hub(parent)
    meets(tablet, hub)
    assert run(tablet).code == ""
    part = sealed(tablet)
    made = enrolment.enrolment(tablet)
    assert made is not None
    dials_nobody(tablet)
    wait(lambda: run(tablet).delivered == [part.digest] or store.deliveries(tablet)[0].state == "delivered")
    assert store.deliveries(tablet)[0].receipt["server_key"] == made.server_key


def test_news_come_by_the_hub_and_the_feed_goes_on_at_the_office(
    parent: Serving, new_hub: NewHub, tablet: Store, tmp_path: Path
) -> None:
    hub = new_hub(parent)
    meets(tablet, hub)
    assert run(tablet).code == ""
    orders(parent, tmp_path)
    dials_nobody(tablet)
    wait(lambda: bool(run(tablet)) and store.lookup(tablet, "orders", "蒙K99999") is not None)
    store.keep_setting(tablet, "enrolment", {**store.setting(tablet, "enrolment"), "url": parent.url})
    report = run(tablet)
    assert (report.code, report.heard) == ("", set()), "nothing is loaded again"
    label = hub.told()["certificate"]["label"]
    parent.command("revoke", str(label))
    # What another process of the office wrote is told within a tenth of a second.
    wait(lambda: run(tablet).code == "" and hubs.known(tablet) is None)
    assert store.heard(tablet).whole, "a hub that is revoked is none, and nothing else changed"
    assert run(tablet).code == "" and not store.heard(tablet).coming
    assert store.lookup(tablet, "orders", "蒙K99999") is not None


@pytest.mark.parametrize("spoil", [{"url": "ftp://x"}, {"lujian": "pair"}, {"certificate": {}}, {"ca": None, "v": 2}])
def test_a_code_that_is_no_hub_of_this_office_is_refused(
    parent: Serving, new_hub: NewHub, tablet: Store, spoil: dict[str, Any]
) -> None:
    told = json.loads(invitation(new_hub(parent)))
    made = enrolment.enrolment(tablet)
    assert made is not None
    bad = {**told, **spoil}
    if "v" in spoil:
        del bad["ca"]
    for text in (json.dumps(bad), "no code", "[]"):
        with pytest.raises(Refusal) as caught:
            hubs.keep(tablet, made, text, now())
        assert caught.value.code in ("hub_not_ours", "hub_unproven")
    late = "2999-01-01T00:00:00.000Z"
    with pytest.raises(Refusal, match="hub_unproven"):
        hubs.keep(tablet, made, json.dumps(told), late)
    assert hubs.known(tablet) is None


def test_a_hub_s_word_alone_never_wipes_a_tablet(parent: Serving, tablet: Store) -> None:
    made = enrolment.enrolment(tablet)
    assert made is not None
    assert not hubs.proved(Refusal("device_revoked"), made)
    assert not hubs.proved(Refusal("device_revoked", headers={"Lujian-Revocation": "e30="}), made)
    assert feed.heard(tablet).cursor == "" and datetime.now(UTC)


def test_an_office_that_was_brought_back_gets_again_what_the_tablet_has(
    parent: Serving, tablet: Store, tmp_path: Path
) -> None:
    run(tablet)
    before = sealed(tablet)
    run(tablet)
    parent.command("backup", str(tmp_path / "backup"))
    lost = sealed(tablet, photos=1)
    answers.keep(tablet, Act("act-1", "task-1", "T-001", "read", now()))
    run(tablet)
    assert not answers.unsent(tablet) and store.unsent(tablet) == (0, 0)
    parent.stop()
    parent.command("restore", str(next((tmp_path / "backup").glob("2*"))), "--replace")
    parent.start()
    found = run(tablet)
    assert (found.code, found.delivered, store.unsent(tablet)) == ("", [lost.digest], (0, 0))
    assert found.acts == ["act-1"] and not answers.unsent(tablet), "what was done about a task is told again"
    assert {one.digest for one in store.deliveries(tablet)} == {before.digest, lost.digest}
    assert not run(tablet).delivered


def test_a_hub_that_lacks_a_package_of_which_the_tablet_has_heard_takes_all_the_same(
    parent: Serving, new_hub: NewHub, tablet: Store
) -> None:
    """The office told of it, the line was lost before it was fetched, and the hub was cut off by then."""
    hub = new_hub(parent)
    meets(tablet, hub)
    wait(lambda: bool(hub.told()["heard_at"]))
    hub.link.cut()
    assert run(tablet).code == ""
    base.run(tablet, PackageRow.delete())
    with contextlib.closing(sqlite3.connect(hub.folder / "office.sqlite3")) as behind:
        behind.execute("DELETE FROM package")
        behind.commit()
    part = sealed(tablet, photos=1)
    dials_nobody(tablet)
    report = run(tablet)
    assert (report.held, report.hub_trouble, len(store.on_hubs(tablet)[1])) == ([part.digest], "", 3)


def test_a_hub_whose_disk_is_full_still_tells_the_news(
    parent: Serving, new_hub: NewHub, tablet: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = new_hub(parent)
    meets(tablet, hub)
    wait(lambda: bool(hub.told()["heard_at"]))
    part, told = sealed(tablet, photos=1), Office.ask_json

    def full(office: Office, method: str, path: str, **more: Any) -> dict[str, Any]:
        if method == "POST" and path == "/v1/records":
            raise Refusal("storage_full", status=507)
        return told(office, method, path, **more)

    monkeypatch.setattr(Office, "ask_json", full)
    dials_nobody(tablet)
    report = run(tablet)
    assert (report.by_hub != "", report.hub_trouble, report.held) == (True, "storage_full", [])
    assert "definitions" in {one.name for one in store.packages(tablet)}, "its packages came"
    monkeypatch.undo()
    assert run(tablet).held == [part.digest]


def test_a_hub_of_before_the_office_was_brought_back_makes_no_tablet_begin_anew(
    parent: Serving, new_hub: NewHub, tablet: Store, tmp_path: Path
) -> None:
    hub = new_hub(parent)
    meets(tablet, hub)
    wait(lambda: bool(hub.told()["heard_at"]))
    assert run(tablet).code == ""
    hub.link.cut()
    parent.command("feed", "restart")
    wait(lambda: run(tablet).code == "" and store.heard(tablet).whole and not store.heard(tablet).coming)
    before = store.heard(tablet)
    part, url = sealed(tablet), store.setting(tablet, "enrolment")["url"]
    dials_nobody(tablet)
    report = run(tablet)
    assert (report.held, report.hub_trouble, report.heard) == ([part.digest], "", set())
    assert store.heard(tablet) == before, "what the office told last stands"
    store.keep_setting(tablet, "enrolment", {**store.setting(tablet, "enrolment"), "url": url})
    assert run(tablet).heard == set(), "and nothing is loaded again"


def test_a_tablet_enrolled_after_the_backup_comes_back_by_itself_and_its_label_is_given_to_nobody_else(
    parent: Serving, new_hub: NewHub, tmp_path: Path
) -> None:
    parent.command("backup", str(tmp_path / "backup"))
    late = store.open_store(tmp_path / "late", Vault(b"k" * 32))
    made = enrolment.enrol(parent.url, parent.command("enrol-code", "--agency", "T"), "二", app="0.1.0")
    enrolment.keep(late, made)
    part = sealed(late, photos=1)
    assert run(late).unsent == (0, 0)
    parent.stop()
    parent.command("restore", str(next((tmp_path / "backup").glob("2*"))), "--replace")
    parent.start()
    label = made.certificate["prefix"]
    assert parent.enrol().enrolled["certificate"]["prefix"] != label
    assert label not in parent.command("devices")
    report = run(late)
    assert (report.code, report.delivered, report.unsent) == ("", [part.digest], (0, 0))
    assert label in parent.command("devices")
    parent.command("revoke", str(label))
    assert run(late).code == "device_revoked", "who is revoked does not come back"
    store.release(late)


def test_another_key_or_certificate_brings_no_device_back(parent: Serving, new_tablet: NewTablet) -> None:
    known, key = new_tablet(parent).tablet, new_signing_key()
    paper = known.enrolled["certificate"]
    forged = sign_mapping(key, {**{one: paper[one] for one in paper if one != "signature"}, "key": key.public})

    def ask(certificate: Any, signer: Any, token: str) -> int:
        signature = sign_return(signer, device=str(certificate.get("device", "")), token=token)
        asked = {"certificate": certificate, "signature": signature}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.post(f"{parent.url}/v1/devices/return", json=asked, headers=headers, timeout=30).status_code

    token = str(known.enrolled["token"])
    assert [ask(forged, key, "t"), ask(paper, key, token), ask({}, key, "t"), ask({"device": 5}, key, "t")] == [401] * 4
    assert ask(paper, known.key, "another") == 401, "a device that is known keeps its token"
    assert (ask(paper, known.key, token), ask(paper, known.key, "")) == (200, 401)
