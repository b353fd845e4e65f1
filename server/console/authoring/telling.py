"""What the validator says, in the reader's words: its sentences are taken apart by a table. Pure.

It speaks to authors at a command line, in English, with names in it. A sentence that no row fits is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping


def _(words: str) -> str:
    return words


Say = Callable[[str], str]
_REST = r"(?P<{0}>.+?)"


def _pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of a sentence in which {name} stands for what varies."""
    parts = re.split(r"\{(\w+)\}", text)
    found = (re.escape(part) if place % 2 == 0 else _REST.format(part) for place, part in enumerate(parts))
    return re.compile("".join(found))


MESSAGES: tuple[str, ...] = (
    _("{name} is changed twice"),
    _("unknown law {name}"),
    _("{name} has this version already"),
    _("{name} is in no section"),
    _("verified, but nobody says that he read it"),
    _("a single value is expected here, not a list or a mapping"),
    _("a list is expected here"),
    _("a mapping is expected here"),
    _("{kind} is expected here as a mapping"),
    _("{name} has no zh"),
    _("{name} has no en"),
    _("{name} is no date (2026-11-21)"),
    _("{name} is no whole number"),
    _("{kind} is expected, not {name}"),
    _("unknown value of {fact} {name}"),
    _("unknown measure of {regime} {name}"),
    _("unknown item of {regime} {name}"),
    _("unknown severity {name}"),
    _("unknown violation {name}"),
    _("unknown agency {name}"),
    _("unknown measure {name}"),
    _("unknown evidence {name}"),
    _("unknown fact on which law may depend {name}"),
    _("unknown fact {name}"),
    _("unknown photo rule {name}"),
    _("unknown input {name}"),
    _("unknown duty holder {name}"),
    _("unknown subject {name}"),
    _("unknown kind of penalty {name}"),
    _("unknown confidence {name}"),
    _("{name}: choices and input do not fit"),
    _("{name} has no agency"),
    _("{name} is only written down and cannot fail"),
    _("{name} leads to no violation"),
    _("{name} has no basis"),
    _("{name} has no duty holder"),
    _("{name} has no competent agency"),
    _("{name} is verified but its penalty is not"),
    _("{name} has neither duty nor penalty"),
    _("{name} cites a law that only covers {fact}"),
    _("{name}: a penalty without amount or text"),
    _("{name}: the least amount is above the greatest"),
    _("{name} is not verified and no note says why"),
    _("no item and no rule leads to {name}"),
    _("{name} has another title than its first row"),
    _("{name}: no row for {first} to {last}"),
    _("{name}: no row"),
    _("{name} ends on {day} and nothing follows"),
    _("{name}: this period overlaps the one before"),
    _("{name}: {later} overlaps {earlier}"),
    _("{name} is superseded by {other}, which is not there"),
    _("{name} begins on {first}, after it ends on {last}"),
    _("verified, but rated {rating}: not read in full"),
    _("verified, but clause, version or source is missing"),
    _("an office confirms, not the data"),
    _("{law} has no version {name}"),
    _("in force outside the days of {name}"),
    _("no sheet called survey with the columns type and name"),
    _("the form is of {name}, not of {other}"),
    _("no workbook that can be read"),
    _("no file, or no such checklist"),
    _("{law} {version} has no {clause}"),
    _("{kind} has no {name}"),
    _("{kind} needs {name}"),
)
"""What is wrong; what stands first is tried first, and the widest stand last."""

HINTS: tuple[str, ...] = (
    _("keep one of them"),
    _("a new law comes with the product"),
    _("a version is never edited"),
    _("choose the checklist and its section"),
    _("say who read it, on which day and where; or leave it unverified"),
    _("did you mean {name}?"),
    _("known: {names}"),
    _("add {name}:"),
    _("every text that people read is in zh and en"),
    _("a choice line lists choices, no other does"),
    _("name the agency that looks at it, the owner first"),
    _("no violations and measures, or a status"),
    _("name one, make it a lesson (severity III, measures [EDU]), or say in a note why it has none"),
    _("cite the law, with an empty clause if the number is not known"),
    _("name one; its violations have no subject"),
    _("name it, the one that gets the case first"),
    _("say in a note what is missing"),
    _("say in a note what was not read or is unsure"),
    _("name it there, or say in a note where it is found"),
    _("say what follows"),
    _("swap them"),
    _("one code is one conduct"),
    _("add an open row from the next day: same conduct and agency, no penalty, verified: false"),
    _("add one, open where the law was not found"),
    _("end that one the day before"),
    _("begin on the day after the row before ends"),
    _("swap the two days or correct one"),
    _("look the article up"),
    _("leave confirmed out"),
    _("that version: {days}"),
    _("verified: false"),
    _("applies_when: {rest}, and a row of its own for other loads"),
)
"""What to do."""

_TABLE: tuple[tuple[re.Pattern[str], str], ...] = tuple((_pattern(one), one) for one in (*MESSAGES, *HINTS))


def taken_apart(text: str) -> tuple[str, Mapping[str, str]]:
    """Return the words of the table for a sentence and what varies in it; the sentence itself where none fits."""
    for pattern, words in _TABLE:
        if (found := pattern.fullmatch(text)) is not None:
            return words, {name: held.strip("'") for name, held in found.groupdict().items()}
    return text, {}


def said(say: Say, text: str) -> str:
    """Return a sentence of the validator in a language."""
    words, told = taken_apart(text)
    return say(words).format(**told) if told or words != text else say(words)
