"""T0: an officer changes his own PIN: the old one, the new one, and that once more; or a colleague forgot his. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mobile.words import _

STEPS = ("old", "new", "again", "done")


@dataclass(frozen=True)
class Forgot:
    """An officer who has a PIN on this tablet."""

    key: str
    text: str
    chosen: bool = False


@dataclass(frozen=True)
class PinState:
    """What the screen asks for now. `rules` say what a PIN may be, and `done` that the new one holds.

    `forgot` are the officers who may have forgotten theirs.
    """

    step: str
    prompt: str
    trouble: str
    rules: tuple[str, ...]
    forgot: tuple[Forgot, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the new PIN holds."""
        return self.step == "done"

    @property
    def reached(self) -> int:
        """Which step it is, counted from 0."""
        return min(STEPS.index(self.step), len(STEPS) - 2)


def pin_state(name: str, step: str, trouble: str = "", others: Iterable[tuple[str, str]] = ()) -> PinState:
    """Return the screen for an officer by name; `others` (id, name) have a PIN on this tablet, he among them."""
    prompts = {
        "old": _("{name}: the PIN that you have now"),
        "new": _("{name}: the new PIN, then the tick"),
        "again": _("{name}: the new PIN once more"),
        "done": _("{name}: the new PIN holds from now on"),
    }
    rules = (
        _("6 to 12 digits; the tick says that it is whole."),
        _("No repeats, runs or lines on the keypad, no dates or years, no phone number, nothing of a card or plate."),
        _("It opens this tablet only. On another tablet your PIN stays as it is."),
        _("Forgotten? Touch “Forgot PIN” at the lock, or your name here; a code of the office then sets a new one."),
    )
    forgot = tuple(Forgot(one, other) for one, other in others) if step in ("old", "new") else ()
    return PinState(step, prompts[step].format(name=name), trouble, rules, forgot)
