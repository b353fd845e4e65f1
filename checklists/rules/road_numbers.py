"""What stands on the road by its own number, as somebody saw it: never the number that the waybill led to."""

from __future__ import annotations

from checklists.facts.identifiers.likeness import DIFFERENT, MAY_BE, Colours, compare
from checklists.facts.texts import is_unread
from checklists.goods import names
from checklists.rules.crosscheck import Look

LOOKED_UP = ("waybill", "registry")
"""Sources whose number was found by way of the waybill: it says nothing about what is there."""


def seen_as(look: Look, *paths: str) -> str | None:
    """Return the first number that is known from being seen or from papers shown; else the first path is missing."""
    for path in paths:
        source = look.context.situation.source(path)
        if look.has(path) and not (source and source.kind in LOOKED_UP):
            return _filled(look, path)
    look.note(paths[0], None)
    look.lack(paths[0])
    return None


def said(look: Look, path: str) -> str | None:
    """Return the number that a paper says, or None and remember that it is missing; one blank or unread is too."""
    return _filled(look, path)


def other(look: Look, kind: str, path: str, one: str | None, another: str | None, colours: Colours = ("", "")) -> bool:
    """Whether two known numbers of a kind are certainly different; where they only may be one, the path is missing.

    How a number is written does not count, its colour does where both have one. `colours` are theirs.
    """
    if one is None or another is None:
        return False
    found = compare(kind, one, another, colours)
    if found == MAY_BE:
        look.lack(path)
    return found == DIFFERENT


def _filled(look: Look, path: str) -> str | None:
    found = look.text(path)
    if found is not None and (not names.plain(found) or is_unread(found)):
        look.lack(path)
        return None
    return found
