"""T1: begins, resumes and locks; the cards come from the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.findings.tiers import tier
from checklists.inspection.entries import Entry
from checklists.records.check_history import decided
from mobile.desk import Desk
from mobile.inspecting.inspection import Held
from mobile.inspecting.own_orders import unread
from mobile.refusals import Refusal
from mobile.screens.line.flow import clashes, take, vehicles
from mobile.screens.line.state import clash_words, next_words
from mobile.screens.queue.state import OpenCheck, SentCheck, queue_state, salvage_words, shift_words
from mobile.screens.shared.trouble import code_words
from mobile.screens.tasks.given import count
from mobile.sealing import shifts
from mobile.store import store as stores
from mobile.store.delivery import Delivery
from mobile.store.store import Opened

MOST_CARDS = 60
"""Of sealed records, the newest; older ones are in the sync centre and at the office."""


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the queue."""
    _Queue(desk, screen)


class _Queue:
    """The queue's flow; a sealed part is read once, because it never changes, and a check judged once as it stands."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.parts: dict[str, Mapping[str, Any]] = {}
        self.tiers: dict[tuple[str, int], str] = {}
        screen.bind(
            on_begin=lambda _screen: desk.attempt(desk.begin),
            on_resume=lambda _screen, inspection: desk.attempt(lambda: desk.resume(inspection)),
            on_papers=lambda _screen, inspection: desk.attempt(lambda: desk.show_papers(inspection)),
            on_next=lambda _screen, vehicle: desk.attempt(lambda: take(desk, vehicle)),
            on_lock=lambda _screen: desk.lock(),
            on_salvage_read=lambda _screen: self.acknowledge(),
            on_go=lambda _screen, name: self.go(name),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what the store holds now; a check that was not judged yet gets its tier a frame later."""
        desk, link, notice = self.desk, self.desk.courier.state, stores.notice(self.desk.open_store)
        shift, now = shifts.current(desk.open_store), desk.now()
        open_, waiting = self._open(), vehicles(desk)
        self.screen.show(
            queue_state(
                open_,
                self._sealed(),
                now,
                ready=desk.backlog.ready,
                trouble=code_words(link.code, link.detail) if link.stopped else "",
                salvaged=salvage_words(notice.kept, notice.lost) if notice else "",
                shift=shift_words(shift.began_at if shift else "", desk.site, now),
                tasks=count(desk.open_store, now),
                practising=desk.practising,
                line=sum(one.state == "waiting" for one in waiting),
                next_=next_words(waiting, now),
                stops=unread(desk.open_store),
                clashes=[clash_words(*one) for one in clashes(desk)],
            )
        )
        if desk.backlog.ready and any((one.inspection, len(one.entries)) not in self.tiers for one in open_):
            desk.later(self.judge)

    def judge(self) -> None:
        """Judge the checks that were not judged as they stand now."""
        if self.desk.store is None or self.desk.screen != "queue":
            return
        for one in stores.in_progress(self.desk.open_store):
            entries = stores.entries(self.desk.open_store, one.id)
            if (one.id, len(entries)) not in self.tiers:
                self.tiers[one.id, len(entries)] = self._tier(one, entries)
        self.show()

    def acknowledge(self) -> None:
        """Take the notice of the salvage away."""
        stores.acknowledge(self.desk.open_store)
        self.show()

    def go(self, name: str) -> None:
        """Go to another screen; a colleague's check is joined from here."""
        if name == "practice":
            self.desk.practise()
        elif name == "pair":
            self.desk.go("pair", mode="join", back="queue")
        else:
            self.desk.go(name)

    def _tier(self, opened: Opened, entries: tuple[Entry, ...]) -> str:
        try:
            kit = self.desk.kit
        except Refusal:
            return ""
        held = Held(opened.id, opened.opened_at, self.desk.access.device, self.desk.access.me, kit, entries)
        found = tier(held.assessment)
        return found.level if found.reasons else ""

    def _open(self) -> list[OpenCheck]:
        return [self._check(one) for one in stores.in_progress(self.desk.open_store)]

    def _check(self, opened: Opened) -> OpenCheck:
        desk, entries = self.desk, stores.entries(self.desk.open_store, opened.id)
        holder = entries[-1].officer if entries else opened.lead
        named = {str(one["id"]): str(one["name"]) for one in desk.access.enrolled.officers}
        mine = holder == self.desk.access.me.id
        level = self.tiers.get((opened.id, len(entries)), "")
        name = named.get(holder, holder)
        place = desk.navigation.place(opened.id)[0]
        return OpenCheck(opened.id, opened.opened_at, place, entries, name, mine, level, opened.joined)

    def _sealed(self) -> list[SentCheck]:
        sent = stores.deliveries(self.desk.open_store)[:MOST_CARDS]
        parts: dict[str, list[Mapping[str, Any]]] = {}
        for one in sent:
            parts.setdefault(one.inspection, []).append(self._part(one.digest))

        def check(one: Delivery) -> SentCheck:
            part = self._part(one.digest)
            stands = decided(part, parts[one.inspection]).outcome
            return SentCheck(part, one.state, one.photos, one.photos_received, stands)

        return [check(one) for one in sent]

    def _part(self, digest: str) -> Mapping[str, Any]:
        if digest not in self.parts:
            self.parts[digest] = stores.sealed(self.desk.open_store, digest).part
        return self.parts[digest]
