"""T10: each answer is one touch; with the last one the result is on disk, in the record or as its amendment."""

from __future__ import annotations

from typing import Any

from checklists.findings.quiz import choose
from mobile.desk import Desk
from mobile.refusals import Refusal
from mobile.screens.lesson import state as states
from mobile.sealing import amendment
from mobile.store import store


def enter(desk: Desk, screen: Any, *, mode: str = "quiz", back: str = "", **_where: Any) -> None:
    """Ask the crew of the inspection in hand; or, with `mode="brief"`, show what is read at the shift's start."""
    if mode == "brief" or not desk.has_inspection:
        _brief(desk, screen, back or "queue")
    else:
        _Quiz(desk, screen, back or "papers")


def _brief(desk: Desk, screen: Any, back: str) -> None:
    def show() -> None:
        try:
            lessons = desk.kit.definitions.lessons
        except Refusal:  # the first pull has not come yet
            lessons = {}
        screen.show(states.brief_state(choose(lessons)))

    def done(_screen: Any) -> None:
        desk.put_down() if back == "queue" else desk.go(back)

    screen.bind(on_next=done)
    desk.refresh = show
    show()


class _Quiz:
    """Who is asked, and what he has answered so far; a half answered lesson begins anew."""

    def __init__(self, desk: Desk, screen: Any, back: str) -> None:
        self.desk, self.screen, self.back = desk, screen, back
        inspection = desk.held.inspection
        self.sealed = store.inspection_state(desk.open_store, inspection) == "sealed"
        self.lesson = states.lesson_of(desk.held)
        self.crew = states.people(desk.held)
        self.person = next((one for one in self.crew if one.role not in self.done()), self.crew[0])
        self.given: list[int] = []
        screen.bind(
            on_person=lambda _screen, role: self.choose(role),
            on_answer=lambda _screen, place: self.answer(int(place)),
            on_next=lambda _screen: self.go_on(),
        )
        desk.refresh = self.show
        self.show()

    def done(self) -> dict[str, Any]:
        """Return the results so far by role, those after the seal included."""
        later = amendment.added(self.desk.open_store, self.desk.held.inspection) if self.sealed else ()
        return dict(states.results((*self.desk.held.entries, *later)))

    def show(self) -> None:
        """Show what stands."""
        state = states.lesson_state(
            self.desk.held, self.lesson, self.person, self.given, sealed=self.sealed, done=self.done()
        )
        self.screen.show(state)

    def choose(self, role: str) -> None:
        """Turn to another person; he begins with his first question."""
        self.person = next(one for one in self.crew if one.role == role)
        self.given = []
        self.show()

    def answer(self, place: int) -> None:
        """Take an answer; the last one is kept at once."""
        assert self.lesson is not None, "no question without a lesson"  # noqa: S101 - a bug, not a refusal
        questions = states.asked(self.desk.held, self.lesson, self.person)
        self.given.append(place)
        if len(self.given) < len(questions):
            self.show()
            return
        self.desk.attempt(lambda: self._keep(questions))
        self.show()

    def go_on(self) -> None:
        """Turn to whoever has not been asked yet, else go back to where the lesson was opened."""
        done = self.done()
        left = [one for one in self.crew if one.role not in done and one != self.person] if self.lesson else []
        if left:
            self.choose(left[0].role)
        else:
            self.desk.go(self.back)

    def _keep(self, questions: Any) -> None:
        desk = self.desk
        assert self.lesson is not None, "no result without a lesson"  # noqa: S101 - a bug
        drafts = (states.result(self.lesson, self.person, questions, self.given),)
        if self.sealed:
            amendment.amend(desk.open_store, desk.held, desk.device_facts, desk.access.enrolled.key, drafts, desk.now())
            desk.start_sync()
        else:
            desk.put((*drafts, *states.teaching_given(desk.held)))
