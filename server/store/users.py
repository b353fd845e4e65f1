"""People who work in the console, their sessions, and their passwords. Every change is audited, old and new."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from peewee import fn

from server import accounts, clock
from server.accounts import ROLES as _ROLES
from server.store import audit, bulk, case_apply
from server.store.devices import hash_of
from server.store.office_models import Session, User
from server.store.rows import finds

ROLES = tuple(_ROLES)
SESSION_HOURS = 12
ONCE_HOURS = 72
"""How long a one-time password can be used."""
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: read from a screen, typed by somebody else

# OWASP's profile: 19 MiB, two passes; about 35 ms here.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash(secrets.token_urlsafe())

_SHOWN = ("name", "role", "agency", "area")
_LONGEST = 60
_LOGIN = re.compile("[A-Za-z0-9._-]*[A-Za-z0-9][A-Za-z0-9._-]*")
_OFFICE = "office"


def _(words: str) -> str:
    return words


LOGIN_WRONG = _("A login has 1 to 60 letters from A to Z, figures, dots, dashes or underscores, without spaces.")
LOGIN_TAKEN = _("This login is taken, also by somebody who is closed.")
LOGIN_UNKNOWN = _("There is no user with this login.")
NAME_MISSING = _("A user has a name of 1 to 60 characters.")
ROLE_UNKNOWN = _("This role is not known.")
AGENCY_MISSING = _("A user belongs to an agency.")
LAST_ADMINISTRATOR = _("The last system administrator stays: nobody could make another one.")
CLOSED = _("This user is closed.")
NOT_CLOSED = _("This user is not closed.")
REASON_MISSING = _("A reason is missing.")
OWN_RIGHTS = _("Nobody changes his own role, agency or area; another system administrator does.")
OWN_END = _("Nobody closes himself; another system administrator does.")
PASSWORD_WRONG = _("The old password is not right.")
PASSWORD_SAME = _("The new password is the old one.")


class UserError(ValueError):
    """What cannot be done with a user: every fault at once, as words of the catalogue."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Wanted:
    """What a list of users is narrowed to; empty is everybody. `state`: open or closed; `text` in login or name."""

    agency: str = ""
    role: str = ""
    state: str = ""
    text: str = ""


def create(by: str, *, login: str, name: str, role: str, agency: str, password: str, area: str = "") -> User:
    """Add a user and return him; his password is one that `by` knows. Raises UserError with every fault."""
    told = _new(login, {"name": name, "role": role, "agency": agency, "area": area}, password)
    return _add(by, login, told, _password(by, password))


def create_once(by: str, *, login: str, name: str, role: str, agency: str, area: str = "") -> tuple[User, str]:
    """Add a user with a one-time password and return both; it is never shown again. Raises UserError."""
    told, password = _new(login, {"name": name, "role": role, "agency": agency, "area": area}), _once()
    return _add(by, login, told, _password(by, password, once=True)), password


def _new(login: str, told: Mapping[str, str], password: str | None = None) -> dict[str, str]:
    """Return what is told of a new user, tidied. Raises UserError with every fault."""
    tidy = _tidy(told)
    faults = [] if _is_login(login) else [LOGIN_WRONG]
    faults += [LOGIN_TAKEN] if not faults and _is_taken(login) else []
    weak = [] if password is None else _weak(password, login, tidy["name"])
    _raise([*faults, *_faults(tidy), *weak])
    return tidy


def _add(by: str, login: str, told: Mapping[str, str], password: Mapping[str, Any]) -> User:
    made = User.create(login=login, made_at=clock.now(), closed_at=None, **told, **password)
    audit.note(who=by, action="user.create", subject=f"user:{login}", detail=audit.changed({}, told))
    return made


