"""Counts that end: a page says that there are more than a thousand, and nothing goes through them all.

A count is asked of an index and stops at MOST. Where rows have to be looked at one by one, because no index knows who
may see them, it stops after LOOKED of them and says that there may be more. So it never drifts from the lists: it is
one.
"""

from __future__ import annotations

from typing import Any

from peewee import fn

from server.store.rows import tuples

MOST = 1000
"""A count stops here and is shown as so many and more."""
LOOKED = 2000
"""So many rows of an index are looked at one by one for a page or a count."""


class Counted(int):
    """How many there are; `more` where there may be more than that."""

    more: bool

    def __new__(cls, many: int, *, more: bool = False) -> Counted:
        """Return a count."""
        made = super().__new__(cls, many)
        made.more = more
        return made

    def __add__(self, other: object) -> Counted:
        """Return both together; there may be more where either of them says so."""
        if not isinstance(other, int):
            return NotImplemented
        return Counted(int(self) + int(other), more=self.more or getattr(other, "more", False))

    def __bool__(self) -> bool:
        """Whether there is any, or may be: what was not looked at is not none."""
        return int(self) > 0 or self.more

    @property
    def told(self) -> str:
        """As a page shows it: `17`, `1,000+`."""
        return f"{int(self):,}{'+' if self.more else ''}"


NONE = Counted(0)


def capped(query: Any) -> Counted:
    """Return how many rows a query has, whose conditions all lie in its index."""
    many = int(query.limit(MOST + 1).count())
    return Counted(min(many, MOST), more=many > MOST)


def among(query: Any, key: Any, conditions: list[Any]) -> Counted:
    """Return how many of the latest LOOKED rows of a query, by a falling key, meet the conditions as well."""
    if not conditions:
        return capped(query)
    held = capped(query.where(key >= fn.COALESCE(floor(query, key), 0), *conditions))
    return Counted(held, more=held.more or reached(query, key) is not None)


def floor(query: Any, key: Any) -> Any:
    """Return the query of the key of the last of the latest LOOKED rows of a query; null where it has no so many."""
    return query.select(key).order_by(key.desc()).offset(LOOKED - 1).limit(1)


def reached(query: Any, key: Any) -> Any:
    """Return that key, or None."""
    return next((one for (one,) in tuples(floor(query, key))), None)


def beyond(query: Any, many: int) -> bool:
    """Whether a query without a limit has more rows than so many; none of them is carried here to be counted."""
    return bool(tuples(query.offset(many).limit(1)))
