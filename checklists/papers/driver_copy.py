"""The words of a paper for the driver's phone: plain text in numbered parts, each of which one QR code holds. Pure.

Any scanner shows plain text, without a network and without an app of ours. Everybody nearby can photograph the screen:
numbers of people are hidden, and where documents reach them is left out. What would take too many codes is shortened,
and says so: rows and the values compared go, what was found, its basis, deadlines, rights and remedies stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checklists import words
from checklists.papers.paper import Block, Notice
from checklists.papers.paragraphs import PEOPLE
from checklists.papers.service_address import FOR_SERVICE, STATED_AS
from checklists.patterns import pattern
from checklists.values import frozen


def _(message: str) -> str:
    return message


MOST_BYTES = 660
"""So much UTF-8 text stands in one part: 220 Chinese characters, a QR code of version 20 at level M."""
MOST_PARTS = 4
"""A paper that needs more is shortened."""
FOR_PARTY = ("record", "order", "penalty", "education", "pass", "addendum")
"""Kinds of papers of which the party gets a copy; the others go between authorities."""

_WHOLE = _("Copy in words, without signatures; numbers of people are hidden. What counts is the paper itself.")
_SHORT = _("Shortened, not the whole paper; numbers of people are hidden. What counts is the paper itself.")
_KEPT_ROWS = (_("Party"), _("Vehicle"), _("Place"), _("Time"), _("Carrier"), _("Shown until"))
_KEPT_LINES = (_("Rules broken"), _("Rests on"), _("legal basis to be verified"), _("Looked at again"))
_IDENTITY = _("Identity number")

_DAY = "(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12][0-9]|3[01])"
_PERSON = pattern(
    rf"(?<![0-9A-Za-z])([0-9]{{6}})[ -]?(?:19|20)[0-9]{{2}}[ -]?{_DAY}[ -]?([0-9]{{3}}[0-9Xx])(?![0-9A-Za-z])"
)
_FOURS = pattern(
    r"(?<![0-9A-Za-z])([0-9]{4}) ([0-9]{2})[0-9]{2} [0-9]{4} [0-9]{2}([0-9]{2}) ([0-9][0-9Xx])(?![0-9A-Za-z])"
)
_OLD_PERSON = pattern(rf"(?<![0-9A-Za-z])([1-9][0-9]{{5}})[ -]?[0-9]{{2}}{_DAY}[ -]?([0-9]{{3}})(?![0-9A-Za-z])")
"""A number of fifteen figures, as they were until 1999."""
_PHONE = pattern(r"(?<![0-9A-Za-z])((?:(?:\+|00)?86[ -]?)?1[3-9][0-9])[ -]?[0-9]{4}[ -]?([0-9]{4})(?![0-9A-Za-z])")
_HALF = {0xFF10 + figure: str(figure) for figure in range(10)} | {0xFF38: "X", 0xFF58: "x"}
_NUMBER = pattern(r"[0-9A-Za-z]*[0-9][0-9A-Za-z]{4,}")
_FINDING = pattern(r"[0-9]+\. ")
_ENDS = (("\n。", 0.5), ("；，", 0.75))
"""Where a text is broken, the best first, each no nearer to its beginning than that share."""


@frozen
class DriverCopy:
    """The parts of a copy, in order; `shortened` says that they are not the whole paper."""

    parts: tuple[str, ...]
    shortened: bool


def driver_copy(notice: Notice, lang: str = "zh_CN") -> DriverCopy:
    """Return a paper as text in parts, the whole of it where MOST_PARTS hold that."""
    say = words.say(lang)
    whole = _parts(notice, [say(_WHOLE), notice.office, *_lines(notice.blocks, lang)])
    if len(whole) <= MOST_PARTS:
        return DriverCopy(whole, shortened=False)
    return DriverCopy(_parts(notice, [say(_SHORT), notice.office, *_essentials(notice.blocks, lang)]), shortened=True)


def hidden(text: str) -> str:
    """Return a text in which identity and telephone numbers, whole or in groups, are hidden but for their ends."""
    plain = _PERSON.sub(r"\1********\2", text.translate(_HALF))
    plain = _FOURS.sub(r"\1\2********\3\4", plain)
    return _PHONE.sub(r"\1****\2", _OLD_PERSON.sub(r"\1******\2", plain))


def _lines(blocks: Iterable[Block], lang: str) -> Iterator[str]:
    for block in blocks:
        yield from _rows(block, lang)
        if block.text:
            yield hidden(block.text)


def _rows(block: Block, lang: str) -> Iterator[str]:
    """Yield the rows of a table, without those that say where somebody is reached."""
    say = words.say(lang)
    stated = say(STATED_AS).format(what="")
    for row in block.rows:
        name, *values = row
        if name == say(FOR_SERVICE) or name.endswith(stated):
            continue
        if name in (say(PEOPLE), say(_IDENTITY)):
            values = [_NUMBER.sub(_ends, one) for one in values]
        yield hidden("：".join((name, *values)))


def _ends(found: re.Match[str]) -> str:
    """Hide the middle of any number of a person, whatever paper it is of: 150624********001X, E1*****78."""
    text = found[0]
    head, tail = (6, 4) if len(text) >= 15 else (2, 2)
    return f"{text[:head]}{'*' * (len(text) - head - tail)}{text[-tail:]}"


def _essentials(blocks: Iterable[Block], lang: str) -> Iterator[str]:
    say = words.say(lang)
    rows, lines = tuple(map(say, _KEPT_ROWS)), tuple(map(say, _KEPT_LINES))
    for block in blocks:
        yield from (row for row in _rows(block, lang) if row.partition("：")[0] in rows)
        if block.kind == "signature":
            continue
        first, *more = hidden(block.text).split("\n")
        if more and _FINDING.match(first):
            yield "\n".join((first, *(one for one in more if one.startswith(lines))))
        elif block.text:
            yield "\n".join((first, *more))


def _parts(notice: Notice, lines: Iterable[str]) -> tuple[str, ...]:
    """Return the text in numbered parts, each under the title and the number of the paper."""
    head = f"{notice.title} {notice.number}"
    room = MOST_BYTES - len(f"{head}（99/99）\n".encode())
    pieces = list(_pieces("\n".join(lines), room))
    return tuple(f"{head}（{number}/{len(pieces)}）\n{piece}" for number, piece in enumerate(pieces, start=1))


def _pieces(text: str, room: int) -> Iterator[str]:
    """Yield the text in pieces of so many bytes at most, broken at the end of a line or a sentence if one is near."""
    while len(text.encode()) > room:
        fits = text.encode()[:room].decode(errors="ignore")
        near = (max(fits.rfind(end, int(len(fits) * share)) for end in ends) + 1 for ends, share in _ENDS)
        at = next(filter(None, near), len(fits))
        yield text[:at].strip()
        text = text[at:]
    yield text.strip()
