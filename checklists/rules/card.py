"""R16: the safety card is aboard and for these goods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checklists.facts.identifiers.keys import un_key
from checklists.goods.listing import un_digits
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.scope import listed
from checklists.rules.small_load import is_freed


def r16_safety_card(context: Context) -> Iterator[Result]:
    """A safety card is aboard and is for all goods that are. 29号令 art. 44.

    None is needed where all is exempt, or empty and clean.
    """
    if context.ordinary:
        return
    look = Look(context, "R16")
    look.exemption()
    card = context.situation.seen.safety_card
    if card is None:
        look.lack("seen.safety_card")
        yield look.says("card_absent", conflict=False)
        return
    look.note("seen.safety_card.present", "yes" if card.present else "no", "officer")
    if not card.present:
        yield look.says("card_absent", conflict=not is_freed(look))
        return
    wanted = _wanted(look)
    look.note("seen.safety_card.goods", None if card.goods is None else _words(card.goods), "officer")
    if card.goods is None:
        look.lack("seen.safety_card.goods")
    told = [_is_for(context, card.goods, un) for un in sorted(wanted)] if card.goods is not None else []
    if None in told:
        look.lack("seen.safety_card.goods")
    yield look.says("card_other_goods", conflict=False in told)


def _is_for(context: Context, named: tuple[str, ...], un: str) -> bool | None:
    """Whether a card is for goods: by number, or by a name of theirs; None where a name may mean them."""
    if un in map(un_digits, named) or all(un_key(one) for one in named):
        return un in map(un_digits, named)
    said = {listed(named, one, context.tables.goods, context.tables.gas_table) for one in context.goods(un)}
    return True if True in said else False if said == {False} else None


def _wanted(look: Look) -> set[str]:
    """Return the UN numbers that the card has to be for: what the officers established, else what is declared."""
    context = look.context
    lines = context.declared if context.regulated is None else context.regulated
    given = [one.line.un for one in lines or ()] if context.found is None else [context.found or None]
    if not given or None in given:
        look.lack("waybill.lines.un")
    wanted = {un_digits(one) for one in given if one}
    look.note("goods", _words(sorted(wanted)))
    return wanted


def _words(numbers: Iterable[str]) -> str:
    return "、".join(sorted(f"UN {un_digits(one)}" for one in numbers))
