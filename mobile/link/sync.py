"""One run with the office: records first, then photos, then packages. A plain function; threads are the app's."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from checklists.inspection.tasks import sign_act
from checklists.records.record import Sealed
from checklists.wire import instant
from mobile.link import dispatch, tus
from mobile.link.enrolment import Enrolment, enrolment
from mobile.link.office import Office
from mobile.refusals import Refusal
from mobile.store import answers, photo_files, remains, store
from mobile.store.store import Store

CLOCK_JUMP_MS = 60_000
"""A change of the agreed offset beyond this is written down as a jump of the device's clock."""

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

_KEPT_REFUSALS = frozenset({"handover_foreign", "handover_unreadable", "not_found", "receipt_invalid"})


@dataclass
class SyncReport:
    """What one run did. `code` is empty where it went through; `stopped` says that trying again will not help.

    `retry_s` is how long to wait before the next run; counts are of this run, `unsent` of records and files now.
    """

    code: str = ""
    detail: str = ""
    stopped: bool = False
    retry_s: float = 0
    delivered: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    photos_refused: list[str] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    unsent: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class _Run:
    store: Store
    office: Office
    enrolment: Enrolment
    now: Callable[[], datetime]
    report: SyncReport
    tell: Callable[[SyncReport], None]


def run_once(
    held: Store,
    *,
    failures: int = 0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    chance: Callable[[], float] = random.random,
    tell: Callable[[SyncReport], None] = lambda report: None,
) -> SyncReport:
    """Send what waits, take what is new, and report; never raises for what belongs to the work.

    `failures` is how many runs failed before this one; `tell` is called after each step that changed something.
    """
    report = SyncReport()
    try:
        made = enrolment(held)
        if made is None:
            raise Refusal("not_enrolled")
        with Office(made.link) as office:
            run = _Run(held, office, made, now, report, tell)
            _send_records(run)
            _send_acts(run)
            _send_photos(run)
            _send_kept(run)
            _pull_packages(run)
    except Refusal as refusal:
        report.code, report.detail = refusal.code, refusal.detail
        report.stopped = dispatch.stops(refusal.code)
        report.retry_s = 0 if report.stopped else dispatch.delay_s(failures + 1, chance())
    report.unsent = store.unsent(held)
    tell(report)
    return report


def batch_bytes(head: Mapping[str, Any] | None, parts: list[Sealed]) -> bytes:
    """Return the request's body: the sealed bytes stand in it exactly as they were signed."""
    records = b",".join(
        b'{"digest":%s,"signature":%s,"part":%s}'
        % (json.dumps(one.digest).encode(), json.dumps(one.signature).encode(), one.body)
        for one in parts
    )
    return b'{"head":%s,"records":[%s]}' % (json.dumps(head).encode(), records)


def _send_records(run: _Run) -> None:
    while batch := dispatch.next_batch(store.waiting_records(run.store)):
        seq, digest = store.chain_head(run.store)
        parts = [store.sealed(run.store, one.digest) for one in batch]
        body = gzip.compress(batch_bytes({"seq": seq, "digest": digest}, parts), 6)
        told = _timed(run, "POST", "/v1/records", body=body, headers={"Content-Encoding": "gzip"})
        results = told.get("results")
        if not isinstance(results, list):
            raise Refusal("answer_malformed", "/v1/records")
        answered = {one.digest for one in batch} & {_settle(run, one) for one in results if isinstance(one, dict)}
        run.tell(run.report)
        if not answered:
            raise Refusal("answer_malformed", "/v1/records answered for none of the records")


def _settle(run: _Run, result: Mapping[str, Any]) -> str:
    """Note what became of one record; a code that this version does not know leaves it waiting."""
    digest, status = str(result.get("digest")), result.get("status")
    if status in ("accepted", "duplicate", "conflict"):
        state = "conflict" if status == "conflict" else "delivered"
        store.mark_delivered(run.store, digest, result.get("receipt") or {}, state=state)
        (run.report.conflicts if status == "conflict" else run.report.delivered).append(digest)
        return digest
    if status == "rejected":
        store.mark_rejected(run.store, digest, str(result.get("code")), str(result.get("detail") or ""))
        run.report.rejected.append(digest)
        return digest
    return ""


