"""A screen that nobody shows any more is collected, so that a locked tablet holds nothing of what it showed."""

import gc
import importlib
import weakref

import pytest

NAMES = (
    "unlock", "queue", "identify", "snapshot", "walk", "section", "deviation", "compare", "outcome", "sign", "papers",
    "sync", "lesson", "reference", "tasks", "clearance", "correction",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_let_go_is_collected(driver, name) -> None:
    made = getattr(importlib.import_module(f"mobile.screens.{name}.view"), f"{name.title()}Screen")

    def shown() -> weakref.ref:
        screen = driver.show(made())
        driver.window.remove_widget(screen)
        return weakref.ref(screen)

    # Kivy itself keeps the text field that was made last, and with it what it stands in.
    screens = [shown() for _ in range(3)]
    # On a loaded machine a trigger of the layout may still hold one for some frames.
    for _ in range(10):
        driver.step(2)
        gc.collect()
        if not any(one() for one in screens[:2]):
            break
    assert [one() for one in screens[:2]] == [None, None]
