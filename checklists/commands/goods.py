"""`goods 1830 [--pg II] [--variant 1] [--on DATE] [--regime cn|eu]`, `goods 硫酸`, `goods --search ls [--limit 20]`.

Values are those of the editions in force on the day; what they changed, and since when, stands beneath.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from checklists import words
from checklists.commands.base import command, dated, show, tables_of
from checklists.goods.changes import changes_of
from checklists.goods.editions import DELETED, NEWER, NOT_YET
from checklists.goods.listing import Goods, GoodsTable, Tables

WARNED = (
    "class", "subsidiary", "packing_group", "labels", "hazard_id", "tank_code", "vehicle_for_tank", "tunnel_code",
    "transport_category",
)  # fmt: skip


def _(message: str) -> str:
    return message


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "goods", run, "look a UN number or a name up in the goods list")
    parser.add_argument("un", nargs="?", metavar="UN|NAME", help="a UN number; what has no digit is searched for")
    parser.add_argument("--pg", choices=("I", "II", "III"))
    parser.add_argument("--variant", type=int, metavar="N", help="one of several entries of a number")
    parser.add_argument("--search", metavar="NAME", help="a name, a part of one, or pinyin initials")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="entries shown of a search (20)")
    dated(parser)


def run(options: argparse.Namespace) -> int:
    """Print the entries, with the keys of `dangerous_goods.csv`. Raises ValueError without a number or a name."""
    tables = tables_of(options)
    found = _found(options, tables.goods)
    shown = found[: options.limit] if _name(options) else found
    gone = None if _name(options) else tables.goods.successor(str(options.un))
    lines = [*report(shown, tables, options.regime, len(found) - len(shown)), *_gone(gone)]
    show(options, [_plain(one, tables, options.regime) for one in shown], lines)
    return 0 if found else 1


def _found(options: argparse.Namespace, table: GoodsTable) -> tuple[Goods, ...]:
    if options.limit < 1:
        raise ValueError("--limit must be 1 or more")
    if name := _name(options):
        found = table.search(name, len(table))
        return tuple(one for one in found if options.pg in (None, one.packing_group))
    if not options.un:
        raise ValueError("give a UN number, or --search with a name")
    return table.lookup(options.un, options.pg, options.variant)


def _name(options: argparse.Namespace) -> str:
    """Return the name that is looked for, or nothing where a number was given."""
    bare = str(options.un or "")
    return str(options.search or ("" if any(map(str.isdecimal, bare)) else bare))


def _plain(one: Goods, tables: Tables, regime: str) -> dict[str, Any]:
    """The row of the leading edition, with what others in force give, what changed, and what became of the number."""
    gone = tables.goods.successor(one.un) if one.standing == DELETED else None
    return {
        **one.row,
        "labels": "+".join(one.labels),
        "subsidiary": "+".join(one.subsidiary),
        "editions": [edition.id for edition in tables.goods.editions],
        "standing": one.standing or "in_force",
        "successor": (gone or {}).get("successor") or None,
        "differences": {column: list(one.told(column)) for column in filter(one.differs, WARNED)},
        "changes": [
            {"column": change.column, "before": change.before, "now": change.now, "still_in_force": change.still}
            | {"since": since(tables, regime)}
            for change in changes_of(one)
        ],
    }


def since(tables: Tables, regime: str) -> str:
    """The day from which the newest edition counts under the regime; empty where the table has none."""
    rows = (row for row in tables.goods_editions if (row["edition"], row["regime"]) == (NEWER, regime.upper()))
    return next((row["in_force_from"] for row in rows), "")


def report(found: Sequence[Goods], tables: Tables, regime: str, left: int = 0) -> Iterator[str]:
    """The entries as people read them, each with a line for every column on which editions differ or that changed."""
    say = words.say("zh_CN")
    for one in found:
        yield f"UN {one.un}  {one.name_zh}  {one.name_en}"
        yield "    " + " · ".join(_cells(one, say))
        yield from (f"    {line}" for line in _remarks(one, tables, regime, say))
    if found:
        named = "；".join(filter(None, (words.pick(edition.name, "zh") for edition in tables.goods.editions)))
        yield say(_("by: {editions}")).format(editions=named)
    if left:
        yield say(_("{left} more; name it closer or raise --limit")).format(left=left)
    if not found:
        yield say(_("nothing found"))


def _remarks(one: Goods, tables: Tables, regime: str, say: words.Say) -> Iterator[str]:
    if one.standing == DELETED:
        gone = tables.goods.successor(one.un)
        yield f"⚠ {say(_('deleted from the list in force'))}" + (f"：{gone['note_zh']}" if gone else "")
    if one.standing == NOT_YET:
        yield f"⚠ {say(_('not in the list on this day; from {day} on')).format(day=since(tables, regime))}"
    for column in filter(one.differs, WARNED):
        values = " / ".join(value or say(_("none")) for value in one.told(column))
        yield f"⚠ {say(_('editions differ'))}：{say(words.GOODS_COLUMNS[column])} {values}"
    for change in (each for each in changes_of(one) if each.column in words.GOODS_COLUMNS):
        text = say(_("since {day}: {column} {now}, before {before}"))
        named = say(words.GOODS_COLUMNS[change.column])
        now, before = (value or say(_("none")) for value in (change.now, change.before))
        yield text.format(day=since(tables, regime), column=named, now=now, before=before)


def _gone(row: Any) -> Iterator[str]:
    if row is not None:
        successor = f" → UN {row['successor']}" if row["successor"] else ""
        yield f"UN {row['un']}{successor}  {row['note_zh']}  {row['note_en']}"


def _cells(one: Goods, say: words.Say) -> Iterator[str]:
    values = {
        "packing_group": one.packing_group,
        "class": (one.division or one.class_) + one.compatibility_group,
        "labels": "+".join(one.labels),
        "hazard_id": one.hazard_id,
        "tank_code": one.tank_code,
        "vehicle_for_tank": one.row.get("vehicle_for_tank", ""),
        "tunnel_code": one.tunnel_code.replace("-", ""),
        "transport_category": one.transport_category.replace("-", ""),
    }
    for column, value in values.items():
        nothing = _("none") if one.told(column) else _("not known")
        yield f"{say(words.GOODS_COLUMNS[column])} {value or say(nothing)}"
