"""What `doctor` looks at in the database: whether it is there, whole, up to date and safe, its clock and its queue."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime

from peewee import Database

from server.config import Config
from server.operation.checkup import Line
from server.store import condition, queue, records
from server.store.engine import steps

_APART_SECONDS = 5


def _(words: str) -> str:
    """Mark words that the catalogue translates."""
    return words


def missing(config: Config) -> Iterator[Line]:
    """Yield that no office was made yet."""
    yield Line(
        "database",
        "wrong",
        _("there is no database: %(file)s"),
        {"file": config.sqlite},
        _("A new office: python -m server init. An office that was here: python -m server restore BACKUP"),
    )


def database(engine: Database, *, whole: bool = True) -> Iterator[Line]:
    """Yield how the database stands; without `whole` it is not read through, which takes minutes where it is large."""
    told = {"version": condition.version(engine)}
    lacking, unknown = steps(engine)
    if unknown:
        yield Line(
            "database",
            "wrong",
            _("%(version)s was written by a newer version of this product"),
            told,
            _("Start that newer version; this one must not write here."),
        )
    elif lacking:
        yield Line(
            "database",
            "wrong",
            _("%(version)s: %(count)s steps are missing"),
            {**told, "count": len(lacking)},
            _("Make a backup, then start the server: it makes these steps by itself."),
        )
    else:
        yield Line("database", "ok", _("%(version)s answers and is up to date"), told)
    if off := condition.loose(engine):
        yield Line(
            "database",
            "wrong",
            _("a power cut can take records that tablets believe delivered: %(names)s"),
            {"names": ", ".join(off)},
            _("Switch these settings of PostgreSQL on."),
        )
    if whole and (fault := condition.fault(engine)):
        yield Line(
            "database",
            "wrong",
            _("the file is damaged: %(fault)s"),
            {"fault": fault[:200]},
            _("Stop the server, keep this file, and restore the last backup with --replace."),
        )


def clock(engine: Database | None, now: datetime | None = None) -> Iterator[Line]:
    """Yield whether the time can be right: terms of cases and the order of records hang on it."""
    at = now or datetime.now(UTC)
    wrong = list(_wrong_time(engine, at)) if engine is not None else []
    yield from wrong
    synchronised = _synchronised()
    told = {"now": at.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")}
    if synchronised:
        if not wrong:
            yield Line("clock", "ok", _("%(now)s, kept by a time server"), told)
    elif synchronised is None:
        yield Line(
            "clock",
            "look",
            _("%(now)s; whether a time server keeps it cannot be told"),
            told,
            _("Compare it with a clock that is right."),
        )
    else:
        yield Line(
            "clock",
            "look",
            _("%(now)s; no time server keeps it"),
            told,
            _("Name the time server of your network in /etc/systemd/timesyncd.conf, then: timedatectl set-ntp true"),
        )


def _wrong_time(engine: Database, at: datetime) -> Iterator[Line]:
    last = condition.newest()
    if last is not None and (last - at).total_seconds() > _APART_SECONDS:
        yield Line(
            "clock",
            "wrong",
            _("the newest record came at %(last)s, which is still to come"),
            {"last": last.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")},
            _("The clock went back, or was ahead. Set it right before the server takes anything."),
        )
    apart = condition.apart_seconds(engine)
    if abs(apart) > _APART_SECONDS:
        yield Line(
            "clock",
            "wrong",
            _("the clock of the database's machine is %(seconds)s seconds away from this one"),
            {"seconds": round(apart)},
            _("Let both follow one time server."),
        )


def _synchronised() -> bool | None:
    """Whether a time server keeps this clock; None where nobody can say."""
    tool = shutil.which("timedatectl")
    if tool is None:
        return None
    asked = [tool, "show", "--property=NTPSynchronized", "--value"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(done.stdout.strip())


def waits(config: Config) -> Iterator[Line]:
    """Yield whether records are processed, and how many wait for a person."""
    age = queue.age_seconds()
    told = {"minutes": int(age // 60), "count": records.counts().get(queue.WAITS, 0)}
    words = _("%(count)s records wait, the oldest for %(minutes)s minutes")
    if age > config.queue_seconds:
        yield Line(
            "queue",
            "wrong",
            words,
            told,
            _("Nothing processes them: restart the server, and look at its log: journalctl -u lujian"),
        )
    else:
        yield Line("queue", "ok", words, told)
    resting = records.counts().get("parked", 0) + records.counts().get("conflict", 0)
    if resting:
        yield Line(
            "queue",
            "look",
            _("%(count)s records wait for a person"),
            {"count": resting},
            _("A leader decides on them in the console, or: python -m server records list-parked"),
        )
