"""Which tunnels are closed to goods by the tunnel restriction code of the list (ADR 8.6.4)."""

from __future__ import annotations

import re

LIGHTER = {"B1000C": (1000, "B", "C"), "C5000D": (5000, "C", "D")}
"""Codes that turn on the net explosive mass of the transport unit: up to so many kg the lighter letter counts."""


def closed(code: str, category: str, *, in_tank: bool | None, explosive_mass_kg: int | None = None) -> bool | None:
    """Return whether the goods may not pass a tunnel of that category; None where what decides is not known.

    A code of two letters (`B/D`) has the first for carriage in tanks, the second for any other; `D/E` has the first for
    carriage in bulk too: `in_tank` is whether the first letter counts. `-` is no restriction, an empty code not known.
    """
    plain = code.strip("() ").upper()
    if plain in ("-", "—"):
        return False
    letters = _letters(plain, in_tank=in_tank, explosive_mass_kg=explosive_mass_kg)
    answers = {category >= one for one in letters}
    return answers.pop() if len(answers) == 1 else None


def _letters(code: str, *, in_tank: bool | None, explosive_mass_kg: int | None) -> tuple[str, ...]:
    """Return the letter that counts, or all that may."""
    if code in LIGHTER:
        limit, above, below = LIGHTER[code]
        if explosive_mass_kg is None:
            return (above, below)
        return (above if explosive_mass_kg > limit else below,)
    if not re.fullmatch("[B-E](/[B-E])?", code):
        return ()
    first, _, second = code.partition("/")
    if not second:
        return (first,)
    return (first, second) if in_tank is None else (first if in_tank else second,)
