from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from falcon.testing import Result, TestClient

from checklists.records.record import Sealed, receipt_holds
from checklists.wire import canonical, digest, uuid7
from server.gate.ingest import unpack
from server.office import Office
from server.store import bodies, conflicts, devices, records, usage
from server.store.models import PhotosDue, Record
from tests.server.cast import JPEG, PNG, Tablet, batch, manifest, sent, take


def push(client: TestClient, tablet: Tablet, body: bytes, **headers: str) -> Result:
    return client.simulate_post("/v1/records", headers={**tablet.bearer, **headers}, body=body)


def results(answer: Result) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return answer.json["results"]


def test_a_sealed_part_is_accepted_with_a_receipt_of_the_office(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    sealed = tablet.seal()
    (result,) = results(push(client, tablet, batch(sealed)))
    assert result["status"] == "accepted"
    assert receipt_holds(result["receipt"], digest_=sealed.digest, server_key=tablet.enrolled["server_key"])
    assert result["receipt"]["device_seq"] == 1


def test_the_bytes_are_kept_as_they_came(client: TestClient, tablet: Tablet) -> None:
    sealed = tablet.seal(of_a_later_version={"字": "中文 \U0001f69b", "n": 2**53 - 1})
    push(client, tablet, batch(sealed))
    held = records.by_digest(sealed.digest)
    assert held is not None
    assert bodies.of(held) == sealed.body


def test_a_replayed_batch_gets_the_very_same_receipts(client: TestClient, tablet: Tablet) -> None:
    body = batch(*(tablet.seal(photos=manifest(JPEG, PNG)) for _ in range(5)))
    first, second = (results(push(client, tablet, body)) for _ in range(2))
    assert [one["status"] for one in second] == ["duplicate"] * 5
    assert [one["receipt"] for one in first] == [one["receipt"] for one in second]
    assert (Record.select().count(), PhotosDue.select().count()) == (5, 5)


def test_the_same_record_twice_in_one_batch_is_stored_once(client: TestClient, tablet: Tablet) -> None:
    sealed = tablet.seal()
    first, second = results(push(client, tablet, batch(sealed, sealed)))
    assert (first["status"], second["status"]) == ("accepted", "duplicate")
    assert first["receipt"] == second["receipt"]


def test_one_bad_record_does_not_fail_its_batch(client: TestClient, tablet: Tablet) -> None:
    body = batch(tablet.seal(), b'{"digest": 3}', b"[1]", tablet.seal())
    assert [one["status"] for one in results(push(client, tablet, body))] == [
        "accepted",
        "rejected",
        "rejected",
        "accepted",
    ]


def changed(sealed: Sealed, old: bytes, new: bytes, *, honest: bool = False) -> bytes:
    """Return the record with changed bytes; `honest` claims the digest that they now have."""
    body = sealed.body.replace(old, new, 1)
    return sent(Sealed(body, digest(body) if honest else sealed.digest, sealed.signature))


def test_one_changed_byte_is_rejected(client: TestClient, tablet: Tablet) -> None:
    sealed = tablet.seal()
    for honest, code in ((False, "digest_mismatch"), (True, "signature_invalid")):
        record = changed(sealed, b'"release"', b'"releasf"', honest=honest)
        (result,) = results(push(client, tablet, batch(record)))
        assert (result["status"], result["code"], result["receipt"]) == ("rejected", code, None)
    assert Record.select().count() == 0


def test_white_space_inside_the_part_is_another_digest(client: TestClient, tablet: Tablet) -> None:
    (result,) = results(push(client, tablet, batch(changed(tablet.seal(), b",", b", "))))
    assert result["code"] == "digest_mismatch"


@pytest.mark.parametrize(
    "body",
    [
        b'{"b":1,"a":1}',
        b'{"a":1.5}',
        b'{"a":1e3}',
        b'{"a":9007199254740993}',
        b'{"a":"\\u4e2d"}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":-0}',
    ],
)
def test_a_part_that_is_not_canonical_is_rejected_though_signed(
    client: TestClient, tablet: Tablet, body: bytes
) -> None:
    whole = tablet.seal().body[:-1] + b',"x":' + body + b"}"
    forged = Sealed(whole, digest(whole), tablet.key.sign(whole))
    (result,) = results(push(client, tablet, batch(forged)))
    assert (result["status"], result["code"]) in (("rejected", "not_canonical"), ("rejected", "malformed"))


@pytest.mark.parametrize(
    "change",
    [
        {"device_seq": 0},
        {"device_seq": "1"},
        {"kind": "poem"},
        {"kind": 1},
        {"id": "a\0b"},
        {"id": "x" * 500},
        {"inspection": None},
        {"sealed_at": "yesterday"},
        {"sealed_at": "2026-11-21T10:00:00"},
        {"previous": "none"},
        {"format": 0},
    ],
)
def test_a_part_without_the_head_of_every_format_is_rejected_with_its_digest(
    client: TestClient, tablet: Tablet, change: dict[str, Any]
) -> None:
    sealed = tablet.seal(**{"inspection": uuid7(), **change})
    (result,) = results(push(client, tablet, batch(sealed)))
    assert (result["status"], result["code"], result["digest"]) == ("rejected", "malformed", sealed.digest)


def test_a_part_of_another_device_is_rejected(client: TestClient, tablet: Tablet) -> None:
    for change in ({"device": "somebody"}, {"certificate": {**tablet.enrolled["certificate"], "agency": "P"}}):
        (result,) = results(push(client, tablet, batch(tablet.seal(**change))))
        assert result["code"] == "device_mismatch"


def test_the_same_id_with_other_bytes_is_a_conflict_kept_with_a_receipt(client: TestClient, tablet: Tablet) -> None:
    first, second = tablet.seal(id="part-1", kind="amendment"), tablet.seal(id="part-1", kind="amendment")
    push(client, tablet, batch(first))
    (result,) = results(push(client, tablet, batch(second)))
    assert (result["status"], result["code"]) == ("conflict", "part_differs")
    assert receipt_holds(result["receipt"], digest_=second.digest, server_key=tablet.enrolled["server_key"])
    assert [one.state for one in Record.select().order_by(Record.id)] == ["received", "conflict"]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_id_that_another_tablet_used_first_is_taken_from_nobody(
    client: TestClient, tablet: Tablet, office: Office, at_once: bool
) -> None:
    code, other = office.store.write_now(lambda: devices.new_code("T", 24)), Tablet()
    other.enrolled = client.simulate_post("/v1/devices", json=other.ask(code)).json
    hasty, own, second = (one.seal(id="part-1", kind="amendment") for one in (other, tablet, tablet))
    came = [(devices.by_token(one.enrolled["token"]), batch(part)) for one, part in ((other, hasty), (tablet, own))]
    answers = take(office, *came) if at_once else [take(office, one)[0] for one in came]
    assert [json.loads(one)["results"][0]["status"] for one in answers] == ["accepted", "accepted"]
    assert results(push(client, tablet, batch(own)))[0]["status"] == "duplicate"
    (result,) = results(push(client, tablet, batch(second)))
    assert (result["status"], result["code"]) == ("conflict", "part_differs")
    assert conflicts.settle(second.digest, "")
    states = {one.digest: one.state for one in Record.select()}
    assert states == {hasty.digest: "received", own.digest: "conflict", second.digest: "received"}


def test_a_second_seal_of_an_inspection_is_a_conflict(client: TestClient, tablet: Tablet) -> None:
    inspection = uuid7()
    body = batch(tablet.seal(inspection=inspection), tablet.seal(inspection=inspection))
    first, second = results(push(client, tablet, body))
    assert (first["status"], second["status"], second["code"]) == ("accepted", "conflict", "sealed_twice")
    (again, _) = results(push(client, tablet, body))
    assert again["status"] == "duplicate"


def test_contributions_and_amendments_of_one_inspection_are_no_conflict(client: TestClient, tablet: Tablet) -> None:
    inspection = uuid7()
    parts = [tablet.seal(inspection=inspection, kind=kind) for kind in ("inspection", "contribution", "amendment")]
    assert {one["status"] for one in results(push(client, tablet, batch(*parts)))} == {"accepted"}


def test_copies_that_race_are_answered_like_a_replay(tablet: Tablet, office: Office) -> None:
    body, device = batch(tablet.seal()), devices.by_token(tablet.enrolled["token"])
    answers = [json.loads(one)["results"][0] for one in take(office, *[(device, body)] * 6)]
    assert sorted(one["status"] for one in answers) == ["accepted"] + ["duplicate"] * 5
    assert len({json.dumps(one["receipt"]) for one in answers}) == 1


def test_a_newer_format_is_kept_with_a_receipt(client: TestClient, tablet: Tablet) -> None:
    sealed = tablet.seal(format=2, kind="something_new", photos="another shape")
    assert results(push(client, tablet, batch(sealed)))[0]["status"] == "accepted"


def test_the_head_tells_how_many_parts_are_missing(client: TestClient, tablet: Tablet, office: Office) -> None:
    parts = [tablet.seal() for _ in range(4)]
    push(client, tablet, batch(parts[3], head={"seq": 4, "digest": parts[3].digest}))
    (device,) = devices.listing()
    assert devices.missing(device) == 3
    push(client, tablet, batch(*parts[:3], head={"seq": 2, "digest": parts[1].digest}))
    (device,) = devices.listing()
    assert (devices.missing(device), device.head_seq) == (0, 4)


def test_a_batch_may_be_packed(client: TestClient, tablet: Tablet) -> None:
    body = gzip.compress(batch(tablet.seal()))
    assert results(push(client, tablet, body, **{"Content-Encoding": "gzip"}))[0]["status"] == "accepted"


@pytest.mark.parametrize(
    ("body", "headers", "status", "refusal"),
    [
        (b"", {}, 400, "malformed"),
        (b"null", {}, 400, "malformed"),
        (b'{"records":[', {}, 400, "malformed"),
        (b'{"records":[\xff]}', {}, 400, "malformed"),
        (b'{"records":["\\ud800"]}', {}, 400, "malformed"),
        (b"[" * 100_000, {}, 400, "malformed"),
        (b'{"records":[' + b'{"a":' * 50_000, {}, 400, "malformed"),
        (b'{"head":{"seq":-1},"records":[]}', {}, 400, "malformed"),
        (b'{"head":{"seq":99999999999999999999},"records":[]}', {}, 400, "malformed"),
        (b'{"records":[' + b",".join([b"1"] * 101) + b"]}", {}, 413, "too_many_records"),
        (gzip.compress(bytes(40 * 1024 * 1024), mtime=0), {"Content-Encoding": "gzip"}, 413, "body_too_large"),
        (b"no gzip", {"Content-Encoding": "gzip"}, 400, "malformed"),
        (gzip.compress(b'{"records":[]}', mtime=0)[:-4], {"Content-Encoding": "gzip"}, 400, "malformed"),
        (b"{}", {"Content-Encoding": "br"}, 415, "encoding_unknown"),
        (bytes(33 * 1024 * 1024), {}, 413, "body_too_large"),
    ],
)
def test_a_hostile_batch_gets_a_code(
    client: TestClient, tablet: Tablet, body: bytes, headers: dict[str, str], status: int, refusal: str
) -> None:
    answer = push(client, tablet, body, **headers)
    assert (answer.status_code, answer.json["code"]) == (status, refusal)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_deeply_nested_part_is_rejected_alone(client: TestClient, tablet: Tablet) -> None:
    deep = canonical({"digest": "0" * 64, "signature": ""})[:-1] + b',"part":' + b"[" * 900 + b"]" * 900 + b"}"
    first, second = results(push(client, tablet, batch(deep, tablet.seal())))
    assert (first["status"], second["status"]) == ("rejected", "accepted")


def test_one_job_that_fails_does_not_take_its_group_with_it(office: Office) -> None:
    def fail() -> None:
        Record.insert(digest=None).execute()

    store = office.store
    gate = threading.Event()
    store.writer.submit(gate.wait)  # so that what follows is one group
    good = [store.writer.submit(partial(devices.new_code, "T", 1)) for _ in range(3)]
    bad = store.writer.submit(fail)
    more = store.writer.submit(partial(devices.new_code, "P", 1))
    gate.set()
    assert all(len(one.result()) == 14 for one in [*good, more])
    assert bad.exception() is not None


def test_items_of_one_work_are_done_in_one_go_and_fail_alone(office: Office) -> None:
    calls: list[list[str]] = []

    def work(items: Sequence[str]) -> list[str]:
        calls.append(list(items))
        for one in items:
            Record.insert(digest=None).execute() if one == "bad" else devices.new_code(one, 1)
        return list(items)

    assert office.store.writer.submit_each(work, ["T", "P"]).result() == ["T", "P"]
    first, bad, last = office.store.writer.submit_each(work, ["T", "bad", "P"]).result()
    assert (first, isinstance(bad, Exception), last) == ("T", True, "P")
    assert calls == [["T", "P"], ["T", "bad", "P"], ["T"], ["bad"], ["P"]]
    assert len(devices.codes()) == 4


def test_batches_that_wait_together_are_judged_as_if_they_came_one_after_the_other(
    client: TestClient, tablet: Tablet, office: Office
) -> None:
    police = Tablet()
    code = office.store.write_now(lambda: devices.new_code("P", 24))
    police.enrolled = client.simulate_post("/v1/devices", json=police.ask(code)).json
    inspection = uuid7()
    first, rival, other = tablet.seal(inspection=inspection), police.seal(inspection=inspection), police.seal()
    sent = ((tablet, [first]), (police, [rival, other]), (tablet, [first]), (police, [rival]))
    who = [(devices.by_token(one.enrolled["token"]), batch(*parts)) for one, parts in sent]
    answers = [json.loads(one)["results"] for one in take(office, *who)]
    assert [[one["status"] for one in each] for each in answers] == [
        ["accepted"], ["conflict", "accepted"], ["duplicate"], ["duplicate"],
    ]  # fmt: skip
    assert answers[0][0]["receipt"] == answers[2][0]["receipt"] and answers[1][0]["receipt"] == answers[3][0]["receipt"]
    held = [usage.today(one.enrolled["device"]).records for one in (tablet, police)]
    assert held == [1, 2] and all(one.seen_at for one in devices.listing())


def test_a_batch_is_split_without_a_look_inside() -> None:
    assert unpack(b'{"records":[{"a": 1.0} , [2]]}').records == (b'{"a": 1.0}', b"[2]")


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_time_outside_of_all_years_is_no_time(text: str) -> None:
    from server import clock

    with pytest.raises(ValueError, match="outside"):
        clock.read(text)
