"""Two tablets at one vehicle: each with its own store, key and officer, certified by one office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from checklists import crypto
from checklists.inspection.entries import Entry, next_seq
from checklists.records import record
from checklists.wire import uuid7
from mobile.desk import Desk
from mobile.lock.vault import Vault
from mobile.pairing import exchange, letter, session, sessions
from mobile.pairing.exchange import Me
from mobile.store import store
from tests.mobile.field import AT, OFFICE

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
OFFICERS = {"officer-1": "T", "officer-2": "P"}
INSPECTION = "0193-inspection"


def certificate(device: str, key: crypto.SigningKey, agency: str, office: crypto.SigningKey = OFFICE) -> dict[str, Any]:
    return record.certificate(office, device=device, public=key.public, agency=agency, prefix="T1", issued_at=AT)


@dataclass
class Tab:
    """One tablet in the inspection. `peer` is the device of the other one, once it is known."""

    me: Me
    held: store.Store
    at: datetime = NOW
    ids: list[str] = field(default_factory=list)

    def put(self, kind: str = "answer", item: str = "EQP-14", value: Any = None, **changes: Any) -> Entry:
        seq = next_seq(store.entries(self.held, self.me.inspection))
        who = {"officer": self.me.officer["id"], "agency": self.me.officer["agency"]}
        base = {"at": AT, "kind": kind, "item": item, "value": value or {"result": "conforms"}, **who}
        told: dict[str, Any] = {"inspection": self.me.inspection, "device": self.me.device, "seq": seq, **base}
        entry = Entry(**{"id": uuid7(), **told, **changes})
        store.append(self.held, entry)
        return entry

    @property
    def entries(self) -> tuple[Entry, ...]:
        return store.entries(self.held, self.me.inspection)

    @property
    def session(self) -> session.Session:
        found = sessions.load(self.held, self.me.inspection)
        assert found is not None
        return found

    def says(self, to: str, role: str, **more: Any) -> bytes:
        peer = self.session.peer(to) or session.Peer("", self.session.offers[-1].secret)
        return exchange.write(self.held, self.me, peer, role, **more)


def tab(folder: Path, device: str, officer: str, lead: str = "a", inspection: str = INSPECTION) -> Tab:
    key = crypto.SigningKey(device.encode().ljust(32, b"."))
    held = store.open_store(folder / device, Vault(b"k" * 32))
    paper = certificate(device, key, OFFICERS[officer])
    told = {"id": officer, "name": officer, "agency": OFFICERS[officer], "card": ""}
    facts = {"site": "", "checklist": "cn-joint", "definitions": []}
    me = Me(inspection, device, paper, key, OFFICE.public, told, OFFICERS, facts, lead)
    store.keep_setting(held, "enrolment", {"server_key": OFFICE.public, "token": "t0", "device": device})
    store.open_inspection(held, inspection, officer, AT, "" if device == lead else lead)
    return Tab(me, held)


def pair(folder: Path) -> tuple[Tab, Tab]:
    """Tablet a shows its code, tablet b has scanned it; nothing was exchanged yet."""
    a, b = tab(folder, "a", "officer-1"), tab(folder, "b", "officer-2")
    shown = sessions.change(a.held, INSPECTION, lambda one: session.offered(one, NOW))
    host = session.Peer("a", shown.offers[-1].secret, host=True, certificate=a.me.certificate)
    sessions.change(b.held, INSPECTION, lambda one: one.knowing(host))
    return a, b


def ask(a: Tab, b: Tab, nonce: str = "n1") -> bytes:
    """Tablet b asks tablet a, once; returns the answer, which b has not read yet."""
    question = b.says("a", letter.GUEST, nonce=nonce)
    taken = exchange.read(a.held, a.me, question, letter.GUEST, a.at)
    return exchange.write(a.held, a.me, taken.peer, letter.HOST, echo=taken.nonce)


def meet(a: Tab, b: Tab) -> None:
    """One whole exchange."""
    exchange.read(b.held, b.me, ask(a, b), letter.HOST, b.at, echo="n1")


def as_somebody(one: Tab, **changes: Any) -> Tab:
    return replace(one, me=replace(one.me, **changes))


def enrolled(folder: Path, device: str, officer: str) -> None:
    """Make a whole tablet with its packages in this folder."""
    from mobile.link import enrolment
    from mobile.lock import vault
    from tests.mobile import tablet
    from tests.mobile.field import offer

    named = next(one for one in tablet.OFFICERS if one["id"] == officer)
    key = crypto.SigningKey(device.encode().ljust(32, b"."))
    held = store.open_store(folder, vault.create(folder / "keys.json", officer, tablet.PIN, named["name"]))
    paper = certificate(device, key, named["agency"])
    enrolment.keep(held, replace(tablet.enrolment(), device=device, certificate=paper, key=key))
    for name, body in tablet.packages().items():
        store.apply_package(held, offer(name, body), body, AT)
    store.lay(held, tablet.registry(tablet.HEARD), "", tablet.HEARD)
    store.release(held)


def unlocked(folder: Path, officer: str) -> Desk:
    """The desk of a tablet, unlocked; nobody hears what its link does.

    What its pairing hears in threads takes effect with the desk's next tick, as it does on the app's own thread.
    """
    from tests.mobile import tablet

    came: SimpleQueue[Callable[[], None]] = SimpleQueue()
    desk, _screens = tablet.shown(folder, came.put)
    alone = desk.tick

    def tick() -> None:
        while not came.empty():
            came.get()()
        alone()

    desk.tick = tick  # type: ignore[method-assign]
    desk.unlock(officer, tablet.PIN)
    return desk
