"""The diamonds and marks of R10: each side seen against what is on board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checklists.goods.listing import Goods
from checklists.goods.required_signs import (
    MARKS,
    PLACARD_SIDES,
    Load,
    certain_placards,
    has_mark,
    may_have_more,
    may_lack,
    may_lack_explosive,
    on_vehicle,
    placards,
    shown_by,
    shown_for_packages,
)
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.sign_places import in_compartment, seen_numbers, weigh
from checklists.rules.small_load import is_relieved
from checklists.values import frozen

DIVISIONS = "required.placards"
"""Missing where it is the rule itself that is not known: which diamonds of class 1 have to be there. By ADR alone it is
known (5.3.1.1.2)."""

LABELS = "goods.labels"
"""Missing where labels depend on what is in the goods, or on a permission."""

_BURSTING = ("1.1", "1.2", "1.3")
"""Divisions whose diamonds are one picture, with the division written on it."""

_MARK_CASES = {"MARK_HOT": "heat_mark_missing", "MARK_ENV": "environment_mark_missing"}


@frozen
class Right:
    """The sets of diamonds that are right for some loads, any of which; None where one is not known.

    `by_plate` are those of the entries that the orange plates name by their `numbers`, `certain` those of every entry
    that these leave. `differ`: editions of the list have other labels. `loads` are those that ask for diamonds, and
    `besides` what others may show, None: anything. `told` are the diamonds that the list tells where what is in the
    goods may ask for others.
    """

    wanted: frozenset[frozenset[str]] | None
    by_plate: frozenset[frozenset[str]] | None
    certain: frozenset[frozenset[str]]
    numbers: tuple[str, ...]
    differ: bool
    loads: tuple[Load, ...]
    besides: frozenset[str] | None = frozenset()
    told: frozenset[str] | None = None
    by_adr: bool = False

    @classmethod
    def of(cls, context: Context, loads: tuple[Load, ...]) -> Right:
        """Return what is right for these loads; by ADR those in packages ask for none, but of classes 1 and 7."""
        every, loads = loads, shown_for_packages(loads) if _may_be_packed(context) else loads
        numbers = {load[0].un: seen_numbers(context, load[0].un) for load in loads if load}
        told = tuple(shown_by(load, numbers[load[0].un]) if load else load for load in loads)
        seen = sorted(number for load in loads if load for number in numbers[load[0].un])
        differ = any(goods.differs("labels") for load in loads for goods in load)
        more = may_have_more(every)
        others = None if more else placards([load for load in every if load not in loads])
        besides = None if others is None else frozenset().union(*others)
        listed = frozenset().union(*(goods.placards for load in every for goods in load)) if more else None
        sets = (placards(loads), placards(told), certain_placards(told))
        return cls(*sets, tuple(seen), differ, loads, besides, listed, context.by_adr)

    def fits(self, shown: frozenset[str], sets: Iterable[frozenset[str]]) -> bool:
        """Whether diamonds are one of the sets, with nothing besides but what may hang there."""
        return any(one <= shown <= one | self._besides(shown) for one in sets)

    def may_lack(self, shown: frozenset[str]) -> str:
        """Return what is open where diamonds are right but for those that may rightly lack; else nothing."""
        besides = self._besides(shown)
        pairs = [(one, shown - (besides - one)) for one in self.wanted or ()]
        if any(may_lack_explosive(one, seen, self.loads, by_adr=self.by_adr) for one, seen in pairs):
            return DIVISIONS
        return LABELS if any(may_lack(one, seen, self.loads) for one, seen in pairs) else ""

    def has_more(self, shown: frozenset[str]) -> bool:
        """Whether diamonds hang there of which only what is in the goods can tell."""
        return self.told is not None and not shown <= self.told

    def _besides(self, shown: frozenset[str]) -> frozenset[str]:
        return shown if self.besides is None else self.besides


def placard_results(context: Context) -> Iterator[Result]:
    """Each side's diamonds that were seen, and those sides that nobody spoke of: these cannot be told."""
    shown = context.situation.seen.placards
    # Both sides and the rear of a vehicle show the same load.
    right: dict[str, Right] = {}
    for side in sorted(shown):
        yield from _placards(context, side, right)
    bases = {side.partition(".")[0] for side in shown}
    missing = [f"seen.placards.{side}" for side in PLACARD_SIDES if side not in bases]
    if missing:
        look = Look(context, "R10")
        look.lack(*(missing if shown else ("seen.placards",)))
        yield look.says("placard_missing", conflict=False, subject="placards")


