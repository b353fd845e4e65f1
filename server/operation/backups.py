"""What `doctor` looks at in the folder of the backups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from checklists.zone import clock_text
from server import clock
from server.config import Config
from server.operation import manifest
from server.operation.checkup import Line


def _(words: str) -> str:
    """Mark words that the catalogue translates."""
    return words


def backups(config: Config, now: datetime | None = None) -> Iterator[Line]:
    """Yield when the last backup was made, and whether it was brought back on trial."""
    if not config.backup_dir:
        yield Line(
            "backup",
            "wrong",
            _("no backup_dir is set: nothing says that there is any backup"),
            todo=_("Set backup_dir to a folder on another disk and switch on the timer lujian-backup."),
        )
        return
    folder = Path(config.backup_dir)
    made = [manifest.read(one) for one in manifest.backups(folder)]
    told = {"folder": folder, "days": config.backup_days}
    order = _("Make one: python -m server backup. Is the timer on? systemctl status lujian-backup.timer")
    if not made:
        yield Line("backup", "wrong", _("there is no backup in %(folder)s"), told, order)
        return
    proven = [one for one in made if one.proven]
    if not proven:
        yield Line(
            "backup",
            "wrong",
            _("no backup in %(folder)s could be brought back on trial: %(fault)s"),
            {**told, "fault": made[-1].fault},
            _("Do what the message asks, then make another one."),
        )
        return
    last = clock.read(proven[-1].made_at)
    told |= {"at": clock_text(last), "records": proven[-1].counts.get("records", 0)}
    words = _("the last one was made on %(at)s and brought back on trial, with %(records)s records")
    late = (now or datetime.now(UTC)) - last > timedelta(days=config.backup_days)
    yield Line("backup", "wrong" if late else "ok", words, told, order if late else "")
    if not made[-1].proven:
        yield Line(
            "backup",
            "look",
            _("the newest one could not be brought back on trial: %(fault)s"),
            {"fault": made[-1].fault},
            _("Do what the message asks, then make another one."),
        )
    if config.data.exists() and folder.stat().st_dev == config.data.stat().st_dev:
        yield Line(
            "backup",
            "look",
            _("the backups lie on the disk of the office itself"),
            todo=_("A disk that breaks takes both. Copy %(folder)s to another disk every day, or move it there."),
            values=told,
        )
