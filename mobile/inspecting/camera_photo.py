"""A photo from the camera's folder, kept as evidence before anything else happens to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checklists.facts.situation import LAW_ZONE
from checklists.wire import digest
from mobile.device import camera, on_android, private
from mobile.inspecting import control_photos, evidence
from mobile.inspecting.inspection import Draft, Held
from mobile.refusals import Refusal
from mobile.store import clear_copies, photo_files
from mobile.store.base import Store


@dataclass(frozen=True)
class Shutter:
    """Where pictures arrive (`folder`), and the inspection for which one is kept `at` this time."""

    store: Store
    folder: Path
    held: Held
    at: datetime

    def newest(self) -> dict[str, Any]:
        """Keep the newest picture and return its manifest: one that arrived, else the last that was taken in here.

        A device with a camera of its own takes one for each touch: see `fresh`. Raises Refusal `camera_folder_missing`,
        or `no_new_picture` where the camera's last picture belongs to another check, and is gone from the folder.
        """
        if on_android.here():
            return self.fresh()
        pictures = self.arrived()
        if pictures:
            return self.keep(pictures[-1])
        last = clear_copies.last(self.store)
        if last is None:
            raise Refusal("camera_folder_missing", str(self.folder))
        if last.inspection != self.held.inspection:
            raise Refusal("no_new_picture", str(self.folder))
        return self._stamped(photo_files.read(self.store, last.sha256))

    def fresh(self) -> dict[str, Any]:
        """Keep the newest picture that was taken during this inspection and is not in it yet; return its manifest.

        Raises Refusal `no_new_picture`: an old picture controls nothing; `camera_opened` where the device takes one.
        """
        if on_android.here():
            private.make_folder(self.folder)
        pictures = [one for one in self.arrived() if _is_of(one, self.held.opened_at)]
        if pictures and digest(camera.picked(pictures[-1])) not in _named(self.held):
            return self.keep(pictures[-1])
        raise Refusal("camera_opened" if camera.opened(self.folder) else "no_new_picture", str(self.folder))

    def control(self, section: str) -> tuple[Draft, ...]:
        """Return the control photo that is asked in a section, if one is. Raises Refusal `no_new_picture`."""
        asked = control_photos.pending(self.held, section)[:1]
        return tuple(draft for one in asked for draft in control_photos.photographed(one.item, section, self.fresh()))

    def keep(self, path: Path) -> dict[str, Any]:
        """Keep a picture with its stamp and return its manifest; its file goes once an entry names it.

        Raises Refusal `file_unreadable` and those of `evidence.capture`.
        """
        kept = self._stamped(camera.picked(path))
        clear_copies.took(self.store, path, kept["sha256"], self.held.inspection)
        return kept

    def arrived(self) -> tuple[Path, ...]:
        """Return the pictures since the last that was taken in, the newest last: what is older is of something else.

        Where that one is of another check, its time counts only as long as the clock was not turned back since. Raises
        Refusal `camera_folder_missing`.
        """
        last, since = clear_copies.last(self.store), 0
        if last is not None:
            opened_ns = int(datetime.fromisoformat(self.held.opened_at).timestamp() * 1e9)
            mine = last.inspection == self.held.inspection
            since = last.written_ns if mine else min(last.written_ns, opened_ns)
        return tuple(one for one in camera.arrived(self.folder) if one.stat().st_mtime_ns >= since)

    def _stamped(self, content: bytes) -> dict[str, Any]:
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
