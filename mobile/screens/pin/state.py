"""T0: an officer changes his own PIN: the old one, the new one, and that once more. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mobile.words import _

STEPS = ("old", "new", "again", "done")


@dataclass(frozen=True)
class PinState:
    """What the screen asks for now. `rules` say what a PIN may be, and `done` that the new one holds."""

    step: str
    prompt: str
    trouble: str
    rules: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether the new PIN holds."""
        return self.step == "done"

    @property
    def reached(self) -> int:
        """Which step it is, counted from 0."""
        return min(STEPS.index(self.step), len(STEPS) - 2)


def pin_state(name: str, step: str, trouble: str = "") -> PinState:
    """Return the screen for an officer by name."""
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
        _("Forgotten? A colleague unlocks, and the office enrols you again. Nobody can read your PIN."),
    )
    return PinState(step, prompts[step].format(name=name), trouble, rules)
