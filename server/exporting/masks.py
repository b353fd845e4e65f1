"""Personal data as far as a role needs them: who handles cases sees all, others names alone, or neither. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLAIN, NUMBERS, ALL = "plain", "numbers", "all"
"""What is hidden: nothing, numbers of people, numbers and names."""

BY_ROLE: Mapping[str, str] = {
    "handler": PLAIN,
    "leader": PLAIN,
    "reviewer": PLAIN,
    "officer": NUMBERS,
    "supervisor": NUMBERS,
    "law_admin": ALL,
    "system_admin": ALL,
}
"""A role that is not here sees neither."""

_STAR = "*"
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9})(?![0-9A-Za-z])")
"""Identity numbers and mobile numbers, wherever they stand in a text."""


def of_role(role: str) -> str:
    """Return what is hidden from a role."""
    return BY_ROLE.get(role, ALL)


def hide(kind: str, value: str, hidden: str) -> str:
    """Return a value as a role sees it: `kind` is name, number or text (in which numbers may stand)."""
    if hidden == PLAIN or not value:
        return value
    if kind == "name":
        return name(value) if hidden == ALL else value
    return number(value) if kind == "number" else text(value)


def name(value: str) -> str:
    """Return a person's name by its first sign: 王志强 is 王**."""
    return value[:1] + _STAR * min(len(value) - 1, 4)


def number(value: str) -> str:
    """Return a number by its beginning and end: 150624198001011234 is 150************234."""
    if len(value) < 8:
        return _STAR * len(value)
    return f"{value[:3]}{_STAR * (len(value) - 6)}{value[-3:]}"


def text(value: str) -> str:
    """Return a text with the numbers of people in it hidden."""
    return _NUMBERS.sub(lambda found: number(found[0]), value)
