"""Confirming an officer by his PIN on this tablet; who is new here sets one first, twice."""

from __future__ import annotations

from mobile.desk import Desk
from mobile.refusals import Refusal
from mobile.words import _


class NewPin:
    """The PIN that somebody new has given once; `trouble` says why it did not become his."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.first = self.trouble = ""

    def is_new(self, officer: str) -> bool:
        """Whether this officer has no PIN on this tablet yet."""
        return officer not in self.desk.officers()

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
            self.desk.check_pin(officer, pin)
        except Refusal:
            self.first = ""
            raise
        return True

    def _sets(self, officer: str, pin: str) -> bool:
        first, self.first = self.first, ""
        if not first:
            self.first = pin
        elif first != pin:
            self.trouble = _("The two PINs differ. Choose again.")
        else:
            self.desk.add_officer(officer, pin)
            return True
        return False
