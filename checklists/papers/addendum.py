"""The supplement of an on-site record (现场检查记录补充页): what was done about it after its seal.

The record itself does not change. The supplement says what held the vehicle, what was seen to be put right and what was
not, that it goes on and who decided so; and what was corrected, from what, to what and why. It is no decision that ends
a compulsory measure (解除行政强制措施决定书): that one is the office's, by its case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checklists import words
from checklists.definitions.definition import Definitions
from checklists.findings.fault import fault
from checklists.findings.finding import Assessment
from checklists.inspection.compound import changes
from checklists.inspection.correction import Correction
from checklists.papers.paper import Block, Notice, signature
from checklists.papers.paragraphs import PEOPLE, Facts, form_of, head, notice, sentence, told_apart
from checklists.values import frozen


def _(message: str) -> str:
    return message


_FIRST = ("role", "un", "name", "id_number", "class", "subsidiary", "packing_group", "net_mass_kg")
"""What stands at a place of a list is told in this order; a sealed part has it in that of the alphabet."""


@frozen
class Added:
    """What is added to a record, by the number of its paper.

    `held` is the outcome that stood and `decided` the one that takes its place, both empty where nothing was decided;
    `looked` says by fault what was seen when somebody looked again.
    """

    record: str
    held: str = ""
    decided: str = ""
    looked: Mapping[str, str] | None = None
    corrections: tuple[Correction, ...] = ()


def addendum(
    definitions: Definitions, assessment: Assessment, facts: Facts, added: Added, lang: str = "zh_CN"
) -> Notice:
    """Return the supplement; `assessment` is that of the record as it was sealed."""
    say = words.say(lang)
    form = form_of(definitions, "addendum", facts)
    # Who was met then stands in the record; nobody wrote down who is there now.
    rows = tuple(row for row in head(assessment.situation, facts, lang) if row[0] != say(PEOPLE))
    blocks = [
        Block("text", sentence(form, "body", lang, number=added.record)),
        Block("table", rows=rows),
        *(_lifted(assessment, facts, added, lang) if added.decided else ()),
        *(_corrected(definitions, added, lang) if added.corrections else ()),
        Block("text", sentence(form, "limits", lang)) if added.decided else Block("text"),
        *(signature(one, say) for one in facts.signatures),
    ]
    return notice(form, facts, blocks, lang)


def correction_words(definitions: Definitions, one: Correction, lang: str) -> tuple[tuple[str, str, str], ...]:
    """Return what was corrected, the old and the new value, in words; of a fact of several values each that changed.

    What was added has no old value and what was taken out no new one: words say so.
    """
    say = words.say(lang)
    if one.kind == "answer":
        found = (checklist.item(one.item) for checklist in definitions.checklists.values())
        item = next((held for held in found if held), None)
        named = f"{one.item} {words.pick(item.text, lang)}" if item else one.item
        old, new = (say(words.ANSWERS.get(str(held), str(held or "—"))) for held in (one.old, one.new))
        return ((named, old, new),)
    told = ((each, place_words(one.item, each.way, say)) for each in changes(one.old, one.new))
    return tuple(
        (place, _side(one.item, each.way, each.old, say), _side(one.item, each.way, each.new, say))
        for each, place in told
    )


def place_words(path: str, way: Sequence[str], say: words.Say) -> str:
    """Return the place of a value in words: the fact, the place in its list, and the part of what stands there."""
    said = words.label(path, say)
    for name in way:
        number = say(_("no. {number}")).format(number=name)
        said = f"{said} {number}" if name.isdecimal() else f"{said} · {_part(path, name, say)}"
    return said


def _part(path: str, name: str, say: words.Say) -> str:
    """Return the name of a part of what stands in a list: the name of goods is another thing than that of a person."""
    of = "goods" if path.endswith("lines") else path
    return words.label(f"{of}.{name}", say).rpartition(" · ")[2]


def value_words(data: Any, say: words.Say, path: str = "") -> str:
    """Return a value of a fact's path in words; what stands at a place of a list with the name of each of its parts."""
    if isinstance(data, bool):
        return say(words.CODES["yes" if data else "no"])
    if isinstance(data, Mapping):
        names = sorted(data, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
        return " · ".join(f"{_part(path, name, say)} {value_words(data[name], say)}" for name in names)
    if isinstance(data, list | tuple):
        return "、".join(value_words(one, say) for one in data) or say(_("none"))
    return words.value("" if data is None else str(data), say)


def _side(path: str, way: Sequence[str], data: Any, say: words.Say) -> str:
    """Return one side of a change; a place of a list that is not there on this side is no value that is not known."""
    is_place = bool(way) and way[-1].isdecimal()
    return say(_("does not stand there")) if data is None and is_place else value_words(data, say, path)


def _lifted(assessment: Assessment, facts: Facts, added: Added, lang: str) -> tuple[Block, ...]:
    say, looked = words.say(lang), added.looked or {}
    found, unseen = assessment.findings, say(_("not seen to be put right"))
    told = [
        f"{number}. {told_apart(one, found, lang)}：{looked.get(fault(one)) or unseen}"
        for number, one in enumerate(found, start=1)
    ]
    decided = [
        say(words.OUTCOMES.get(added.decided, added.decided)),
        f"{say(_('Reason'))}：{facts.reason}",
        f"{say(_('Correct by'))}：{facts.correct_by.isoformat()}" if facts.correct_by else "",
        f"{say(_('Approved by'))}：{facts.approval}" if facts.approval else "",
    ]
    return (
        Block("heading", say(_("What stood until now"))),
        Block("text", say(words.OUTCOMES.get(added.held, added.held))),
        Block("heading", say(_("Looked at again"))),
        Block("text", "\n".join(told) or say(_("No deviation was found."))),
        Block("heading", say(_("Outcome and measures"))),
        Block("text", "\n".join(one for one in decided if one)),
    )


def _corrected(definitions: Definitions, added: Added, lang: str) -> tuple[Block, ...]:
    say = words.say(lang)
    top = tuple(say(one) for one in (_("What"), _("In the record"), _("Corrected"), _("Reason")))
    told = ((row, one.reason) for one in added.corrections for row in correction_words(definitions, one, lang))
    rows = tuple((*row, reason) for row, reason in told)
    return (
        Block("heading", say(_("Corrections"))),
        Block("table", rows=(top, *rows), widths=(6, 3, 3, 5)),
    )
