import pytest

from mobile.widgets.palette import NIGHT, SUNLIGHT, contrast

THEMES = {"sunlight": SUNLIGHT, "night": NIGHT}

TONES = ("primary", "danger", "good", "unknown", "stale", "neutral")
PAIRS = (
    *((ground, ink) for ground in ("ground", "card", "sunk") for ink in ("ink", "ink_soft")),
    *((ground, ink) for ground in ("bar", "bar_raised") for ink in ("bar_ink", "bar_ink_soft")),
    *((tone, f"{tone}_ink") for tone in TONES),
    *((f"{tone}_soft", f"{tone}_soft_ink") for tone in TONES),
    *(("card", f"{tone}_soft_ink") for tone in TONES),
    *((ground, role) for ground in ("ground", "card") for role in SUNLIGHT if role.startswith("agency_")),
    # What cannot be pressed now often says why.
    *((ground, "disabled_ink") for ground in ("disabled", "card", "sunk")),
    ("primary_soft", "ink"),
    ("primary_soft", "ink_soft"),
)


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
