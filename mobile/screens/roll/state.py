"""T9: one paper as a narrow roll, and the printer on the belt. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mobile.sealing.paper import Paper
from mobile.words import _, n_


@dataclass(frozen=True)
class Choice:
    """A width to pick."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class RollState:
    """All of it. `pictures` are the parts of the roll as PNG, from its beginning; empty while they are made.

    `length` says how long it will be, `several` how many papers count, where there are others.
    """

    number: str
    pictures: tuple[bytes, ...]
    width_mm: int
    widths: tuple[Choice, ...]
    address: str
    busy: bool
    may_print: bool
    several: str
    length: str
    notice: str
    tone: str


DOTS_PER_MM = 8


def roll_state(
    papers: Sequence[Paper],
    number: str,
    *,
    address: str,
    width_mm: int,
    widths_mm: Sequence[int],
    pictures: tuple[bytes, ...] = (),
    rows: int = 0,
    busy: bool = False,
    notice: str = "",
    tone: str = "danger",
) -> RollState:
    """Return the screen for one paper; `rows` is the length of its roll in dots."""
    shown = next((one for one in papers if one.number == number), papers[0])
    count = sum(not one.void for one in papers)
    void = _("Void: {reason}").format(reason=shown.void) if shown.void else ""
    return RollState(
        number=shown.number,
        pictures=pictures,
        width_mm=width_mm,
        widths=tuple(Choice(str(one), f"{one} mm", one == width_mm) for one in widths_mm),
        address=address,
        busy=busy,
        may_print=not busy and not shown.void,
        several=n_("Print all {n}", "Print all {n}", count) if count > 1 else "",
        length=_("{n} cm of paper").format(n=-(-rows // (DOTS_PER_MM * 10))) if rows else _("One moment"),
        notice=notice or void,
        tone=tone if notice else "danger",
    )
