"""Types pinyin into a field on a real screen, and prints as JSON what stood in it at each step."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from typing import Any

os.environ["KIVY_NO_ARGS"] = "1"

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.boxlayout import BoxLayout

from mobile.widgets.field import Field

WAIT_S = 20.0
KEY_MS = "80"
WORD = "我不知道"
"""What libpinyin offers first for wobuzhidao."""


class Typist(App):
    """Two fields; a thread presses keys as a keyboard does, and reads what stands in the first."""

    def build(self) -> Any:
        self.seen: dict[str, tuple[str, str, str]] = {}
        self.chosen: list[str] = []
        Window.bind(on_textinput=lambda _window, text: self.chosen.append(text))
        self.one, self.other = Field(label="陈述"), Field(label="其他")
        box = BoxLayout(orientation="vertical")
        box.add_widget(self.one)
        box.add_widget(self.other)
        threading.Thread(target=self._type, daemon=True).start()
        return box

    def _type(self) -> None:
        line = self.one.ids.input
        self._focus(line)
        until(chosen)
        until(self._takes_keys)
        self.chosen.clear()
        press("type", "--delay", KEY_MS, "wobuzhidao")
        until(lambda: line.text.endswith(WORD))
        self._note("composing")
        press("key", "space")
        until(lambda: self.one.text.endswith(WORD))
        self._note("chosen")
        press("type", "--delay", KEY_MS, "shenme")
        until(lambda: line.text != self.one.text)
        self._note("unfinished")
        self._focus(self.other.ids.input)
        until(lambda: line.text == self.one.text)
        self._note("left")
        Clock.schedule_once(lambda _dt: self.stop())

    def _takes_keys(self) -> bool:
        """Press a key and take it back: an engine that was chosen may still let the first ones through as letters.

        Only what is being composed goes with Escape.
        """
        line = self.one.ids.input
        press("key", "w")
        until(lambda: line.text)
        press("key", "Escape")
        until(lambda: not line.text, 3)
        if line.text:
            press("key", "BackSpace")
            until(lambda: not line.text)
            return False
        return True

    def _note(self, name: str) -> None:
        time.sleep(0.5)  # nothing more comes
        self.seen[name] = (self.one.ids.input.text, self.one.text, "".join(self.chosen))

    def _focus(self, line: Any) -> None:
        time.sleep(1)
        Clock.schedule_once(lambda _dt: setattr(line, "focus", True))
        time.sleep(1)


def chosen() -> bool:
    """Choose the engine for the field in front; only where something has the focus is it there at once."""
    subprocess.run(["ibus", "engine", "libpinyin"], check=False, capture_output=True)
    return subprocess.run(["ibus", "engine"], check=False, capture_output=True, text=True).stdout.strip() == "libpinyin"


def press(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


def until(holds: Any, seconds: float = WAIT_S) -> None:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)


if __name__ == "__main__":
    app = Typist()
    app.run()
    print(json.dumps(app.seen, ensure_ascii=False))
