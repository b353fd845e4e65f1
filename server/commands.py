"""The commands of `python -m server`, which lists them with `--help`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from server import (
    audit_commands,
    case_commands,
    collector,
    export_commands,
    feed_commands,
    figure_commands,
    hub_commands,
    operation_commands,
    photo_commands,
    queue_commands,
    registry_commands,
    seed_commands,
    user_commands,
)
from server.config import Config, ConfigError
from server.folders import UMASK
from server.office import Office, open_office
from server.operation_commands import UNOPENED
from server.serving import serve, settings
from server.store import audit, devices
from server.terminal import say, who


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; 2 where the command or the settings were not understood."""
    options = _parser().parse_args(arguments)
    os.umask(UMASK)  # what is written here is read by this user alone
    try:
        config = settings(options.config)
        return _opened(config, options) if options.command not in UNOPENED else int(options.run(config, options))
    except ConfigError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    except ValueError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


def _opened(config: Config, options: argparse.Namespace) -> int:
    office = open_office(config)
    try:
        hub_commands.check(office, options.command)
        return int(options.run(office, options))
    finally:
        office.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="The office server of Lujian.")
    parser.add_argument("--config", metavar="FILE", help="settings in TOML (or LUJIAN_CONFIG)")
    commands = parser.add_subparsers(dest="command", required=True)
    _command(commands, "serve", _serve, "receive records, process them and show the console")
    _command(commands, "init", _init, "make the store and the office's key")
    _command(commands, "work", _work, "process received records, without serving")
    _command(commands, "publish", _publish, "publish definitions and tables for the tablets")
    one = _command(commands, "load-registry", _load_registry, "add or replace registry rows")
    one.add_argument("file", type=Path, help='JSON: [{"kind", "key", "data", "as_of"}, …]')
    one = _command(commands, "enrol-code", _enrol_code, "make a one-time code for a tablet")
    one.add_argument("--agency", required=True, help="T transport, P police, …")
    one.add_argument("--hours", type=int, help="how long it can be used")
    one = _command(commands, "import", _import, "take a file that a tablet made for the office; receipts go beside it")
    one.add_argument("file", type=Path)
    one.add_argument("--receipts", type=Path, help="where the receipts go (default: beside the file)")
    _command(commands, "tidy", _tidy, "clear away uploads that nobody went on with (the server does so every hour)")
    _command(commands, "unsealed", _unsealed, "list the checks that were handed over without a seal")
    _command(commands, "devices", _devices, "list the tablets: label, id, agency, name, last heard of")
    one = _command(commands, "revoke", _revoke, "revoke a lost tablet")
    one.add_argument("device", help="its label (T0002) or id")
    one.add_argument("--why", default="", help="kept in the audit log")
    queue_commands.add_to(commands)
    for more in (user_commands, audit_commands, registry_commands, export_commands, case_commands, seed_commands):
        more.add(commands, _command)
    feed_commands.add(commands, _command)
    figure_commands.add(commands, _command)
    photo_commands.add(commands, _command)
    hub_commands.add(commands, _command)
    operation_commands.add(commands, _command)
    return parser


def _command(commands: argparse._SubParsersAction, name: str, run: object, words: str) -> argparse.ArgumentParser:  # type: ignore[type-arg] # generic in the stubs alone
    made: argparse.ArgumentParser = commands.add_parser(name, help=words)
    made.set_defaults(run=run)
    return made


def _serve(config: Config, _options: argparse.Namespace) -> int:
    return serve(config)


def _init(office: Office, _options: argparse.Namespace) -> int:
    say(f"server key {office.key.public}")
    if office.config.office == Config.office:
        sys.stderr.write("no office is named: set `office` before a tablet enrols, because it heads every paper\n")
    return 0


def _work(office: Office, _options: argparse.Namespace) -> int:
    from server.logs import set_up, watch_threads
    from server.processing.worker import Worker

    set_up()
    watch_threads()
    worker = Worker(office)
    collector.calm()
    worker.start()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        worker.stop()
    return 0


