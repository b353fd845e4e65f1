"""`python -m server user …` and `officer-code …`: the people of the console, and codes for officers' first PINs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from server.office import Office
from server.store import officer_codes, users
from server.store.office_models import User
from server.terminal import password, say, who

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]

_FIELDS = ("name", "role", "agency", "area")


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    user = commands.add_parser("user", help="people of the console").add_subparsers(dest="what", required=True)
    one = command(user, "add", _add, "add a user (password on standard input), or change what is named of a known one")
    _fields(one)
    one = command(user, "change", _change, "change name, role, agency or area; what is not named stays")
    _fields(one)
    one = command(user, "password", _password, "give a user a new password (read from standard input)")
    one.add_argument("login")
    one = command(user, "close", _close, "close a user: signed out at once, signs in no more, his acts stay his")
    one.add_argument("login")
    one.add_argument("--why", required=True, help="kept in the audit log")
    one = command(user, "reopen", _reopen, "let a closed user work again, with the role and password of before")
    one.add_argument("login")
    command(user, "list", _list, "list the users: login, role, agency, name")
    codes = commands.add_parser("officer-code", help="one-time codes for officers' first PIN on a tablet")
    code = codes.add_subparsers(dest="what", required=True)
    one = command(code, "new", _new_code, "make a code; it is shown once, and earlier ones of the same place end")
    one.add_argument("officer", help="his id in the registry (T-001)")
    one.add_argument("--device", default="", help="for this tablet alone: its label (T0002) or id")
    one.add_argument("--hours", type=int, default=officer_codes.HOURS, help="how long it can be used")
    one = command(code, "end", _end_code, "withdraw an officer's codes")
    one.add_argument("officer")
    command(code, "list", _list_codes, "list the codes that can be used")


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login")
    parser.add_argument("--name")
    parser.add_argument("--role", choices=users.ROLES)
    parser.add_argument("--agency", help="T transport, P police, …")
    parser.add_argument("--area", help="the code of a division (150624); '' is everywhere")


def agency(code: str) -> str:
    """Return the code where the law's data know it. Raises ValueError: who is of no agency sees nothing."""
    from checklists.authoring.loader import load_all

    known = {code: names["en"] for code, names in load_all().agencies.items()}
    if code not in known:
        raise ValueError(f"agency {code!r} is none of {', '.join(f'{code} ({name})' for code, name in known.items())}")
    return code


def _add(office: Office, options: argparse.Namespace) -> int:
    if users.by_login(options.login) is not None:
        return _change(office, options)
    told = {"name": options.login, "role": "handler", "agency": "T", **_named(options)}
    secret, by = password(), who()
    user = office.store.write_now(lambda: users.create(by, login=options.login, password=secret, **told))
    say(f"{_line(user)} added")
    return 0


def _change(office: Office, options: argparse.Namespace) -> int:
    told, by = _named(options), who()
    user = office.store.write_now(lambda: users.change(by, options.login, **told))
    say(f"{_line(user)} changed; the password is kept (`user password {user.login}` gives a new one)")
    return 0


def _named(options: argparse.Namespace) -> dict[str, str]:
    """Return what the command names; an agency that the law's data lack is told."""
    told = {name: held for name in _FIELDS if (held := getattr(options, name)) is not None}
    return {**told, "agency": agency(told["agency"])} if "agency" in told else told


def _password(office: Office, options: argparse.Namespace) -> int:
    secret, by = password(), who()
    user = office.store.write_now(lambda: users.change(by, options.login, password=secret))
    say(f"{_line(user)} has a new password; signed out everywhere")
    return 0


def _close(office: Office, options: argparse.Namespace) -> int:
    by = who()
    user = office.store.write_now(lambda: users.close(by, options.login, options.why))
    say(f"{_line(user)} is closed since {user.closed_at}")
    return 0


def _reopen(office: Office, options: argparse.Namespace) -> int:
    by = who()
    user = office.store.write_now(lambda: users.reopen(by, options.login))
    say(f"{_line(user)} works again")
    return 0


def _list(_office: Office, _options: argparse.Namespace) -> int:
    for one in users.listing():
        area = f"  area {one.area}" if one.area else ""
        say(f"{one.login}  {one.role}  {one.agency}  {one.name}{area}{'  closed' if one.closed_at else ''}")
    return 0


def _line(user: User) -> str:
    return f"{user.login} ({user.role}, {user.agency})"


def _new_code(office: Office, options: argparse.Namespace) -> int:
    by = who()
    code, row = office.store.write_now(
        lambda: officer_codes.new(by, options.officer, device=options.device, hours=options.hours)
    )
    say(f"{code}  for {row.officer} until {row.expires_at}; the tablets hear of it at once")
    return 0


def _end_code(office: Office, options: argparse.Namespace) -> int:
    by = who()
    count = office.store.write_now(lambda: officer_codes.end(by, options.officer))
    say(f"{count} codes of {options.officer} ended; the tablets hear of it at once")
    return 0


def _list_codes(_office: Office, _options: argparse.Namespace) -> int:
    for one in officer_codes.standing():
        say(f"{one.officer}  {one.agency}  {one.device or 'any tablet'}  until {one.expires_at}  by {one.made_by}")
    return 0
