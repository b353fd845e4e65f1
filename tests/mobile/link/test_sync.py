import json
from datetime import UTC, datetime, timedelta

import pytest

from checklists import crypto
from checklists.records import record
from checklists.wire import canonical, digest
from mobile.inspecting import evidence
from mobile.link import agreed_clock, enrolment, retries, sync
from mobile.link.lanes import FIRST_BYTES
from mobile.refusals import Refusal
from mobile.store import store
from tests.mobile.fake_office import FakeOffice, cut, fails, serving
from tests.mobile.field import AT, DEVICE, OFFICE, begun, built, entry, line, opened, sealed

NOW = datetime.fromisoformat(AT)


def run(tablet, **more):
    return sync.run_once(tablet, now=more.pop("now", lambda: NOW), chance=lambda: 0.5, **more)


def with_photo(tablet, content=b"x" * 700_000, name="p1"):
    inspection = begun(tablet)
    (tablet.folder / "photos").mkdir(exist_ok=True)
    file = evidence._keep(tablet, content, "image/jpeg")
    store.append(tablet, entry(inspection, kind="photo", id=name, value=file))
    manifest = [{"entry": name, "original": file}]
    return store.seal_inspection(tablet, inspection, built(inspection, photos=manifest), DEVICE), file["sha256"]


def test_a_record_is_delivered_with_the_very_bytes_that_were_signed(tablet, office):
    part = sealed(tablet)
    report = run(tablet)
    assert (report.code, report.delivered, report.unsent) == ("", [part.digest], (0, 0))
    assert part.body in office.bodies[0]
    assert digest(office.parts[part.digest]) == part.digest


def test_serious_records_go_first_and_the_chain_head_goes_along(tablet, office):
    light, serious = sealed(tablet), sealed(tablet, findings=[{"severity": "I"}])
    run(tablet)
    body = office.bodies[0]
    assert body.index(serious.body) < body.index(light.body)
    assert b'"seq": 2' in body and serious.digest.encode() in body.partition(b"records")[0]


def test_a_link_that_is_down_is_a_refused_socket_and_loses_nothing(tmp_path):
    held = opened(tmp_path)
    with serving(FakeOffice()) as gone:
        enrolment.keep(held, enrolment.enrol(gone.url, "12345678", "平板一", app="test"))
    part = sealed(held)
    report = run(held)
    assert (report.code, report.stopped, report.unsent) == ("link_refused", False, (1, 0))
    assert 15 <= report.retry_s <= 300
    assert [one.digest for one in store.waiting_records(held)] == [part.digest]
    store.release(held)


def odd_answers(tablet, part):
    """Answers to a batch that no office of ours gives, each with what is changed in it."""
    receipt = record.receipt(OFFICE, digest_=part.digest, device_seq=1, received_at=AT)
    result = {"digest": part.digest, "status": "accepted", "receipt": receipt}
    for given in (True, 5, "x", [5], {**receipt, "device_seq": 2**70}, {**receipt, "received_at": 1.5}):
        yield {"at": AT, "results": [{**result, "receipt": given}]}
    for at in ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"):
        yield {"at": at, "results": [result]}


def test_an_odd_answer_is_told_and_ends_no_duty(tablet, office):
    part = sealed(tablet)
    bodies = [json.dumps(one).encode() for one in odd_answers(tablet, part)]
    for body in (*bodies, b"[" * 100_000):
        office.faults = [lambda handler, body=body: handler.answer(200, body) or True] * 5
        assert run(tablet).code in ("answer_malformed", "receipt_invalid")
        assert [one.digest for one in store.waiting_records(tablet)] == [part.digest]
    office.faults = []
    assert run(tablet).delivered == [part.digest]


def test_a_photo_with_an_odd_receipt_goes_on_waiting(tablet, office):
    with_photo(tablet, b"x" * 2000)

    def odd(handler):
        if "/photos" not in handler.path:
            return False
        handler.answer(200, b"", Upload_Offset="2000", Lujian_Receipt="bnVsbA==")
        return True

    office.faults = [odd] * 12
    report = run(tablet)
    assert (report.code, report.unsent) == ("answer_malformed", (0, 1))


