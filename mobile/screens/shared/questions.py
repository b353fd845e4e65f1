"""What no table, paper or comparison tells and an officer may: asked where he walks anyway, and only where it decides.

Nothing is chosen beforehand, "cannot tell" is always there, and what is not answered stays unknown. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklists import words as kernel
from checklists.definitions.definition import FACTS
from checklists.facts.identifiers.keys import number_key
from checklists.findings.finding import Finding
from checklists.inspection.entries import standing
from checklists.law.model import rows_on
from checklists.rules.panels import OLD_PLATES_UNTIL
from mobile.inspecting import acts
from mobile.inspecting.inspection import UNTOLD, Draft, Held
from mobile.words import _, words

CANNOT_TELL = "?"
"""The answer that leaves it open."""

GOODS = "goods"
"""The option that looks for goods in the list."""

PLATE = "plate"
"""The option that asks for a plate by the keys."""

NUMBER = "number"
"""The option that asks for a number of any form by the keys."""

SEEN_TRAILER = "seen.trailer_plate"
SEEN_TANK = "seen.tank_number"


def _mark(message: str) -> str:
    return message


_YES_NO = {"yes": _mark("Yes"), "no": _mark("No")}
BY_TYPE = ("FL", "AT", "OX", "EX/II", "EX/III", "MEMU")
_SHELLS = {
    "steel": _mark("Carbon steel"),
    "stainless_steel": _mark("Stainless steel"),
    "aluminium": _mark("Aluminium alloy"),
    "other": _mark("Another material"),
}
_LOADED = {
    "loaded": _mark("Loaded"),
    "uncleaned": _mark("Emptied, not cleaned"),
    "empty": _mark("Empty and clean"),
}
_CONTAINMENT = {"tank": _mark("Tank"), "packages": _mark("In packages"), "bulk": _mark("In bulk")}

LOADED = "seen.loaded"
WAYS = {LOADED: _LOADED, "seen.containment": _CONTAINMENT}
"""The codes of a fact that is picked, each with its message."""
_FACT = "seen.facts."
_HAZCHEM = f"{_FACT}hazchem"


@dataclass(frozen=True)
class Option:
    """An answer to pick."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class Question:
    """A fact at its path: what is asked, what it decides, and its answers, "cannot tell" the last of them."""

    path: str
    title: str
    decides: str
    options: tuple[Option, ...]


def section_questions(held: Held, section: str) -> tuple[Question, ...]:
    """Return what is asked in a section."""
    makers = {"LIC": _trailer, "PLA": _plates, "TNK": _tank, "LOD": _load}
    return tuple(makers[section](held)) if section in makers else ()


def load_options(held: Held) -> tuple[Option, ...]:
    """Return the three ways in which a vehicle may be loaded, as long as nobody has said which; "cannot tell" too."""
    if _stands(held, LOADED):
        return ()
    return tuple(Option(key, _(text)) for key, text in _LOADED.items())


def law_questions(held: Held, finding: Finding) -> tuple[Question, ...]:
    """Return what would settle which law a finding breaks, and what an officer said for that."""
    known, situation = held.assessment.known, held.context.situation
    rows = rows_on(held.kit.definitions.violations, finding.violation, situation.day)
    facts = dict.fromkeys(fact for row in rows for fact in row.applies_when if FACTS.get(fact))
    open_ones = {fact for case in finding.cases for fact in case.when if known.get(fact) is None}
    return tuple(_law(held, fact) for fact in facts if fact in open_ones or _stands(held, _FACT + fact))


def answer(held: Held, path: str, key: str) -> tuple[Draft, ...]:
    """Return the entries that an answer amounts to: a fact, or that it cannot be told here."""
    if key == CANNOT_TELL:
        return acts.cannot_tell(held, path, _("cannot be told here: {what}").format(what=kernel.label(path, _)))
    yes_no = path.rpartition(".")[2] in ("insulated", "surge_plates", "pre_2005")
    return (acts.fact(path, key == "yes" if yes_no else key),)


