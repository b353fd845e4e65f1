"""A second tablet without a screen: the same desk, store and pairing, moved by calls in place of touches."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mobile import APP
from mobile.desk import Desk
from mobile.inspecting import acts
from mobile.inspecting.inspection import Draft
from mobile.link import enrolment
from mobile.lock.first_codes import Held
from mobile.pairing import exchange, invite
from mobile.pairing.cosignature import in_lead_terms
from mobile.pairing.near import Near
from mobile.sealing import part
from mobile.sealing import seal as sealing
from mobile.store import store as stores

PIN = "384976"


class Colleague:
    """A tablet that enrols with the one-time code, or is unlocked where there is none; its packages are there."""

    def __init__(
        self, folder: Path, url: str, code: str, officer: str, name: str = "联检平板 02", *, first_code: str = ""
    ) -> None:
        self._calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.told: list[str] = []
        self.desk = Desk(folder, lambda screen, where: None, later=self._calls.put)
        self.desk.tell = lambda refusal: self.told.append(refusal.code)
        folder.mkdir(parents=True, exist_ok=True)
        if code:
            made = enrolment.enrol(url, code, name, app=APP)
            if first_code:
                self.desk.access.give_code(officer, first_code, made, Held())
            self.desk.enrol(made, officer, PIN)
            self.until(lambda: self.desk.backlog.ready)
        else:
            self.desk.unlock(officer, PIN)

    @property
    def near(self) -> Near:
        """The pairing of the inspection in hand."""
        return self.desk.pairings.near(self.desk.held.inspection)

    def step(self) -> None:
        """Let what came in the background take effect."""
        self.desk.tick()
        while not self._calls.empty():
            self._calls.get()()

    def until(self, holds: Callable[[], Any], seconds: float = 30) -> None:
        """Go on until something holds."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise AssertionError("the colleague's tablet did not come to it")
            self.step()
            time.sleep(0.02)

    def join(self, code: str) -> None:
        """Join the inspection whose code was scanned."""
        desk = self.desk
        told = invite.read(
            code, desk.access.enrolled.server_key, lambda device: exchange.revoked(desk.open_store, device)
        )
        desk.join(told.inspection, told.opened_at, str(told.officer.get("id", "")), told.device)
        self.near.joined(told)

    def take_up(self, inspection: str) -> None:
        """Take an inspection of this tablet in hand again."""
        self.desk.resume(inspection)

    def cosign(self) -> None:
        """Confirm on a joined tablet what the lead will seal."""
        held, device = in_lead_terms(self.desk.held, self.desk.device_facts, self.near.session)
        digest = part.draft(held, device)
        self.put(acts.sign("officer", held.officer.name, card=held.officer.card, digest=digest))
        self.desk.go("pair")

    def put(self, *some: Iterable[Draft]) -> None:
        """Write drafts, one act after the other."""
        for drafts in some:
            self.desk.put(drafts)

    def finish(self, plate: str, waybill: dict[str, Any] | None = None) -> None:
        """Check a vehicle from its plate to the driver's signature, with everything as it should be."""
        desk = self.desk
        self.put(acts.identify(plate, "yellow"))
        if waybill is not None:
            self.put(acts.waybill(waybill))
        self.put(acts.look_up(desk.held))
        for section in desk.held.kit.definitions.checklists[desk.held.checklist].sections:
            self.put(acts.clear_section(desk.held, section.id, 2000))
        for one in desk.held.assessment.open:
            self.put(acts.answer(one.item.id, "conforms"))
        self.conclude()

    def conclude(self) -> None:
        """Decide as proposed, and let the driver sign."""
        desk = self.desk
        self.put(acts.decide(desk.held, desk.held.assessment.proposal.outcome))
        digest = part.draft(desk.held, desk.device_facts)
        self.put(acts.sign("driver", "张建国", [[[0, 0], [500, 500]]], digest=digest))

    def confirm(self) -> None:
        """Confirm as the officer of this tablet what was signed."""
        desk = self.desk
        digest = part.draft(desk.held, desk.device_facts)
        self.put(acts.sign("officer", desk.held.officer.name, card=desk.held.officer.card, digest=digest))

    def seal(self) -> str:
        """Seal the inspection as the lead and return the digest."""
        desk = self.desk
        sealed = sealing.seal(desk.open_store, desk.held, desk.device_facts, desk.access.enrolled, desk.now())
        desk.start_sync()
        return sealed.digest

    def delivered(self) -> None:
        """Wait until the office has everything."""
        self.until(lambda: stores.unsent(self.desk.open_store) == (0, 0) and not self.desk.courier.state.running)

    def close(self) -> None:
        """Lock the tablet."""
        self.desk.close()
