"""What the snapshot says of the watch list: who asks, why, what to do, until when. It warns of nobody. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checklists import words as kernel
from checklists.facts.identifiers.plate_forms import read_plate
from checklists.facts.watch import DONE, Watch
from mobile.inspecting import watching
from mobile.inspecting.inspection import Held
from mobile.words import _


@dataclass(frozen=True)
class WatchCard:
    """An entry: about what, who asks and how he is reached, why, what to do, until when; `done`: the team did it."""

    id: str
    title: str
    who: str
    why: str
    do: str
    until: str
    done: bool


def watch_cards(held: Held, day: date) -> tuple[WatchCard, ...]:
    """Return the entries that stand on a day, those that end first before the others."""
    known = watching.said(held)
    return tuple(_card(one, done=DONE in known.get(one.id, ())) for one in watching.about(held, day))


def _card(one: Watch, *, done: bool) -> WatchCard:
    signs = one.key.partition("|")[0]
    number = read_plate(signs).signs or signs if one.on == "vehicle" else signs
    do = _(kernel.WATCH_DO.get(one.do, one.do))
    return WatchCard(
        one.id,
        _("Watch list, {what} {number}").format(what=_(kernel.WATCH_ON.get(one.on, one.on)), number=number),
        " · ".join(part for part in (f"{one.unit} {one.officer}", one.contact) if part),
        one.why,
        _("{do}: {text}").format(do=do, text=one.text) if one.text else do,
        _("until {day}").format(day=one.until.isoformat()),
        done,
    )
