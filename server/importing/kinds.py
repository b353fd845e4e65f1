"""What can be imported, one table: each kind with its columns, as a clerk knows them.

The ids are paths in a row's data (`checklists.facts.transport`, `checklists.facts.site`). What a sheet cannot hold,
such as the compartments of a tank or the bans of a site, stays in the row as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from server.importing import cells
from server.importing.columns import AS_OF, Column


def _(text: str) -> str:
    return text


YES_NO = {"yes": _("yes"), "no": _("no")}
COLOURS = {
    "yellow": _("yellow"),
    "blue": _("blue"),
    "yellow_green": _("yellow-green"),
    "green": _("green"),
    "white": _("white"),
    "black": _("black"),
}
STATUS = {"valid": _("valid"), "revoked": _("revoked")}
VEHICLES = {
    "tractor": _("tractor"),
    "trailer": _("trailer"),
    "tank_vehicle": _("tank vehicle"),
    "box_truck": _("box truck"),
    "light_truck": _("light truck"),
    "other": _("another vehicle"),
}
TANKS = {"atmospheric": _("atmospheric tank"), "pressure": _("pressure tank")}
OUTLETS = {"bottom": _("at the bottom"), "top": _("at the top")}
SHELLS = {
    "aluminium": _("aluminium"),
    "steel": _("steel"),
    "stainless_steel": _("stainless steel"),
    "other": _("another material"),
}
ROLES = {"driver": _("driver"), "escort": _("escort"), "driver、escort": _("driver and escort")}
ROADS = {"expressway": _("expressway"), "other": _("another road")}
ON = {
    "vehicle": _("tractor or vehicle"),
    "trailer": _("trailer"),
    "tank": _("tank"),
    "driver": _("driver"),
    "escort": _("escort"),
    "carrier": _("carrier"),
}

DAY_NOTE = _("A day as 2026-11-28.")
LIST_NOTE = _("Several are parted by commas.")
SCOPE_NOTE = _("Classes, divisions or single goods, parted by commas: 3, 8, 2.1, UN 1830.")
ID_NOTE = _("18 figures in a column that is formatted as text; as a number Excel destroys it.")
UNTIL_NOTE = _("The last day on which it stands; left empty, until it is lifted.")
STATUS_NOTE = _("Left empty where it is not known.")

_AS_OF = Column(
    AS_OF, _("as of"), cells.text, note=_("As of when the row holds; left empty, what is said of the whole file.")
)


@dataclass(frozen=True)
class Kind:
    """Something that can be imported. `key`: the columns that make a row the same; `outside` are not in its data."""

    id: str
    words: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    outside: frozenset[str] = frozenset()

    def column(self, id_: str) -> Column:
        """Return a column by its id."""
        return next(one for one in self.columns if one.id == id_)


def _paper(path: str, number: str, until: str, *more: Column) -> tuple[Column, ...]:
    return (
        Column(f"{path}.number", number, example="150624000123"),
        Column(f"{path}.valid_until", until, cells.day, example="2027-06-30", note=DAY_NOTE),
        *more,
    )


_VEHICLE = (
    Column("plate", _("plate number"), cells.plate, required=True, example="蒙K88001", doubt="plate"),
    Column("colour", _("plate colour"), choices=COLOURS, example="yellow"),
    Column("kind", _("kind of vehicle"), choices=VEHICLES, example="tractor"),
    Column("carrier", _("carrier"), example="示例县某某危货运输有限公司"),
    Column("carrier_uscc", _("credit code of the carrier"), cells.credit_code, doubt="credit_code"),
    *_paper("permit", _("number of the operating permit"), _("operating permit valid until")),
    Column("permit.status", _("operating permit is"), choices=STATUS, note=STATUS_NOTE),
    Column("permit.scope", _("operating permit covers"), cells.several, example="3, 8", note=SCOPE_NOTE),
    Column(
        "safety_inspection.valid_until",
        _("safety inspection valid until"),
        cells.day,
        example="2027-06-30",
        note=DAY_NOTE,
    ),
    Column("compulsory_insurance.valid_until", _("compulsory insurance valid until"), cells.day, note=DAY_NOTE),
    Column("liability_insurance.valid_until", _("liability insurance valid until"), cells.day, note=DAY_NOTE),
    Column("vin", _("VIN"), doubt="vin"),
    Column("kerb_mass_kg", _("kerb mass (kg)"), cells.whole, example="8800"),
    Column("approved_mass_kg", _("approved load (kg)"), cells.whole),
    Column("gross_limit_kg", _("gross limit (kg)"), cells.whole, example="25000"),
    Column("traction_mass_kg", _("permitted traction mass (kg)"), cells.whole, example="40000"),
    Column("registered_on", _("registered on"), cells.day, note=DAY_NOTE),
    Column("trailer", _("plate of its trailer"), cells.plate, example="蒙K8801挂"),
    Column("tank", _("number of its tank"), cells.tank_number),
    Column("approval_type", _("approved as (FL, AT, OX, EX)"), example="FL"),
    _AS_OF,
)
_TANK = (
    Column("number", _("number of the tank"), cells.tank_number, required=True, example="GT-2026-0088"),
    Column("kind", _("kind of tank"), choices=TANKS, example="atmospheric"),
    Column("volume_l", _("volume (L)"), cells.whole, example="32000"),
    Column("code", _("tank code"), example="LGBF"),
    Column("media", _("permitted goods"), cells.uns, example="1203, 1202", note=LIST_NOTE),
    Column("max_fill_mass_kg", _("greatest filling (kg)"), cells.whole),
    Column("max_fill_percent", _("greatest degree of filling (%)"), cells.percent),
    Column("density_kg_m3", _("density (kg/m³)"), cells.whole),
    Column("inspection.number", _("inspection report")),
    Column("inspection.valid_until", _("inspection valid until"), cells.day, example="2027-06-30", note=DAY_NOTE),
    Column("outlet", _("outlet"), choices=OUTLETS, example="bottom"),
    Column("shell", _("material of the shell"), choices=SHELLS, example="aluminium"),
    Column("insulated", _("thermal insulation"), cells.flag),
    Column("surge_plates", _("surge plates (sections of at most 7,500 L)"), cells.flag),
    _AS_OF,
)
_CARRIER = (
    Column(
        "uscc", _("credit code"), cells.credit_code, required=True, example="91150624MA0EXAMPLE", doubt="credit_code"
    ),
    Column("name", _("name of the carrier"), required=True, example="示例县某某危货运输有限公司"),
    *_paper("licence", _("number of the carrier licence"), _("carrier licence valid until")),
    Column("licence.status", _("carrier licence is"), choices=STATUS, note=STATUS_NOTE),
    Column("licence.scope", _("carrier licence covers"), cells.several, example="3, 8", note=SCOPE_NOTE),
    _AS_OF,
)
_PERSON = (
    Column(
        "id_number",
        _("identity number"),
        cells.identity,
        required=True,
        example="15062419800101001X",
        note=ID_NOTE,
        doubt="identity",
    ),
    Column("name", _("person's name"), required=True, example="张三"),
    Column("phone", _("telephone"), example="13800000000", doubt="phone"),
    *_paper("qualification", _("number of the qualification"), _("qualification valid until")),
    Column("qualification.category", _("qualified as"), choices=ROLES, example="driver"),
    Column("qualification.status", _("qualification is"), choices=STATUS, note=STATUS_NOTE),
    Column(
        "division",
        _("division's code"),
        cells.division,
        example="150624",
        note=_("Only tablets that work there hear of the person; left empty where all may."),
    ),
    _AS_OF,
)
_OFFICER = (
    Column(
        "id", _("officer's id"), required=True, example="T-008", note=_("It never changes and is never given again.")
    ),
    Column("name", _("person's name"), required=True, example="李四"),
    Column("card", _("number of the enforcement card"), example="15062408"),
    Column("agency", _("agency"), required=True, example="T", note=_("The code of the agency, such as T or P.")),
    Column("leader", _("leads a team"), cells.flag, example="no"),
    _AS_OF,
)
_SITE = (
    Column("name", _("name of the site"), required=True, example="G109 示例县卡口"),
    Column("road", _("road"), example="G109"),
    Column("road_kind", _("kind of road"), choices=ROADS, example="other"),
    Column("area", _("area"), example="示例县"),
    Column(
        "division",
        _("division's code"),
        cells.division,
        example="150624",
        note=_("Who is limited to an area sees what was checked there."),
    ),
    _AS_OF,
)
_ORDER = (
    Column("number", _("number of the order"), required=True, example="示停〔2026〕12号"),
    Column("authority", _("given by"), required=True, example="示例县交通运输综合行政执法大队"),
    Column("on", _("against"), required=True, choices=ON, example="trailer"),
    Column("key", _("plate, number, credit code or identity number"), required=True, example="蒙K8801挂", note=ID_NOTE),
    Column("text", _("what must happen"), required=True, example="罐体检验合格前不得上路"),
    Column("since", _("since"), cells.day, example="2026-11-20", note=DAY_NOTE),
    Column("until", _("last day"), cells.day, note=UNTIL_NOTE),
)

KINDS: Mapping[str, Kind] = {
    one.id: one
    for one in (
        Kind("vehicle", _("vehicles"), ("plate", "colour"), _VEHICLE),
        Kind("tank", _("tanks"), ("number",), _TANK),
        Kind("carrier", _("carriers"), ("uscc",), _CARRIER),
        Kind("person", _("people"), ("id_number",), _PERSON),
        Kind("officer", _("officers"), ("id",), _OFFICER, frozenset({"id"})),
        Kind("site", _("sites"), ("name",), _SITE, frozenset({"name"})),
        Kind("order", _("stop orders"), ("authority", "number"), _ORDER),
    )
}
"""In the order in which they are offered."""


def with_agencies(kind: Kind, agencies: Iterable[str]) -> Kind:
    """Return the kind with the codes of the agencies that may be named."""
    choices = {code: code for code in agencies}
    named = tuple(replace(one, choices=choices) if one.id == "agency" else one for one in kind.columns)
    return replace(kind, columns=named)
