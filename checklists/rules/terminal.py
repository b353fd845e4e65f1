"""R20: the satellite terminal is on line, where the platform's data are given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from checklists.rules.context import Context
from checklists.rules.crosscheck import Look, Result

LAST_FIX = timedelta(minutes=10)
"""How old the last position may be. Ours, not law: no clause with a number was read."""


def r20_terminal(context: Context) -> Iterator[Result]:
    """The platform sees the terminal, and its last position is fresh. 29号令 art. 25 and 45.

    Says nothing where no data are given. The position's age is counted to the time as of which the platform answered;
    an answer that is itself older than that says nothing of now.
    """
    terminal = context.situation.terminal
    if terminal is None:
        return
    look = Look(context, "R20")
    asked = _asked(look)
    look.note("terminal.online", _word(terminal.online), "platform")
    look.note("terminal.last_fix_at", terminal.last_fix_at, "platform")
    if terminal.online is False:
        yield look.says("terminal_offline", conflict=True)
        return
    if terminal.online is None:
        look.lack("terminal.online")
    late = terminal.last_fix_at is not None and asked - terminal.last_fix_at > LAST_FIX
    if terminal.last_fix_at is None or terminal.last_fix_at - context.situation.at > LAST_FIX:
        look.lack("terminal.last_fix_at")
    yield look.says("terminal_silent", conflict=late)


def _asked(look: Look) -> datetime:
    situation = look.context.situation
    source = situation.source("terminal")
    if source is None or source.as_of is None or source.as_of > situation.at:
        return situation.at
    if situation.at - source.as_of > LAST_FIX:
        look.stale.append("terminal")
    return source.as_of


def _word(online: bool | None) -> str | None:
    return {True: "yes", False: "no"}.get(online) if online is not None else None
