"""What officers could not verify on the spot, as it stands on a paper: named with the reason, never as in order."""

from __future__ import annotations

from checklists import words
from checklists.findings.finding import Assessment, ItemState
from checklists.papers.paper import Block


def _(message: str) -> str:
    return message


def unverified(assessment: Assessment, lang: str) -> list[Block]:
    """Return the block with its heading, each item with why; nothing where all was looked at."""
    lines = [_line(one, lang) for one in assessment.unverified]
    heading = words.say(lang)(_("Could not be verified on the spot"))
    return [Block("heading", heading), Block("text", "\n".join(lines))] if lines else []


def _line(one: ItemState, lang: str) -> str:
    why = words.say(lang)(words.WHY_NOT_VERIFIED.get(one.why, one.why))
    named = f"{one.item.id} {words.pick(one.item.text, lang)}"
    return f"{named}（{why}）" if why else named
