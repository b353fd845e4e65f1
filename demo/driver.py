"""Drives the tablet's screens as an officer does, frame by frame, in a mock, offscreen or real window.

    driver = Driver("mock", width=1280, height=800, inches=10.1)
    driver.start(TabletApp())          # or driver.show(widget) for a single widget
    driver.tap_text("新检查")           # by what can be read
    driver.tap_id("clear")             # by test_id, or by a kv id
    driver.tap(widget)
    driver.drag(pad, [(.1, .5), (.5, .8), (.9, .5)])     # fractions of the widget
    driver.type_text("12.5")
    driver.step_until(lambda: …)
    driver.screenshot("build/screens/walk.png")
    driver.touches                     # taps and drags so far; scrolling to reach a widget is counted in `scrolls`

In a mock window time passes by frames (`demo.frames`). Nothing sleeps but `step_until`, and only between looks at what
another thread does. A tap fails with a message and a
list of the words in sight when its target is absent, hidden, disabled, below 10 mm, or covered at its centre.
One process has one window: the kind is chosen by the first Driver.
"""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from demo.frames import FrameClock
from demo.windows import open_window


class NotTouchable(AssertionError):  # noqa: N818  # it is a failed assertion, and reads as one
    """What was to be touched cannot be, as the message says."""


_LONGEST_S = 5.0
"""No movement on a screen takes longer."""