def _trailer(held: Held) -> Iterable[Question]:
    """Which trailer hangs there: also behind a vehicle of which no paper says that it has one."""
    situation = held.context.situation
    bill = situation.waybill.trailer_plate if situation.waybill else None
    plates = _once(bill, situation.vehicle.trailer, situation.seen.trailer_plate)
    options = {**plates, PLATE: _mark("Enter its plate")}
    decides = _("Whether a stop order stands against it, and whether it is the one of the waybill and of the permit.")
    yield _ask(held, SEEN_TRAILER, _("Trailer that hangs there"), decides, options)


def _number(held: Held) -> Question:
    """Which tank stands there, by the number on itself: every paper may be one of another tank."""
    situation = held.context.situation
    bill = situation.waybill.tank if situation.waybill else None
    permitted = [one.tank for one in (situation.vehicle, situation.trailer) if one]
    shown = situation.tank.number if situation.tank else None
    numbers = _once(bill, *permitted, shown, situation.seen.tank_number)
    decides = _("Whether a stop order stands against it, and whether it is the one of the waybill and of its papers.")
    return _ask(held, SEEN_TANK, _("Number on the tank"), decides, {**numbers, NUMBER: _mark("Enter its number")})


def _once(*numbers: str | None) -> dict[str, str]:
    """Return each number as an option in its place, once however it was written: as it was written last."""
    said = {number_key(one) or one: one for one in numbers if one and one.strip()}
    return {one: one for one in said.values()}


def _tank(held: Held) -> Iterable[Question]:
    """What a comparison waits for comes first; whether it is loaded is asked of every vehicle."""
    if held.assessment.known.get("containment") is None or _stands(held, "seen.containment"):
        decides = _("Which of these items are asked.")
        yield _ask(held, "seen.containment", _("How are the goods held?"), decides, _CONTAINMENT)
    if held.context.has_tank or _stands(held, SEEN_TANK):
        yield _number(held)
    yield from (_approval(held, unit) for unit in ("vehicle", "trailer") if _wanted(held, f"{unit}.approval_type"))
    if held.context.has_tank:
        yield from _shell(held)
    decides = _("Whether papers, plates and equipment for dangerous goods are asked at all.")
    yield _ask(held, LOADED, _("Is it loaded?"), decides, _LOADED)
    situation = held.context.situation
    if held.context.has_tank and situation.seen.loaded == "uncleaned" and held.context.declared is None:
        yield _last_goods(held)


def _shell(held: Held) -> Iterable[Question]:
    if _wanted(held, "tank.shell"):
        decides = _("Whether this tank may carry these goods: aluminium is forbidden for them (TU42).")
        yield _ask(held, "tank.shell", _("What is the shell made of?"), decides, _SHELLS)
    if _wanted(held, "tank.insulated"):
        decides = _("Which test pressure the gas asks of this tank.")
        yield _ask(held, "tank.insulated", _("Has the tank thermal insulation?"), decides, _YES_NO)
    if _wanted(held, "tank.surge_plates"):
        decides = _("Whether it may be filled between 20 % and 80 %.")
        title = _("Do surge plates leave no section above 7,500 L?")
        yield _ask(held, "tank.surge_plates", title, decides, _YES_NO)


def _plates(held: Held) -> Iterable[Question]:
    """Plates made to the old rules: only where ADR alone is in force, and where a plate was seen."""
    if not held.context.by_adr:
        return
    for side, panel in sorted(held.context.situation.seen.panels.items()):
        if panel.present:
            title = _("Was the orange plate made to the rules of before 2005? {side}")
            title = title.format(side=_(kernel.SIDES.get(side, side)))
            decides = _("Whether it may still be used; the last day is {day}.").format(day=OLD_PLATES_UNTIL.isoformat())
            yield _ask(held, f"seen.panels.{side}.pre_2005", title, decides, _YES_NO)


