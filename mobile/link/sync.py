"""One run with the office. A plain function; threads are the app's.

What is urgent there is heard first; then go records, what was done about tasks, and the small pictures; then all other
news and packages come, and the large pictures go last. Where there is no line to the office, a hub at the post holds
what waits and tells the news; nothing counts as delivered by it.
"""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from checklists.wire import canonical, instant
from mobile import APP
from mobile.link import dispatch, fetching, hearing, hubs, retries, sending, status
from mobile.link.enrolment import come_back, enrolment, renew_officers
from mobile.link.hubs import Hub
from mobile.link.office import Office
from mobile.link.run import Pace, Run, SyncReport
from mobile.refusals import Refusal
from mobile.store import store
from mobile.store.feed import Laid
from mobile.store.store import Store

_STATUS_EVERY = timedelta(minutes=5)
_HUB_EVERY_S = 60
"""While only a hub is there, it is asked for news so often."""
_NO_NEWS = frozenset({"hub_behind", "hub_loading", "hub_narrow"})
"""A hub that can tell this tablet nothing holds what it brings all the same."""


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
    made = enrolment(held)
    try:
        if made is None:
            raise Refusal("not_enrolled")
        with Office(made.link) as office:
            run = Run(held, office, made, now, report, tell, last_try=damaged + 1 >= retries.TRIES, pace=pace)
            _with_office(run)
            sending.kept(run)
            _say_status(run)
            if run.damage:
                raise run.damage[0]
    except Refusal as refusal:
        report.code, report.detail = refusal.code, refusal.detail
        report.damaged = retries.damaged(refusal.code, damaged)
        report.stopped = retries.stops(refusal.code, report.damaged)
        report.retry_s = 0 if report.stopped else dispatch.delay_s(failures + 1, chance())
        hub = hubs.known(held) if refusal.code in retries.LOST else None
        if hub is not None and made is not None:
            near = Office(hub.link(made))
            _by_hub(Run(held, near, made, now, report, tell, last_try=False, pace=pace, hub=hub.id), hub)
    report.unsent, report.bytes_per_s = store.unsent(held), pace.bytes_per_s()
    tell(report)
    return report


def _with_office(run: Run) -> None:
    """Exchange with the office; one that lacks this tablet, because it was brought back from a backup, is shown it."""
    try:
        _exchange(run)
    except Refusal as refusal:
        if refusal.code != "token_invalid" or not come_back(run.enrolment, run.office):
            raise
        _exchange(run)


def _exchange(run: Run) -> None:
    """Hear and send, in the order of what matters."""
    _hear_urgent(run)
    _beside(run, sending.ask_receipts)
    _where_taken(run, sending.records)
    _beside(run, sending.acts)
    _where_taken(run, partial(sending.photos, small=True))
    _beside(run, _hear)
    _beside(run, _fetch_packages)
    _where_taken(run, partial(sending.photos, small=False))


def _where_taken(run: Run, step: Callable[[Run], None]) -> None:
    """Send; where the other side is full, that is told at the end and keeps nothing else back, and no news out."""
    try:
        step(run)
    except Refusal as refusal:
        if refusal.code not in retries.FULL:
            raise
        run.damage.append(refusal)


def _beside(run: Run, step: Callable[[Run], None]) -> None:
    """Take a step; what is wrong with news, or with a disk, is told at the end and keeps no evidence here."""
    try:
        step(run)
    except Refusal as refusal:
        passes = refusal.code in retries.NO_ROOM | retries.FULL
        if not passes and retries.retry(refusal.code) is not retries.Retry.FEW:
            raise
        run.damage.append(refusal)


def _by_hub(run: Run, hub: Hub) -> None:
    """Exchange with the hub at the post; whatever fails there is met again at the office."""
    with run.office:
        try:
            _exchange(run)
            if run.damage:
                raise run.damage[0]
        except Refusal as refusal:
            if refusal.code == "device_revoked" and hubs.proved(refusal, run.enrolment):
                run.report.code, run.report.stopped, run.report.retry_s = refusal.code, True, 0
            run.report.hub_trouble = refusal.code
    run.report.by_hub = hub.label or hub.id
    run.report.retry_s = min(run.report.retry_s, _HUB_EVERY_S)


def _hear_urgent(run: Run) -> None:
    """Hear one short page, in which orders and revocations stand first; what is wrong with it is met again below."""
    try:
        _noted(run, hearing.page(run.store, run.office, run.now, hearing.URGENT_FIRST))
    except Refusal as refusal:
        passed = refusal.code in _NO_NEWS or refusal.code in retries.NO_ROOM
        if not passed and retries.retry(refusal.code) is not retries.Retry.FEW:
            raise


def _hear(run: Run) -> None:
    try:
        hearing.everything(run.store, run.office, run.now, lambda laid: _noted(run, laid))
    except Refusal as refusal:
        if refusal.code not in _NO_NEWS:
            raise
    if "officer" in run.report.heard:
        renew_officers(run.store)


def _noted(run: Run, laid: Laid) -> None:
    if laid.kinds:
        run.report.heard |= set(laid.kinds)
        run.report.news += 1  # behind what was heard: who sees the number sees that too
        run.tell(run.report)


def _fetch_packages(run: Run) -> None:
    """Fetch the packages of which the feed told other versions than are held."""
    held = {one.name: one.digest for one in store.packages(run.store)}
    for offer in (one["data"] for one in store.of_kind(run.store, "package")):
        if held.get(str(offer.get("name"))) == offer.get("digest"):
            continue
        try:
            body = fetching.fetch(run.store, run.office, offer)
        except Refusal as refusal:
            if run.hub and refusal.code == "not_found":
                continue  # the office told of it after this hub last heard
            raise
        store.apply_package(run.store, offer, body, instant(run.now()))
        run.report.packages.append(f"{offer['name']}@{offer['version']}")
        run.tell(run.report)


def _say_status(run: Run) -> None:
    """Say how this tablet stands, now and then; that the office will not hear it is no trouble."""
    before, now = store.setting(run.store, "status_said_at"), run.now()
    if before and abs(now - datetime.fromisoformat(before)) < _STATUS_EVERY:
        return
    free = shutil.disk_usage(run.store.folder).free
    said = status.status(run.store, app=APP, at=now, free_bytes=free)
    with contextlib.suppress(Refusal):
        run.office.ask("POST", status.PATH, body=canonical(said), headers={"Content-Type": "application/json"})
        store.keep_setting(run.store, "status_said_at", instant(now))
