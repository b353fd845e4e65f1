"""Days without a network, too many wrong PINs, a revoked tablet: what was checked reaches the office all the same."""

import json
import random
import subprocess
import sys
import time
import tracemalloc

import pytest

from checklists.records.export_file import names
from mobile.desk import Desk
from mobile.inspecting import evidence
from mobile.link import enrolment as enrol
from mobile.link import receipts, sync
from mobile.lock import vault
from mobile.refusals import Refusal
from mobile.store import export, photo_files, remains, store, wipe
from tests.journey.test_link_tablet import picture, sealed
from tests.mobile.field import begun, entry, noise
from tests.server.cast import REGISTRY
from tests.server.serving import Serving

PIN = "683947"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    held = Serving(folder)
    held._environment["LUJIAN_PIN_TRIES"] = "10"
    rows = folder / "rows.json"
    rows.write_text(json.dumps(REGISTRY))
    held.command("load-registry", str(rows))
    held.start()
    yield held
    held.stop()


class Tablet:
    """A tablet at its desk, enrolled for real; its link is asked only where a test does so."""

    def __init__(self, office, folder):
        self.office, self.folder, self.went = office, folder, []
        self.desk = Desk(folder, lambda screen, where: self.went.append(screen))
        self.desk.start_sync = lambda: None
        self.enrol()

    def enrol(self):
        code = self.office.command("enrol-code", "--agency", "T")
        self.desk.enrol(enrol.enrol(self.office.url, code, "平板一", app="0.1.0"), "T-001", PIN)

    @property
    def store(self):
        return self.desk.open_store

    def sealed(self, photos=0):
        return sealed(self.store, photos)

    def unfinished(self):
        """A check with an entry and a photo that nobody sealed."""
        inspection = begun(self.store)
        value = evidence.capture(self.store, picture(), evidence.Stamp("09:30"))
        store.append(self.store, entry(inspection), entry(inspection, 2, kind="photo", value=value))
        return inspection

    def export(self, stick):
        stick.mkdir(exist_ok=True)
        contents = export.outbox(self.store)
        return export.save(self.store, vault.entrusted(self.desk.access.keys), contents, stick, self.desk.now())

    def guess(self, times):
        for number in range(times):
            try:
                self.desk.unlock("T-001", f"{number:06}")
            except Refusal as refusal:
                last = refusal
            else:
                last = None
        return last


@pytest.fixture
def tablet(office, tmp_path):
    held = Tablet(office, tmp_path / "tablet")
    yield held
    held.desk.close()


def told(office, path):
    """Import a file as the operator does, and return the receipts that were written beside it."""
    done = subprocess.run(
        [sys.executable, "-m", "server", "import", str(path)], env=office._environment, capture_output=True, text=True
    )
    return done, json.loads(path.with_name(path.stem + ".receipts.json").read_text())


def test_the_outbox_goes_by_usb_and_its_receipts_come_back(office, tablet, tmp_path):
    parts = [tablet.sealed(photos=2), tablet.sealed()]
    path = tablet.export(tmp_path / "stick")
    assert store.unsent(tablet.store) == (2, 6)
    done, answer = told(office, path)
    assert (done.returncode, answer["missing"], answer["unreadable"]) == (0, 0, [])
    assert {one["status"] for one in answer["records"]} == {"accepted"}
    taken = receipts.read(tablet.store, receipts.found([tmp_path / "stick"]))
    assert (taken.records, taken.photos, taken.refused) == (2, 6, 0)
    assert store.unsent(tablet.store) == (0, 0)
    assert {one.digest for one in store.deliveries(tablet.store) if one.state == "delivered"} == {
        part.digest for part in parts
    }
    # Over the link the office has everything already, with the very same receipts.
    again = told(office, path)[1]
    assert [one["receipt"] for one in again["records"]] == [one["receipt"] for one in answer["records"]]
    assert [one["receipt"] for one in again["photos"]] == [one["receipt"] for one in answer["photos"]]
    assert {one["status"] for one in again["records"]} == {"duplicate"}


