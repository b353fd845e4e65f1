import json

import pytest

from checklists import crypto
from checklists.records import record
from checklists.wire import canonical, uuid7
from mobile.refusals import Refusal
from mobile.store import store
from mobile.store.draft import draft_digest
from tests.mobile.field import AT, DEVICE, OFFICE, begun, built, entry, hear, line, offer, opened, sealed


@pytest.fixture
def held(tmp_path):
    held = opened(tmp_path)
    yield held
    store.release(held)


def receipt(sealed_, key=OFFICE, **changes):
    body = {"digest": sealed_.digest, "device_seq": 1, "received_at": AT, "server_key": key.public, **changes}
    return crypto.sign_mapping(key, body)


def refusal(function, *args, **more):
    with pytest.raises(Refusal) as caught:
        function(*args, **more)
    return caught.value.code


def test_entries_come_back_as_they_were_put_down(held, tmp_path):
    inspection = begun(held)
    put = [entry(inspection, seq, value={"note": "泄漏", "kg": 29120}) for seq in (1, 2, 3)]
    for one in reversed(put):
        store.append(held, one)
    again = opened(tmp_path)
    assert store.entries(again, inspection) == tuple(put)
    store.release(again)


def test_the_same_entry_twice_is_once_and_another_under_its_id_is_refused(held):
    inspection = begun(held)
    first = entry(inspection)
    store.append(held, first)
    store.append(held, first)
    other = entry(inspection, id=first.id, value={"result": "does_not_conform"})
    assert refusal(store.append, held, other) == "entry_differs"
    assert store.entries(held, inspection) == (first,)


def test_entries_of_one_act_stand_together_or_not_at_all(held):
    inspection = begun(held)
    act = [entry(inspection, seq) for seq in (1, 2, 3)]
    spoilt = entry(inspection, 4, id=act[1].id)
    assert refusal(store.append, held, *act, spoilt) == "entry_differs"
    assert store.entries(held, inspection) == ()
    store.append(held, *act)
    assert store.entries(held, inspection) == tuple(act)


def test_an_entry_needs_an_inspection_that_is_open(held):
    assert refusal(store.append, held, entry("nowhere")) == "inspection_unknown"
    inspection = begun(held)
    store.abandon(held, inspection)
    assert refusal(store.append, held, entry(inspection)) == "inspection_closed"


def test_a_float_is_refused_before_anything_is_written(held):
    inspection = begun(held)
    with pytest.raises(ValueError, match="float"):
        store.append(held, entry(inspection, value={"t": 29.12}))
    assert store.entries(held, inspection) == ()


def test_nothing_readable_about_people_or_vehicles_stands_in_the_files(held, tmp_path):
    inspection = begun(held)
    store.append(held, entry(inspection, item="signature:driver:王大力", value={"plate": "蒙K12345"}))
    hear(held, line("vehicle", "蒙K12345", {"carrier": "鲁通化工", "trailer": "蒙K1234挂"}))
    store.remember_view(held, {"screen": "walk", "plate": "蒙K12345"})
    raw = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert not [word for word in ("王大力", "蒙K12345", "鲁通化工", "conforms") if word.encode() in raw]


def test_another_vault_does_not_open_this_store(held, tmp_path):
    assert refusal(opened, tmp_path, b"z" * 32) == "store_key_differs"


def test_a_store_of_a_newer_app_is_left_alone(held, tmp_path):
    held.db.pragma("user_version", 99)
    assert refusal(opened, tmp_path) == "store_newer"


def test_the_view_is_where_the_officer_stood_last(held):
    assert store.view(held) == {}
    store.remember_view(held, {"screen": "walk"})
    store.remember_view(held, {"screen": "outcome", "inspection": "i"})
    assert store.view(held) == {"screen": "outcome", "inspection": "i"}


def test_parts_of_a_device_form_a_chain(held):
    first, second = sealed(held), sealed(held)
    assert (first.part["device_seq"], first.part["previous"]) == (1, None)
    assert (second.part["device_seq"], second.part["previous"]) == (2, first.digest)
    assert store.chain_head(held) == (2, second.digest)


def test_a_sealed_inspection_is_closed_and_waits_with_its_very_bytes(held):
    part = sealed(held)
    inspection = part.part["inspection"]
    assert refusal(store.append, held, entry(inspection)) == "inspection_closed"
    assert refusal(store.seal_inspection, held, inspection, built(inspection), DEVICE) == "inspection_closed"
    assert store.sealed(held, part.digest) == part
    assert record.broken(part.body, part.digest, part.signature, DEVICE.public) is None


def test_a_part_that_cannot_be_built_takes_no_number(held):
    inspection = begun(held)
    with pytest.raises(ZeroDivisionError):
        store.seal_inspection(held, inspection, lambda seq, previous: 1 / 0, DEVICE)
    assert store.chain_head(held) == (0, None)
    assert store.inspection_state(held, inspection) == "in_progress"


def test_a_signature_for_another_draft_stops_the_seal(held):
    inspection = begun(held)
    draft = built(inspection, outcome={"decided": "hold"})(1, None)
    signed = {"id": "s", "kind": "signature", "officer": "b", "value": {"digest": draft_digest(draft)}}
    changed = built(inspection, outcome={"decided": "release"}, entries=[signed])
    assert refusal(store.seal_inspection, held, inspection, changed, DEVICE) == "draft_changed"
    same = built(inspection, outcome={"decided": "hold"}, entries=[signed])
    assert store.seal_inspection(held, inspection, same, DEVICE).part["device_seq"] == 1


