"""First response to a leak or a fire: distances, guide and first words, for one load or several together.

Source: Emergency Response Guidebook 2020, a work of the United States with Canada and Mexico. Its Table 1 has the
distances of goods that are toxic by inhalation, Table 3 the large spills of seven gases by container and wind; all
other goods have those of their guide. It helps the first minutes and binds nobody; what it does not give stays None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checklists.goods.listing import Goods, Row, Tables
from checklists.values import frozen

EDITION = {"zh": "应急响应指南（ERG）2020", "en": "Emergency Response Guidebook 2020"}

UNIDENTIFIED = "111"
"""The guide for a load of which nobody knows what it is."""

FAR_M = 11000
"""What the guidebook prints as 11 km or more."""

DISTANCES = (
    "small_isolation_m", "small_day_m", "small_night_m", "large_isolation_m", "large_day_m", "large_night_m",
    "large_evacuation_m", "fire_isolation_m",
)  # fmt: skip
"""Isolation is all around; day and night are the protective action distance downwind; evacuation, of a large spill
without one, is downwind too; fire isolation is all around a tank or load that burns."""

CONTAINERS = {
    "Rail tank car": "铁路罐车",
    "Highway tank truck or trailer": "公路罐车或挂车",
    "Agricultural equipment": "农用设备",
    "Multiple small cylinders": "多个小钢瓶",
    "Single ton cylinder": "单个吨瓶",
    "Multiple ton cylinders": "多个吨瓶",
}
_NOT_ON_ROADS = "Rail tank car"


@frozen
class Guide:
    """A guide by number; the texts are keywords in zh and en and do not replace its page."""

    number: str
    title: Mapping[str, str]
    hazard: Mapping[str, str]
    action: Mapping[str, str]


@frozen
class LargeSpill:
    """A row of Table 3: the distances for one container, downwind by the wind (m)."""

    container: Mapping[str, str]
    isolation_m: int
    time: str
    low_wind_m: int
    moderate_wind_m: int
    high_wind_m: int


@frozen
class Advice:
    """What the guidebook says of one material. A UN number may have several, as spilled on land and in water.

    `un` is empty where nobody knows what is on board; `listed` is False where the number is not in the guidebook.
    """

    un: str
    name: Mapping[str, str]
    material: str
    listed: bool
    guide: Guide
    toxic_by_inhalation: bool | None
    polymerizes: bool | None
    distances: Mapping[str, int | None]
    large_spills: tuple[LargeSpill, ...]


@frozen
class Most:
    """The longest of some distances, with the UN numbers that it comes from."""

    metres: int
    un: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The distance as people read it: 11000+ where it may be longer."""
        return f"{self.metres}{'+' if self.metres >= FAR_M else ''} m"


@frozen
class Response:
    """The card of everything on board: the most cautious of each distance, and what every material says itself.

    `large` and `night` say what the card is for; None takes the longer. `unlisted` numbers have no distance here, so
    that the true ones may be longer.
    """

    large: bool | None
    night: bool | None
    isolation_m: Most | None
    protection_m: Most | None
    evacuation_m: Most | None
    fire_isolation_m: Most | None
    unlisted: tuple[str, ...]
    advices: tuple[Advice, ...]
    edition: Mapping[str, str]


def card(
    goods: Iterable[Goods],
    tables: Tables,
    *,
    unknown: Iterable[str] = (),
    large: bool | None = None,
    night: bool | None = None,
) -> Response:
    """Return the card of the goods on board; `unknown` are numbers that no list has. No goods at all: guide 111."""
    by_un = {one.un: one for one in sorted(goods, key=lambda one: one.variant, reverse=True)}
    found = [advice for un in sorted(by_un) for advice in _advices(by_un[un], tables)]
    found += [_unlisted(un, {}, tables) for un in sorted(set(unknown) - by_un.keys())]
    advices = tuple(found or [_unlisted("", {}, tables)])
    sizes = [size for size, excluded in (("small", True), ("large", False)) if large is not excluded]
    times = [time for time, excluded in (("day", True), ("night", False)) if night is not excluded]
    return Response(
        large,
        night,
        isolation_m=_most(advices, [f"{size}_isolation_m" for size in sizes]),
        protection_m=_most(advices, [f"{size}_{time}_m" for size in sizes for time in times]),
        evacuation_m=_most(advices, ["large_evacuation_m"] if "large" in sizes else []),
        fire_isolation_m=_most(advices, ["fire_isolation_m"]),
        unlisted=tuple(one.un for one in advices if not one.listed and one.un),
        advices=advices,
        edition=EDITION,
    )


