"""`signs --un 1230 [--panel 33/1203 --placards 3,6.1 --vehicle FL]`: the signs that goods need; faults of seen ones."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from checklists import words
from checklists.commands.base import command, dated, tables_of
from checklists.goods.listing import Goods, Tables, un_digits
from checklists.goods.required_signs import (
    PLACARD_SIDES,
    Load,
    Plate,
    RequiredSigns,
    fuel_ends,
    hazard_ids,
    may_have_more,
    may_lack,
    on_vehicle,
    required,
    shown_by,
    vehicle_fits,
    vehicle_may,
)
from checklists.patterns import pattern

_PANEL = pattern(r"(X?[0-9]{2,3})/(?:UN)?([0-9]{4})|(blank|空白)", re.IGNORECASE)
_CONTAINMENTS = {"tank": "tank", "package": "packages", "packages": "packages", "bulk": "bulk"}

_COMPARED = ("labels", "hazard_id", "vehicle_for_tank")

Conflict = Mapping[str, Any]


def add(commands: Any) -> None:
    """Add the command."""
    parser = command(commands, "signs", run, "the signs that goods need, and what is wrong with those seen")
    parser.add_argument("--un", required=True, action="append")
    parser.add_argument("--pg", choices=("I", "II", "III"))
    parser.add_argument("--panel", metavar="33/1203", help="the orange plate as seen, or blank")
    parser.add_argument("--sides", choices=("bare",), help="no plate beside: then --panel is the one front and rear")
    parser.add_argument("--placards", metavar="3,6.1", help="the diamonds as seen")
    parser.add_argument("--vehicle", metavar="FL", help="the type of the vehicle")
    parser.add_argument("--containment", choices=sorted(_CONTAINMENTS), default="tank")
    dated(parser)


def run(options: argparse.Namespace) -> int:
    """Print what is required and what conflicts with it, as JSON. Raises ValueError for what is not known."""
    tables = tables_of(options)
    containment = _CONTAINMENTS[options.containment]
    loads = tuple(_load(tables, un, options.pg) for un in dict.fromkeys(map(un_digits, options.un)))
    needed, ends = required(loads, containment), _ends(loads, containment, tables)
    told = _told(loads, options.panel)
    conflicts = [
        *_panel(loads, options.panel, containment),
        *(_bare_sides(loads, options.panel, ends, containment) if options.sides else ()),
        *_placards(told, required(told, containment), options.placards),
        *_vehicle(told, options.vehicle, tables, containment),
    ]
    open_ones = [_say("fuel_ends")] if ends else []
    entries = [goods for load in told for goods in load]
    differing = list(_differences(entries))
    reasons = (*_reasons(needed, conflicts, containment), *open_ones, *map(_difference, differing))
    plain = {
        "required": _plain(needed),
        "conflicts": conflicts,
        "undecided": list(_open_vehicle(told, options.vehicle, tables, containment)),
        "differences": differing,
        "editions": [edition.id for edition in tables.goods.editions],
        "because": "；".join(dict.fromkeys(reasons)),
        "bare_sides": {"ends": sorted(ends), "rule": "ADR 5.3.2.1.3", "verified": False} if ends else None,
    }
    print(json.dumps(plain, ensure_ascii=False, indent=2))
    return 1 if conflicts else 0


def _load(tables: Tables, un: str, group: str | None) -> Load:
    """Return the entries of a number, those of the group where it has that one."""
    found = tables.goods.lookup(un, group) or tables.goods.lookup(un)
    if not found:
        raise ValueError(f"UN {un} is not in the goods list")
    return found


def _panel(loads: tuple[Load, ...], text: str | None, containment: str) -> Iterator[Conflict]:
    if text is None:
        return
    seen = _PANEL.fullmatch(text.strip())
    if not seen:
        raise ValueError(f"{text} is not an orange plate such as 33/1203, or blank")
    numbers = {load[0].un: hazard_ids(load, in_tank=containment == "tank") for load in loads}
    wanted = [f"{'|'.join(sorted(ids or {'?'}))}/{un}" for un, ids in numbers.items()]
    said = {"sign": "panel", "seen": text, "required": wanted}
    if seen[3]:
        if containment == "tank" and len(numbers) == 1:
            yield {**said, "because": _say("panel_blank")}
    elif seen[2] not in numbers:
        yield {**said, "because": _say("panel_other")}
    elif (ids := numbers[seen[2]]) is not None and seen[1].upper() not in ids:
        yield {**said, "because": _say("panel_number")}


def _ends(loads: tuple[Load, ...], containment: str, tables: Tables) -> frozenset[str]:
    """Return the plates (`33/1203`) that let the sides be bare where they hang front and rear; none: no exception."""
    fuels = fuel_ends((load[0].un for load in loads), tables.fuel_plates) if containment == "tank" else frozenset()
    held = (load for load in loads if load[0].un in fuels)
    return frozenset(f"{number}/{load[0].un}" for load in held for number in hazard_ids(load, in_tank=True) or ())


def _told(loads: tuple[Load, ...], panel: str | None) -> tuple[Load, ...]:
    """Return the loads as the plate's number tells them: it fixes the entry and the packing group."""
    seen = _PANEL.fullmatch((panel or "").strip())
    if not seen or seen[3]:
        return loads
    return tuple(shown_by(load, [seen[1].upper()]) if load[0].un == seen[2] else load for load in loads)


