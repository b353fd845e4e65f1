"""Number plates: read, and what is wrong with them. Every problem but a missing colour is a warning."""

from __future__ import annotations

from checklists.facts.identifiers.confusable import meant
from checklists.facts.identifiers.model import SEPARATORS, Check, Problem, latin
from checklists.facts.identifiers.plate_forms import FORMS, OTHER_FORMS, PROVINCES, read_plate

__all__ = ["COLOURS", "PROVINCES", "SEPARATORS", "check_plate"]

COLOURS = {
    "ordinary": ("yellow", "blue"),
    "trailer": ("yellow",),
    "nev_large": ("yellow_green",),
    "nev_small": ("green",),
    "police": ("white",),
    "learner": ("yellow",),
    "cross_border": ("black",),
    "consulate": ("black",),
    "embassy": ("black",),
}
"""Form of a plate → its colours: yellow heavy, blue light; new-energy: yellow and green large, green small."""


def check_plate(text: str, colour: str | None = None) -> Check:
    """Check a number plate: ordinary, trailer (挂), large or small new-energy, police, learner, cross-border, embassy.

    Also those of fire service, airports, armed police and army, foreign ones, none at all, and whatever else is
    written, with a warning. Plate and colour are one key: `colour` is a name of COLOURS, `""` where it was left out (an
    error), None where it is not asked; one that is written with the signs counts.
    """
    found = read_plate(text)
    form = "" if found.form == "trailer_unmarked" else found.form
    value = "无号牌" if form == "none" else found.signs
    seen = colour or found.colour if colour is not None else None
    problems = [*_form_problems(value, form), *_colour_problems(form, seen)]
    return Check("plate", value, tuple(problems), form, found.colour)


def _form_problems(value: str, form: str) -> list[Problem]:
    if form == "none":
        return [Problem("no_plate", "warn")]
    if form == "foreign":
        return [Problem("other_plate", "warn")]
    return [] if form else [_bad(value)]


def _colour_problems(form: str, colour: str | None) -> list[Problem]:
    if colour is None or form in OTHER_FORMS or form == "none":
        return []
    if colour == "":
        return [Problem("plate_colour_missing", "error")]
    if colour not in COLOURS.get(form, (colour,)):
        return [Problem("plate_colour", "warn", {"colour": colour, "expected": ";".join(COLOURS[form])})]
    return []


def _bad(value: str) -> Problem:
    guesses = next((found for signs in FORMS.values() if (found := meant(latin(value), signs))), ())
    if guesses:
        return Problem("confusable", "warn", {"suggestion": "、".join(guesses)})
    return Problem("format" if value else "empty", "warn", {"expected": "7-8"} if value else {})
