"""Whether a ban is for the goods on board: by class, division or UN number, or by their tunnel code."""

from __future__ import annotations

from checklists.facts.identifiers.checks import check_plate
from checklists.facts.identifiers.keys import number_key
from checklists.facts.site import Ban
from checklists.goods.listing import Goods
from checklists.goods.tunnels import LIGHTER, closed
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look
from checklists.rules.scope import covers, strikes
from checklists.rules.small_load import is_small


def struck(look: Look, ban: Ban) -> bool | None:
    """Whether any of the goods on board is banned; None where that is open, with what is missing remembered."""
    context = look.context
    plate = context.situation.vehicle.plate
    if plate and number_key(plate) in {number_key(one) for one in ban.exempt}:
        return False
    answers = [_all(look, ban, load) for load in context.certain]
    if True in answers:
        return True
    if context.loads is None and not _spares_all(context, ban):
        look.lack(context.lacking)
        return None
    return None if None in answers else False


def _spares_all(context: Context, ban: Ban) -> bool:
    """Whether the ban is for nothing aboard, even counting what may be exempt."""
    quiet = Look(context, "R13")
    return context.most is not None and all(_all(quiet, ban, load) is False for load in context.most)


def _all(look: Look, ban: Ban, load: tuple[Goods, ...]) -> bool | None:
    """Whether the ban is for one load, whichever of its goods it is."""
    answers = {_one(look, ban, goods) for goods in load}
    if len(answers) == 1 and None not in answers:
        look.note("goods", f"UN {load[0].un} {load[0].division} {load[0].tunnel_code if ban.tunnel else ''}".strip())
        return answers.pop()
    if True in answers and None not in answers:
        look.lack("waybill.lines.packing_group")
    return None


def _one(look: Look, ban: Ban, goods: Goods) -> bool | None:
    freed = covers(tuple(one for one in ban.exempt if not check_plate(one).ok), goods)
    named = strikes(ban.classes, goods) if ban.classes else True
    shut = closed_to(look, ban.tunnel, goods) if ban.tunnel and named is not False else True
    if freed or False in (named, shut):
        return False
    if freed is None or named is None:
        look.lack("place.bans.exempt" if freed is None else "place.bans.classes")
    return True if freed is False and named and shut else None


def closed_to(look: Look, category: str, goods: Goods) -> bool | None:
    """Whether a tunnel of that category is closed to the goods as they travel here.

    The leading edition's code decides where it opens the tunnel; where it closes it and another in force does not, that
    is open. Both are shown.
    """
    codes = goods.told("tunnel_code") or ("",)
    first, *others = (_closed(look, category, code) for code in codes)
    if set(others) - {first}:
        look.warn("goods.tunnel_code", f"UN {goods.un}: {' / '.join(code or '—' for code in codes)}")
    answer = first if first is False or not set(others) - {first} else None
    if answer and look.context.by_adr:
        # What needs no plates may pass, a small load too. ADR 1.9.5.3.6, 1.1.3.6.2
        small = is_small(look.context, look)
        return None if small is None else not small
    if answer is None:
        look.lack("goods.tunnel_code" if first is not None else _decides(goods.tunnel_code))
    return answer


def _closed(look: Look, category: str, code: str) -> bool | None:
    return closed(
        code,
        category.strip().upper(),
        in_tank=_in_tank(look, code),
        explosive_mass_kg=_explosive_mass(look),
    )


def _decides(code: str) -> str:
    """Return what is missing where the code alone does not decide."""
    if not code:
        return "goods.tunnel_code"
    return "waybill.lines.explosive_mass_kg" if code in LIGHTER else "seen.containment"


def _in_tank(look: Look, code: str) -> bool | None:
    """Whether the first letter of the code counts: in tanks, and for D/E in bulk too (ADR 8.6.4)."""
    seen = look.context.situation.seen.containment
    if seen is None and look.context.has_tank:
        return True
    return None if seen is None else seen == "tank" or (seen == "bulk" and code == "D/E")


def _explosive_mass(look: Look) -> int | None:
    """Return the net explosive mass of the transport unit in kg, or None where a line of class 1 does not give it."""
    lines = [one.line for one in look.context.declared or () if any(goods.class_ == "1" for goods in one.goods)]
    known = [one.explosive_mass_kg for one in lines if one.explosive_mass_kg is not None]
    return sum(known) if lines and len(known) == len(lines) else None
