"""What a rule may look at: one situation and the tables of its day, with what is worked out from them once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from checklists.facts.identifiers.keys import un_key
from checklists.facts.situation import Situation
from checklists.facts.transport import Line
from checklists.goods.editions import HOME, NATIONAL, NEWER, OLDER
from checklists.goods.listing import Goods, Tables, un_digits
from checklists.values import frozen

ABSURD_KG = 1_000_000
"""More than this is a slip of the finger, not a mass."""

EXEMPT_KG = 8000
"""Gross mass of limited quantities on a transport unit up to which it carries no mark. ADR 3.4.14, JT/T 617."""

EXEMPT_PACKAGES = 1000
"""Packages of excepted quantities that a vehicle may carry. ADR 3.5.5, JT/T 617."""

EXEMPT_LIMITS = {"limited": EXEMPT_KG, "excepted": EXEMPT_PACKAGES}
EXEMPT_PATHS = {"limited": "waybill.lines.gross_mass_kg", "excepted": "waybill.lines.packages"}
"""What each kind is counted by."""

PROVISIONS = "goods.provisions"
"""Missing where goods may be outside the rules by provisions of their own that nobody looked at."""

_NEVER = {"limited": ("limited_quantity", "0"), "excepted": ("excepted_quantity", "E0")}
"""The column of the list for each kind, and what it says where no such quantity is allowed. ADR 3.4, 3.5; JT/T 617."""

_NO_CATEGORY = "-"
"""The transport category of goods that travel under provisions of their own alone, such as vehicles (UN 3166)."""

_EXCEPTED_RADIOACTIVE = frozenset({"2908", "2909", "2910", "2911"})
"""Excepted packages of radioactive goods; what holds for them besides their labels was not read."""


@frozen
class Loaded:
    """A waybill line with the goods that it may mean: several where the packing group leaves it open."""

    line: Line
    goods: tuple[Goods, ...]


@frozen
class Context:
    """What a rule may look at: one situation and the reference tables, the goods list as in force on its day.

    `regime` decides with the day which editions of the goods list answer (see `goods.editions.in_force`).
    """

    situation: Situation
    tables: Tables
    regime: str = HOME

    def __post_init__(self) -> None:
        """Take the tables of the day: whatever a rule looks up is then what was in force."""
        object.__setattr__(self, "tables", self.tables.on(self.regime, self.situation.day))

    @property
    def by_adr(self) -> bool:
        """Whether ADR alone is in force, in one edition or two: only then what it alone says (its gas table) accuses.

        What its older edition stands for under the home regime is the national standard that follows it.
        """
        held = {one.id for one in self.tables.goods.editions}
        return held <= ({NEWER} if self.regime.upper() == HOME else {NEWER, OLDER})

    @cached_property
    def declared(self) -> tuple[Loaded, ...] | None:
        """The goods on the waybill, or None where there is no waybill or no line on it.

        A UN number that cannot be read is none.
        """
        bill = self.situation.waybill
        if bill is None or not bill.lines:
            return None
        lines = (line if un_key(line.un or "") else replace(line, un=None) for line in bill.lines)
        return tuple(Loaded(line, self.goods(line.un, line.packing_group)) for line in lines)

    @cached_property
    def regulated(self) -> tuple[Loaded, ...] | None:
        """The declared lines that do not travel as ordinary goods; None where that is not known.

        Limited quantities up to EXEMPT_KG gross together and up to EXEMPT_PACKAGES packages of excepted ones do, and
        goods that the list says are outside the rules.
        """
        if self.declared is None or any(self._freed(one) is None for one in self.declared):
            return None
        return tuple(one for one in self.declared if not self._freed(one))

    @cached_property
    def exempt(self) -> bool | None:
        """Whether all that is aboard travels as ordinary goods; None where what decides it is missing."""
        held = {self._freed(one) for one in self._aboard or ()}
        return None if None in held and False not in held else held == {True}

    @cached_property
    def by_provisions(self) -> bool:
        """Whether it is provisions of their own that leave open whether goods aboard are under the rules at all."""
        return any(one.line.quantity not in EXEMPT_LIMITS and self._freed(one) is None for one in self._aboard or ())

    @cached_property
    def ordinary(self) -> bool | None:
        """Whether what holds for dangerous goods alone has no object: all of it is exempt, or it is empty and clean."""
        return True if self.situation.seen.loaded == "empty" else self.exempt

    @cached_property
    def loads(self) -> tuple[tuple[Goods, ...], ...] | None:
        """What is really loaded, for each kind the goods that it may mean; None where any of it is open.

        As declared, unless the officers established goods that the waybill does not name. Only what is regulated
        counts: nothing where all is exempt or it is empty and clean. An uncleaned empty tank counts as loaded.
        """
        return self.most if len(self.most or ()) == len(self.sure) else None

    @cached_property
    def most(self) -> tuple[tuple[Goods, ...], ...] | None:
        """What is really loaded, counting what may be exempt too; None where the goods of any of it are not known."""
        if self.situation.seen.loaded == "empty":
            return ()
        held = [one for one in self._aboard or () if not self._freed(one)]
        return None if self._aboard is None or not all(one.goods for one in held) else tuple(one.goods for one in held)

    @property
    def lacking(self) -> str:
        """What is missing where `loads` is None."""
        return PROVISIONS if self.by_provisions else "waybill.lines"

    @cached_property
    def certain(self) -> tuple[tuple[Goods, ...], ...]:
        """Of what is really loaded the part that is known to be regulated, whatever else is open."""
        return tuple(one.goods for one in self.sure)

    @cached_property
    def sure(self) -> tuple[Loaded, ...]:
        """The lines of what is `certain`."""
        if self.situation.seen.loaded == "empty":
            return ()
        return tuple(one for one in self._aboard or () if one.goods and self._freed(one) is False)

    @cached_property
    def on_board(self) -> tuple[Goods, ...] | None:
        """The regulated goods really loaded, all that they may mean (see `loads`); None where any is open."""
        return None if self.loads is None else tuple(goods for load in self.loads for goods in load)

    @cached_property
    def amounts(self) -> Mapping[str, int | None]:
        """What decides whether lines are exempt, by EXEMPT_PATHS: their sum, or None where one of them is missing."""
        found = {}
        for kind, path in EXEMPT_PATHS.items():
            lines = self._lines(kind)
            held = [amount(getattr(line, path.rpartition(".")[2])) for line in lines]
            known = [one for one in held if one is not None]
            if lines:
                found[kind] = sum(known) if len(known) == len(lines) else None
        return found

    @cached_property
    def _aboard(self) -> tuple[Loaded, ...] | None:
        """What is really loaded: the goods that the officers established, else those declared."""
        found = self._established
        return (Loaded(Line(un=found), self.goods(found)),) if found else self.declared

    def _freed(self, one: Loaded) -> bool | None:
        """Whether a line travels as ordinary goods; None where what decides it is missing.

        What is in a tank or in bulk, and goods that the list lets nobody carry in such quantities, are under the rules,
        whatever the waybill calls them: these quantities are of packages (ADR 3.4.1, 3.5.1).
        """
        kind = one.line.quantity
        if kind not in self._exemptions:
            outside = self._outside(one)
            return outside if outside is not False or kind == "full" else None
        never = self._seen_loose or (one.goods and all(_is_never(kind, goods) for goods in one.goods))
        return self._outside(one) if never else self._exemptions[kind]

    def _outside(self, one: Loaded) -> bool | None:
        """Whether goods are outside the rules whatever their amount; GB 12268 lists them all, so that China is open."""
        held = {goods.carriage_status == "not_subject_to_adr" for goods in one.goods}
        if held == {True} and self.by_adr:
            return True
        return None if True in held or (one.goods and all(map(_has_provisions, one.goods))) else False

    @cached_property
    def _exemptions(self) -> Mapping[str, bool | None]:
        return {kind: self._exemption(kind) for kind in self.amounts}

    def _exemption(self, kind: str) -> bool | None:
        """Whether lines of this kind are exempt. What is known of them may already be too much.

        By ADR alone limited quantities are whatever they weigh: beyond the limit they ask for their mark only (3.4.1).
        """
        if kind == "limited" and self.by_adr and not self.not_in_packages:
            return True
        limit = EXEMPT_LIMITS[kind]
        total = self.amounts[kind]
        if total is not None:
            return total <= limit
        lines = self._lines(kind)
        least = [line.packages if kind == "excepted" else line.gross_mass_kg or line.net_mass_kg for line in lines]
        return False if sum(amount(one) or 0 for one in least) > limit else None

    def _lines(self, kind: str) -> list[Line]:
        return [one.line for one in self.declared or () if one.line.quantity == kind]

    @cached_property
    def found(self) -> str | None:
        """The UN number that the officers established; empty where what they wrote is none of the list, or None."""
        said = self.situation.seen.goods
        return None if said is None else un_digits(said) if self.goods(un_digits(said)) else ""

    @property
    def _established(self) -> str:
        """The UN number that the officers established and that no line of the waybill names.

        Of an uncleaned tank without a waybill it is what it carried last: it counts as loaded with it. ADR 5.3.2.1.7.
        """
        tank, seen = self.situation.tank, self.situation.seen
        left = tank.last_goods if tank and seen.loaded == "uncleaned" and self.declared is None else None
        goods = un_digits(seen.goods or left or "")
        return "" if goods in {un_digits(one.line.un or "") for one in self.declared or ()} else goods

    @property
    def has_trailer(self) -> bool:
        """Whether a trailer is there: known, seen, or named on the waybill."""
        bill, seen = self.situation.waybill, self.situation.seen
        return self.situation.trailer is not None or bool(seen.trailer_plate or (bill and bill.trailer_plate))

    @property
    def has_tank(self) -> bool:
        """Whether a tank is there: known, named on the waybill, or seen."""
        bill, seen = self.situation.waybill, self.situation.seen
        return self.situation.tank is not None or bool(bill and bill.tank) or seen.containment == "tank"

    @property
    def _seen_loose(self) -> bool:
        return self.situation.seen.containment in ("tank", "bulk")

    @property
    def not_in_packages(self) -> bool:
        """Whether the load is in a tank or in bulk, as seen or as far as is known."""
        containment = self.situation.seen.containment
        return self.has_tank if containment is None else containment != "packages"

    def goods(self, un: str | None, packing_group: str | None = None) -> tuple[Goods, ...]:
        """Return the entries of a UN number and packing group; all groups where the table has not that one."""
        if not un:
            return ()
        return self.tables.goods.lookup(un, packing_group or None) or self.tables.goods.lookup(un)

    @cached_property
    def labels(self) -> frozenset[str] | None:
        """Every label on board, subsidiary hazards included, or None where it is not known."""
        return None if self.on_board is None else frozenset(one for goods in self.on_board for one in goods.every_label)

    @cached_property
    def states(self) -> frozenset[str] | None:
        """The physical states on board (solid, liquid, gas), or None where any of them is not known."""
        states = [goods.states for goods in self.on_board or ()]
        known = [one for one in states if one is not None]
        return frozenset().union(*known) if known and len(known) == len(states) else None


def _has_provisions(goods: Goods) -> bool:
    """Whether goods may be free of signs, crew and equipment by provisions of their own."""
    return goods.un in _EXCEPTED_RADIOACTIVE or goods.transport_category == _NO_CATEGORY


def amount(value: int | None) -> int | None:
    """Return an amount that can be true, else None."""
    return value if value is not None and 0 < value <= ABSURD_KG else None


def _is_never(kind: str, goods: Goods) -> bool:
    """Whether every edition of the list says that these goods may not travel in quantities of this kind."""
    column, never = _NEVER[kind]
    cells = {*goods.told(column)} if column in goods.row else set()
    if goods.versions.holds(NATIONAL):
        cells.add(goods.row.get(f"gb_{column}", ""))
    return cells - {""} == {never}
