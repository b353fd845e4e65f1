"""The desk of the practice mode: a store in a folder of its own under a key that is never written, and no link.

Leaving, locking or ending the app deletes the folder; what a killed app left behind cannot be read, and the next start
deletes it.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from checklists.crypto import SigningKey, new_signing_key
from checklists.papers.qr_code import qr_code
from checklists.records import feed_page
from checklists.records.record import certificate
from checklists.wire import canonical, digest, uuid7
from mobile.access import Access
from mobile.desk import Desk, utc_now
from mobile.device.disk import room, write_durably
from mobile.link import enrolment as enrol
from mobile.link.background import Later, at_once
from mobile.link.backlog import Backlog
from mobile.link.courier import Courier
from mobile.link.enrolment import Enrolment
from mobile.link.link_state import LinkState
from mobile.link.office import PRACTICE
from mobile.lock.first_codes import Tries
from mobile.lock.vault import BY_ENROLMENT, Vault
from mobile.navigation import Show
from mobile.practice import county, folders
from mobile.refusals import Refusal
from mobile.sealing import practice_marks as marks
from mobile.sealing import shifts
from mobile.sealing.shift import Shift
from mobile.store import store
from mobile.store.store import Store

HERE = Path(__file__).parent
DEVICE = "practice"


class SilentCourier(Courier):
    """A courier that never goes: there is no office in practice."""

    def start(self, store: Store) -> bool:
        """Begin nothing."""
        return False

    def due(self) -> bool:
        """It is never time."""
        return False

    def _run(self, store: Store, before: LinkState) -> Any:
        raise AssertionError("practice is never sent")


class PracticeAccess(Access):
    """A store under a key that is never written; nobody's PIN opens it."""

    def officers(self) -> dict[str, str]:
        """Return the made-up officers."""
        return {one["id"]: one["name"] for one in county.OFFICERS}

    def check_pin(self, officer: str, pin: str) -> None:
        """Take any PIN: nobody must practise with his own."""

    def judge_pin(self, pin: str, made: Enrolment | None = None) -> None:
        """Take any PIN."""

    def asks_code(self, officer: str, made: Enrolment | None = None) -> bool:
        """No office makes codes here."""
        return False

    def proof(self, officer: str) -> str | None:
        """Nobody is doubted in practice."""
        return BY_ENROLMENT

    def give_code(self, officer: str, code: str, made: Enrolment | None = None, tries: Tries | None = None) -> None:
        """No office made it. Raises Refusal `first_code_none`."""
        raise Refusal("first_code_none")

    def add_officer(self, officer: str, pin: str) -> None:
        """Keep nothing."""

    def change_pin(self, officer: str, old: str, new: str) -> None:
        """Keep nothing."""

    def wipe(self, why: str) -> bool:
        """Take nothing away: there is no PIN here to be guessed and no office to revoke the tablet."""
        return False

    def entrust(self, opened: Store, made: Enrolment) -> None:
        """Give the key to nobody."""

    def close(self) -> None:
        """Forget the key and delete everything."""
        super().close()
        shutil.rmtree(self.folder, ignore_errors=True)


class PracticeDesk(Desk):
    """A desk over the made-up county. `leave` is called when practice ends, after its folder is gone."""

    practising = True

    def __init__(
        self,
        beside: Path,
        show: Show,
        now: Callable[[], datetime] = utc_now,
        later: Later = at_once,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(folders.make(beside), show, now, later)
        self.access = PracticeAccess(self.folder, now)
        self.courier = SilentCourier(now, later, self.office_news.heard)
        self.leave = leave
        self._tankers = cycle(county.TANKERS)

    def start(self) -> None:
        """Fill the store with the made-up county and go to its queue."""
        at, office = self.at, new_signing_key()
        opened = store.open_store(self.folder, Vault(os.urandom(32)))
        made = enrolment(office, at)
        enrol.keep(opened, made)
        for name, body in packages().items():
            store.apply_package(opened, _offer(office, name, body), body, at)
        store.lay(opened, _feed(office, at, county.registry(self.now())), "", at)
        officers = tuple(one["id"] for one in county.OFFICERS)
        shifts.begin(opened, Shift(uuid7(), at, county.SITE, officers=officers))
        with room(self.camera):
            self.camera.mkdir()
        self.access.open(opened, made, officers[0])
        self._opened()
        self.put_down()

    def begin(self) -> None:
        """Begin as at work, and let the next made-up tanker come up: its waybill lies before the camera."""
        super().begin()
        text = county.waybill_text(next(self._tankers), self.now())
        picture = io.BytesIO()
        qr_code(text).save(picture, kind="png", scale=6)
        write_durably(self.camera / f"waybill-{uuid7()}.png", picture.getvalue())

    def start_sync(self) -> None:
        """Send nothing."""

    def tick(self) -> None:
        """Try nothing."""

    def lock(self) -> None:
        """End the practice."""
        self.close()
        self.leave()

    def _count(self) -> None:
        super()._count()
        self.backlog = Backlog(self.backlog.packages)


def enrolment(office: SigningKey, at: str) -> Enrolment:
    """Return an enrolment at nobody's office; its address is none, and its numbers say what they are."""
    key = new_signing_key()
    named = certificate(office, device=DEVICE, public=key.public, agency="T", prefix=marks.PREFIX, issued_at=at)
    officers = tuple(dict(one) for one in county.OFFICERS)
    return Enrolment(PRACTICE, DEVICE, named, "", office.public, county.OFFICE, officers, key)


def packages() -> dict[str, bytes]:
    """Return the packages of the practice mode by name."""
    return {name: gzip.decompress((HERE / f"{name}.json.gz").read_bytes()) for name in ("definitions", "reference")}


def _feed(office: SigningKey, at: str, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the made-up county's registry as the one page of its office's feed."""
    head = {"at": at, "agency": "T", "area": "", "since": "", "cursor": "practice", "more": False}
    return feed_page.make(office, head, [canonical(dict(row)) for row in rows])


def _offer(office: SigningKey, name: str, body: bytes) -> dict[str, str]:
    named = {"name": name, "version": "practice", "digest": digest(body)}
    return {**named, "signature": office.sign(canonical(named))}