def _placards(context: Context, side: str, known: dict[str, Right]) -> Iterator[Result]:
    look = Look(context, "R10")
    labels = context.situation.seen.placards[side]
    shown = frozenset(map(on_vehicle, labels)) - set(MARKS)
    look.note(f"seen.placards.{side}", "、".join(sorted(shown)) or None, "officer")
    loads, number = _loads_beside(look, side), side.partition(".")[2]
    right = None if loads is None else known.get(number) or known.setdefault(number, Right.of(context, loads))
    if right is None or right.wanted is None:
        look.lack(*(() if look.missing else (context.lacking,)))
        yield look.says("placard_wrong", conflict=False, subject=side)
        return
    look.note("goods.placards", _listed(right.wanted) or None)
    weigh(look)
    fits = right.fits(shown, right.wanted)
    open_ = "" if fits else right.may_lack(shown)
    wrong = not fits and not open_
    if (open_ and not (open_ == DIVISIONS and context.by_adr)) or (fits and right.has_more(shown)):
        look.lack(open_ or LABELS)
    if fits and context.situation.seen.containment is None and shown not in (placards(loads or ()) or {shown}):
        look.lack("seen.containment")
    if not shown:
        if side.partition(".")[0] in PLACARD_SIDES:
            yield look.says("placard_missing", conflict=wrong and not is_relieved(look), subject=side)
        return
    if fits and right.by_plate is not None and not right.fits(shown, right.by_plate):
        look.note("seen.panels.hazard_id", "、".join(right.numbers), "officer")
        look.note("goods.placards", _listed(right.by_plate))
        yield look.says("placard_wrong", conflict=True, subject=side)
        return
    divisions = {goods.division for load in loads or () for goods in load}
    if fits and {label[:3] for label in labels if label[:3] in _BURSTING} - divisions:
        look.lack(DIVISIONS)
    if fits and not right.fits(shown, right.certain):
        look.lack("waybill.lines.packing_group")
    if right.differ:
        look.warn("goods.labels", _listed(right.wanted))
    yield look.says("placard_wrong", conflict=wrong, subject=side)


def _may_be_packed(context: Context) -> bool:
    """Whether the load is or may be in packages where ADR alone is in force."""
    held = context.situation.seen.containment or ("" if context.has_tank else "packages")
    return context.by_adr and held == "packages"


def _listed(sets: frozenset[frozenset[str]]) -> str:
    return " / ".join(sorted("、".join(sorted(one)) for one in sets))


def _loads_beside(look: Look, side: str) -> tuple[tuple[Goods, ...], ...] | None:
    """Return the loads whose diamonds hang at a side: all of them, or what the compartment holds."""
    loads, number = look.context.loads, side.partition(".")[2]
    if loads is None or not number:
        return loads
    held = in_compartment(look.context, number)
    beside = tuple(load for load in loads if load[0].un in held)
    if not beside:
        look.lack("waybill.lines.compartment")
        return None
    return beside


def mark_results(context: Context) -> Iterator[Result]:
    """Where the goods always need a mark. What lists no mark on any side may not have looked for one."""
    seen = context.situation.seen.placards
    for mark, case in _MARK_CASES.items():
        if not has_mark(context.loads or (), mark):
            continue
        look = Look(context, "R10")
        with_mark = [side for side in sorted(seen) if mark in seen[side]]
        look.note(f"seen.placards.{mark}", "、".join(with_mark) or None, "officer")
        weigh(look)
        if not with_mark:
            look.lack(f"seen.placards.{mark}")
        bases = {side.partition(".")[0] for side in with_mark}
        without = [side for side in PLACARD_SIDES if side in seen and side not in bases]
        yield look.says(case, conflict=bool(with_mark and without) and not is_relieved(look), subject=mark)
