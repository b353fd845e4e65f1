"""T6: the values of the five-way table, cell by cell, each with its source. Pure text; what they mean is `compare`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from checklists import words as kernel
from checklists.facts.transport import Waybill
from checklists.rules.context import Context
from checklists.rules.signs import panel_text
from checklists.zone import in_law_zone
from mobile.inspecting.inspection import Held
from mobile.screens.section.observed.state import mass_words
from mobile.screens.shared.results import label_words
from mobile.words import _, words

PLACES = (
    ("waybill.lines.net_mass_kg", "mass", "waybill"),
    ("waybill.net_mass_kg", "mass", "waybill"),
    ("waybill.total_mass_kg", "mass", "waybill"),
    ("waybill.lines", "goods", "waybill"),
    ("waybill.plate", "vehicle", "waybill"),
    ("waybill.trailer_plate", "vehicle", "waybill"),
    ("waybill.tank", "tank", "waybill"),
    ("waybill.driver", "driver", "waybill"),
    ("waybill.escort", "escort", "waybill"),
    ("carrier.licence", "class", "permits"),
    ("vehicle.permit.scope", "class", "permits"),
    ("trailer.permit.scope", "class", "permits"),
    ("vehicle.permit", "vehicle", "permits"),
    ("trailer.permit", "vehicle", "permits"),
    ("vehicle.approved_mass_kg", "mass", "permits"),
    ("trailer.approved_mass_kg", "mass", "permits"),
    ("vehicle.gross_limit_kg", "mass", "permits"),
    ("vehicle.traction_mass_kg", "mass", "permits"),
    ("vehicle.kerb_mass_kg", "mass", "vehicle"),
    ("trailer.kerb_mass_kg", "mass", "vehicle"),
    ("tank.inspection", "tank", "permits"),
    ("tank.media", "goods", "vehicle"),
    ("tank", "tank", "vehicle"),
    ("vehicle.plate", "vehicle", "vehicle"),
    ("trailer.plate", "vehicle", "vehicle"),
    ("driver.qualification", "driver", "permits"),
    ("escort.qualification", "escort", "permits"),
    ("seen.panels", "goods", "signs"),
    ("seen.placards", "class", "signs"),
    ("seen.goods", "goods", "load"),
    ("seen.gross_mass_kg", "mass", "load"),
    ("seen.net_mass_kg", "mass", "load"),
    ("seen.aboard.driver", "driver", "load"),
    ("seen.aboard.escort", "escort", "load"),
)
"""Where a value that a rule names stands in the table; the first prefix that fits."""


def cell_values(held: Held) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the value and source of every cell that has one."""
    context = held.context
    table = {
        ("goods", "waybill"): _goods_declared(context),
        ("class", "waybill"): "、".join(dict.fromkeys(one.line.class_ or "" for one in context.declared or ())),
        ("mass", "waybill"): _declared_mass(context),
        **_papers(held),
        ("goods", "signs"): _panels(context),
        ("class", "signs"): _placards(context),
        ("goods", "load"): _really(context),
        ("mass", "load"): _mass(context.situation.seen.gross_mass_kg),
        **{(role, "load"): _aboard(context, role) for role in ("driver", "escort")},
    }
    return {place: (text, _source(context, place)) for place, text in table.items() if text}


def _papers(held: Held) -> dict[tuple[str, str], str]:
    one = held.context.situation
    bill, trailer, tank = one.waybill, one.trailer, one.tank
    scopes = [
        (name, paper.scope)
        for name, paper in (
            ("carrier", one.carrier.licence),
            ("vehicle", one.vehicle.permit),
            ("trailer", trailer.permit if trailer else None),
        )
        if paper and paper.scope
    ]
    limits = [_mass_of(_("limit"), one.vehicle.gross_limit_kg)]
    unit = trailer or one.vehicle
    limits.append(_mass_of(_("approved load"), unit.approved_mass_kg))
    kerbs = [
        _mass_of(_unit(name), part.kerb_mass_kg)
        for name, part in (("vehicle", one.vehicle), ("trailer", trailer))
        if part
    ]
    return {
        ("vehicle", "waybill"): _joined(bill and bill.plate, bill and bill.trailer_plate),
        ("tank", "waybill"): _joined(bill and bill.tank),
        **{(role, "waybill"): _name(bill, role) for role in ("driver", "escort")},
        ("class", "permits"): _scopes(scopes),
        ("mass", "permits"): _joined(*limits),
        ("vehicle", "permits"): _joined(
            _for("vehicle", _valid(one.vehicle.permit)), _for("trailer", _valid(trailer.permit if trailer else None))
        ),
        ("tank", "permits"): _joined(_valid(tank.inspection if tank else None)),
        **{
            (role, "permits"): _valid(getattr(getattr(one, role), "qualification", None))
            for role in ("driver", "escort")
        },
        ("vehicle", "vehicle"): _joined(one.vehicle.plate, trailer and trailer.plate),
        ("mass", "vehicle"): _joined(*kerbs),
        ("tank", "vehicle"): " · ".join(part for part in ((tank and tank.number), (tank and tank.code)) if part),
        ("goods", "vehicle"): _joined(*(f"UN {un}" for un in (tank and tank.media) or ())),
    }


