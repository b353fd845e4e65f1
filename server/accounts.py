"""Who may see what in the console, and what a password must be. `scope_of` alone decides what is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def _(words: str) -> str:
    return words


ROLES = {
    "officer": _("officer"),
    "leader": _("team leader"),
    "handler": _("case handler"),
    "reviewer": _("legal reviewer"),
    "supervisor": _("supervisor"),
    "law_admin": _("law administrator"),
    "system_admin": _("system administrator"),
}

PURPOSES = {
    "case": _("handling a case"),
    "follow_up": _("follow-up and re-check"),
    "review": _("legal review"),
    "supervision": _("supervision"),
    "request": _("answering a request or complaint"),
}
"""Why somebody looks: it stands beside every view in the audit log."""

_EVERYWHERE = ("supervisor", "law_admin")
_NOWHERE = ("system_admin",)

_DIVISION = (2, 4, 6, 9, 12)
"""How many digits a division has: province, city, county (GB/T 2260), township, village."""


@dataclass(frozen=True)
class Scope:
    """The agencies whose records and cases are shown; None is every agency of the area, empty is none.

    `area` is the beginning of the division's code in which the site of a check lies; empty is everywhere. What lies at
    a site whose division nobody has said is shown to those alone whose area is everywhere.
    """

    agencies: frozenset[str] | None
    area: str = ""

    @property
    def nothing(self) -> bool:
        """Whether no record at all is shown."""
        return self.agencies is not None and not self.agencies

    def holds(self, agency: str) -> bool:
        """Whether what belongs to the agency is shown, as far as the area allows it."""
        return self.agencies is None or agency in self.agencies


def scope_of(role: str, agency: str, area: str = "") -> Scope:
    """Return what a role of an agency may see in its area.

    Those who supervise or keep the law see every agency. A system administrator keeps the machines running and sees
    how much waits, but no record. A role that is not known sees nothing.
    """
    if role in _EVERYWHERE:
        return Scope(None, division(area))
    if role in _NOWHERE or role not in ROLES or not agency:
        return Scope(frozenset())
    return Scope(frozenset({agency}), division(area))


def division(code: str) -> str:
    """Return a division's code without the zeros that mean all of it: 150600 is 1506, 150000 is 15, 150624 itself."""
    held = code.strip()
    while held[-2:] == "00" and len(held) in (4, 6):
        held = held[:-2]
    while held[-3:] == "000" and len(held) in (9, 12):
        held = held[:-3]
    return division(held) if held != code.strip() else held


def division_fault(code: str) -> str:
    """Return why a text is no division, or nothing; an empty one is everywhere."""
    held = code.strip()
    if not held or (held.isascii() and held.isdecimal() and len(held) in _DIVISION and held[0] in "12345678"):
        return ""
    return NO_DIVISION


NO_DIVISION = _("An area is the code of a division: 2, 4, 6, 9 or 12 figures, such as 150624; empty is everywhere.")

LEAST_PASSWORD, MOST_PASSWORD = 10, 200
PASSWORD_SHORT = _("A password has at least 10 characters.")
PASSWORD_LONG = _("A password has at most 200 characters.")
PASSWORD_COMMON = _(
    "This password is among the first that somebody would try: a word, a row of keys, a year or a name."
)
_COMMON_SCORE = 1
"""Of zxcvbn: fewer than a million guesses. Its own name for that is "very guessable"."""
_KNOWN_WORDS = (
    *("lujian", "luzheng", "zhifa", "weihuo", "weixianpin", "jiaotong", "jiaojing", "gongan", "yunzheng", "daolu"),
    *(
        "admin@123",
        "abc@123",
        "qwer@1234",
        "p@ssw0rd",
        "1qaz@wsx",
        "admin@",
        "woaini",
        "qingchun",
        "zhongguo",
        "admin",
        "guanliyuan",
        "mima",
        "password",
        "5201314",
        "1314520",
    ),
)
"""What its word lists lack and people here would try."""
_LOOKED_AT = 72
"""How far zxcvbn reads; longer is not weaker."""


def password_fault(password: str, known: Iterable[str] = ()) -> str:
    """Return why a password must not be chosen, or nothing. `known` is what others know of its owner: login, name."""
    if len(password) < LEAST_PASSWORD:
        return PASSWORD_SHORT
    if len(password) > MOST_PASSWORD:
        return PASSWORD_LONG
    from zxcvbn import zxcvbn

    told = [one for one in (*known, *_KNOWN_WORDS) if one]
    return PASSWORD_COMMON if zxcvbn(password[:_LOOKED_AT], user_inputs=told)["score"] <= _COMMON_SCORE else ""
