"""T4: each touch puts down what a paper says; a paper's last day leads to the next paper that nobody has read.

The numbers of a paper are asked for one after the other; once all papers are dealt with, the walk
goes on, or the vehicle is handed over to who checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from checklists.facts.carried import CarriedPaper
from mobile.desk import Desk
from mobile.inspecting import acts
from mobile.inspecting.carried_papers import Papers
from mobile.inspecting.inspection import Draft
from mobile.screens.carried.state import Entering, carried_state
from mobile.screens.shared.days import is_day


def enter(desk: Desk, screen: Any, paper: str = "", back: str = "", then: str = "", **_where: Any) -> None:
    """Show the papers, at one where it is named; `then` names the screen that follows, else `back`, else the walk."""
    _Carried(desk, screen, paper, then or back or "walk")


class _Carried:
    """The papers in hand: which one lies open, and what is being entered."""

    def __init__(self, desk: Desk, screen: Any, paper: str, then: str) -> None:
        self.desk, self.screen, self.then = desk, screen, then
        self.key = Papers(desk.held).paper(paper).key
        self.entering = Entering()
        screen.bind(
            on_paper=self.open,
            on_pick=self.pick,
            on_day=self.day,
            on_text_left=self.text,
            on_number=self.number,
            on_not_shown=self.not_shown,
            on_photo=lambda _screen: desk.attempt(self.photo),
            on_done=lambda _screen: desk.go(self.then),
        )
        desk.refresh = self.show
        self.show()

    @property
    def papers(self) -> Papers:
        """The papers as they stand."""
        return Papers(self.desk.held)

    def show(self) -> None:
        """Show the paper in hand."""
        state = carried_state(self.desk.held, self.key, self.entering)
        self.screen.show(replace(state, hands_over=self.then == "pair"))

    def open(self, _screen: Any, key: str) -> None:
        """Take another paper in hand."""
        self.key, self.entering = key, Entering()
        self.show()

    def pick(self, _screen: Any, path: str, key: str) -> None:
        """Put down what was touched; after the last touch of a paper its numbers are asked for."""
        before = path in self.papers.said
        self._put(self.papers.pick(path, key))
        if not before:
            self._ask()

    def day(self, _screen: Any, path: str, key: str) -> None:
        """Take a part of a day; a whole one is put down, and the next paper is taken in hand."""
        if not is_day(key):
            self.entering = Entering(key, path)
            self.show()
            return
        mine, shown, self.entering = self.papers, self.key, Entering()
        ends = path not in mine.said and mine.is_whole_with(self.key, path)
        following = mine.after(self.key) if ends else self.key
        moved, self.key = following != self.key, following
        self._put(mine.read(path, key) or (), mine.paper(shown))
        if ends and self.papers.done == len(self.papers.asked):
            self.desk.go(self.then)
        elif moved:
            self._ask()

    def text(self, _screen: Any, path: str, text: str) -> None:
        """Put down what was written; what stands there already is not put down again."""
        if text.strip() != (self.papers.said.get(path) or ""):
            self._put(self.papers.read(path, text) or ())

    def number(self, _screen: Any, path: str, text: str) -> None:
        """Put a number down and ask for the next; one that cannot be true is refused and said."""
        drafts = self.papers.read(path, text)
        if drafts is None:
            self.entering = Entering(refused=path)
            self.show()
            return
        self.entering = Entering()
        self._put(drafts)
        self._ask()

    def not_shown(self, _screen: Any) -> None:
        """Say that the paper was not shown, or take that back."""
        self.desk.put(self.papers.not_shown(self.key))

    def photo(self) -> None:
        """Keep a picture of the paper; the paper in hand is in hand again after it. Raises Refusal `no_new_picture`."""
        desk, item = self.desk, self.papers.paper(self.key).item
        desk.photograph(lambda: desk.put(acts.photo(desk.shutter().fresh(), item)), paper=self.key)

    def _put(self, drafts: Iterable[Draft], paper: CarriedPaper | None = None) -> None:
        """Put down what a paper says; one that was not shown at first is there after all."""
        mine = self.papers
        of = paper or mine.paper(self.key)
        self.desk.put((*(mine.not_shown(of.key) if mine.is_absent(of) else ()), *drafts))

    def _ask(self) -> None:
        path = self.papers.next_number(self.key)
        if path:
            self.screen.ask_number(path)
