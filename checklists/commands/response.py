"""`response 1005 [1203 …] [--large | --small] [--day | --night]`: the card for the first minutes of a leak."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from checklists import words
from checklists.commands.base import command, dated, show, tables_of
from checklists.goods.listing import un_digits
from checklists.goods.response import DISTANCES, Advice, LargeSpill, Most, Response, card
from checklists.wire import to_plain


def _(message: str) -> str:
    return message


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "response", run, "first response: distances and guide for what is on board")
    parser.add_argument("numbers", nargs="*", metavar="UN", help="none: nobody knows what it is")
    parser.add_argument("--un", action="append", default=[], metavar="UN", help="one more number on board")
    size, time = parser.add_mutually_exclusive_group(), parser.add_mutually_exclusive_group()
    size.add_argument("--large", action="store_const", const=True, default=None)
    size.add_argument("--small", dest="large", action="store_const", const=False)
    time.add_argument("--night", action="store_const", const=True, default=None)
    time.add_argument("--day", dest="night", action="store_const", const=False)
    dated(parser)


def run(options: argparse.Namespace) -> int:
    """Print the card; 1 where a number is in no list. Raises ValueError for what is no UN number."""
    tables = tables_of(options)
    numbers = [un_digits(one) for one in (*options.numbers, *options.un)]
    if wrong := [one for one in numbers if not (len(one) == 4 and one.isascii() and one.isdigit())]:
        raise ValueError(f"not a UN number: {', '.join(wrong)}")
    unknown = [one for one in numbers if one not in tables.goods]
    goods = [entry for one in numbers for entry in tables.goods.lookup(one)]
    found = card(goods, tables, unknown=unknown, large=options.large, night=options.night)
    show(options, to_plain(found), report(found))
    return 1 if unknown else 0


def report(found: Response) -> Iterator[str]:
    """The card as people read it: first the longest of each distance, then what each material says."""
    say = words.say("zh_CN")
    yield words.pick(found.edition, "zh")
    yield from _summary(found, say)
    for one in found.advices:
        yield ""
        yield from _advice(one, say)
    yield ""
    yield say(_("help for the first minutes; it does not replace the orders of the incident command"))


def _summary(found: Response, say: words.Say) -> Iterator[str]:
    yield say(_("together, the longest of each"))
    evacuation = () if found.large is False else ("evacuation_m",)
    for name in ("isolation_m", "protection_m", *evacuation, "fire_isolation_m"):
        most: Most | None = getattr(found, name)
        origin = f"  (UN {', '.join(most.un)})" if most and any(most.un) else ""
        yield f"  {say(words.RESPONSE[name])}: {most.shown if most else say(_('not given'))}{origin}"
    if found.unlisted:
        numbers = ", ".join(found.unlisted)
        yield "  " + say(_("distances of numbers that are not in the guidebook may be longer: {un}")).format(un=numbers)


def _advice(one: Advice, say: words.Say) -> Iterator[str]:
    named = "  ".join((f"UN {one.un}", *one.name.values())) if one.un else say(_("load not identified"))
    yield named + (f"  [{one.material}]" if one.material else "")
    marks = {
        _("toxic by inhalation"): one.toxic_by_inhalation,
        _("may polymerize"): one.polymerizes,
        _("not in the guidebook"): bool(one.un) and not one.listed,
    }
    if said := "；".join(say(mark) for mark, holds in marks.items() if holds):
        yield f"  {said}"
    for name, text in (("guide", one.guide.title), ("hazard", one.guide.hazard), ("action", one.guide.action)):
        number = f"{one.guide.number} " if name == "guide" else ""
        yield f"  {say(words.RESPONSE[name])}: {number}{text['zh']} / {text['en']}"
    given = {name: metres for name in DISTANCES if (metres := one.distances[name]) is not None}
    yield from (f"  {say(words.RESPONSE[name])}: {_shown(metres)}" for name, metres in given.items())
    if lacking := "、".join(say(words.RESPONSE[name]) for name in DISTANCES if name not in given):
        yield f"  {say(_('not given'))}: {lacking}"
    for spill in one.large_spills:
        yield "    " + _spill(spill, say)


def _spill(spill: LargeSpill, say: words.Say) -> str:
    winds = ", ".join(
        f"{say(words.RESPONSE[name])} {_shown(getattr(spill, name))}"
        for name in ("low_wind_m", "moderate_wind_m", "high_wind_m")
    )
    where = f"{words.pick(spill.container, 'zh')}, {say(words.RESPONSE[spill.time])}"
    return f"{where}: {say(words.RESPONSE['isolation_m'])} {_shown(spill.isolation_m)}; {winds}"


def _shown(metres: int) -> str:
    return Most(metres, ()).shown