def _name(bill: Waybill | None, role: str) -> str:
    person = getattr(bill, role, None)
    return (person.name or "") if person else ""


def _unit(name: str) -> str:
    return _(kernel.UNITS[name])


def _for(name: str, text: str) -> str:
    return f"{_unit(name)} {text}" if text else ""


def _source(context: Context, place: tuple[str, str]) -> str:
    """Return the source that the cell's first known path has, with its day where it is older than today."""
    for start, row, column in (*PLACES, ("waybill", place[0], "waybill")):
        if (row, column) == place and (source := context.situation.source(start)):
            day = in_law_zone(source.as_of).date().isoformat() if source.as_of and source.kind == "registry" else ""
            return f"{_(kernel.SOURCES.get(source.kind, source.kind))} {day}".strip()
    return _(kernel.SOURCES["officer"]) if place[1] in ("signs", "load") else ""


def _joined(*parts: Any) -> str:
    return "\n".join(str(part) for part in parts if part)


def _scopes(scopes: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """Return each scope once, with everything that has it."""
    alike: dict[str, list[str]] = {}
    for name, scope in scopes:
        alike.setdefault("、".join(scope), []).append(_unit(name))
    return _joined(*(f"{'、'.join(names)} {scope}" for scope, names in alike.items()))


def _mass_of(name: str, mass_kg: int | None) -> str:
    return "" if mass_kg is None else f"{name} {mass_kg:,} kg"


def _valid(paper: Any) -> str:
    until = paper.valid_until if paper else None
    return _("until {day}").format(day=until.isoformat()) if isinstance(until, date) else ""


def _goods_declared(context: Context) -> str:
    return _joined(*(f"UN {one.line.un or '?'} {one.line.name or ''}".strip() for one in context.declared or ()))


def _declared_mass(context: Context) -> str:
    """Return the mass of the lines together, else the total beside them."""
    bill = context.situation.waybill
    return _total_mass([one.line.net_mass_kg for one in context.declared or ()]) or _total_mass(
        [bill.total_mass_kg] if bill else []
    )


def _total_mass(masses: Iterable[int | None]) -> str:
    held = list(masses)
    return _("net {mass}").format(mass=mass_words(sum(one or 0 for one in held))) if held and None not in held else ""


def _mass(mass_kg: int | None) -> str:
    return "" if mass_kg is None else _("gross {mass}").format(mass=mass_words(mass_kg))


def _panels(context: Context) -> str:
    shown: dict[str, list[str]] = {}
    for side, panel in context.situation.seen.panels.items():
        shown.setdefault(panel_text(panel) or _("no plate"), []).append(_(kernel.SIDES.get(side, side)))
    return _joined(*(f"{text}  {'、'.join(sides)}" for text, sides in shown.items()))


def _placards(context: Context) -> str:
    shown: dict[str, list[str]] = {}
    for side, labels in context.situation.seen.placards.items():
        shown.setdefault("、".join(map(label_words, labels)) or _("none"), []).append(_(kernel.SIDES.get(side, side)))
    return _joined(*(f"{text}  {'、'.join(sides)}" for text, sides in shown.items()))


def _really(context: Context) -> str:
    un = context.situation.seen.goods
    if not un:
        return ""
    named = next(iter(context.goods(un)), None)
    return f"UN {un} {words.pick({'zh': named.name_zh, 'en': named.name_en}) if named else ''}".strip()


def _aboard(context: Context, role: str) -> str:
    people = context.situation.seen.aboard
    if people is None:
        return ""
    return _joined(*(one.name or _("aboard, no name") for one in people if one.role == role)) or _("not aboard")
