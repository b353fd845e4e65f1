"""People who work in the console, their sessions, and their passwords."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from server import clock
from server.store.devices import hash_of
from server.store.office_models import Session, User

ROLES = ("officer", "leader", "handler", "reviewer", "supervisor", "law_admin", "system_admin")
SESSION_HOURS = 12

# OWASP's profile: 19 MiB, two passes; about 35 ms here.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash(secrets.token_urlsafe())


def add(*, login: str, name: str, role: str, agency: str, password: str, area: str = "") -> User:
    """Add a user, or give the one with this login a new name, role and password. Raises ValueError for a bad role."""
    if role not in ROLES:
        raise ValueError(f"role {role!r} is none of {', '.join(ROLES)}")
    told = {
        "name": name,
        "role": role,
        "agency": agency,
        "area": area,
        "password": _hasher.hash(password),
        "made_at": clock.now(),
        "closed_at": None,
    }
    held = User.get_or_none(User.login == login)
    if held is None:
        return User.create(login=login, **told)
    User.update(**told).where(User.id == held.id).execute()
    Session.delete().where(Session.user == held.id).execute()
    return User.get_by_id(held.id)


def authenticate(login: str, password: str) -> User | None:
    """Return the user whose password this is, or None; an unknown login takes as long as a known one."""
    user = User.get_or_none(User.login == login, User.closed_at.is_null())
    try:
        _hasher.verify(str(user.password) if user else _nobody, password)
    except (Argon2Error, InvalidHashError):
        return None
    return user


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


def of_session(token: str) -> tuple[User, Session] | None:
    """Return who is signed in by a token, or None."""
    session = Session.get_or_none(Session.token_hash == hash_of(token), Session.expires_at >= clock.now())
    user = session and User.get_or_none(User.id == session.user, User.closed_at.is_null())
    return (user, session) if user and session else None


def close_session(token: str) -> None:
    """End a session."""
    Session.delete().where(Session.token_hash == hash_of(token)).execute()


def listing() -> list[User]:
    """Return every user by login."""
    return list(User.select().order_by(User.login))