def _bare_sides(
    loads: tuple[Load, ...], panel: str | None, ends: frozenset[str], containment: str
) -> Iterator[Conflict]:
    """Sides without a plate: wrong on a tank of several goods, but for fuels whose ends show the most dangerous."""
    if containment != "tank" or len(loads) < 2:
        return
    shown = (panel or "").upper().replace("UN", "").strip()
    if not ends:
        yield {"sign": "panel", "seen": "bare sides", "required": [], "because": _say("sides_bare")}
    elif panel and shown not in ends:
        yield {"sign": "panel", "seen": panel, "required": sorted(ends), "because": _say("panel_other")}


def _placards(loads: tuple[Load, ...], needed: RequiredSigns, text: str | None) -> Iterator[Conflict]:
    if text is None or needed.placards is None:
        return
    seen = frozenset(on_vehicle(one.strip()) for one in text.replace("，", ",").split(",") if one.strip())
    if any(may_lack(one, seen, loads) or (may_have_more(loads) and one <= seen) for one in needed.placards):
        return
    if seen not in needed.placards:
        wanted = [sorted(one) for one in sorted(needed.placards, key=sorted)]
        nearest = min(wanted, key=lambda one: (len(seen.symmetric_difference(one)), one))
        said = {"sign": "placards", "seen": sorted(seen), "required": wanted[0] if len(wanted) == 1 else wanted}
        said |= {"missing": sorted(set(nearest) - seen), "extra": sorted(seen - set(nearest))}
        yield {**said, "because": _say("placards_other")}


def _vehicle(loads: tuple[Load, ...], vehicle: str | None, tables: Tables, containment: str) -> Iterator[Conflict]:
    if vehicle is None:
        return
    code = vehicle.strip().upper()
    if vehicle_fits(code, code, tables.vehicle_types) is None:
        raise ValueError(f"{vehicle} is not a type of vehicle such as FL or AT")
    if containment == "tank" and vehicle_may(loads, code, tables.vehicle_types) is False:
        yield {"sign": "vehicle", "seen": code, "required": _types(loads), "because": _say("vehicle_other")}


def _open_vehicle(loads: tuple[Load, ...], vehicle: str | None, tables: Tables, containment: str) -> Iterator[Conflict]:
    """A type of vehicle that some entry or edition forbids and another allows: it cannot be told."""
    code = (vehicle or "").strip().upper()
    if code and containment == "tank" and vehicle_may(loads, code, tables.vehicle_types) is None:
        yield {"sign": "vehicle", "seen": code, "required": _types(loads), "because": _say("vehicle_open")}


def _types(loads: tuple[Load, ...]) -> list[str]:
    return sorted({one for load in loads for goods in load for one in goods.told("vehicle_for_tank")} - {""})


def _plain(needed: RequiredSigns) -> dict[str, Any]:
    """Return the signs as JSON; null is not known. Where diamonds differ by entry, each set that may be right."""
    sets = None if needed.placards is None else [sorted(one) for one in sorted(needed.placards, key=sorted)]
    each = sorted({label for one in sets or () for label in one})
    return {
        "panels": [_plate(one) for one in needed.plates],
        "placards": None if sets is None else [{"label": label, "sides": list(PLACARD_SIDES)} for label in each],
        "placard_sets": sets,
        "marks": {"elevated_temperature": needed.marks["MARK_HOT"], "environment": needed.marks["MARK_ENV"]},
        "vehicles": None if needed.vehicles is None else sorted(needed.vehicles),
        "sides_verified": False,
    }


def _plate(plate: Plate) -> dict[str, Any]:
    ids = sorted(plate.hazard_ids or ())
    return {"side": plate.side, "blank": plate.blank, "hazard_id": ids[0] if len(ids) == 1 else None} | {
        "hazard_ids": ids,
        "un": plate.un or None,
    }


def _reasons(needed: RequiredSigns, conflicts: list[Conflict], containment: str) -> Iterator[str]:
    yield from (str(one["because"]) for one in conflicts)
    yield _say("by_list")
    if containment != "tank":
        yield _say("blank_unverified")
    elif len({plate.un for plate in needed.plates if plate.un}) > 1:
        yield _say("several")
    if needed.marks["MARK_HOT"]:
        yield _say("mark_hot")
    if needed.marks["MARK_ENV"]:
        yield _say("mark_env")
    if containment == "tank" and needed.vehicles is None:
        yield _say("vehicle_open")
    if needed.placards is not None and len(needed.placards) > 1:
        yield _say("sets")


def _differences(entries: list[Goods]) -> Iterator[dict[str, Any]]:
    """Where editions in force differ in what signs say: each value, the leading edition's first."""
    for goods in entries:
        for column in filter(goods.differs, _COMPARED):
            yield {"un": goods.un, "packing_group": goods.packing_group, "column": column} | {
                "values": list(goods.told(column))
            }


def _difference(one: Mapping[str, Any]) -> str:
    say = words.say("zh_CN")
    values = " / ".join(value or say("none") for value in one["values"])
    return f"{say('editions differ')}：UN {one['un']} {say(words.GOODS_COLUMNS[one['column']])} {values}"


def _say(code: str) -> str:
    return words.say("zh_CN")(words.SIGN_REASONS[code])