def _send_acts(run: _Run) -> None:
    """Tell the office what was done about tasks; what it cannot read is kept with the reason and holds up nothing."""
    for act in answers.unsent(run.store):
        signed = sign_act(run.enrolment.key, act.wire, task=act.task, device=run.enrolment.device)
        body = json.dumps(signed, ensure_ascii=False).encode()
        try:
            told = run.office.ask_json("POST", f"/v1/tasks/{quote(act.task, safe='')}/acts", body=body)
        except Refusal as refusal:
            if refusal.code not in _ACT_REFUSALS:
                raise
            answers.keep(run.store, replace(act, problem=refusal.code))
            continue
        if told.get("id") != act.id:
            raise Refusal("answer_malformed", "/v1/tasks")
        answers.keep(run.store, replace(act, sent_at=str(told.get("at"))))
        run.report.acts.append(act.id)
        run.tell(run.report)


def _send_photos(run: _Run) -> None:
    for waiting in dispatch.photo_order(store.waiting_photos(run.store)):
        try:
            _send_photo(run, waiting.sha256)
        except Refusal as refusal:
            if refusal.code not in _PHOTO_REFUSALS:
                raise
            # One photo that the office will not have must not hold up the others.
            store.photo_refused(run.store, waiting.sha256, refusal.code, refusal.detail)
            run.report.photos_refused.append(waiting.sha256)
        run.tell(run.report)


def _send_photo(run: _Run, sha256: str) -> None:
    photo = store.photo(run.store, sha256)
    content = photo_files.read(run.store, sha256)

    def progress(offset: int) -> None:
        store.photo_sent(run.store, sha256, offset)

    receipt = tus.send_photo(run.office, sha256, photo.type, content, progress)
    store.photo_received(run.store, sha256, receipt)
    run.report.photos.append(sha256)


def _send_kept(run: _Run) -> None:
    """Hand over what this tablet kept when it was wiped; what another office must open goes by USB."""
    for one in remains.all_kept(run.store.folder):
        try:
            for piece in remains.pieces(one):
                one = remains.settle(one, run.office.ask_json("POST", "/v1/handovers", body=piece))  # noqa: PLW2901
                run.tell(run.report)
        except Refusal as refusal:
            if refusal.code not in _KEPT_REFUSALS:
                raise


def _pull_packages(run: _Run) -> None:
    told = _timed(run, "GET", "/v1/packages")
    held = {one.name: one.digest for one in store.packages(run.store)}
    offers = [one for one in told.get("packages", []) if isinstance(one, dict)]
    for offer in offers:
        if held.get(str(offer.get("name"))) == offer.get("digest"):
            continue
        answer = run.office.ask("GET", f"/v1/packages/{offer.get('name')}@{offer.get('version')}")
        store.apply_package(run.store, offer, answer.content, instant(run.now()))
        run.report.packages.append(f"{offer['name']}@{offer['version']}")
        run.tell(run.report)


def _timed(run: _Run, method: str, path: str, **more: Any) -> dict[str, Any]:
    """Return the answer, and learn from its `at` how far this device's clock is off."""
    sent = run.now()
    told = run.office.ask_json(method, path, **more)
    received = run.now()
    try:
        theirs = datetime.fromisoformat(str(told["at"]))
        offset = theirs - (sent + (received - sent) / 2)
    except (KeyError, ValueError, TypeError) as problem:
        raise Refusal("answer_malformed", f"{path}: no time in the answer") from problem
    agree_clock(run.store, offset // timedelta(milliseconds=1), instant(theirs))
    return told


def agree_clock(held: Store, offset_ms: int, agreed_at: str) -> None:
    """Keep what was learnt of the clock: the offset to the office's time, when, and the jumps seen between."""
    before = clock(held)
    jumps = list(before["jumps"])
    if before["agreed_at"] and abs(offset_ms - before["offset_ms"]) > CLOCK_JUMP_MS:
        jumps.append({"seen_at": agreed_at, "by_ms": offset_ms - before["offset_ms"]})
    store.keep_setting(held, "clock", {"offset_ms": offset_ms, "agreed_at": agreed_at, "jumps": jumps[-20:]})


def clock(held: Store) -> dict[str, Any]:
    """Return what a sealed part says of this device's clock; `agreed_at` is None before the first answer."""
    unknown: dict[str, Any] = {"offset_ms": 0, "agreed_at": None, "jumps": []}
    return dict(store.setting(held, "clock", unknown))