def _load(held: Held) -> Iterable[Question]:
    """Whether the load is a listed hazardous chemical: only where the law of a finding or a comparison hangs on it."""
    law = any("hazchem" in case.when for finding in held.assessment.findings for case in finding.cases)
    unknown = held.assessment.known.get("hazchem") is None
    if (unknown and law) or _wanted(held, _HAZCHEM):
        yield _law(held, "hazchem")


def _law(held: Held, fact: str) -> Question:
    titles = {
        "hazchem": _("Is the load in the catalogue of hazardous chemicals (危险化学品目录)?"),
        "special_law": _("Under which regulation of their own are the goods?"),
        "toxic_or_precursor": _("Is it a highly toxic chemical or an explosive precursor?"),
        "special_permit": _("What is wrong with the transport permit of the public security organ?"),
        "permit_issued": _("Was an operating permit ever issued for every unit?"),
        "forged": _("Which paper is forged?"),
        "terminal_fault": _("What is wrong with the satellite terminal?"),
        "container_unchecked": _("Did its maker sell the container without inspection?"),
        "tank_kind": _("What kind of tank is it?"),
    }
    decides = {
        "hazchem": _("Which law holds, what may follow, and how long may be driven at night without a rest."),
    }
    title = titles.get(fact) or _(kernel.LAW_FACTS.get(fact, fact))
    said = {one: kernel.LAW_VALUES.get(f"{fact}:{one}", kernel.LAW_VALUES.get(one, one)) for one in FACTS[fact]}
    options = _YES_NO if tuple(said) == tuple(_YES_NO) else said
    return _ask(held, _FACT + fact, title, decides.get(fact) or _("Which law holds, and what may follow."), options)


def _approval(held: Held, unit: str) -> Question:
    results = (one for one in held.assessment.results if one.subject == unit and one.rule == "R7")
    asked = (value.value for one in results for value in one.values if value.name == "goods.vehicle_type")
    types = next((text for text in asked if text), "")
    title = _("{unit}: built and approved as").format(unit=_(kernel.UNITS[unit]))
    decides = _("Whether it may carry these goods, which ask for {types}. It stands on its paper or its own plate.")
    return _ask(held, f"{unit}.approval_type", title, decides.format(types=types), {one: one for one in BY_TYPE})


def _last_goods(held: Held) -> Question:
    """What was in the tank before: found in the list; what was said stands as the option that is chosen."""
    path, said = "tank.last_goods", held.fact("tank.last_goods")
    found = held.context.goods(str(said)) if said else ()
    name = words.pick({"zh": found[0].name_zh, "en": found[0].name_en}) if found else ""
    options = (Option(GOODS, f"UN {said}" if said else _("Find the goods"), bool(said)), _open_option(held, path))
    decides = _("Which plates an uncleaned tank must still show: it counts as loaded with them.")
    return Question(path, " ".join(filter(None, (_("What did the tank carry last?"), name))), decides, options)


def _ask(held: Held, path: str, title: str, decides: str, options: Mapping[str, str]) -> Question:
    said = _key(held.fact(path))
    picks = (Option(key, _(text), key == said) for key, text in options.items())
    return Question(path, title, decides, (*picks, _open_option(held, path)))


def _open_option(held: Held, path: str) -> Option:
    return Option(CANNOT_TELL, _("Cannot tell here"), _is_open(held, path))


def _key(said: Any) -> str:
    return {True: "yes", False: "no"}.get(said, "") if isinstance(said, bool) else str(said or "")


def _wanted(held: Held, path: str) -> bool:
    """Whether a comparison lacks it or weighs it, or an officer said something of it, so that he may correct it."""
    results = held.assessment.results
    asked = any(path in one.missing or any(value.name == path for value in one.warnings) for one in results)
    return asked or _stands(held, path)


def _stands(held: Held, path: str) -> bool:
    return held.fact(path) is not None or _is_open(held, path)


def _is_open(held: Held, path: str) -> bool:
    """Whether an officer said that it cannot be told here, and nobody has said more."""
    return held.fact(path) is None and UNTOLD + path in standing(held.entries, "note")
