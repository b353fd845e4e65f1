"""Which record this process has in hand, told to the one that comes after it, however it ends.

A note beside the data, written without waiting for the disk: a process that is killed leaves it behind, and after a
power cut nobody needs it. What killed its process again and again is not taken up once more.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

_SUFFIX = ".in-hand"


class InHand:
    """The note of one worker; `left(folder)` are those of processes that are no more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"worker-{os.getpid()}{_SUFFIX}"

    def take(self, record: int) -> None:
        """Note a record, with which something is done from now on."""
        with contextlib.suppress(OSError):  # a full disk stops no work
            self._path.write_text(str(record))

    def lay_down(self) -> None:
        """Note that nothing is in hand any more."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def left(self) -> Iterator[int]:
        """Yield the records that dead processes had in hand, and take their notes away."""
        for path in self._folder.glob(f"worker-*{_SUFFIX}"):
            if not _lives(path):
                with contextlib.suppress(OSError, ValueError):
                    record = int(path.read_text())
                    path.unlink()
                    yield record


def _lives(path: Path) -> bool:
    """Whether the process that wrote a note is another one that still runs; this one begins with empty hands."""
    try:
        process = int(path.name.removesuffix(_SUFFIX).removeprefix("worker-"))
        if process == os.getpid():
            return False
        os.kill(process, 0)
    except (ValueError, ProcessLookupError):
        return False
    except OSError:  # somebody else's
        return True
    return True
