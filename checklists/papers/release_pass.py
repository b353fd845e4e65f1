"""The pass of a clean inspection (合格放行凭证): what was checked where and when, and that nothing was found."""

from __future__ import annotations

from datetime import datetime, timedelta

from checklists import words
from checklists.definitions.definition import Definitions
from checklists.facts.identifiers.keys import number_key
from checklists.facts.situation import Situation
from checklists.findings.finding import Assessment
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import PEOPLE, Facts, form_of, head, notice, sentence
from checklists.patterns import pattern
from checklists.values import frozen
from checklists.zone import clock_text


def _(message: str) -> str:
    return message


def shown_until(definitions: Definitions, facts: Facts) -> datetime:
    """Return until when a pass is shown: about as long as one load is under way. Ours, no clause says it."""
    return (facts.ended_at or facts.at) + timedelta(hours=definitions.checked_before.pass_hours)


SHORT = "quick"
"""What the load of a pass ends with where a short list was asked: such a pass shortens no later check."""

MOST_GOODS = 6
"""So many goods fit in the code of a pass; of a load of more it names the first, and is that of no other load."""

_UN = pattern("[0-9]{4}")


@frozen
class Load:
    """What a pass says in its code besides the plate: UN numbers, the trailer, whether a short list was asked."""

    goods: tuple[str, ...] = ()
    trailer: str = ""
    short: bool = False

    def text(self) -> str:
        """Return it as it stands in the code: `1830 蒙K1234挂`."""
        return " ".join((*self.goods[:MOST_GOODS], *filter(None, (self.trailer, SHORT if self.short else ""))))

    @classmethod
    def of(cls, text: str) -> Load:
        """Return what a code says; codes of before name goods alone."""
        parts = text.split()
        goods = tuple(one for one in parts if _UN.fullmatch(one))
        others = [one for one in parts if one not in goods and one != SHORT]
        return cls(goods, number_key(others[0]) if others else "", SHORT in parts)


def load_of(situation: Situation, *, short: bool) -> Load:
    """Return what the code of a pass says of what was checked."""
    bill = situation.waybill
    goods = dict.fromkeys(str(line.un) for line in (bill.lines if bill else None) or () if line.un)
    trailer = (situation.trailer.plate if situation.trailer else None) or (bill.trailer_plate if bill else None)
    return Load(tuple(goods), number_key(trailer or ""), short)


def is_clean(assessment: Assessment, decided: str) -> bool:
    """Whether a pass may be given: all was looked at, nothing found, nothing warned, and the vehicle was released."""
    found = assessment.findings or assessment.alerts or assessment.unverified
    return decided == "release" and not found


def clean_pass(definitions: Definitions, assessment: Assessment, facts: Facts, lang: str = "zh_CN") -> Notice:
    """Return the pass."""
    say = words.say(lang)
    form = form_of(definitions, "pass", facts)
    # The pass goes from hand to hand; it names the vehicle, and nobody's identity number.
    rows = tuple(row for row in head(assessment.situation, facts, lang) if row[0] != say(PEOPLE))
    rows = (*rows, (say(_("Shown until")), clock_text(shown_until(definitions, facts))))
    officers = [one for one in facts.signatures if one.get("role") == "officer"]
    blocks = [
        Block("table", rows=rows),
        Block("text", sentence(form, "body", lang)),
        Block("text", sentence(form, "limits", lang)),
        *(signature(one, say) for one in officers),
    ]
    return notice(form, facts, blocks, lang)
