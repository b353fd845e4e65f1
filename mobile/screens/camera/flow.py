"""The device's own camera: what it sees is shown, taken by the shutter, or by itself once a code is read.

A picture goes into the camera's folder, as from any camera, and from there the one way of all pictures.
"""

from __future__ import annotations

from typing import Any

from mobile.desk import Desk
from mobile.device import camera
from mobile.screens.camera.state import Preview, camera_state


def enter(desk: Desk, screen: Any, mode: str = "photo", back: str = "walk", **where: Any) -> None:
    """Look through the camera for a `photo` or a `code`; without one, go back."""
    back_where = dict(where.get("back_where") or {})
    if desk.lens is None:
        desk.go(back, **back_where)
    else:
        _Camera(desk, screen, mode, back, back_where)


class _Camera:
    """The camera, open as long as the screen is in front."""

    def __init__(self, desk: Desk, screen: Any, mode: str, back: str, back_where: dict[str, Any]) -> None:
        self.desk, self.screen, self.mode, self.back, self.back_where = desk, screen, mode, back, back_where
        self.source = self._opened()
        self.number = 0
        screen.bind(
            on_look=lambda _screen: self.look(),
            on_shutter=lambda _screen: desk.attempt(lambda: self.take(self.source.picture())),
            on_again=lambda _screen: self.again(),
            on_leave=lambda _screen: self.leave(),
            on_gone=lambda _screen: self.gone(),
        )
        desk.refresh = self.show
        screen.draw(None)
        self.show()

    def show(self) -> None:
        """Show how the camera stands."""
        self.screen.show(camera_state(self.source.state, self.mode, str(self.desk.camera)))

    def look(self) -> None:
        """Show what is seen now; a code that was read is taken by itself."""
        self.show()
        frame = self.source.frame(self.number)
        if frame is not None:
            self.number = frame.number
            self.screen.draw(Preview(frame.width, frame.height, frame.rgb))
        if content := self.source.coded():
            self.desk.attempt(lambda: self.take(content))

    def take(self, content: bytes) -> None:
        """Put the picture where pictures arrive, go back, and let what waited for it take it. Raises Refusal."""
        desk = self.desk
        camera.put(desk.camera, content)
        waits = desk.waits_for_picture if self.mode == "photo" else None
        self.leave()
        if waits is not None:
            waits()

    def again(self) -> None:
        """Open the camera again."""
        self.source.close()
        self.source, self.number = self._opened(), 0
        self.show()

    def leave(self) -> None:
        """Go back to where it was opened."""
        self.gone()
        self.desk.go(self.back, **self.back_where)

    def gone(self) -> None:
        """Let go of the camera; what waited for a picture waits no longer."""
        self.source.close()
        self.desk.waits_for_picture = None

    def _opened(self) -> Any:
        assert self.desk.lens is not None  # noqa: S101 - the screen is not entered without one
        return self.desk.lens(codes=self.mode == "code")
