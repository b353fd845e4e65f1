"""`python -m server hub …` on the laptop at the post, and `hub-code` at its office."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server import clock, user_commands
from server.office import Office
from server.store import devices, hub_feed, hub_identity, hub_outbox
from server.terminal import say, who

Add = Callable[[Any, str, object, str], argparse.ArgumentParser]

DAYS = 180
_MOST_DAYS = 730
_OFF_S = 120
ON_A_HUB = frozenset({"hub", "init", "devices", "tidy", "backup"})
"""What a hub can be asked: it has no cases, publishes nothing and enrols nobody."""


def add(commands: Any, command: Add) -> None:
    """Add the commands."""
    one = command(commands, "hub-code", _code, "at the office: make a one-time code by which a laptop becomes its hub")
    one.add_argument("--agency", default="", help="whose rows it sees; without: those of every agency")
    one.add_argument("--area", default="", help="the division whose rows it sees (150624); without: everywhere")
    one.add_argument("--days", type=int, default=DAYS, help="for how long it is let in")
    one.add_argument("--hours", type=int, help="how long the code can be used")
    group = commands.add_parser("hub", help="a laptop that passes on to its office").add_subparsers(
        dest="what", required=True
    )
    one = command(group, "join", _join, "become a hub of an office")
    one.add_argument("--parent", required=True, help="the office's address, https://…")
    one.add_argument("--code", required=True, help="what `hub-code` gave there")
    one.add_argument("--name", default="hub", help="under which the office lists it")
    one.add_argument("--ca", type=Path, help="the authority that signed the office's TLS certificate, as a PEM file")
    command(group, "status", _status, "say whose hub this is, how far it has heard, and what waits")
    one = command(group, "export", _export, "write what waits into files for the office, to be carried on a stick")
    one.add_argument("folder", type=Path)
    one = command(group, "receipts", _receipts, "take the files of receipts that the office made of them")
    one.add_argument("file", type=Path, nargs="+")
    one = command(group, "tls", _tls, "make a TLS certificate for this machine's addresses")
    one.add_argument("name", nargs="+", help="each address or name under which tablets reach it: 192.168.1.5")
    one = command(group, "invite", _invite, "write the code by which tablets find this hub")
    one.add_argument("--address", required=True, help="under which tablets reach it: https://192.168.1.5:8400")
    one.add_argument("--ca", type=Path, help="the certificate that they trust for it (without: that of `hub tls`)")
    one.add_argument("--picture", type=Path, help="a PNG or SVG to show or print; without: the text alone")
    command(group, "retry", _retry, "pass on once more what the office refused")


def check(office: Office, command: str) -> None:
    """Raise ValueError for a command that is not for a hub."""
    if office.hub is not None and command not in ON_A_HUB:
        raise ValueError(f"this is a hub of {office.hub.office}: `{command}` is for the office itself")


def _code(office: Office, options: argparse.Namespace) -> int:
    agency = user_commands.agency(options.agency) if options.agency else ""
    if not 0 < options.days <= _MOST_DAYS:
        raise ValueError(f"--days: 1 to {_MOST_DAYS}")
    told = {"hours": options.hours or office.config.code_hours, "days": options.days, "by": who()}
    say(office.store.write_now(lambda: devices.new_hub_code(agency, options.area, **told)))
    return 0


def _join(office: Office, options: argparse.Namespace) -> int:
    from server.hub.joining import join
    from server.hub.parent import ParentRefused

    try:
        made = join(office, options.parent, options.code, name=options.name, ca=options.ca, app="hub")
    except ParentRefused as refused:
        raise ValueError(f"{options.parent}: {refused}") from refused
    except OSError as problem:
        raise ValueError(f"{options.ca}: {problem.strerror}") from problem
    say(f"hub {made.label} of {made.office} until {made.certificate['until']}")
    say(f"sees agency {made.agency or 'every one'}, division {made.area or 'every one'}; `serve` starts it")
    return 0


def _status(office: Office, _options: argparse.Namespace) -> int:
    made = _hub_of(office)
    say(f"hub {made.label} of {made.office}, parent {made.parent}, until {made.certificate['until']}")
    if ended := hub_identity.ended():
        say(f"the parent lets it in no more: {ended}")
    for code in hub_identity.troubles():
        say(f"the office is not reached, or takes nothing: {code}")
    if abs(off := hub_identity.off_by()) > _OFF_S:
        say(f"this machine's clock is {abs(off)} s {'ahead of' if off > 0 else 'behind'} the office's: set it")
    say(f"heard everything up to {hub_feed.complete_at() or 'never'}")
    for what, states in hub_outbox.counts().items():
        say(f"{what}: {', '.join(f'{count} {state}' for state, count in sorted(states.items())) or 'none'}")
    return 0


def _retry(office: Office, _options: argparse.Namespace) -> int:
    _hub_of(office)
    say(f"{office.store.write_now(hub_outbox.retry)} are passed on once more")
    return 0


def _export(office: Office, options: argparse.Namespace) -> int:
    from server.hub import stick

    joined = _hub_of(office)
    options.folder.mkdir(parents=True, exist_ok=True)
    made = stick.write(office, joined, options.folder)
    for path in made:
        say(f"{path} {path.stat().st_size} bytes")
    say("at the office: `import` each; then bring the files of receipts back" if made else "nothing waits")
    return 0


def _receipts(office: Office, options: argparse.Namespace) -> int:
    from server.hub import stick

    joined = _hub_of(office)
    for path in options.file:
        try:
            records, photos, refused = stick.read(office, joined, path)
        except OSError as problem:
            raise ValueError(f"{path}: {problem.strerror}") from problem
        say(f"{path}: {records} records and {photos} photos receipted, {refused} records refused")
    return 0


def _tls(office: Office, options: argparse.Namespace) -> int:
    from server.hub import invitation

    joined = _hub_of(office)
    since = clock.read(str(joined.certificate["issued_at"]))
    certificate, key = invitation.make_tls(office.config.data.absolute(), options.name, since)
    say(f'tls_certificate = "{certificate}"')
    say(f'tls_key = "{key}"')
    say("set both, let `host` be 0.0.0.0, and serve again; then `hub invite`")
    return 0


def _invite(office: Office, options: argparse.Namespace) -> int:
    from server.hub import invitation

    joined, own = _hub_of(office), office.config.data / invitation.CERTIFICATE
    secure = str(options.address).startswith("https://")
    ca = options.ca or (own if secure and own.exists() else None)
    words = invitation.text(joined, options.address, ca.read_text() if ca is not None else "")
    if options.picture is not None:
        invitation.draw(words, options.picture)
    say(words)
    return 0


def _hub_of(office: Office) -> hub_identity.Joined:
    if office.hub is None:
        raise ValueError("this is no hub; `hub join` makes it one")
    return office.hub
