"""T6: from a cell to the place where it is dealt with; mass and goods are entered here."""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.inspecting import acts
from mobile.library.goods import hits, row
from mobile.screens.compare.state import compare_state


def enter(desk: Desk, screen: Any, **_where: Any) -> None:
    """Show the table and let it act."""

    def show() -> None:
        screen.show(compare_state(desk.held))

    def act(_screen: Any, to: str, where: str) -> None:
        if to == "deviation":
            desk.go("deviation", item=where, back="compare")
        else:
            desk.go("section", section=where)

    screen.find = lambda text: tuple(row(one) for one in hits(desk.kit.tables, text, ()))
    screen.bind(
        on_act=act,
        on_weigh=lambda _screen, gross_kg: desk.attempt(lambda: desk.put(acts.weigh(gross_kg))),
        on_goods=lambda _screen, un: desk.put(acts.see_goods(un)),
        on_walk=lambda _screen: desk.go("walk"),
    )
    desk.refresh = show
    show()
