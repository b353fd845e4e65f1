"""`segregate 3 5.1`, `segregate 1.4S 3`, `segregate 1680 1789`, `segregate --groups B D`: may two goods be mixed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from checklists import words
from checklists.commands.base import command, show
from checklists.goods.chemistry import Reaction, reactions
from checklists.goods.listing import Goods, Tables, load_tables
from checklists.goods.segregation import Marked, Segregation, between, between_groups, read


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "segregate", run, "say whether two labels, goods, or groups of class 1 may be mixed")
    parser.add_argument("labels", nargs="*", metavar="LABEL", help="a label, division or UN number: 3, 1.4S, 1789")
    parser.add_argument("--groups", nargs=2, metavar="GROUP", help="compatibility groups of class 1: B D")


def run(options: argparse.Namespace) -> int:
    """Print allowed, condition or prohibited with the reason; 0 only where it is allowed and no reaction is known.

    Raises ValueError where the tables have no such label or group, or not two of them were given.
    """
    if len(options.labels) != (0 if options.groups else 2):
        raise ValueError("two labels are needed (segregate 3 5.1), or two groups (segregate --groups B D)")
    tables = load_tables()
    sides = [tables.goods.lookup(text) for text in options.labels]
    found = (
        between_groups(options.groups[0], options.groups[1], tables)
        if options.groups
        else _between(options.labels, sides, tables)
    )
    if found.result == "unknown":
        raise ValueError(found.because)
    known = reactions(sides[0], sides[1], tables) if all(sides) and sides and sides[0] != sides[1] else ()
    show(options, _plain(found, known, compared=bool(sides) and all(sides)), _lines(found, known))
    return 0 if found.result == "allowed" and not known else 1


def _between(typed: Iterable[str], sides: Iterable[tuple[Goods, ...]], tables: Tables) -> Segregation:
    """Return the answer for every entry that the numbers may be; where those differ it is a condition."""
    marked = [
        [Marked.of(one) for one in goods] or [read(text, tables)] for text, goods in zip(typed, sides, strict=True)
    ]
    every = [between(one, other, tables) for one, other in product(*marked)]
    if len({one.result for one in every}) == 1:
        return every[0]
    told = "; ".join(dict.fromkeys(one.because for one in every))
    text = {"zh": "取决于条目（包装类别）", "en": "depends on which entry (packing group) it is"}
    return Segregation("condition", told, (text,), every[0].rule)


def _plain(found: Segregation, known: Iterable[Reaction], *, compared: bool) -> dict[str, Any]:
    """Return the answer as JSON; `chemistry` says what the labels do not, and is never whole."""
    reacting = [
        {"zh": one.text("zh"), "en": one.text("en"), "source": one.source, "evidence": one.evidence} for one in known
    ]
    return {
        "result": found.result,
        "because": found.because,
        "conditions": [dict(text) for text in found.conditions],
        "rule": found.rule,
        "chemistry": {"compared": "short_table" if compared else "no", "known": reacting},
    }


def _lines(found: Segregation, known: Iterable[Reaction]) -> Iterator[str]:
    yield f"{found.because} ({found.rule})"
    for condition in found.conditions:
        yield from (f"  {condition['zh']}", f"  {condition['en']}")
    for one in known:
        yield f"  ⚠ {one.text('zh')} ({one.text('en')}; {one.source})"
    if found.result == "allowed":
        yield f"  ⚠ {words.say('zh_CN')(words.BY_LABELS)}"
