"""T14: what answers a case is on disk at each touch; sent, it is an amendment of the record that names the task."""

from __future__ import annotations

from typing import Any

from checklists.inspection.tasks import Task
from mobile.desk import Desk
from mobile.inspecting import acts
from mobile.inspecting.camera_photo import Shutter
from mobile.inspecting.inspection import Draft
from mobile.screens.reply.state import correction, left_out, photo_of, reply_state
from mobile.screens.tasks.given import given
from mobile.sealing import amendment
from mobile.store import replies


def enter(desk: Desk, screen: Any, task: str = "", **_where: Any) -> None:
    """Answer a task; where the office waits for it no longer, or another tablet sealed the record, go back."""
    held = next((one for one in given(desk.open_store) if one.id == task), None)
    if held is None or not amendment.may_amend(desk.open_store, held.inspection):
        desk.go("tasks")
    else:
        _Reply(desk, screen, held)


class _Reply:
    """The answer in hand, and which piece the next photo is of."""

    def __init__(self, desk: Desk, screen: Any, task: Task) -> None:
        self.desk, self.screen, self.task = desk, screen, task
        self.held = desk.look(task.inspection)
        self.chosen = left_out(task, self.begun)
        self.shutter.opened()
        screen.bind(
            on_piece=lambda _screen, key: self.choose(int(key)),
            on_photo=lambda _screen: desk.attempt(self.photo),
            on_statement=lambda _screen, text: self.say(acts.statement, text),
            on_correction=lambda _screen, text: self.say(correction, text),
            on_send=lambda _screen: desk.attempt(self.send),
        )
        desk.refresh = self.show
        self.show()

    @property
    def shutter(self) -> Shutter:
        """What takes pictures for this answer: only those since it was begun."""
        return self.desk.shutter(self.held, f"reply:{self.task.id}")

    @property
    def begun(self) -> tuple[Any, ...]:
        """What was put down so far."""
        return replies.begun(self.desk.open_store, self.task.id)

    def show(self) -> None:
        """Show what stands."""
        self.screen.show(reply_state(self.task, self.desk.kit, self.begun, self.chosen, self.desk.now()))

    def choose(self, piece: int) -> None:
        """Take the next photo of another piece."""
        self.chosen = piece
        self.show()

    def photo(self) -> None:
        """Keep a picture as a photo of the piece that is looked at. Raises Refusal."""
        piece = self.chosen
        self.desk.photograph(lambda: self.keep(piece))

    def keep(self, piece: int) -> None:
        """Keep the newest picture as a photo of the piece, hashed before anything else. Raises Refusal."""
        self.put(photo_of(self.task, piece, self.shutter.fresh()))
        # Through the camera the screen was left, and what stands on it now is of before.
        self.desk.go("reply", task=self.task.id)

    def say(self, make: Any, text: str) -> None:
        """Put down what somebody says; nothing is put down for nothing."""
        if text.strip():
            self.desk.attempt(lambda: self.put(make(text.strip())))
            self.show()

    def put(self, drafts: tuple[Draft, ...]) -> None:
        """Put something down, durable before the next touch. Raises Refusal."""
        desk = self.desk
        amendment.put(desk.open_store, self.held, self.task.id, drafts, desk.now())

    def send(self) -> None:
        """Seal the answer and send it. Raises Refusal."""
        desk = self.desk
        if not self.begun:
            return
        amendment.reply(
            desk.open_store, self.held, desk.device_facts, desk.access.enrolled.key, self.task.id, desk.now()
        )
        desk.start_sync()
        desk.recount()
        desk.go("tasks")
