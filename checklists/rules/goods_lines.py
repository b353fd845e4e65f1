"""R1, the goods lines: class, subsidiary hazard and packing group as in the goods list, the name as people write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from checklists.facts.texts import is_unread
from checklists.facts.transport import Line
from checklists.goods import names
from checklists.goods.editions import NATIONAL
from checklists.goods.labels import divisions, group_of, names_several
from checklists.goods.listing import Goods, un_digits
from checklists.goods.meanings import Meaning, meaning
from checklists.patterns import pattern
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.values import frozen


@frozen
class Entry:
    """A line with the list's entries of its UN number, and those of its packing group and class among them.

    `main`, `also` and `group` are the line's class, the subsidiary hazards behind it and its packing group, as read.
    """

    line: Line
    all: tuple[Goods, ...]
    near: tuple[Goods, ...]
    main: str | None
    also: tuple[str, ...] | None
    group: str


def lines_against_table(context: Context) -> Iterator[Result]:
    """Compare each line with the goods list: a result for each line and case, whatever their order.

    Where editions of the list differ either value is good, with a warning. A UN number that the list has not cannot be
    told, and so does whatever the waybill leaves open.
    """
    lines = defaultdict(list)
    for one in context.declared or ():
        lines[_subject(one.line)].append(one.line)
    if not lines:
        look = Look(context, "R1")
        look.lack("waybill.lines")
        yield look.says("line_class", conflict=False)
    for subject in sorted(lines):
        entries = [_entry(context, one) for one in _distinct(lines[subject])]
        yield from _line(context, subject, entries)


def _line(context: Context, subject: str, entries: list[Entry]) -> Iterator[Result]:
    if not entries[0].all:
        look = Look(context, "R1")
        look.note("waybill.lines.un", entries[0].line.un, "waybill")
        look.lack("waybill.lines.un")
        yield look.says("line_class", conflict=False, subject=subject)
        return
    for case, judge in _CASES:
        asked = [one for one in entries if case != "line_technical_name" or _asks_technical(one.near)]
        if asked:
            look = Look(context, "R1")
            wrong = [judge(look, one) for one in asked]
            yield look.says(case, conflict=any(wrong), subject=subject)


def _subject(line: Line) -> str:
    return f"UN {un_digits(line.un or '') or '?'} {line.name or '?'}"


def _distinct(lines: Iterable[Line]) -> list[Line]:
    """Lines that say the same of the goods are one, whatever their amounts."""
    held = list(lines)
    if len(held) == 1:
        return held
    bare = {
        repr(one): one
        for one in (
            Line(
                line.un, line.name, line.class_, line.subsidiary, line.packing_group, technical_name=line.technical_name
            )
            for line in held
        )
    }
    return [bare[key] for key in sorted(bare)]


def _entry(context: Context, line: Line) -> Entry:
    group = group_of(line.packing_group)
    table = context.tables.goods
    every = table.lookup(line.un) if line.un else ()
    near = tuple(one for one in every if group and group in one.accepts("packing_group")) or every
    main, also = divisions(line.class_)
    near = tuple(one for one in near if main in one.accepts("class")) or near
    return Entry(line, every, near, main, also, group)


def _class(look: Look, entry: Entry) -> bool:
    look.note("waybill.lines.class", entry.line.class_, "waybill")
    _say_standing(look, entry)
    return _outside(look, entry.near, "class", entry.main)


def _say_standing(look: Look, entry: Entry) -> None:
    """Say that a number was deleted, and what took its place, or that it is not in force yet: neither accuses."""
    table = look.context.tables.goods
    for un, standing in dict.fromkeys((one.un, one.standing) for one in entry.near if one.standing):
        successor = (table.successor(un) or {}).get("successor", "")
        look.warn("goods.un", f"UN {un} {standing}" + (f" → UN {successor}" if successor else ""))


def _subsidiary(look: Look, entry: Entry) -> bool:
    """A waybill that says nothing of subsidiary hazards is only open where the goods have any, or it names classes."""
    given = entry.line.subsidiary if entry.line.subsidiary is not None else entry.also
    none = all(one.accepts("subsidiary") == {""} for one in entry.near) and not names_several(entry.line.class_)
    unsaid = given is None and not none
    look.note("waybill.lines.subsidiary", None if unsaid else "+".join(given or ()) or "—", "waybill")
    value = "" if given is None and none else None if given is None else _joined(given)
    wrong = _outside(look, entry.near, "subsidiary", value)
    if wrong and any(_may_be_otherwise(one, set((value or "").split("+")) - {""}) for one in entry.near):
        look.lack("goods.subsidiary")
        return False
    return wrong


def _may_be_otherwise(goods: Goods, named: set[str]) -> bool:
    """Whether hazards that the list has not are in the goods, or one that it has may lack."""
    listed = [set(one.split("+")) - {""} for one in goods.accepts("subsidiary")]
    return any(one - goods.dispensable <= named and (goods.by_contents or named <= one) for one in listed)


def _joined(given: Iterable[str]) -> str:
    parts = {divisions(part)[0] for one in given for part in _PARTS.split(one)}
    return "+".join(sorted(part for part in parts if part))


def _packing_group(look: Look, entry: Entry) -> bool:
    none = all(one.accepts("packing_group") == {""} for one in entry.all)
    look.note("waybill.lines.packing_group", entry.line.packing_group or ("—" if none else None), "waybill")
    wrong = _outside(look, entry.all, "packing_group", entry.group or ("" if none else None))
    if wrong and none and any(one.by_contents for one in entry.all):
        # Of a further hazard the group is stated too: special provision 172.
        look.lack("goods.packing_group")
        return False
    return wrong


def _outside(look: Look, entries: tuple[Goods, ...], column: str, value: str | None) -> bool:
    """Whether no edition of the list gives the value for any of the entries; None: the waybill does not say it."""
    accepted = frozenset[str]().union(*(one.accepts(column) for one in entries))
    look.note(f"goods.{column}", "、".join(sorted(one or "—" for one in accepted)) or None)
    if any(one.differs(column) for one in entries):
        look.warn(f"goods.{column}", "、".join(sorted(one or "—" for one in accepted)))
    if value is None:
        look.lack(f"waybill.lines.{column}")
    elif not accepted:
        look.lack(f"goods.{column}")
    return value is not None and bool(accepted) and value not in accepted


def _name(look: Look, entry: Entry) -> bool:
    """A name is wrong where it certainly means other goods; one that is not known, or may mean these, is not."""
    name = entry.line.name or ""
    look.note("waybill.lines.name", entry.line.name, "waybill")
    look.note("goods.name", "、".join(dict.fromkeys(one.name_zh or one.name_en for one in entry.all)))
    spoken = bool(names.plain(name))
    if spoken and any(is_called(one, name) for one in entry.all):
        return False
    table = look.context.tables.goods
    means = meaning(name, table) if spoken else Meaning()
    if means.all & {one.un for one in entry.all}:
        return False
    wrong = sorted(means.names_other_than(entry.all, name))
    if not wrong:
        look.lack("waybill.lines.name")
    for un in wrong:
        look.note("goods", f"UN {un} {next(iter(table.lookup(un))).name_zh}")
    return bool(wrong)


def is_called(goods: Goods, name: str) -> bool:
    """Whether a name is the entry's, or one of those that the entry joins by "or" (车用汽油或汽油)."""
    return any(goods.called.has(bare) or goods.joined.has(bare) for bare in names.readings(name))


