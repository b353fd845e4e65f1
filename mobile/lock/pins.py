"""Confirming an officer by his PIN on this tablet; who is new here sets one first, twice. And changing one's own."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Protocol

from mobile.lock.vault import BY_CODE
from mobile.refusals import Refusal


class Door(Protocol):
    """Who can unlock this tablet, and what can be asked of them."""

    def officers(self) -> Container[str]:
        """Return who can unlock it."""

    def check_pin(self, officer: str, pin: str) -> None:
        """Confirm that it is this officer. Raises the vault's refusals."""

    def judge_pin(self, pin: str) -> None:
        """Raise Refusal where a PIN must not be chosen."""

    def asks_code(self, officer: str) -> bool:
        """Whether the office's code comes before this officer's first PIN here."""

    def proved(self, officer: str) -> bool:
        """Whether a code of the office has just proved him, so that he sets a PIN by it."""

    def proof(self, officer: str) -> str | None:
        """Return who vouches for an officer's PIN, as the vault says it."""

    def add_officer(self, officer: str, pin: str) -> None:
        """Let one more officer unlock it."""

    def change_pin(self, officer: str, old: str, new: str) -> None:
        """Give an officer another PIN for his own. Raises the vault's refusals."""


class NewPin:
    """The PIN that somebody new has given once, in `first`."""

    def __init__(self, door: Door) -> None:
        self.door, self.first = door, ""

    def is_new(self, officer: str) -> bool:
        """Whether this officer sets a PIN on this tablet now: he has none yet, or a code replaces one he forgot."""
        return officer not in self.door.officers() or self.door.proved(officer)

    def asks_code(self, officer: str) -> bool:
        """Whether this officer first gives the code that the office made for him."""
        return bool(officer) and self.door.asks_code(officer)

    def vouched(self, officer: str, *, own: bool) -> str:
        """Return who vouches for the PIN that he has just given, as a signature says it; `own`: he unlocked the tablet.

        Of PINs of before this was kept nothing is said of him who unlocked, and that nobody vouches for the second.
        """
        proof = self.door.proof(officer)
        return "" if proof is None and own else proof or "unverified"

    def forget(self) -> None:
        """Begin anew."""
        self.first = ""

    def given(self, officer: str, pin: str, *, own: bool) -> dict[str, Any] | None:
        """Return what a signature says of the PIN behind it; None where he has to give a new one once more.

        That he set it here just now, whether by a code, and who vouches for it. Raises as `confirms` does.
        """
        fresh = self.is_new(officer)
        if not self.confirms(officer, pin):
            return None
        identity = self.vouched(officer, own=own)
        said = {"pin_set_now": fresh, "pin_by_code": fresh and identity == BY_CODE, "identity": identity}
        return {name: one for name, one in said.items() if one}

    def confirms(self, officer: str, pin: str) -> bool:
        """Whether the PIN confirms that it is this officer; a new one has to give his twice.

        Raises the vault's refusals, and `pin_differs`.
        """
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
            raise Refusal("pin_differs")
        else:
            self.door.add_officer(officer, pin)
            return True
        return False


class PinReset:
    """A new PIN, given twice, of an officer whom a code of the office has just proved. Steps: new, again, done."""

    def __init__(self, door: Door, officer: str) -> None:
        self.door, self.officer = door, officer
        self.new_pin, self.step = NewPin(door), "new"

    def give(self, pin: str) -> None:
        """Take the PIN that is asked now. Raises the refusals of `NewPin.confirms`; it then is asked for anew."""
        self.step = "new"
        self.step = "done" if self.new_pin.confirms(self.officer, pin) else "again"


class PinChange:
    """An officer's new PIN in place of his own: the old one, then the new one twice. `step` is what is asked now.

    Steps are old, new, again and done. `old` is the PIN that he gave just before, by which the tablet knows him.
    """

    def __init__(self, door: Door, officer: str, old: str = "") -> None:
        self.door, self.officer = door, officer
        self._old, self._new = old, ""
        self.step = "new" if old else "old"

    def give(self, pin: str) -> None:
        """Take the PIN that is asked now.

        Raises the vault's refusals, and `pin_differs`: the new one is then asked for anew.
        """
        {"old": self._take_old, "new": self._take_new, "again": self._take_again}[self.step](pin)

    def _take_old(self, pin: str) -> None:
        self.door.check_pin(self.officer, pin)
        self._old, self.step = pin, "new"

    def _take_new(self, pin: str) -> None:
        self.door.judge_pin(pin)
        if pin == self._old:
            raise Refusal("pin_same")
        self._new, self.step = pin, "again"

    def _take_again(self, pin: str) -> None:
        if pin != self._new:
            self._new, self.step = "", "new"
            raise Refusal("pin_differs")
        self.door.change_pin(self.officer, self._old, pin)
        self._old, self._new, self.step = "", "", "done"
