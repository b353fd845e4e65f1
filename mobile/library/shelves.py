"""What can be looked up on the tablet without a network: goods, law, mixing, tanks, first response, checklist items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mobile.inspecting.inspection import Kit
from mobile.library.first import ResponseShelf
from mobile.library.goods import GoodsShelf
from mobile.library.items import ItemShelf
from mobile.library.law import LawShelf
from mobile.library.segregation import MixingShelf
from mobile.library.shapes import Card, Row, Shelf
from mobile.library.tanks import TankShelf

__all__ = ["Card", "Row", "Shelf", "shelves"]


def shelves(kit: Kit, day: date) -> Mapping[str, Shelf]:
    """Return the shelves by name, for the law of a day."""
    checklist = kit.definitions.checklists[kit.checklist]
    letters = dict(kit.tables.goods.letters)
    return {
        "goods": GoodsShelf(kit.tables),
        "law": LawShelf(kit.definitions, checklist, day, letters),
        "mixing": MixingShelf(kit.tables),
        "tanks": TankShelf(kit.tables),
        "response": ResponseShelf(kit.tables),
        "items": ItemShelf(kit.definitions, checklist, day, letters),
    }
