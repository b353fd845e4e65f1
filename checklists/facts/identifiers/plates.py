"""Number plates. The forms are those in use, not quoted from a standard: every problem is a warning."""

from __future__ import annotations

from checklists.facts.identifiers.confusable import meant
from checklists.facts.identifiers.model import Check, Problem, compact

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

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

SEPARATORS = "-–—_·•・･‧∙.。,、"
"""What is written between the parts of a number and is no part of it."""

_DIGIT = "0123456789"
_LETTER = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIGN = _LETTER + _DIGIT
_POWER = "DFABCEGHJK"
"""Letters of new-energy plates; D and F first, the others came later."""

_FORMS = {
    "ordinary": (PROVINCES, _LETTER, *(_SIGN,) * 5),
    "trailer": (PROVINCES, _LETTER, *(_SIGN,) * 4, "挂"),
    "police": (PROVINCES, _LETTER, *(_SIGN,) * 4, "警"),
    "learner": (PROVINCES, _LETTER, *(_SIGN,) * 4, "学"),
    "consulate": (PROVINCES, _LETTER, *(_SIGN,) * 4, "领"),
    "cross_border": ("粤", "Z", *(_SIGN,) * 4, "港澳"),
    "nev_large": (PROVINCES, _LETTER, *(_DIGIT,) * 5, _POWER),
    "nev_small": (PROVINCES, _LETTER, _POWER, _SIGN, *(_DIGIT,) * 4),
    "embassy": ("使", *(_DIGIT,) * 6),
}
"""Form of a plate → the signs that may stand at each place. I and O are on no plate."""


def check_plate(text: str, colour: str | None = None) -> Check:
    """Check a number plate: ordinary, trailer (挂), large or small new-energy, police, learner, cross-border, embassy.

    Plate and colour are one key: `colour` is a name of COLOURS, `""` where it was left out (an error), None where it is
    not asked.
    """
    value = compact(text, SEPARATORS)
    form = next((form for form, signs in _FORMS.items() if _has(value, signs)), "")
    problems = [] if form else [_bad(value)]
    if colour == "":
        problems.append(Problem("plate_colour_missing", "error"))
    elif colour is not None and colour not in COLOURS.get(form, (colour,)):
        expected = ";".join(COLOURS[form])
        problems.append(Problem("plate_colour", "warn", {"colour": colour, "expected": expected}))
    return Check("plate", value, tuple(problems), form)


def _has(value: str, signs: tuple[str, ...]) -> bool:
    return len(value) == len(signs) and all(sign in allowed for sign, allowed in zip(value, signs, strict=True))


def _bad(value: str) -> Problem:
    guesses = next((found for signs in _FORMS.values() if (found := meant(value, signs))), ())
    if guesses:
        return Problem("confusable", "warn", {"suggestion": "、".join(guesses)})
    return Problem("format" if value else "empty", "warn", {"expected": "7-8"} if value else {})
