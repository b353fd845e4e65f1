"""Settings: one TOML file, each setting overridden by an environment variable LUJIAN_<NAME>, read once at the start."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from checklists.papers.way_back import is_public

PREFIX = "LUJIAN_"
LEAST_PIN_TRIES = 10
"""Fewer would wipe a tablet before its first wait begins."""
_NOT_SETTINGS = {"CONFIG", "TEST_POSTGRES"}


class ConfigError(ValueError):
    """Settings that cannot be used; the message names each fault and what to write instead."""


@dataclass(frozen=True)
class Config:
    """What an office decides about its server.

    `database` is empty for SQLite in `data_dir`, or a `postgresql://…` address; `pool_database` that of a pgbouncer in
    transaction mode in front of it, which the server uses where it need not change tables; `figures_database` that of
    a standby of it, which pages of figures read instead. `photos_dir` is empty for `photos` in
    `data_dir`. `photos_store` is empty where whole photos stay in that folder, or the `s3://bucket/prefix` into which
    they go, with `photos_endpoint`, `photos_region`, `photos_key` and `photos_secret`; `photos_store_closing`: nothing
    new goes into it, what is there is read. `late_days`: a record sealed longer ago than this waits for a person,
    because its clock may be wrong.
    `pin_tries`: after so many wrong PINs in a row a tablet wipes itself, unsent evidence kept for the office; 0: never.
    `first_pin_codes`: every officer needs a code of the office before his first PIN on a tablet, not only who got one.
    `queue_seconds`: a record that waited longer makes `/readyz` say no. `metrics_token` opens `/metrics` to others than
    this machine. `days_ahead` moves the office's clock for trying out terms: its pages say so, and it takes no records.

    Bounds: `…_at_once` are requests in hand, each kind with places of its own; `…_per_day` are those of one device,
    in UTC; `page_seconds`: so long a statement of a page may run. `reserve_bytes` of the
    photos' disk are left to records. `trusted_hops`: how many proxies of ours stand in
    front, whose `X-Forwarded-For` is believed; `behind_tls`: the outermost of them speaks TLS. `export_days`: after so
    many days the file of an export is taken away; that there was one stays known. `feed_days`: so long a tablet may be
    away and still be told what is gone; after that it loads anew. `watch_days`: an entry of the watch list ends
    at the latest after so many. `hub_days`: after so many days a hub lets go of what its office has receipted.
    `public_address`: under which https address phones without an account reach `/w/`, printed on papers as the party's
    way back, and `/s/`, the quiz of a session; empty: no link is printed, and a quiz is where the console is.
    `way_back_days`: so long a link opens. `backup_dir`: where `backup` writes and `doctor` looks for backups, best on
    another disk; `backup_days`: after so many days without a new one that was proven `doctor` says that something is
    wrong; `backups_kept`: so many stay.
    """

    host: str = "127.0.0.1"
    port: int = 8400
    office: str = "Lujian"
    data_dir: str = "./lujian-data"
    database: str = ""
    pool_database: str = ""
    figures_database: str = ""
    photos_dir: str = ""
    photos_store: str = ""
    photos_store_closing: bool = False
    photos_endpoint: str = ""
    photos_region: str = "us-east-1"
    photos_key: str = ""
    photos_secret: str = field(default="", repr=False)
    tls_certificate: str = ""
    tls_key: str = ""
    photo_max_bytes: int = 32 * 1024 * 1024
    requests_per_minute: int = 6000
    code_hours: int = 24
    days_ahead: int = 0
    late_days: int = 30
    stall_seconds: int = 20
    pin_tries: int = 20
    first_pin_codes: bool = False
    queue_seconds: int = 900
    metrics_token: str = ""
    public_address: str = ""
    way_back_days: int = 180
    trusted_hops: int = 0
    behind_tls: bool = False
    connections: int = 8192
    records_at_once: int = 256
    photos_at_once: int = 2048
    handovers_at_once: int = 8
    console_at_once: int = 128
    page_seconds: int = 10
    strangers_at_once: int = 64
    strangers_per_address: int = 16
    device_at_once: int = 16
    body_room_bytes: int = 512 * 1024 * 1024
    reserve_bytes: int = 512 * 1024 * 1024
    records_per_day: int = 10_000
    record_bytes_per_day: int = 2 * 1024**3
    photos_per_day: int = 20_000
    photo_bytes_per_day: int = 20 * 1024**3
    photos_per_record: int = 1000
    photo_bytes_per_record: int = 2 * 1024**3
    uploads_per_device: int = 200
    upload_days: int = 7
    unsealed_per_device: int = 2000
    unsealed_bytes_per_device: int = 2 * 1024**3
    export_days: int = 7
    feed_days: int = 90
    hub_days: int = 7
    backup_dir: str = ""
    backup_days: int = 2
    backups_kept: int = 14
    watch_days: int = 90
    changes_at_once: int = 4096

    @property
    def data(self) -> Path:
        """The folder that holds everything of an office on embedded defaults."""
        return Path(self.data_dir)

    @property
    def photos(self) -> Path:
        """The folder of the photos."""
        return Path(self.photos_dir) if self.photos_dir else self.data / "photos"

    @property
    def sqlite(self) -> Path:
        """The database file where no `database` is named."""
        return self.data / "office.sqlite3"


def load(path: Path | None, environment: Mapping[str, str]) -> Config:
    """Return the settings of a file (None: defaults) under those of the environment. Raises ConfigError, all faults."""
    given = _from_file(path)
    for name, text in environment.items():
        key = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and key not in _NOT_SETTINGS:
            given[key.lower()] = text
    kinds = {one.name: type(one.default) for one in fields(Config)}
    faults = [f"{name}: no such setting; known are {', '.join(kinds)}" for name in sorted(given) if name not in kinds]
    held = {}
    for name, value in given.items():
        if name in kinds:
            try:
                held[name] = _read(kinds[name], value)
            except ValueError as fault:
                faults.append(f"{name}: {fault}")
    config = replace(Config(), **held)
    faults += _faults(config)
    if faults:
        raise ConfigError("\n".join(faults))
    return config


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        if "photos_secret" in told and os.name == "posix" and path.stat().st_mode & 0o077:
            raise ConfigError(f"{path}: others may read it, and photos_secret is in it; chmod 600 it")
        return told
    except OSError as problem:
        raise ConfigError(f"{path}: cannot be read ({problem.strerror})") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{path}: not TOML ({problem})") from problem


_POSTGRES = ("postgresql://", "postgres://")
_YES_NO = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}


def _read(kind: type, value: Any) -> Any:
    if kind is bool:
        said = _YES_NO.get(value.strip().lower()) if isinstance(value, str) else value
        if not isinstance(said, bool):
            raise ValueError(f"true or false is expected, not {value!r}")
        return said
    if kind is int and isinstance(value, str):
        if not value.strip().isdecimal():
            raise ValueError(f"a whole number is expected, not {value!r}")
        return int(value)
    if isinstance(value, bool) or not isinstance(value, kind):
        raise ValueError(f"{'text' if kind is str else 'a whole number'} is expected, not {value!r}")
    return value


def _faults(config: Config) -> list[str]:
    checks = (
        (0 <= config.port <= 65535, f"port: {config.port} is not between 0 and 65535"),
        (
            not config.database or config.database.startswith(_POSTGRES),
            "database: write postgresql://user:password@host/name, or leave it out for SQLite",
        ),
        (
            not config.pool_database or (config.database and config.pool_database.startswith(_POSTGRES)),
            "pool_database: write the postgresql:// address of a pgbouncer in front of `database`, or leave it out",
        ),
        (
            not config.figures_database or (config.database and config.figures_database.startswith(_POSTGRES)),
            "figures_database: write the postgresql:// address of a standby of `database`, or leave it out",
        ),
        (
            not config.photos_store or _is_bucket(config.photos_store),
            "photos_store: write s3://bucket or s3://bucket/prefix, or leave it out to keep photos on the disk",
        ),
        (
            not config.photos_store or all((config.photos_endpoint, config.photos_key, config.photos_secret)),
            "photos_store: photos_endpoint, photos_key and photos_secret are needed with it",
        ),
        (
            not config.photos_endpoint or _is_address(config.photos_endpoint),
            "photos_endpoint: write https://host or http://host:port, where the store is asked",
        ),
        (
            bool(config.tls_certificate) == bool(config.tls_key),
            "tls_certificate, tls_key: both name a file, or neither does",
        ),
        (
            config.pin_tries == 0 or config.pin_tries >= LEAST_PIN_TRIES,
            f"pin_tries: at least {LEAST_PIN_TRIES}, or 0 for never",
        ),
        (
            not config.public_address or is_public(config.public_address),
            "public_address: write https:// and a host, of 120 signs at most, or leave it out: then no link is printed",
        ),
        (0 <= config.days_ahead <= 3660, f"days_ahead: {config.days_ahead} is not between 0 and 3660"),
        (config.reserve_bytes >= 0, "reserve_bytes: must not be less than 0"),
        (config.trusted_hops >= 0, "trusted_hops: must not be less than 0"),
        *((getattr(config, name) > 0, f"{name}: must be more than 0") for name in _POSITIVE),
        *(
            (getattr(config, name) <= most, f"{name}: at most {most}; more is beyond what a calendar holds")
            for name, most in _LONGEST.items()
        ),
    )
    return [words for holds, words in checks if not holds]


def _is_bucket(text: str) -> bool:
    return bool(_BUCKET.fullmatch(text))


def _is_address(text: str) -> bool:
    """Whether an address has a scheme and a host, and neither a password, which logs would show, nor more."""
    try:
        told = urlsplit(text)
    except ValueError:
        return False
    plain = told.username is None and not told.query and not told.fragment
    return told.scheme in ("http", "https") and bool(told.hostname) and plain


_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[0-9A-Za-z_-]+)*/?")

_POSITIVE = tuple(
    one.name
    for one in fields(Config)
    if isinstance(one.default, int)
    and not isinstance(one.default, bool)
    and one.name not in ("port", "pin_tries", "trusted_hops", "reserve_bytes", "days_ahead")
)

_MOST_DAYS = 36_500
_LONGEST = {
    **{one.name: _MOST_DAYS for one in fields(Config) if one.name.endswith("_days")},
    "code_hours": 24 * 366,
}
"""A hundred years: who writes 999999 for never would have each record fail on the day that it leads to."""
