import pytest

from mobile.widgets.palette import NIGHT, PAIRS, SUNLIGHT, THEMES, contrast


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ground", "ink"), PAIRS)
def test_every_ink_stands_out_seven_to_one(theme, ground, ink):
    assert contrast(THEMES[theme][ground], THEMES[theme][ink]) >= 7


def test_both_themes_have_the_same_roles():
    assert SUNLIGHT.keys() == NIGHT.keys()


def test_black_on_white_is_the_greatest_contrast():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21


def test_cannot_tell_is_not_the_green_of_consistent():
    assert all(theme["unknown"] != theme["good"] for theme in THEMES.values())
