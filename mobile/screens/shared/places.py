"""Where a deviation is: the places that fit the section and this vehicle, as chips. Pure."""

from __future__ import annotations

from checklists.facts.waybill_values import compartment
from checklists.words import catalogue
from mobile.inspecting.inspection import Held
from mobile.words import _


def _mark(message: str) -> str:
    return message


LOCATIONS = {
    "papers": _mark("papers"),
    "cab": _mark("cab"),
    "tractor": _mark("tractor"),
    "trailer": _mark("trailer"),
    "front": _mark("front"),
    "rear": _mark("rear"),
    "left": _mark("left side"),
    "right": _mark("right side"),
    "top": _mark("tank top"),
    "bottom": _mark("tank bottom"),
    "valve": _mark("valve box"),
    "load": _mark("load"),
}
_LIKELY = {
    "LIC": ("papers", "cab", "tractor", "trailer"),
    "PLA": ("front", "rear", "left", "right", "tractor", "trailer"),
    "TNK": ("top", "bottom", "valve", "front", "rear", "left", "right"),
    "EQP": ("cab", "tractor", "trailer", "left", "right"),
    "LOD": ("papers", "load", "tractor", "trailer"),
    "OPR": ("papers", "cab"),
    "EDU": ("papers", "cab"),
}
_RUNNING = ("tractor", "trailer", "front", "rear", "left", "right")
"""Brakes, tyres and lights are found all around, whatever their section."""
_IN_COMPARTMENTS = ("TNK", "LOD", "PLA")
_OF_UNIT = ("tractor", "trailer")
MOST_COMPARTMENTS = 8


def places(held: Held, section: str, item: str) -> tuple[tuple[str, str], ...]:
    """Return the places (key, words): tractor and trailer where there are two, compartments where there are several."""
    keys = _RUNNING if item.startswith("VEH") else _LIKELY.get(section, ())
    fitting = [key for key in keys if key not in _OF_UNIT or held.context.has_trailer]
    numbers = compartments(held) if section in _IN_COMPARTMENTS else ()
    return (
        *((key, place_words(key)) for key in fitting),
        *((key, place_words(key)) for key in (f"compartment:{number}" for number in numbers)),
    )


def place_words(key: str) -> str:
    """Return a place in words; one that is not known here as it is."""
    start, _colon, number = key.partition(":")
    if start == "compartment" and number:
        return _("compartment {number}").format(number=number)
    return _(LOCATIONS[key]) if key in LOCATIONS else key


def place_in_law(key: str) -> str:
    """Return a place in Chinese, as papers have it whatever the screen speaks."""
    say = catalogue("zh_CN", "mobile").gettext
    start, _colon, number = key.partition(":")
    if start == "compartment" and number:
        return say("compartment {number}").format(number=number)
    return say(LOCATIONS[key]) if key in LOCATIONS else key


def compartments(held: Held) -> tuple[str, ...]:
    """Return the numbers of the compartments of the tank, as its papers or the waybill tell; none for a tank of one."""
    situation = held.context.situation
    papers = [one.number for one in (situation.tank.compartments if situation.tank else None) or ()]
    lines = [one.compartment for one in (situation.waybill.lines if situation.waybill else None) or ()]
    numbers = sorted({compartment(number) for number in (*papers, *lines) if number}, key=lambda one: (len(one), one))
    return tuple(numbers[:MOST_COMPARTMENTS]) if len(numbers) > 1 else ()
