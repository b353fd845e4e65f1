"""What is sent in a run: records, what was done about tasks, photos, and what a wiped tablet kept."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from peewee import chunked

from checklists.inspection.tasks import sign_act
from checklists.records.hub import act_receipt_holds
from checklists.records.record import Sealed
from checklists.wire import canonical
from mobile.link import crew, dispatch, line, retries, tus
from mobile.link.run import Run
from mobile.refusals import Refusal
from mobile.store import answers, photo_files, remains, store
from mobile.store.outbox import WaitingPhoto, WaitingRecord
from mobile.store.task_act import Act

_PHOTO_REFUSALS = frozenset(
    {
        "photo_unknown",
        "photo_differs",
        "photo_too_large",
        "record_photos_full",
        "not_an_image",
        "photo_missing",
        "photo_damaged",
    }
)

_ACT_REFUSALS = frozenset(
    {"malformed", "not_found", "body_too_large", "task_foreign", "act_officer_unknown", "signature_invalid"}
)

_ASKED, _ASKED_AT_ONCE = ("records", "photos", "acts"), 500
Rows = Sequence[Mapping[str, Any]]

_KEPT_REFUSALS = frozenset({"handover_foreign", "handover_unreadable", "not_found", "receipt_invalid"})


def batch_bytes(head: Mapping[str, Any] | None, parts: list[Sealed]) -> bytes:
    """Return the request's body: the sealed bytes stand in it exactly as they were signed."""
    records = b",".join(
        b'{"digest":%s,"signature":%s,"part":%s}'
        % (json.dumps(one.digest).encode(), json.dumps(one.signature).encode(), one.body)
        for one in parts
    )
    return b'{"head":%s,"records":[%s]}' % (json.dumps(head).encode(), records)


def ask_receipts(run: Run) -> None:
    """Ask what has become of what hubs hold, before any of it is sent once more; without an answer it is sent.

    An office that tells its feed from the start may have been brought back from a backup: it is asked whether it still
    has what it receipted, and what it does not know waits again.
    """
    try:
        _ask_receipts(run)
    except Refusal as refusal:
        if refusal.code in retries.LOST or retries.retry(refusal.code) is retries.Retry.NEVER:
            raise


def _ask_receipts(run: Run) -> None:
    for told in _became(run, *store.on_hubs(run.store)):
        for one in told["records"]:
            if one.get("receipt") and one.get("status") in ("duplicate", "conflict"):
                _settle(run, one)
        for one in told["photos"]:
            if one.get("receipt"):
                store.photo_received(run.store, str(one["sha256"]), one["receipt"])
                run.report.photos.append(str(one["sha256"]))
        run.tell(run.report)
    if run.hub or not store.setting(run.store, store.OFFICE_ANEW):
        return
    sent = {one.id: one for one in answers.acts(run.store) if one.sent_at}
    for told in _became(run, *store.with_office(run.store), list(sent)):
        for one in _unknown(told["records"]):
            store.lost_by_office(run.store, record=str(one.get("digest")))
        for one in _unknown(told["photos"]):
            store.lost_by_office(run.store, photo=str(one.get("sha256")))
        for one in _unknown(told["acts"]):
            if (act := sent.get(str(one.get("id")))) is not None:
                answers.keep(run.store, replace(act, sent_at=""))
    store.drop_setting(run.store, store.OFFICE_ANEW)


def _unknown(rows: Rows) -> list[Mapping[str, Any]]:
    return [one for one in rows if one.get("status") == "unknown"]


def _became(run: Run, *named: Sequence[str]) -> Iterator[dict[str, Rows]]:
    """Yield what the other side knows of records, photos and acts, some at a time."""
    everything = [(kind, one) for kind, keys in zip(_ASKED, named, strict=False) for one in keys]
    for some in chunked(everything, _ASKED_AT_ONCE):
        asked = {kind: [key for of, key in some if of == kind] for kind in _ASKED}
        told = run.office.ask_json("POST", "/v1/receipts", body=canonical(asked))
        yield {kind: told.get(kind) or () for kind in _ASKED}


def records(run: Run) -> None:
    """Send sealed parts until none waits, the most serious first."""
    taken: set[str] = set()

    def take() -> tuple[WaitingRecord, ...] | None:
        waiting = [one for one in store.waiting_records(run.store, run.hub) if one.digest not in taken]
        batch = dispatch.next_batch(waiting, run.office.lanes.size * dispatch.PACKED)
        taken.update(one.digest for one in batch)
        return batch or None

    crew.each(run, take, _batch)


def _batch(run: Run, batch: Sequence[WaitingRecord]) -> None:
    """Send a batch; that its receipts cannot be written down keeps no other from the office."""
    try:
        _send_batch(run, batch)
    except Refusal as refusal:
        if not run.finds_no_room(refusal):
            raise


