"""The lists of the office itself: users, the audit log, the registry by kind, tablets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from server import fleet
from server.accounts import ROLES
from server.exporting.audit_words import Change, tell
from server.exporting.listing import COMMA, SOME, Asked, Column, Listing, Read, by_id, local
from server.importing.columns import AS_OF
from server.importing.comparing import flat, shown
from server.importing.kinds import KINDS, Kind
from server.rights import may
from server.store import audit, devices, registry, site_areas, users
from server.store.models import Device
from server.store.office_models import RegistryRow


def _(words: str) -> str:
    return words


_USERS = (
    Column(_("login")),
    Column(_("person's name")),
    Column(_("role in the office"), "code", 18),
    Column(_("agency"), "named", 12),
    Column(_("area"), width=14),
    Column(_("made"), "time", 20),
    Column(_("closed since"), "time", 20),
)
_AUDIT = (
    Column(_("row number"), width=10),
    Column(_("time"), "time", 20),
    Column(_("who")),
    Column(_("person's name"), "person"),
    Column(_("act"), width=22),
    Column(_("about"), "text", 50),
    Column(_("purpose"), width=20),
    Column(_("what changed"), "text", 60),
    Column(_("hash"), width=66),
)
_DEVICES = (
    Column(_("label"), width=10),
    Column(_("name of the tablet"), width=20),
    Column(_("agency"), "named", 12),
    Column(_("version"), width=10),
    Column(_("enrolled"), "time", 20),
    Column(_("last heard of"), "time", 20),
    Column(_("revoked since"), "time", 20),
    Column(_("id"), width=40),
)
_PERSONAL = {
    "person": {"id_number": "number", "name": "name", "phone": "number", "qualification.number": "number"},
    "officer": {},
}
"""Columns of the registry that name people; officers are the office's own."""
_SEEN_KINDS = tuple(one for one in KINDS if one != "order")


def _user_rows(read: Read, _asked: Asked) -> Iterator[Sequence[Any]]:
    for one in read(users.listing):
        role = ROLES.get(str(one.role), one.role)
        yield (one.login, one.name, role, one.agency, one.area, one.made_at, one.closed_at)


def _audit_wanted(asked: Asked) -> audit.Wanted:
    told = asked.filters
    subjects = tuple(told["subjects"].split()) if told.get("subjects") else ()
    names = ("who", "action", "text", "since", "until")
    who, action, text, since, until = (told.get(name, "") for name in names)
    return audit.Wanted(who, action, text, since, until, subjects)


def _audit_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    wanted = _audit_wanted(asked)
    for one in by_id(lambda before: audit.page(wanted, before=before, limit=SOME), read):
        told = tell(one, asked.role, asked.names)
        said = (asked.say(told.words), told.subject, asked.say(told.purpose) if told.purpose else "")
        changes = COMMA.join(_said(change, asked) for change in told.changes)
        named = one.who if one.who in asked.people else ""
        yield (int(one.id), one.at, one.who, named, *said, changes, one.hash)


def _said(change: Change, asked: Asked) -> str:
    old, new = (local(asked.say(one)) if one else "–" for one in (change.old, change.new))
    return f"{asked.say(change.name)}: {new if change.old is None else f'{old} → {new}'}"


def _devices(asked: Asked) -> list[Device]:
    """Return the tablets that somebody sees on their page: those of his agency, and an administrator all."""
    scope = fleet.scope_of(asked.role, asked.scope)
    return [one for one in devices.listing() if scope.holds(str(one.agency))]


def _device_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    for one in read(_devices, asked):
        yield (one.prefix, one.name, one.agency, one.app, one.enrolled_at, one.seen_at, one.revoked_at, one.id)


def _kind(asked: Asked) -> Kind:
    named = asked.filters.get("kind", "")
    return KINDS[named if named in _SEEN_KINDS else _SEEN_KINDS[0]]


def _registry_columns(asked: Asked) -> Sequence[Column]:
    """The columns by which a sheet is imported, so that what was taken out can be mended and brought back."""
    kind = _kind(asked)
    personal = _PERSONAL.get(kind.id, {})
    return [Column(one.words, "time" if one.id == AS_OF else personal.get(one.id, "plain"), 20) for one in kind.columns]


def _registry_rows(read: Read, asked: Asked) -> Iterator[Sequence[Any]]:
    kind, text, after = _kind(asked), asked.filters.get("text", ""), ""
    while some := read(lambda after=after: registry.page(kind.id, text, after=after, limit=SOME)):
        keys = [str(one.key) for one in some]
        places = read(site_areas.of, keys) if kind.id == "site" else {str(one.key): str(one.area) for one in some}
        for one in some:
            yield _registry_row(kind, one, asked, places.get(str(one.key), ""))
        after = str(some[-1].key)


def _registry_row(kind: Kind, row: RegistryRow, asked: Asked, division: str) -> Sequence[Any]:
    values = flat(json.loads(str(row.data)))
    values |= {AS_OF: str(row.as_of), "division": division, **dict.fromkeys(kind.outside, str(row.key))}
    return [_value(asked, column.choices, values.get(column.id)) for column in kind.columns]


def _value(asked: Asked, choices: Any, value: Any) -> Any:
    if isinstance(value, str) and value in choices:
        return asked.say(choices[value])
    if isinstance(value, bool):
        return asked.say(shown(value))
    return value if isinstance(value, int) else shown(value)


LISTS = (
    Listing(
        "registry",
        _("registry"),
        may("export_registry"),
        _registry_columns,
        lambda asked: registry.count(_kind(asked).id, asked.filters.get("text", "")),
        _registry_rows,
    ),
    Listing(
        "users", _("users"), may("export_users"), lambda _asked: _USERS, lambda _asked: len(users.listing()), _user_rows
    ),
    Listing(
        "devices",
        _("tablets"),
        may("export_devices"),
        lambda _asked: _DEVICES,
        lambda asked: len(_devices(asked)),
        _device_rows,
    ),
    Listing(
        "audit",
        _("audit log"),
        may("export_audit"),
        lambda _asked: _AUDIT,
        lambda asked: audit.count(_audit_wanted(asked)),
        _audit_rows,
    ),
)