def _most(advices: Iterable[Advice], names: Iterable[str]) -> Most | None:
    known = [(metres, one.un) for one in advices for name in names if (metres := one.distances[name]) is not None]
    if not known:
        return None
    longest = max(metres for metres, _ in known)
    return Most(longest, tuple(dict.fromkeys(un for metres, un in known if metres == longest)))


def _advices(goods: Goods, tables: Tables) -> Iterator[Advice]:
    rows = [row for row in tables.emergency if row["un"] == goods.un]
    name = {"zh": goods.name_zh, "en": goods.name_en}
    if rows:
        yield from (_listed(name, row, tables) for row in rows)
    elif guide := _of_explosives(goods, tables):
        yield _by_guide(goods.un, name, guide, listed=True)
    else:
        yield _unlisted(goods.un, name, tables)


def _listed(name: Mapping[str, str], row: Row, tables: Tables) -> Advice:
    spills = tuple(_large_spills(row, tables))
    return Advice(
        un=row["un"],
        name=name,
        material=row["material_en"],
        listed=True,
        guide=_guide(_row_of(row["guide"], tables)),
        toxic_by_inhalation=row["table1_or_3"] == "yes",
        polymerizes=row["may_polymerize"] == "yes",
        distances=_distances(row, spills),
        large_spills=spills,
    )


def _distances(row: Row, spills: tuple[LargeSpill, ...]) -> Mapping[str, int | None]:
    """Table 1 as it stands, its large spill from Table 3 where that has it; else those of the guide.

    Without Table 1 the source has the guide's isolation, which holds for any spill, as the small one, and its first
    evacuation of a large spill as the large one.
    """
    found = {name: _metres(row.get(name, "")) for name in DISTANCES}
    if row["table1_or_3"] != "yes":
        found["large_evacuation_m"] = found["large_isolation_m"]
        found["large_isolation_m"] = found["small_isolation_m"]
    road = [one for one in spills if one.container["en"] != _NOT_ON_ROADS]
    if road:
        found["large_isolation_m"] = max(one.isolation_m for one in road)
        for time in ("day", "night"):
            found[f"large_{time}_m"] = max((_widest(one) for one in road if one.time == time), default=None)
    return found


def _widest(spill: LargeSpill) -> int:
    return max(spill.low_wind_m, spill.moderate_wind_m, spill.high_wind_m)


def _large_spills(row: Row, tables: Tables) -> Iterator[LargeSpill]:
    if row["large_spill_in_table3"] == "yes":
        for one in tables.emergency_table3:
            if one["un"] == row["un"]:
                container = {"zh": CONTAINERS.get(one["container"], ""), "en": one["container"]}
                winds = (int(one[f"{wind}_wind_m"]) for wind in ("low", "moderate", "high"))
                yield LargeSpill(container, int(one["isolation_m"]), one["time"], *winds)


def _of_explosives(goods: Goods, tables: Tables) -> Row | None:
    """The guide of a division of class 1, whose numbers the guidebook does not list."""
    if goods.class_ != "1":
        return None
    rows = (row for row in tables.erg_guides if goods.division in row["class1_divisions"].split(";"))
    return next(rows, None) if goods.division else None


def _unlisted(un: str, name: Mapping[str, str], tables: Tables) -> Advice:
    return _by_guide(un, name, _row_of(UNIDENTIFIED, tables), listed=False)


def _by_guide(un: str, name: Mapping[str, str], guide: Row, *, listed: bool) -> Advice:
    isolation = _metres(guide["default_isolation_m"])
    distances = dict.fromkeys(DISTANCES) | {
        "small_isolation_m": isolation,
        "large_isolation_m": isolation,
        "large_evacuation_m": _metres(guide["default_large_spill_m"]),
        "fire_isolation_m": _metres(guide["default_fire_isolation_m"]),
    }
    return Advice(un, name, "", listed, _guide(guide), None, None, distances, ())


def _row_of(number: str, tables: Tables) -> Row:
    return next(row for row in tables.erg_guides if row["guide"] == number)


def _guide(row: Row) -> Guide:
    title, hazard, action = (
        {"zh": row[f"{name}_zh"], "en": row[f"{name}_en"]} for name in ("title", "hazard", "action")
    )
    return Guide(row["guide"], title, hazard, action)


def _metres(text: str) -> int | None:
    return int(text) if text else None
