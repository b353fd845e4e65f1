"""A clock for a window that nobody looks at: a sixtieth of a second passes with each frame, however long it took.

So what happens on a screen in time (a scroll that is one, a button held down, a search that waits for the last letter)
depends on frames alone, never on how busy the machine is; so do the times of touches (a second tap that makes a double
one, the push with which a list is let go), for which Kivy asks the wall's clock. Where another thread is waited for,
its time passes here too.
"""

from __future__ import annotations

import sys
import time

FRAME_S = 1 / 60


def on_wall_time() -> list[str]:
    """Return the loaded modules of Kivy that ask the wall's clock, and not Kivy's own."""
    kivy = [(name, one) for name, one in sys.modules.items() if name.startswith("kivy.")]
    return [name for name, one in kivy if getattr(one, "time", None) is time.time]


class FrameClock:
    """Takes the place of Kivy's own time, for good; `follow` lets what really passed be added to the next frames."""

    def __init__(self) -> None:
        import kivy.effects.scroll
        import kivy.input.motionevent
        import kivy.uix.behaviors  # noqa: F401  # what asks for the time must be there to be given another
        from kivy.clock import Clock

        self._now = Clock.time()
        self._real: float | None = None
        Clock.time = lambda: self._now
        for name in on_wall_time():
            vars(sys.modules[name])["time"] = lambda: self._now

    def next_frame(self) -> None:
        """Let the time of one frame pass; while real time is followed at least as much as really passed."""
        real = time.monotonic()
        self._now += FRAME_S if self._real is None else max(FRAME_S, real - self._real)
        self._real = None if self._real is None else real

    def skip(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._now += seconds

    def follow(self, *, real: bool) -> None:
        """Follow real time from now on, or no longer."""
        self._real = time.monotonic() if real else None
