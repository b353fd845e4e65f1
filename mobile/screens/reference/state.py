"""T12: one search field, six shelves, at most fifty rows and the card of one of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.goods.listing import Goods, Tables
from mobile.inspecting.inspection import Held
from mobile.library.shapes import MOST
from mobile.library.shelves import Card, Row, Shelf
from mobile.words import _, n_

TABS = ("goods", "law", "mixing", "tanks", "response", "items")


@dataclass(frozen=True)
class Tab:
    """One shelf to choose."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class ReferenceState:
    """The reference. `empty` says what to type, or that nothing fits; `ready` is False before the first packages."""

    tabs: tuple[Tab, ...]
    hint: str
    text: str
    rows: tuple[Row, ...]
    count: str
    chosen: str
    card: Card | None
    empty: str
    ready: bool = True


def aboard(held: Held | None, tables: Tables) -> tuple[Goods, ...]:
    """Return the goods of the inspection in hand, each number once: as declared, as signed and as established."""
    if held is None:
        return ()
    situation = held.assessment.situation
    lines = (situation.waybill.lines if situation.waybill else None) or ()
    pairs = [(line.un, line.packing_group) for line in lines]
    pairs += [(panel.un, None) for panel in situation.seen.panels.values()] + [(situation.seen.goods, None)]
    found: dict[str, Goods] = {}
    for un, group in pairs:
        entries = (tables.goods.lookup(un, group) or tables.goods.lookup(un)) if un else ()
        if entries:
            found.setdefault(entries[0].un, entries[0])
    return tuple(found.values())


def reference_state(
    shelves: Mapping[str, Shelf], tab: str, text: str, key: str, goods: tuple[Goods, ...] = ()
) -> ReferenceState:
    """Return what a shelf has for a text; the chosen row's card, else the first row's."""
    shelf = shelves[tab]
    rows = shelf.find(text, goods)
    chosen = key if any(one.key == key for one in rows) else (rows[0].key if rows else "")
    return ReferenceState(
        tabs=_tabs(tab),
        hint=_hints()[tab],
        text=text,
        rows=rows,
        count=_count(len(rows)),
        chosen=chosen,
        card=shelf.card(chosen, goods) if chosen else None,
        empty="" if rows else _("Nothing fits “{text}”.").format(text=text) if text.strip() else _hints()[tab],
    )


def no_reference(tab: str) -> ReferenceState:
    """Return the reference of a tablet that has no packages yet."""
    missing = _("The checklists are not on this tablet yet. Connect to the office once.")
    return ReferenceState(_tabs(tab), "", "", (), "", "", None, missing, ready=False)


def _tabs(chosen: str) -> tuple[Tab, ...]:
    named = {
        "goods": _("Goods"),
        "law": _("Violations"),
        "mixing": _("Mixing"),
        "tanks": _("Tank codes"),
        "response": _("First response"),
        "items": _("Items"),
    }
    return tuple(Tab(key, named[key], key == chosen) for key in TABS)


def _hints() -> dict[str, str]:
    return {
        "goods": _("UN number, name or pinyin initials: 1830, 硫酸, ls"),
        "law": _("Code, words or pinyin initials: LIC-05, 押运员, yyy"),
        "mixing": _("Two labels or UN numbers with a space between: 3 8, 1203 1830"),
        "tanks": _("Tank code, or with a UN number: L4BN, L4BN 1830"),
        "response": _("UN number, name or pinyin initials: 1005, 液氨, ya"),
        "items": _("Number, words or pinyin initials: EQP-14, 堵漏, dl"),
    }


def _count(count: int) -> str:
    if not count:
        return ""
    if count >= MOST:
        return _("the first {n}; type more to narrow").format(n=MOST)
    return n_("{n} entry", "{n} entries", count)
