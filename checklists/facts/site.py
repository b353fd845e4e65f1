"""What is known besides vehicle and papers: the place and its bans, the trip, and what the office's feed gave."""

from __future__ import annotations

from datetime import date, datetime

from checklists.values import frozen


@frozen
class Ban:
    """A road or area closed to some goods at some hours: local data of the site (29号令 art. 49), never of the app.

    `roads`, `areas` and `classes` empty mean all. A road is its number or name (`G65`, `包茂高速`) or a kind of
    road (`expressway`); `classes` are classes, divisions or UN numbers, `exempt` the same or plates. `hours` are
    Beijing spans such as `00:00-06:00` (the end is outside, and may lie behind midnight), none: the whole day. `days`
    is all, workdays or holidays; `dates` are days or spans `2026-06-19/2026-06-21`, both ends included, and then alone
    count. A span over midnight belongs to the day on which it began. `tunnel` is the tunnel category B to E.
    """

    id: str
    text: str = ""
    roads: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    days: str = "all"
    dates: tuple[str, ...] = ()
    tunnel: str = ""
    authority: str = ""
    notice: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@frozen
class Place:
    """Where the check is: road and kilometre, the area's name, and the bans that the site knows (None: none given).

    `road_kind` is expressway or other.
    """

    road: str | None = None
    road_kind: str | None = None
    area: str | None = None
    bans: tuple[Ban, ...] | None = None


@frozen
class Journey:
    """What recorder or platform say of this trip: driving since the last rest of 20 minutes, distance, top speed.

    `top_speed_road` is the kind of road (see Place) on which the top speed was driven, where that is known.
    """

    driving_min: int | None = None
    distance_km: int | None = None
    top_speed_kmh: int | None = None
    top_speed_road: str | None = None


@frozen
class Terminal:
    """The satellite terminal as the platform last saw it."""

    online: bool | None = None
    last_fix_at: datetime | None = None


@frozen
class Order:
    """An order that stands against somebody or something: `kind` is stop or correct, `on` a path such as `trailer`.

    `key` is the plate, number, credit code or identity number that it names. It stands until the day before
    `closed_on`; `due` is the last day on which the correction is in time. `text` says what must happen, `authority` who
    gave the order.
    """

    number: str
    kind: str
    on: str
    key: str
    since: date | None = None
    due: date | None = None
    closed_on: date | None = None
    text: str = ""
    authority: str = ""


@frozen
class Past:
    """A violation found before: its code, the day, and the keys (plate, credit code, identity number) it is under."""

    violation: str
    on: date
    keys: tuple[str, ...] = ()
    number: str = ""


@frozen
class WaybillUse:
    """A waybill number as it was met before: by which vehicle, for a trip that began when."""

    number: str
    plate: str | None = None
    start_at: datetime | None = None
