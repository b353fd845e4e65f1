"""What the device's own camera sees: for a photo, or until a code is read. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mobile.words import _


@dataclass(frozen=True)
class Preview:
    """A frame: rows from the top, three bytes a pixel (RGB)."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True)
class CameraState:
    """The screen. `said` is what to do, `trouble` why nothing is seen and what to do then."""

    said: str
    trouble: str
    may_take: bool


def camera_state(source: str, mode: str, folder: str) -> CameraState:
    """Return the screen; `source` is opening, open or failed, `mode` photo or code, `folder` where pictures arrive."""
    if source == "failed":
        words = _(
            "The camera cannot be opened. Take the picture with another camera: it is read from {folder} as before."
        )
        return CameraState("", words.format(folder=folder), may_take=False)
    if source == "opening":
        return CameraState(_("The camera is being opened …"), "", may_take=False)
    said = _("Hold the code into the picture; it is read by itself.") if mode == "code" else _("What is seen is taken.")
    return CameraState(said, "", may_take=True)
