"""Log lines as JSON on standard error, without personal data: what is logged is named, never whole requests.

The message of an exception often quotes the value that it stumbled over, so a trace here is the kinds of the exceptions
and the places in the code, and nothing that they say. Of other libraries only what they wrote beforehand is kept.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType

_FIELDS = ("method", "route", "status", "ms", "device", "record", "state", "reason", "count")
_OURS = "server"
_MOST_FRAMES = 40
_QUOTED = re.compile(r"[<({\['\"].*", re.DOTALL)


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a log record; a trace goes in `trace`."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": _what(record),
            **{name: held for name in _FIELDS if (held := getattr(record, name, None)) not in (None, "")},
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def trace(problem: BaseException) -> list[str]:
    """Return an exception, and what it came from, as kinds and places in the code; never a message or a value."""
    told: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = problem
    while at is not None and id(at) not in seen and len(told) < _MOST_FRAMES:
        seen.add(id(at))
        told.append(type(at).__name__)
        told += [f"  {one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(at.__traceback__)]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return told[:_MOST_FRAMES]


def _what(record: logging.LogRecord) -> str:
    """Return what is logged: ours as it is; of others the words before any value, on their first line."""
    if record.name.split(".", 1)[0] == _OURS:
        return record.getMessage()
    return _QUOTED.sub("", str(record.msg).partition("\n")[0])[:200].strip()


def set_up(level: int = logging.INFO) -> None:
    """Send every log line of this process through JsonLines, once."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)


def watch_threads() -> None:
    """Send what nobody caught through the log too, instead of whole onto standard error."""

    def uncaught(_kind: type[BaseException], problem: BaseException, _trace: TracebackType | None) -> None:
        logging.getLogger(_OURS).critical("uncaught", exc_info=problem)

    sys.excepthook = uncaught
    threading.excepthook = lambda told: logging.getLogger(_OURS).critical("uncaught", exc_info=told.exc_value)
    sys.unraisablehook = lambda told: logging.getLogger(_OURS).error("uncaught", exc_info=told.exc_value)
    logging.captureWarnings(True)
