"""The items of the checklist: what to look at, whose it is, what it rests on and what it leads to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checklists import words as kernel
from checklists.definitions.citation import agency, agency_short, measure
from checklists.definitions.definition import Checklist, Definitions, Item
from checklists.goods.listing import Goods
from checklists.goods.name_index import NameIndex
from checklists.law.model import violation_on
from mobile.library.law import cited, code_of
from mobile.library.shapes import MOST, Block, Card, Row, blocks
from mobile.words import _, words

TONES = {"I": "danger", "II": "unknown", "III": "neutral"}


class ItemShelf:
    """The items of one checklist in walking order."""

    def __init__(self, definitions: Definitions, checklist: Checklist, day: date, letters: dict[str, str]) -> None:
        self.definitions, self.day = definitions, day
        self.items = tuple(checklist.items())
        names = ((text, place) for place, one in enumerate(self.items) for text in one.text.values())
        looks = ((text, place) for place, one in enumerate(self.items) for text in one.look.values())
        self.index = NameIndex(names, looks, letters)

    def find(self, text: str, _aboard: Sequence[Goods]) -> tuple[Row, ...]:
        """Return items; the first of the walk where nothing is typed."""
        code = code_of(text)
        places = [place for place, one in enumerate(self.items) if code and code in code_of(one.id)]
        places += self.index.find(text, MOST) if text.strip() else []
        held = [self.items[place] for place in dict.fromkeys(places)] if text.strip() else list(self.items)
        return tuple(self._row(one) for one in held[:MOST])

    def _row(self, item: Item) -> Row:
        who = "、".join(agency_short(self.definitions, one, words.lang) for one in item.agency)
        tone = TONES.get(item.severity, "neutral")
        return Row(item.id, words.pick(item.text), f"{item.id} · {who}", item.severity, tone)

    def card(self, key: str, _aboard: Sequence[Goods]) -> Card | None:
        """Return an item with its law on the day."""
        item = next((one for one in self.items if one.id == key), None)
        if item is None:
            return None
        titles = [violation_on(self.definitions.violations, code, self.day) for code in item.violations]
        return Card(
            key=key,
            title=words.pick(item.text),
            subtitle=item.id,
            mark=f"{item.severity} {_(kernel.SEVERITIES.get(item.severity, ''))}".strip(),
            tone=TONES.get(item.severity, "neutral"),
            blocks=(
                *blocks(
                    (_("look at"), words.pick(item.look)),
                    (_("who looks"), "、".join(agency(self.definitions, one, words.lang) for one in item.agency)),
                    (_("measures"), "；".join(measure(self.definitions, one, words.lang) for one in item.measures)),
                ),
                *(
                    Block(
                        _("rests on"), cited(self.definitions, one, self.day), "neutral" if one.verified else "unknown"
                    )
                    for one in item.basis
                    if one.in_force(self.day)
                ),
                *blocks((_("leads to"), "\n".join(f"{one.code} {words.pick(one.title)}" for one in titles if one))),
            ),
        )
