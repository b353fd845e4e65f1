"""The dangerous goods list: by UN number, name in either language, everyday name or pinyin initials. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checklists import words as kernel
from checklists.goods.listing import Goods, Tables
from mobile.library.shapes import MOST, Block, Card, Row, blocks
from mobile.words import _, words


def key_of(goods: Goods) -> str:
    """Return the key of an entry."""
    return f"{goods.un}|{goods.variant}|{goods.packing_group}"


def entry(tables: Tables, key: str) -> Goods | None:
    """Return the entry of a key, or None."""
    un, variant, group = key.split("|") if key.count("|") == 2 else ("", "", "")
    found = tables.goods.lookup(un, group, int(variant) if variant.isdecimal() else None)
    return found[0] if found else None


def row(goods: Goods) -> Row:
    """Return an entry as a row."""
    group = f"  PG {goods.packing_group}" if goods.packing_group else ""
    banned = goods.carriage_status == "carriage_prohibited"
    return Row(
        key=key_of(goods),
        title=f"UN {goods.un}{group}",
        detail=name(goods),
        mark=_("not to be carried") if banned else "",
        tone="danger" if banned else "neutral",
        labels=goods.placards,
    )


def name(goods: Goods) -> str:
    """Return the name in the language in use."""
    return words.pick({"zh": goods.name_zh, "en": goods.name_en})


def hits(tables: Tables, text: str, aboard: Sequence[Goods]) -> tuple[Goods, ...]:
    """Return what fits the text; without a text the goods in hand, else those that have an everyday name."""
    if text.strip():
        return tables.goods.search(text, MOST)
    usual = (found[0] for un in tables.goods.everyday if (found := tables.goods.lookup(un)))
    return tuple(aboard or usual)[:MOST]


class GoodsShelf:
    """Goods by number and name."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def find(self, text: str, aboard: Sequence[Goods]) -> tuple[Row, ...]:
        """Return entries of the list."""
        return tuple(row(one) for one in hits(self.tables, text, aboard))

    def card(self, key: str, _aboard: Sequence[Goods]) -> Card | None:
        """Return an entry with every value; where editions differ each of them stands, with a mark."""
        goods = entry(self.tables, key)
        if goods is None:
            return None
        return Card(
            key=key,
            title=name(goods),
            subtitle=goods.name_en if words.lang != "en" else goods.name_zh,
            mark=_("not to be carried") if goods.carriage_status == "carriage_prohibited" else "",
            tone="danger",
            hazard=goods.hazard_id,
            un=goods.un,
            labels=goods.placards,
            blocks=(*self._values(goods), *self._meaning(goods)),
        )

    def _values(self, goods: Goods) -> tuple[Block, ...]:
        told = []
        for column, title in kernel.GOODS_COLUMNS.items():
            value = _value(goods, column)
            differs = goods.differs(column)
            if not value and not differs:
                continue
            both = " / ".join(one or _("none") for one in sorted(goods.accepts(column))) if differs else value
            text = _("{values} (the editions of the list differ)").format(values=both) if differs else value
            told.append(Block(_(title), text, "unknown" if differs else "neutral"))
        return tuple(told)

    def _meaning(self, goods: Goods) -> tuple[Block, ...]:
        meant = next((one for one in self.tables.hazard_ids if one["code"] == goods.hazard_id), None)
        waste = self.tables.waste(goods.un)
        return blocks(
            (_("the hazard number means"), words.pick(_both(meant, "meaning")) if meant else ""),
            (_("also called"), "、".join(goods.everyday)),
            (_("waste category"), _waste(waste) if waste else ""),
        )


def _both(row: Mapping[str, str], column: str) -> dict[str, str]:
    return {"zh": row[f"{column}_zh"], "en": row[f"{column}_en"]}


def _waste(row: Mapping[str, str]) -> str:
    said = row["waste_category"]
    return said if row.get("verified") == "true" else _("{law} (to be verified)").format(law=said)


def _value(goods: Goods, column: str) -> str:
    """Return a value as it is read; the class with what it is called."""
    if column == "labels":
        return "、".join(goods.labels)
    if column == "subsidiary":
        return "、".join(goods.subsidiary)
    if column == "class":
        return goods.division or goods.class_
    return str(goods.row.get(column, "") or "")