def test_a_record_that_went_over_the_link_meanwhile_keeps_its_first_receipt(office, tablet, tmp_path):
    part = tablet.sealed(photos=1)
    path = tablet.export(tmp_path / "stick")
    assert sync.run_once(tablet.store).unsent == (0, 0)
    first = store.deliveries(tablet.store)[0].receipt
    _done, answer = told(office, path)
    (record,) = answer["records"]
    assert (record["digest"], record["status"], record["receipt"]) == (part.digest, "duplicate", first)
    assert receipts.read(tablet.store, receipts.found([tmp_path / "stick"])).records == 0


def test_a_damaged_file_gives_everything_that_can_be_read(office, tablet, tmp_path):
    parts = [tablet.sealed(photos=1) for _ in range(4)]
    path = tablet.export(tmp_path / "stick")
    content = bytearray(path.read_bytes())
    with path.open("rb") as file:
        order = list(names(file))
    # The first header is gone, one record has a flipped bit, and the end is cut off.
    content[:400] = random.Random(3).randbytes(400)
    at = content.index(order[1][0].encode()) + 512 + order[1][1] // 2
    content[at] ^= 1
    path.write_bytes(content[: len(content) * 2 // 3])
    done, answer = told(office, path)
    assert done.returncode == 3
    assert len([one for one in answer["records"] if one["receipt"]]) == len(parts) - 1
    assert order[1][0] in answer["unreadable"]
    assert answer["missing"] > 0 or len(answer["unreadable"]) > 1
    assert "damaged" in done.stdout and "not found" in done.stdout
    taken = receipts.read(tablet.store, receipts.found([tmp_path / "stick"]))
    assert taken.records == len(parts) - 1
    assert store.unsent(tablet.store)[0] == 1
    # What was damaged is still here, and goes over the link.
    assert sync.run_once(tablet.store).unsent == (0, 0)


@pytest.mark.parametrize("content", [b"", b"not ours" * 5000])
def test_what_is_no_export_is_said(office, tmp_path, content):
    path = tmp_path / "x.lujian"
    path.write_bytes(content)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        office.command("import", str(path))
    assert "handover_unreadable" in caught.value.stderr


def test_another_office_cannot_open_it(tablet, tmp_path):
    tablet.sealed()
    path = tablet.export(tmp_path / "stick")
    other = Serving(tmp_path)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        other.command("import", str(path))
    assert "handover_foreign" in caught.value.stderr


def test_nothing_in_the_file_can_be_read_without_the_office(tablet, tmp_path):
    part = tablet.sealed(photos=1)
    content = tablet.export(tmp_path / "stick").read_bytes()
    photos = [photo_files.read(tablet.store, photo["original"]["sha256"]) for photo in json.loads(part.body)["photos"]]
    assert photos and part.body not in content and b'"entries"' not in content
    assert not any(photo[:64] in content for photo in photos)
    assert tablet.store.vault.key not in content


def test_forged_or_foreign_receipts_deliver_nothing(office, tablet, tmp_path):
    tablet.sealed()
    path = tablet.export(tmp_path / "stick")
    _done, answer = told(office, path)
    file = next(iter(receipts.found([tmp_path / "stick"])))
    for spoilt in ({**answer, "missing": 7}, {**answer, "records": [{**answer["records"][0], "receipt": None}]}):
        file.write_text(json.dumps(spoilt))
        with pytest.raises(Refusal, match="receipt_invalid"):
            receipts.read(tablet.store, [file])
    file.write_text("{")
    with pytest.raises(Refusal, match="receipts_unreadable"):
        receipts.read(tablet.store, [file])
    file.write_text(json.dumps({**answer, "device": "another"}))
    with pytest.raises(Refusal, match="receipts_missing"):
        receipts.read(tablet.store, [file])
    assert store.unsent(tablet.store) == (1, 0)


def test_sixty_photos_do_not_sit_in_memory(tablet, tmp_path):
    inspection = begun(tablet.store)
    content = b"\xff\xd8\xff" + noise(1_000_000)
    for number in range(60):
        file = evidence._keep(tablet.store, content + bytes([number]), "image/jpeg")
        store.append(tablet.store, entry(inspection, number + 1, kind="photo", value=file))
    office, contents = vault.entrusted(tablet.desk.access.keys), export.outbox(tablet.store, unfinished=True)
    assert len(contents.unfinished_photos) == 60
    (tmp_path / "stick").mkdir()
    tracemalloc.start()
    path = export.save(tablet.store, office, contents, tmp_path / "stick", tablet.desk.now())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 60 * len(content)
    assert peak < len(content), f"{peak} bytes at once, a photo has {len(content)}"


def test_too_many_wrong_pins_wipe_and_lose_no_evidence(office, tablet):
    delivered = tablet.sealed(photos=1)
    assert sync.run_once(tablet.store).unsent == (0, 0)
    waiting, unfinished = tablet.sealed(photos=1), tablet.unfinished()
    device = tablet.desk.access.device
    tablet.desk.lock()
    warned = tablet.guess(9)
    assert (warned.code, warned.facts["spare"]) == ("pin_wrong", 1)
    assert tablet.guess(1) is None
    assert tablet.went[-1] == "wiped"
    told = wipe.finish(tablet.folder)
    assert (told.why, told.records, told.unfinished, told.photos, told.checks) == ("tries", 1, 1, 6, 2)
    assert {one.name for one in tablet.folder.iterdir()} <= {"wiped.json", "kept", "camera"}
    (file,) = remains.all_kept(tablet.folder)
    assert delivered.digest not in " ".join(file.left) and f"records/{waiting.digest}.json" in file.left
    tablet.enrol()
    assert wipe.pending(tablet.folder) is None
    assert tablet.desk.access.device != device and tablet.desk.backlog.unsent == (2, 6)
    report = sync.run_once(tablet.store)
    assert (report.code, remains.all_kept(tablet.folder)) == ("", ())
    tablet.desk.recount()
    assert tablet.desk.backlog.unsent == (0, 0)
    aside = office.folder / "unfinished" / unfinished
    held = json.loads((aside / "entries.json").read_text())
    assert (held["signed"], [one["kind"] for one in held["entries"]]) == (False, ["answer", "photo"])
    assert len(list(aside.glob("*.jpg"))) == 3


def test_a_wiped_tablet_that_is_switched_off_anywhere_goes_on(office, tablet, monkeypatch):
    tablet.sealed(photos=1)
    tablet.desk.lock()
    tablet.guess(10)
    steps = ("mobile.store.remains._remember", "mobile.store.export.os.fsync", "mobile.store.wipe.shutil.rmtree")
    for step in steps:
        with monkeypatch.context() as cut:
            cut.setattr(step, lambda *_args, **_more: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                wipe.finish(tablet.folder)
        assert not tablet.desk.access.keys.exists()
        assert not wipe.pending(tablet.folder).done
    assert wipe.finish(tablet.folder).records == 1
    assert len(list((tablet.folder / "kept").glob("*.lujian"))) == 1


def test_a_store_that_is_torn_is_kept_whole(tablet):
    tablet.sealed(photos=1)
    tablet.desk.lock()
    tablet.guess(10)
    path = tablet.folder / "data" / "store.db"
    path.write_bytes(b"\0" * path.stat().st_size)
    assert wipe.finish(tablet.folder).unfinished == 1
    assert (tablet.folder / "kept" / "raw-1" / "data" / "store.db").exists()
    assert len(list((tablet.folder / "kept" / "raw-1" / "photos").rglob("*/*"))) >= 3


def test_a_revoked_tablet_wipes_itself_and_its_file_counts_all_the_same(office, tablet, tmp_path):
    part = tablet.sealed(photos=1)
    office.command("revoke", tablet.desk.access.device)
    tablet.desk.courier.start(tablet.store)
    end = time.monotonic() + 120
    while tablet.went[-1:] != ["wiped"] and time.monotonic() < end:
        time.sleep(0.01)
    assert (tablet.went[-1:], wipe.finish(tablet.folder).why) == (["wiped"], "revoked")
    (file,) = remains.all_kept(tablet.folder)
    (tmp_path / "stick").mkdir()
    _done, answer = told(office, export.copy(file.path, tmp_path / "stick"))
    assert [(one["digest"], one["status"]) for one in answer["records"]] == [(part.digest, "accepted")]
    tablet.enrol()
    assert receipts.read(tablet.store, receipts.found([tmp_path / "stick"])).records == 1
    assert remains.all_kept(tablet.folder) == ()