def change(by: str, login: str, *, password: str = "", **given: str) -> User:
    """Change what is named of `name`, `role`, `agency` and `area`; the rest stays, the password too. Returns the user.

    His sessions end where he sees something else from now on, and with a new password. Raises UserError.
    """
    held = _open(login)
    before = _told(held)
    after = {**before, **_tidy({name: value for name, value in given.items() if name in _SHOWN})}
    faults = _faults(after)
    if by == login and {**before, "name": ""} != {**after, "name": ""}:
        faults.append(OWN_RIGHTS)
    if before["role"] == "system_admin" != after["role"] and _is_last(held):
        faults.append(LAST_ADMINISTRATOR)
    _raise(faults + (_weak(password, login, after["name"]) if password else []))
    told = audit.changed(before, after) | ({"password": "new"} if password else {})
    if told:
        User.update(**after, **(_password(by, password) if password else {})).where(User.id == held.id).execute()
        audit.note(who=by, action="user.change", subject=f"user:{login}", detail=told)
    if told.keys() - {"name"}:
        end_sessions(held)
    if "area" in told and after["area"]:
        case_apply.let_go(login, after["area"])
    return User.get_by_id(held.id)


def reset_password(by: str, login: str) -> str:
    """Give a user a one-time password and return it; it is never shown again. His sessions end. Raises UserError."""
    held, password = _open(login), _once()
    User.update(**_password(by, password, once=True)).where(User.id == held.id).execute()
    end_sessions(held)
    audit.note(who=by, action="user.reset_password", subject=f"user:{login}", detail={"password": "one-time"})
    return password


def add(*, login: str, name: str, role: str, agency: str, password: str, area: str = "", by: str = _OFFICE) -> User:
    """Add a user, or give the one with this login a new name, role and password; one who was closed works again."""
    held = by_login(login)
    told = {"name": name, "role": role, "agency": agency, "area": area, "password": password}
    if held is None:
        return create(by, login=login, **told)
    if held.closed_at is not None:
        reopen(by, login)
    return change(by, login, **told)


def own_password(login: str, old: str, new: str, keep: str = "") -> User:
    """Give oneself a new password and return the user; other sessions than that of the token `keep` end.

    Raises UserError: the old one is asked for, and a new one must not be among the common ones.
    """
    held = _open(login)
    if authenticate(login, old) is None:
        raise UserError(PASSWORD_WRONG)
    _raise(_weak(new, login, str(held.name)) or ([PASSWORD_SAME] if old == new else []))
    User.update(**_password(login, new)).where(User.id == held.id).execute()
    end_sessions(held, keep)
    audit.note(who=login, action="user.own_password", subject=f"user:{login}", detail={"password": "new"})
    return User.get_by_id(held.id)


def close(by: str, login: str, why: str) -> User:
    """Close a user, who is signed out at once and signs in no more; his acts stay his. Raises UserError."""
    held = _open(login)
    faults = [] if why.strip() else [REASON_MISSING]
    faults += [OWN_END] if by == login else []
    _raise(faults + ([LAST_ADMINISTRATOR] if _is_last(held) else []))
    at = clock.now()
    User.update(closed_at=at).where(User.id == held.id).execute()
    end_sessions(held)
    told = {"closed_at": [None, at], "why": why.strip()[:500]}
    audit.note(who=by, action="user.close", subject=f"user:{login}", detail=told)
    return User.get_by_id(held.id)


def reopen(by: str, login: str) -> User:
    """Let a closed user work again, with his role and password of before. Raises UserError."""
    held = by_login(login)
    if held is None or held.closed_at is None:
        raise UserError(LOGIN_UNKNOWN if held is None else NOT_CLOSED)
    User.update(closed_at=None).where(User.id == held.id).execute()
    told = {"closed_at": [str(held.closed_at), None]}
    audit.note(who=by, action="user.reopen", subject=f"user:{login}", detail=told)
    return User.get_by_id(held.id)


def authenticate(login: str, password: str) -> User | None:
    """Return the user whose password this is, or None; an unknown login takes as long as a known one."""
    user = User.get_or_none(User.login == login, User.closed_at.is_null())
    try:
        _hasher.verify(str(user.password) if user else _nobody, password)
    except (Argon2Error, InvalidHashError):
        return None
    late = user is not None and user.once_until is not None and str(user.once_until) < clock.now()
    return None if late else user


def open_session(user: User) -> tuple[str, str]:
    """Open a session and return its token (for the cookie) and its CSRF token; ended sessions are cleared away."""
    Session.delete().where(Session.expires_at < clock.now()).execute()
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
    Session.create(
        token_hash=hash_of(token),
        user=user.id,
        csrf=csrf,
        opened_at=clock.now(),
        expires_at=clock.later(hours=SESSION_HOURS),
    )
    return token, csrf


