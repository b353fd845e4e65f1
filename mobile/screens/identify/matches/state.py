"""Several vehicles may be meant: each as a card to touch, and none is ever taken by itself. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists import words as kernel
from checklists.facts.matches import MOST, Match
from mobile.plate_input import is_full
from mobile.screens.shared.ages import age_words
from mobile.screens.shared.problems import colour_words
from mobile.words import _, n_

N_ = str
_WHY = {
    "exact": N_("as entered"),
    "colour": N_("another colour"),
    "alike": N_("signs that look alike"),
    "missing": N_("one sign completed"),
    "unit": N_("permitted with it"),
}
_KINDS = {"tractor": N_("tractor"), "trailer": N_("trailer")}


@dataclass(frozen=True)
class MatchCard:
    """A vehicle to choose: its plate, whose it is, why it may be meant, and what is known of it with its age."""

    plate: str
    colour: str
    carrier: str
    why: str
    detail: str


@dataclass(frozen=True)
class MatchesState:
    """`keep` is the plate with colour as it was entered, where that is whole; `more` says that not all are shown."""

    asked: str
    cards: tuple[MatchCard, ...]
    more: str
    keep: tuple[str, str]
    nothing: str = ""


def matches_state(found: Sequence[Match], asked: str, colour: str, now: datetime) -> MatchesState:
    """Return the vehicles found for what was asked (a plate whole or in part, or a trailer's or tank's number)."""
    whole = is_full(asked, colour or "yellow") and not any(one.why == "exact" for one in found)
    left = len(found) - MOST
    return MatchesState(
        asked,
        tuple(_card(one, now) for one in found[:MOST]),
        n_("{n} more: read one sign more", "{n} more: read one sign more", left) if left > 0 else "",
        (asked, colour) if whole else ("", ""),
        "" if found else _("The registry knows no vehicle that may be meant."),
    )


def takes_itself(found: Sequence[Match], colour: str) -> bool:
    """Whether what was entered is a vehicle of the registry, in that colour: there is nothing to ask."""
    exact = [one for one in found if one.why == "exact"]
    return len(exact) == 1 and exact[0].colour in ("", colour) and not any(one.why == "unit" for one in found)


def _card(one: Match, now: datetime) -> MatchCard:
    said = (
        _(_KINDS[one.kind]) if one.kind in _KINDS else "",
        colour_words(one.colour) if one.colour else _("colour not known"),
        _("last violation {day}").format(day=one.last_found_on) if one.last_found_on else "",
        f"{_(kernel.SOURCES['registry'])} · {age_words(one.as_of, now)}",
    )
    return MatchCard(
        one.plate, one.colour, one.carrier or _("carrier not known"), _(_WHY.get(one.why, one.why)),
        " · ".join(part for part in said if part),
    )  # fmt: skip
