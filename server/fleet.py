"""How a tablet stands, by what the office saw of it and what it says of itself, and what about that is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from server import clock
from server.accounts import Scope


def _(words: str) -> str:
    return words


WATCH, ACT = 1, 2
"""How grave a mark is: somebody should look, or act."""

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
SILENT = {WATCH: _DAY, ACT: 3 * _DAY}
WAITS = {WATCH: _HOUR, ACT: _DAY}
BEHIND = {WATCH: _HOUR, ACT: _DAY}
CLOCK = {WATCH: timedelta(minutes=1), ACT: _HOUR}
SPACE = {WATCH: 2 * 10**9, ACT: 500 * 10**6}
"""Free bytes; a check with sixty photos takes some 20 MB."""
FULL_DAYS = 7
"""Whose space is gone within so many days, if it goes on as in the last seven, is marked. All of these are ours."""

MARKS: Mapping[str, str] = {
    "silent": _("silent"),
    "waits": _("waits for long"),
    "behind": _("behind"),
    "space": _("disk full soon"),
    "clock": _("clock off"),
    "refused": _("refused by the office"),
    "packages": _("old packages"),
    "app": _("old app"),
}
"""What may be wrong with a tablet, in words."""

_NUMBERS = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class TookPackage:
    """A package that a tablet says it works by."""

    name: str
    version: str
    applied_at: str | None = None


@dataclass(frozen=True)
class Said:
    """What a tablet said of itself; `at` is when the office heard it. The fields are those of `DeviceStatus`."""

    app: str
    said_at: str
    packages: tuple[TookPackage, ...] = ()
    offset_ms: int | None = None
    agreed_at: str | None = None
    feed_place: int | None = None
    feed_at: str | None = None
    records: int = 0
    files: int = 0
    refused: int = 0
    oldest_at: str | None = None
    free_bytes: int | None = None
    at: str = ""


@dataclass(frozen=True)
class Newest:
    """What a tablet is measured by: the time, the newest app that some tablet has, packages, the end of the feed."""

    now: datetime
    app: str = ""
    packages: Mapping[str, str] = field(default_factory=dict)
    place: int = 0


@dataclass(frozen=True)
class Tablet:
    """A tablet in use. `app` is what it says, else as enrolled; `space_before` a day of the last week and its bytes."""

    id: str
    label: str
    name: str
    agency: str
    area: str
    app: str
    enrolled_at: str
    seen_at: str | None
    said: Said | None = None
    space_before: tuple[str, int] | None = None


@dataclass(frozen=True)
class Mark:
    """Something about a tablet that somebody should look at (WATCH) or act on (ACT)."""

    code: str
    grave: int


def marks(one: Tablet, by: Newest) -> tuple[Mark, ...]:
    """Return what is wrong with a tablet, the gravest first."""
    found = [Mark("silent", _grave(by.now - _read(one.seen_at or one.enrolled_at), SILENT))]
    if one.said is not None:
        found += _told(one, one.said, by)
    if is_older(one.app, by.app):
        found.append(Mark("app", WATCH))
    return tuple(sorted((mark for mark in found if mark.grave), key=lambda mark: -mark.grave))


def _told(one: Tablet, said: Said, by: Newest) -> Iterator[Mark]:
    if (since := oldest_of(said)) is not None:
        yield Mark("waits", _grave(by.now - since, WAITS))
    yield Mark("refused", WATCH if said.refused else 0)
    if is_behind(said, by):
        yield Mark("behind", _grave(by.now - _read(said.feed_at), BEHIND) if said.feed_at else WATCH)
    yield Mark("packages", WATCH if old_packages(said, by) else 0)
    if said.free_bytes is not None:
        left = days_left(one, by)
        short = max((grave for grave, least in SPACE.items() if said.free_bytes < least), default=0)
        yield Mark("space", max(short, WATCH if left is not None and left <= FULL_DAYS else 0))
    if said.offset_ms is not None:
        yield Mark("clock", _grave(timedelta(milliseconds=abs(said.offset_ms)), CLOCK))


def rank(found: Iterable[Mark]) -> tuple[int, int]:
    """Return what tablets are ordered by, the worst lowest: the gravest mark, then how much there is of it."""
    graves = [mark.grave for mark in found]
    return -max(graves, default=0), -sum(graves)


def oldest_of(said: Said) -> datetime | None:
    """Return since when something waits on a tablet, by the office's clock as far as the two were compared."""
    if said.oldest_at is None or not said.records + said.files:
        return None
    return _read(said.oldest_at) + timedelta(milliseconds=said.offset_ms or 0)


def is_behind(said: Said, by: Newest) -> bool:
    """Whether the feed went on since a tablet had all of it; one that does not read the feed is not."""
    return said.feed_place is not None and said.feed_place < by.place


def old_packages(said: Said, by: Newest) -> tuple[str, ...]:
    """Return the packages of which a newer version is published; who reads the feed needs no registry."""
    fed = said.feed_place is not None
    return tuple(
        one.name
        for one in said.packages
        if by.packages.get(one.name, one.version) != one.version and not (fed and one.name == "registry")
    )


def days_left(one: Tablet, by: Newest) -> float | None:
    """Return in how many days the space of a tablet is gone if it goes on as in the last week; None if it does not."""
    if one.said is None or one.said.free_bytes is None or one.space_before is None:
        return None
    day, before = one.space_before
    days = (by.now.date() - datetime.fromisoformat(day).date()).days
    used = before - one.said.free_bytes
    return one.said.free_bytes * days / used if days > 0 and used > 0 else None


def is_older(app: str, newest: str) -> bool:
    """Whether a version is an older one; of what is no version nobody can say that."""
    mine, theirs = _version(app), _version(newest)
    return bool(mine and theirs) and mine < theirs


def newest_app(apps: Iterable[str]) -> str:
    """Return the newest of versions, empty where none is one."""
    return max((one for one in apps if _version(one)), default="", key=_version)


def scope_of(role: str, scope: Scope) -> Scope:
    """Return the scope in which a role sees tablets: an administrator, who sees no record, keeps all of them going."""
    return Scope(None) if role == "system_admin" else scope


def shows(scope: Scope, agency: str, area: str) -> bool:
    """Whether a tablet is shown in a scope: of its agencies, and at work in its area, around it or everywhere."""
    return scope.holds(agency) and (area.startswith(scope.area) or scope.area.startswith(area))


def _version(text: str) -> tuple[int, ...]:
    """Return the numbers of a version such as 0.1.0; none of a text that does not begin with one."""
    return tuple(map(int, _NUMBERS.findall(text))) if text[:1].isdecimal() else ()


def _grave(span: timedelta, most: Mapping[int, timedelta]) -> int:
    return max((grave for grave, end in most.items() if span > end), default=0)


def _read(text: str | None) -> datetime:
    return clock.read(text or "")
