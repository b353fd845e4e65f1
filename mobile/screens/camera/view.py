"""The device's own camera: what it sees, the shutter, and why nothing is seen."""

from typing import Any

from kivy.clock import Clock
from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from mobile.screens.camera.state import CameraState, Preview
from mobile.widgets import buttons, cards  # noqa: F401  # their classes are used in the .kv
from mobile.widgets.base import load_kv

LOOK_EVERY_S = 1 / 15


class CameraScreen(BoxLayout):
    """What the camera sees."""

    said = StringProperty("")
    trouble = StringProperty("")
    may_take = BooleanProperty(False)
    texture = ObjectProperty(None, allownone=True)
    __events__ = ("on_look", "on_shutter", "on_again", "on_leave", "on_gone")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._look = Clock.create_trigger(lambda _dt: self.dispatch("on_look"), LOOK_EVERY_S, interval=True)

    def on_parent(self, _screen: Any, parent: Any) -> None:
        """Look as long as the screen is in front; then let the camera go and forget what was seen."""
        if parent is None:
            self._look.cancel()
            self.dispatch("on_gone")
            self.draw(None)
        else:
            self._look()

    def show(self, state: CameraState) -> None:
        """Draw how the camera stands."""
        self.said, self.trouble, self.may_take = state.said, state.trouble, state.may_take
        if state.trouble:
            self.draw(None)

    def draw(self, preview: Preview | None) -> None:
        """Draw what is seen; the memory of the last frame is used again."""
        if preview is None:
            self.texture = None
            return
        size = (preview.width, preview.height)
        if self.texture is None or tuple(self.texture.size) != size:
            made = Texture.create(size=size, colorfmt="rgb")
            made.flip_vertical()
            self.texture = made
        self.texture.blit_buffer(preview.rgb, colorfmt="rgb", bufferfmt="ubyte")
        self.ids.seen.canvas.ask_update()

    def on_look(self) -> Any:
        """Hear that it is time to look."""

    def on_shutter(self) -> Any:
        """Hear that what is seen is to be taken."""

    def on_again(self) -> Any:
        """Hear that the camera is to be opened again."""

    def on_leave(self) -> Any:
        """Hear that nothing is to be taken."""

    def on_gone(self) -> Any:
        """Hear that the screen is no longer in front."""


load_kv(__file__)
