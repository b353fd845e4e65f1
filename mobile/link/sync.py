"""One run with the office. A plain function; threads are the app's.

What is urgent there is heard first; then go records, what was done about tasks, and the small pictures; then all other
news and packages come, and the large pictures go last.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from checklists.inspection.tasks import sign_act
from checklists.records.record import Sealed
from checklists.wire import instant
from mobile.link import agreed_clock, dispatch, hearing, line, retries, tus
from mobile.link.enrolment import Enrolment, enrolment, renew_officers
from mobile.link.office import Office
from mobile.refusals import Refusal
from mobile.store import answers, photo_files, remains, store
from mobile.store.feed import Laid
from mobile.store.store import Store

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

    `damaged` is how many runs in a row, this one too, met what a flipped bit looks like (`retries`); `retry_s` is how
    long to wait before the next run; counts are of this run, `unsent` of records and files now. `heard` are the kinds
    of things of which there is news, `bytes_per_s` is how fast files went, 0 where too little was sent to say.
    """

    code: str = ""
    detail: str = ""
    stopped: bool = False
    damaged: int = 0
    retry_s: float = 0
    delivered: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    photos_refused: list[str] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    bytes_per_s: float = 0
    unsent: tuple[int, int] = (0, 0)


@dataclass
class Pace:
    """How many bytes of files went, and in how many seconds."""

    sent: int = 0
    seconds: float = 0

    def bytes_per_s(self) -> float:
        """Return how fast, or 0 where too little went to say."""
        return self.sent / self.seconds if self.sent >= _TELLING_BYTES and self.seconds > 0 else 0


_TELLING_BYTES = 64 * 1024


@dataclass(frozen=True)
class _Run:
    store: Store
    office: Office
    enrolment: Enrolment
    now: Callable[[], datetime]
    report: SyncReport
    tell: Callable[[SyncReport], None]
    last_try: bool
    damage: list[Refusal] = field(default_factory=list)
    pace: Pace = field(default_factory=Pace)

    def defers(self, refusal: Refusal) -> bool:
        """Whether one thing was refused as a flipped bit would be: it waits for the next run, and the rest goes on."""
        if retries.retry(refusal.code) is not retries.Retry.FEW or self.last_try:
            return False
        self.damage.append(refusal)
        return True


def run_once(
    held: Store,
    *,
    failures: int = 0,
    damaged: int = 0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    chance: Callable[[], float] = random.random,
    tell: Callable[[SyncReport], None] = lambda report: None,
) -> SyncReport:
    """Send what waits, take what is new, and report; never raises for what belongs to the work.

    `failures` is how many runs failed before this one, `damaged` how many of them met damage; `tell` is called after
    each step that changed something.
    """
    report, pace = SyncReport(), Pace()
    try:
        made = enrolment(held)
        if made is None:
            raise Refusal("not_enrolled")
        with Office(made.link) as office:
            run = _Run(held, office, made, now, report, tell, last_try=damaged + 1 >= retries.TRIES, pace=pace)
            _hear_urgent(run)
            _send_records(run)
            _send_acts(run)
            _send_photos(run, small=True)
            _hear(run)
            _fetch_packages(run)
            _send_photos(run, small=False)
            _send_kept(run)
            if run.damage:
                raise run.damage[0]
    except Refusal as refusal:
        report.code, report.detail = refusal.code, refusal.detail
        report.damaged = retries.damaged(refusal.code, damaged)
        report.stopped = retries.stops(refusal.code, report.damaged)
        report.retry_s = 0 if report.stopped else dispatch.delay_s(failures + 1, chance())
    report.unsent, report.bytes_per_s = store.unsent(held), pace.bytes_per_s()
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
            if run.defers(refusal):
                continue
            answers.keep(run.store, replace(act, problem=refusal.code))
            continue
        if told.get("id") != act.id:
            raise Refusal("answer_malformed", "/v1/tasks")
        answers.keep(run.store, replace(act, sent_at=str(told.get("at"))))
        run.report.acts.append(act.id)
        run.tell(run.report)


def _send_photos(run: _Run, *, small: bool) -> None:
    """Send the small files, or every other one that may go over this line."""
    waits = line.originals_wait(run.store)
    for waiting in dispatch.photo_order(store.waiting_photos(run.store)):
        if dispatch.is_small(waiting) is not small or (waits and dispatch.is_original(waiting)):
            continue
        try:
            _send_photo(run, waiting.sha256)
        except Refusal as refusal:
            if refusal.code not in _PHOTO_REFUSALS:
                raise
            if run.defers(refusal):
                continue
            # One photo that the office will not have must not hold up the others.
            store.photo_refused(run.store, waiting.sha256, refusal.code, refusal.detail)
            run.report.photos_refused.append(waiting.sha256)
        run.tell(run.report)


def _send_photo(run: _Run, sha256: str) -> None:
    photo = store.photo(run.store, sha256)
    content = photo_files.read(run.store, sha256)

    begun, there = time.monotonic(), photo.sent

    def progress(offset: int) -> None:
        nonlocal there
        store.photo_sent(run.store, sha256, offset)
        run.pace.sent, there = run.pace.sent + max(0, offset - there), offset

    try:
        receipt = tus.send_photo(run.office, sha256, photo.type, content, progress)
    finally:
        run.pace.seconds += time.monotonic() - begun
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


def _hear_urgent(run: _Run) -> None:
    """Hear one short page, in which orders and revocations stand first; what is wrong with it is met again below."""
    try:
        _noted(run, hearing.page(run.store, run.office, run.now, hearing.URGENT_FIRST))
    except Refusal as refusal:
        if retries.retry(refusal.code) is not retries.Retry.FEW:
            raise


def _hear(run: _Run) -> None:
    try:
        hearing.everything(run.store, run.office, run.now, lambda laid: _noted(run, laid))
    except Refusal as refusal:
        if not run.defers(refusal):
            raise
    if "officer" in run.report.heard:
        renew_officers(run.store)


def _noted(run: _Run, laid: Laid) -> None:
    if laid.kinds:
        run.report.heard |= set(laid.kinds)
        run.tell(run.report)


def _fetch_packages(run: _Run) -> None:
    """Fetch the packages of which the feed told other versions than are held."""
    held = {one.name: one.digest for one in store.packages(run.store)}
    for offer in (one["data"] for one in store.of_kind(run.store, "package")):
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
    agreed_clock.learn(run.store, told.get("at"), sent, run.now())
    return told
