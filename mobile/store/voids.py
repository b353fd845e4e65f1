"""Numbers of papers that count no more: what the office told of every tablet, and what this one voided itself."""

from __future__ import annotations

from mobile.store.base import Store, keep_setting, setting
from mobile.store.registry import lookup

KIND = "void"
_PREFIX = "void-number:"


class Voided:
    """The numbers of which this tablet knows that they are void; asked one by one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __contains__(self, number: object) -> bool:
        return lookup(self._store, KIND, str(number)) is not None or setting(self._store, _PREFIX + str(number))


def keep_own(store: Store, number: str) -> None:
    """Keep that this tablet voided one of its own numbers: it knows before the office tells it."""
    keep_setting(store, _PREFIX + number, True)
