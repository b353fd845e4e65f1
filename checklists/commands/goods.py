"""`goods 1830 [--pg II] [--variant 1]`, `goods 硫酸`, `goods --search ls [--limit 20]`: numbers, names and initials."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from checklists import words
from checklists.commands.base import command, show
from checklists.goods import editions
from checklists.goods.listing import Goods, GoodsTable, load_tables

WARNED = ("class", "subsidiary", "packing_group", "labels", "hazard_id", "tunnel_code", "transport_category")


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


def run(options: argparse.Namespace) -> int:
    """Print the entries, with the keys of `dangerous_goods.csv`. Raises ValueError without a number or a name."""
    table = load_tables().goods
    found = _found(options, table)
    shown = found[: options.limit] if _name(options) else found
    show(options, [dict(one.row) for one in shown], report(shown, len(found) - len(shown)))
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


def report(found: Sequence[Goods], left: int = 0) -> Iterator[str]:
    """The entries as people read them, each with a line for every column on which editions differ."""
    say = words.say("zh_CN")
    for one in found:
        yield f"UN {one.un}  {one.name_zh}  {one.name_en}"
        yield "    " + " · ".join(_cells(one, say))
        for column in filter(one.differs, WARNED):
            values = " / ".join(value or say(_("none")) for value in editions.told(one.row, column))
            yield f"    ⚠ {say(_('editions differ'))}：{say(words.GOODS_COLUMNS[column])} {values}"
    if left:
        yield say(_("{left} more; name it closer or raise --limit")).format(left=left)
    if not found:
        yield say(_("nothing found"))


def _cells(one: Goods, say: words.Say) -> Iterator[str]:
    values = {
        "packing_group": one.packing_group,
        "class": (one.division or one.class_) + one.compatibility_group,
        "labels": "+".join(one.labels),
        "hazard_id": one.hazard_id,
        "tank_code": one.tank_code,
        "tunnel_code": one.tunnel_code.replace("-", ""),
    }
    for column, value in values.items():
        nothing = _("none") if editions.told(one.row, column) else _("not known")
        yield f"{say(words.GOODS_COLUMNS[column])} {value or say(nothing)}"