class Driver:
    """Hands, eyes and a clock for the tablet; see the module."""

    def __init__(self, kind: str = "mock", *, width: int = 1280, height: int = 800, inches: float = 10.1) -> None:
        self.kind = kind
        self.window = open_window(kind, width, height)
        self._clock = FrameClock() if kind == "mock" else None
        self.touches = 0
        self.scrolls = 0
        self.paints = True
        """Whether frames are painted; where nobody looks on, it is enough that pictures are."""
        from kivy.base import EventLoop

        from demo.touch import Finger
        from mobile.widgets.theme import register_fonts, theme

        self._loop = EventLoop
        self._finger = Finger()
        self._theme = theme
        register_fonts()
        self.set_device(width, height, inches)
        theme.fbind("ground", lambda *_: setattr(self.window, "clearcolor", theme.ground))
        self.window.clearcolor = theme.ground
        from kivy.clock import Clock

        self._own_events = Clock.get_events()
        # What returns True ends an event of Kivy's before it does anything.
        self.window.bind(on_draw=lambda _window: not self.paints, on_flip=lambda _window: not self.paints)

    def set_device(self, width: int, height: int, inches: float) -> None:
        """Resize window and scale, as if another tablet had been taken in hand."""
        if tuple(self.window.size) != (width, height):
            self.window.size = [width, height]
        self._theme.set_device(width, height, inches)

    def start(self, app: Any) -> None:
        """Start an App and draw its first frames."""
        from kivy.base import runTouchApp

        app._run_prepare()
        runTouchApp(embedded=True)
        self.step(3)

    def show(self, widget: Any) -> Any:
        """Show one widget in the window in place of all others, and return it."""
        from kivy.base import runTouchApp

        for old in list(self.window.children):
            self.window.remove_widget(old)
        self.window.add_widget(widget)
        if self._loop.status != "started":
            runTouchApp(embedded=True)
        self.step(3)
        return widget

    def step(self, frames: int = 1) -> None:
        """Let so many frames pass."""
        for _ in range(frames):
            if self._clock is not None:
                self._clock.next_frame()
            self._loop.idle()

    def step_until(self, holds: Callable[[], Any], *, seconds: float = 120) -> None:
        """Let frames pass until something holds; for what threads and sockets do, so the clock counts here."""
        end = time.monotonic() + seconds
        with self._in_real_time():
            while not holds():
                if time.monotonic() > end:
                    raise AssertionError(f"did not come about in {seconds} s; in sight: {self._in_sight()}")
                self.step()
                time.sleep(0.001)

    def clear(self) -> None:
        """Take everything from the window, and let what it had begun come to an end: that alone would keep it alive."""
        from kivy.app import App
        from kivy.clock import Clock
        from kivy.uix.textinput import TextInput

        for widget in list(self.window.children):
            self.window.remove_widget(widget)
        # What is still to be laid out, waits or moves holds widgets of a screen that is gone; a wait may end in a
        # movement, whose first frame only begins it.
        for _ in range(4):
            if self._clock is not None:
                self._clock.skip(_LONGEST_S)
            self.step()
        self._finger.forget()
        App._running_app = None
        # Kivy's `triggered` holds what it was last called with, which is the field that was laid out last.
        TextInput._adjust_viewport()
        TextInput._adjust_viewport.cancel()
        for event in Clock.get_events():
            if event not in self._own_events:
                event.cancel()

    @contextlib.contextmanager
    def _in_real_time(self) -> Iterator[None]:
        if self._clock is not None:
            self._clock.follow(real=True)
        yield
        if self._clock is not None:
            self._clock.follow(real=False)

    def find_text(self, text: str) -> Any:
        """Return the widget that a touch on the words would press."""
        from demo import find

        return self._first(find.by_text(text), f"the words {text!r}")

    def find_id(self, name: str) -> Any:
        """Return the widget with that test_id or kv id."""
        from demo import find

        return self._first(find.by_id(name), f"a widget named {name!r}")

    def tap_text(self, text: str) -> None:
        """Touch what shows the words."""
        self.tap(self.find_text(text))

    def tap_id(self, name: str) -> None:
        """Touch what has the name."""
        self.tap(self.find_id(name))

    def tap(self, widget: Any) -> None:
        """Touch a widget in its middle, after scrolling to it if need be, and let the touch take effect."""
        from demo import find

        self.scroll_to(widget)
        self._check(widget)
        self.touches += 1
        self._finger.press(*find.centre(widget))
        self.step()
        self._finger.lift()
        # A scrolling view hands a touch on only when it was not the start of a scroll: one timeout later.
        self._settle(bool(find.viewports(widget)))

    def drag(self, widget: Any, points: Iterable[tuple[float, float]]) -> None:
        """Draw a finger over fractions of a widget: (0, 0) lower left, (1, 1) upper right."""
        from demo import find

        self.scroll_to(widget)
        left, bottom, right, top = find.box(widget)
        path = [(left + x * (right - left), bottom + y * (top - bottom)) for x, y in points]
        self.touches += 1
        self._pull(path)
        self.step(2)

    def type_text(self, text: str) -> None:
        """Write into the field that has the focus, sign by sign, as a keyboard or an input method does."""
        for sign in text:
            self.window.dispatch("on_textinput", sign)
            self.step()

    def press_key(self, key: str) -> None:
        """Press enter, backspace, tab or escape."""
        code = {"enter": 13, "backspace": 8, "tab": 9, "escape": 27}[key]
        self.window.dispatch("on_key_down", code, 0, None, [])
        self.window.dispatch("on_key_up", code, 0)
        self.step()

    def scroll_to(self, widget: Any) -> None:
        """Drag the lists that hold a widget until its middle is in sight."""
        from demo import find

        for view in reversed(find.viewports(widget)):
            for _ in range(60):
                if find.is_within(widget, find.box(view)):
                    break
                self._scroll(view, widget)

    def screenshot(self, path: str | Path) -> Path:
        """Write the window to exactly that PNG file."""
        from demo.touch import save_png

        return save_png(self.picture(), Path(path))

    def picture(self) -> Any:
        """Return what the window shows as a Pillow image in its true colours."""
        from demo.touch import picture

        if self.kind == "mock":
            raise RuntimeError("a mock window paints nothing; use an offscreen or real one")
        self.step(2)
        before, self.paints = self.paints, True
        self.window.dispatch("on_draw")
        self.paints = before
        return picture(self.window)

    def _first(self, found: list[Any], what: str) -> Any:
        if not found:
            raise NotTouchable(f"{what} cannot be found; in sight: {self._in_sight()}")
        return found[0]

    def _in_sight(self) -> str:
        from demo import find

        return " | ".join(find.visible_texts()) or "no words at all"

    def _check(self, widget: Any) -> None:
        """Raise NotTouchable unless an officer in gloves could touch the widget now."""
        from demo import find

        x, y = find.centre(widget)
        least = self._theme.mm * 10 - 0.5
        trouble = ""
        if not find.is_shown(widget):
            trouble = "is not shown"
        elif not (0 <= x <= self.window.width and 0 <= y <= self.window.height):
            trouble = f"lies outside the window, at {x:.0f}, {y:.0f}"
        elif widget.disabled:
            trouble = "is disabled"
        elif min(widget.size) < least:
            trouble = "measures {:.1f} × {:.1f} mm, below 10 mm".format(*(v / self._theme.mm for v in widget.size))
        elif cover := find.covered_by(widget):
            trouble = f"is covered by {type(cover).__name__} {find.words_of(cover)!r}"
        if trouble:
            name = getattr(widget, "test_id", "") or find.words_of(widget)
            raise NotTouchable(f"{type(widget).__name__} {name!r} {trouble}; in sight: {self._in_sight()}")

    def _scroll(self, view: Any, widget: Any) -> None:
        """Drag a view towards the widget, by most of its height at once, and hold it where it is then."""
        from demo import find

        left, bottom, right, top = find.box(view)
        x, y = (left + right) / 2, (bottom + top) / 2
        away = find.centre(widget)[1] - y
        reach = max(-(top - bottom) * 0.8, min((top - bottom) * 0.8, away))
        # A first move shorter than the view's scroll distance would leave it open whether this is a tap.
        reach = reach if abs(reach) > 4 * view.scroll_distance else 4 * view.scroll_distance * (1 if reach > 0 else -1)
        self.scrolls += 1
        self._pull([(x, y + reach * (0.5 - i / 3)) for i in range(4)])
        # The finger rests before it lets go. A push would carry the list on, the further the faster this machine is,
        # past the widget and back past it again.
        view.effect_y.velocity = 0
        self.step(2)

    def _pull(self, path: list[tuple[float, float]]) -> None:
        self._finger.press(*path[0])
        # No frame between: after a slow one a scrolling view would take the finger for one that rests on a button.
        for x, y in path[1:]:
            self._finger.move(x, y)
            self.step()
        self._finger.lift()

    def _settle(self, in_scrolling_view: bool) -> None:
        from kivy.clock import Clock

        self.step(3)
        if in_scrolling_view:
            end = Clock.get_time() + 0.22
            while Clock.get_time() < end and self._finger.is_held():
                self.step()
        self.step(2)
