"""The orange plates and diamonds of a vehicle as they hang, side by side and compartment by compartment. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checklists import words as kernel
from checklists.facts.observation import Panel
from checklists.goods.required_signs import MARKS, PANEL_SIDES, PLACARD_SIDES, has_mark
from checklists.rules.context import Context
from checklists.rules.panels import LONG_SIDES, looked_for
from mobile.inspecting.inspection import Held
from mobile.words import _

CLASSES = (
    *("1", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "3", "4.1", "4.2", "4.3"),
    *("5.1", "5.2", "6.1", "6.2", "7D", "8", "9"),
)
"""The diamonds that a lorry may show, as the officer picks them; beside them hang marks (`required_signs.MARKS`)."""


Numbers = tuple[str, str]
"""The hazard number and the UN number of a plate."""


@dataclass(frozen=True)
class PanelState:
    """The orange plate of one place. `seen` is "" while nobody looked, else `there`, `blank` or `none`.

    `expected` is what the waybill asks for there, where that is one; `other` is the place that may show the same, with
    its name and numbers.
    """

    side: str
    name: str
    seen: str
    hazard: str = ""
    un: str = ""
    expected: Numbers | None = None
    other_name: str = ""
    other: Numbers | None = None


@dataclass(frozen=True)
class PlacardState:
    """The diamonds of one side; None while nobody looked."""

    side: str
    name: str
    labels: tuple[str, ...] | None


@dataclass(frozen=True)
class SignsState:
    """Orange plates, diamonds and marks as seen; `labels` are what the goods ask for, if known."""

    panels: tuple[PanelState, ...]
    placards: tuple[PlacardState, ...]
    labels: tuple[str, ...]


def signs_state(held: Held, compartments: int = 0) -> SignsState:
    """Return the signs as seen beside what the waybill asks for; `compartments` more are looked at on both sides."""
    context = held.context
    seen = context.situation.seen
    sides = _places((*looked_for(context), *seen.panels, *_more(compartments)))
    placards = tuple(PlacardState(side, side_words(side), seen.placards.get(side)) for side in PLACARD_SIDES)
    labels = tuple(dict.fromkeys(label for one in context.on_board or () for label in one.placards))
    labels += tuple(mark for mark in MARKS if labels and has_mark(context.loads or (), mark))
    return SignsState(tuple(_panel(context, side, seen.panels) for side in sides), placards, labels)


def side_words(side: str) -> str:
    """Return a place in words: front, or left side 2 beside the second compartment."""
    name, _dot, number = side.partition(".")
    return " ".join(filter(None, (_(kernel.SIDES.get(name, name)), number)))


def number_of(panel: PanelState) -> str:
    """Return the compartment beside which a plate hangs, empty at the ends."""
    return panel.side.partition(".")[2]


def hazards_for(context: Context, un: str) -> tuple[str, ...]:
    """Return the hazard numbers that the table has for a UN number, those of the waybill's goods among them."""
    return tuple(dict.fromkeys(one.hazard_id for one in context.goods(un) if one.hazard_id))


def _more(compartments: int) -> Iterable[str]:
    return (f"{side}.{number}" for number in range(1, compartments + 1) for side in LONG_SIDES)


def _places(sides: Iterable[str]) -> list[str]:
    """Return each place once: the ends, then both sides of each compartment in turn."""

    def order(side: str) -> tuple[int, int, str, int]:
        name, _dot, number = side.partition(".")
        ends = PANEL_SIDES.index(name) if name in PANEL_SIDES else len(PANEL_SIDES)
        return ends, len(number), number, LONG_SIDES.index(name) if name in LONG_SIDES else 0

    return sorted(dict.fromkeys(sides), key=order)


def _panel(context: Context, side: str, panels: Mapping[str, Panel]) -> PanelState:
    name, dot, number = side.partition(".")
    opposite = {"front": "rear", "rear": "front", "left": "right", "right": "left"}.get(name, name) + dot + number
    state, numbers = _seen(panels.get(side))
    there, other = _seen(panels.get(opposite))
    return PanelState(
        side,
        side_words(side),
        state,
        *numbers,
        expected=_expected(context, number),
        other_name=_("other") if number else side_words(opposite),
        other=other if there == "there" else None,
    )


def _seen(one: Panel | None) -> tuple[str, Numbers]:
    if one is None:
        return "", ("", "")
    if not one.present or one.blank:
        return "blank" if one.present else "none", ("", "")
    return "there", (one.hazard_id or "", one.un or "")


def _expected(context: Context, compartment: str) -> Numbers | None:
    """Return the one plate that the goods of a compartment ask for; those of all goods where either has no number."""
    asked = ("", compartment) if compartment else None
    mine = (one for one in context.declared or () if asked is None or (one.line.compartment or "") in asked)
    found = dict.fromkeys((one.hazard_id, one.un) for each in mine for one in each.goods if one.hazard_id)
    return next(iter(found)) if len(found) == 1 else None
