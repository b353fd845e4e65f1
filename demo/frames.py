"""A clock for a window that nobody looks at: a sixtieth of a second passes with each frame, however long it took.

So what happens on a screen in time (a scroll that is one, a button held down, a search that waits for the last letter)
depends on frames alone, never on how busy the machine is. Where another thread is waited for, its time passes here too.
"""

from __future__ import annotations

import time

FRAME_S = 1 / 60


class FrameClock:
    """Takes the place of Kivy's own time, for good; `follow` lets what really passed be added to the next frames."""

    def __init__(self) -> None:
        from kivy.clock import Clock

        self._now = Clock.time()
        self._real: float | None = None
        Clock.time = lambda: self._now

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
