"""The tablet's side of the link with the real office: enrolment, packages, records, photos, a link truly down."""

import io
import json
import signal
import threading

import pytest
from PIL import Image

from checklists.inspection.entries import Entry
from checklists.wire import uuid7
from mobile.inspecting import evidence
from mobile.inspecting.manifest import manifest
from mobile.link import agreed_clock, enrolment, sync
from mobile.lock.vault import Vault
from mobile.refusals import Refusal
from mobile.store import photo_files, store
from tests.server.cast import REGISTRY, now
from tests.server.serving import Serving


@pytest.fixture
def office(tmp_path):
    held = Serving(tmp_path)
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(REGISTRY))
    held.command("load-registry", str(rows))
    held.command("publish")
    held.start()
    yield held
    held.stop()


@pytest.fixture
def tablet(office, tmp_path):
    made = enrolment.enrol(office.url, office.command("enrol-code", "--agency", "T"), "平板一", app="0.1.0")
    held = store.open_store(tmp_path / "tablet", Vault(b"k" * 32))
    enrolment.keep(held, made)
    yield held
    store.release(held)


def picture():
    buffer = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def sealed(held, photos=0):
    """An inspection with that many photos, sealed."""
    made = enrolment.enrolment(held)
    inspection, at = uuid7(), now()
    store.open_inspection(held, inspection, "T-001", at)
    for seq in range(1, photos + 1):
        value = evidence.capture(held, picture(), evidence.Stamp("09:30"))
        entry = Entry(uuid7(), inspection, made.device, seq, "T-001", "T", at, "photo", "EQP-14", value)
        store.append(held, entry)
    photos = manifest(store.entries(held, inspection))
    told = {"format": 1, "kind": "inspection", "id": uuid7(), "inspection": inspection, "opened_at": at}
    device = {"device": made.device, "certificate": made.certificate, "app": "0.1.0"}
    rest = {
        "sealed_at": at,
        "clock": agreed_clock.clock(held),
        "checklist": "cn-joint",
        "definitions": [],
        "entries": [],
    }
    empty = {"findings": [], "papers": [], "photos": photos, "outcome": {"decided": "release"}}
    return store.seal_inspection(
        held,
        inspection,
        lambda seq, previous: {**told, **device, **rest, **empty, "device_seq": seq, "previous": previous},
        made.key,
    )


def test_a_new_tablet_pulls_its_law_its_tables_and_its_registry(tablet):
    report = sync.run_once(tablet)
    assert (report.code, len(report.packages)) == ("", 2)
    assert store.lookup(tablet, "vehicle", "蒙K12345")["data"]["trailer"] == "蒙K1234挂"
    assert store.definitions(tablet) and store.tables(tablet)
    assert sync.run_once(tablet).packages == []


def test_sealed_while_the_link_is_down_and_delivered_when_it_is_back(office, tablet):
    office.stop()
    part = sealed(tablet, photos=2)
    down = sync.run_once(tablet)
    assert (down.code, down.stopped, down.unsent) == ("link_refused", False, (1, 6))
    office.start()
    report = sync.run_once(tablet)
    assert (report.code, report.delivered, len(report.photos), report.unsent) == ("", [part.digest], 6, (0, 0))
    shown = store.deliveries(tablet)[0]
    assert (shown.state, shown.photos, shown.photos_received) == ("delivered", 2, 2)


def test_an_office_killed_again_and_again_ends_with_everything_once(office, tablet):
    parts = [sealed(tablet, photos=1) for _ in range(4)]
    for wait in (0.02, 0.05, 0.1, 0.2):
        killer = threading.Timer(wait, office.stop, [signal.SIGKILL])
        killer.start()
        sync.run_once(tablet)
        killer.join()
        office.start()
    report = sync.run_once(tablet)
    assert (report.code, report.unsent) == ("", (0, 0))
    assert {one.digest for one in store.deliveries(tablet)} == {part.digest for part in parts}
    assert all(one.state == "delivered" and one.photos_received == 1 for one in store.deliveries(tablet))


def test_a_photo_changed_on_the_tablet_is_never_sent(office, tablet):
    sealed(tablet, photos=1)
    original = next(one for one in store.waiting_photos(tablet) or all_photos(tablet) if one.role == "original")
    path = photo_files.photo_path(tablet, original.sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    report = sync.run_once(tablet)
    assert (report.code, len(report.photos), report.photos_refused) == ("", 2, [original.sha256])
    assert store.photo(tablet, original.sha256).problem["code"] == "photo_damaged"


def all_photos(held):
    return [photo for one in store.inspections(held) for photo in store.photos(held, one.id)]


def test_a_revoked_tablet_stops_and_keeps_its_record(office, tablet):
    part = sealed(tablet)
    office.command("revoke", enrolment.enrolment(tablet).device)
    report = sync.run_once(tablet)
    assert (report.code, report.stopped, report.unsent) == ("device_revoked", True, (1, 0))
    assert store.sealed(tablet, part.digest) == part


def test_an_enrolment_code_works_once(office, tablet):
    code = office.command("enrol-code", "--agency", "T")
    enrolment.enrol(office.url, code, "平板二", app="0.1.0")
    with pytest.raises(Refusal, match="code_used"):
        enrolment.enrol(office.url, code, "平板三", app="0.1.0")
