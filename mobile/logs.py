"""The tablet's log: what failed and where in the code, never with which values. Names and plates stay in the vault.

On Android everything on standard error ends in the system's log, which is not ours to keep shut; elsewhere somebody may
send it to a file. So a trace has the places and the kinds of its exceptions and not their messages, which repeat what
was being read: `KeyError: '王强'`.
"""

from __future__ import annotations

import errno
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from mobile.refusals import Refusal

_ROOT = Path(__file__).parents[1]
_MOST_FRAMES = 40
_log = logging.getLogger(__name__)


def set_up(level: int = logging.INFO) -> None:
    """Let every line of this process's log, and every exception that nobody caught, go without values."""
    logging.basicConfig(level=level, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.setLogRecordFactory(record)
    # peewee would write each query with its values, urllib3 each request.
    for name in ("peewee", "urllib3"):
        logging.getLogger(name).setLevel(logging.INFO)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def record(*args: Any, **more: Any) -> logging.LogRecord:
    """Return a log record whose trace is part of its text, so that no formatter writes another one."""
    made = logging.LogRecord(*args, **more)
    if made.exc_info and made.exc_info[1] is not None:
        made.msg, made.args = f"{made.getMessage()}\n{trace(made.exc_info[1])}", None
        made.exc_info = made.exc_text = None
    return made


def trace(problem: BaseException) -> str:
    """Return where an exception arose and what led to it: kinds and places alone."""
    return "\n".join(line for one in _chain(problem) for line in _lines(one))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while problem is not None and problem not in seen:
        seen.append(problem)
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    yield from reversed(seen)


def _lines(problem: BaseException) -> Iterator[str]:
    for frame, line in list(traceback.walk_tb(problem.__traceback__))[-_MOST_FRAMES:]:
        yield f"  {_place(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}"
    yield _kind(problem)


def _kind(problem: BaseException) -> str:
    """Name an exception; with the code that a refusal has, or the number of an error of the system."""
    name = f"{type(problem).__module__}.{type(problem).__qualname__}".removeprefix("builtins.")
    if isinstance(problem, Refusal):
        return f"{name} {problem.code}"
    number = getattr(problem, "errno", None)
    return f"{name} {errno.errorcode.get(number, number)}" if isinstance(number, int) else name


def _place(file: str) -> str:
    """Name a source as it is in this program; of others, the last two parts: the folder of a user is a name too."""
    path = Path(file)
    return (path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(*path.parts[-2:])).as_posix()


def _uncaught(
    _kind: type[BaseException] | None, problem: BaseException | None, _trace: TracebackType | None = None
) -> None:
    if isinstance(problem, KeyboardInterrupt | SystemExit):
        return
    _log.critical("this was not expected, and nothing more was done", exc_info=problem)