def test_only_a_receipt_that_names_the_digest_under_the_pinned_key_empties_the_outbox(held):
    part = sealed(held)
    forged = crypto.new_signing_key()
    for wrong in (receipt(part, digest="0" * 64), receipt(part, forged), {**receipt(part), "received_at": "later"}):
        assert refusal(store.mark_delivered, held, part.digest, wrong) == "receipt_invalid"
    assert [one.digest for one in store.waiting_records(held)] == [part.digest]
    store.mark_delivered(held, part.digest, receipt(part))
    assert store.waiting_records(held) == ()
    assert store.unsent(held) == (0, 0)


def test_a_refused_part_stays_with_its_reason_until_a_person_decides(held):
    part = sealed(held)
    store.mark_rejected(held, part.digest, "signature_invalid", "")
    (shown,) = store.deliveries(held)
    assert (shown.state, shown.problem["code"]) == ("rejected", "signature_invalid")
    assert store.waiting_records(held) == () and store.unsent(held) == (1, 0)
    store.try_again(held, part.digest)
    assert [one.digest for one in store.waiting_records(held)] == [part.digest]


def test_serious_findings_are_known_to_the_outbox(held):
    sealed(held, findings=[{"severity": "II"}, {"severity": "I"}])
    assert [one.priority for one in store.waiting_records(held)] == [1]


def test_photos_are_wanted_from_the_seal_and_sent_after_their_record(held):
    inspection = begun(held)
    file = {"sha256": "a" * 64, "bytes": 9, "type": "image/jpeg"}
    store.append(held, entry(inspection, kind="photo", id="e1", value={**file, "item": "TNK-07"}))
    assert [one.state for one in store.photos(held, inspection)] == ["local"]
    part = store.seal_inspection(
        held, inspection, built(inspection, photos=[{"entry": "e1", "original": file}]), DEVICE
    )
    assert [one.state for one in store.photos(held, inspection)] == ["wanted"]
    assert store.waiting_photos(held) == ()
    store.mark_delivered(held, part.digest, receipt(part))
    assert [one.sha256 for one in store.waiting_photos(held)] == ["a" * 64]


def test_a_photo_counts_once_and_is_there_once_its_last_file_is(held):
    inspection = begun(held)
    files = {
        role: {"sha256": sign * 64, "bytes": 9, "type": "image/jpeg"}
        for role, sign in (("original", "a"), ("working", "b"))
    }
    value = {**files["original"], "working": files["working"]}
    store.append(held, entry(inspection, kind="photo", id="e1", value=value))
    store.seal_inspection(held, inspection, built(inspection, photos=[{"entry": "e1", **files}]), DEVICE)
    for there, sign in enumerate("ab"):
        given = {"sha256": sign * 64, "bytes": 9, "received_at": AT, "server_key": OFFICE.public}
        store.photo_received(held, sign * 64, crypto.sign_mapping(OFFICE, given))
        (shown,) = store.deliveries(held)
        assert (shown.photos, shown.photos_received) == (1, there)


def test_a_photo_is_received_only_by_a_receipt_of_its_bytes(held):
    inspection = begun(held)
    file = {"sha256": "a" * 64, "bytes": 9, "type": "image/jpeg"}
    store.append(held, entry(inspection, kind="photo", value=file))
    given = {"sha256": "a" * 64, "bytes": 9, "received_at": AT, "server_key": OFFICE.public}
    short = crypto.sign_mapping(OFFICE, {**given, "bytes": 8})
    assert refusal(store.photo_received, held, "a" * 64, short) == "receipt_invalid"
    store.photo_received(held, "a" * 64, crypto.sign_mapping(OFFICE, given))
    assert store.photo(held, "a" * 64).state == "received"


def test_a_package_with_a_changed_byte_or_a_foreign_signature_changes_nothing(held):
    body, other = canonical({"checklists": []}), canonical({"checklists": [1]})
    store.apply_package(held, offer("definitions", body), body, AT)
    foreign = {**offer("definitions", other), "signature": DEVICE.sign(b"x")}
    for offered, sent in ((offer("definitions", other), body), (foreign, other)):
        assert refusal(store.apply_package, held, offered, sent, AT) == "package_invalid"
    assert store.definitions(held) == {"checklists": []}


def test_definitions_and_tables_come_back_as_published(held):
    assert store.definitions(held) is None
    body = canonical({"checklists": [], "title": {"zh": "联合检查"}})
    store.apply_package(held, offer("definitions", body), body, AT)
    assert store.definitions(held) == json.loads(body)
    assert store.tables(held) is None


def test_a_number_for_a_paper_is_never_given_twice(held, tmp_path):
    assert [store.next_paper_number(held, "record") for _ in range(2)] == [1, 2]
    again = opened(tmp_path)
    assert (store.next_paper_number(again, "record"), store.next_paper_number(again, "notice")) == (3, 1)
    store.release(again)


def test_a_full_disk_is_said_and_leaves_nothing_half_written(held):
    inspection = begun(held)
    pages = held.db.pragma("page_count")
    held.db.pragma("max_page_count", pages)
    long = {"note": "长" * 20_000}
    assert refusal(store.append, held, entry(inspection, value=long)) == "disk_full"
    held.db.pragma("max_page_count", pages + 1000)
    assert store.entries(held, inspection) == ()
    store.append(held, entry(inspection, value=long))
    assert len(store.entries(held, inspection)) == 1


def test_a_full_disk_stops_a_seal_whole(held):
    inspection = begun(held)
    held.db.pragma("max_page_count", held.db.pragma("page_count"))
    big = built(inspection, rows={"items": uuid7() * 3000})
    assert refusal(store.seal_inspection, held, inspection, big, DEVICE) == "disk_full"
    assert (store.chain_head(held), store.inspection_state(held, inspection)) == ((0, None), "in_progress")