def of_session(token: str) -> tuple[User, str] | None:
    """Return who is signed in by a token, with what his forms have to bring, or None."""
    user = bulk.first(User, _of_session, hash_of(token), clock.now())
    return (user, str(user.csrf)) if user else None


def _of_session() -> Any:
    known = User.select(User, Session.csrf).join(Session, on=(Session.user == User.id))
    return known.where(Session.token_hash == "", Session.expires_at >= "", User.closed_at.is_null())


def close_session(token: str) -> None:
    """End a session."""
    Session.delete().where(Session.token_hash == hash_of(token)).execute()


def end_sessions(user: User, keep: str = "") -> int:
    """End every session of a user but that of the token `keep`, and return how many ended."""
    query = Session.delete().where(Session.user == user.id)
    return int((query.where(Session.token_hash != hash_of(keep)) if keep else query).execute())


def by_login(login: str) -> User | None:
    """Return a user, also one who is closed, or None."""
    return User.get_or_none(User.login == login)


def by_id(number: int) -> User | None:
    """Return a user, also one who is closed, or None."""
    return User.get_or_none(User.id == number)


def listing(wanted: Wanted | None = None) -> list[User]:
    """Return users by login, the open ones first."""
    asked, query = wanted or Wanted(), User.select()
    for column, value in ((User.agency, asked.agency), (User.role, asked.role)):
        query = query.where(column == value) if value else query
    if asked.state:
        query = query.where(User.closed_at.is_null(asked.state == "open"))
    if asked.text:
        query = query.where(finds(asked.text, User.login, User.name))
    return sorted(query, key=lambda one: (one.closed_at is not None, str(one.login)))


def must_choose(user: User) -> bool:
    """Whether his password is a one-time one: until he has chosen his own, he sees nothing else."""
    return user.once_until is not None


def _open(login: str) -> User:
    held = by_login(login)
    if held is None or held.closed_at is not None:
        raise UserError(LOGIN_UNKNOWN if held is None else CLOSED)
    return held


def _told(user: User) -> dict[str, str]:
    return {name: str(getattr(user, name)) for name in _SHOWN}


def _tidy(told: Mapping[str, str]) -> dict[str, str]:
    held = {name: value.replace("\0", "").strip() for name, value in told.items()}
    return {**held, **({"area": accounts.division(held["area"])} if not _area_fault(held) and "area" in held else {})}


def _password(by: str, password: str, *, once: bool = False) -> dict[str, Any]:
    until = clock.later(hours=ONCE_HOURS) if once else None
    return {"password": _hasher.hash(password), "password_by": by, "password_at": clock.now(), "once_until": until}


def _once() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def _weak(password: str, *known: str) -> list[str]:
    return [fault] if (fault := accounts.password_fault(password, known)) else []


def _faults(told: Mapping[str, str]) -> list[str]:
    faults = [] if 0 < len(told["name"]) <= _LONGEST else [NAME_MISSING]
    faults += [] if told["role"] in ROLES else [ROLE_UNKNOWN]
    faults += [] if told["agency"] else [AGENCY_MISSING]
    return faults + ([fault] if (fault := _area_fault(told)) else [])


def _area_fault(told: Mapping[str, str]) -> str:
    return accounts.division_fault(told.get("area", ""))


def _is_login(login: str) -> bool:
    return 1 <= len(login) <= _LONGEST and bool(_LOGIN.fullmatch(login))


def _is_taken(login: str) -> bool:
    """Whether somebody has this login, in capitals or not: two that differ by that alone are taken for one."""
    return bool(User.select(User.id).where(fn.LOWER(User.login) == login.lower()).exists())


def _is_last(user: User) -> bool:
    """Whether nobody else is an open system administrator."""
    others = User.select().where(User.role == "system_admin", User.closed_at.is_null(), User.id != user.id)
    return str(user.role) == "system_admin" and not others.exists()


def _raise(faults: list[str]) -> None:
    if faults:
        raise UserError(*faults)
