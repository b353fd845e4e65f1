"""T4: clearing a section states what its tile says; opening it shows its items. The draw is made on the first visit."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.inspecting import acts, control_photos
from mobile.inspecting.inspection import Held
from mobile.screens.shared import questions
from mobile.screens.walk.state import walk_state


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the walk and let it act."""
    _Walk(desk, screen)


class _Walk:
    """The walk, and since when the officer looks at what he has not cleared yet."""

    def __init__(self, desk: Desk, screen: Any) -> None:
        self.desk, self.screen = desk, screen
        self.since = desk.now()
        screen.bind(
            on_clear=self.clear,
            on_photo=lambda _screen, section: desk.attempt(lambda: self.photo(section)),
            on_open=lambda _screen, section, item: desk.go("section", section=section, item=item),
            on_load=lambda _screen, key: desk.put(questions.answer(desk.held, questions.LOADED, key)),
            on_papers=lambda _screen: desk.go("carried"),
            on_compare=lambda _screen: desk.go("compare"),
            on_outcome=lambda _screen: desk.go("outcome"),
            on_order=lambda _screen: self.reorder(),
            on_pair=lambda _screen: desk.go("pair"),
        )
        desk.refresh = self.show
        screen.begin(desk.held.inspection)
        if drafts := control_photos.drawing(desk.held):
            desk.put(drafts)
        else:
            self.show()

    def show(self) -> None:
        """Show the walk as it stands."""
        held = self.desk.held
        self.screen.show(walk_state(held, usual=self.desk.usual_order))
        # What the next touch may clear is worked out a section a frame, once the frame that shows this one's is drawn.
        self.desk.later(lambda: self.desk.later(lambda: self.think_ahead(held)))

    def think_ahead(self, held: Held) -> None:
        """Work out ahead what clearing a section would answer, as long as the inspection stands as it was shown."""
        desk = self.desk
        if desk.has_inspection and desk.held is held and desk.refresh == self.show and held.think_ahead():
            desk.later(lambda: self.think_ahead(held))

    def reorder(self) -> None:
        """Change over between the own agency's first and the usual order; nothing is ever left out."""
        self.desk.usual_order = not self.desk.usual_order
        self.show()

    def photo(self, section: str) -> None:
        """Put down the control photo that is asked in a section. Raises Refusal `no_new_picture`."""
        desk = self.desk
        desk.photograph(lambda: desk.put(desk.shutter().control(section)))

    def clear(self, _screen: Any, section: str) -> None:
        """Put down that there is no further deviation; the dwell time runs since the tile before was dealt with."""
        now = self.desk.now()
        dwell_ms = acts.spent_ms(self.since, now)
        self.since = now
        self.desk.put(acts.clear_section(self.desk.held, section, dwell_ms))
