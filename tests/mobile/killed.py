"""A process that ends as a kill ends it: before one durable step, and before all that would follow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import peewee
import pytest

STEPS = (
    *((Path, name) for name in ("rename", "replace", "unlink")),
    *((os, name) for name in ("unlink", "rmdir")),
    *((peewee.SqliteDatabase, name) for name in ("commit", "execute_sql")),
)
"""By these everything that lasts is written, renamed or removed."""

Made = TypeVar("Made")


class Killed(BaseException):
    """The process is gone; nothing of ours hears it."""


def killed_before_every_step(
    folder: Path, make: Callable[[Path], Made], act: Callable[[Path], Any], most: int = 200
) -> Iterator[tuple[Path, Made]]:
    """Yield the folder in which `act` was killed before its first durable step, one for its second, and so on.

    Each is made anew, and what `make` gave is yielded with it. In the last one it came through.
    """
    for number in range(1, most):
        here = folder / str(number)
        made = make(here)
        died = _died(lambda here=here: act(here), number)
        yield here, made
        if not died:
            return
    raise AssertionError(f"more than {most} steps")


def _died(act: Callable[[], Any], number: int) -> bool:
    left = iter(range(number - 1))

    def counting(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **more: Any) -> Any:
            if _lasts(name, args) and next(left, None) is None:
                if name == "commit":
                    args[0].rollback()
                raise Killed
            return step(*args, **more)

        return stepped

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, counting(name, getattr(owner, name)))
        try:
            act()
        except Killed:
            return True
    return False


def _lasts(name: str, args: tuple[Any, ...]) -> bool:
    """Whether a step lasts: what is read does not, nor what a transaction writes before its end."""
    if name != "execute_sql":
        return True
    store, sql = args[:2]
    return not store.in_transaction() and not sql.startswith(("SELECT", "PRAGMA", "BEGIN"))
