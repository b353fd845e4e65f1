"""All of what `doctor` looks at, in order; it makes nothing and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from server.config import Config
from server.operation import database, machine
from server.operation.backups import backups
from server.operation.checkup import Line, look
from server.store.engine import beside


def examine(config: Config, settings: Path | None, *, whole: bool = True) -> Iterator[Line]:
    """Yield every line. `settings` is the file of the settings; without `whole` the database is not read through."""
    yield from look(
        (
            ("office", partial(machine.office, config)),
            ("service", partial(machine.service, config)),
            ("disk", partial(machine.disk, config)),
            ("rights", partial(machine.rights, config, settings)),
            ("tls", partial(machine.tls, config)),
            ("database", partial(_stored, config, whole=whole)),
            ("backup", partial(backups, config)),
        )
    )


def _stored(config: Config, *, whole: bool) -> Iterator[Line]:
    if not config.database and not config.sqlite.exists():
        yield from database.missing(config)
        yield from look([("clock", partial(database.clock, None))])
        return
    with beside(config.database or config.sqlite) as engine:
        yield from look(
            (
                ("database", partial(database.database, engine, whole=whole)),
                ("clock", partial(database.clock, engine)),
                ("queue", partial(database.waits, config)),
            )
        )
