"""Android's own camera, viewer, chooser and position, through pyjnius; nothing here can run on a desktop.

Pictures and papers pass through the system's media store, because another app may read no file of ours; what was
handed over is taken back out of it. It needs Android 10 (API 29) and neither storage nor camera permission: the camera
app takes the picture, not we.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mobile.device.disk import write_durably
from mobile.refusals import Refusal

_REQUEST = 0x4C4A
_READ_GRANT = 1
"""Intent.FLAG_GRANT_READ_URI_PERMISSION."""
_handed: list[Any] = []


def here() -> bool:
    """Return whether this is Android."""
    return hasattr(sys, "getandroidapilevel")


def take_picture(target: Path, done: Callable[[], None]) -> None:
    """Open the camera app; once it has taken a picture, write it to `target` and call `done` on Android's thread.

    Raises Refusal `camera_missing` where no app takes pictures.
    """
    from android import activity

    uri = _insert("android.provider.MediaStore$Images$Media", target.name, "image/jpeg")

    def heard(request: int, result: int, _intent: Any) -> None:
        if request != _REQUEST:
            return
        activity.unbind(on_activity_result=heard)
        content = _read(uri) if result == -1 else b""
        if content:
            # Durable here before it goes there: a full disk must not cost the picture.
            write_durably(target, content)
        _resolver().delete(uri, None, None)
        if content:
            done()

    intent = _class("android.content.Intent")("android.media.action.IMAGE_CAPTURE")
    intent.putExtra("output", _parcelable(uri))
    activity.bind(on_activity_result=heard)
    try:
        _start(lambda: _activity().startActivityForResult(intent, _REQUEST), "camera_missing")
    except Refusal:
        activity.unbind(on_activity_result=heard)
        _resolver().delete(uri, None, None)
        raise


def view(path: Path) -> None:
    """Show a paper in the viewer, which also prints. Raises Refusal `viewer_missing`."""
    intent = _class("android.content.Intent")("android.intent.action.VIEW")
    intent.setDataAndType(_hand_over(path), "application/pdf")
    intent.addFlags(_READ_GRANT)
    _start(lambda: _activity().startActivity(intent), "viewer_missing")


def send(path: Path) -> None:
    """Offer a file to the apps that take one, such as a printer's. Raises Refusal `viewer_missing`."""
    kind = "application/pdf" if path.suffix == ".pdf" else "application/octet-stream"
    intents = _class("android.content.Intent")
    intent = intents("android.intent.action.SEND")
    intent.setType(kind)
    intent.putExtra("android.intent.extra.STREAM", _parcelable(_hand_over(path, kind)))
    intent.addFlags(_READ_GRANT)
    _start(lambda: _activity().startActivity(intents.createChooser(intent, None)), "viewer_missing")


def take_back() -> None:
    """Remove from the media store what was handed over; also done before the next is."""
    while _handed:
        _resolver().delete(_handed.pop(), None, None)


def position() -> tuple[str, str] | None:
    """Return latitude and longitude as last known, as decimal text, or None; asks for the permission once it lacks.

    Raises Refusal `position_denied` while the officer has not allowed it.
    """
    from android.permissions import Permission, check_permission, request_permissions

    if not check_permission(Permission.ACCESS_FINE_LOCATION):
        request_permissions([Permission.ACCESS_FINE_LOCATION])
        raise Refusal("position_denied")
    manager = _activity().getSystemService("location")
    known = [manager.getLastKnownLocation(name) for name in manager.getProviders(True).toArray()]
    newest = max((one for one in known if one is not None), key=lambda one: one.getTime(), default=None)
    return None if newest is None else (f"{newest.getLatitude():.6f}", f"{newest.getLongitude():.6f}")


def _hand_over(path: Path, kind: str = "application/pdf") -> Any:
    """Copy a file into the media store and return its address there."""
    take_back()
    uri = _insert("android.provider.MediaStore$Downloads", path.name, kind)
    _handed.append(uri)
    with os.fdopen(_resolver().openFileDescriptor(uri, "w").detachFd(), "wb") as file:
        file.write(path.read_bytes())
    return uri


def _insert(collection: str, name: str, kind: str) -> Any:
    values = _class("android.content.ContentValues")()
    values.put("_display_name", name)
    values.put("mime_type", kind)
    return _resolver().insert(_class(collection).EXTERNAL_CONTENT_URI, values)


def _read(uri: Any) -> bytes:
    with os.fdopen(_resolver().openFileDescriptor(uri, "r").detachFd(), "rb") as file:
        return file.read()


def _start(start: Callable[[], Any], code: str) -> None:
    from jnius import JavaException

    try:
        start()
    except JavaException as problem:
        raise Refusal(code, str(problem)) from problem


def _class(name: str) -> Any:
    from jnius import autoclass

    return autoclass(name)


def _parcelable(uri: Any) -> Any:
    from jnius import cast

    return cast("android.os.Parcelable", uri)


def _activity() -> Any:
    return _class("org.kivy.android.PythonActivity").mActivity


def _resolver() -> Any:
    return _activity().getContentResolver()
