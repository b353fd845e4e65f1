"""Personal data as far as a role needs them: who handles cases sees all, others names alone, or neither. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from checklists.facts.identifiers.companies import check_uscc
from checklists.facts.identifiers.id_papers import is_birth

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
_GAP = "[ ·‐-―−-]{0,3}"
"""What people put between the groups of a number."""
_DAY = f"(?:19[0-9]{{2}}|20[01][0-9]){_GAP}(?:0[1-9]|1[0-2]){_GAP}(?:0[1-9]|[12][0-9]|3[01])"
"""A day on which somebody was born who is on the road."""
_AREA = f"[1-9][0-9]{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}"
_GROUPS = ((3, 4, 4), (3, 3, 5), (4, 3, 4))
_MOBILE = "(?=1[3-9])(?:{})".format("|".join(_GAP.join(f"[0-9]{{{many}}}" for many in one) for one in _GROUPS))
_START, _LABEL, _END = "(?<![0-9A-Za-z])", "(?:(?!UN)[A-Za-z]{1,12})?", "(?![0-9A-Za-z])"
_FORMS = (
    rf"{_START}(?:[0-9]{{17}}[0-9Xx×]|[0-9]{{15}}){_END}",
    rf"{_START}{_LABEL}(?P<card>{_AREA}{_GAP}{_DAY}{_GAP}[0-9]{{2}}{_GAP}[0-9]{_GAP}[0-9Xx×]){_END}",
    rf"{_START}{_LABEL}(?P<mobile>(?:(?:\+|00)?86\)?{_GAP})?{_MOBILE}){_END}",
    rf"(?<!UN ){_START}{_LABEL}(?P<line>0[1-9][0-9]{{1,2}}(?:\)|[ ‐-―−-]){_GAP}[2-8][0-9]{{6,7}}){_END}",
    r"(?<![0-9A-Za-z-])(?P<paper>[A-Za-z][0-9]{7,10}|[CEce][A-Za-z][0-9]{7})(?![0-9A-Za-z-])",
)
_NUMBERS = re.compile("|".join(_FORMS))
"""Numbers of people wherever they stand in a text: identity, mobile and telephone numbers, passports and permits."""


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
    """Return a text with the numbers of people in it hidden, as people write them: in groups, wide, behind a word.

    What is public stays: the code of a unit, and numbers of goods, vehicles and papers of the office.
    """
    parts, end = [], 0
    for found in _NUMBERS.finditer("".join(map(_plain, value))):
        start, stop = found.span(found.lastgroup or 0)
        if not _is_unit(found[0]):
            parts += [value[end:start], number(found[found.lastgroup or 0])]
            end = stop
    return "".join((*parts, value[end:]))


def _plain(sign: str) -> str:
    """Return a sign as it compares, one for one, so that what is found has its place in the text."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _is_unit(found: str) -> bool:
    """Whether eighteen figures are the code of a unit and not somebody's identity number."""
    return found[:17].isdecimal() and check_uscc(found).ok and not is_birth(found[6:14], None)