def _send_batch(run: Run, batch: Sequence[WaitingRecord]) -> None:
    seq, digest = store.chain_head(run.store)
    parts = [store.sealed(run.store, one.digest) for one in batch]
    body = gzip.compress(batch_bytes({"seq": seq, "digest": digest}, parts), 6)
    told = run.timed("POST", "/v1/records", body=body, headers={"Content-Encoding": "gzip"})
    results = told.get("results")
    if not isinstance(results, list):
        raise Refusal("answer_malformed", "/v1/records")
    answered = {one.digest for one in batch} & {_settle(run, one) for one in results if isinstance(one, dict)}
    run.tell(run.report)
    if not answered:
        raise Refusal("answer_malformed", "/v1/records answered for none of the records")


def _settle(run: Run, result: Mapping[str, Any]) -> str:
    """Note what became of one record; a code that this version does not know leaves it waiting."""
    digest, status = str(result.get("digest")), result.get("status")
    if status in ("accepted", "duplicate", "conflict"):
        state = "conflict" if status == "conflict" else "delivered"
        store.mark_delivered(run.store, digest, result.get("receipt") or {}, state=state)
        if run.hub:  # which has the record, and so takes its photos
            store.held_by(run.store, run.hub, record=digest)
        (run.report.conflicts if status == "conflict" else run.report.delivered).append(digest)
        return digest
    if status == "held" and run.hub:
        store.held_by(run.store, run.hub, record=digest)
        run.report.held.append(digest)
        return digest
    if run.hub:
        return digest  # only the office refuses for good
    if status == "rejected":
        store.mark_rejected(run.store, digest, str(result.get("code")), str(result.get("detail") or ""))
        run.report.rejected.append(digest)
        return digest
    return ""


def acts(run: Run) -> None:
    """Tell the office what was done about tasks; what it cannot read is kept with the reason and holds up nothing."""
    for act in answers.unsent(run.store):
        signed = sign_act(run.enrolment.key, act.wire, task=act.task, device=run.enrolment.device)
        body = json.dumps(signed, ensure_ascii=False).encode()
        try:
            told = run.office.ask_json("POST", f"/v1/tasks/{quote(act.task, safe='')}/acts", body=body)
        except Refusal as refusal:
            if refusal.code not in _ACT_REFUSALS:
                raise
            if run.hub or run.defers(refusal):
                continue
            answers.keep(run.store, replace(act, problem=refusal.code))
            continue
        if told.get("id") != act.id:
            raise Refusal("answer_malformed", "/v1/tasks")
        if run.hub and not _receipted(run, act, told):
            continue
        answers.keep(run.store, replace(act, sent_at=str(told.get("at"))))
        run.report.acts.append(act.id)
        run.tell(run.report)


def _receipted(run: Run, act: Act, told: Mapping[str, Any]) -> bool:
    key = run.enrolment.server_key
    return act_receipt_holds(told.get("receipt"), act=act.id, device=run.enrolment.device, server_key=key)


def photos(run: Run, *, small: bool) -> None:
    """Send the small files, or every other one that may go over this line."""
    waits = line.originals_wait(run.store) and not run.hub
    ordered = dispatch.photo_order(store.waiting_photos(run.store, run.hub))
    left = iter(one for one in ordered if dispatch.is_small(one) is small and not (waits and dispatch.is_original(one)))
    begun = time.monotonic()
    try:
        crew.each(run, lambda: next(left, None), _photo)
    finally:
        run.pace.seconds += time.monotonic() - begun


def _photo(run: Run, waiting: WaitingPhoto) -> None:
    """Send a file; one that the office will not have must not hold up the others."""
    try:
        _send_photo(run, waiting.sha256)
    except Refusal as refusal:
        if run.finds_no_room(refusal):
            return
        if refusal.code not in _PHOTO_REFUSALS:
            raise
        if run.hub or run.defers(refusal):
            return
        store.photo_refused(run.store, waiting.sha256, refusal.code, refusal.detail)
        run.report.photos_refused.append(waiting.sha256)
    run.tell(run.report)


def _send_photo(run: Run, sha256: str) -> None:
    photo = store.photo(run.store, sha256)
    content = photo_files.read(run.store, sha256)

    there = photo.sent

    def progress(offset: int) -> None:
        nonlocal there
        if not run.hub:
            with contextlib.suppress(Refusal):  # the office knows it, too
                store.photo_sent(run.store, sha256, offset)
        run.pace.add(max(0, offset - there))
        there = offset

    receipt = tus.send_photo(run.office, sha256, photo.type, content, progress, begun=photo.sent > 0 and not run.hub)
    if receipt is None:
        store.held_by(run.store, run.hub, photo=sha256)
        return
    store.photo_received(run.store, sha256, receipt)
    run.report.photos.append(sha256)


def kept(run: Run) -> None:
    """Hand over what this tablet kept when it was wiped; what another office must open goes by USB."""
    for one in remains.all_kept(run.store.folder):
        try:
            for piece in remains.pieces(one):
                one = remains.settle(one, run.office.ask_json("POST", "/v1/handovers", body=piece))  # noqa: PLW2901
                run.tell(run.report)
        except Refusal as refusal:
            if refusal.code not in _KEPT_REFUSALS:
                raise
