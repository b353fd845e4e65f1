"""T13: what is touched here is on disk at once, and sent until the office has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checklists.inspection.tasks import Task
from checklists.law.model import Term
from checklists.wire import uuid7
from mobile.desk import Desk
from mobile.refusals import Refusal
from mobile.screens.tasks.state import REPORT, own_tasks, tasks_state
from mobile.store import answers
from mobile.store import store as stores
from mobile.store.task_act import Act

MOST_PARTS = 100
"""Of sealed parts, the newest: deadlines of older ones are the office's."""


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show what is to be done."""
    _Tasks(desk, screen)


class _Tasks:
    """The tasks of this tablet's agency and officer; a sealed part is read once, because it never changes."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.parts: dict[str, Mapping[str, Any]] = {}
        screen.bind(
            on_duty=lambda _screen, task, did, note: self.done(task, did, note),
            on_fetch=lambda _screen: desk.start_sync(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what stands."""
        desk = self.desk
        feed = self._lookup("feed", "tasks")
        held = [*self._given(), *own_tasks(self._sealed(), desk.now(), self._report())]
        self.screen.show(
            tasks_state(
                held,
                answers.acts(desk.open_store),
                desk.now(),
                as_of=str(feed["as_of"]) if feed else "",
                given=feed is not None,
            )
        )

    def done(self, task: str, did: str, note: str) -> None:
        """Put down what was done, and send it."""
        me = self.desk.access.me
        answers.keep(self.desk.open_store, Act(uuid7(), task, me.id, did, self.desk.at, note.strip()))
        self.desk.start_sync()
        self.show()

    def _given(self) -> Iterator[Task]:
        me = self.desk.access.me
        for key in dict.fromkeys((me.agency, me.id)):
            row = self._lookup("tasks", key)
            for one in (row or {"data": {}})["data"].get("rows") or ():
                yield Task.of(one)

    def _report(self) -> Term | None:
        try:
            return self.desk.kit.definitions.terms.get(REPORT)
        except Refusal:  # no package yet
            return None

    def _lookup(self, kind: str, key: str) -> Mapping[str, Any] | None:
        try:
            return self.desk.kit.lookup(kind, key)
        except Refusal:  # no package yet: the list is not given
            return None

    def _sealed(self) -> Iterator[Mapping[str, Any]]:
        for one in stores.deliveries(self.desk.open_store)[:MOST_PARTS]:
            if one.digest not in self.parts:
                self.parts[one.digest] = stores.sealed(self.desk.open_store, one.digest).part
            yield self.parts[one.digest]