def test_an_answer_lost_on_the_way_is_asked_for_again_and_the_record_is_there_once(tablet, office):
    part = sealed(tablet)

    def take_and_cut(handler):
        handler.answer = lambda *_, **__: cut(handler)
        return False

    office.faults = [take_and_cut]
    report = run(tablet)
    assert (report.code, report.delivered, len(office.parts)) == ("", [part.digest], 1)
    assert len(office.bodies) == 2


def runs(tablet, count, **more):
    """Runs in a row as the courier makes them; returns their reports."""
    reports, failures, damaged = [], 0, 0
    for _ in range(count):
        report = run(tablet, failures=failures, damaged=damaged, **more)
        failures, damaged = (failures + 1, report.damaged) if report.code else (0, 0)
        reports.append(report)
    return reports


def test_a_receipt_under_another_key_keeps_the_record_and_stops_after_a_few_runs(tablet, office):
    part = sealed(tablet)
    office.receipt_key = crypto.new_signing_key()
    reports = runs(tablet, retries.TRIES)
    assert [(one.code, one.stopped) for one in reports] == [("receipt_invalid", False)] * 3 + [
        ("receipt_invalid", True)
    ]
    waits = [one.retry_s for one in reports[:-1]]
    assert waits == sorted(set(waits)) and waits[0] >= 15 and sum(waits) < 300
    assert [one.digest for one in store.waiting_records(tablet)] == [part.digest]
    assert run(tablet, damaged=reports[-1].damaged).stopped


def flips_the_receipt(handler):
    """One bit of the answer is another one when it arrives."""
    whole = handler.answer

    def answer(status, content=b"", **headers):
        at = content.find(b'"receipt"') + content[content.find(b'"receipt"') :].find(b'"signature"') + 16
        flipped = bytes([content[at] ^ 1])
        whole(status, content[:at] + flipped + content[at + 1 :], **headers)

    handler.answer = answer
    return False


def test_one_flipped_bit_in_a_receipt_heals_by_itself(tablet, office):
    part = sealed(tablet)
    office.faults = [flips_the_receipt]
    first, second = runs(tablet, 2)
    assert (first.code, first.stopped, first.damaged) == ("receipt_invalid", False, 1)
    assert (second.code, second.delivered, second.damaged) == ("", [part.digest], 0)


def test_one_flipped_bit_in_what_is_sent_heals_by_itself(tablet, office):
    part = sealed(tablet)
    office.faults = [fails(400, "malformed")]
    first, second = runs(tablet, 2)
    assert (first.code, first.stopped) == ("malformed", False)
    assert second.delivered == [part.digest]


def test_after_a_night_without_a_link_one_flipped_bit_does_not_stop(tablet, office):
    sealed(tablet)
    office.faults = [fails(400, "malformed")]
    report = run(tablet, failures=500, damaged=0)
    assert (report.stopped, report.damaged) == (False, 1)


@pytest.mark.parametrize(("status", "code"), [(409, "photo_differs"), (403, "photo_unknown"), (413, "photo_too_large")])
def test_a_photo_that_came_out_otherwise_is_sent_again_and_holds_up_nothing(tablet, office, status, code):
    _, first = with_photo(tablet)
    _, second = with_photo(tablet, b"y" * 1000, "p2")
    office.faults = [lambda _: False, fails(status, code)]
    report = run(tablet)
    assert (report.code, report.photos, report.photos_refused) == (code, [second], [])
    assert run(tablet, damaged=report.damaged).photos == [first]


def test_a_photo_that_differs_again_and_again_is_refused_and_the_rest_goes_on(tablet, office):
    _, first = with_photo(tablet)
    _, second = with_photo(tablet, b"y" * 1000, "p2")
    office.faults = [lambda _: False, fails(409, "photo_differs")]
    report = run(tablet, damaged=retries.TRIES - 1)
    assert (report.code, report.photos_refused, report.photos) == ("", [first], [second])


