"""R3 and R4: who is aboard, whether they may be, and whether they are who the waybill says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checklists.facts.identifiers.likeness import DIFFERENT, MAY_BE, SAME, Likeness
from checklists.facts.observation import Aboard
from checklists.facts.people import compare_people, same_number
from checklists.facts.situation import Situation
from checklists.facts.transport import Person
from checklists.patterns import pattern
from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result
from checklists.rules.papers import is_revoked
from checklists.rules.road_numbers import LOOKED_UP
from checklists.rules.small_load import is_freed

ROLE_WORDS = {
    "driver": "driver",
    "驾驶员": "driver",
    "驾驶人员": "driver",
    "escort": "escort",
    "押运员": "escort",
    "押运人员": "escort",
    "loader": "loader",
    "装卸管理人员": "loader",
}
"""How the category of a qualification is written, and the role that it is good for."""

_BETWEEN = pattern("[、，,;；/|+和及]")
_DANGEROUS = pattern(
    "(?:经营性)?(?:道路)?危险(?:货物|品|化学品)(?:道路)?(?:运输)?(驾驶员|驾驶人员|押运员|押运人员|装卸管理人员)"
)


def r3_qualifications(context: Context) -> Iterator[Result]:
    """Driver and escort: qualification carried, valid, of the right category; the same people as on the waybill.

    危化条例 art. 44. Where nobody but the driver is aboard, the escort is R4's business and this cannot tell. Ordinary
    goods need no qualification; who is named on their papers still has to be the one aboard. Who shows none, but is
    known to hold one that is valid, is not without one.
    """
    for role in ("driver", "escort"):
        if not context.ordinary:
            yield _qualification(context, role)
        if _aboard(context.situation, role) and (not context.ordinary or _named(context.situation, role)):
            yield _same_person(context, role)


def _qualification(context: Context, role: str) -> Result:
    look = Look(context, "R3")
    look.exemption()
    base = f"{role}.qualification"
    if not _aboard(context.situation, role):
        look.lack(f"seen.aboard.{role}")
        return look.says(f"{role}_expired", conflict=False, subject=role)
    person = getattr(context.situation, role)
    held = person.qualification if person else None
    there = _aboard(context.situation, role)
    if person is not None and _likeness(there, person) == DIFFERENT:
        look.lack(base)
        return look.says(f"{role}_expired", conflict=False, subject=role)
    not_shown = held is not None and held.carried is False
    if not_shown:
        look.note(f"{base}.carried", "no", "officer")
    case, wrong, path = _wrong(look, role)
    if wrong and not _is_his(context, path, there, person):
        look.lack(f"seen.aboard.{role}.id_number")
        wrong = False
    if not_shown and not wrong:
        if look.missing or not _is_his(context, f"{base}.valid_until", there, person):
            return look.says(f"{role}_absent_qualification", conflict=not is_freed(look), subject=role)
        look.leave_open(f"{base}.carried")
    if not wrong and len(there) > 1:
        look.lack(*(base for one in there if person is None or compare_people(one, person) != SAME))
    return look.says(case, conflict=wrong and not is_freed(look), subject=role)


def _wrong(look: Look, role: str) -> tuple[str, bool, str]:
    """Return the case of a qualification, whether it is wrong, and the path that says so."""
    base = f"{role}.qualification"
    if is_revoked(look, base):
        return f"{role}_revoked", True, f"{base}.status"
    until = look.day(f"{base}.valid_until")
    if until is not None and until < look.context.situation.day:
        return f"{role}_expired", True, f"{base}.valid_until"
    good = is_good_for(look.text(f"{base}.category"), role)
    if good is False:
        return f"{role}_category", True, f"{base}.category"
    if good is None:
        look.lack(*(() if f"{base}.category" in look.missing else (f"{base}.category",)))
    return f"{role}_expired", False, base


def is_good_for(category: str | None, role: str) -> bool | None:
    """Whether a qualification of these categories is good for a role; None where one is not understood.

    Many people hold two. Of a text the word for another role says so; 驾驶员 of ordinary goods is not understood.
    """
    parts = [one for one in _BETWEEN.split("".join((category or "").lower().split())) if one]
    said = [_role_of(one) for one in parts]
    return True if role in said else None if None in said or not said else False


def _role_of(text: str) -> str | None:
    if text in ROLE_WORDS:
        return ROLE_WORDS[text]
    found = _DANGEROUS.fullmatch(text)
    return ROLE_WORDS[found[1]] if found else None


def _is_his(context: Context, path: str, there: Iterable[Aboard], person: Person | None) -> bool:
    """Whether what was looked up is that of somebody there, by his number; a paper that was shown is."""
    source = context.situation.source(path)
    looked_up = source is not None and source.kind in LOOKED_UP
    return not looked_up or (person is not None and any(same_number(one, person) for one in there))


def _same_person(context: Context, role: str) -> Result:
    look = Look(context, "R3")
    there = _aboard(context.situation, role)
    named = _named(context.situation, role)
    look.note(f"seen.aboard.{role}", "、".join(sorted(one.name for one in there if one.name)) or None, "officer")
    if named is None:
        look.lack(f"waybill.{role}")
    else:
        look.note(f"waybill.{role}", named.name, "waybill")
    if not any(one.name or one.id_number for one in there):
        look.lack(f"seen.aboard.{role}.name")
    return look.says(f"{role}_mismatch", conflict=_is_other(look, role, there, named), subject=role)


def r4_escort(context: Context) -> Iterator[Result]:
    """An escort is aboard, is not the driver, and is the one on the waybill. 29号令 art. 44, 道路运输条例 art. 27.

    Neither ordinary goods nor a tank that is empty and clean need one: while nothing is known of the load, nobody can
    be missing.
    """
    if context.ordinary:
        return
    look = Look(context, "R4")
    look.exemption()
    aboard = context.situation.seen.aboard
    named = _named(context.situation, "escort")
    look.note("seen.aboard", None if aboard is None else _people(aboard), "officer")
    look.note("waybill.escort", named.name if named else None, "waybill")
    if aboard is None:
        look.lack("seen.aboard")
        yield look.says("no_escort", conflict=False)
        return
    escorts = _aboard(context.situation, "escort")
    drivers = _aboard(context.situation, "driver")
    if not escorts:
        if not context.certain and not look.undecided:
            look.lack(context.lacking)
            look.undecided = True
        yield look.says("no_escort", conflict=True)
    elif any(same_number(escort, driver) for escort in escorts for driver in drivers):
        yield look.says("escort_is_driver", conflict=True)
    else:
        if named is None:
            look.lack("waybill.escort")
        if all(any(compare_people(escort, driver) == SAME for driver in drivers) for escort in escorts):
            # One name for both: two people may be called so, and so may one who stands on the list twice.
            look.lack("seen.aboard.escort.id_number")
        yield look.says("escort_not_on_waybill", conflict=_is_other(look, "escort", escorts, named))


def _is_other(look: Look, role: str, there: Iterable[Aboard], named: Person | None) -> bool:
    """Whether nobody there can be the one named; where somebody may be and nobody surely is, that is missing."""
    found = _likeness(there, named)
    if found == MAY_BE and named is not None:
        look.lack(f"waybill.{role}.{'id_number' if named.name else 'name'}")
    return found == DIFFERENT


def _likeness(there: Iterable[Aboard], named: Person | None) -> Likeness:
    """Return how near the likeliest of those there is to the one named."""
    each = {compare_people(one, named) for one in there} if named else set()
    return SAME if SAME in each else MAY_BE if MAY_BE in each or not each else DIFFERENT


def _aboard(situation: Situation, role: str) -> tuple[Aboard, ...]:
    return tuple(person for person in situation.seen.aboard or () if person.role == role)


def _named(situation: Situation, role: str) -> Person | None:
    named = getattr(situation.waybill, role, None)
    return named if named and (named.name or named.id_number) else None


def _people(aboard: tuple[Aboard, ...]) -> str:
    return "、".join(sorted(f"{person.role} {person.name or '?'}" for person in aboard))
