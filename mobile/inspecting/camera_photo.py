"""A photo from the camera's folder, kept as evidence before anything else happens to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from checklists.facts.situation import LAW_ZONE
from mobile.desk import Desk
from mobile.device import camera, on_android
from mobile.inspecting import evidence
from mobile.refusals import Refusal


def newest(desk: Desk) -> dict[str, Any]:
    """Keep the newest picture and return its manifest. Raises Refusal `camera_folder_missing` where there is none.

    A device with a camera of its own takes one for each touch: see `fresh`.
    """
    if on_android.here():
        return fresh(desk)
    pictures = camera.arrived(desk.camera)
    if not pictures:
        raise Refusal("camera_folder_missing", str(desk.camera))
    return _keep(desk, pictures[-1])


def fresh(desk: Desk) -> dict[str, Any]:
    """Keep the newest picture that was taken during this inspection and is not in it yet, and return its manifest.

    Raises Refusal `no_new_picture`: an old picture controls nothing; `camera_opened` where the device takes one now.
    """
    if on_android.here():
        desk.camera.mkdir(parents=True, exist_ok=True)
    pictures = [one for one in camera.arrived(desk.camera) if _is_of(one, desk.held.opened_at)]
    if pictures:
        kept = _keep(desk, pictures[-1])
        if kept["sha256"] not in _named(desk):
            return kept
    raise Refusal("camera_opened" if camera.opened(desk.camera) else "no_new_picture", str(desk.camera))


def _keep(desk: Desk, path: Path) -> dict[str, Any]:
    stamp = evidence.Stamp(
        desk.now().astimezone(LAW_ZONE).strftime("%Y-%m-%d %H:%M"), officer=desk.held.officer.name, plate=desk.plate
    )
    return evidence.capture(desk.open_store, camera.picked(path), stamp)


def _is_of(path: Path, opened_at: str) -> bool:
    return path.stat().st_mtime >= datetime.fromisoformat(opened_at).timestamp()


def _named(desk: Desk) -> set[str]:
    values: list[Mapping[str, Any]] = [
        entry.value for kind in ("photo", "control_photo") for entry in desk.held.all_of(kind)
    ]
    return {str(one["sha256"]) for one in values if "sha256" in one}
