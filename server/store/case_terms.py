"""What somebody may look for in a sealed part or a case: every number and name, by kind. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from checklists.facts.identifiers.keys import un_key
from server.folding import fold, forms

LEAST, LONGEST = 2, 60
"""Signs of a term in its folded form: below nothing is found, beyond nothing is kept."""

_LABELLED = "车牌|号牌|牌照|挂车|罐体|运单|案件|案号|文书|身份证|驾驶证|道路运输证|许可证|电话|手机"
_LABEL = re.compile(f"^(?:{_LABELLED})(?:号码|编号|号牌|号)?[ :：]*")
"""What is copied along in front of a number."""
NAMES = ("carrier", "driver", "escort", "officer", "party", "site", "consignor", "consignee", "loader", "goods")
"""Kinds that are names: a search may begin anywhere in them."""

PATHS = {
    "plate": ("vehicle.plate", "waybill.plate"),
    "trailer": ("trailer.plate", "vehicle.trailer", "waybill.trailer_plate"),
    "carrier": ("carrier.name", "vehicle.carrier", "waybill.carrier"),
    "uscc": ("carrier.uscc", "vehicle.carrier_uscc", "waybill.carrier_uscc"),
    "driver": ("driver.name", "waybill.driver.name"),
    "escort": ("escort.name", "waybill.escort.name"),
    "person": ("driver.id_number", "escort.id_number", "waybill.driver.id_number", "waybill.escort.id_number"),
    "waybill": ("waybill.number",),
    "tank": ("tank.number", "vehicle.tank", "trailer.tank", "waybill.tank"),
    "vin": ("vehicle.vin", "trailer.vin"),
    "permit": (
        *("vehicle.permit.number", "trailer.permit.number", "carrier.licence.number", "waybill.vehicle_permit"),
        *("driver.qualification.number", "escort.qualification.number"),
    ),
    "phone": ("driver.phone", "escort.phone"),
    "consignor": ("waybill.consignor",),
    "consignee": ("waybill.consignee",),
    "loader": ("waybill.loader",),
}
"""Kind of term → the facts of a record that hold it."""

SIGNED = {"driver": "driver", "escort": "escort", "officer": "officer"}
"""Role of a signature → the kind of the name beside it."""

Terms = Iterator[tuple[str, str]]


def terms_of(part: Mapping[str, Any]) -> Terms:
    """Yield `(kind, text)` of everything in a part that somebody may look for."""
    for entry in part.get("entries") or ():
        if isinstance(entry, Mapping):
            yield from _of_entry(entry, entry.get("value"))
    for paper in part.get("papers") or ():
        if isinstance(paper, Mapping) and paper.get("number"):
            yield "paper", str(paper["number"])
    if part.get("site"):
        yield "site", str(part["site"])


def folded(kind: str, shown: str) -> list[str]:
    """Return the forms under which a term is kept; none where it is too short to be found."""
    held = [fold(shown)[:LONGEST]] if kind in NAMES else wanted(shown)
    return [one for one in held if len(one) >= LEAST]


def wanted(text: str) -> list[str]:
    """Return the forms in which a text is looked for: also without the words, or of a UN number letters, in front."""
    number = un_key(text)
    bare = _LABEL.sub("", text.strip())
    held = (*forms(text), *(forms(bare) if bare != text else ()), *((number,) if number else ()))
    return [one for one in dict.fromkeys(form[:LONGEST] for form in held) if len(one) >= LEAST]


def _of_entry(entry: Mapping[str, Any], value: Any) -> Terms:
    if not isinstance(value, Mapping):
        return
    if entry.get("kind") == "fact":
        yield from _of_fact(str(entry.get("item") or ""), value.get("data"))
    elif entry.get("kind") == "signature" and str(value.get("role")) in SIGNED:
        yield from ((SIGNED[str(value["role"])], str(one)) for one in (value.get("name"),) if one)
        yield from (("card", str(one)) for one in (value.get("card"),) if one)


def _of_fact(path: str, data: Any) -> Terms:
    """Yield the terms of a fact: a single value, or a branch with values inside."""
    for kind, inside in _held_by(path):
        found = _inside(data, inside) if inside else data
        if isinstance(found, str) and found:
            yield kind, found
    if path in ("waybill", "waybill.lines"):
        yield from _of_lines(data if path == "waybill.lines" else _inside(data, "lines"))
    elif path.startswith("seen.panels"):
        yield from (("un", one) for one in _panels(data))


@lru_cache(maxsize=256)
def _held_by(path: str) -> tuple[tuple[str, str], ...]:
    """Return the kinds of term that a fact holds, each with the way to it from there: empty is the fact itself."""
    every = ((kind, one) for kind, paths in PATHS.items() for one in paths)
    return tuple((kind, one[len(path) + 1 :]) for kind, one in every if f"{one}.".startswith(f"{path}."))


def _of_lines(lines: Any) -> Terms:
    for line in lines if isinstance(lines, list | tuple) else ():
        if isinstance(line, Mapping):
            yield from ((kind, str(line[name])) for kind, name in (("un", "un"), ("goods", "name")) if line.get(name))


def _panels(data: Any) -> Iterable[str]:
    """Return the UN numbers of an orange plate, or of several by side."""
    held = data if isinstance(data, Mapping) else {}
    sides = [held, *(one for one in held.values() if isinstance(one, Mapping))]
    return [str(one["un"]) for one in sides if one.get("un")]


def _inside(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, Mapping) else None
    return data
