"""A photo from the camera's folder, kept as evidence before anything else happens to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checklists.facts.situation import LAW_ZONE
from mobile.device import camera, on_android
from mobile.inspecting import control_photos, evidence
from mobile.inspecting.inspection import Draft, Held
from mobile.refusals import Refusal
from mobile.store.base import Store


@dataclass(frozen=True)
class Shutter:
    """Where pictures arrive (`folder`), and the inspection for which one is kept `at` this time."""

    store: Store
    folder: Path
    held: Held
    at: datetime

    def newest(self) -> dict[str, Any]:
        """Keep the newest picture and return its manifest. Raises Refusal `camera_folder_missing` without one.

        A device with a camera of its own takes one for each touch: see `fresh`.
        """
        if on_android.here():
            return self.fresh()
        pictures = camera.arrived(self.folder)
        if not pictures:
            raise Refusal("camera_folder_missing", str(self.folder))
        return self.keep(camera.picked(pictures[-1]))

    def fresh(self) -> dict[str, Any]:
        """Keep the newest picture that was taken during this inspection and is not in it yet; return its manifest.

        Raises Refusal `no_new_picture`: an old picture controls nothing; `camera_opened` where the device takes one.
        """
        if on_android.here():
            self.folder.mkdir(parents=True, exist_ok=True)
        pictures = [one for one in camera.arrived(self.folder) if _is_of(one, self.held.opened_at)]
        if pictures:
            kept = self.keep(camera.picked(pictures[-1]))
            if kept["sha256"] not in _named(self.held):
                return kept
        raise Refusal("camera_opened" if camera.opened(self.folder) else "no_new_picture", str(self.folder))

    def control(self, section: str) -> tuple[Draft, ...]:
        """Return the control photo that is asked in a section, if one is. Raises Refusal `no_new_picture`."""
        asked = control_photos.pending(self.held, section)[:1]
        return tuple(draft for one in asked for draft in control_photos.photographed(one.item, section, self.fresh()))

    def keep(self, content: bytes) -> dict[str, Any]:
        """Keep a picture with its stamp and return its manifest. Raises the refusals of `evidence.capture`."""
        at = self.at.astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M")
        plate = str(self.held.fact("vehicle.plate") or "")
        return evidence.capture(self.store, content, evidence.Stamp(at, officer=self.held.officer.name, plate=plate))


def _is_of(path: Path, opened_at: str) -> bool:
    return path.stat().st_mtime >= datetime.fromisoformat(opened_at).timestamp()


def _named(held: Held) -> set[str]:
    values: list[Mapping[str, Any]] = [
        entry.value for kind in ("photo", "control_photo") for entry in held.all_of(kind)
    ]
    return {str(one["sha256"]) for one in values if "sha256" in one}