def _technical_name(look: Look, entry: Entry) -> bool:
    """Special provision 274 asks for the technical name, behind the name in brackets or by itself."""
    given = entry.line.technical_name
    bracket = _BRACKET.search(entry.line.name or "")
    look.note("waybill.lines.technical_name", given or (bracket and bracket[1]), "waybill")
    if given and is_unread(given):
        look.lack("waybill.lines.technical_name")
        return False
    if (given and names.plain(given)) or bracket:
        return False
    if len({one for goods in entry.near for one in _asks(goods)}) > 1:
        look.warn("goods.special_provisions", TECHNICAL_NAME)
        return False
    if given is None:
        look.lack("waybill.lines.technical_name")
    return given is not None


def _asks_technical(entries: Iterable[Goods]) -> bool:
    return any(True in _asks(one) for one in entries)


def _asks(goods: Goods) -> set[bool]:
    """Whether each edition in force that has the entry asks for the technical name."""
    cells = list(goods.told("special_provisions")) if "special_provisions" in goods.row else []
    if goods.row.get("gb_class") and goods.versions.holds(NATIONAL):
        cells.append(goods.row.get("gb_special_provisions", ""))
    return {TECHNICAL_NAME in _CELL.split(cell) for cell in cells}


TECHNICAL_NAME = "274"
"""The special provision that asks for the technical name behind the name (JT/T 617.3, ADR 3.3)."""

_CELL = pattern("[; ,]+")
_PARTS = pattern(r"[+,，、/;；\s]+")
_BRACKET = pattern(r"[(（]([^()（）]+)[)）]")

_CASES: tuple[tuple[str, Callable[[Look, Entry], bool]], ...] = (
    ("line_class", _class),
    ("line_subsidiary", _subsidiary),
    ("line_packing_group", _packing_group),
    ("line_name", _name),
    ("line_technical_name", _technical_name),
)
