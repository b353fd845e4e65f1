"""Where documents reach a party (送达地址、联系电话), as it was said on the spot: the papers that are served print it.

Only what somebody there stated is printed (source `party`): what a registry holds is for the office, and nobody has
confirmed it. No form of a confirmation (送达地址确认书) is made of it: what that one warns of has its own clauses.
"""

from __future__ import annotations

from checklists import words
from checklists.facts.situation import Situation


def _(message: str) -> str:
    return message


STATED_AS = _("{what} (as stated on the spot)")
FOR_SERVICE = _("Telephone and address for service (as stated on the spot)")
"""The names of the rows: of one thing that a party stated, and of all that was."""
STATED = "party"
"""The source of what a party says of itself."""
_PARTS = ("phone", "address")
_ROLES = ("driver", "escort", "carrier")


def stated_rows(situation: Situation, role: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Return telephone and address for service of whoever has this role, one row each; nothing that was not stated."""
    say = words.say(lang)
    said = say(STATED_AS)
    return tuple((said.format(what=words.label(part, say)), text) for part, text in _stated(situation, role))


def everybody(situation: Situation, lang: str) -> tuple[tuple[str, str], ...]:
    """Return in one row what driver, escort and carrier stated, as the on-site record has it; none where nobody did."""
    say = words.say(lang)
    told = [
        f"{say(words.ROLES[role])} " + "，".join(f"{words.label(part, say)} {text}" for part, text in parts)
        for role in _ROLES
        if (parts := _stated(situation, role))
    ]
    row = (say(FOR_SERVICE), "；".join(told))
    return (row,) if told else ()


def _stated(situation: Situation, role: str) -> tuple[tuple[str, str], ...]:
    holder = getattr(situation, role) if role in _ROLES else None
    found = ((part, getattr(holder, part, None)) for part in _PARTS)
    return tuple((part, str(text)) for part, text in found if text and _source(situation, f"{role}.{part}") == STATED)


def _source(situation: Situation, path: str) -> str:
    source = situation.source(path)
    return source.kind if source else ""