def test_a_rejected_record_stays_with_its_reason_and_is_not_sent_again(tablet, office):
    part = sealed(tablet)
    office.status = "rejected"
    report = run(tablet)
    assert (report.rejected, report.unsent) == ([part.digest], (1, 0))
    assert store.deliveries(tablet)[0].problem == {"code": "signature_invalid", "detail": "tampered"}
    run(tablet)
    assert len(office.bodies) == 1


def test_a_conflict_has_its_receipt_and_stays_visible(tablet, office):
    part = sealed(tablet)
    office.status = "conflict"
    assert run(tablet).conflicts == [part.digest]
    shown = store.deliveries(tablet)[0]
    assert (shown.state, shown.receipt["digest"]) == ("conflict", part.digest)


@pytest.mark.parametrize(("status", "code"), [(401, "token_invalid"), (403, "device_revoked")])
def test_a_revoked_device_stops_at_once(tablet, office, status, code):
    sealed(tablet)
    office.faults = [fails(status, code)]
    report = run(tablet)
    assert (report.code, report.stopped, report.unsent) == (code, True, (1, 0))


@pytest.mark.parametrize(("status", "code"), [(500, "office_failed"), (503, "link_busy"), (302, "answer_malformed")])
def test_trouble_that_may_pass_is_tried_again_later(tablet, office, status, code):
    sealed(tablet)
    office.faults = [fails(status, "")]
    report = run(tablet, failures=3)
    assert (report.code, report.stopped) == (code, False)
    assert report.retry_s > 15


def test_photos_follow_their_record_and_need_a_receipt(tablet, office):
    part, sha256 = with_photo(tablet)
    report = run(tablet)
    assert (report.delivered, report.photos, report.unsent) == ([part.digest], [sha256], (0, 0))
    assert [one.split()[0] for one in office.requests[:2]] == ["POST", "POST"]
    assert digest(office.photos[sha256]) == sha256
    shown = store.deliveries(tablet)[0]
    assert (shown.photos, shown.photos_received) == (1, 1)


def test_a_photo_cut_off_goes_on_where_it_was(tablet, office):
    _, sha256 = with_photo(tablet)
    office.faults = [lambda _: False, lambda _: False, lambda _: False] + [cut] * 20
    report = run(tablet)
    assert (report.code, report.unsent) == ("link_broken", (0, 1))
    assert store.photo(tablet, sha256).sent == 3 * FIRST_BYTES
    office.faults = []
    office.requests.clear()
    assert run(tablet).photos == [sha256]
    assert digest(office.photos[sha256]) == sha256


def test_one_photo_that_is_refused_does_not_hold_up_the_rest(tablet, office):
    _, sha256 = with_photo(tablet)
    office.faults = [lambda _: False, lambda _: False, fails(415, "not_an_image")]
    office.packages = {"reference": b'{"goods":[]}'}
    report = run(tablet)
    assert (report.code, report.photos_refused) == ("", [sha256])
    assert store.photo(tablet, sha256).problem["code"] == "not_an_image"
    assert store.tables(tablet) == {"goods": []}


def test_packages_are_pulled_once_and_again_only_when_they_change(tablet, office):
    office.packages = {"definitions": canonical({"v": 1}), "reference": canonical({"goods": []})}
    assert len(run(tablet).packages) == 2
    assert run(tablet).packages == []
    office.packages["definitions"] = canonical({"v": 2})
    assert len(run(tablet).packages) == 1
    assert store.definitions(tablet) == {"v": 2}


def test_a_clock_a_year_off_is_noticed_and_its_jump_written_down(tablet, office):
    run(tablet)
    assert agreed_clock.clock(tablet) == {"offset_ms": 0, "agreed_at": AT, "jumps": []}
    run(tablet, now=lambda: datetime(2027, 11, 21, 1, 30, tzinfo=UTC))
    clock = agreed_clock.clock(tablet)
    year_ms = 365 * 24 * 3600 * 1000
    assert clock["offset_ms"] == -year_ms
    assert clock["jumps"] == [{"seen_at": AT, "by_ms": -year_ms}]


