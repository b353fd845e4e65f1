"""A tablet without a screen: the mock window is open before any test module imports Kivy's widgets."""

import gc

import pytest

from demo.driver import Driver

DRIVER = Driver("mock", width=1280, height=800, inches=10.1)
# The window must be open before.
from kivy.event import EventDispatcher  # noqa: E402
from kivy.uix.widget import Widget  # noqa: E402

from mobile.widgets import base, theme  # noqa: E402


def none_lives():
    return not any(issubclass(one, Widget) for one in set(map(type, gc.get_objects())))


class Dead:
    """The tablet's way to forget the dead, which looks through all that is held, only where a widget can be dead."""

    def __init__(self):
        self._last = -1

    def forget(self):
        """Collect, unless no widget lived after the last time and nothing of Kivy's, all numbered, was made since."""
        if EventDispatcher().uid == self._last + 1:
            self._last += 1
            return
        gc.collect()
        self._last = EventDispatcher().uid if none_lives() else -1


DEAD = Dead()


@pytest.fixture(scope="session", autouse=True)
def forgotten_once():
    """Most tests of a screen have no widget at all, and change the language before and after."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (theme, base):
            patch.setattr(module, "forget_the_dead", DEAD.forget)
        yield


@pytest.fixture(scope="module", autouse=True)
def left_alone():
    """Leave out of the collections to come what earlier files of tests left for good; a tablet collects often.

    Only while no widget is alive: what is left out is never collected, and a screen that dies then goes on listening
    to every change of language, colours and scale.
    """
    gc.collect()
    if none_lives():
        gc.freeze()


@pytest.fixture
def driver():
    """Return the driver of a 10-inch tablet in daylight and Chinese, with nothing on it and no touches counted."""
    from mobile.widgets.theme import theme
    from mobile.words import words

    # What the test before left goes now, while nothing stands beside it.
    DEAD.forget()
    DRIVER.set_device(1280, 800, 10.1)
    DRIVER.touches = DRIVER.scrolls = 0
    theme.night, words.lang = False, "zh_CN"
    yield DRIVER
    DRIVER.clear()


@pytest.fixture
def heard():
    """Return a function that binds an event of a widget and gives the list of what it says."""

    def listen(widget, event):
        said = []
        widget.fbind(event, lambda _widget, *args: said.append(args))
        return said

    return listen
