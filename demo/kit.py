"""Renders every widget of the kit, in sunlight and at night, into build/screens/kit-*.png: `python -m demo.kit`."""

import sys
from pathlib import Path
from typing import Any

from demo.driver import Driver

PAGES = Path(__file__).with_suffix(".kv")
SIGNATURE = [
    [1200, 900, 1500, 1700, 1900, 1900, 2100, 1300, 1800, 800, 2200, 700, 2900, 1600],
    [3300, 1800, 3300, 700],
    [2900, 1300, 3900, 1400],
    [4400, 700, 4700, 1700, 5000, 800, 5300, 1600, 5700, 900, 6600, 1300],
]


def pages() -> dict[str, Any]:
    """Return the pages of the kit by name, each a factory of a widget."""
    from kivy.factory import Factory
    from kivy.lang import Builder

    from mobile.widgets import (  # noqa: F401  # their classes are used in the .kv
        bars,
        buttons,
        cards,
        pads,
        placards,
        platekeys,
        signature,
    )

    if str(PAGES) not in Builder.files:
        Builder.load_file(str(PAGES))
    names = ("KitStates", "KitVehicle", "KitWalk", "KitKeyboard", "KitPads", "KitSignature")
    return {name[3:].lower(): Factory.get(name) for name in names}


def main() -> None:
    """Render the pages that are named, or all of them."""
    device = {"10": (1280, 800, 10.1), "7": (1024, 600, 7.0), "portrait": (800, 1280, 10.1)}
    size = next((a for a in sys.argv[1:] if a in device), "10")
    width, height, inches = device[size]
    driver = Driver("offscreen", width=width, height=height, inches=inches)
    from mobile.widgets.theme import theme
    from mobile.words import words

    wanted = [a for a in sys.argv[1:] if a not in device]
    for name, make in pages().items():
        if wanted and name not in wanted:
            continue
        for theme.night in (False, True):
            for words.lang in ("zh_CN", "en"):
                driver.show(make())
                look = "night" if theme.night else "sunlight"
                print(driver.screenshot(Path("build/screens") / f"kit-{name}-{size}-{look}-{words.lang}.png"))


if __name__ == "__main__":
    main()
