from __future__ import annotations

import pytest
from kivy.uix.scrollview import ScrollView

from mobile.widgets.bars import ScrollList
from mobile.widgets.glide import Glide


@pytest.mark.parametrize("frame_s", [1 / 60, 0.2, 0.5, 0.7, 1.0, 5.0])
def test_a_list_goes_on_as_far_as_it_was_pushed_however_late_the_frames_are(frame_s: float) -> None:
    effect = Glide(min=-1000, max=0, value=-500, velocity=600)
    way = []
    for _frame in range(40):
        effect.update_velocity(frame_s)
        way.append(effect.value)
    assert max(way) < -300, "it stops well before its end"
    assert way[-1] == pytest.approx(way[-2], abs=2), "and stands still"


@pytest.mark.parametrize("frame_s", [1 / 60, 0.7, 1.0])
def test_a_list_pulled_over_its_end_comes_back(frame_s: float) -> None:
    effect = Glide(min=-1000, max=0, value=80, velocity=0)
    way = []
    for _frame in range(120):
        effect.update_velocity(frame_s)
        way.append(effect.value)
    assert max(way) <= 80 and min(way) > -20 and way[-1] <= 0


@pytest.mark.parametrize("view", [ScrollView, ScrollList])
def test_every_list_glides_so(view: type[ScrollView]) -> None:
    assert isinstance(view().effect_y, Glide)
