"""T13: what is touched here is on disk at once, and sent until the office has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checklists.inspection.tasks import Task
from checklists.law.model import Term
from checklists.wire import uuid7
from mobile.desk import Desk
from mobile.refusals import Refusal
from mobile.screens.tasks.given import given, own
from mobile.screens.tasks.state import ANSWER, ANSWERED, OPEN, SENT, WAITING, tasks_state
from mobile.sealing import amendment, duties
from mobile.store import answers
from mobile.store import store as stores
from mobile.store.task_act import Act

MOST_PARTS = 100
"""Of sealed parts, the newest: the answer to a task that still stands is among them."""


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show what is to be done."""
    _Tasks(desk, screen)


class _Tasks:
    """The tasks of this tablet's teams; a sealed part is read once, because it never changes."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.parts: dict[str, Mapping[str, Any]] = {}
        self.own: list[Task] = []
        screen.bind(
            on_duty=lambda _screen, task, did, note: self.done(task, did, note),
            on_fetch=lambda _screen: desk.start_sync(),
        )
        desk.refresh = self.show
        self.show()

    def show(self) -> None:
        """Show what stands."""
        desk = self.desk
        heard = stores.heard(desk.open_store)
        self.own = own(desk.open_store, desk.now(), self._terms())
        held = [*given(desk.open_store), *self.own]
        self.screen.show(
            tasks_state(
                held,
                answers.acts(desk.open_store),
                desk.now(),
                as_of=heard.at,
                given=heard.whole,
                answers=self._answers(held),
            )
        )

    def done(self, task: str, did: str, note: str) -> None:
        """Put down what was done, and send it; what is answered by the record is answered on a screen of its own."""
        if did == ANSWER:
            self.desk.go("reply", task=task)
            return
        desk, me = self.desk, self.desk.access.me.id
        if did == duties.DONE and any(one.id == task for one in self.own):
            duties.done(desk.open_store, task, me, desk.at, note.strip())
        else:
            answers.keep(desk.open_store, Act(uuid7(), task, me, did, desk.at, note.strip()))
        self.desk.start_sync()
        self.show()

    def _answers(self, held: list[Task]) -> dict[str, str]:
        """Return how the tasks stand that are answered by an amendment of a record sealed here."""
        store = self.desk.open_store
        mine = {one.id for one in held if one.kind in ANSWERED and amendment.may_amend(store, one.inspection)}
        states = {one.digest: one.state for one in stores.deliveries(store)}
        replied = {str(part.get("task")): digest for digest, part in self._sealed() if part.get("task")}
        return {
            task: OPEN if task not in replied else SENT if states.get(replied[task]) == "delivered" else WAITING
            for task in mine
        }

    def _terms(self) -> Mapping[str, Term]:
        try:
            return self.desk.kit.definitions.terms
        except Refusal:  # no package yet
            return {}

    def _sealed(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for one in stores.deliveries(self.desk.open_store)[:MOST_PARTS]:
            if one.digest not in self.parts:
                self.parts[one.digest] = stores.sealed(self.desk.open_store, one.digest).part
            yield one.digest, self.parts[one.digest]
