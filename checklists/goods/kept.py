"""What was worked out of a table is kept with that table and goes with it: tablets and offices get new ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

Tell = TypeVar("Tell", bound=Callable[..., Any])

_MOST = 4096
"""Answers of one function that are kept of one table."""


class _Answers(dict[Callable[..., Any], Callable[..., Any]]):
    """Functions of a table, each as one that knows its last argument and what it told before."""

    def __init__(self, table: Keeper) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, tell: Callable[..., Any]) -> Callable[..., Any]:
        made = self[tell] = lru_cache(maxsize=_MOST)(lambda *asked: tell(*asked, self._table))
        return made


class Keeper:
    """A table that keeps what functions told of it."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Keep nothing of what was told so far."""
        self.answers = _Answers(self)


def kept(tell: Tell) -> Tell:
    """Let the table that is a function's last argument keep what is told of it. Arguments have no names then."""

    @wraps(tell)
    def told(*asked: Any) -> Any:
        return asked[-1].answers[tell](*asked[:-1])

    return cast(Tell, told)
