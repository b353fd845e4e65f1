"""Plates that were read in a picture: suggestions to compare and touch, none of which is ever taken by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mobile.words import _


@dataclass(frozen=True)
class PlatesState:
    """`plates` are signs, and how they were read; `said` is what to do; `found`: there is something to compare."""

    said: str
    plates: tuple[tuple[str, str], ...] = ()
    reading: bool = False

    @property
    def found(self) -> bool:
        """Whether there are plates to choose from."""
        return bool(self.plates)


def plates_state(read: Iterable[tuple[str, str]] | None, trouble: str = "") -> PlatesState:
    """Return the panel; `read` are plates with what was read where a sign was exchanged, None while it is read."""
    if trouble:
        return PlatesState(trouble)
    if read is None:
        return PlatesState(_("The picture is being read …"), reading=True)
    plates = tuple((signs, _how(seen)) for signs, seen in read)
    if not plates:
        return PlatesState(
            _("No whole plate could be read in this picture. Enter it by the keys, or take another from nearer.")
        )
    return PlatesState(
        _(
            "Read by this device, and a sign may be wrong: compare each one with the vehicle, then touch the plate. "
            "The colour is not read."
        ),
        plates,
    )


def gone_words() -> str:
    """Return what is said where the screen comes back, as after the lock, and its picture is there no more."""
    return _("The picture is there no more. Take another, or enter the plate by the keys.")


def _how(seen: str) -> str:
    return _("Read in the picture as {seen}").format(seen=seen) if seen else _("Read in the picture")
