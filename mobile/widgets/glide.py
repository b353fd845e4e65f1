"""How a list goes on after the finger has left it; also where frames come late."""

from __future__ import annotations

from kivy.effects.dampedscroll import DampedScrollEffect

LONGEST_S = 0.1
"""Of a frame, as the movement takes it. Kivy's own sums hold for frames of a sixtieth of a second: where they take
0.7 s a list is flung out of sight, faster with each (`findings/kivy-late-frames-fling-a-list.sh`)."""


class Glide(DampedScrollEffect):
    """Slows down and springs back as Kivy's does; a late frame moves it no further than one of a tenth of a second."""

    def update_velocity(self, dt: float) -> None:
        """Go on by a frame of `dt` seconds."""
        super().update_velocity(min(dt, LONGEST_S))
