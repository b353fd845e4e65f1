"""Confirming an officer by his PIN on this tablet; who is new here sets one first, twice."""

from __future__ import annotations

from collections.abc import Container
from typing import Protocol

from mobile.refusals import Refusal
from mobile.words import _


class Door(Protocol):
    """Who can unlock this tablet, and what can be asked of them."""

    def officers(self) -> Container[str]:
        """Return who can unlock it."""

    def check_pin(self, officer: str, pin: str) -> None:
        """Confirm that it is this officer. Raises the vault's refusals."""

    def judge_pin(self, pin: str) -> None:
        """Raise Refusal where a PIN must not be chosen."""

    def add_officer(self, officer: str, pin: str) -> None:
        """Let one more officer unlock it."""


class NewPin:
    """The PIN that somebody new has given once; `trouble` says why it did not become his."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.first = self.trouble = ""

    def is_new(self, officer: str) -> bool:
        """Whether this officer has no PIN on this tablet yet."""
        return officer not in self.door.officers()

    def forget(self) -> None:
        """Begin anew."""
        self.first = self.trouble = ""

    def confirms(self, officer: str, pin: str) -> bool:
        """Whether the PIN confirms that it is this officer; a new one has to give his twice.

        Raises the vault's refusals.
        """
        self.trouble = ""
        try:
            if self.is_new(officer) and not self._sets(officer, pin):
                return False
            self.door.check_pin(officer, pin)
        except Refusal:
            self.first = ""
            raise
        return True

    def _sets(self, officer: str, pin: str) -> bool:
        first, self.first = self.first, ""
        if not first:
            self.door.judge_pin(pin)
            self.first = pin
        elif first != pin:
            self.trouble = _("The two PINs differ. Choose again.")
        else:
            self.door.add_officer(officer, pin)
            return True
        return False
