"""A paper that the driver got, set again from the words that the sealed record carries."""

from __future__ import annotations

from dataclasses import dataclass

from checklists import words
from checklists.inspection.entries import all_of
from checklists.papers.carried import set_again
from checklists.papers.paper import Block, Notice
from server.console import drawings, pieces
from server.refusals import Refused
from server.store import records
from server.store.models import Record


@dataclass(frozen=True)
class PaperPage:
    """All that the template draws; `pens` are the drawn signatures by their block's place."""

    record: Record
    notice: Notice
    digest: str
    pens: dict[int, drawings.Pen]


def paper_page(held: Record, number: str) -> PaperPage:
    """Return what the page of a paper shows. Raises Refused not_found, paper_not_carried. Reads the store."""
    part, _fault = records.opened(held)
    named = next((one for one in part.get("papers") or () if one.get("number") == number), None)
    if named is None:
        raise Refused("not_found")
    entries = all_of(pieces.known_entries(part), "signature")
    notice = set_again(named, [one.value for one in entries], words.say("zh_CN"))
    if notice is None:
        raise Refused("paper_not_carried")
    pens = {place: pen for place, one in enumerate(notice.blocks) if (pen := _pen(one)) is not None}
    return PaperPage(held, notice, str(named["digest"]), pens)


def _pen(block: Block) -> drawings.Pen | None:
    return drawings.pen([[list(point) for point in stroke] for stroke in block.strokes]) if block.strokes else None
