"""R11: goods that may not travel together on one transport unit. 29号令 art. 20, JT/T 617.6, ADR 7.5.2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import combinations, product

from checklists.goods import chemistry
from checklists.goods.listing import Goods, un_digits
from checklists.goods.segregation import Marked, Segregation, between
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.load import carries_itself
from checklists.values import frozen

CASE = "incompatible"

CHEMISTRY = "goods.chemistry"
"""What the tables of mixed loading do not compare."""

_LAW, _ADR = "29号令 20", "ADR 7.5.2.4"
_BESIDE_LIMITED = frozenset({"0161", "0499"})
"""Explosives that limited quantities may stand beside, as they may beside those of division 1.4. ADR 7.5.2.4."""

_PACKED = ("limited", "excepted")


@frozen
class Parcel:
    """Goods on board with all entries that they may be. `declared` is False for what only the officers found.

    `marked` is what each entry shows by each edition in force (forbidden is what all of them forbid), `groups` those of
    the goods that react.
    """

    un: str
    goods: tuple[Goods, ...]
    quantity: str
    declared: bool
    marked: tuple[Marked, ...] = field(compare=False)
    groups: frozenset[str] = field(compare=False)


def r11_segregation(context: Context) -> Iterator[Result]:
    """Each pair of goods, whatever their quantity.

    A forbidden pair conflicts; on a lorry with its trailer it is open, since these are two vehicles and the ban is for
    one (ADR 7.5.2.1). One that is allowed under a condition cannot be told before an officer has looked, nor one that
    the labels allow and that is known to react. Where no pair is either, one result says so, with the caveat that the
    tables compare labels alone; goods that are not known leave it open. Nothing is compared on a vehicle that is empty
    and clean.
    """
    if context.situation.seen.loaded == "empty":
        return
    parcels = _parcels(context)
    known = [one for one in parcels or () if one.goods]
    found = [_compare(context, one, other) for one, other in _pairs(known)]
    told = {
        one.subject: one for one in sorted((one for one in found if one), key=lambda one: one.verdict == "conflict")
    }
    yield from (told[subject] for subject in sorted(told))
    if parcels is None or len(known) < len(parcels) or not told:
        look = Look(context, "R11")
        look.note("goods", "、".join(dict.fromkeys(one.un for one in known)) or None)
        if parcels is None or len(known) < len(parcels):
            look.lack("waybill.lines" if parcels is None else "waybill.lines.un")
        if len({one.un for one in known}) > 1:
            look.leave_open(CHEMISTRY)
        yield look.says(CASE, conflict=False)


def _parcels(context: Context) -> list[Parcel] | None:
    """What is on board in the order of UN numbers, or None where nothing is known of it."""
    seen = un_digits(context.situation.seen.goods or "")
    if context.declared is None and not seen:
        return None
    found = [
        _parcel(context, un_digits(one.line.un or ""), one.goods, one.line.quantity) for one in context.declared or ()
    ]
    if seen and seen not in {one.un for one in found}:
        found.append(_parcel(context, seen, context.goods(seen), "full", declared=context.declared is None))
    return sorted(found, key=lambda one: (one.un, one.quantity, [each.variant for each in one.goods]))


def _parcel(context: Context, un: str, goods: tuple[Goods, ...], quantity: str, *, declared: bool = True) -> Parcel:
    marked = dict.fromkeys(one for each in goods for one in Marked.by_edition(each))
    return Parcel(un, goods, quantity, declared, tuple(marked), chemistry.groups(goods, context.tables))


def _pairs(parcels: list[Parcel]) -> Iterable[tuple[Parcel, Parcel]]:
    """Every pair of different parcels once, and two that are alike once: they may be different articles."""
    first: dict[Parcel, int] = {}
    alike = [first.setdefault(one, place) for place, one in enumerate(parcels)]
    return ((parcels[one], parcels[other]) for one, other in dict.fromkeys(combinations(alike, 2)))


def _compare(context: Context, one: Parcel, other: Parcel) -> Result | None:
    """What is to be said of a pair, or None where it may travel together."""
    answers = [between(mine, its, context.tables) for mine, its in product(one.marked, other.marked)]
    explosive = _beside_limited(one, other)
    spared = explosive is not None and context.by_adr and _may_be_beside_limited(explosive)
    results = {"allowed"} if spared else {answer.result for answer in answers}
    by_law = explosive is not None and not spared and one.declared and other.declared
    known = chemistry.between(one.groups, other.groups, context.tables) if one.un != other.un else ()
    if results == {"allowed"} and not by_law and not known:
        return None
    look = Look(context, "R11")
    _show(look, one, other, answers[0] if len(results) == 1 and not by_law else None)
    for reaction in known:
        look.note(CHEMISTRY, f"{reaction.text('zh')} ({reaction.text('en')}; {reaction.source})")
    if by_law:
        look.note("goods.rule", _ADR if context.by_adr else _LAW)
    certain = by_law or _is_certain(look, one, other, results)
    if context.has_trailer and carries_itself(context):
        look.lack("goods.same_vehicle")
        certain = False
    return look.says(CASE, conflict=certain, subject=f"{one.un}+{other.un}")


def _is_certain(look: Look, one: Parcel, other: Parcel, results: set[str]) -> bool:
    """Whether the pair is forbidden as it is; else what has to be found out is remembered."""
    if results == {"allowed"}:
        look.lack(CHEMISTRY)
    elif results <= {"condition", "unknown"}:
        look.lack("goods.mixing_condition" if "condition" in results else "goods.labels")
    elif len(results) > 1:
        look.lack("goods.packing_group")
    if {one.quantity, other.quantity} & set(_PACKED) and "prohibited" in results:
        # The order lets such packages travel with other goods, whatever the table of the standard says of the labels.
        if not look.context.by_adr:
            look.note("goods.rule", _LAW)
        look.lack("goods.packed_small")
    if not (one.declared and other.declared):
        look.lack("goods.both_aboard")
    return not look.missing


def _beside_limited(one: Parcel, other: Parcel) -> Parcel | None:
    """Return the explosives of a pair that stand beside limited quantities: never, by 29号令 art. 20."""
    pairs = ((one, other), (other, one))
    found = (its for mine, its in pairs if mine.quantity == "limited" and not _explosive(mine) and _explosive(its))
    return next(found, None)


def _may_be_beside_limited(parcel: Parcel) -> bool:
    return parcel.un in _BESIDE_LIMITED or {goods.division for goods in parcel.goods} == {"1.4"}


def _explosive(parcel: Parcel) -> bool:
    return {goods.class_ for goods in parcel.goods} == {"1"}


def _show(look: Look, one: Parcel, other: Parcel, answer: Segregation | None) -> None:
    for each in (one, other):
        source = "waybill" if each.declared else "officer"
        look.note("goods.un", each.un, source)
        labels = dict.fromkeys("+".join(goods.labels) for goods in each.goods)
        look.note("goods.labels", " / ".join(_code(each) or labels))
        if any(goods.differs("labels") for goods in each.goods):
            accepted = {value for goods in each.goods for value in goods.accepts("labels")}
            look.warn("goods.labels", f"UN {each.un}: {' / '.join(sorted(accepted))}")
    if answer and answer.rule:
        look.note("goods.rule", answer.rule)
    for text in answer.conditions if answer else ():
        look.note("goods.mixing_condition", f"{text['zh']} ({text['en']})")


def _code(parcel: Parcel) -> list[str]:
    """The codes of class 1, which say more than its labels."""
    return list(dict.fromkeys(f"{one.division}{one.compatibility_group}" for one in parcel.goods if one.class_ == "1"))
