"""`thresholds --load 1005=20kg --load 1202:III=500L`: points per load and whether all is within ADR 1.1.3.6."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from checklists.commands.base import command, dated, show, tables_of
from checklists.goods.listing import un_digits
from checklists.goods.thresholds import POINTS, Counted, Load, Total, count, points_text, quantity

GROUPS = ("I", "II", "III")


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "thresholds", run, "count the points of loads in packages by ADR 1.1.3.6")
    parser.add_argument("--load", action="append", required=True, metavar="UN[:PG]=AMOUNT", help="1202:III=500L")
    dated(parser)


def run(options: argparse.Namespace) -> int:
    """Print the points of each load and of all; 0 where all is within the limits, else 1.

    Raises ValueError for goods that are not in the list and for an amount that is none.
    """
    total = count([load(text) for text in options.load], tables_of(options))
    show(options, _plain(total), _lines(total))
    return 0 if total.within else 1


def load(text: str) -> Load:
    """Return the load that was typed as `1202=500L` or `1202:III=500L`. Raises ValueError."""
    goods, mark, amount = text.partition("=")
    un, group = goods_of(goods)
    if not mark:
        raise ValueError(f"{text!r} is no load; write UN number = amount, for example 1202=500L")
    return Load(un, *quantity(amount), group)


def goods_of(text: str) -> tuple[str, str | None]:
    """Return the UN number and packing group of `1202:III`; None where no group is given. Raises ValueError."""
    un, mark, group = text.replace("：", ":").partition(":")
    group = group.strip().upper()
    if mark and group not in GROUPS:
        raise ValueError(f"{text!r}: the packing group is I, II or III")
    return un_digits(un), group or None


def number(value: Decimal | None) -> int | float | None:
    """Return an exact decimal as the JSON number that is written the same."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(total: Total) -> dict[str, Any]:
    loads = [
        {
            "un": one.load.un,
            "packing_group": one.packing_group,
            "category": one.category or None,
            "quantity": number(one.load.quantity),
            "unit": one.load.unit,
            "factor": one.factor,
            "points": number(one.points),
            "because": one.because,
        }
        for one in total.loads
    ]
    return {
        "loads": loads,
        "points": number(total.points),
        "limit": POINTS,
        "text": points_text(total.points),
        "within": total.within,
        "because": total.because,
    }


def _lines(total: Total) -> list[str]:
    within = {True: "within 1.1.3.6", False: "over 1.1.3.6", None: "cannot be told"}[total.within]
    return [*map(_line, total.loads), f"{points_text(total.points)} points, {within}: {total.because}"]


def _line(one: Counted) -> str:
    points = "?" if one.points is None else number(one.points)
    return (
        f"UN {one.load.un} {one.packing_group:3} {number(one.load.quantity)} {one.load.unit} -> {points}  {one.because}"
    )