def _publish(office: Office, _options: argparse.Namespace) -> int:
    from server.publishing import publish_all

    for package in publish_all(office, who()):
        say(f"{package.name}@{package.version} {package.digest} {len(package.body)} bytes")
    return 0


def _load_registry(office: Office, options: argparse.Namespace) -> int:
    from server.publishing import load_registry

    try:
        rows = json.loads(options.file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ValueError(f"{options.file}: {problem.strerror}") from problem
    except ValueError as problem:
        raise ValueError(f"{options.file}: not JSON in UTF-8 ({problem})") from problem
    rows = rows.get("rows") if isinstance(rows, dict) else rows
    collector.calm()  # to look through so many rows takes half a second, in the middle of a write too
    if not isinstance(rows, list):
        raise ValueError(f'{options.file}: a list [{{"kind", "key", "data", "as_of"}}, …] is expected')
    done = load_registry(office, rows, who())
    say(f"{done.rows} rows ({done.added} new, {done.changed} changed); tablets hear of them by themselves")
    if done.ignored:
        say(f"{done.ignored} rows are older than what the office holds, and were left out")
    return 0


def _enrol_code(office: Office, options: argparse.Namespace) -> int:
    hours = options.hours or office.config.code_hours
    agency, by = user_commands.agency(options.agency), who()
    say(office.store.write_now(lambda: devices.new_code(agency, hours, by)))
    return 0


def _import(office: Office, options: argparse.Namespace) -> int:
    """Take a file; 0 where all of it has a receipt, 3 where something is damaged, missing or refused."""
    from server.intake import handover_file
    from server.refusals import Refused

    try:
        with options.file.open("rb") as file:
            done = handover_file.take(office, file)
    except OSError as problem:
        raise ValueError(f"{options.file}: {problem.strerror}") from problem
    except Refused as refused:
        raise ValueError(f"{options.file}: {refused}") from refused
    told = {"device": done.header.prefix, "records": len(done.records), "photos": len(done.photos)}
    by = who()
    office.store.write_now(
        lambda: audit.note(who=by, action="handover.import", subject=f"device:{done.header.prefix}", detail=told)
    )
    receipts = options.receipts or handover_file.receipts_path(options.file)
    try:
        receipts.write_text(json.dumps(done.answer(office), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as problem:
        words = f"{receipts}: {problem.strerror}; what the file held is here: again with --receipts elsewhere"
        raise ValueError(words) from problem
    for line in handover_file.summary(done):
        say(line)
    say(f"receipts: {receipts}")
    lacking = any(one["receipt"] is None for one in (*done.records, *done.photos))
    return 3 if done.unreadable or done.refused or done.missing or lacking else 0


def _tidy(office: Office, _options: argparse.Namespace) -> int:
    from server.upkeep import tidy

    done = tidy(office)
    say(f"{done.uploads} abandoned uploads, {done.counts} counts of past days")
    say(f"{done.exports} files of exports, {done.imports} files that nobody imported, {done.feed} rows of the feed")
    return 0


def _unsealed(office: Office, _options: argparse.Namespace) -> int:
    from server.accounts import Scope
    from server.intake.unsealed import path
    from server.store import unsealed

    for one, device, sender in unsealed.listing(Scope(None)):
        names = f"{device.prefix if device else one.device}, brought by {sender.prefix if sender else 'an operator'}"
        say(f"{one.received_at}  {names}  {one.bytes} bytes  {path(office, str(one.inspection), str(one.name))}")
    return 0


def _devices(_office: Office, _options: argparse.Namespace) -> int:
    for one in devices.listing():
        last = f"revoked {one.revoked_at}" if one.revoked_at else f"last heard of {one.seen_at or one.enrolled_at}"
        say(f"{one.prefix}  {one.id}  {one.agency}  {one.area or 'everywhere'}  {one.name}  {last}")
    return 0


def _revoke(office: Office, options: argparse.Namespace) -> int:
    by = who()
    one = office.store.write_now(lambda: devices.revoke(options.device, by, options.why))
    say(f"{one.prefix} {one.name} ({one.id}) is revoked since {one.revoked_at}; the others hear of it at once")
    return 0
