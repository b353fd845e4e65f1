"""T1: begins, resumes and locks; the cards come from the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mobile import store as stores
from mobile.desk import Desk
from mobile.states.queue import OpenCheck, SentCheck, queue_state, salvage_words
from mobile.states.trouble import code_words

MOST_CARDS = 60
"""Of sealed records, the newest; older ones are in the sync centre and at the office."""


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the queue."""
    _Queue(desk, screen)


class _Queue:
    """The queue's flow; a sealed part is read once, because it never changes."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.parts: dict[str, Mapping[str, Any]] = {}
        screen.bind(
            on_begin=lambda _screen: desk.attempt(desk.begin),
            on_join=lambda _screen: desk.go("pair", mode="join", back="queue"),
            on_resume=lambda _screen, inspection: desk.attempt(lambda: desk.resume(inspection)),
            on_papers=lambda _screen, inspection: desk.attempt(lambda: desk.show_papers(inspection)),
            on_lock=lambda _screen: desk.lock(),
            on_salvage_read=lambda _screen: self.acknowledge(),
            on_site=lambda _screen, site: desk.attempt(lambda: self.keep_site(site)),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what the store holds now."""
        desk, link, notice = self.desk, self.desk.courier.state, stores.notice(self.desk.open_store)
        self.screen.show(
            queue_state(
                self._open(),
                self._sealed(),
                desk.now(),
                ready=desk.ready,
                trouble=code_words(link.code, link.detail) if link.stopped else "",
                salvaged=salvage_words(notice.kept, notice.lost) if notice else "",
                site=self._site(),
            )
        )

    def acknowledge(self) -> None:
        """Take the notice of the salvage away."""
        stores.acknowledge(self.desk.open_store)
        self.show()

    def keep_site(self, site: str) -> None:
        """Keep the place of the post; a field may lose the focus only after the tablet locked itself."""
        if self.desk.store is not None and site != self._site():
            stores.keep_setting(self.desk.open_store, "site", site)
            self.desk.refresh()

    def _site(self) -> str:
        return self.desk.site

    def _open(self) -> list[OpenCheck]:
        store = self.desk.open_store
        return [
            OpenCheck(one.id, one.opened_at, self.desk.place(one.id), stores.entries(store, one.id), one.joined)
            for one in stores.in_progress(store)
        ]

    def _sealed(self) -> list[SentCheck]:
        sent = stores.deliveries(self.desk.open_store)[:MOST_CARDS]
        return [SentCheck(self._part(one.digest), one.state, one.photos, one.photos_received) for one in sent]

    def _part(self, digest: str) -> Mapping[str, Any]:
        if digest not in self.parts:
            self.parts[digest] = stores.sealed(self.desk.open_store, digest).part
        return self.parts[digest]
