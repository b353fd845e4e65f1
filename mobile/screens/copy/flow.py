"""T9: one code after the other, as large as the screen allows."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.screens.copy.state import copy_state, has_copy
from mobile.sealing import seal


def enter(desk: Desk, screen: Any, *, number: str = "", **_where: Any) -> None:
    """Show the codes of one paper; where the party gets none of it, go back."""
    _record, papers = seal.papers(desk.open_store, desk.held.inspection)
    paper = next((one for one in papers if one.number == number and has_copy(one)), None)
    if paper is None:
        desk.go("papers")
        return
    place = [0]

    def show() -> None:
        screen.show(copy_state(paper, place[0]))

    def turn(_screen: Any, by: int) -> None:
        place[0] += by
        show()

    screen.bind(on_turn=turn, on_done=lambda _screen: desk.go("papers", number=number))
    desk.refresh = show
    show()
