"""Which vehicles of the registry a plate may mean: other colours, signs that look alike, one sign that was not read.

A registry answers exact keys alone, so the keys that come into question are made here and all asked at once. Nothing is
chosen: what is found is shown, and a person says which vehicle stands there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, product

from checklists.facts.identifiers.confusable import ALIKE
from checklists.facts.identifiers.keys import number_key
from checklists.facts.identifiers.model import SEPARATORS, compact
from checklists.facts.identifiers.plate_forms import PROVINCES, read_plate
from checklists.facts.registry import Row, distinct, vehicle_keys
from checklists.values import frozen

Find = Callable[[str, Iterable[str]], Mapping[str, Row]]
"""`find(kind, keys)`: the rows that there are, by key."""

MOST = 6
"""More than these tell nothing beside a vehicle: one sign more has to be read. Ours."""

ANY = "?"
"""Stands for the one sign that nobody could read."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIGNS = "0123456789" + _LETTERS
_ENDS = _SIGNS + "挂学警港澳领"
_EXCHANGED = 2
"""So many signs may have been misread at once."""

_LEAST, _FULL, _LONG = 6, 7, 8
_GREEN = ("green", "yellow_green")


@frozen
class Match:
    """A vehicle that may be meant. `last_found_on` is when the office last found a violation, if ever.

    `why`: exact, colour (same signs, another colour), alike, missing, or unit (permitted with that trailer or tank).
    """

    plate: str
    colour: str
    why: str
    carrier: str = ""
    kind: str = ""
    as_of: str = ""
    last_found_on: str = ""


def candidates(text: str, colour: str = "") -> dict[str, str]:
    """Return the plates that a text may mean, with why, likeliest first; none for what is too short to tell.

    One sign may be missing at the end, or be ANY; where none is, up to two signs may be others that look alike. Plates
    of green colours have a sign more.
    """
    plate = _signs(text)
    if plate and plate[0] not in PROVINCES:
        return {plate: "exact"} if read_plate(text).form else {}
    if not _LEAST <= len(plate) <= _LONG or plate.count(ANY) > 1:
        return {}
    if ANY in plate:
        place = plate.index(ANY)
        return {plate[:place] + sign + plate[place + 1 :]: "missing" for sign in _allowed(place, len(plate))}
    if len(plate) == (_FULL if colour in _GREEN else _LEAST):
        return {plate + sign: "missing" for sign in _allowed(len(plate), len(plate) + 1)}
    return {plate: "exact"} | {other: "alike" for other in _alike(plate) if other != plate}


def _signs(text: str) -> str:
    """Return the signs of a plate as far as they were typed, without the colour that was written with them."""
    found = read_plate(text)
    return found.signs if found.form not in ("", "none") else compact(text, SEPARATORS)


def vehicle_matches(find: Find, text: str, colour: str = "") -> tuple[Match, ...]:
    """Return the vehicles that a plate may mean, the likeliest first; `colour` is the one that was seen, if any."""
    colour = colour or read_plate(text).colour
    wanted = candidates(text, colour)
    found = _vehicles(find, wanted)
    made = [_match(row, plate, _why(row, why, colour)) for plate, why in wanted.items() for row in found.get(plate, ())]
    return _dated(find, sorted(made, key=lambda one: _ORDER.index(one.why)))


def unit_matches(find: Find, number: str) -> tuple[Match, ...]:
    """Return the vehicles that are permitted with a trailer's plate or a tank's number."""
    row = find("units", (number,)).get(number) if number_key(number) else None
    keys = [str(one) for one in (row["data"].get("rows") if row else None) or ()]
    held = find("vehicle", keys)
    made = [
        _match(one, key.partition("|")[0], "unit") for key in keys if key in held for one in distinct({key: held[key]})
    ]
    return _dated(find, made)


_ORDER = ("exact", "colour", "unit", "missing", "alike")


def _why(row: Row, why: str, colour: str) -> str:
    other = colour and row["data"].get("colour") not in (None, "", colour)
    return "colour" if why == "exact" and other else why


def _vehicles(find: Find, plates: Iterable[str]) -> dict[str, tuple[Row, ...]]:
    by_plate: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    held = find("vehicle", [key for plate in plates for key in vehicle_keys(plate)])
    for key, row in held.items():
        by_plate[key.partition("|")[0]][key] = row
    # The key with the colour says more than the plate alone.
    return {plate: distinct(dict(sorted(rows.items(), reverse=True))) for plate, rows in by_plate.items()}


def _match(row: Row, plate: str, why: str) -> Match:
    data = row["data"]
    text = {name: str(data.get(name) or "") for name in ("colour", "carrier", "kind")}
    return Match(plate, text["colour"], why, text["carrier"], text["kind"], str(row["as_of"]))


def _dated(find: Find, made: Iterable[Match]) -> tuple[Match, ...]:
    """Add to the first few when the office last found something; the others are not shown."""
    held = tuple(made)
    past = find("past", dict.fromkeys(one.plate for one in held[:MOST])) if held else {}
    days = {plate: max((str(one["on"]) for one in row["data"].get("rows") or () if one.get("on")), default="")
            for plate, row in past.items()}  # fmt: skip
    return tuple(
        Match(one.plate, one.colour, one.why, one.carrier, one.kind, one.as_of, days.get(one.plate, "")) for one in held
    )


def _allowed(place: int, length: int) -> str:
    if place == 0:
        return PROVINCES
    return _LETTERS if place == 1 else _ENDS if place == _FULL - 1 and length == _FULL else _SIGNS


def _alike(plate: str) -> Iterator[str]:
    """Yield the plates in which one sign, then two, are exchanged for signs that look like them."""
    others = {
        place: [one for one in _looks_like(sign) if one in _allowed(place, len(plate))]
        for place, sign in enumerate(plate)
    }
    places = [place for place, found in others.items() if found]
    for count in range(1, _EXCHANGED + 1):
        for some in combinations(places, count):
            for signs in product(*(others[place] for place in some)):
                changed = dict(zip(some, signs, strict=True))
                yield "".join(changed.get(place, sign) for place, sign in enumerate(plate))


def _looks_like(sign: str) -> str:
    back = (one for one, alike in ALIKE.items() if sign in alike)
    return "".join(dict.fromkeys((*ALIKE.get(sign, ""), *back)))