def test_a_tablet_that_never_enrolled_says_so(tmp_path):
    from mobile.lock.vault import Vault

    held = store.open_store(tmp_path, Vault(b"k" * 32))
    report = run(held)
    assert (report.code, report.stopped) == ("not_enrolled", True)
    store.release(held)


def test_enrolment_pins_the_office_and_survives_a_restart(tablet, tmp_path):
    again = opened_as_it_is(tmp_path)
    made = enrolment.enrolment(again)
    assert (made.device, made.office, made.officers[0]["id"]) == ("dev-1", "县交通运输综合行政执法大队", "a")
    assert made.certificate["key"] == made.key.public
    store.release(again)


def opened_as_it_is(folder):
    from mobile.lock.vault import Vault

    return store.open_store(folder, Vault(b"k" * 32))


def test_a_wrong_code_and_a_forged_certificate_are_refused(office):
    with pytest.raises(Refusal, match="code_invalid"):
        enrolment.enrol(office.url, "0", "平板一", app="test")
    office.receipt_key = crypto.new_signing_key()
    with pytest.raises(Refusal, match="certificate_invalid"):
        enrolment.enrol(office.url, "12345678", "平板一", app="test")


def test_an_address_that_is_none_is_said():
    with pytest.raises(Refusal, match="address_invalid"):
        enrolment.enrol("office.example", "12345678", "平板一", app="test")


def test_an_enrolment_whose_answer_was_lost_is_asked_for_again_with_the_same_key(office):
    def take_and_cut(handler):
        handler.answer = lambda *_, **__: cut(handler)
        return False

    key = crypto.new_signing_key()
    office.faults = [take_and_cut]
    with pytest.raises(Refusal, match="link_broken"):
        enrolment.enrol(office.url, "12345678", "平板一", app="test", key=key)
    assert enrolment.enrol(office.url, "12345678", "平板一", app="test", key=key).key == key


def test_the_office_is_told_now_and_then_how_the_tablet_stands(tablet, office):
    sealed(tablet)
    for minutes in (0, 1, 4, 6):
        run(tablet, now=lambda minutes=minutes: NOW + timedelta(minutes=minutes))
    assert [one["at"] for one in office.statuses] == [AT, "2026-11-21T01:36:00.000Z"]
    assert office.statuses[0]["waiting"]["records"] == 0, "said at the end of a run"


def test_an_office_that_will_not_hear_how_a_tablet_stands_is_no_trouble(tablet, office):
    office.feed_faults = [lambda _: False, lambda _: False, fails(404, "not_found")]
    assert run(tablet).code == "" and office.statuses == []


def test_where_news_find_no_room_what_waits_goes_to_the_office_all_the_same(tablet, office):
    part, sha256 = with_photo(tablet)
    office.tell(*[line("vehicle", f"蒙K{number:05}", {"note": "x" * 300}) for number in range(600)])
    tablet.db.pragma("max_page_count", tablet.db.pragma("page_count") + 4)
    report = run(tablet)
    assert (report.code, report.stopped) == ("disk_full", True)
    assert (report.delivered, report.photos, report.unsent) == ([part.digest], [sha256], (0, 0))
    assert store.heard(tablet).cursor == ""


def test_a_receipt_that_finds_no_room_keeps_no_other_record_here(tablet, office, monkeypatch):
    parts = [sealed(tablet) for _ in range(60)]
    with monkeypatch.context() as patched:
        patched.setattr(store, "mark_delivered", full)
        report = run(tablet)
    assert (report.code, len(office.parts), report.unsent) == ("disk_full", len(parts), (len(parts), 0))
    assert run(tablet).unsent == (0, 0) and len(office.parts) == len(parts)


def test_a_package_that_is_not_whole_keeps_no_photo_here(tablet, office, monkeypatch):
    _, sha256 = with_photo(tablet)
    office.packages = {"reference": b'{"goods":[]}'}
    monkeypatch.setattr(sync.fetching, "fetch", lambda *_: b"torn")
    report = run(tablet)
    assert (report.code, report.damaged, report.photos) == ("package_invalid", 1, [sha256])
    assert run(tablet, damaged=retries.TRIES - 1).stopped


def full(*_args, **_more):
    raise Refusal("disk_full")
